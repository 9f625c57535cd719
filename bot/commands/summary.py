"""`/tonghop`: the numbers of a window, of the agency, of a unit, or of a chat's own units."""

from dataclasses import dataclass

from bot.turn import Turn
from data.people import known_units
from data.questions import unit_called
from data.summaries import summary_of
from data.tables import Unit
from data.unwatched import unwatched
from duties.errors import NotAllowed, NotFound
from duties.facts import WHOLE, Scope
from duties.intents import SummaryWanted
from duties.message import Message
from duties.summary import Summary
from duties.windows import Window, read_window, window_at
from duties.wording import summary as wording
from duties.wording.unwatched import Lacking, lacking_line


@dataclass(frozen=True)
class Wanted:
    window: Window
    unit: Unit | None = None


@dataclass(frozen=True)
class Counted:
    """A summary, whose it is, and whether it is of units and not of the agency."""

    summary: Summary
    whose: str
    for_units: bool


def summarise(turn: Turn, said: SummaryWanted) -> list[Message]:
    found = count(turn, said)
    lacking = "" if found.for_units else lacking_line(_lacking(turn))
    return [wording.summary(found.summary, found.whose, for_unit=found.for_units, lacking=lacking)]


def _lacking(turn: Turn) -> list[Lacking]:
    """The duties in force that nobody can be told of: the numbers alone would hide them."""
    return [each.in_words for each in unwatched(turn.session, turn.agency_id, turn.today)]


def count(turn: Turn, said: SummaryWanted) -> Counted:
    wanted = _read(turn, said.words)
    if turn.is_unit and wanted.unit is not None and wanted.unit.id not in turn.unit_ids:
        raise NotAllowed("Đơn vị chỉ xem được tổng hợp của mình; gõ /tonghop.")
    units = [wanted.unit] if wanted.unit else list(turn.units) if turn.is_unit else []
    found = summary_of(
        turn.session,
        turn.agency,
        turn.office,
        wanted.window,
        turn.today,
        Scope(unit_ids=frozenset(unit.id for unit in units if unit.id)) if units or turn.is_unit else WHOLE,
    )
    whose = ", ".join(unit.name for unit in units) or turn.agency.name
    return Counted(found, whose, bool(units) or turn.is_unit)


def _read(turn: Turn, words: str) -> Wanted:
    """“quý 2”, “Phòng CNTT”, or both in either order."""
    window = read_window(words, turn.today, turn.office.windows)
    if window is not None:
        return Wanted(window)
    parts = words.split()
    for cut in range(len(parts) + 1):
        for when, who in ((parts[:cut], parts[cut:]), (parts[cut:], parts[:cut])):
            found = _both(turn, " ".join(when), " ".join(who))
            if found is not None:
                return found
    raise NotFound(wording.not_understood(words))


def _both(turn: Turn, when: str, who: str) -> Wanted | None:
    window = (
        read_window(when, turn.today, turn.office.windows)
        if when
        else window_at(turn.today, turn.office.windows)
    )
    if window is None or not who:
        return None
    unit = unit_called(
        turn.session, turn.agency_id, who, known_units(turn.session, turn.agency_id), turn.today
    )
    return Wanted(window, unit) if unit else None
