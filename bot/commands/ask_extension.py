"""`/giahan` and `/khongphai`: requests, which wait for the office."""

from calendar import monthrange
from datetime import date, timedelta

from bot.targets import find
from bot.turn import AskBack, Turn
from data.obligations import Item, standing_of
from duties.deadline import Offset, OffsetUnit
from duties.errors import DutyError
from duties.intents import AskExtension, NotOurs
from duties.message import Message
from duties.progress import Said
from duties.wording import answers, decisions
from duties.wording.decisions import Waiting
from duties.workdays import WorkCalendar


def ask_extension(turn: Turn, said: AskExtension) -> list[Message]:
    """Ask the office for a later day; the due date stays until it decides."""
    found = find(turn, said.targets, "{} xin lùi đến …")
    if said.wanted is None:
        raise AskBack(answers.ask_new_day(turn.entry(found[0])))
    wanted = [new_due(turn, each, said.wanted) for each in found]
    if all(
        _waits(turn, each, Said.EXTENSION, said.reason, day) for each, day in zip(found, wanted, strict=True)
    ):
        return [answers.asked_before(turn.entries(found))]
    for each, day in zip(found, wanted, strict=True):
        recorded = turn.answer(each, Said.EXTENSION, text=said.reason, wanted_due=day)
        if recorded:
            notice = decisions.request_notice(Waiting(turn.entry(each), said.reason))
            turn.tell_office(f"extension:{recorded.id}", notice)
    return [answers.extension_asked(turn.entries(found), wanted)]


def _waits(turn: Turn, item: Item, kind: Said, reason: str, due: date | None = None) -> bool:
    """The same request waits already, and nothing is added to it."""
    asked = standing_of(turn.session, item).asked
    return asked is not None and (asked.kind, asked.wanted_due) == (kind, due) and reason in ("", asked.text)


def new_due(turn: Turn, item: Item, wanted: date | Offset) -> date:
    """The day asked for; a length is counted from the due date, or from today when that has passed."""
    due = item.obligation.due
    if due is None or not item.obligation.is_open:
        raise DutyError(answers.only_open_is_extended(turn.entry(item)))
    day = wanted if isinstance(wanted, date) else later(max(due, turn.today), wanted, turn.office.calendar)
    if day <= due or day < turn.today:
        raise DutyError(answers.later_than_due(turn.entry(item), day))
    return day


def later(day: date, by: Offset, calendar: WorkCalendar) -> date:
    """So much later; a month later on a day that month lacks is its last day."""
    n = int(by.n)
    match by.unit:
        case OffsetUnit.DAY:
            return day + timedelta(n)
        case OffsetUnit.WORKING_DAY:
            return calendar.shift(day, n)
        case OffsetUnit.MONTH:
            year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def disown(turn: Turn, said: NotOurs) -> list[Message]:
    """“Không phải việc của phòng”: the office decides whose it is."""
    found = find(turn, said.targets, "{} không phải việc của đơn vị")
    for each in found:
        if not each.obligation.is_open:
            raise DutyError(answers.closed(turn.entry(each)))
    if all(_waits(turn, each, Said.NOT_OURS, said.reason) for each in found):
        return [answers.asked_before(turn.entries(found))]
    for each in found:
        recorded = turn.answer(each, Said.NOT_OURS, text=said.reason)
        if recorded:
            notice = decisions.request_notice(Waiting(turn.entry(each), said.reason))
            turn.tell_office(f"not_ours:{recorded.id}", notice)
    return [answers.not_ours(turn.entries(found))]
