"""Deadline: what a phrase such as “Quý II, IV” or “trước ngày 15/3” means.

The contract is `docs/deadlines.md`; `duties/grammar.py` makes these values.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Reading(StrEnum):
    """How a deadline phrase was understood."""

    DATED = "dated"
    ONGOING = "ongoing"
    ON_REQUEST = "on_request"
    AFTER_EVENT = "after_event"
    OTHER_PLAN = "other_plan"
    UNREAD = "unread"


@dataclass(frozen=True)
class Years:
    """The year or the period of years that a plan speaks of; both ends included."""

    first: int
    last: int

    @classmethod
    def of(cls, year: int) -> "Years":
        return cls(year, year)

    @property
    def is_single(self) -> bool:
        return self.first == self.last

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __str__(self) -> str:
        return str(self.first) if self.is_single else f"{self.first}-{self.last}"


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Due:
    """One occurrence: the date the text names, and the last day that is still on time."""

    stated: date
    last_day: date
    at: time | None = None
    period: Period | None = None


class OffsetUnit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True)
class Offset:
    """“Trong vòng 05 ngày làm việc kể từ …”: n units after the event; n may be a half."""

    n: float
    unit: OffsetUnit


@dataclass(frozen=True)
class Deadline:
    """A phrase and what it means; `due` is ordered and empty unless the reading is dated."""

    phrase: str
    reading: Reading
    says: str
    also: tuple[Reading, ...] = ()
    due: tuple[Due, ...] = ()
    why: str = ""
    event: str = ""
    offset: Offset | None = None
