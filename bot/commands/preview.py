"""`/sapgui`: what will be sent to whom in the coming days."""

from bot.turn import Turn
from data.pauses import is_paused
from duties.message import Message
from duties.wording import people
from duties.wording.people import WillBeSent
from scheduler.nudge import preview

DAYS = 14


def show_preview(turn: Turn, days: int = DAYS) -> list[Message]:
    return [people.preview(coming(turn, days), days, is_paused(turn.agency, turn.now))]


def coming(turn: Turn, days: int) -> list[WillBeSent]:
    found = preview(turn.session, turn.agency, turn.office, turn.today, days)
    return [WillBeSent(each.on, each.to, each.things, each.reachable) for each in found]
