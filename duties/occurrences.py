"""Deadline × years → the occurrences of a duty: one for each date due, or one a report window if it is ongoing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.windows import (
    STANDARD,
    WindowRules,
    half_window,
    month_window,
    quarter_window,
    report_windows,
    year_window,
)


@dataclass(frozen=True)
class PlannedOccurrence:
    """One due instance of a duty, unique by its key; an ongoing one has a window and no date."""

    period_key: str
    stated: date | None
    last_day: date | None
    at: time | None
    period: Period | None
    window: str | None


def occurrences_of(
    deadline: Deadline, years: Years, rules: WindowRules = STANDARD
) -> tuple[PlannedOccurrence, ...]:
    """Every occurrence that must exist; on request, after an event or unread there is none until it is dated."""
    if deadline.reading is Reading.DATED:
        return _dated(deadline.due)
    if Reading.ONGOING in (deadline.reading, *deadline.also):
        return _ongoing(years, rules)
    return ()


@lru_cache(maxsize=4096)  # a year has few due dates and many duties
def period_key(due: Due) -> str:
    """“2026-06”, “2026-Q2”, “2026-H1” or “2026” for exactly such a period, else the stated date."""
    if due.period is None:
        return due.stated.isoformat()
    year, month = due.period.start.year, due.period.start.month
    named = {
        f"{year}-{month:02}": month_window(year, month),
        f"{year}-Q{(month + 2) // 3}": quarter_window(year, (month + 2) // 3),
        f"{year}-H{(month + 5) // 6}": half_window(year, (month + 5) // 6),
        f"{year}": year_window(year),
    }
    exact = (key for key, window in named.items() if window.span == due.period)
    return next(exact, due.stated.isoformat())


def _dated(dues: tuple[Due, ...]) -> tuple[PlannedOccurrence, ...]:
    once: dict[tuple[date, date, time | None], Due] = {}
    for due in dues:
        once.setdefault((due.stated, due.last_day, due.at), due)
    distinct = tuple(once.values())
    return tuple(
        PlannedOccurrence(key, due.stated, due.last_day, due.at, due.period, window=None)
        for key, due in zip(_unique_keys(distinct), distinct, strict=True)
    )


def _ongoing(years: Years, rules: WindowRules) -> tuple[PlannedOccurrence, ...]:
    return tuple(
        PlannedOccurrence(window.key, None, None, None, window.span, window.key)
        for year in years
        for window in report_windows(year, rules)
    )


# From the key a clerk would use to the one that is never shared.
KEYS: tuple[Callable[[Due], str], ...] = (
    period_key,
    lambda due: due.stated.isoformat(),
    lambda due: due.last_day.isoformat(),
    lambda due: f"{due.stated.isoformat()}/{due.last_day.isoformat()}/{due.at}",
)


def _unique_keys(dues: tuple[Due, ...]) -> list[str]:
    """Those that share a key all take their next one, so that the order of the dates does not matter."""
    keys = [KEYS[0](due) for due in dues]
    for fallback in KEYS[1:]:
        shared = Counter(keys)
        keys = [fallback(due) if shared[key] > 1 else key for key, due in zip(keys, dues, strict=True)]
    return keys
