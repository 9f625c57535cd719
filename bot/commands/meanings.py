"""“1.3 hạn 30/6”, “2.3 sự kiện ngày 12/4”: the office says what a duty means; what is owed follows."""

from collections.abc import Iterable, Sequence

from sqlmodel import col

from bot.aim import waiting_drafts
from bot.turn import AskBack, Turn
from data.doubts import ask_again_about, settle_rows
from data.events import event_on, forget_event, happened, record_event
from data.merged_rows import goes_on_in
from data.obligations import Item, item_by_code, items
from data.people import living_units
from data.plans import confirmed_plans, deadline_of, duties_of, names_of, set_deadline, years_of
from data.questions import draft_duties, duties_in_force, duty_at
from data.tables import Duty, Occurrence, Plan, PlanState
from data.unwatched import has_unit
from data.withdrawn import is_withdrawn
from duties.deadline import Deadline, Reading
from duties.errors import DutyError, NotFound
from duties.events import Happening, due_of, waits_for_event
from duties.grammar import read_deadline
from duties.intents import (
    CorrectDeadline,
    DutyCode,
    ForgetEvent,
    PlanRow,
    Position,
    RecordEvent,
    ShortCode,
    Target,
)
from duties.message import Message
from duties.plan import DoubtKind
from duties.spelling import fold
from duties.wording import draft_rows, lists, plans
from duties.wording import meanings as wording
from duties.wording.meanings import Became
from scheduler.follow import Followed, follow

AS_PRINTED = "như kế hoạch ghi"


def duty_meant(turn: Turn, target: Target) -> Duty:
    """The duty of a code: of the draft that waits, else in force; a short code names the duty of its obligation."""
    match target:
        case ShortCode(code):
            found = item_by_code(turn.session, turn.agency_id, code)
            if found is None:
                raise NotFound(lists.no_such_code(code, is_withdrawn(turn.session, turn.agency_id, code)))
            return found.duty
        case DutyCode(code):
            return itself(turn, _printed(turn, code))
        case Position(number):
            return itself(turn, _printed(turn, str(number)))
        case PlanRow(number):
            return itself(turn, _at_row(turn, number))
        case _:
            raise NotFound("Xin ghi số của nhiệm vụ như trong kế hoạch, ví dụ “1.3 hạn 30/6”.")


def itself(turn: Turn, duty: Duty) -> Duty:
    """The duty. DutyError: its row was put into another one, which is the one to speak of."""
    plan = turn.session.get_one(Plan, duty.plan_id)
    into = goes_on_in(plan).get(duty.position)
    other = duty_at(turn.session, duty.plan_id, into) if into else None
    if other is not None:
        is_draft = plan.state is PlanState.DRAFT
        raise DutyError(draft_rows.is_in_another(called(turn, duty), called(turn, other), is_draft=is_draft))
    return duty


def as_typed(target: Target) -> str:
    """The target in words again."""
    match target:
        case ShortCode(code):
            return f"#{code}"
        case DutyCode(code):
            return code
        case Position(number):
            return str(number)
        case PlanRow(number):
            return f"@{number}"
        case _:
            return ""


def called(turn: Turn, duty: Duty) -> str:
    """What the duty is called by in words: its code, or its place where the code is not its own."""
    return all_called(turn, [duty])[0]


def all_called(turn: Turn, duties: Sequence[Duty]) -> list[str]:
    """The same of several duties of one plan, which may be hundreds."""
    names = names_of(duties_of(turn.session, duties[0].plan_id, left_out=True))
    return [names[duty.position] for duty in duties]


def named_in(turn: Turn, duty: Duty) -> str:
    """What the duty is called by in words that put something back: where one plan is meant, by its place there."""
    return duty.code if turn.plan_id is None else f"@{duty.position}"


def _printed(turn: Turn, code: str) -> Duty:
    waiting = waiting_drafts(turn)
    in_draft = draft_duties(turn.session, waiting[0].id or 0, code) if waiting else ()
    if len(in_draft) > 1:
        raise DutyError(plans.several_duties(code, [(duty.position, duty.content) for duty in in_draft]))
    in_force = duties_in_force(turn.session, turn.agency_id, code)
    found = in_draft or [duty for duty in in_force if turn.plan_id in (None, duty.plan_id)]
    if not found:
        raise NotFound(wording.no_duty(code))
    return _the_only_one(turn, code, found)


def _at_row(turn: Turn, number: int) -> Duty:
    """The duty at that place of the plan that is meant: the one named, else the draft that waits, else the only one in force."""
    plan_id = turn.plan_id or next((plan.id for plan in waiting_drafts(turn)), None)
    in_force = confirmed_plans(turn.session, turn.agency_id) if plan_id is None else ()
    plan_id = plan_id or (in_force[0].id if len(in_force) == 1 else None)
    found = duty_at(turn.session, plan_id, number) if plan_id is not None else None
    if found is None:
        raise NotFound(wording.no_row(number))
    return found


def _the_only_one(turn: Turn, code: str, found: Sequence[Duty]) -> Duty:
    """The duty, if it is one; of several each is named by a short code of its own."""
    if len(found) > 1:
        raise DutyError(
            wording.several_in_force(code, [(_a_short_code(turn, duty), duty.content) for duty in found])
        )
    return found[0]


def _a_short_code(turn: Turn, duty: Duty) -> str:
    owed = items(turn.session, col(Occurrence.duty_id) == duty.id, limit=1)
    return owed[0].obligation.short_code if owed else ""


def correct_deadline(turn: Turn, said: CorrectDeadline) -> list[Message]:
    duty = duty_meant(turn, said.targets[0])
    before, about = deadline_of(duty), as_typed(said.targets[0])
    told = set_meaning(turn, duty, said.phrase)
    words = [f"{about} hạn {AS_PRINTED if before.phrase == duty.phrase else before.phrase}"]
    turn.can_undo(f"deadline:{duty.id}", f"sửa thời hạn {about}", words, plan_id=duty.plan_id)
    return [told]


def set_meaning(turn: Turn, duty: Duty, phrase: str) -> Message:
    """What the office says a phrase means; the plan's own phrase stays beside it."""
    plan, name = turn.session.get_one(Plan, duty.plan_id), called(turn, duty)
    as_printed = fold(phrase) == fold(AS_PRINTED)
    before, deadline = deadline_of(duty), read_deadline(duty.phrase if as_printed else phrase, years_of(plan))
    if as_printed:
        ask_again_about(turn.session, plan, duty, DoubtKind.DEADLINE, DoubtKind.TIMES)
    elif deadline.reading is Reading.UNREAD:
        if asked := wording.ask_which_month(name, phrase):
            raise AskBack(asked)
        raise DutyError(plans.deadline_not_understood(phrase, deadline.why))
    set_deadline(turn.session, duty, deadline)
    if not as_printed:
        settle_rows(turn.session, plan, [duty], DoubtKind.DEADLINE, DoubtKind.TIMES)
    turn.note("correct_deadline", duty=duty.id, phrase=phrase, before=before.phrase, printed=duty.phrase)
    if plan.confirmed_at is None:
        return plans.deadline_set(name, deadline, duty.phrase)
    living = living_units(turn.session, turn.agency_id, turn.today)
    is_led = has_unit(turn.session, duty, living)
    return wording.meaning_set(name, deadline, duty.phrase, _followed(turn, duty), has_unit=is_led)


def record(turn: Turn, said: RecordEvent) -> list[Message]:
    """The day of the event a duty waits for; each time it happens is an occurrence of its own."""
    duty = duty_meant(turn, said.targets[0])
    about, earlier = as_typed(said.targets[0]), said.instead_of or said.day
    before = next((each for each in happened(turn.session, duty.id or 0) if each.day == earlier), None)
    told = set_event(turn, duty, said)
    words = f"bỏ sự kiện {said.day:%d/%m/%Y} của {about}"
    if before is not None:
        words = _event_said(about, before) + (f", không phải {said.day:%d/%m/%Y}" if said.instead_of else "")
        words += f", hạn {before.due:%d/%m/%Y}" if before.due else ""
    turn.can_undo(f"event:{duty.id}", f"ghi sự kiện của {about}", [words], plan_id=duty.plan_id)
    return [told]


def _event_said(about: str, event: Happening) -> str:
    return f"{about} sự kiện ngày {event.day:%d/%m/%Y}"


def set_event(turn: Turn, duty: Duty, said: RecordEvent) -> Message:
    deadline, event = deadline_of(duty), Happening(said.day, said.due)
    due = due_of(deadline, event, turn.office.calendar)
    _check(turn, duty, deadline, said)
    if due is None:
        raise AskBack(wording.ask_due(called(turn, duty), duty.phrase, said.day))
    record_event(turn.session, duty, event, turn.heard, instead_of=said.instead_of)
    turn.note("record_event", duty=duty.id, day=said.day.isoformat(), due=due.isoformat())
    counted = deadline.offset if said.due is None else None
    became = _followed(turn, duty)
    return wording.event_recorded(called(turn, duty), deadline.event, said.day, due, counted, became)


def _check(turn: Turn, duty: Duty, deadline: Deadline, said: RecordEvent) -> None:
    if not waits_for_event(deadline):
        raise DutyError(wording.waits_for_nothing(called(turn, duty), duty.phrase))
    if said.due is not None and said.due < said.day:
        raise DutyError(wording.due_before_event(said.day, said.due))
    recorded = [each.day for each in happened(turn.session, duty.id or 0)]
    if said.instead_of is not None and said.instead_of not in recorded:
        raise NotFound(wording.no_such_event(called(turn, duty), said.instead_of))


def forget(turn: Turn, said: ForgetEvent) -> list[Message]:
    """An event that was recorded by mistake; what nobody answered yet is withdrawn with it."""
    duty = duty_meant(turn, said.targets[0])
    about, event = as_typed(said.targets[0]), event_on(turn.session, duty.id or 0, said.day)
    if event is None or not forget_event(turn.session, duty, said.day, turn.now):
        raise NotFound(wording.no_such_event(called(turn, duty), said.day))
    words = _event_said(about, Happening(event.day)) + (f", hạn {event.due:%d/%m/%Y}" if event.due else "")
    turn.can_undo(f"event:{duty.id}", f"bỏ sự kiện của {about}", [words], plan_id=duty.plan_id)
    turn.note("forget_event", duty=duty.id, day=said.day.isoformat())
    return [wording.event_forgotten(called(turn, duty), said.day, _followed(turn, duty))]


def _followed(turn: Turn, duty: Duty) -> Became:
    return told(turn, follow(turn.session, turn.agency, turn.office, duty, turn.now))


def told(turn: Turn, followed: Followed) -> Became:
    """What became of obligations, as the office is told; each unit hears of its own."""
    _tell_units(turn, followed)
    return became_of(turn, followed)


def became_of(turn: Turn, followed: Followed) -> Became:
    return Became(
        made=turn.entries(followed.made),
        moved=turn.entries(followed.moved),
        withdrawn=turn.entries(followed.withdrawn),
        kept=turn.entries(followed.kept),
        past=len(followed.past),
    )


def _tell_units(turn: Turn, followed: Followed) -> None:
    """What is held is not told: the office is asked about it first."""
    changed = [each for each in (*followed.made, *followed.moved) if _is_news(each)]
    units = {each.unit.id: each.unit for each in (*changed, *followed.withdrawn)}
    for unit_id, unit in units.items():
        news = wording.to_unit(
            unit.name,
            turn.entries(_of(changed, unit_id)),
            turn.entries(_of(followed.withdrawn, unit_id)),
        )
        turn.tell_unit(unit, f"meaning:{unit_id}:{turn.inbox.id or turn.now.isoformat()}", news)


def _is_news(item: Item) -> bool:
    return item.obligation.is_open and not item.obligation.held and item.obligation.due is not None


def _of(found: Iterable[Item], unit_id: int | None) -> list[Item]:
    return [each for each in found if each.unit.id == unit_id]
