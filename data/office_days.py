"""The days an office is closed or open: the State's holidays, its swaps, and the office's own changes.

Holidays, and the day off in lieu of one that falls on a weekly day off: Bộ luật Lao động 2019, Điều 112 and Điều 111
khoản 3. Swaps and worked Saturdays are announced year by year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from holidays import country_holidays

from duties.workdays import WorkCalendar

# 24/11: whether the State's offices close on it is an agency's own setting.
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
# Swaps and days off are announced late in the year before; what lies beyond this year is only reckoned by the law.
LAST_ANNOUNCED = 2026


@dataclass(frozen=True)
class DayChange:
    """One day that differs from the ordinary calendar, and why."""

    day: date
    is_off: bool
    note: str


# The holidays package 0.109 lacks this swap for civil servants.
SHIPPED = (
    DayChange(date(2026, 1, 2), True, "Nghỉ hoán đổi (làm bù Thứ Bảy 10/01/2026)"),
    DayChange(date(2026, 1, 10), False, "Làm bù cho ngày 02/01/2026"),
)


def office_calendar(
    years: Iterable[int],
    changes: Iterable[DayChange],
    *,
    announced: Iterable[int] = (),
    culture_day_off: bool = True,
) -> WorkCalendar:
    """The calendar of these years and of one on each side, for nudges that reach over New Year.

    The office's changes win, the last of a day over those before it; `announced` are the years whose announcement
    the office has entered by itself, beyond those the program knows.
    """
    wanted = sorted(set(years))
    if not wanted:
        return WorkCalendar({}, {}, frozenset(announced))
    covered = range(wanted[0] - 1, wanted[-1] + 2)
    days_off, worked = (dict(days) for days in _public_days(covered))
    if not culture_day_off:
        days_off = {day: name for day, name in days_off.items() if not name.startswith(CULTURE_DAY)}
    for change in changes:
        gains, loses = (days_off, worked) if change.is_off else (worked, days_off)
        gains[change.day] = change.note
        loses.pop(change.day, None)
    known = (year for year in covered if year <= LAST_ANNOUNCED)
    return WorkCalendar(
        MappingProxyType(days_off), MappingProxyType(worked), frozenset(known) | frozenset(announced)
    )


@cache
def _public_days(years: range) -> tuple[dict[date, str], dict[date, str]]:
    """Days off and worked weekend days that hold for every office; reckoning lunar years is slow, hence the cache."""
    public = country_holidays("VN", years=years, language="vi")
    days_off = dict(public.items())
    worked = {day: "Ngày làm bù" for day in public.weekend_workdays if day.year in years}
    for change in SHIPPED:
        if change.day.year in years:
            (days_off if change.is_off else worked)[change.day] = change.note
    return days_off, worked
