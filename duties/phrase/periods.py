"""Periods: “Quý II”, “tháng 6/2026”, “6 tháng đầu năm”, “cuối năm”."""

from duties.lexicon import EDGES
from duties.moments import PLAN_YEAR, Edge, Named, Unclear, YearRef
from duties.phrase.numerals import Found, month_number, number, quarter_number, rule
from duties.phrase.tokens import Phrase
from duties.phrase.years import signed_year, worded_year, year_of


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
        case "cả" | "toàn" | "trọn" if phrase[start + 1].word == "năm":
            return _year(phrase, start + 1, edge)
    return _months_of_year(phrase, start) if edge is Edge.WHOLE else None


def _numbered_month(phrase: Phrase, place: int, edge: Edge) -> Found[Named]:
    start = place + 1 if phrase[place].word == "." else place
    month = month_number(phrase, start)
    if month is None or phrase[month[1]].word == "lần":
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
    year = signed_year(phrase, place)
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


_BEFORE_A_BARE_YEAR = frozenset({"trong", "cả", "hết", "thúc", "toàn", "trọn"})


def _year(phrase: Phrase, place: int, edge: Edge) -> Found[Named]:
    """“năm 2025”, “cuối năm”, “năm nay”; a bare “năm” only after “trong”, “cả”, “hết”."""
    bound = edge is not Edge.WHOLE or phrase[place - 1].word in _BEFORE_A_BARE_YEAR
    year = worded_year(phrase, place, bound)
    if year is None or (year[0].shift and not bound):
        return None
    return Named(1, 12, year[0], edge), year[1]
