"""Thresholds of the index of administrative reform: how many duties a share of work done is short of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from duties.facts import Fact
from duties.summary import Counts, by_occurrence


@dataclass(frozen=True)
class Threshold:
    """A share of the occurrences, in percent: reached from it on, or only `above` it."""

    percent: int
    above: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.percent <= 100 - self.above:
            raise ValueError(f"no share of the work can pass this threshold: {self}")

    def missing(self, counts: Counts) -> int:
        """How many more must be done; 0 when it is passed or there is nothing to do."""
        needed = (
            counts.total * self.percent // 100 + 1 if self.above else -(-counts.total * self.percent // 100)
        )
        return max(0, needed - counts.done) if counts.total else 0


# The old scale of the provinces' index: 2 points above 90 %, 1 point from 70 %.
STANDARD = (Threshold(70), Threshold(90, above=True))


@dataclass(frozen=True)
class Target:
    """The next threshold, how many occurrences are missing to it, and the open ones nearest to being done."""

    threshold: Threshold
    missing: int
    nearest: tuple[tuple[Fact, ...], ...] = ()


def next_target(counted: Iterable[Fact], counts: Counts, thresholds: Sequence[Threshold]) -> Target | None:
    """The lowest threshold not passed yet; None when all are. An occurrence is named by the units that still hold it."""
    for threshold in sorted(thresholds, key=lambda each: (each.percent, each.above)):
        missing = threshold.missing(counts)
        if missing:
            return Target(threshold, missing, tuple(_nearest(counted)[:missing]))
    return None


def _nearest(counted: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """Open occurrences by what they still lack: those that wait for the fewest units and fall due first."""
    still_open = [tuple(fact for fact in shared if fact.is_open) for shared in by_occurrence(counted)]
    return sorted((held for held in still_open if held), key=lambda held: (len(held), _first_due(held)))


def _first_due(held: Sequence[Fact]) -> date:
    return min(fact.due or date.max for fact in held)
