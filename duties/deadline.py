"""Deadline: what a phrase such as “Quý II, IV” or “trước ngày 15/3” means.

The contract is `docs/deadlines.md`; `duties/grammar.py` makes these values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any


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
    """What a length of time is counted in."""

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

    def as_plain(self) -> dict[str, Any]:
        """The deadline as JSON-ready values: ISO dates, “HH:MM”, null for what is absent."""
        return {
            "phrase": self.phrase,
            "reading": self.reading.value,
            "also": [reading.value for reading in self.also],
            "due": [_plain_due(due) for due in self.due],
            "says": self.says,
            "why": self.why,
            "event": self.event,
            "offset": {"n": self.offset.n, "unit": self.offset.unit.value} if self.offset else None,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Deadline":
        """The deadline that `as_plain` gave."""
        offset = plain["offset"]
        return cls(
            phrase=plain["phrase"],
            reading=Reading(plain["reading"]),
            says=plain["says"],
            also=tuple(Reading(reading) for reading in plain["also"]),
            due=tuple(_due_from(due) for due in plain["due"]),
            why=plain["why"],
            event=plain["event"],
            offset=Offset(offset["n"], OffsetUnit(offset["unit"])) if offset else None,
        )


def _plain_due(due: Due) -> dict[str, Any]:
    return {
        "stated": due.stated.isoformat(),
        "last_day": due.last_day.isoformat(),
        "at": due.at.strftime("%H:%M") if due.at else None,
        "period": {"start": due.period.start.isoformat(), "end": due.period.end.isoformat()}
        if due.period
        else None,
    }


def _due_from(plain: Mapping[str, Any]) -> Due:
    period = plain["period"]
    return Due(
        stated=date.fromisoformat(plain["stated"]),
        last_day=date.fromisoformat(plain["last_day"]),
        at=time.fromisoformat(plain["at"]) if plain["at"] else None,
        period=Period(date.fromisoformat(period["start"]), date.fromisoformat(period["end"]))
        if period
        else None,
    )
