"""“Bỏ 2.5”, “3.2 giao Phòng CNTT”: the office corrects what was read of a plan that waits."""

from collections.abc import Sequence
from datetime import datetime

from bot.commands.load_plan import current_draft
from bot.commands.meanings import as_typed, told
from bot.targets import was_shown_list
from bot.turn import Turn
from data.doubts import settle_about
from data.people import known_units
from data.plans import drafts, units_of_duty
from data.questions import draft_duties, duties_in_force, printed_names, unit_called
from data.tables import Duty, DutyUnit, Plan, Unit
from data.unwatched import has_date, is_owed
from duties.errors import DutyError, NotFound
from duties.intents import DutyCode, GiveTo, LeaveOut, Position, Target
from duties.message import Message
from duties.plan import DoubtKind, Role
from duties.spelling import fold
from duties.wording import meanings, people
from duties.wording import plans as wording
from scheduler.follow import follow


def leave_out(turn: Turn, said: LeaveOut) -> list[Message]:
    plan = current_draft(turn)
    found = [_the_duty(turn, plan, target) for target in said.targets]
    for duty in found:
        duty.left_out = not said.back
        turn.session.add(duty)
    words = f"{'bỏ' if said.back else 'lấy lại'} {', '.join(map(as_typed, said.targets))}"
    turn.can_undo(f"left_out:{plan.id}", "lấy lại nhiệm vụ" if said.back else "bỏ nhiệm vụ", [words])
    turn.note("leave_out", plan=plan.id, codes=[duty.code for duty in found], back=said.back)
    return [wording.left_out([duty.code for duty in found], said.back)]


def printed_code(target: Target) -> str:
    """The code of a duty as the plan prints it."""
    match target:
        case DutyCode(code):
            return code
        case Position(number):
            return str(number)
        case _:
            raise NotFound("Xin ghi số của nhiệm vụ như trong kế hoạch, ví dụ “bỏ 2.5”.")


def _the_duty(turn: Turn, plan: Plan, target: Target) -> Duty:
    code = printed_code(target)
    return _only(draft_duties(turn.session, plan.id or 0, code), code)


def _only(found: Sequence[Duty], code: str) -> Duty:
    if not found:
        raise NotFound(wording.no_duty(code))
    if len(found) > 1:
        raise DutyError(wording.several_duties(code, [duty.content for duty in found]))
    return found[0]


def is_about_draft(turn: Turn, said: GiveTo) -> bool:
    """Whether what is given is a duty of the draft that waits, and not an obligation."""
    waiting = drafts(turn.session, turn.agency_id)
    code = _code_of(turn, said.targets, waiting[0].created_at) if waiting else ""
    return bool(code and draft_duties(turn.session, waiting[0].id or 0, code))


def _code_of(turn: Turn, targets: Sequence[Target], since: datetime | None = None) -> str:
    """The printed code that the first target is; a bare number is one only where no list was shown since."""
    match targets[:1]:
        case [DutyCode(code)]:
            return code
        case [Position(number)] if not was_shown_list(turn, since):
            return str(number)
        case _:
            return ""


def is_about_unowed(turn: Turn, said: GiveTo) -> bool:
    """Whether what is given is a duty in force that nobody owes."""
    code = _code_of(turn, said.targets)
    found = duties_in_force(turn.session, turn.agency_id, code) if code else ()
    return bool(found) and not any(is_owed(turn.session, duty.id or 0) for duty in found)


def give_unowed(turn: Turn, said: GiveTo) -> list[Message]:
    """A duty in force that had no unit gets one; what it owes is made at once."""
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, said.unit, known, turn.today)
    if unit is None:
        raise NotFound(people.no_such_unit(said.unit))
    codes = [printed_code(target) for target in said.targets]
    found = [_only(duties_in_force(turn.session, turn.agency_id, code), code) for code in codes]
    return [_given(turn, duty, unit) for duty in found]


def _given(turn: Turn, duty: Duty, unit: Unit) -> Message:
    _replace_leads(turn, duty, unit.name, unit.id)
    turn.note("give_lead", duty=duty.id, to=unit.name)
    became = told(turn, follow(turn.session, turn.agency, turn.office, duty, turn.now))
    return meanings.duty_given(duty.code, unit.name, became, has_date=has_date(turn.session, duty))


def give_lead(turn: Turn, said: GiveTo) -> list[Message]:
    """Another unit leads the duty than the one printed; where the house has no units yet, the name is enough."""
    plan = current_draft(turn)
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, said.unit, known, turn.today)
    name = unit.name if unit else _as_printed(turn, plan, said.unit)
    if not name and known:
        raise NotFound(people.no_such_unit(said.unit))
    name = name or said.unit
    found = [_the_duty(turn, plan, target) for target in said.targets]
    for duty in found:
        _replace_leads(turn, duty, name, unit.id if unit else None)
        settle_about(turn.session, plan, duty.code, DoubtKind.LEAD, DoubtKind.READING)
    turn.note("give_lead", plan=plan.id, codes=[duty.code for duty in found], to=name)
    return [wording.duty_given(", ".join(duty.code for duty in found), name)]


def _as_printed(turn: Turn, plan: Plan, words: str) -> str:
    """The name of the plan that is meant: it becomes a unit when the plan is confirmed, or is added."""
    names = dict.fromkeys(printed_names(turn.session, plan.id or 0))
    same = [name for name in names if fold(name) == fold(words)]
    part = [name for name in names if fold(words) in fold(name)]
    return (same or (part if len(part) == 1 else [""]))[0]


def _replace_leads(turn: Turn, duty: Duty, name: str, unit_id: int | None) -> None:
    assert duty.id is not None
    for named in units_of_duty(turn.session, duty.id):
        if named.role is Role.LEAD or named.printed == name:
            turn.session.delete(named)
    turn.session.flush()
    lead = DutyUnit(agency_id=duty.agency_id, duty_id=duty.id, printed=name, role=Role.LEAD, unit_id=unit_id)
    turn.session.add(lead)
    turn.session.flush()
