"""Moments: what the words of a deadline name (a day, a quarter, a span), and which dates that is in a year."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from duties.deadline import Offset, OffsetUnit, Period, Years

FIRST, LAST = 98, 99
"""The days of “ngày đầu tiên” and “ngày cuối cùng”."""

FRIDAY = 4
_FARTHEST = 1200
YEARS_WE_KNOW = range(1900, 2200)


class Unclear(Exception):
    """A part that could change a date was not understood; the message says which, in Vietnamese."""


class Unit(StrEnum):
    """How often something recurs: the word after “hằng”."""

    WEEK = "tuần"
    MONTH = "tháng"
    QUARTER = "quý"
    THREE_MONTHS = "3 tháng"
    HALF = "6 tháng"
    NINE_MONTHS = "9 tháng"
    YEAR = "năm"


class Edge(StrEnum):
    """Which end of a month, quarter or year is meant."""

    WHOLE = ""
    HEAD = "đầu"
    MIDDLE = "giữa"
    TAIL = "cuối"


@dataclass(frozen=True, slots=True)
class YearRef:
    """The year of a moment: written, or so many years after the plan's own."""

    written: int | None = None
    shift: int = 0


PLAN_YEAR = YearRef()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; `month` counts from the start of the frame, and is None where only “ngày 20” is said."""

    day: int
    month: int | None
    year: YearRef = PLAN_YEAR
    frame: Unit = Unit.YEAR
    shift: int = 0
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A month, quarter, half or year: from the first to the last of its months."""

    first: int
    last: int
    year: YearRef = PLAN_YEAR
    edge: Edge = Edge.WHOLE

    @property
    def is_year(self) -> bool:
        return (self.first, self.last) == (1, 12)


@dataclass(frozen=True, slots=True)
class WholePlan:
    """“Cả giai đoạn”."""

    year: YearRef = PLAN_YEAR


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of each week; Monday is 0."""

    weekday: int
    year: YearRef = PLAN_YEAR


@dataclass(frozen=True, slots=True)
class Counted:
    """“15 ngày kể từ ngày 01/6/2026”: the first day is not counted (Bộ luật Dân sự 2015, Điều 147)."""

    start: Day
    offset: Offset

    @property
    def year(self) -> YearRef:
        return self.start.year


@dataclass(frozen=True, slots=True)
class Range:
    """From one moment to another; `start` is None where it is an event or “nay”, `before` in “đến trước ngày …”."""

    start: "Point | None"
    end: "Point"
    before: bool = False

    @property
    def year(self) -> YearRef:
        return self.end.year


Point = Day | Named | WholePlan | Weekday | Counted | Range


Moment = TypeVar("Moment", bound=Point)


def with_year(point: Moment, year: YearRef) -> Moment:
    """The same moment in another year; what has its own year keeps it."""
    if point.year != PLAN_YEAR:
        return point
    if isinstance(point, Range):
        return replace(point, end=with_year(point.end, year))
    if isinstance(point, Counted):
        return replace(point, start=with_year(point.start, year))
    return replace(point, year=year)


def frame_of(point: Point) -> Unit:
    """How often a moment recurs by itself: “ngày 20 tháng cuối quý” each quarter, “15/3” once a year."""
    match point:
        case Day():
            return point.frame
        case Weekday():
            return Unit.WEEK
        case Range():
            return frame_of(point.end)
        case _:
            return Unit.YEAR


def span_of(point: Point, frame: Period, years: Years) -> Period:
    """The days a moment means in one frame: a year, or the quarter, month or week it recurs in."""
    match point:
        case Day():
            return _one(_day(point, frame))
        case Weekday():
            return _one(frame.start + timedelta(days=point.weekday))
        case Named():
            return _named(point, frame)
        case WholePlan():
            return Period(date(years.first, 1, 1), date(years.last, 12, 31))
        case Counted():
            return _one(_counted(point, frame))
        case Range():
            return _range(point, frame, years)


def frames_of(point: Point, year: int) -> Iterable[Period]:
    """The frames of a year in which a moment occurs once each."""
    last = point.end if isinstance(point, Range) else point
    return _weeks(year, last.weekday) if isinstance(last, Weekday) else frames(frame_of(point), year)


@lru_cache(maxsize=512)
def frames(unit: Unit, year: int) -> tuple[Period, ...]:
    """The weeks (by their Friday), months, quarters, halves or the whole of a year."""
    if unit is Unit.WEEK:
        return tuple(_weeks(year, FRIDAY))
    length = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.THREE_MONTHS: 3, Unit.NINE_MONTHS: 9}.get(
        unit, 12
    )
    starts = range(1, 2, 1) if unit in (Unit.THREE_MONTHS, Unit.NINE_MONTHS) else range(1, 13, length)
    return tuple(months(year, month, month + length - 1) for month in starts)


@lru_cache(maxsize=4096)
def months(year: int, first: int, last: int) -> Period:
    """From the first day of one month to the last day of another of the same year."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def date_of(year: int, month: int, day: int) -> date:
    """A date that must exist: never a neighbour."""
    if not 1 <= month <= 12:
        raise Unclear(f"không có tháng {month}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Unclear(f"không có ngày {day}/{month}/{year}")
    return date(year, month, day)


def day_in_month(year: int, month: int, day: int) -> date:
    """That day of a month; of one that lacks it the last."""
    return date(year, month, day if day < 29 else min(day, monthrange(year, month)[1]))


def plus(start: date, offset: Offset) -> date:
    """So many days or months after a date; working days need the office's calendar."""
    if offset.n > _FARTHEST:
        raise Unclear("khoảng thời gian quá dài")
    if offset.unit is OffsetUnit.MONTH and offset.n == int(offset.n):
        return months_later(start, int(offset.n))
    if offset.unit is OffsetUnit.DAY and offset.n == int(offset.n):
        return start + timedelta(days=int(offset.n))
    raise Unclear("số ngày làm việc phải đếm theo lịch; xin cho biết ngày cụ thể")


def months_later(start: date, n: int) -> date:
    """The same day of a later month, or its last one (Bộ luật Dân sự 2015, Điều 148 khoản 3)."""
    return _clipped(start, n, start.day)


def _one(day: date) -> Period:
    return Period(day, day)


def _weeks(year: int, weekday: int) -> Iterator[Period]:
    """Weeks Monday to Sunday of which this day lies in the year: no week counts in two years."""
    day = date(year, 1, 1) + timedelta(days=(weekday - date(year, 1, 1).weekday()) % 7)
    while day.year == year:
        yield Period(day - timedelta(days=weekday), day + timedelta(days=6 - weekday))
        day += timedelta(days=7)


def _day(point: Day, frame: Period) -> date:
    if point.month is None:
        raise Unclear(f"chưa rõ tháng của ngày {point.day}")
    if not 1 <= point.day <= 31 and point.day not in (FIRST, LAST):
        raise Unclear(f"không có ngày {point.day}")
    if point.frame is not Unit.YEAR:
        length = 1 if point.frame is Unit.MONTH else 3
        return _clipped(frame.start, point.shift * length + point.month - 1, point.day)
    year = point.year.written or frame.start.year + point.year.shift
    if point.day in (FIRST, LAST):
        whole = months(year, point.month, point.month)
        return whole.start if point.day == FIRST else whole.end
    found = date_of(year, point.month, point.day)
    if point.weekday not in (None, found.weekday()):
        raise Unclear(f"ngày {found:%d/%m/%Y} không phải thứ đã ghi")
    return found


def _clipped(start: date, later: int, day: int) -> date:
    """A day so many months later; one that the month lacks is its last day."""
    count = start.year * 12 + start.month - 1 + later
    return day_in_month(count // 12, count % 12 + 1, 1 if day == FIRST else day)


def _named(point: Named, frame: Period) -> Period:
    year = point.year.written or frame.start.year + point.year.shift
    whole = months(year, point.first, point.last)
    match point.edge:
        case Edge.WHOLE | Edge.TAIL:
            return whole
        case Edge.HEAD if point.first == point.last or point.is_year:
            return _one(whole.start)
        case Edge.MIDDLE if point.first == point.last:
            return _one(whole.start.replace(day=15))
        case Edge.MIDDLE if point.is_year:
            return _one(date(year, 6, 30))
        case _:
            near = point.first if point.edge is Edge.HEAD else (point.first + point.last) // 2
            guess = f"; có phải hết tháng {near}?" if point.last - point.first == 2 else ""
            raise Unclear(f"“{point.edge.value}” của cả một kỳ chưa chỉ rõ ngày nào{guess}")


def _counted(point: Counted, frame: Period) -> date:
    return plus(_day(point.start, frame), point.offset)


def _range(point: Range, frame: Period, years: Years) -> Period:
    last = span_of(point.end, frame, years)
    end = last.start - timedelta(days=1) if point.before else last.end
    if point.start is None:
        return _one(end)
    start = _start(point.start, point.end, frame, end, years)
    if start > end:
        raise Unclear("khoảng thời gian kết thúc trước khi bắt đầu")
    return Period(start, end)


def _start(start: Point, finish: Point, frame: Period, end: date, years: Years) -> date:
    """A start without a year is in the year of the end; if that is too late, in the plan's year."""
    if start.year != PLAN_YEAR or finish.year.written is None:
        return _beginning(start, frame, years)
    same = _beginning(with_year(start, finish.year), frame, years)
    if same <= end or not years.is_single or years.first >= end.year:
        return same
    return _beginning(start, months(years.first, 1, 12), years)


def _beginning(start: Point, frame: Period, years: Years) -> date:
    if isinstance(start, Named) and start.edge is Edge.HEAD:
        start = replace(start, edge=Edge.WHOLE)
    span = span_of(start, frame, years)
    return span.end if isinstance(start, Named) and start.edge is Edge.TAIL else span.start
