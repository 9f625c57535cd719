"""Which units of a long list are shown: those that match, those that nobody reaches first, fifty at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from bot.pages.paging import Paged, page_of
from bot.pages.people.facts import Roster, UnitSeen
from bot.pages.query import number_said
from duties.spelling import fold

PATH = "/don-vi"
LONGEST = 100
# Fewer are seen at one glance: there is nothing to look for.
FEW = 10


class Reach(StrEnum):
    """Which units are asked for, as the address names it."""

    ANY = ""
    NOBODY = "chua-ai-nhan"
    SOMEBODY = "da-co-noi-nhan"
    ENDED = "khong-hoat-dong"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: words of a name, how the unit is reached, which page."""

    words: str = ""
    reach: Reach = Reach.ANY
    page: int = 1

    @property
    def is_all(self) -> bool:
        return not self.words and self.reach is Reach.ANY

    def address(self, page: int = 1) -> str:
        """The same list at that page."""
        said = {"tim": self.words, "xem": self.reach.value, "trang": str(page) if page > 1 else ""}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{PATH}?{query}" if query else PATH


@dataclass(frozen=True)
class Picked:
    """The units of one page; how many units there are, and how many of those that match nobody reaches."""

    page: Paged[UnitSeen]
    total: int
    unreached: int

    @property
    def reached(self) -> int:
        return self.page.count - self.unreached


def wanted_of(query: Callable[[str], str]) -> Wanted:
    """What is said amiss counts as not said."""
    said = query("xem")
    return Wanted(
        query("tim").strip()[:LONGEST],
        Reach(said) if said in set(Reach) else Reach.ANY,
        number_said(query("trang")) or 1,
    )


def picked(found: Roster, wanted: Wanted) -> tuple[Picked, Roster]:
    """The page of living units that is asked for, and the rest of the roster with the ended units that match."""
    units = () if wanted.reach is Reach.ENDED else found.units
    kept = [unit for unit in units if _is_meant(unit, wanted.reach) and _matches(unit, wanted.words)]
    ended = found.ended if wanted.reach in (Reach.ANY, Reach.ENDED) else ()
    others = replace(found, units=(), ended=tuple(unit for unit in ended if _matches(unit, wanted.words)))
    unreached = sum(not unit.is_reached for unit in kept)
    return Picked(page_of(kept, wanted.page), len(found.units), unreached), others


def _is_meant(unit: UnitSeen, reach: Reach) -> bool:
    match reach:
        case Reach.NOBODY:
            return not unit.is_reached
        case Reach.SOMEBODY:
            return unit.is_reached
        case _:
            return True


def _matches(unit: UnitSeen, words: str) -> bool:
    """Whether every word stands in one of its names or its chats', with or without its marks."""
    known = fold(" ".join((unit.name, *unit.aliases, *(chat.name for chat in (*unit.chats, *unit.lost)))))
    return all(word in known for word in fold(words).split())
