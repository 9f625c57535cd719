"""A Summary in words that fit one message: the four values, who holds what is late, obstacles, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from duties.facts import Fact
from duties.freeze import Change, Frozen
from duties.message import Choice, Line, Look, Message
from duties.summary import Counts, Summary
from duties.thresholds import Target
from duties.wording import summary_lists as lists
from duties.wording.dates import day
from duties.wording.entries import counted, shortened
from duties.wording.numbers import whole
from duties.wording.summary_lists import about, holders, listed, without_zeros
from duties.workdays import day_of

# The smallest channel takes 2,000 characters; the choices stand below as numbered lines where there are no buttons.
LONGEST = 1700
OCCASION_LINE = 1
KINDS_SHOWN = 12
OTHER_WINDOWS = (("Quý này", "/tonghop quý này"), ("6 tháng", "/tonghop 6 tháng"), ("Cả năm", "/tonghop năm"))
DOCUMENTS = (("Word", "word"), ("Excel", "excel"), ("Biểu đồ", "biểu đồ"), ("Minh chứng", "minh chứng"))


@dataclass(frozen=True)
class Room:
    """How many of each are shown; what matters least gives way first."""

    overdue: int
    obstacles: int
    units: int
    carried: int
    coming: int
    changes: int = 3
    nearest: int = 3


ROOMS = (
    Room(8, 5, 40, 5, 6, 5),
    Room(8, 5, 15, 3, 4),
    Room(6, 3, 10, 2, 2),
    Room(5, 2, 6, 0, 1, 2, 2),
    Room(3, 1, 4, 0, 0, 1, 1),
    Room(1, 0, 0, 0, 0, 0, 0),
)


@dataclass(frozen=True)
class Told:
    """A summary with what is said around it.

    `whose` it is; `asked` are the words by which the same can be asked again; `occasion`: why it comes, where nobody
    asked for it. `serious` is what is overdue since `serious_after` working days or more: a leader is told it first.
    """

    summary: Summary
    whose: str
    asked: str = ""
    for_unit: bool = False
    lacking: str = ""
    occasion: str = ""
    target: Target | None = None
    serious: tuple[Fact, ...] = ()
    serious_after: int = 0


def summary(told: Told) -> Message:
    """The summary of an agency, or of a part of it; shortened, the least important first, until it fits."""
    lines: list[Line] = []
    for room in ROOMS:
        lines = _lines(told, room)
        if sum(len(line.text) + 1 for line in lines) <= LONGEST:
            break
    return Message(tuple(_cut(lines)), _choices(told))


def _choices(told: Told) -> tuple[Choice, ...]:
    """Documents of what is shown, then other windows."""
    asked = f" {told.asked}" if told.asked else ""
    documents = () if told.summary.is_empty else DOCUMENTS
    return tuple(Choice(label, f"{says}{asked}") for label, says in documents) + tuple(
        Choice(label, says) for label, says in OTHER_WINDOWS
    )


def _cut(lines: Sequence[Line]) -> list[Line]:
    kept, room = [], LONGEST
    for line in lines:
        room -= len(line.text) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def _lines(told: Told, room: Room) -> list[Line]:
    """The most important first."""
    found = told.summary
    lines = _head(told) + _target(told.target, room.nearest) + _compared(found) + _beside(found)
    lines += _changes(found.frozen, room.changes) + _lists(told, room)
    return lines + ([Line(told.lacking)] if told.lacking else [])


def _head(told: Told) -> list[Line]:
    """Of whom, until when, and the four values."""
    found = told.summary
    whose = f" — {told.whose}" if told.whose else ""
    lines = [Line(f"Tổng hợp {small(found.window.name)}{whose}", Look.TITLE)]
    lines += [Line(told.occasion)] if told.occasion else []
    lines.append(Line(_as_of(found), Look.QUIET))
    if found.window.data.start > found.as_of:
        lines.append(Line(f"Kỳ này từ ngày {day(found.window.span.start)}, chưa bắt đầu."))
    if found.obligations.total or found.ongoing_total:
        return lines + _totals(found, told.for_unit)
    return [*lines, Line("Không có phần việc nào đến hạn trong kỳ.")]


def _lists(told: Told, room: Room) -> list[Line]:
    """What is late, what stands in the way, who is how far, what comes next; a unit's own need not repeat its name."""
    found = told.summary
    more = f": gõ “excel {told.asked}”" if told.asked else ""
    named = len(found.by_unit) > 1 or not told.for_unit
    overdue, obstacle, coming = (
        partial(say, named=named) for say in (lists.overdue, lists.obstacle, lists.coming)
    )
    told_first = {fact.obligation_id for fact in told.serious}
    late = [fact for fact in found.overdue if fact.obligation_id not in told_first]
    before = [fact for fact in found.carried_over if fact.is_open and fact.obligation_id not in told_first]
    serious = f"Quá hạn từ {told.serious_after} ngày làm việc trở lên"
    others = "Quá hạn khác" if told.serious else "Quá hạn"
    return [
        *listed(serious, told.serious, room.overdue, overdue, more),
        *listed(others, late, room.overdue, overdue, more),
        *listed("Vướng mắc", found.obstacles, room.obstacles, obstacle, more),
        *lists.units(found.by_unit, room.units),
        *_quantities(found, told.for_unit),
        *listed("Kỳ trước chuyển sang, chưa xong", before, room.carried, overdue, more),
        *listed("Sắp tới", found.coming, room.coming, coming, more),
    ]


def _as_of(found: Summary) -> str:
    said = data_until(found.as_of)
    if found.frozen is None:
        return f"{said}."
    return f"{said}, {closed(found.frozen)}."


def closed(frozen: Frozen) -> str:
    """“đã chốt ngày 16/06/2022 (Nguyễn A)”."""
    by = f" ({frozen.by})" if frozen.by else ""
    return f"đã chốt ngày {day(day_of(frozen.at))}{by}"


def data_until(as_of: date) -> str:
    """“Số liệu tính đến hết ngày 14/06/2022”."""
    return f"Số liệu tính đến hết ngày {day(as_of)}"


def small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _totals(summary: Summary, for_unit: bool) -> list[Line]:
    """The four values twice: of what the plan asks for, and of what the units answer for. A unit has only its own."""
    obligations, occurrences = summary.obligations, summary.occurrences
    if not obligations.total:
        return []
    if for_unit:
        return [Line(f"{whole(obligations.total)} phần việc đến hạn trong kỳ: {_values(obligations)}.")]
    return [
        Line(f"{whole(occurrences.total)} nhiệm vụ đến hạn trong kỳ: {_values(occurrences)}."),
        Line(f"{whole(obligations.total)} phần việc của các đơn vị: {_values(obligations)}."),
    ]


def _beside(summary: Summary) -> list[Line]:
    """What stands outside the denominators, and what the office granted or sent back."""
    said = (
        (
            f"Thường xuyên: đã báo cáo {summary.ongoing_reported}/{summary.ongoing_total}.",
            summary.ongoing_total,
        ),
        (
            f"Kỳ trước chuyển sang: {whole(len(summary.carried_over))} phần việc (không tính vào tỷ lệ).",
            summary.carried_over,
        ),
        (
            f"Không áp dụng: {whole(len(summary.not_applicable))} phần việc (không tính).",
            summary.not_applicable,
        ),
        (f"Được gia hạn: {whole(len(summary.extended))} phần việc.", summary.extended),
        (f"Văn phòng trả lại, chưa báo cáo lại: {whole(len(summary.returned))} phần việc.", summary.returned),
    )
    return [Line(words) for words, any_of_it in said if any_of_it]


def target_words(target: Target | None, most: int = 0) -> str:
    """“Còn 3 nhiệm vụ nữa thì vượt 90%, gần nhất: 1.1 … (Phòng A giữ); …”; nothing when no threshold is left."""
    if target is None:
        return ""
    verb = "vượt" if target.threshold.above else "đạt"
    words = f"Còn {whole(target.missing)} nhiệm vụ nữa thì {verb} {target.threshold.percent}%"
    named = "; ".join(
        f"{about(held[0], 50)} ({holders(held, lambda _: '')} giữ)" for held in target.nearest[:most]
    )
    more = f" và {whole(target.missing - most)} nhiệm vụ khác" if named and target.missing > most else ""
    return f"{words}{f', gần nhất: {named}{more}' if named else ''}."


def _target(target: Target | None, most: int) -> list[Line]:
    words = target_words(target, most)
    return [Line(words)] if words else []


def _compared(summary: Summary) -> list[Line]:
    """“So với quý I năm 2026: tỷ lệ hoàn thành 66,7%, kỳ trước 80% (giảm 13,3 điểm %).”"""
    before, rate = summary.before, summary.occurrences.rate
    if before is None or rate is None or before.occurrences.rate is None:
        return []
    was = before.occurrences.rate
    change = abs(round(rate * 100, 1) - round(was * 100, 1))
    moved = "không đổi" if not change else f"{'tăng' if rate > was else 'giảm'} {_number(change)} điểm %"
    counts = f"{whole(before.occurrences.done)}/{whole(before.occurrences.total)} nhiệm vụ"
    return [Line(f"So với {small(before.window.name)} (hoàn thành {counts}, {percent(was)}%): {moved}.")]


def _changes(frozen: Frozen | None, most: int) -> list[Line]:
    """“Sau khi chốt: 2 việc đổi: 1.1 … (Phòng A: hoàn thành quá hạn); …”"""
    if frozen is None or not frozen.changes:
        return []
    said = "; ".join(_change(change) for change in frozen.changes[:most])
    more = len(frozen.changes) - most
    rest = f" và {more} việc khác" if said and more > 0 else ""
    return [
        Line(f"Sau khi chốt: {whole(len(frozen.changes))} phần việc đổi{f': {said}{rest}' if said else ''}.")
    ]


def _change(change: Change) -> str:
    fact = change.about
    became = change.value.label if change.value else "không còn tính"
    return f"{about(fact, 40)} ({shortened(fact.unit, 40)}: {'mới, ' if change.then is None else 'nay '}{became})"


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
    return without_zeros(said) + _rate(counts)


def _rate(counts: Counts) -> str:
    """“ (hoàn thành 3/4, 75%; đúng hạn 50%)”."""
    if counts.rate is None or counts.on_time_rate is None:
        return ""
    on_time = f"; đúng hạn {percent(counts.on_time_rate)}%" if counts.late else ""
    return f" (hoàn thành {whole(counts.done)}/{whole(counts.total)}, {percent(counts.rate)}%{on_time})"


def percent(rate: float) -> str:
    """“66,7”."""
    return _number(rate * 100)


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")


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
        "/tonghop từ 15/3 đến 14/6, /tonghop Phòng …, /tonghop kế hoạch 485, /tonghop nhóm …"
    )


def no_such_unit(name: str, *, may_list: bool) -> str:
    where = "; gõ /donvi để xem tên các đơn vị" if may_list else ""
    return f"Không có đơn vị tên “{shortened(name, 60)}”{where}."


def no_such_group(name: str) -> str:
    return f"Không có nhóm nhiệm vụ nào là “{shortened(name, 60)}”; xin ghi vài chữ trong tên nhóm như trong kế hoạch."


def backwards(words: str) -> str:
    return (
        f"“{shortened(words, 60)}”: ngày cuối trước ngày đầu; xin ghi lại, ví dụ: từ 15/3/2026 đến 14/6/2026."
    )


def no_such_plan(number: str) -> str:
    return f"Không có kế hoạch số “{number}” đang thực hiện; gõ /kehoach để xem các kế hoạch."
