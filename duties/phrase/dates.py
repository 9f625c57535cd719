"""Dates: “trước”, “chậm nhất”, and the list or range of moments that they govern."""

from itertools import pairwise

from duties.lexicon import EVERY
from duties.moments import Day, Edge, Named, Point, Range, Unclear, Unit, Weekday
from duties.phrase.events import NEW_CLAUSE
from duties.phrase.governors import TO, governor, hours_before, past_article
from duties.phrase.lists import bare_member, borrow, completed, list_member, same_day_of_months
from duties.phrase.numerals import Found, rule
from duties.phrase.parts import Cited, Part, Start, When
from duties.phrase.points import day_after_its_name, point, weekday, weekly
from duties.phrase.spans import span_to
from duties.phrase.tokens import Phrase

_BEFORE_A_DATE = frozenset({"và", "là", "ngày", "hoặc"})
_AFTER_A_DATE = frozenset({"và", "hằng", "mỗi", "năm", "hoặc", "đến", "trước", "của", "theo", "để", "đối"})
_BEGUN_BY_A_DATE = NEW_CLAUSE | {
    "ban",
    "so",
    "khai",
    "xong",
    "tien",
    "hop",
    "ket",
    "phe",
    "xay",
    "lap",
    "cong",
    "ra",
}
_SEASONS = frozenset({"mùa", "vụ", "khóa", "niên"})
_OTHER_FRAMES = frozenset({"tháng", "quý", "năm"})
_NEAR = 12
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
    first = point(phrase, past_article(phrase, start)) or (
        _day_each_month(phrase, start) if governed else None
    )
    if first is None or _counts_days(phrase, *first):
        return None
    if hours and phrase[first[1]].word in TO:
        return span_to(phrase, first, hours)
    points, end = same_day_of_months(phrase, *first) or members(phrase, *first)
    _refuse_doubtful(phrase, points, before, (place, end))
    read = When(points, before and not hours, governed, at, bare=begin == place)
    return _other_than_due(phrase, points, end) or (read, end)


def _day_each_month(phrase: Phrase, place: int) -> Found[Point]:
    """The “20” of “trước 20 hằng tháng”."""
    monthly = phrase[place + 1].word in EVERY and phrase[place + 2].word == "tháng"
    return day_after_its_name(phrase, place) if monthly and phrase[place].is_number else None


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
    if before and phrase[place - 1].word == "không":
        raise Unclear("“không trước …” chỉ nói ngày sớm nhất; hạn là ngày nào?")
    if phrase[place].word == "hoàn" and phrase[place + 2].is_number:
        place += 2
    if phrase[place].is_number:
        _refuse_a_fraction(phrase, points, place, end)
        _refuse_a_season(phrase, points, place)
    if before and isinstance(points[0], Range):
        raise Unclear("“trước” một khoảng thời gian: chưa rõ ngày cuối")
    _refuse_vague_edges(points, before)


def _weekdays(phrase: Phrase, place: int) -> Found[tuple[Point, ...]]:
    """“thứ Hai, thứ Năm hằng tuần”."""
    days: list[int] = []
    begin = end = place
    found = weekday(phrase, phrase.skip(place, "ngày"))
    while found:
        place = phrase.skip(place, "ngày")
        days.append(found[0])
        last = weekly(phrase, place)
        if last:
            return (tuple(Weekday(day) for day in days), last[1]) if len(days) > 1 else None
        end = found[1]
        place = phrase.skip(end, ",", "và")
        found = weekday(phrase, phrase.skip(place, "ngày"))
    if days and _weekly_before(phrase, begin):
        return tuple(Weekday(day) for day in days), end
    return None


def _weekly_before(phrase: Phrase, place: int) -> bool:
    """Whether “hằng tuần” stands before a weekday in the same clause: “hằng tuần, trước 15 giờ thứ Năm”."""
    for back in range(place - 1, max(place - _NEAR, 0), -1):
        if phrase[back].word in (";", ".") or phrase[back].word in _OTHER_FRAMES:
            return False
        if phrase[back].word == "tuần":
            return phrase[back - 1].word in EVERY or phrase[back - 1].word == "/"
    return False


def _refuse_a_fraction(phrase: Phrase, points: tuple[Point, ...], place: int, end: int) -> None:
    """“24/7”, “hoàn thành 1/3 kế hoạch”: figures in the midst of words need not be a date."""
    if not isinstance(points[0], Day) or points[0].year.written:
        return
    if points == (Day(24, 7),):
        raise Unclear("“24/7” là ngày 24 tháng 7, hay là suốt ngày đêm?")
    before, after = phrase[place - 1], phrase[end]
    counted = after.is_letters and after.word not in _AFTER_A_DATE
    opens = place == 0 and phrase[1].word == "/" and after.fold not in _BEGUN_BY_A_DATE
    if counted and (opens or (before.is_letters and before.word not in _BEFORE_A_DATE)):
        raise Unclear(f"“{phrase.words(place, end)}” là ngày tháng, hay là phân số?")


def _refuse_a_season(phrase: Phrase, points: tuple[Point, ...], place: int) -> None:
    """“vụ đông xuân 2025-2026”, “khóa 2021-2026”: years that do not run from January to December."""
    first = points[0].start if isinstance(points[0], Range) else points[0]
    if not (isinstance(first, Named) and first.is_year):
        return
    for back in range(place - 1, max(place - 4, -1), -1):
        if not phrase[back].is_letters:
            return
        if phrase[back].word in _SEASONS and (
            back == 0
            or phrase[back].word != "vụ"
            or not phrase[back - 1].is_letters
            or phrase[back - 1].word == "niên"
        ):
            raise Unclear(f"“{phrase.words(back, place + 1)}” kết thúc ngày nào?")


def _refuse_vague_edges(points: tuple[Point, ...], before: bool) -> None:
    """“trước cuối tháng 6”, “cuối năm 2026, đầu năm 2027”."""
    ends = [
        end
        for point in points
        for end in ((point.start, point.end) if isinstance(point, Range) else (point,))
    ]
    edges = [end.edge for end in ends if isinstance(end, Named)]
    if before and Edge.TAIL in edges:
        raise Unclear("“trước cuối …” là trước ngày nào?")
    if (Edge.TAIL, Edge.HEAD) in pairwise(edges):
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
    if phrase[place].word not in TO:
        return None
    if isinstance(start, Range):
        if bare_member(phrase, start, place + 1) or point(phrase, place + 1):
            raise Unclear("nhiều ngày nối bằng gạch: một khoảng, hay từng ngày?")
        return None
    before, _, begin = governor(phrase, place + 1)
    hours = hours_before(phrase, begin)
    begin = hours[1] if hours else begin
    finish = bare_member(phrase, start, begin) or point(phrase, past_article(phrase, begin))
    if finish is None:
        return None
    return Range(borrow(start, finish[0]), finish[0], before and not hours), finish[1]
