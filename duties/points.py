"""Points: the small rules that read one moment: a date, a month, a quarter, a year, an hour."""

from collections.abc import Callable
from datetime import time
from functools import wraps
from typing import TypeVar

from duties.deadline import Offset, OffsetUnit
from duties.lexicon import EDGES, EVERY, MONTH_NAMES, NEXT, NUMBER_WORDS, NUMERALS, PREVIOUS, THIS, WEEKDAYS
from duties.moments import (
    FIRST,
    LAST,
    PLAN_YEAR,
    YEARS_WE_KNOW,
    Day,
    Edge,
    Named,
    Point,
    Unclear,
    Unit,
    Weekday,
    WholePlan,
    YearRef,
)
from duties.phrases import Phrase, roman

Thing = TypeVar("Thing")
Found = tuple[Thing, int] | None
Rule = Callable[[Phrase, int], Found[Thing]]

_TIME_NEXT = frozenset({"ngày", "tháng", "quý", "giờ", "tuần", "khi"})


def rule(read: Rule[Thing]) -> Rule[Thing]:
    """Count every application of a rule, so that a test can prove the work bounded."""

    @wraps(read)
    def counted(phrase: Phrase, place: int) -> Found[Thing]:
        phrase.applied += 1
        return read(phrase, place)

    return counted


@rule
def number(phrase: Phrase, place: int) -> Found[int]:
    """“06”, “06 (sáu)”, “sáu”, “mười hai”."""
    token = phrase[place]
    if token.value is not None:
        return token.value, _past_spelled_out(phrase, place + 1)
    if token.word == "mười" and phrase[place + 1].word in NUMERALS:
        return 10 + NUMERALS[phrase[place + 1].word], place + 2
    return (NUMERALS[token.word], place + 1) if token.word in NUMERALS else None


def _past_spelled_out(phrase: Phrase, place: int) -> int:
    """Past the “(sáu)” that repeats a number in words."""
    if phrase[place].word != "(":
        return place
    close = place + 1
    while phrase[close].word in NUMBER_WORDS:
        close += 1
    return close + 1 if close > place + 1 and phrase[close].word == ")" else place


@rule
def full_year(phrase: Phrase, place: int) -> Found[int]:
    value = phrase[place].value
    if value is None or len(phrase[place].raw) != 4 or value not in YEARS_WE_KNOW:
        return None
    return value, place + 1


@rule
def year_of(phrase: Phrase, place: int) -> Found[YearRef]:
    """The year after a moment: “/2025”, “năm 2025”, “của năm sau liền kề năm báo cáo”, “của kỳ báo cáo”."""
    signed = _signed_year(phrase, place)
    if signed:
        return signed
    start = phrase.skip(place, "của", "thuộc", "trong")
    if phrase[start].word == "," and phrase[start + 1].word == "năm":
        start += 1
    if phrase.has(start, ("kỳ", "báo", "cáo")):
        return PLAN_YEAR, start + 3
    return _worded_year(phrase, start, bound=start > place) if phrase[start].word == "năm" else None


def _signed_year(phrase: Phrase, place: int) -> Found[YearRef]:
    """“/2025”, “- 2025”, “.2025”, “/25”, or the bare year that follows."""
    start = place + 1 if phrase[place].word in ("/", "-", ".") else place
    year = full_year(phrase, start)
    if year and not (phrase[place].word == "-" and phrase[year[1]].word in ("-", "/")):
        return YearRef(year[0]), year[1]
    token = phrase[start]
    if phrase[place].word == "/" and token.is_number and len(token.raw) == 2 and (token.value or 0) >= 20:
        return YearRef(2000 + (token.value or 0)), start + 1
    return None


def _worded_year(phrase: Phrase, place: int, bound: bool) -> Found[YearRef]:
    after = place + 1
    year = full_year(phrase, after)
    if year:
        return YearRef(year[0]), year[1]
    for table, shift in ((PREVIOUS, -1), (NEXT, 1), (THIS, 0)):
        taken = phrase.longest(after, table)
        end = after + taken
        if taken and phrase[end].word not in _TIME_NEXT and not phrase[end].is_number:
            return YearRef(shift=shift), _past_reference_year(phrase, end)
    return (
        (PLAN_YEAR, after) if bound and not phrase[after].is_number and phrase[after].word != "học" else None
    )


def _past_reference_year(phrase: Phrase, place: int) -> int:
    """Past “(với) năm báo cáo”, “(của) năm kế hoạch”, “kỳ báo cáo” after “năm sau”, “năm trước”."""
    start = phrase.skip(place, "của", "với", "so")
    if phrase[start].word in ("năm", "kỳ"):
        taken = phrase.longest(start + 1, THIS)
        return start + 1 + taken if taken else place
    return place


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
    if unfinished or (sign.word != "/" and phrase[end].word in ("ngày", "giờ", "tháng", "tuần", "rưỡi")):
        return None
    return (
        (Day(day.value or 0, month.value or 0, year), end)
        if year != PLAN_YEAR
        else _with_worded_year(phrase, place, end)
    )


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
def month_number(phrase: Phrase, place: int) -> Found[int]:
    """“6”, “06”, “sáu”, “giêng” is lunar and asked about."""
    if phrase[place].word in ("chạp", "giêng"):
        raise Unclear("ngày âm lịch; xin ghi ngày dương lịch")
    if phrase[place].is_number:
        value = phrase[place].value
        return (value, place + 1) if value is not None and len(phrase[place].raw) <= 2 else None
    word = phrase[place].word
    found = number(phrase, place)
    return found or (
        (MONTH_NAMES[word], place + 1) if word == "năm" and phrase[place + 1].word == "năm" else None
    )


@rule
def framed_month(phrase: Phrase, place: int) -> Found[Day]:
    """“tháng sau”, “tháng cuối quý”, “tháng đầu tiên của quý kế tiếp”: a month counted from a rhythm, its last day."""
    start = phrase.skip(place, "của")
    if phrase[start].word != "tháng":
        return None
    order = _month_in_quarter(phrase, start + 1)
    if order:
        return _quarter_of_month(phrase, *order)
    for table, shift in ((PREVIOUS, -1), (NEXT, 1), (THIS, 0)):
        taken = phrase.longest(start + 1, table)
        if taken and phrase[start + 1 + taken].word not in _TIME_NEXT:
            end = _past_reference_year(phrase, start + 1 + taken)
            return Day(LAST, 1, frame=Unit.MONTH, shift=shift), end
    if phrase.has(start + 1, ("thuộc", "kỳ", "báo", "cáo")):
        return Day(LAST, 1, frame=Unit.MONTH), start + 5
    return None


def _month_in_quarter(phrase: Phrase, place: int) -> Found[int]:
    """Which month of its quarter: “đầu (tiên)”, “cuối (cùng)”, “thứ hai”, “giữa”."""
    word = phrase[place].word
    if word in EDGES:
        return {"đầu": 1, "giữa": 2, "cuối": 3}[word], phrase.skip(place + 1, "tiên", "cùng")
    if word == "thứ":
        found = (1, place + 2) if phrase[place + 1].word == "nhất" else number(phrase, place + 1)
        return found if found and found[0] <= 3 else None
    return None


def _quarter_of_month(phrase: Phrase, month: int, place: int) -> Found[Day]:
    start = phrase.skip(place, "của", "trong", "thuộc", "các", *EVERY)
    if phrase[start].word != "quý":
        raise Unclear(f"chưa rõ tháng {('đầu', 'thứ hai', 'cuối')[month - 1]} của kỳ nào")
    quarter = quarter_number(phrase, start + 1)
    if quarter:
        year, end = year_of(phrase, quarter[1]) or (PLAN_YEAR, quarter[1])
        return Day(LAST, quarter[0] * 3 - 3 + month, year), end
    shift, end = _quarter_shift(phrase, start + 1)
    return Day(LAST, month, frame=Unit.QUARTER, shift=shift), end


def _quarter_shift(phrase: Phrase, place: int) -> tuple[int, int]:
    """“quý sau”, “quý trước”, “quý báo cáo”, “quý thuộc kỳ báo cáo”."""
    if phrase.has(place, ("thuộc", "kỳ", "báo", "cáo")):
        return 0, place + 4
    for table, shift in ((PREVIOUS, -1), (NEXT, 1), (THIS, 0)):
        taken = phrase.longest(place, table)
        if taken and phrase[place + taken].word not in _TIME_NEXT:
            return shift, _past_reference_year(phrase, place + taken)
    return 0, place


@rule
def quarter_number(phrase: Phrase, place: int) -> Found[int]:
    """I to IV, 1 to 4, một, nhất; a fifth quarter there is not."""
    start = place + 1 if phrase[place].word == "." and phrase[place].joined else place
    token = phrase[start]
    value = (
        token.value if token.is_number and len(token.raw) <= 2 else roman(token) or NUMERALS.get(token.word)
    )
    if token.word == "nhất":
        value = 1
    if value is None:
        return None
    if not 1 <= value <= 4:
        raise Unclear(f"không có quý {token.raw}")
    return value, start + 1


@rule
def day_of_frame(phrase: Phrase, place: int) -> Found[Day]:
    """After “ngày”: “05 của tháng sau”, “10 tháng đầu quý sau”, “15 của quý sau”, “cuối cùng của mỗi quý”."""
    day = _which_day(phrase, place)
    if day is None:
        return None
    month = framed_month(phrase, day[1])
    if month:
        found, end = month
        return Day(day[0], found.month, found.year, found.frame, found.shift), end
    return _day_of_quarter_or_year(phrase, *day)


def _which_day(phrase: Phrase, place: int) -> Found[int]:
    if phrase.has(place, ("cuối", "cùng")) or phrase[place].word == "cuối":
        return LAST, phrase.skip(place + 1, "cùng")
    if phrase.has(place, ("đầu", "tiên")):
        return FIRST, place + 2
    return number(phrase, place)


def _day_of_quarter_or_year(phrase: Phrase, day: int, place: int) -> Found[Day]:
    start = phrase.skip(place, "của", "trong", "các", *EVERY)
    edge = 3 if day == LAST else 1
    if phrase[start].word == "quý" and quarter_number(phrase, start + 1) is None:
        shift, end = _quarter_shift(phrase, start + 1)
        if shift or day in (FIRST, LAST):
            return Day(day, edge, frame=Unit.QUARTER, shift=shift), end
        raise Unclear(f"chưa rõ ngày {day} của tháng nào trong quý")
    if phrase[start].word == "năm" and day == LAST and phrase[place].word != "năm":
        year, end = year_of(phrase, start) or (PLAN_YEAR, start + 1)
        return Day(31, 12, year), end
    if phrase[start].word == "tháng" and day == LAST and month_number(phrase, start + 1):
        month, after = month_number(phrase, start + 1) or (0, 0)
        year, end = year_of(phrase, after) or (PLAN_YEAR, after)
        return Day(LAST, month, year), end
    return None


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
def named(phrase: Phrase, place: int) -> Found[Named]:
    """“tháng 6/2024”, “Quý II năm 2026”, “6 tháng đầu năm”, “nửa cuối năm”, “cuối năm”, “giữa tháng 5”."""
    edge = EDGES.get(phrase[place].word, Edge.WHOLE)
    start = place if edge is Edge.WHOLE else place + 1
    match phrase[start].word:
        case "tháng":
            return _numbered_month(phrase, start + 1, edge)
        case "quý":
            return _numbered_quarter(phrase, start + 1, edge)
        case "nửa":
            return _half(phrase, start + 1) if edge is Edge.WHOLE else None
        case "năm":
            return _year(phrase, start, edge)
    return _months_of_year(phrase, start) if edge is Edge.WHOLE else None


def _numbered_month(phrase: Phrase, place: int, edge: Edge) -> Found[Named]:
    start = place + 1 if phrase[place].word == "." else place
    month = month_number(phrase, start)
    if month is None:
        return None
    if not 1 <= month[0] <= 12:
        raise Unclear(f"không có tháng {month[0]}")
    year, end = year_of(phrase, month[1]) or (PLAN_YEAR, month[1])
    return Named(month[0], month[0], year, edge), end


def _numbered_quarter(phrase: Phrase, place: int, edge: Edge) -> Found[Named]:
    quarter = quarter_number(phrase, place)
    if quarter is None:
        return None
    year, end = year_of(phrase, quarter[1]) or (PLAN_YEAR, quarter[1])
    return Named(quarter[0] * 3 - 2, quarter[0] * 3, year, edge), end


def _half(phrase: Phrase, place: int) -> Found[Named]:
    """“nửa đầu năm”, “nửa cuối năm 2025”, “nửa năm đầu”."""
    words = [phrase[place].word, phrase[place + 1].word]
    if sorted(words) not in (["năm", "đầu"], ["cuối", "năm"]):
        return None
    year, end = _year_after_half(phrase, place + 2)
    return (Named(1, 6, year) if "đầu" in words else Named(7, 12, year)), end


def _year_after_half(phrase: Phrase, place: int) -> tuple[YearRef, int]:
    """“6 tháng đầu năm 2025”, “6 tháng đầu năm (2025)”."""
    year = _signed_year(phrase, place)
    if year:
        return year
    referred = year_of(phrase, place - 1) if phrase[place - 1].word == "năm" else None
    return referred or (PLAN_YEAR, place)


def _months_of_year(phrase: Phrase, place: int) -> Found[Named]:
    """“6 tháng đầu năm”, “06 tháng cuối năm 2025”, “9 tháng đầu năm”."""
    count = number(phrase, place)
    if count is None or phrase[count[1]].word != "tháng":
        return None
    edge, of_year = phrase[count[1] + 1].word, phrase.skip(count[1] + 2, "của")
    if edge not in ("đầu", "cuối") or phrase[of_year].word != "năm" or not 1 <= count[0] <= 12:
        return None
    year, end = _year_after_half(phrase, of_year + 1)
    first, last = (1, count[0]) if edge == "đầu" else (13 - count[0], 12)
    return Named(first, last, year), end


def _year(phrase: Phrase, place: int, edge: Edge) -> Found[Named]:
    """“năm 2025”, “cuối năm”, “năm nay”; a bare “năm” only after “trong”, “cả”, “hết”."""
    bound = edge is not Edge.WHOLE or phrase[place - 1].word in _BEFORE_A_BARE_YEAR
    year = _worded_year(phrase, place, bound)
    if year is None or (year[0].shift and not bound):
        return None
    return Named(1, 12, year[0], edge), year[1]


_BEFORE_A_BARE_YEAR = frozenset({"trong", "cả", "hết", "thúc", "toàn"})


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
    if phrase.has(place, ("chủ", "nhật")):
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
        return Weekday(day[0]), start + 1 + phrase.longest(start + 1, THIS)
    return None


@rule
def clock(phrase: Phrase, place: int) -> Found[time | None]:
    """“17h00”, “17 giờ 30 phút”, “15:00”; the end of the day (24h00) needs no hour."""
    hour, sign = phrase[place], phrase[place + 1]
    if not hour.is_number or len(hour.raw) > 2 or (hour.value or 0) > 24:
        return None
    colon = sign.word == ":" and sign.joined and phrase[place + 2].joined and len(phrase[place + 2].raw) == 2
    if sign.word != "giờ" and not colon:
        return None
    minute, end = _minute(phrase, place + 2)
    if minute is None or (colon and end == place + 2):
        return None
    return (None if hour.value == 24 else time(hour.value or 0, minute)), end


def _minute(phrase: Phrase, place: int) -> tuple[int | None, int]:
    token = phrase[place]
    if not token.is_number or len(token.raw) > 2 or phrase[place + 1].word in ("/", "tháng", "giờ"):
        return 0, place
    minute = token.value or 0
    return (minute if minute < 60 else None), phrase.skip(place + 1, "phút", "p")


_OFFSET_UNITS = {"ngày": (1, OffsetUnit.DAY), "tuần": (7, OffsetUnit.DAY), "tháng": (1, OffsetUnit.MONTH), "năm": (12, OffsetUnit.MONTH)}  # fmt: skip


@rule
def offset(phrase: Phrase, place: int) -> Found[Offset | None]:
    """“05 ngày làm việc”, “3,5 ngày”, “(17,5) ngày”, “02 giờ” (hours give no offset we can keep)."""
    count = _amount(phrase, place)
    if count is None:
        return None
    n, start = count
    if phrase[start].word in ("giờ", "phút"):
        return None, start + 1
    if phrase[start].word not in _OFFSET_UNITS:
        return None
    size, unit = _OFFSET_UNITS[phrase[start].word]
    end = start + 1
    if phrase[end].word == "rưỡi":
        n, end = n + 0.5, end + 1
    if unit is OffsetUnit.DAY and phrase.has(end, ("làm", "việc")):
        unit, end = OffsetUnit.WORKING_DAY, end + 2
    return Offset(int(n * size) if float(n * size).is_integer() else n * size, unit), end


def _amount(phrase: Phrase, place: int) -> Found[float]:
    start = place + 1 if phrase[place].word == "(" else place
    whole = number(phrase, start)
    if whole is None:
        return None
    value, end = float(whole[0]), whole[1]
    if (
        phrase[end].word in (",", ".")
        and phrase[end].joined
        and phrase[end + 1].joined
        and phrase[end + 1].is_number
    ):
        value, end = float(f"{whole[0]}.{phrase[end + 1].raw}"), end + 2
    return value, (end + 1 if start > place and phrase[end].word == ")" else end)


def point(phrase: Phrase, place: int) -> Found[Point]:
    """One moment of any kind, with the weekday that may stand beside it."""
    start = phrase.skip(place, "ngày", "mùng")
    if start > place:
        return day_after_its_name(phrase, start)
    beside = weekday(phrase, place)
    if beside:
        return weekly(phrase, place) or _dated_weekday(phrase, *beside)
    for read in (whole_plan, month_and_year, calendar_day, named, framed_month, bare_year):
        found = read(phrase, place)
        if found:
            return _checked(phrase, found)
    return None


def day_after_its_name(phrase: Phrase, place: int) -> Found[Point]:
    """What follows “ngày”: a date, a day of some month, or a number whose month comes later."""
    beside = weekday(phrase, place)
    if beside:
        return weekly(phrase, place) or _dated_weekday(phrase, *beside)
    found = calendar_day(phrase, place) or day_of_frame(phrase, place)
    if found:
        return _checked(phrase, found)
    day = _which_day(phrase, place)
    if day is None or day[0] not in (*range(1, 32), FIRST, LAST):
        return None
    return Day(day[0], None), day[1]


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
