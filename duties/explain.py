"""Explain: a Deadline said back in one Vietnamese sentence, made from its dates and not from its words.

What stands before the dash can be read again and gives the same dates; after it come the last days and what we do.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import groupby, pairwise
from textwrap import shorten

from duties.deadline import Deadline, Due, OffsetUnit, Period, Reading, Years
from duties.moments import Unit, frames
from duties.series import Series, series_in
from duties.wording.dates import QUARTERS

DASH = " — "
_MOST_LISTED = 6
_MOST_QUOTED = 160
_MOST_IN_A_LIST = 8

_UNDATED = {
    Reading.ONGOING: "Thường xuyên — không có hạn riêng; mỗi kỳ báo cáo được hỏi một lần",
    Reading.ON_REQUEST: "Khi có yêu cầu — chưa có hạn cho đến khi được yêu cầu",
    Reading.OTHER_PLAN: "Theo kế hoạch khác — chưa có hạn cho đến khi biết ngày của kế hoạch đó",
}
_ALSO = {
    Reading.ONGOING: "thực hiện thường xuyên",
    Reading.ON_REQUEST: "và khi có yêu cầu",
    Reading.OTHER_PLAN: "và theo kế hoạch khác",
}
_UNITS = {OffsetUnit.DAY: "ngày", OffsetUnit.WORKING_DAY: "ngày làm việc", OffsetUnit.MONTH: "tháng"}


_Kind = tuple[bool, time]
"""Whether the stated day is the last, and the hour: dues that one governor can have."""
_ON_THE_DAY: _Kind = (True, time.max)


def explain(deadline: Deadline, years: Years | None) -> str:
    """The sentence we read back to the office."""
    match deadline.reading:
        case Reading.DATED:
            return _dated(deadline, years)
        case Reading.AFTER_EVENT:
            return f"{_within(deadline)} — hạn được tính khi Văn phòng ghi ngày đó"
        case Reading.UNREAD:
            return _question(deadline)
        case _:
            start, dash, rest = _UNDATED[deadline.reading].partition(DASH)
            return _with_others(start, deadline) + dash + rest


def _with_others(said: str, deadline: Deadline) -> str:
    """“Hằng quý và khi có yêu cầu”, “Hạn cuối quý I, thực hiện thường xuyên”."""
    for other in (_ALSO[reading] for reading in deadline.also if reading in _ALSO):
        said += f" {other}" if other.startswith("và") else f", {other}"
    return said


def _question(deadline: Deadline) -> str:
    if not deadline.phrase.strip(" -–—.…"):
        return "Xin cho biết thời hạn — kế hoạch không ghi"
    quoted = shorten(deadline.phrase, _MOST_QUOTED, placeholder=" …")
    return f"Xin cho biết thời hạn — chưa đọc được “{quoted}”: {deadline.why}"


def _within(deadline: Deadline) -> str:
    if deadline.offset is None:
        return f"Sau khi {deadline.event}"
    count = f"{deadline.offset.n:g}".replace(".", ",")
    return f"Trong {count} {_UNITS[deadline.offset.unit]} kể từ ngày {deadline.event}"


def _dated(deadline: Deadline, years: Years | None) -> str:
    groups: dict[_Kind, list[Due]] = {}
    for due in deadline.due:
        groups.setdefault((due.last_day == due.stated, due.at or time.max), []).append(due)
    alone = len(deadline.due) == 1
    clauses = [clause for kind in sorted(groups) for clause in _clauses(kind, groups[kind], years, alone)]
    said = "; ".join(clauses)
    said = _with_others(said[0].upper() + said[1:], deadline)
    notes = [note for note in (_last_days(deadline.due, clauses, years), _after(deadline)) if note]
    return DASH.join([said, "; ".join(notes)]) if notes else said


def _clauses(kind: _Kind, dues: list[Due], years: Years | None, alone: bool) -> list[str]:
    """Days first, periods last: so no rhythm is taken to govern a date of another clause."""
    if alone and kind == _ON_THE_DAY and _is_span(dues[0]):
        return [_span(dues[0])]
    named = [due for due in dues if kind == _ON_THE_DAY and _ends_a_period(due)]
    odd = {due.stated for due in dues if due not in named}
    recurring = {due.stated for due in dues if due.period and due.stated in odd}
    found, rest = series_in([due.stated for due in dues], years, of_interest=recurring)
    said = [*_series_said(found), *_days([day for day in rest if day in odd], years)]
    left = [due for due in named if due.stated in rest]
    return [f"{_governor(kind)} {one}" for one in said] + _named_clauses(
        left, years, alone, {due.stated for due in dues}
    )


def _ends_a_period(due: Due) -> bool:
    """Whether it is the end of a month, quarter, half, year or of several whole months."""
    whole = (
        due.period is not None and due.period.start.day == 1 and (due.period.end + timedelta(days=1)).day == 1
    )
    return whole and due.period is not None and due.period.end == due.stated


def _is_span(due: Due) -> bool:
    """“từ ngày 20/8 đến ngày 29/8”."""
    return due.period is not None and due.period.end == due.stated and not _ends_a_period(due)


def _span(due: Due) -> str:
    start = due.period.start if due.period else due.stated
    return f"từ ngày {_full(start)} đến ngày {_full(due.stated)}"


def _governor(kind: _Kind) -> str:
    on_time, at = kind
    if at != time.max:
        return f"trước {at:%Hh%M}"
    return "chậm nhất" if on_time else "trước"


def _series_said(found: list[Series]) -> list[str]:
    """Each series in words; those of a year together: “ngày 30/6 và 31/12 hằng năm”."""
    yearly = [f"{one.day}/{one.month}" for one in found if one.unit is Unit.YEAR]
    said = [_series(group) for group in _together([one for one in found if one.unit is not Unit.YEAR])]
    return said + ([f"ngày {_and(yearly)} hằng năm"] if yearly else [])


def _together(found: list[Series]) -> Iterator[list[Series]]:
    """Series that differ in their day alone: “ngày 1 và 15 hằng tháng”, “thứ Hai và thứ Năm hằng tuần”."""
    groups: dict[tuple[Unit, int, int, int | None, bool], list[Series]] = {}
    for one in found:
        last_of_month = one.day == 31 and one.unit is not Unit.WEEK
        groups.setdefault((one.unit, one.month, one.shift, one.year, last_of_month), []).append(one)
    return (sorted(group, key=lambda one: one.day) for group in groups.values())


def _series(group: list[Series]) -> str:
    one = group[0]
    year = f" năm {one.year}" if one.year else ""
    day = "ngày cuối cùng" if one.day == 31 else f"ngày {_and([str(other.day) for other in group])}"
    match one.unit, one.shift:
        case Unit.WEEK, _:
            return f"{_and([_weekday(other.day) for other in group])} hằng tuần{year}"
        case Unit.MONTH, 0:
            return f"{day} hằng tháng{year}"
        case Unit.MONTH, _:
            return f"{day} của tháng sau"
        case Unit.QUARTER, 0:
            return f"{day} của tháng {('đầu', 'thứ hai', 'cuối')[one.month - 1]} hằng quý{year}"
        case _:
            return f"{day} của tháng {('đầu', 'thứ hai', 'cuối')[one.month - 1]} quý sau"


def _weekday(day: int) -> str:
    return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[day]


def _days(days: Sequence[date], years: Years | None) -> list[str]:
    """“ngày 15 các tháng 3, 6, 9, 12”, “ngày 30/6 và 30/11”, with the year where it is not the plan's."""
    if not days:
        return []
    home = years.first if years and years.is_single else None
    if len(days) > _MOST_IN_A_LIST and {(after - day).days for day, after in pairwise(days)} == {7}:
        span = f"từ ngày {_full(days[0])} đến ngày {_full(days[-1])}"
        return [f"{_weekday(days[0].weekday())} hằng tuần, {span}"]
    if any(day.year != home for day in days):
        return ["ngày " + _and([_full(day) for day in days])]
    if len(days) > 2 and len({day.day for day in days}) == 1:
        return [f"ngày {days[0].day} các tháng {', '.join(str(day.month) for day in days)}"]
    return ["ngày " + _and([_short(day) for day in days])]


def _named_clauses(dues: list[Due], years: Years | None, alone: bool, known: set[date]) -> list[str]:
    spans = [due.period for due in dues if due.period]
    if not spans:
        return []
    rhythm = _rhythm(spans, years, known)
    if rhythm:
        return [rhythm]
    by_year = [list(same) for _, same in groupby(spans, key=lambda span: span.end.year)]
    if len(by_year) == 1:
        return [_in_a_year(spans)] if all(_is_short(span) for span in spans) else _each(spans, alone)
    whole = [_rhythm(same, Years.of(same[0].end.year), known) for same in by_year]
    said = [f"{words} năm {same[0].end.year}" for words, same in zip(whole, by_year, strict=True) if words]
    left = [span for words, same in zip(whole, by_year, strict=True) if not words for span in same]
    return [*_each(left, alone), *said]


def _in_a_year(spans: list[Period]) -> str:
    """“hạn cuối quý II và cuối quý IV năm 2026”."""
    return f"hạn {_and([f'cuối {_name(span)}' for span in spans])} năm {spans[0].end.year}"


def _each(spans: list[Period], alone: bool) -> list[str]:
    said = [_one_span(span, alone) for span in spans]
    return [one if one.startswith("từ") else f"hạn {one}" for one in said]


def _rhythm(spans: list[Period], years: Years | None, known: set[date]) -> str:
    """“hằng tháng”, “hằng quý”, “hằng năm” where every one of them is there; some may be said already."""
    if years is None or len(spans) < 2:
        return ""
    halves = [span for year in years for span in frames(Unit.HALF, year)]
    if spans == halves:
        return "định kỳ 6 tháng"
    days = [span.end for span in spans]
    if len(spans) > 2 and days == [span.end for span in halves]:
        return "định kỳ 6 tháng và hằng năm"
    said = {Unit.MONTH: "hằng tháng", Unit.QUARTER: "hằng quý", Unit.YEAR: "hằng năm"}
    for unit, words in said.items():
        ends = {span.end for year in years for span in frames(unit, year)}
        if set(days) <= ends <= known and 2 * len(days) > len(ends):
            return words
    return ""


def _is_short(span: Period) -> bool:
    """One month or one calendar quarter."""
    months = span.end.month - span.start.month + 1
    return span.start.year == span.end.year and (months == 1 or (months == 3 and span.end.month % 3 == 0))


def _name(span: Period) -> str:
    if span.start.month == span.end.month:
        return f"tháng {span.end.month}"
    return f"quý {QUARTERS[span.end.month // 3 - 1]}"


def _one_span(span: Period, alone: bool) -> str:
    first, last, year = span.start, span.end, span.end.year
    if first.year != year:
        whole = (first.month, last.month) == (1, 12)
        return f"cuối giai đoạn {first.year}-{year}" if whole else _from_to(span, alone)
    if _is_short(span):
        return f"cuối {_name(span)} năm {year}"
    if (first.month, last.month) == (1, 12):
        return f"cuối năm {year}"
    if first.month == 1:
        return f"đến hết {last.month} tháng đầu năm {year}"
    if last.month == 12:
        return f"đến hết {13 - first.month} tháng cuối năm {year}"
    return _from_to(span, alone)


def _from_to(span: Period, alone: bool) -> str:
    """Beside another date “từ … đến …” would be its period, so a dash stands for it."""
    same = span.start.year == span.end.year
    first = f"tháng {span.start.month}" if same else f"tháng {span.start.month}/{span.start.year}"
    last = f"tháng {span.end.month}/{span.end.year}"
    return f"từ {first} đến {last}" if alone else f"{first} - {last}"


def _last_days(dues: tuple[Due, ...], clauses: list[str], years: Years | None) -> str:
    """The last days that are on time, where the words before the dash do not name them."""
    recurring = any(word in clause for clause in clauses for word in ("hằng", "định kỳ", "sau"))
    if not recurring and all(due.last_day == due.stated for due in dues):
        return ""
    home = years.first if years and years.is_single else None
    last = [_short(due.last_day) if due.last_day.year == home else _full(due.last_day) for due in dues]
    if len(last) > _MOST_LISTED:
        return f"hạn cuối từ {last[0]} đến {last[-1]}, {len(last)} lần"
    return f"hạn cuối {', '.join(last)}"


def _after(deadline: Deadline) -> str:
    return f"ngoài ra sau khi {deadline.event}" if deadline.event else ""


def _and(words: Sequence[str]) -> str:
    return " và ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"


def _full(day: date) -> str:
    return f"{day:%d/%m/%Y}"
