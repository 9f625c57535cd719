"""Frames: days and months counted from a rhythm: “ngày 05 của tháng sau”, “tháng cuối quý”."""

from duties.lexicon import EDGES, EVERY, NEXT, PREVIOUS, THIS
from duties.moments import FIRST, LAST, PLAN_YEAR, Day, Unclear, Unit
from duties.phrase.numerals import TIME_NEXT, Found, month_number, number, quarter_number, rule
from duties.phrase.tokens import Phrase
from duties.phrase.years import past_reference_year, year_of


@rule
def framed_month(phrase: Phrase, place: int) -> Found[Day]:
    """“tháng sau”, “tháng cuối quý”, “tháng đầu tiên của quý kế tiếp”: a month counted from a rhythm, its last day."""
    start = phrase.skip(place, "của", "các")
    if start > place and phrase[start].word in EVERY and phrase[start + 1].word == "tháng":
        return Day(LAST, 1, frame=Unit.MONTH), start + 2
    if phrase[start].word != "tháng":
        return None
    order = _month_in_quarter(phrase, start + 1)
    if order:
        return _month_of_year(phrase, start, *order) or _quarter_of_month(phrase, *order)
    for table, shift in ((PREVIOUS, -1), (NEXT, 1), (THIS, 0)):
        taken = phrase.longest(start + 1, table)
        after = start + 1 + taken
        end = past_reference_year(phrase, after)
        if taken and (end > after or phrase[after].word not in TIME_NEXT):
            return Day(LAST, 1, frame=_frame_referred_to(phrase, after, end, shift), shift=shift), end
    if phrase.has(start + 1, ("thuộc", "kỳ", "báo", "cáo")):
        return Day(LAST, 1, frame=Unit.MONTH), start + 5
    return None


def _frame_referred_to(phrase: Phrase, place: int, end: int, shift: int) -> Unit:
    """“tháng sau (tháng báo cáo)”, “tháng liền kề sau quý báo cáo”; of “kỳ báo cáo” one cannot tell."""
    referred = {phrase[inner].word for inner in range(place, end)}
    if referred & {"kỳ", "năm"} and shift > 0:
        raise Unclear("tháng sau kỳ báo cáo: hằng tháng, hay hằng quý?")
    return Unit.QUARTER if "quý" in referred else Unit.MONTH


def _month_in_quarter(phrase: Phrase, place: int) -> Found[int]:
    """Which month of its quarter: “đầu (tiên)”, “cuối (cùng)”, “thứ hai”, “giữa”."""
    word = phrase[place].word
    if word in EDGES:
        return {"đầu": 1, "giữa": 2, "cuối": 3}[word], phrase.skip(place + 1, "tiên", "cùng")
    if word == "thứ":
        found = (1, place + 2) if phrase[place + 1].word == "nhất" else number(phrase, place + 1)
        return found if found and found[0] <= 3 else None
    return None


def _month_of_year(phrase: Phrase, begin: int, month: int, place: int) -> Found[Day]:
    """“tháng đầu tiên của năm sau”, “tháng cuối năm”; “các tháng cuối năm” are several."""
    start = phrase.skip(place, "của", "trong", *EVERY)
    several = phrase[begin - 1].word in ("các", "những") or phrase[begin - 1].fold == "may"
    if phrase[start].word != "năm" or phrase[start + 1].word == "học" or month == 2 or several:
        return None
    year, end = year_of(phrase, start) or (PLAN_YEAR, start + 1)
    return Day(LAST, 1 if month == 1 else 12, year), end


def _quarter_of_month(phrase: Phrase, month: int, place: int) -> Found[Day]:
    start = phrase.skip(place, "của", "trong", "thuộc", "các", *EVERY)
    if phrase[start].word != "quý":
        raise Unclear(f"chưa rõ tháng {('đầu', 'thứ hai', 'cuối')[month - 1]} của kỳ nào; có phải hằng quý?")
    quarter = quarter_number(phrase, start + 1)
    if quarter:
        year, end = year_of(phrase, quarter[1]) or (PLAN_YEAR, quarter[1])
        return Day(LAST, quarter[0] * 3 - 3 + month, year), end
    shift, end = _quarter_shift(phrase, start + 1)
    year, end = (year_of(phrase, end) if not shift else None) or (PLAN_YEAR, end)
    return Day(LAST, month, year, Unit.QUARTER, shift), end


def _quarter_shift(phrase: Phrase, place: int) -> tuple[int, int]:
    """“quý sau”, “quý trước”, “quý báo cáo”, “quý thuộc kỳ báo cáo”."""
    if phrase.has(place, ("thuộc", "kỳ", "báo", "cáo")):
        return 0, place + 4
    for table, shift in ((PREVIOUS, -1), (NEXT, 1), (THIS, 0)):
        taken = phrase.longest(place, table)
        if taken and phrase[place + taken].word not in TIME_NEXT:
            return shift, past_reference_year(phrase, place + taken)
    return 0, place


@rule
def day_of_frame(phrase: Phrase, place: int) -> Found[Day]:
    """After “ngày”: “05 của tháng sau”, “10 tháng đầu quý sau”, “15 của quý sau”, “cuối cùng của mỗi quý”."""
    day = which_day(phrase, place)
    if day is None:
        return None
    month = framed_month(phrase, day[1])
    if month:
        found, end = month
        return Day(day[0], found.month, found.year, found.frame, found.shift), end
    return _day_of_quarter_or_year(phrase, *day)


def which_day(phrase: Phrase, place: int) -> Found[int]:
    if phrase.has(place, ("cuối", "cùng")) or phrase[place].word == "cuối":
        return LAST, phrase.skip(place + 1, "cùng")
    if phrase.has(place, ("đầu", "tiên")):
        return FIRST, place + 2
    return number(phrase, place)


def _day_of_quarter_or_year(phrase: Phrase, day: int, place: int) -> Found[Day]:
    start = phrase.skip(place, "của", "trong", "các", *EVERY)
    edge = 3 if day == LAST else 1
    quarter = quarter_number(phrase, start + 1) if phrase[start].word == "quý" else None
    if quarter and day in (FIRST, LAST):
        year, end = year_of(phrase, quarter[1]) or (PLAN_YEAR, quarter[1])
        return Day(day, quarter[0] * 3 - 3 + edge, year), end
    if phrase[start].word == "quý" and quarter is None:
        shift, end = _quarter_shift(phrase, start + 1)
        if shift or day in (FIRST, LAST):
            return Day(day, edge, frame=Unit.QUARTER, shift=shift), end
        raise Unclear(f"chưa rõ ngày {day} của tháng nào trong quý; có phải tháng cuối quý?")
    if phrase[start].word == "năm" and day == LAST and phrase[place].word != "năm":
        year, end = year_of(phrase, start) or (PLAN_YEAR, start + 1)
        return Day(31, 12, year), end
    if phrase[start].word == "tháng" and day == LAST and month_number(phrase, start + 1):
        month, after = month_number(phrase, start + 1) or (0, 0)
        year, end = year_of(phrase, after) or (PLAN_YEAR, after)
        return Day(LAST, month, year), end
    return None
