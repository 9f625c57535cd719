"""Series: the rhythm found again in a list of dates: each week, each month, each quarter, each year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from duties.deadline import Years
from duties.moments import Unit, day_in_month

_FEWEST = 4
_MOST_BY_MONTH = 50


@dataclass(frozen=True, slots=True)
class Series:
    """“ngày 20 hằng tháng”: the day (or weekday), its month in a quarter or year, how many periods later."""

    unit: Unit
    day: int
    month: int = 1
    shift: int = 0
    year: int | None = None

    def dates(self, years: Iterable[int]) -> Iterator[date]:
        """Every date of the series in these years."""
        for year in years:
            yield from self._weeks(year) if self.unit is Unit.WEEK else self._months(year)

    def first(self, year: int) -> date:
        """Its first date of a year, where it is counted in months."""
        length = {Unit.MONTH: 1, Unit.QUARTER: 3}.get(self.unit, 12)
        return _in_month(year * 12 + self.shift * length + self.month - 1, self.day)

    def _weeks(self, year: int) -> Iterator[date]:
        day = date(year, 1, 1) + timedelta(days=(self.day - date(year, 1, 1).weekday()) % 7)
        while day.year == year:
            yield day
            day += timedelta(days=7)

    def _months(self, year: int) -> Iterator[date]:
        length = {Unit.MONTH: 1, Unit.QUARTER: 3}.get(self.unit, 12)
        for start in range(0, 12, length):
            yield _in_month(year * 12 + start + self.shift * length + self.month - 1, self.day)


def _in_month(count: int, day: int) -> date:
    """A day of a month, the months counted from the year 0; one that the month lacks is its last."""
    return day_in_month(count // 12, count % 12 + 1, day)


def series_in(
    days: list[date], years: Years | None, of_interest: set[date]
) -> tuple[list[Series], list[date]]:
    """The series that are whole in these dates and hold one of interest, and the dates that are left."""
    found: list[Series] = []
    whole, rest = set(days), set(days)
    for one in _candidates(sorted(rest), years) if of_interest else ():
        span = (one.year,) if one.year else years or ()
        first = next(iter(span), None)
        if first is None or (one.unit is not Unit.WEEK and one.first(first) not in whole):
            continue
        dates = set(one.dates(span))
        wanted = dates & of_interest or any(other.unit is Unit.YEAR for other in found)
        if wanted and dates <= whole and 2 * len(dates & rest) > len(dates):
            found.append(one)
            rest -= dates
    return found, sorted(rest)


def _candidates(days: list[date], years: Years | None) -> Iterator[Series]:
    """Series worth trying: those that the first dates could begin."""
    if len(days) >= _FEWEST:
        yield from _rhythms(days, years)
    if years and not years.is_single:
        yield from (Series(Unit.YEAR, day.day, day.month) for day in days if day.year == years.first)


def _rhythms(days: list[date], years: Years | None) -> Iterator[Series]:
    """Those of all the plan's years, then those of single years."""
    home = set(years) if years and years.is_single else set()
    numbers = sorted({day.day for day in days}, reverse=True)
    for year in [None, *sorted({day.year for day in days} - home)]:
        for weekday in range(7) if len(days) > _MOST_BY_MONTH else ():
            yield Series(Unit.WEEK, weekday, year=year)
        for day, shift in product(numbers, (0, 1) if year is None else (0,)):
            yield Series(Unit.MONTH, day, shift=shift, year=year)
        for day, month, shift in product(numbers, (1, 2, 3), (0, 1) if year is None else (0,)):
            yield Series(Unit.QUARTER, day, month, shift, year)
