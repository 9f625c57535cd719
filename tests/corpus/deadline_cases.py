"""The cases of deadlines.toml as values, for the tests, the benchmark and docs/deadlines.md."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from duties.deadline import Deadline, Years

CORPUS = Path(__file__).with_name("deadlines.toml")


@dataclass(frozen=True)
class Case:
    """Phrases that mean the same in one plan, and what that is; `plain` is the table as it stands in the file."""

    phrases: tuple[str, ...]
    form: str
    years: Years | None
    reading: str
    plain: dict[str, Any]

    @property
    def is_real(self) -> bool:
        """Whether the phrases were found in documents."""
        return "source" in self.plain

    @property
    def is_missed(self) -> bool:
        """Whether another reader might settle what we ask about."""
        return bool(self.plain.get("asked"))

    @property
    def wanted(self) -> dict[str, Any]:
        """What a reading must have: every key of the case that says something about it."""
        told = (
            "reading",
            "also",
            "last_day",
            "stated",
            "count",
            "first_day",
            "final_day",
            "at",
            "event",
            "offset",
        )
        wanted = {key: self.plain[key] for key in told if key in self.plain}
        if "last_day" in wanted:
            wanted.setdefault("stated", wanted["last_day"])
        return {"also": [], "at": None, "event": "", "offset": None} | wanted

    def found(self, read: Deadline) -> dict[str, Any]:
        """The same keys of a reading."""
        plain = read.as_plain()
        days = [due.last_day for due in read.due]
        series = {
            "count": len(days),
            "first_day": min(days, default=None),
            "final_day": max(days, default=None),
        }
        dates = {"last_day": days, "stated": [due.stated for due in read.due], **series}
        at = next((due["at"] for due in plain["due"]), None)
        return {key: {**plain, **dates, "at": at}[key] for key in self.wanted} | _undated(read, self.wanted)


def _undated(read: Deadline, wanted: dict[str, Any]) -> dict[str, list[date]]:
    """Dates where none are wanted are a fault, not a detail."""
    return {"last_day": [due.last_day for due in read.due]} if read.due and "count" not in wanted else {}


@cache
def cases() -> tuple[Case, ...]:
    """Every case, in the order of the file."""
    with CORPUS.open("rb") as file:
        tables = tomllib.load(file)["case"]
    return tuple(Case(tuple(t["phrases"]), t["form"], _years(t), t["reading"], t) for t in tables)


def _years(table: dict[str, Any]) -> Years | None:
    if "in_year" in table:
        return Years.of(table["in_year"])
    return Years(*table["in_years"]) if "in_years" in table else None
