"""“Chốt số liệu quý 2”, “bỏ chốt quý 2”: the office closes the numbers of a window, or opens them again."""

from bot.asked_window import read_asked
from bot.turn import AskBack, Turn
from data.freezes import freeze_of, freezes_in_force, withdraw
from data.summaries import close, summary_of
from duties.errors import DutyError
from duties.facts import WHOLE
from duties.freeze import Frozen
from duties.intents import Close, Reopen
from duties.message import Message
from duties.windows import Window, report_windows, window_of_key
from duties.wording import closing as wording

OFFERED = 3


def close_window(turn: Turn, said: Close) -> list[Message]:
    if not said.words:
        raise AskBack(wording.which_window("chốt số liệu", _lately_over(turn)))
    window = _window(turn, said.words)
    if turn.today < window.cut_off:
        raise DutyError(wording.too_early(window))
    before = freeze_of(turn.session, turn.agency_id, window)
    if before is not None:
        raise DutyError(wording.closed_before(window, Frozen(before.at, before.sender)))
    if summary_of(turn.session, turn.agency, turn.office, window, turn.today).is_empty:
        raise DutyError(wording.nothing_to_close(window))
    close(turn.session, turn.agency, turn.office, window, turn.today, turn.heard)
    turn.note("close_window", window=window.key)
    return [wording.is_closed(summary_of(turn.session, turn.agency, turn.office, window, turn.today))]


def reopen(turn: Turn, said: Reopen) -> list[Message]:
    if not said.words:
        keys = freezes_in_force(turn.session, turn.agency_id)
        windows = tuple(window_of_key(key, turn.office.windows) for key, _ in keys)
        raise AskBack(wording.which_window("bỏ chốt", windows[-OFFERED:]))
    window = _window(turn, said.words)
    closed = freeze_of(turn.session, turn.agency_id, window)
    if closed is None:
        raise DutyError(wording.not_closed(window))
    withdraw(turn.session, closed, turn.now)
    turn.note("reopen_window", window=window.key, closed_at=closed.at.isoformat(), closed_by=closed.sender)
    return [wording.is_open_again(window)]


def _window(turn: Turn, words: str) -> Window:
    asked = read_asked(turn, words)
    if asked.scope != WHOLE:
        raise DutyError(wording.whole_agency_only())
    return asked.window


def _lately_over(turn: Turn) -> tuple[Window, ...]:
    """The report windows whose data closed last and that are still open."""
    years = (turn.today.year - 1, turn.today.year)
    windows = [each for year in years for each in report_windows(year, turn.office.windows)]
    over = [each for each in windows if each.cut_off <= turn.today]
    free = [each for each in over[-OFFERED:] if freeze_of(turn.session, turn.agency_id, each) is None]
    return tuple(reversed(free))
