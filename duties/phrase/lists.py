"""Lists: “Quý II, IV”, “ngày 5, 10 tháng 6”, “ngày 15 các tháng 3, 6, 9”: what a member lends to the others."""

from dataclasses import replace

from duties.moments import (
    FIRST,
    PLAN_YEAR,
    Day,
    Moment,
    Named,
    Point,
    Range,
    Unclear,
    Unit,
    frame_of,
    with_year,
)
from duties.phrase.frames import day_of_frame
from duties.phrase.governors import past_article
from duties.phrase.numerals import Found, full_year, month_number, numbers_an_item, quarter_number, rule
from duties.phrase.parts import Later, Part
from duties.phrase.points import calendar_day, point
from duties.phrase.tokens import Phrase
from duties.phrase.years import year_of

LIST_SIGNS = frozenset({",", ";", "và", "&", "+"})


def list_member(phrase: Phrase, last: Point, place: int) -> Found[Point]:
    start = phrase.skip(place, *LIST_SIGNS)
    slash = phrase[place].word == "/" and isinstance(last, Named)
    if (start == place and not slash) or numbers_an_item(phrase, start):
        return None
    bare = bare_member(phrase, last, start + slash)
    if bare or slash:
        return bare
    if (
        phrase[start].word in ("trước", "đến", "từ")
        or phrase.has(start, ("chậm", "nhất"))
        or later(phrase, start)
    ):
        return None
    found = point(phrase, past_article(phrase, phrase.skip(start, "cuối") if _ends(phrase, start) else start))
    return found if found and _same_kind(last, found[0]) else None


def same_day_of_months(phrase: Phrase, first: Point, place: int) -> Found[tuple[Point, ...]]:
    """“ngày 15 các tháng 3, 6, 9, 12”, “ngày 15 tháng 3, 6, 9 và 12”, “ngày 15 tháng 3, tháng 6, tháng 9”."""
    if not isinstance(first, Day) or first.frame is not Unit.YEAR:
        return None
    lead = _first_month(phrase, first, place)
    if lead is None:
        return None
    months, end, repeated = _months_listed(phrase, *lead)
    if first.month is not None and len(months) == 1:
        return None
    if repeated and len(months) == 2:
        raise Unclear(f"ngày {first.day} của cả hai tháng, hay trọn tháng sau?")
    return tuple(replace(first, month=month.first, year=month.year) for month in months), end


def _first_month(phrase: Phrase, first: Day, place: int) -> Found[Named]:
    """The month of “ngày 15 tháng 3”, or of “ngày 15 (của) các tháng 3”."""
    if first.month is not None:
        in_words = phrase[place - 2].word == "tháng" and phrase[place - 1].is_number
        return (Named(first.month, first.month, first.year), place) if in_words else None
    start = phrase.skip(place, "của", "các", "những")
    month = month_number(phrase, start + 1) if start > place and phrase[start].word == "tháng" else None
    return (Named(month[0], month[0]), month[1]) if month else None


def _months_listed(phrase: Phrase, lead: Named, place: int) -> tuple[list[Named], int, bool]:
    """The months of a list, where it ends, and whether the word “tháng” was repeated in it."""
    found, end, repeated = [lead], place, False
    while True:
        start = phrase.skip(end, *LIST_SIGNS)
        after = phrase.skip(start, "tháng")
        bare = start > end and (after > start or calendar_day(phrase, start) is None)
        more = _bare_month(phrase, found[-1], after) if bare and phrase[after].is_number else None
        if more is None:
            return _in_one_year(found), end, repeated
        found.append(more[0])
        end, repeated = more[1], repeated or after > start


def _ends(phrase: Phrase, place: int) -> bool:
    """“và cuối quý IV”, “cuối tháng 6”: the end of a period is its last day anyway."""
    return phrase[place].word == "cuối" and phrase[place + 1].word in ("quý", "tháng")


def _same_kind(one: Point, other: Point) -> bool:
    last = one.end if isinstance(one, Range) else one
    if isinstance(last, Named) and isinstance(other, Named):
        return other.is_year or not last.is_year
    return isinstance(other, type(last))


def bare_member(phrase: Phrase, last: Point, place: int) -> Found[Point]:
    """“IV” after “Quý II”, “9” after “tháng 3”, “10” after “ngày 5”."""
    last = last.end if isinstance(last, Range) else last
    if isinstance(last, Named) and not last.is_year and _is_bare_year(phrase, place):
        return Named(1, 12), place + 1
    if (
        isinstance(last, Named)
        and last.last - last.first == 2
        and phrase[place].word not in ("quý", "một", "nhất")
    ):
        return _bare_quarter(phrase, last, place)
    token = phrase[place]
    if not token.is_number or len(token.raw) > 2 or not isinstance(last, Named | Day):
        return None
    if isinstance(last, Named):
        return _bare_month(phrase, last, place) if last.first == last.last else None
    framed = day_of_frame(phrase, place) if last.month is None else None
    if framed:
        return framed
    if (
        last.month is None
        and phrase[place + 1].word not in ("/", "-", ".", "giờ", "ngày")
        and point(phrase, place) is None
    ):
        return Day(token.value or 0, None), place + 1
    return None


def _is_bare_year(phrase: Phrase, place: int) -> bool:
    """The “năm” of “6 tháng cuối năm, năm”."""
    after = phrase[place + 1]
    return phrase[place].word == "năm" and not after.is_letters and not after.is_number


def _bare_quarter(phrase: Phrase, last: Named, place: int) -> Found[Point]:
    if phrase[place].is_number and (
        len(phrase[place].raw) > 1 or phrase[place + 1].word in ("tháng", "lần", "ngày")
    ):
        return None
    quarter = quarter_number(phrase, place)
    if quarter is None or (
        phrase[quarter[1]].word in ("/", ".")
        and phrase[quarter[1] + 1].is_number
        and not full_year(phrase, quarter[1] + 1)
    ):
        return None
    year, end = year_of(phrase, quarter[1]) or (PLAN_YEAR, quarter[1])
    return Named(quarter[0] * 3 - 2, quarter[0] * 3, year, last.edge), end


def _bare_month(phrase: Phrase, last: Named, place: int) -> Found[Named]:
    after = phrase[place + 1].word
    if after in ("tháng", "lần", "ngày", "giờ") or (after == "/" and not full_year(phrase, place + 2)):
        return None
    month = phrase[place].value or 0
    if not 1 <= month <= 12:
        raise Unclear(f"không có tháng {month}")
    year, end = year_of(phrase, place + 1) or (PLAN_YEAR, place + 1)
    return Named(month, month, year, last.edge), end


def completed(found: list[Point]) -> tuple[Point, ...]:
    """“ngày 5, 10 tháng 6”, “tháng 10, 11 năm 2025”: the last member lends its month and its year."""
    done = [found[-1]]
    for member in reversed(found[:-1]):
        done.append(borrow(member, done[-1]))
    return tuple(_in_one_year(done[::-1]))


def _in_one_year(members: list[Moment]) -> list[Moment]:
    """A year written after members in order is the year of them all; “Quý IV, quý I/2026” is not in order."""
    done = members[-1:]
    for member in reversed(members[:-1]):
        after, plain = done[0], member.year == PLAN_YEAR and frame_of(member) is Unit.YEAR
        ordered = plain and after.year.written is not None and _place_in_year(member) <= _place_in_year(after)
        done.insert(0, with_year(member, after.year) if ordered else member)
    _refuse_lost_years(done)
    return done


def _refuse_lost_years(members: list[Moment]) -> None:
    """“Tháng 11/2025, tháng 12, tháng 1/2026”: one without a year between two that have theirs."""
    for one, between, other in zip(members, members[1:], members[2:], strict=False):
        if one.year.written and between.year == PLAN_YEAR and other.year.written and one.year != other.year:
            raise Unclear("giữa hai năm có kỳ không ghi năm: của năm nào?")


def _place_in_year(point: Point) -> tuple[int, int]:
    match point:
        case Day():
            return point.month or 0, point.day
        case Named():
            return point.last, 0
        case Range():
            return _place_in_year(point.end)
        case _:
            return 0, 0


def borrow(member: Point, lender: Point) -> Point:
    if isinstance(lender, Range):
        lender = lender.start or lender.end
    if (
        isinstance(member, Day)
        and member.month is None
        and isinstance(lender, Day)
        and lender.month is not None
    ):
        if member.day == FIRST and (lender.day, lender.month) == (31, 12):
            return replace(lender, day=1, month=1, weekday=None)
        return replace(lender, day=member.day, weekday=None)
    return member


@rule
def later(phrase: Phrase, place: int) -> Found[Part]:
    """“và các năm tiếp theo”, “những năm sau”."""
    start = phrase.skip(place, "và", "trong", "cho")
    if (
        phrase[start].word in ("các", "những")
        and phrase[start + 1].word == "năm"
        and phrase[start + 2].word in ("tiếp", "sau", "kế")
    ):
        return Later(), phrase.skip(start + 3, "theo", "tiếp", "đó")
    return None
