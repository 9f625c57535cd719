"""Units that are renamed, merged, split or closed: what becomes of what they owe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ChangeKind(StrEnum):
    """A unit that is closed gives its work to another: that is a merger into one that lives already."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"


@dataclass(frozen=True)
class Owing:
    """An obligation as a change of units looks at it; no bullets named: all of them."""

    id: int
    occurrence: int
    unit: int
    bullets: tuple[int, ...] = ()
    due: date | None = None
    is_open: bool = True


@dataclass(frozen=True)
class Passed:
    """What the heir of an occurrence goes on with: `stays` is its obligation, `ends` are the others', joined in it.

    `stays` changes hands unless it was the heir's already (`is_own`), and is open again where the heir had done its
    part; `due` is when the part that comes to it falls due.
    """

    stays: int
    ends: tuple[int, ...] = ()
    bullets: tuple[int, ...] = ()
    is_own: bool = False
    due: date | None = None


def pass_on(owed: Sequence[Owing], heir: int) -> list[Passed]:
    """Of every occurrence of which something is open: one obligation of the heir, and no second one.

    What is done stays with the unit that did it. The heir's own obligation goes on, else the one that is due first;
    where the heir had done its part and another's is open, it is open again: the stricter state holds.
    """
    by_occurrence: dict[int, list[Owing]] = {}
    for each in owed:
        by_occurrence.setdefault(each.occurrence, []).append(each)
    return [passed for of_one in by_occurrence.values() if (passed := _pass_on_one(of_one, heir)) is not None]


def _pass_on_one(owed: Sequence[Owing], heir: int) -> Passed | None:
    coming = [each for each in owed if each.is_open and each.unit != heir]
    own = next((each for each in owed if each.unit == heir), None)
    if not coming:
        return None
    stays = own or min(coming, key=lambda each: (each.due or date.max, each.id))
    meant = [*coming, own] if own and own.is_open else coming
    dues = [each.due for each in coming if each.due]
    return Passed(
        stays=stays.id,
        ends=tuple(each.id for each in coming if each.id != stays.id),
        bullets=united([each.bullets for each in meant]),
        is_own=own is not None,
        due=min(dues, default=None),
    )


def united(bullets: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The bullets of several as one's; who answered for all of them makes it all."""
    return () if not all(bullets) else tuple(sorted({number for each in bullets for number in each}))


@dataclass(frozen=True)
class Lineage:
    """Who goes on for a unit that is no more: its successor, or another for a duty that was shared out otherwise."""

    living: frozenset[int]
    successors: Mapping[int, int]
    shares: Mapping[tuple[int, int], int]

    def heir(self, unit: int, duty: int) -> int | None:
        """The living unit that does a duty for `unit`: itself, or who came after it; None when nobody does."""
        seen: set[int] = set()
        while unit not in seen:
            seen.add(unit)
            coming = self.shares.get((unit, duty))
            if coming is None and unit in self.living:
                return unit
            coming = coming or self.successors.get(unit)
            if coming is None:
                return None
            unit = coming
        return None

    def came_before(self, unit: int, duty: int) -> tuple[int, ...]:
        """The units for which `unit` does that duty now."""
        gone = {*self.successors, *(split for split, shared in self.shares if shared == duty)} - {unit}
        return tuple(sorted(each for each in gone if self.heir(each, duty) == unit))
