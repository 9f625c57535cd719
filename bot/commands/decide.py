"""`/choduyet`, `/duyet`, `/tralai`: what waits for the office, and what it decides."""

from collections.abc import Sequence
from datetime import date

from bot.commands.ask_extension import new_due
from bot.commands.people import unit_named
from bot.targets import find
from bot.turn import AskBack, Turn
from data.obligations import Item, items_by_id, standing_of, standings_of
from data.people import known_units
from data.questions import (
    give_to,
    newest_answer,
    newest_answers,
    unaccepted,
    unit_called,
    waiting_ids,
    waiting_requests,
)
from data.tables import Unit
from duties.deadline import Offset
from duties.errors import DutyError, NotFound
from duties.intents import Approve, AskExtension, Everything, GiveTo, NotApplicable, Refuse, SendBack
from duties.message import Message
from duties.progress import Ruling, Said, Standing
from duties.wording import answers, decisions, people
from duties.wording.decisions import Waiting, length
from scheduler.unreached import tell_of_unreached


def pending(turn: Turn) -> list[Message]:
    """Requests, then reports that nobody looked at."""
    waiting = waiting_ids(turn.session, turn.agency_id)
    first = items_by_id(turn.session, waiting[: decisions.MOST])
    shown = [_waiting(turn, first[each]) for each in waiting[: decisions.MOST]]
    return [decisions.pending(shown, len(waiting))]


def _waiting(turn: Turn, item: Item) -> Waiting:
    asked = standing_of(turn.session, item).asked
    if asked is not None:
        return Waiting(turn.entry(item), asked.text)
    done = newest_answer(turn.session, item.id, Said.DONE)
    if done is None:
        return Waiting(turn.entry(item))
    return Waiting(turn.entry(item), done.text, tuple(done.links), done.claimed_on)


def approve(turn: Turn, said: Approve) -> list[Message]:
    """Grant what is asked, accept what is done: whichever waits."""
    found = find(turn, said.targets, "duyệt {}", lambda: _may_be_approved(turn, said.unit))
    states = dict(zip((each.id for each in found), standings_of(turn.session, found), strict=True))
    for each in found:
        _check_waits(turn, each, states[each.id])
    granted = [each for each in found if states[each.id].asked]
    for each in granted:
        _grant(turn, each, states[each.id], None)
    messages = [decisions.extended(turn.entries(granted), turn.untold)] if granted else []
    done = [each for each in found if not states[each.id].asked]
    return [*messages, _accept(turn, done)] if done else messages


def _accept(turn: Turn, done: Sequence[Item]) -> Message:
    """An earlier day that the unit named counts from now on."""
    said = newest_answers(turn.session, [each.id for each in done], Said.DONE)
    turn.accept([(each, said[each.id].id if each.id in said else None) for each in done])
    claimed = [each for each in done if each.id in said and said[each.id].claimed_on]
    return decisions.accepted(turn.entries(done), turn.entries(claimed))


def _may_be_approved(turn: Turn, whose: str = "") -> list[Item]:
    """What “duyệt tất cả” means: whatever waits, but what is not a unit's needs to be given to somebody."""
    asked = waiting_requests(turn.session, turn.agency_id)
    extensions = [each for each in asked if not turn.entry(each).disowned]
    waiting = [*extensions, *unaccepted(turn.session, turn.agency_id)]
    only = unit_named(turn, whose) if whose else None
    return [each for each in waiting if only is None or each.unit.id == only.id]


def _check_waits(turn: Turn, item: Item, state: Standing) -> None:
    if state.asked is not None and state.asked.kind is Said.NOT_OURS:
        raise AskBack(decisions.ask_to_whom(turn.entry(item)))
    if state.asked is None and (not state.is_done or state.accepted):
        raise DutyError(decisions.nothing_waits(turn.entry(item)))


def _grant(turn: Turn, item: Item, state: Standing, due: date | None) -> None:
    asked = state.asked
    wanted = due or (asked.wanted_due if asked else None)
    decision = turn.decide(item, Ruling.EXTEND, answer_id=asked.id if asked else None, due=wanted)
    if decision:
        turn.tell_unit(item.unit, f"decision:{decision.id}", decisions.to_unit_extended(turn.entry(item)))


def grant_extension(turn: Turn, said: AskExtension) -> list[Message]:
    """“Gia hạn 1 đến 20/6” by the office: with or without a request, to the day it names or else the day asked for."""
    found = find(turn, said.targets, f"gia hạn {{}} {_until(said.wanted)}")
    for each in found:
        state = standing_of(turn.session, each)
        _grant(turn, each, state, new_due(turn, each, _granted_day(turn, each, state, said.wanted)))
    return [decisions.extended(turn.entries(found), turn.untold)]


def _until(wanted: date | Offset | None) -> str:
    """The day or the length in words again."""
    match wanted:
        case date():
            return f"đến {wanted:%d/%m/%Y}"
        case Offset():
            return f"thêm {length(wanted)}"
        case None:
            return "đến ngày đã đề nghị"


def _granted_day(turn: Turn, item: Item, state: Standing, wanted: date | Offset | None) -> date | Offset:
    day = wanted or (state.asked.wanted_due if state.asked else None)
    if day is None:
        raise AskBack(answers.ask_new_day(turn.entry(item)))
    return day


def send_back(turn: Turn, said: SendBack) -> list[Message]:
    """Done becomes not done; the unit hears why."""
    if Everything() in said.targets and not said.reason:
        raise DutyError(decisions.REASON_FOR_ALL)
    until = f", hạn mới {said.due:%d/%m/%Y}" if said.due and f"{said.due:%d/%m}" not in said.reason else ""
    again = f"trả lại {{}} {said.reason or '…'}{until}"
    found = find(turn, said.targets, again, lambda: unaccepted(turn.session, turn.agency_id))
    for each in found:
        if each.obligation.done_at is None:
            raise DutyError(decisions.not_done(turn.entry(each)))
    if not said.reason:
        raise AskBack(decisions.ask_reason(turn.entry(found[0])))
    if said.due is not None and said.due < turn.today:
        raise DutyError(decisions.day_gone(said.due))
    for each in found:
        decision = turn.decide(each, Ruling.RETURN, reason=said.reason, due=said.due)
        if decision:
            notice = decisions.to_unit_sent_back(turn.entry(each), said.reason)
            turn.tell_unit(each.unit, f"decision:{decision.id}", notice)
    return [decisions.sent_back(turn.entries(found), said.reason, said.due, turn.untold)]


def refuse(turn: Turn, said: Refuse) -> list[Message]:
    """A request is turned down; everything stays as it was."""
    again = f"từ chối {{}} vì {said.reason}" if said.reason else "từ chối {}"
    found = find(turn, said.targets, again, lambda: waiting_requests(turn.session, turn.agency_id))
    before = turn.entries(found)
    asked = [standing_of(turn.session, each).asked for each in found]
    for entry, request in zip(before, asked, strict=True):
        if request is None:
            raise DutyError(decisions.nothing_asked(entry))
    for each, entry, request in zip(found, before, asked, strict=True):
        decision = turn.decide(
            each, Ruling.REFUSE, reason=said.reason, answer_id=request.id if request else None
        )
        if decision:
            turn.tell_unit(
                each.unit, f"decision:{decision.id}", decisions.to_unit_refused(entry, said.reason)
            )
    return [decisions.refused(before, turn.untold)]


def dismiss(turn: Turn, said: NotApplicable) -> list[Message]:
    """Not applicable: it leaves every count."""
    found = find(turn, said.targets, "không tính {}")
    for each in found:
        decision = turn.decide(each, Ruling.NOT_APPLICABLE, reason=said.reason)
        if decision:
            turn.tell_unit(
                each.unit, f"decision:{decision.id}", decisions.to_unit_taken_off(turn.entry(each))
            )
    return [decisions.dismissed(turn.entries(found), turn.untold)]


def move(turn: Turn, said: GiveTo) -> list[Message]:
    """The obligation of another unit from now on."""
    known = known_units(turn.session, turn.agency_id)
    unit = unit_called(turn.session, turn.agency_id, said.unit, known, turn.today)
    if unit is None:
        raise NotFound(people.no_such_unit(said.unit))
    found = find(turn, said.targets, f"chuyển {{}} sang {unit.name}")
    for each in found:
        if each.unit.id == unit.id:
            raise DutyError(decisions.already_theirs(turn.entry(each)))
        if not each.obligation.is_open:
            raise DutyError(answers.closed(turn.entry(each)))
    return [_moved(turn, each, unit) for each in found]


def _moved(turn: Turn, item: Item, unit: Unit) -> Message:
    asked = standing_of(turn.session, item).asked
    decision = turn.decide(item, Ruling.MOVE, to_unit_id=unit.id, answer_id=asked.id if asked else None)
    new = give_to(turn.session, item, unit, turn.agency, turn.office, turn.now, turn.today)
    if decision:
        back = f"chuyển #{new.obligation.short_code} sang {item.unit.name}"
        turn.can_undo(f"move:{item.occurrence.id}", f"chuyển việc sang {unit.name}", [back])
        away = decisions.to_unit_moved_away(turn.entry(item), unit.name)
        turn.tell_unit(item.unit, f"decision:{decision.id}", away)
        if not turn.tell_unit(unit, f"given:{decision.id}", decisions.to_unit_given(turn.entry(new))):
            tell_of_unreached(turn.session, turn.agency_id, turn.office, turn.now, speaking=turn.chat)
    return decisions.given(turn.entry(item), unit.name, turn.entry(new), turn.untold)
