"""WorkCalendar: which days the office works, and how dates and moments move along them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
WEEKEND = {5: "Thứ Bảy", 6: "Chủ nhật"}


def day_of(moment: datetime) -> date:
    """The date on the office's wall when `moment` happened."""
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment.astimezone(HANOI).date()


def end_of(day: date) -> datetime:
    """The last moment of a day at the office."""
    return datetime.combine(day, time.max, HANOI)


@dataclass(frozen=True)
class WorkCalendar:
    """Days off on top of weekends, worked days that win over both, and the years whose days off are announced."""

    days_off: Mapping[date, str]
    worked: Mapping[date, str]
    announced: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Whether the office works that day: worked Saturdays count, days off do not."""
        return day in self.worked or (day.weekday() < 5 and day not in self.days_off)

    def why_off(self, day: date) -> str:
        """The holiday's name, or “Thứ Bảy”, “Chủ nhật”; empty for a working day."""
        return (
            "" if self.is_workday(day) else self.days_off.get(day) or WEEKEND.get(day.weekday(), "Ngày nghỉ")
        )

    def is_announced(self, year: int) -> bool:
        """Whether the State has announced that year's days off and swaps; until then they are reckoned."""
        return year in self.announced

    def on_or_after(self, day: date) -> date:
        """The day itself if the office works, else the next day that it does."""
        return self._nearest(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        """The day itself if the office works, else the last day before it that it did."""
        return self._nearest(day, -ONE_DAY)

    def shift(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it if n < 0); for 0 the day itself or the working day before it.

        Zero looks back because its use is the last reminder, and a letter after the last day is no help.
        """
        if n == 0:
            return self.on_or_before(day)
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day = self._nearest(day + step, step)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days there are after `start`, up to and with `end`; none if `end` is not later."""
        return sum(self.is_workday(start + timedelta(n)) for n in range(1, (end - start).days + 1))

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day


def last_moment_day(last_day: date, stated: date | None, calendar: WorkCalendar, lenient: bool) -> date:
    """The day until whose end an answer is on time.

    A last day that is a day off runs to the end of the next working day (Bộ luật Dân sự 2015, Điều 148 khoản 5),
    if the office is lenient. After “trước” the stated date lies behind the last day and caps that: “trước 15/3”
    with 14/3 a Saturday ends with Sunday 15/3, with 14/3 a Sunday with Monday 15/3, never with a 16th.
    """
    if not lenient:
        return last_day
    next_workday = calendar.on_or_after(last_day)
    return next_workday if stated is None or stated <= last_day else min(next_workday, stated)
