"""“Bỏ 2.5”, “3.2 giao Phòng CNTT”: the office corrects what was read of a plan that waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.aim import waiting_drafts
from bot.commands.load_plan import current_draft
from bot.commands.meanings import all_called, as_typed, called, duty_meant, itself, told
from bot.targets import was_shown_list
from bot.turn import Turn
from data.doubts import settle_rows
from data.leads_before import put_back_leads, remember_leads
from data.people import known_units
from data.plans import units_of_duty
from data.questions import draft_duties, duties_in_force, duty_at, places_led, printed_names, unit_called
from data.tables import Duty, DutyUnit, Plan, Unit
from data.unwatched import has_date, is_owed
from duties.errors import DutyError, NotFound
from duties.intents import CorrectContent, DutyCode, GiveTo, LeaveOut, PlanRow, Position, Target
from duties.message import Message
from duties.plan import DoubtKind, Role
from duties.spelling import fold
from duties.units import is_collective, match_unit
from duties.wording import meanings, people
from duties.wording import plans as wording
from scheduler.follow import follow


def leave_out(turn: Turn, said: LeaveOut) -> list[Message]:
    plan = current_draft(turn)
    found = [the_duty(turn, plan, target) for target in said.targets]
    for duty in found:
        duty.left_out = not said.back
        turn.session.add(duty)
    words = f"{'bỏ' if said.back else 'lấy lại'} {', '.join(map(as_typed, said.targets))}"
    what = "lấy lại nhiệm vụ" if said.back else "bỏ nhiệm vụ"
    turn.can_undo(f"left_out:{plan.id}", what, [words], plan_id=plan.id)
    turn.note("leave_out", plan=plan.id, codes=[duty.code for duty in found], back=said.back)
    return [wording.left_out(all_called(turn, found), said.back)]


def correct_content(turn: Turn, said: CorrectContent) -> list[Message]:
    """What a duty of the draft says; its source words stay in the file."""
    plan = current_draft(turn)
    duty = the_duty(turn, plan, said.targets[0])
    before, duty.content = duty.content, said.text
    turn.session.add(duty)
    words = f"{as_typed(said.targets[0])} nội dung: {before}"
    turn.can_undo(f"content:{duty.id}", f"sửa nội dung {called(turn, duty)}", [words], plan_id=plan.id)
    turn.note("correct_content", plan=plan.id, duty=duty.id, code=duty.code, text=said.text)
    return [wording.content_set(called(turn, duty), said.text)]


def the_duty(turn: Turn, plan: Plan, target: Target) -> Duty:
    """The duty of the draft that is meant. NotFound: there is none; DutyError: there are several."""
    match target:
        case PlanRow(number):
            found = duty_at(turn.session, plan.id or 0, number)
            return itself(turn, _only([found] if found else [], f"@{number}"))
        case DutyCode(code):
            return itself(turn, _only(draft_duties(turn.session, plan.id or 0, code), code))
        case Position(number):
            return itself(turn, _only(draft_duties(turn.session, plan.id or 0, str(number)), str(number)))
        case _:
            raise NotFound("Xin ghi số của nhiệm vụ như trong kế hoạch, ví dụ “bỏ 2.5”.")


def _only(found: Sequence[Duty], code: str) -> Duty:
    if not found:
        raise NotFound(wording.no_duty(code))
    if len(found) > 1:
        raise DutyError(wording.several_duties(code, [(duty.position, duty.content) for duty in found]))
    return found[0]


def is_about_draft(turn: Turn, said: GiveTo) -> bool:
    """Whether what is given is a duty of the draft that waits, and not an obligation."""
    waiting = waiting_drafts(turn)
    if not waiting:
        return False
    match said.targets[:1]:
        case [PlanRow()]:
            return True
        case _:
            code = _code_of(turn, said.targets, waiting[0].created_at)
            return bool(code and draft_duties(turn.session, waiting[0].id or 0, code))


def _code_of(turn: Turn, targets: Sequence[Target], since: datetime | None = None) -> str:
    """The printed code that the first target is; a bare number is one only where no list was shown since."""
    match targets[:1]:
        case [DutyCode(code)]:
            return code
        case [Position(number)] if turn.plan_id is not None or not was_shown_list(turn, since):
            return str(number)
        case _:
            return ""


def is_about_unowed(turn: Turn, said: GiveTo) -> bool:
    """Whether what is given is a duty in force that nobody owes."""
    if isinstance(next(iter(said.targets), None), PlanRow):
        return True
    code = _code_of(turn, said.targets)
    found = duties_in_force(turn.session, turn.agency_id, code) if code else ()
    return bool(found) and not any(is_owed(turn.session, duty.id or 0) for duty in found)


def give_unowed(turn: Turn, said: GiveTo) -> list[Message]:
    """A duty in force that had no unit gets one; what it owes is made at once."""
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, said.unit, known, turn.today)
    if unit is None:
        raise NotFound(people.no_such_unit(said.unit))
    found = [duty_meant(turn, target) for target in said.targets]
    if owed := [duty for duty in found if is_owed(turn.session, duty.id or 0)]:
        raise DutyError(meanings.is_owed_already(called(turn, owed[0])))
    return [_given(turn, duty, unit) for duty in found]


def _given(turn: Turn, duty: Duty, unit: Unit) -> Message:
    _replace_leads(turn, duty, {unit.name: unit.id})
    turn.note("give_lead", duty=duty.id, to=unit.name)
    became = told(turn, follow(turn.session, turn.agency, turn.office, duty, turn.now))
    return meanings.duty_given(called(turn, duty), unit.name, became, has_date=has_date(turn.session, duty))


def give_lead(turn: Turn, said: GiveTo) -> list[Message]:
    """Other units lead the duty than those printed; where the house has no units yet, the name is enough."""
    plan = current_draft(turn)
    leads = _leads_said(turn, plan, said.unit)
    found = [the_duty(turn, plan, target) for target in said.targets]
    back = _given_back(turn, dict(zip(said.targets, found, strict=True)))
    given = _given_anew(turn, plan, found, leads)
    led = places_led(turn.session, plan.id or 0)
    settle_rows(turn.session, plan, given, DoubtKind.READING)
    # of a name that is no unit's nothing need be said where a unit leads beside it
    settle_rows(turn.session, plan, given, DoubtKind.LEAD, also=led)
    names, which = "; ".join(leads), ", ".join(all_called(turn, found))
    turn.can_undo(
        f"leads:{plan.id}:{','.join(str(duty.id) for duty in found)}",
        f"giao {which}",
        back,
        plan_id=plan.id,
    )
    turn.note("give_lead", plan=plan.id, codes=[duty.code for duty in found], to=names)
    return [wording.duty_given(which, names)]


def _given_anew(turn: Turn, plan: Plan, found: Sequence[Duty], leads: Mapping[str, int | None]) -> list[Duty]:
    """Those that are led by others now; what is taken back is as it was before, its partners and questions too."""
    back = put_back_leads(turn.session, plan, found, list(leads)) if turn.is_undoing else ()
    given = [duty for duty in found if duty.position not in back]
    if not turn.is_undoing:
        remember_leads(turn.session, plan, given)
    for duty in given:
        _replace_leads(turn, duty, leads)
    return given


def _given_back(turn: Turn, meant: Mapping[Target, Duty]) -> list[str]:
    """The words that give them to whom they were given before, in as few as can be; none when one was nobody's."""
    before: dict[str, list[str]] = {}
    for target, duty in meant.items():
        named = units_of_duty(turn.session, duty.id or 0)
        leads = "; ".join(each.printed for each in named if each.role is Role.LEAD)
        before.setdefault(leads, []).append(as_typed(target))
    return [] if "" in before else [f"{', '.join(said)} giao {leads}" for leads, said in before.items()]


def _leads_said(turn: Turn, plan: Plan, words: str) -> dict[str, int | None]:
    """“Phòng A; Phòng B”: each name with its unit. A name that holds “;” itself is one."""
    printed = set(printed_names(turn.session, plan.id or 0, left_out=True))
    names = [words] if words in printed else [name for each in words.split(";") if (name := each.strip())]
    return dict(_lead_said(turn, plan, name) for name in names)


def _lead_said(turn: Turn, plan: Plan, words: str) -> tuple[str, int | None]:
    known = known_units(turn.session, turn.agency_id)
    if turn.is_undoing:
        # the name that stood there, though no row may say it now
        was = match_unit(words, known).unit
        return words, was.id if was else None
    unit = unit_called(turn.session, turn.agency_id, words, known, turn.today)
    if unit is not None:
        return unit.name, unit.id
    name = _as_printed(turn, plan, words)
    if not name and known and not is_collective(words):
        raise NotFound(people.no_such_unit(words))
    return name or words, None


def _as_printed(turn: Turn, plan: Plan, words: str) -> str:
    """The name of the plan that is meant: it becomes a unit when the plan is confirmed, or is added."""
    names = dict.fromkeys(printed_names(turn.session, plan.id or 0, left_out=True))
    same = [name for name in names if fold(name) == fold(words)]
    part = [name for name in names if fold(words) in fold(name)]
    return (same or (part if len(part) == 1 else [""]))[0]


def _replace_leads(turn: Turn, duty: Duty, leads: Mapping[str, int | None]) -> None:
    assert duty.id is not None
    for named in units_of_duty(turn.session, duty.id):
        if named.role is Role.LEAD or named.printed in leads:
            turn.session.delete(named)
    turn.session.flush()
    for name, unit_id in leads.items():
        turn.session.add(
            DutyUnit(agency_id=duty.agency_id, duty_id=duty.id, printed=name, role=Role.LEAD, unit_id=unit_id)
        )
    turn.session.flush()
