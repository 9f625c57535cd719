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
    if said.is_over:
        return [_as_usual(turn, each) for each in find(turn, said.targets, "{} nhắc như thường")]
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
    _set(turn, item, min(until, last))
    return answers.snoozed(turn.entry(item), min(until, last), is_cut=last < until)


def _as_usual(turn: Turn, item: Item) -> Message:
    """Told again as if nothing had been put off."""
    if item.obligation.snoozed_until is None:
        raise DutyError(answers.not_snoozed(turn.entry(item)))
    _set(turn, item, None)
    return answers.told_as_usual(turn.entry(item))


def _set(turn: Turn, item: Item, until: date | None) -> None:
    before, code = item.obligation.snoozed_until, f"#{item.obligation.short_code}"
    is_ahead = before is not None and before > turn.today
    words = f"{code} nhắc lại ngày {before:%d/%m/%Y}" if is_ahead else f"{code} nhắc như thường"
    turn.can_undo(f"snooze:{item.id}", f"hẹn nhắc lại việc {code}", [words] if until or is_ahead else [])
    item.obligation.snoozed_until = until
    turn.note("snooze", item, until=until.isoformat() if until else None)
    settle(turn.session, item, turn.office)
