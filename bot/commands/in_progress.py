"""`/danglam`: an obligation is being worked on."""

from bot.targets import find
from bot.turn import Turn
from data.obligations import standing_of
from duties.errors import NotAllowed
from duties.intents import InProgress
from duties.message import Message
from duties.progress import Said
from duties.wording import answers


def report_in_progress(turn: Turn, said: InProgress) -> list[Message]:
    """Being worked on; what was said to be done is opened again, unless the office has accepted it."""
    found = find(turn, said.targets, "{} đang làm")
    accepted = [each for each in found if standing_of(turn.session, each).accepted]
    if accepted:
        raise NotAllowed(answers.accepted_stays(turn.entry(accepted[0])))
    reopened = any(each.obligation.done_at for each in found)
    for each in found:
        turn.answer(each, Said.IN_PROGRESS, text=said.note)
    return [answers.in_progress(turn.entries(found), reopened)]
