"""Points: the small rules that read one moment: a date, a month, a quarter, a half, a year, a weekday."""

from duties.lexicon import EVERY, THIS, WEEKDAYS
from duties.moments import (
    FIRST,
    LAST,
    PLAN_YEAR,
    Day,
    Named,
    Point,
    Unclear,
    Unit,
    Weekday,
    WholePlan,
    YearRef,
)
from duties.phrase.frames import day_of_frame, framed_month, which_day
from duties.phrase.governors import TO
from duties.phrase.numerals import Found, full_year, month_number, number, rule
from duties.phrase.periods import named
from duties.phrase.tokens import Phrase
from duties.phrase.years import year_of


def point(phrase: Phrase, place: int) -> Found[Point]:
    """One moment of any kind, with the weekday that may stand beside it."""
    start = phrase.skip(place, "ngày", "mùng")
    if start == place and phrase[place].word == "ngay" and phrase[place + 1].is_number:
        start = place + 1
    if start > place:
        return day_after_its_name(phrase, start)
    beside = weekday(phrase, place)
    if beside:
        return weekly(phrase, place) or _dated_weekday(phrase, *beside)
    for read in (
        whole_plan,
        iso_day,
        month_and_year,
        calendar_day,
        named,
        framed_month,
        bare_year,
        first_of_days,
    ):
        found = read(phrase, place)
        if found:
            return None if _is_bare_month(found[0]) else _checked(phrase, found)
    return None


def _is_bare_month(read: Point) -> bool:
    """“tháng sau” alone: after which month?"""
    return isinstance(read, Day) and read.frame is Unit.MONTH


def day_after_its_name(phrase: Phrase, place: int) -> Found[Point]:
    """What follows “ngày”: a date, a day of some month, or a number whose month comes later."""
    place = _past_ordinal(phrase, place)
    beside = weekday(phrase, place)
    if beside:
        return weekly(phrase, place) or _dated_weekday(phrase, *beside)
    found = calendar_day(phrase, place) or day_of_frame(phrase, place)
    if found:
        return _checked(phrase, found)
    day = which_day(phrase, place)
    if day is None or day[0] not in (*range(1, 32), FIRST, LAST):
        return None
    return Day(day[0], None), day[1]


def _past_ordinal(phrase: Phrase, place: int) -> int:
    """“ngày thứ 20 của tháng tiếp theo” counts days; “ngày thứ 6” is a Friday."""
    value, after = phrase[place + 1].value, phrase[place + 2]
    counts = phrase[place].word == "thứ" and value is not None and (value > 7 or after.word == "của")
    return place + 1 if counts else place


def _dated_weekday(phrase: Phrase, day: int, place: int) -> Found[Point]:
    start = phrase.skip(place, ",", "(", "ngày")
    found = calendar_day(phrase, start)
    if found is None:
        return None
    date_read, end = found
    checked = Day(date_read.day, date_read.month, date_read.year, weekday=day)
    return checked, (end + 1 if phrase[start - 2].word == "(" and phrase[end].word == ")" else end)


def _checked(phrase: Phrase, found: tuple[Point, int]) -> tuple[Point, int]:
    """A date with its weekday in brackets must agree with it."""
    read, end = found
    opened = phrase[end].word in ("(", ",")
    beside = (
        weekday(phrase, end + 1)
        if opened and isinstance(read, Day) and read.month and read.frame is Unit.YEAR
        else None
    )
    if beside is None or not isinstance(read, Day) or phrase[beside[1]].word in ("hằng", "mỗi"):
        return found
    closed = beside[1] + 1 if phrase[end].word == "(" and phrase[beside[1]].word == ")" else beside[1]
    return Day(read.day, read.month, read.year, weekday=beside[0]), closed


@rule
def iso_day(phrase: Phrase, place: int) -> Found[Day]:
    """“2026-03-15”, as programs write it."""
    year = full_year(phrase, place)
    month, day = phrase[place + 2], phrase[place + 4]
    if year is None or not (
        phrase[place + 1].word == phrase[place + 3].word == "-" and month.joined and day.joined
    ):
        return None
    return Day(day.value or 0, month.value or 0, YearRef(year[0])), place + 5


@rule
def calendar_day(phrase: Phrase, place: int) -> Found[Day]:
    """“15/3”, “15.3.2025”, “15 tháng 3 năm 2025”."""
    if phrase[place + 1].word == "tháng" or (
        phrase[place + 1].word == "của" and phrase[place + 2].word == "tháng"
    ):
        return _day_and_month_in_words(phrase, place)
    return _day_and_month_in_figures(phrase, place)


def _day_and_month_in_words(phrase: Phrase, place: int) -> Found[Day]:
    day = number(phrase, place)
    month = month_number(phrase, phrase.skip(day[1], "của") + 1) if day else None
    if day is None or month is None or phrase[month[1]].word == "tháng":
        return None
    year, end = year_of(phrase, month[1]) or (PLAN_YEAR, month[1])
    return Day(day[0], month[0], year), end


def _day_and_month_in_figures(phrase: Phrase, place: int) -> Found[Day]:
    day, sign, month = phrase[place], phrase[place + 1], phrase[place + 2]
    if not (
        day.is_number
        and month.is_number
        and sign.word in ("/", "-", ".")
        and len(day.raw) <= 2
        and len(month.raw) <= 2
    ):
        return None
    if sign.word != "/" and not (sign.joined and month.joined):
        return None
    year, end = _year_in_figures(phrase, place + 3, sign.word)
    unfinished = phrase[end].word in ("/", sign.word) and phrase[end + 1].is_number and phrase[end].joined
    if unfinished or (sign.word != "/" and _counts_on(phrase, place, end)):
        return None
    return (
        (Day(day.value or 0, month.value or 0, year), end)
        if year != PLAN_YEAR
        else _with_worded_year(phrase, place, end)
    )


def _counts_on(phrase: Phrase, place: int, end: int) -> bool:
    """“2-3 ngày”, “ngày 5-10 hằng tháng”, “ngày 20-25”: two numbers, and not a day of a month."""
    after = phrase[phrase.skip(end, "của")]
    days = after.word in EVERY and phrase[place + 1].word == "-"
    no_month = (
        phrase[place + 1].word == "-" and (phrase[place].value or 0) < (phrase[place + 2].value or 0) > 12
    )
    return days or no_month or after.word in ("ngày", "giờ", "tháng", "tuần", "rưỡi")


def _year_in_figures(phrase: Phrase, place: int, sign: str) -> tuple[YearRef, int]:
    if phrase[place].word != sign or not phrase[place + 1].is_number:
        return PLAN_YEAR, place
    year = full_year(phrase, place + 1)
    if year:
        return YearRef(year[0]), year[1]
    token = phrase[place + 1]
    if len(token.raw) == 2 and (token.value or 0) >= 20:
        return YearRef(2000 + (token.value or 0)), place + 2
    return PLAN_YEAR, place


def _with_worded_year(phrase: Phrase, place: int, end: int) -> Found[Day]:
    year = year_of(phrase, end) if phrase[end].word != "-" else None
    reference, after = year or (PLAN_YEAR, end)
    return Day(phrase[place].value or 0, phrase[place + 2].value or 0, reference), after


@rule
def month_and_year(phrase: Phrase, place: int) -> Found[Named]:
    """“6/2025”, “06-2025”, “6.2025”."""
    month, sign = phrase[place], phrase[place + 1]
    year = full_year(phrase, place + 2) if sign.word in ("/", "-", ".") else None
    if not year or not month.is_number or len(month.raw) > 2:
        return None
    value = month.value or 0
    if not 1 <= value <= 12:
        raise Unclear(f"không có tháng {month.raw}")
    return Named(value, value, YearRef(year[0])), year[1]


@rule
def first_of_days(phrase: Phrase, place: int) -> Found[Day]:
    """The “15” of “15 - 20/6”, of “05-10/7/2026”: the end of the span lends it a month."""
    day, last = phrase[place], phrase[place + 2]
    spans = (
        phrase[place + 1].word in (*TO, "và", "&")
        and day.is_number
        and last.is_number
        and len(day.raw + last.raw) <= 4
    )
    until = calendar_day(phrase, place + 2) if spans else None
    if until is None:
        return None
    told = phrase[place - 1].is_letters or until[0].year.written or phrase[place + 3].word == "tháng"
    return (Day(day.value or 0, None), place + 1) if told else None


@rule
def bare_year(phrase: Phrase, place: int) -> Found[Named]:
    """“2027”, and “2026” of “2026-2030”."""
    year = full_year(phrase, place)
    return (Named(1, 12, YearRef(year[0])), year[1]) if year else None


@rule
def whole_plan(phrase: Phrase, place: int) -> Found[WholePlan]:
    """“Cả giai đoạn”."""
    start = phrase.skip(place, "trong")
    if (
        phrase[start].word in ("cả", "toàn")
        and phrase.has(start + 1, ("giai", "đoạn"))
        and not phrase[start + 3].is_number
    ):
        return WholePlan(), start + 3
    return None


@rule
def weekday(phrase: Phrase, place: int) -> Found[int]:
    """“thứ Sáu”, “thứ 6”, “Chủ nhật”."""
    if phrase.has(place, ("chủ", "nhật")) or phrase.folded(place, ("chu", "nhat")):
        return 6, place + 2
    if phrase[place].word != "thứ":
        return None
    token = phrase[place + 1]
    if token.is_number and 2 <= (token.value or 0) <= 7:
        return (token.value or 0) - 2, place + 2
    return (WEEKDAYS[token.word], place + 2) if token.word in WEEKDAYS else None


@rule
def weekly(phrase: Phrase, place: int) -> Found[Weekday]:
    """“thứ Sáu hằng tuần”, “Chủ nhật của tuần báo cáo”; a weekday alone names no date."""
    day = weekday(phrase, phrase.skip(place, "ngày"))
    if day is None:
        return None
    start = phrase.skip(day[1], "của", "trong", *EVERY)
    if phrase[start].word == "tuần" and start > day[1] and not phrase[start + 1].is_number:
        end = start + 1 + phrase.longest(start + 1, THIS)
        year, end = year_of(phrase, end) or (PLAN_YEAR, end)
        return Weekday(day[0], year), end
    return None
