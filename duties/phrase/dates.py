"""Dates: “trước”, “chậm nhất”, and the list or range of moments that they govern."""

from duties.moments import Day, Edge, Named, Point, Range, Unclear, Unit, Weekday
from duties.phrase.governors import TO, governor, hours_before, past_article
from duties.phrase.lists import bare_member, borrow, completed, list_member, same_day_of_months
from duties.phrase.numerals import Found, rule
from duties.phrase.parts import Cited, Part, Start, When
from duties.phrase.points import point, weekday, weekly
from duties.phrase.spans import span_to
from duties.phrase.tokens import Phrase

_BEFORE_A_DATE = frozenset({"và", "là", "ngày", "hoặc"})
_AFTER_A_DATE = frozenset({"và", "hằng", "mỗi", "năm", "hoặc", "đến", "trước", "của", "theo", "để", "đối"})
_OF_TIME = frozenset({"tháng", "quý", "năm", "kỳ", "tuần", "ngày", "các", "mỗi", "hằng", "từng", "những"})


@rule
def when(phrase: Phrase, place: int) -> Found[Part]:
    """A governor, perhaps an hour, and a list or a range of moments."""
    before, governed, begin = governor(phrase, place)
    hours = hours_before(phrase, begin)
    at, start = hours or (None, begin)
    days = _weekdays(phrase, past_article(phrase, start))
    if days:
        return When(days[0], governed=governed, at=at), days[1]
    first = point(phrase, past_article(phrase, start))
    if first is None or _counts_days(phrase, *first):
        return None
    if hours and phrase[first[1]].word in TO:
        return span_to(phrase, first, hours)
    points, end = same_day_of_months(phrase, *first) or members(phrase, *first)
    _refuse_doubtful(phrase, points, before, (place, end))
    read = When(points, before and not hours, governed, at, bare=begin == place)
    return _other_than_due(phrase, points, end) or (read, end)


def _counts_days(phrase: Phrase, first: Point, end: int) -> bool:
    """“01 ngày/hội nghị”, “trong ngày làm việc”: so many days, not a day."""
    return isinstance(first, Day) and first.month is None and phrase[end].word in ("/", "làm")


def _other_than_due(phrase: Phrase, points: tuple[Point, ...], end: int) -> Found[Part]:
    """The date of a document, or one that only begins."""
    if _belongs_to_a_paper(phrase, points[-1], end):
        return Cited(), end
    on = phrase.has(end, ("trở", "đi")) or phrase.has(end, ("trở", "lên"))
    return (Start(points[-1]), end + 2) if on else None


def _refuse_doubtful(phrase: Phrase, points: tuple[Point, ...], before: bool, span: tuple[int, int]) -> None:
    place, end = span
    if phrase[place].is_number:
        _refuse_a_fraction(phrase, points, place, end)
    if before and isinstance(points[0], Range):
        raise Unclear("“trước” một khoảng thời gian: chưa rõ ngày cuối")
    _refuse_vague_edges(points, before)


def _weekdays(phrase: Phrase, place: int) -> Found[tuple[Point, ...]]:
    """“thứ Hai, thứ Năm hằng tuần”."""
    days: list[int] = []
    found = weekday(phrase, phrase.skip(place, "ngày"))
    while found:
        place = phrase.skip(place, "ngày")
        days.append(found[0])
        last = weekly(phrase, place)
        if last:
            return (tuple(Weekday(day) for day in days), last[1]) if len(days) > 1 else None
        place = phrase.skip(found[1], ",", "và")
        found = weekday(phrase, phrase.skip(place, "ngày"))
    return None


def _refuse_a_fraction(phrase: Phrase, points: tuple[Point, ...], place: int, end: int) -> None:
    """“24/7”, “đạt 1/3 kế hoạch”: figures in the midst of words need not be a date."""
    if not isinstance(points[0], Day) or points[0].year.written:
        return
    if points == (Day(24, 7),):
        raise Unclear("“24/7” là ngày 24 tháng 7, hay là suốt ngày đêm?")
    before, after = phrase[place - 1], phrase[end]
    if (
        before.is_letters
        and before.word not in _BEFORE_A_DATE
        and after.is_letters
        and after.word not in _AFTER_A_DATE
    ):
        raise Unclear(f"“{phrase.words(place, end)}” là ngày tháng, hay là phân số?")


def _refuse_vague_edges(points: tuple[Point, ...], before: bool) -> None:
    """“trước cuối tháng 6”, “cuối năm 2026, đầu năm 2027”."""
    edges = [point.edge for point in points if isinstance(point, Named)]
    if before and Edge.TAIL in edges:
        raise Unclear("“trước cuối …” là trước ngày nào?")
    if Edge.HEAD in edges and Edge.TAIL in edges:
        raise Unclear("từ cuối kỳ này sang đầu kỳ sau: hạn là ngày nào?")


def _belongs_to_a_paper(phrase: Phrase, last: Point, place: int) -> bool:
    """“ngày 15 tháng 8 năm 2024 của Thủ tướng”: a date that somebody owns is that of a document."""
    owner = phrase[place + 1]
    owned = phrase[place].word == "của" and owner.is_letters and owner.word not in _OF_TIME
    return owned and isinstance(last, Day) and last.frame is Unit.YEAR and last.month is not None


def members(phrase: Phrase, first: Point, place: int) -> tuple[tuple[Point, ...], int]:
    """A list or a range that begins with this moment; years and months flow back to members without."""
    found, end = [first], place
    while True:
        ranged = _range_end(phrase, found[-1], end)
        if ranged:
            found[-1], end = ranged
            continue
        member = list_member(phrase, found[-1], end)
        if member is None:
            return completed(found), end
        found.append(member[0])
        end = member[1]


def _range_end(phrase: Phrase, start: Point, place: int) -> Found[Point]:
    if phrase[place].word not in TO or isinstance(start, Range):
        return None
    _, _, begin = governor(phrase, place + 1)
    hours = hours_before(phrase, begin)
    begin = hours[1] if hours else begin
    finish = bare_member(phrase, start, begin) or point(phrase, past_article(phrase, begin))
    return (Range(borrow(start, finish[0]), finish[0]), finish[1]) if finish else None
