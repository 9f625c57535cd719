"""`/tamdung`, `/tieptuc`: no reminders go out until the office says so."""

from bot.turn import Turn
from duties.message import Message
from duties.wording import people


def pause(turn: Turn) -> list[Message]:
    turn.agency.paused_at = turn.agency.paused_at or turn.now
    turn.session.add(turn.agency)
    turn.note("pause")
    return [people.paused()]


def resume(turn: Turn) -> list[Message]:
    turn.agency.paused_at = None
    turn.session.add(turn.agency)
    turn.note("resume")
    return [people.resumed()]
