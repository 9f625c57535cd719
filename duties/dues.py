"""Dues: the claims of one deadline taken together, as a date beside its period or a rhythm within its span."""

from bisect import bisect_right
from dataclasses import replace

from duties.claims import Claim, claim_dues, distinct, years_of
from duties.deadline import Due, Period, Years
from duties.moments import Point, Unclear, Unit, frame_of, months, span_of

MOST_DUES = 3000


def dues_of(claims: list[Claim], years: Years | None, started: Point | None = None) -> tuple[Due, ...]:
    """Every date due, once each, in order, and none before `started`; raises Unclear where two claims do not agree."""
    found = _dues_of(claims, years)
    if started is None or not any(claim.rhythms or claim.recurs for claim in claims):
        return found
    return _not_before(started, found, years)


def _not_before(started: Point, found: tuple[Due, ...], years: Years | None) -> tuple[Due, ...]:
    """“hằng năm, từ năm 2027”: a rhythm begins with its first whole period."""
    if frame_of(started) is not Unit.YEAR:
        raise Unclear("vừa có ngày bắt đầu vừa có nhịp báo cáo")
    year = next(iter(years_of(started.year, years, recurring=False)))
    first = span_of(started, months(year, 1, 12), years or Years.of(year)).start
    left = tuple(due for due in found if due.period and due.period.start >= first)
    if not left:
        raise Unclear("không có kỳ nào sau ngày bắt đầu")
    return left


def _dues_of(claims: list[Claim], years: Years | None) -> tuple[Due, ...]:
    """A span beside a due date is the period it reports on."""
    windows = _all_dues([claim for claim in claims if claim.is_window], years)
    found = _all_dues([claim for claim in claims if not claim.is_window], years)
    if not (windows and found):
        return distinct(windows or found)
    spans = sorted((due.period for due in windows if due.period), key=lambda span: span.end)
    if all(claim.recurs for claim in claims if claim.is_window):
        return distinct(_reporting(due, spans) for due in found)
    others = [claim for claim in claims if not claim.is_window]
    return distinct(
        found + windows if _are_phases(others, found, spans) else _beside_a_span(others, found, spans)
    )


def _are_phases(claims: list[Claim], found: list[Due], spans: list[Period]) -> bool:
    """“xây dựng: tháng 1; triển khai: từ tháng 2 đến tháng 11; tổng kết: tháng 12”: no report comes before its span."""
    once = all(claim.whens and claim.whens[0].is_named and not claim.rhythms for claim in claims)
    return once and any(due.stated < span.start for due in found for span in spans[:1])


def _all_dues(claims: list[Claim], years: Years | None) -> list[Due]:
    found: list[Due] = []
    for claim in claims:
        found += claim_dues(claim, years)
        if len(found) > MOST_DUES:
            raise Unclear("quá nhiều ngày trong một thời hạn")
    return found


def _beside_a_span(claims: list[Claim], found: list[Due], spans: list[Period]) -> list[Due]:
    """A span beside a date is its period; beside a rhythm it is the time in which that runs."""
    rhythmic = [claim.recurs or not claim.whens for claim in claims]
    if not any(rhythmic):
        if any(due.stated < spans[0].end for due in found):
            raise Unclear("ngày hạn đứng trước khi khoảng thời gian kết thúc: theo hạn nào?")
        return [_reporting(due, spans) for due in found]
    within = [due for due in found if any(span.start <= due.stated <= span.end for span in spans)]
    if not (all(claim.recurs for claim in claims) and within):
        raise Unclear("có cả nhịp báo cáo, cả khoảng thời gian: hạn là những ngày nào?")
    return within


def _reporting(due: Due, spans: list[Period]) -> Due:
    """A date with the last span that has ended by it."""
    ended = bisect_right(spans, due.stated, key=lambda span: span.end)
    return replace(due, period=spans[ended - 1]) if ended else due
