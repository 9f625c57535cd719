"""Dates: “trước”, “chậm nhất”, and the list or range of moments that they govern."""

from duties.moments import Day, Point, Range, Unclear, Unit
from duties.phrase.governors import TO, governor, hours_before, past_article
from duties.phrase.lists import _completed, _list_member, _same_day_of_months, bare_member, borrow
from duties.phrase.numerals import Found, rule
from duties.phrase.parts import Cited, Part, When
from duties.phrase.points import point
from duties.phrase.tokens import Phrase


@rule
def when(phrase: Phrase, place: int) -> Found[Part]:
    """A governor, perhaps an hour, and a list or a range of moments."""
    before, governed, start = governor(phrase, place)
    first_place = start
    hours = hours_before(phrase, start)
    at, start = hours or (None, start)
    first = point(phrase, past_article(phrase, start))
    if first is None:
        return None
    if phrase[place].word == "tuần" or (
        isinstance(first[0], Day) and first[0].month is None and phrase[first[1]].word in ("/", "làm")
    ):
        return None
    points, end = _same_day_of_months(phrase, *first) or members(phrase, *first)
    if _belongs_to_a_paper(phrase, points[-1], end):
        return Cited(), end
    if before and isinstance(points[0], Range):
        raise Unclear("“trước” một khoảng thời gian: chưa rõ ngày cuối")
    bare = first_place == place
    if bare and hours is None and points == (Day(24, 7),):
        raise Unclear("“24/7” là ngày 24 tháng 7, hay là suốt ngày đêm?")
    return When(points, before and not hours, governed, at, by_hour=hours is not None, bare=bare), end


def _belongs_to_a_paper(phrase: Phrase, last: Point, place: int) -> bool:
    """“ngày 15 tháng 8 năm 2024 của Thủ tướng”: a date that somebody owns is that of a document."""
    owner = phrase[place + 1]
    owned = phrase[place].word == "của" and owner.is_letters and not owner.word
    return owned and isinstance(last, Day) and last.frame is Unit.YEAR and last.month is not None


def members(phrase: Phrase, first: Point, place: int) -> tuple[tuple[Point, ...], int]:
    """A list or a range that begins with this moment; years and months flow back to members without."""
    found, end = [first], place
    while True:
        ranged = _range_end(phrase, found[-1], end)
        if ranged:
            found[-1], end = ranged
            continue
        member = _list_member(phrase, found[-1], end)
        if member is None:
            return _completed(found), end
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
