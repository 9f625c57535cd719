"""`/tamdung`, `/tieptuc`: no reminders go out until the office says so, or until a day it named."""

from datetime import date

from bot.commands.announce import still_drafted
from bot.turn import Turn
from data import pauses
from data.pauses import is_paused
from duties.errors import DutyError
from duties.intents import Pause
from duties.message import Message
from duties.wording import people
from duties.workdays import ONE_DAY


def pause(turn: Turn, said: Pause) -> list[Message]:
    if said.until is not None and said.until < turn.today:
        raise DutyError(people.pause_over(said.until))
    back = _words(turn.agency.paused_until) if is_paused(turn.agency, turn.now) else "tiếp tục"
    pauses.pause(turn.agency, turn.now, said.until)
    turn.session.add(turn.agency)
    turn.can_undo("pause", "việc tạm dừng", [back])
    turn.note("pause", until=said.until.isoformat() if said.until else None)
    return [people.paused(said.until, _goes_on(turn, said.until))]


def _goes_on(turn: Turn, until: date | None) -> date | None:
    return turn.office.calendar.on_or_after(until + ONE_DAY) if until else None


def _words(until: date | None) -> str:
    return f"tạm dừng đến {until:%d/%m/%Y}" if until else "tạm dừng"


def resume(turn: Turn) -> list[Message]:
    if not is_paused(turn.agency, turn.now):
        raise DutyError(people.not_paused())
    turn.can_undo("pause", "việc tiếp tục nhắc", [_words(turn.agency.paused_until)])
    pauses.resume(turn.agency)
    turn.session.add(turn.agency)
    turn.note("resume")
    return [people.resumed(), *still_drafted(turn)]
