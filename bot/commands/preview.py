"""`/sapgui`: what will be sent to whom in the coming days."""

from dataclasses import replace
from datetime import date

from bot.turn import Turn
from data.pauses import is_paused
from duties.message import Message
from duties.wording import outlook as wording
from duties.wording.dates import day
from duties.wording.outlook import WillBeSent
from duties.workdays import HANOI, ONE_DAY
from scheduler.outlook import outlook
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
    """From the next day on which a letter may go: after the last slot of today, or after a pause, that is later."""
    found = outlook(turn.session, turn.agency, turn.office, _start(turn), days)
    return [WillBeSent(each.on, each.to, each.what, each.reachable, each.is_summary) for each in found]


def _start(turn: Turn) -> date:
    if is_paused(turn.agency, turn.now) and turn.agency.paused_until:
        return turn.agency.paused_until + ONE_DAY
    is_over = turn.now.astimezone(HANOI).time() > turn.office.policy.late_until
    return turn.today + ONE_DAY if is_over else turn.today
