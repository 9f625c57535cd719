"""Spans: “từ A đến B”, “từ nay đến B”, “từ A” and no end."""

from dataclasses import replace
from datetime import time

from duties.deadline import Reading
from duties.moments import Point, Range, Weekday
from duties.phrase.events import event, tail
from duties.phrase.governors import TO, governor, hours_before, past_article
from duties.phrase.lists import bare_member, borrow
from duties.phrase.numerals import Found, rule
from duties.phrase.parts import Hour, Mark, Odd, Part, Start, When
from duties.phrase.points import point, weekday
from duties.phrase.tokens import Phrase


@rule
def since(phrase: Phrase, place: int) -> Found[Part]:
    """“từ A đến B”, “từ A”, “từ ngày nhận được …”, “từ nay đến B”."""
    start = _past_from(phrase, place)
    if not start:
        return _only_after(phrase, place)
    hours = hours_before(phrase, start)
    begin = hours[1] if hours else start
    first = point(phrase, past_article(phrase, begin)) or _bare_weekday(phrase, begin)
    if first is None:
        return _from_an_event(phrase, start) if hours is None else _hours_alone(*hours)
    return span_to(phrase, first, hours)


def _bare_weekday(phrase: Phrase, place: int) -> Found[Point]:
    """“từ thứ Hai đến Chủ nhật của tuần báo cáo”."""
    day = weekday(phrase, phrase.skip(place, "ngày"))
    return (Weekday(day[0]), day[1]) if day else None


def _only_after(phrase: Phrase, place: int) -> Found[Part]:
    """“sau năm 2028”: a beginning."""
    beginning = point(phrase, place + 1) if phrase[place].word == "sau" else None
    return (Start(beginning[0]), beginning[1]) if beginning else None


def _past_from(phrase: Phrase, place: int) -> int:
    start = place
    if phrase.has(start, ("bắt", "đầu")):
        start = phrase.skip(start + 2, "từ", "vào", "trong")
        return start if phrase[start].word in ("ngày", "tháng", "quý", "năm") else 0
    start = phrase.skip(start, "kể", "tính")
    return start + 1 if phrase[start].word == "từ" else 0


def span_to(phrase: Phrase, first: tuple[Point, int], hours: tuple[time | None, int] | None) -> Found[Part]:
    """From a first moment, with its hour, to a last one; the hour of the last is the one due."""
    opening, end = first
    listed = bare_member(phrase, opening, end + 1) if phrase[end].word in TO else None
    finish = (Range(None, listed[0]), listed[1]) if listed else _finish(phrase, end)
    if finish is None:
        return _without_end(phrase, opening, end, hours)
    closing, after = finish
    whole = replace(closing, start=borrow(opening, closing.end))
    return When((whole,), governed=True, at=_closing_hour(phrase, end), window=True), after


def _finish(phrase: Phrase, place: int) -> Found[Range]:
    """The end of a span, whose start the caller knows."""
    start = (
        phrase.skip(place, ",", "và", "kết")
        if phrase.has(phrase.skip(place, ",", "và"), ("kết", "thúc"))
        else phrase.skip(place, ",")
    )
    if phrase[start].word not in (*TO, "cho", "thúc"):
        return None
    before, _, begin = governor(phrase, phrase.skip(start, "-", "thúc", "cho"))
    hours = hours_before(phrase, begin)
    last = point(phrase, past_article(phrase, hours[1] if hours else begin))
    return (Range(None, last[0], before and not hours), last[1]) if last else None


def _closing_hour(phrase: Phrase, place: int) -> time | None:
    _, _, begin = governor(phrase, phrase.skip(place, ",", "-"))
    hours = hours_before(phrase, begin)
    return hours[0] if hours else None


def _without_end(
    phrase: Phrase, opening: Point, end: int, hours: tuple[time | None, int] | None
) -> Found[Part]:
    if phrase[end].word in ("đến", "tới") or phrase.has(end, ("cho", "đến")):
        after = phrase.skip(end, "cho", "đến", "tới")
        if phrase[after].word in ("khi", "lúc"):
            stop = tail(phrase, after + 1)
            return Mark(Reading.AFTER_EVENT, phrase.words(after + 1, stop)), stop
        return Odd(phrase.words(end, after + 1)), after + 1
    if hours is not None and phrase[hours[1] - 1].word not in ("từ",):
        return When((opening,), governed=True, at=hours[0]), end
    return Start(opening), phrase.skip(end, "trở", "đi")


def _hours_alone(at: time | None, end: int) -> Found[Part]:
    return Hour(at), end


def _from_an_event(phrase: Phrase, place: int) -> Found[Part]:
    """“từ nay đến B”, “từ ngày Quyết định có hiệu lực đến hết B”, or the event itself."""
    if phrase[place].word == "nay" and phrase[place + 1].word in ("đến", "tới"):
        finish = _finish(phrase, place + 1)
        return (When((finish[0],), governed=True), finish[1]) if finish else None
    if phrase[place].word not in ("ngày", "khi", "lúc", "thời"):
        return None
    begin = phrase.skip(place, "ngày", "khi", "lúc", "thời", "điểm")
    for stop in range(begin, tail(phrase, begin)):
        if phrase[stop].word not in ("đến", "tới"):
            continue
        if phrase[stop + 1].word in ("khi", "lúc"):
            return event(phrase, stop + 2, None)
        finish = _finish(phrase, stop)
        if finish:
            return When((finish[0],), governed=True), finish[1]
    return event(phrase, begin, None)
