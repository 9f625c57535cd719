"""Grammar: a phrase of a plan → a Deadline, or a question with its reason. A wrong date is worse than a question."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.explain import explain
from duties.moments import (
    PLAN_YEAR,
    YEARS_WE_KNOW,
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
from duties.parts import (
    About,
    Cutoff,
    Hour,
    Later,
    Mark,
    Odd,
    Part,
    Rhythm,
    Sep,
    Start,
    Vague,
    When,
    Word,
    parts_of,
)
from duties.phrases import Phrase, cut

LONGEST = 2000


@dataclass(slots=True)
class Claim:
    """Moments and the rhythms that govern them; without a moment the rhythm itself is due."""

    whens: list[When] = field(default_factory=list)
    rhythms: list[Rhythm] = field(default_factory=list)
    label: Named | None = None
    cutoff: bool = False


def read_deadline(phrase: str, years: Years | None) -> Deadline:
    """What a deadline phrase means for a plan of these years; never raises, and asks where it is not sure."""
    return read_counting(phrase, years)[0]


def read_counting(phrase: str, years: Years | None) -> tuple[Deadline, int]:
    """The reading, and how many times a rule was applied to reach it."""
    if len(phrase) > LONGEST:
        return _asked(phrase[:LONGEST], f"dài quá {LONGEST} ký tự", years), 0
    words = cut(phrase)
    try:
        found = _understood(phrase, words, years)
    except Unclear as unclear:
        found = _asked(phrase, str(unclear), years)
    return found, words.applied


def _asked(phrase: str, why: str, years: Years | None) -> Deadline:
    unread = Deadline(phrase, Reading.UNREAD, says="", why=why)
    return replace(unread, says=explain(unread, years))


def _understood(phrase: str, words: Phrase, years: Years | None) -> Deadline:
    if not any(token.is_letters or token.is_number for token in words.tokens):
        raise Unclear("không ghi thời hạn")
    if years and not (years.first in YEARS_WE_KNOW and years.last in YEARS_WE_KNOW):
        raise Unclear("năm của kế hoạch không hợp lệ")
    meaning = Composer()
    for part in parts_of(words):
        meaning.take(part)
    meaning.finish()
    due = dues_of(meaning.claims, years)
    found = _with_readings(phrase, due, meaning)
    return replace(found, says=explain(found, years))


def _with_readings(phrase: str, due: tuple[Due, ...], meaning: "Composer") -> Deadline:
    readings = list(dict.fromkeys([Reading.DATED] * bool(due) + [mark.reading for mark in meaning.marks]))
    if not due and (meaning.vague or not readings):
        raise Unclear(
            meaning.vague or ("chỉ có ngày bắt đầu" if meaning.started else "không thấy thời hạn nào")
        )
    after = next((mark for mark in meaning.marks if mark.reading is Reading.AFTER_EVENT), None)
    return Deadline(
        phrase,
        readings[0],
        says="",
        also=tuple(readings[1:]),
        due=due,
        event=after.event if after else "",
        offset=after.offset if after else None,
    )


class Composer:
    """Puts the parts of a phrase together: which rhythm governs which date, which words only name a period."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.marks: list[Mark] = []
        self.vague = ""
        self.started = False
        self._pending: list[Rhythm] = []
        self._before: Part | None = None
        self._signs = ""
        self._words = 0
        self._about = False
        self._cutoff = False
        self._hour: Hour | None = None

    def take(self, part: Part) -> None:
        """Take the next part of the phrase."""
        match part:
            case Sep():
                self._signs += part.sign
            case Word():
                self._words += 1
            case Odd():
                raise Unclear(f"chưa hiểu “{part.words}”")
            case About():
                self._about = True
            case Cutoff():
                self._cutoff = True
            case _:
                self._meet(part)

    def finish(self) -> None:
        """What is still waiting stands for itself."""
        self._flush()
        if self.started and any(claim.rhythms and not claim.whens for claim in self.claims):
            raise Unclear("vừa có ngày bắt đầu vừa có nhịp báo cáo")
        dated = [claim for claim in self.claims if not claim.cutoff]
        self.claims = dated or self.claims

    def _meet(self, part: Part) -> None:
        self._refuse_choice(part)
        match part:
            case Rhythm():
                self._rhythm(part)
            case When():
                self._when(part)
            case Mark():
                self._mark(part)
            case Hour():
                self._an_hour(part)
            case Start():
                self.started = True
            case Later():
                self._later()
            case Vague():
                self.vague = (
                    self.vague or "“định kỳ” mà không ghi nhịp nào (hằng tháng, hằng quý, 6 tháng, năm?)"
                )
        self._before, self._signs, self._words, self._about = part, "", 0, False

    def _refuse_choice(self, part: Part) -> None:
        """“hoặc” between two dates or rhythms: which of them?"""
        timed = (When, Rhythm, Vague)
        if not (isinstance(part, timed) and isinstance(self._before, timed)):
            return
        if "hoặc" in self._signs or "hay" in self._signs:
            raise Unclear("hai thời hạn nối bằng “hoặc”: theo thời hạn nào?")
        if isinstance(self._before, Vague) and "và" in self._signs and not self._words:
            raise Unclear("“định kỳ” mà không ghi nhịp nào")

    def _rhythm(self, part: Rhythm) -> None:
        if self._beside(Mark) and self._after_always():
            if self._words:
                raise Unclear("“thường xuyên” hay theo nhịp?")
            return
        if self._names_what_came():
            self.claims[-1].rhythms = self.claims[-1].rhythms or [part]
        elif self._beside(When) and not self._words:
            self._govern_backwards(part)
        else:
            self._pending.append(part)

    def _when(self, part: When) -> None:
        if self._hour and part.at is None:
            part = replace(part, at=self._hour.at, by_hour=True, before=False)
            self._hour = None
        if self._beside(Mark) and self._after_always():
            if part.governed:
                raise Unclear("“thường xuyên” mà lại có hạn: theo thời hạn nào?")
            return
        if self._names_what_came() and isinstance(part.points[0], Named) and len(part.points) == 1:
            self.claims[-1].label = part.points[0]
            return
        self._claim(part)
        self._cutoff = False

    def _claim(self, part: When) -> None:
        if self._pending and self._binds(part):
            self.claims.append(Claim([part], self._pending, cutoff=self._cutoff))
            self._pending = []
        elif self._joins(part):
            self.claims[-1].whens.append(part)
        elif self._labels(part):
            named = self.claims[-1].whens[0].points[0]
            self.claims[-1] = Claim([part], label=named if isinstance(named, Named) else None)
        else:
            self._flush()
            self.claims.append(Claim([part], cutoff=self._cutoff))

    def _binds(self, part: When) -> bool:
        """A rhythm waits for its date; a bare period (“6 tháng, quý III”) is one more date, not its own."""
        if not part.is_named or part.governed:
            return True
        return all(rhythm.every and rhythm.units == (Unit.YEAR,) for rhythm in self._pending) or _years_only(
            part
        )

    def _joins(self, part: When) -> bool:
        """“… trước ngày 15/6 và trước ngày 01/12” after one rhythm."""
        if self._pending or not self.claims or not isinstance(self._before, When):
            return False
        last = self.claims[-1]
        return (
            bool(last.rhythms) and all(point.year == PLAN_YEAR for point in part.points) and not part.is_named
        )

    def _labels(self, part: When) -> bool:
        """“Báo cáo quý I trước ngày 15/3”: the quarter names the report, the date is due."""
        if not isinstance(self._before, When) or part.is_named or not part.governed:
            return False
        last = self.claims[-1].whens[0]
        if not last.is_named or last.governed or len(last.points) > 1 or self.claims[-1].rhythms:
            return False
        return not any(sign in self._signs for sign in (";", "và", "."))

    def _flush(self) -> None:
        if self._pending:
            self.claims.append(Claim(rhythms=self._pending))
            self._pending = []

    def _beside(self, kind: type[Mark] | type[When]) -> bool:
        """Whether the part before is of this kind with no sign between."""
        return isinstance(self._before, kind) and not self._signs

    def _after_always(self) -> bool:
        return isinstance(self._before, Mark) and self._before.reading is Reading.ONGOING

    def _names_what_came(self) -> bool:
        """“trước ngày 20 tháng đầu quý sau (đối với báo cáo quý)”."""
        return self._about and bool(self.claims) and not self._pending and self._signs in ("", "(")

    def _govern_backwards(self, part: Rhythm) -> None:
        """“trước ngày 25/6 và trước ngày 25/12 hằng năm”: the rhythm after a list governs all of it."""
        for claim in reversed(self.claims):
            if claim.rhythms:
                claim.rhythms = claim.rhythms if claim is not self.claims[-1] else [*claim.rhythms, part]
                return
            claim.rhythms = [part]

    def _mark(self, part: Mark) -> None:
        daily = (
            part.reading is Reading.ONGOING
            and isinstance(self._before, Hour)
            and self.claims
            and not self._signs
        )
        if not daily:
            self.marks.append(part)

    def _an_hour(self, part: Hour) -> None:
        if not self.claims:
            self._hour = part
            return
        last = self.claims[-1].whens
        last[-1:] = [replace(when, at=part.at, by_hour=True, before=False) for when in last[-1:]]

    def _later(self) -> None:
        if not self.claims:
            raise Unclear("“các năm tiếp theo”: đến năm nào?")
        self.marks.append(Mark(Reading.ONGOING))


# --- claims → dates


def dues_of(claims: list[Claim], years: Years | None) -> tuple[Due, ...]:
    """Every date due, once each, in order; a span beside a due date is the period it reports on."""
    windows = [claim for claim in claims if claim.whens and claim.whens[0].window]
    others = [claim for claim in claims if claim not in windows]
    if windows and others:
        found = [_reporting(due, windows, years) for claim in others for due in _dues(claim, years)]
    else:
        found = [due for claim in claims for due in _dues(claim, years)]
    return _distinct(found)


def _reporting(due: Due, windows: list[Claim], years: Years | None) -> Due:
    spans = [window.period for claim in windows for window in _dues(claim, years)]
    fits = [span for span in spans if span and span.end <= due.stated]
    return replace(due, period=max(fits, key=lambda span: span.end)) if fits else due


def _distinct(found: Iterable[Due]) -> tuple[Due, ...]:
    once: dict[tuple[date, date, time | None], Due] = {}
    for due in found:
        key = (due.last_day, due.stated, due.at)
        if key not in once or _length(due) > _length(once[key]):
            once[key] = due
    return tuple(once[key] for key in sorted(once, key=lambda key: (key[0], key[1], key[2] or time.max)))


def _length(due: Due) -> int:
    return due.period.days if due.period else 0


def _dues(claim: Claim, years: Years | None) -> list[Due]:
    units = tuple(dict.fromkeys(unit for rhythm in claim.rhythms for unit in rhythm.units))
    written = next((rhythm.year for rhythm in claim.rhythms if rhythm.year != PLAN_YEAR), PLAN_YEAR)
    if not claim.whens:
        return _by_rhythm(units, _years(written, years, recurring=True))
    if units and len(claim.whens) == 1 and _years_only(claim.whens[0]):
        return _by_rhythm(units, _years_named(claim.whens[0]))
    whens = [
        replace(when, points=tuple(_framed(point, units, written) for point in when.points))
        for when in claim.whens
    ]
    found = [due for when in whens for due in _when_dues(when, units, years)]
    _refuse_too_few(units, whens)
    return [_labelled(due, claim.label, units, years) for due in found]


def _by_rhythm(units: tuple[Unit, ...], years: Iterable[int]) -> list[Due]:
    """“hằng quý”: the last day of each; “6 tháng” beside “9 tháng” is the first half only."""
    if units == (Unit.THREE_MONTHS,):
        raise Unclear("“3 tháng”: hằng quý, hay 3 tháng đầu năm?")
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


def _years_only(when: When) -> bool:
    """“2026-2030” or “năm 2025”: the years in which a rhythm runs."""
    point = when.points[0]
    ends = (point.start, point.end) if isinstance(point, Range) else (point,)
    return (
        len(when.points) == 1
        and not when.before
        and all(isinstance(end, Named) and end.is_year and end.year.written for end in ends)
    )


def _years_named(when: When) -> range:
    point = when.points[0]
    first = point.start if isinstance(point, Range) and point.start else point
    return range(first.year.written or 0, (point.year.written or 0) + 1)


def _years(year: YearRef, years: Years | None, recurring: bool) -> Iterable[int]:
    """The plan's years in which a moment occurs; a date without a year in a plan of several is asked about."""
    if year.written is not None:
        return (year.written,)
    if years is None:
        raise Unclear("chưa biết năm")
    if not (years.is_single or recurring):
        raise Unclear(f"năm nào trong giai đoạn {years}?")
    return years


def _framed(point: Point, units: tuple[Unit, ...], year: YearRef) -> Point:
    """“ngày 20” takes its month from “hằng tháng”."""
    if isinstance(point, Range):
        start = _framed(point.start, units, PLAN_YEAR) if point.start else None
        return Range(_reframed(start, frame_of(point.end)), _framed(point.end, units, year))
    if isinstance(point, Day) and point.month is None:
        if Unit.MONTH not in units:
            raise Unclear(f"chưa rõ ngày {point.day if point.day < 32 else 'cuối cùng'} của tháng nào")
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
    chosen = list(_years(point.year, years, recurring=bool(units) or whole or frame is not Unit.YEAR))
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
        raise Unclear(f"“{units[0].value}” mà chỉ ghi {dates} ngày trong năm")


def _dates_a_year(units: tuple[Unit, ...]) -> int:
    """How many different last days the rhythms have; “6 tháng (trước ngày 16/6)” may name one only."""
    if units in ((), (Unit.HALF,), (Unit.YEAR,), (Unit.NINE_MONTHS,), (Unit.THREE_MONTHS,)):
        return 1
    return len(_distinct(_by_rhythm(units, (2001,))))


def _labelled(due: Due, label: Named | None, units: tuple[Unit, ...], years: Years | None) -> Due:
    """The period a date reports on: the one named beside it, or the one its rhythm gives."""
    if label is not None:
        year = label.year.written or (years.first if years and years.is_single else due.stated.year)
        span = months(year, label.first, label.last)
        if due.stated < span.start:
            raise Unclear("ngày hạn đứng trước kỳ báo cáo: của năm nào?")
        return replace(due, period=span)
    return replace(due, period=due.period or _reported(due, units))


def _reported(due: Due, units: tuple[Unit, ...]) -> Period | None:
    """The quarter or half that holds the date, or has just ended in its first month; else the year."""
    for unit in (Unit.QUARTER, Unit.HALF):
        if unit in units:
            early = (
                due.stated.replace(day=1) - timedelta(days=1)
                if due.stated.month % (3 if unit is Unit.QUARTER else 6) == 1
                else due.stated
            )
            return next(span for span in frames(unit, early.year) if span.start <= early <= span.end)
    return None
