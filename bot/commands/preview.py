"""`/sapgui`: what will be sent to whom in the coming days."""

from dataclasses import replace

from bot.turn import Turn
from data.pauses import is_paused
from duties.message import Message
from duties.wording import outlook as wording
from duties.wording.dates import day
from duties.wording.outlook import WillBeSent
from scheduler.outlook import first_day, outlook
from scheduler.quota import sent_this_month

DAYS = 14


def show_preview(turn: Turn, days: int = DAYS) -> list[Message]:
    paused, until = is_paused(turn.agency, turn.now), turn.agency.paused_until
    shown = wording.preview(
        coming(turn, days), days, is_paused=paused, paused_until=day(until) if until and paused else ""
    )
    lines = [wording.sent_so_far(*each) for each in sent_this_month(turn.session, turn.agency_id, turn.now)]
    return [replace(shown, lines=(*shown.lines, *lines))]


def coming(turn: Turn, days: int) -> list[WillBeSent]:
    """From the next day on which a letter may go."""
    start = first_day(turn.agency, turn.office, turn.now)
    found = outlook(turn.session, turn.agency, turn.office, start, days)
    return [WillBeSent(each.on, each.to, each.what, each.reachable, each.is_summary) for each in found]
