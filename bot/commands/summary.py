"""`/tonghop`: the numbers of a window, of the agency, of a unit, a plan or a group, or of a chat's own units."""

from bot.asked_window import Asked, read_asked
from bot.turn import Turn
from data.reports import report_settings
from data.summaries import summary_of
from data.unwatched import unwatched_in
from duties.facts import Fact
from duties.intents import SummaryWanted
from duties.message import Message
from duties.rights import ChatRole
from duties.summary import Summary, long_overdue
from duties.thresholds import next_target
from duties.windows import Window
from duties.wording import summary as wording
from duties.wording.unwatched import Lacking, lacking_line


def summarise(turn: Turn, said: SummaryWanted) -> list[Message]:
    asked = read_asked(turn, said.words)
    return [told(turn, asked, count(turn, asked))]


def count(turn: Turn, asked: Asked) -> Summary:
    return summary_of(turn.session, turn.agency, turn.office, asked.window, turn.today, asked.scope)


def told(turn: Turn, asked: Asked, found: Summary) -> Message:
    """The summary as this chat is shown it."""
    thresholds = report_settings(turn.agency).thresholds
    return wording.summary(
        wording.Told(
            found,
            asked.whose,
            asked.words,
            for_unit=asked.for_units,
            lacking="" if asked.of or asked.for_units else lacking_line(_lacking(turn, asked.window)),
            target=None if asked.for_units else next_target(found.counted, found.occurrences, thresholds),
            serious=_serious(turn, found),
            serious_after=turn.office.policy.leader_after,
        )
    )


def _serious(turn: Turn, found: Summary) -> tuple[Fact, ...]:
    if turn.chat.role is not ChatRole.LEADER:
        return ()
    return long_overdue(found, turn.office.calendar, turn.office.policy.leader_after)


def _lacking(turn: Turn, window: Window) -> list[Lacking]:
    """The duties in force that nobody can be told of: the numbers alone would hide them."""
    return [each.in_words for each in unwatched_in(turn.session, turn.agency_id, window, turn.today)]
