"""`/nhaclai`: the next reminder of one obligation comes later, on a working day, never after its due date."""

from datetime import date

from bot.commands.ask_extension import later
from bot.targets import find
from bot.turn import AskBack, Turn
from data.obligations import Item, settle
from duties.errors import DutyError
from duties.intents import Snooze
from duties.message import Message
from duties.wording import answers


def snooze(turn: Turn, said: Snooze) -> list[Message]:
    found = find(turn, said.targets, "{} nhắc lại sau 3 ngày")
    if said.until is None:
        raise AskBack(answers.ask_snooze(turn.entry(found[0])))
    until = (
        said.until if isinstance(said.until, date) else later(turn.today, said.until, turn.office.calendar)
    )
    return [_put_off(turn, each, turn.office.calendar.on_or_after(until)) for each in found]


def _put_off(turn: Turn, item: Item, until: date) -> Message:
    owed = item.obligation
    if not owed.is_open:
        raise DutyError(answers.closed(turn.entry(item)))
    last = turn.office.calendar.on_or_before(owed.due) if owed.due else until
    if until <= turn.today or last <= turn.today:
        raise DutyError(answers.cannot_snooze(turn.entry(item)))
    owed.snoozed_until = min(until, last)
    turn.note("snooze", item, until=owed.snoozed_until.isoformat())
    settle(turn.session, item, turn.office)
    return answers.snoozed(turn.entry(item), owed.snoozed_until, is_cut=owed.snoozed_until < until)
