"""Claims: moments and the rhythms that govern them → the dates due in the years of a plan."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import lru_cache

from duties.deadline import Due, Period, Years
from duties.moments import (
    FIRST,
    LAST,
    PLAN_YEAR,
    Day,
    Named,
    Point,
    Range,
    Unclear,
    Unit,
    WholePlan,
    YearRef,
    frame_of,
    frames,
    frames_of,
    months,
    span_of,
    with_year,
)
from duties.phrase.parts import Rhythm, When

SHORT = {Unit.WEEK, Unit.MONTH, Unit.QUARTER}
MOST_YEARS = 30


@dataclass(slots=True)
class Claim:
    """Moments and the rhythms that govern them; `joined` to the claim before by no more than “và” or a comma."""

    whens: list[When] = field(default_factory=list)
    rhythms: list[Rhythm] = field(default_factory=list)
    label: Named | None = None
    near: bool = False
    cutoff: bool = False
    joined: bool = False

    @property
    def recurs(self) -> bool:
        """Whether it falls due many times a year by itself: each week, month or quarter."""
        units = {unit for rhythm in self.rhythms for unit in rhythm.units}
        points = [point for when in self.whens for point in when.points]
        return all(_recurs(point, units) for point in points) if points else units <= SHORT

    @property
    def key(self) -> Hashable:
        """The same for claims that say the same."""
        return tuple(self.whens), tuple(self.rhythms), self.label

    @property
    def is_window(self) -> bool:
        """Whether it is a span “từ … đến …”, which may be no more than the period of another date."""
        return bool(self.whens) and self.whens[0].window


def _recurs(point: Point, units: set[Unit]) -> bool:
    bare = isinstance(point, Day) and point.month is None
    return frame_of(point) in SHORT or (bare and Unit.MONTH in units)


def distinct(found: Iterable[Due]) -> tuple[Due, ...]:
    """Each date once, with the longest period that ends on it, in order."""
    found = list(found)
    if len(found) < 2:
        return tuple(found)
    once: dict[tuple[date, date, time | None], Due] = {}
    for due in found:
        key = (due.last_day, due.stated, due.at)
        if key not in once or _length(due) > _length(once[key]):
            once[key] = due
    return tuple(once[key] for key in sorted(once, key=lambda key: (key[0], key[1], key[2] or time.max)))


def _length(due: Due) -> int:
    return due.period.days if due.period else 0


def claim_dues(claim: Claim, years: Years | None) -> list[Due]:
    """The dates that one claim sets in the years of a plan; raises Unclear where they are not said."""
    units = tuple(dict.fromkeys(unit for rhythm in claim.rhythms for unit in rhythm.units))
    written = next((rhythm.year for rhythm in claim.rhythms if rhythm.year != PLAN_YEAR), PLAN_YEAR)
    _refuse_unnamed_days(claim)
    if not claim.whens:
        return _by_rhythm(units, years_of(written, years, recurring=True))
    if units and len(claim.whens) == 1 and claim.whens[0].names_years:
        return _by_rhythm(units, _years_named(claim.whens[0]))
    whens = [_when_framed(when, units, written) for when in claim.whens]
    found = [due for when in whens for due in _when_dues(when, units, years)]
    if _runs_within(units, whens):
        whole = isinstance(whens[0].points[0], Named)
        return _within(units, found, whole)
    _refuse_too_few(units, whens)
    _refuse_another_year(claim, years)
    if (
        len(units) > 1
        and not claim.label
        and all(due.period is None or due.period.days > 92 for due in found)
    ):
        found = _in_turn(found, units)
    return [_labelled(due, claim, units, years) for due in found]


def _in_turn(found: list[Due], units: tuple[Unit, ...]) -> list[Due]:
    """“6 tháng, năm (trước ngày 15/6 và 15/12)”: the first date is of the half, the second of the year."""
    years = sorted({due.stated.year for due in found})
    periods = [due.period for due in distinct(_by_rhythm(units, years))]
    if len(periods) != len(found):
        return found
    ordered = sorted(found, key=lambda due: due.stated)
    return [replace(due, period=period) for due, period in zip(ordered, periods, strict=True)]


def _runs_within(units: tuple[Unit, ...], whens: list[When]) -> bool:
    """“hằng tháng, từ tháng 3 đến tháng 11”: a span is no date, the rhythm runs in it."""
    spans = [
        point
        for when in whens
        for point in when.points
        if isinstance(point, Range | Named) and not when.before
    ]
    small = bool(units) and set(units) <= SHORT
    return small and len(spans) == 1 and len(whens) == 1 and frame_of(spans[0]) is Unit.YEAR


def _within(units: tuple[Unit, ...], spans: list[Due], whole: bool) -> list[Due]:
    """The last days that lie in the spans; in a named period (“trong quý II”) only those of whole periods."""
    years = sorted(
        {year for due in spans if due.period for year in range(due.period.start.year, due.stated.year + 1)}
    )
    found = [
        due
        for due in _by_rhythm(units, years)
        if due.period
        and any(
            span.period
            and span.period.start <= (due.period.start if whole else due.stated) <= due.stated <= span.stated
            for span in spans
        )
    ]
    if not found:
        raise Unclear("trong khoảng ấy không có kỳ nào")
    return found


def _refuse_another_year(claim: Claim, years: Years | None) -> None:
    """“Báo cáo năm 2025 trước ngày 31/01” in a plan of another year: which January?"""
    year = claim.label.year.written if claim.label else None
    undated = any(point.year == PLAN_YEAR for when in claim.whens for point in when.points)
    if year is not None and undated and years != Years.of(year):
        raise Unclear("ngày ấy của năm nào?")


def _refuse_unnamed_days(claim: Claim) -> None:
    """“02 lần/năm (tháng 6, tháng 12)” names its days; “02 lần/năm” alone does not."""
    times = max((rhythm.times for rhythm in claim.rhythms), default=1)
    named = sum(len(when.points) for when in claim.whens)
    if times > 1 and times != named:
        guess = "; có phải 30/6 và 31/12?" if times == 2 and not named else ""
        raise Unclear(f"{times} lần một năm: chưa rõ những ngày nào{guess}")


def _by_rhythm(units: tuple[Unit, ...], years: Iterable[int]) -> list[Due]:
    """“hằng quý”: the last day of each; “6 tháng” beside “9 tháng” is the first half only."""
    if units == (Unit.THREE_MONTHS,):
        raise Unclear("“3 tháng” là hằng quý, hay 3 tháng đầu năm?")
    years = tuple(years)
    if len(years) > MOST_YEARS:
        raise Unclear(f"nhịp báo cáo trong hơn {MOST_YEARS} năm")
    cumulative = {Unit.NINE_MONTHS, Unit.THREE_MONTHS} & set(units)
    found: list[Due] = []
    for year in years:
        for unit in units:
            spans = list(frames(unit, year))
            spans = spans[:1] if unit is Unit.HALF and cumulative else spans
            found += [_due_on(_last_day(unit, span), span) for span in spans]
    return found


def _last_day(unit: Unit, span: Period) -> date:
    """A week's report is due on its Friday."""
    return span.end - timedelta(days=2) if unit is Unit.WEEK else span.end


def _due_on(day: date, period: Period | None) -> Due:
    return Due(day, day, None, period)


def _years_named(when: When) -> range:
    point = when.points[0]
    first = point.start if isinstance(point, Range) and point.start else point
    return range(first.year.written or 0, (point.year.written or 0) + 1)


def years_of(year: YearRef, years: Years | None, recurring: bool) -> Iterable[int]:
    """The plan's years in which a moment occurs; a date without a year in a plan of several is asked about."""
    if year.written is not None:
        return (year.written,)
    if years is None:
        raise Unclear("chưa biết năm")
    if years.last - years.first >= MOST_YEARS and recurring:
        raise Unclear(f"nhịp báo cáo trong hơn {MOST_YEARS} năm")
    if not (years.is_single or recurring):
        raise Unclear(f"năm nào? Kế hoạch có các năm {years}")
    return years


def _when_framed(when: When, units: tuple[Unit, ...], year: YearRef) -> When:
    points = tuple(_framed(point, units, year) for point in when.points)
    return when if points == when.points else replace(when, points=points)


def _framed(point: Point, units: tuple[Unit, ...], year: YearRef) -> Point:
    """“ngày 20” takes its month from “hằng tháng”."""
    if isinstance(point, Range):
        start = _framed(point.start, units, PLAN_YEAR) if point.start else None
        end = _framed(point.end, units, year)
        return replace(point, start=_reframed(start, frame_of(point.end)), end=end)
    if isinstance(point, Day) and point.month is None:
        if Unit.MONTH not in units:
            day = {FIRST: "đầu tiên", LAST: "cuối cùng"}.get(point.day, str(point.day))
            which = (
                " trong quý; có phải tháng cuối quý?" if Unit.QUARTER in units else "; có phải hằng tháng?"
            )
            raise Unclear(f"chưa rõ ngày {day} của tháng nào{which}")
        point = replace(point, month=1, frame=Unit.MONTH)
    return with_year(point, year) if year != PLAN_YEAR else point


def _reframed(start: Point | None, frame: Unit) -> Point | None:
    """“tháng trước kỳ báo cáo” of a quarter is the month before its first."""
    if isinstance(start, Day) and start.frame is Unit.MONTH and frame is Unit.QUARTER:
        return replace(start, frame=Unit.QUARTER, month=1 + start.shift, shift=0)
    return start


def _when_dues(when: When, units: tuple[Unit, ...], years: Years | None) -> list[Due]:
    return [due for point in when.points for due in _point_dues(point, when, units, years)]


def _point_dues(point: Point, when: When, units: tuple[Unit, ...], years: Years | None) -> list[Due]:
    frame = frame_of(point)
    _refuse_the_year_before(point)
    whole = isinstance(point, WholePlan)
    plan = years or Years.of(point.year.written or 2000)
    chosen = list(years_of(point.year, years, recurring=bool(units) or whole or frame is not Unit.YEAR))
    insides = (inside for year in (chosen[:1] if whole else chosen) for inside in frames_of(point, year))
    return [_due(point, when, inside, plan, yearly=Unit.YEAR in units) for inside in insides]


def _refuse_the_year_before(point: Point) -> None:
    before = point.year.shift < 0 or (isinstance(point, Day) and point.shift < 0)
    if before or (isinstance(point, Range) and _runs_backwards(point)):
        raise Unclear("“năm trước”, “tháng trước” của kỳ nào?")


def _runs_backwards(point: Range) -> bool:
    return bool(point.start and point.start.year.shift < 0 and point.end.year.shift > 0)


def _due(point: Point, when: When, inside: Period, years: Years, yearly: bool) -> Due:
    span = span_of(point, inside, years)
    period = _period(point, when, inside, span) or (inside if yearly else None)
    if when.before:
        return Due(span.start, span.start - timedelta(days=1), None, period)
    if isinstance(point, Range) and point.before and when.at is None:
        return Due(span.end + timedelta(days=1), span.end, None, period)
    return Due(span.end, span.end, when.at, period)


def _period(point: Point, when: When, inside: Period, span: Period) -> Period | None:
    if isinstance(point, Range):
        return span if point.start else None
    if isinstance(point, WholePlan):
        return span
    if isinstance(point, Named):
        year = point.year.written or inside.start.year + point.year.shift
        return None if when.before else months(year, point.first, point.last)
    return inside if frame_of(point) is not Unit.YEAR else None


def _refuse_too_few(units: tuple[Unit, ...], whens: list[When]) -> None:
    """“hằng quý, trước ngày 15/12”: one date cannot be four."""
    per_year = {Unit.WEEK: 52, Unit.MONTH: 12, Unit.QUARTER: 4}
    dates = sum(per_year.get(frame_of(point), 1) for when in whens for point in when.points)
    if Unit.MONTH in units and any(frame_of(point) is Unit.MONTH for when in whens for point in when.points):
        return
    wanted = _dates_a_year(units)
    if dates < wanted and not (units == (Unit.QUARTER,) and dates == 3):
        raise Unclear(f"“{units[0].value}” có {wanted} kỳ một năm mà chỉ ghi {dates} ngày")


@lru_cache(maxsize=128)
def _dates_a_year(units: tuple[Unit, ...]) -> int:
    """How many different last days the rhythms have; “6 tháng (trước ngày 16/6)” may name one only."""
    if units in ((), (Unit.HALF,), (Unit.YEAR,), (Unit.NINE_MONTHS,), (Unit.THREE_MONTHS,)):
        return 1
    return len(distinct(_by_rhythm(units, (2001,))))


def _labelled(due: Due, claim: Claim, units: tuple[Unit, ...], years: Years | None) -> Due:
    """The period a date reports on: the one named beside it, or the one its rhythm gives."""
    label = claim.label
    if due.period and (label is None or claim.whens[0].is_named):
        return due
    if label is None:
        return replace(due, period=_reported(due, units)) if units else due
    year = label.year.written or (years.first if years and years.is_single else due.stated.year)
    span = months(year, label.first, label.last)
    if claim.near and not span.start <= due.stated <= span.end:
        raise Unclear("ngày này ngoài kỳ kia: theo hạn nào?")
    if due.stated < span.start and not (label.is_year and label.year.written):
        raise Unclear("ngày hạn đứng trước kỳ báo cáo: của năm nào?")
    return due if due.stated < span.start else replace(due, period=span)


def _reported(due: Due, units: tuple[Unit, ...]) -> Period | None:
    """The quarter or half that holds the date, or has just ended in its first month."""
    for unit, length in ((Unit.QUARTER, 3), (Unit.HALF, 6)):
        if unit in units:
            first_month = due.stated.month % length == 1
            day = due.stated.replace(day=1) - timedelta(days=1) if first_month else due.stated
            return next(span for span in frames(unit, day.year) if span.start <= day <= span.end)
    cumulative = next((unit for unit in (Unit.NINE_MONTHS, Unit.THREE_MONTHS) if unit in units), None)
    return frames(cumulative, due.stated.year)[0] if cumulative else None
