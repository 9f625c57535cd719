"""A Summary in words that fit one message: the four values, who holds what is late, obstacles, what comes next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from duties.facts import Fact
from duties.message import Choice, Line, Look, Message
from duties.summary import Counts, Summary, UnitLine
from duties.wording.dates import day
from duties.wording.entries import counted, shortened, spoken

LONGEST = 3500
OCCASION_LINE = 1
OVERDUE_SHOWN, OBSTACLES_SHOWN, COMING_SHOWN, CARRIED_SHOWN, KINDS_SHOWN = 8, 5, 6, 5, 12
NEXT = (("Quý này", "/tonghop quý này"), ("6 tháng", "/tonghop 6 tháng"), ("Cả năm", "/tonghop năm"))


def summary(
    summary: Summary, whose: str, *, for_unit: bool = False, lacking: str = "", occasion: str = ""
) -> Message:
    """The summary of an agency, or of the units a chat serves; shortened line by line until it fits.

    `occasion`: why it comes, where nobody asked for it.
    """
    for scale in (1.0, 0.6, 0.3, 0.0):
        lines = _lines(summary, whose, scale, for_unit)
        lines[OCCASION_LINE:OCCASION_LINE] = [Line(occasion)] if occasion else []
        if sum(len(line.text) + 1 for line in lines) <= LONGEST:
            break
    lines += [Line(lacking)] if lacking else []
    return Message(tuple(_cut(lines)), tuple(Choice(label, says) for label, says in NEXT))


def _cut(lines: Sequence[Line]) -> list[Line]:
    kept, room = [], LONGEST
    for line in lines:
        room -= len(line.text) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def _lines(summary: Summary, whose: str, scale: float, for_unit: bool) -> list[Line]:
    lines = [
        Line(f"Tổng hợp {_window(summary)}" + (f" — {whose}" if whose else ""), Look.TITLE),
        Line(f"Số liệu tính đến hết ngày {day(summary.as_of)}.", Look.QUIET),
    ]
    if not summary.obligations.total and not summary.ongoing_total:
        lines.append(Line("Không có phần việc nào đến hạn trong kỳ."))
    else:
        lines += _totals(summary, for_unit)
        lines += _by_unit(summary.by_unit, scale) if len(summary.by_unit) > 1 else []
    lines += _quantities(summary, for_unit)
    lines += _section("Quá hạn", summary.overdue, OVERDUE_SHOWN, scale, _overdue)
    lines += _section("Vướng mắc", summary.obstacles, OBSTACLES_SHOWN, scale, _obstacle)
    open_before = [fact for fact in summary.carried_over if fact.is_open]
    lines += _section("Kỳ trước chuyển sang, chưa xong", open_before, CARRIED_SHOWN, scale, _overdue)
    lines += _section("Sắp tới", summary.coming, COMING_SHOWN, scale, _coming)
    return lines


def _window(summary: Summary) -> str:
    return small(summary.window.name)


def small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _totals(summary: Summary, for_unit: bool) -> list[Line]:
    """The four values twice: of what the plan asks for, and of what the units answer for. A unit has only its own."""
    lines = []
    if summary.obligations.total and for_unit:
        lines.append(
            Line(f"{summary.obligations.total} phần việc đến hạn trong kỳ: {_values(summary.obligations)}.")
        )
    elif summary.obligations.total:
        lines.append(
            Line(f"{summary.occurrences.total} nhiệm vụ đến hạn trong kỳ: {_values(summary.occurrences)}.")
        )
        lines.append(
            Line(f"{summary.obligations.total} phần việc của các đơn vị: {_values(summary.obligations)}.")
        )
    if summary.ongoing_total:
        lines.append(Line(f"Thường xuyên: đã báo cáo {summary.ongoing_reported}/{summary.ongoing_total}."))
    if summary.carried_over:
        lines.append(
            Line(f"Kỳ trước chuyển sang: {len(summary.carried_over)} phần việc (không tính vào tỷ lệ).")
        )
    if summary.not_applicable:
        lines.append(Line(f"Không áp dụng: {len(summary.not_applicable)} phần việc (không tính)."))
    return lines


def _quantities(summary: Summary, for_unit: bool) -> list[Line]:
    """“Số liệu các đơn vị báo: 12 tin, 8 bài, 3 hội nghị.”"""
    if not summary.quantities:
        return []
    shown, more = summary.quantities[:KINDS_SHOWN], len(summary.quantities) - KINDS_SHOWN
    rest = f" và {more} loại khác" if more > 0 else ""
    return [Line(f"Số liệu {'đơn vị' if for_unit else 'các đơn vị'} báo: {counted(shown)}{rest}.")]


def _values(counts: Counts) -> str:
    said = (
        ("hoàn thành đúng hạn", counts.on_time),
        ("hoàn thành quá hạn", counts.late),
        ("chưa hoàn thành còn hạn", counts.open),
        ("chưa hoàn thành quá hạn", counts.overdue),
    )
    return _without_zeros(said) + _rate(counts)


def _without_zeros(said: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in said if count)


def _rate(counts: Counts) -> str:
    rate = counts.rate
    return "" if rate is None else f" (hoàn thành {counts.done}/{counts.total}, {percent(rate)}%)"


def percent(rate: float) -> str:
    return f"{rate * 100:.1f}".replace(".", ",").removesuffix(",0")


def _by_unit(units: Sequence[UnitLine], scale: float) -> list[Line]:
    if not units:
        return []
    short = scale < 1
    return [Line("Theo đơn vị:", Look.TITLE)] + [Line(_unit(unit, short), Look.ITEM) for unit in units]


def _unit(unit: UnitLine, short: bool) -> str:
    """“- Văn phòng Sở: 3 việc, xong đúng hạn 1, còn hạn 2; thường xuyên đã báo cáo 1/4”."""
    counts = unit.counts
    values = (
        ("xong đúng hạn", counts.on_time),
        ("xong quá hạn", counts.late),
        ("còn hạn", counts.open),
        ("chưa xong, đã quá hạn", counts.overdue),
    )
    own = f"{counts.total} việc, {_without_zeros(values)}" if counts.total else ""
    reported = f"thường xuyên đã báo cáo {unit.ongoing_reported}/{unit.ongoing_total}"
    ongoing = reported if unit.ongoing_total else ""
    carried = f"kỳ trước chuyển sang {unit.carried_over}" if unit.carried_over else ""
    said = "; ".join(part for part in (own, ongoing, carried) if part)
    return f"- {shortened(unit.unit, 40) if short else unit.unit}: {said}"


def _section(
    title: str, facts: Sequence[Fact], most: int, scale: float, say: Callable[[Fact], str]
) -> list[Line]:
    """At most so many of them, fewer where the whole would not fit; the rest is counted."""
    if not facts:
        return []
    shown = facts[: max(1, int(most * scale)) if scale else 0]
    more = len(facts) - len(shown)
    lines = [Line(f"{title} ({len(facts)}){':' if shown else '.'}", Look.TITLE)]
    lines += [Line(f"- {say(fact)}", Look.ITEM) for fact in shown]
    return [*lines, Line(f"- và {more} việc khác.", Look.ITEM)] if more and shown else lines


def _about(fact: Fact) -> str:
    words = spoken(
        fact.code, fact.content, 70, kind=fact.kind, receiver=fact.receiver, period=fact.period_name
    )
    return f"{fact.unit}: {words}"


def _first(fact: Fact) -> str:
    """Of what was extended, the day it was first due."""
    return f" (hạn ban đầu {day(fact.original_last_day)})" if fact.extended and fact.original_last_day else ""


def _overdue(fact: Fact) -> str:
    due = f", hạn {day(fact.due)}{_first(fact)}" if fact.due else ""
    flag = ", đang làm" if fact.in_progress else ", Văn phòng trả lại" if fact.returned else ""
    return f"{_about(fact)}{due}{flag}"


def _obstacle(fact: Fact) -> str:
    return f"{_about(fact)} — “{shortened(fact.obstacle, 90)}”"


def _coming(fact: Fact) -> str:
    return f"{day(fact.due)}: {_about(fact)}{_first(fact)}" if fact.due else _about(fact)


def report_due(window: str, due: date, days: int, today: date) -> str:
    """“Báo cáo quý I năm 2023 cần gửi chậm nhất ngày 20/03/2023, còn 2 ngày làm việc.”"""
    left = {-1: "đã quá ngày gửi", 0: "hôm nay là ngày cuối"}.get(
        (due > today) - (due < today), f"còn {days} ngày làm việc"
    )
    return f"Báo cáo {small(window)} cần gửi chậm nhất ngày {day(due)}, {left}."


def unchanged(message: Message, window: str, since: date) -> Message:
    """The second telling of numbers that have not moved."""
    same = Line(f"Số liệu không thay đổi so với tin ngày {day(since)}.")
    again = Choice("Xem lại", f"/tonghop {small(window)}")
    return Message((*message.lines[: OCCASION_LINE + 1], same), (again,))


def not_understood(words: str) -> str:
    return (
        f"Chưa hiểu “{shortened(words, 60)}”. Ví dụ: /tonghop quý 2, /tonghop 6 tháng, /tonghop tháng 5, "
        "/tonghop từ 15/3 đến 14/6, /tonghop Phòng …"
    )
