"""Lists of obligations: what a unit owes, and one of them in full."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from duties.intents import Which
from duties.message import Choice, Line, Look, Message
from duties.wording.entries import Entry, flags, line, when
from duties.wording.phrases import uncapitalised

MOST = 12
ALL = Choice("Xem danh sách", "/viec")
NOTHING_WAITS = "Không có gì chờ Văn phòng quyết định."
NOTHING = {
    Which.OPEN: "Hiện không còn việc nào chưa hoàn thành.",
    Which.ALL: "Hiện không còn việc nào chưa hoàn thành.",
    Which.OVERDUE: "Không có việc nào quá hạn.",
    Which.DONE: "Chưa có việc nào được ghi nhận hoàn thành.",
}
KINDS = {
    Which.OPEN: "việc chưa hoàn thành",
    Which.ALL: "việc chưa hoàn thành",
    Which.OVERDUE: "việc quá hạn",
    Which.DONE: "việc đã hoàn thành",
}


@dataclass(frozen=True)
class Span:
    """Which of the things owed a list shows; `window` by its name, `later` counts those left for another time."""

    which: Which = Which.OPEN
    month: int | None = None
    window: str = ""
    later: int = 0


def my_duties(
    entries: Sequence[Entry],
    total: int,
    units: Sequence[str],
    today: date,
    span: Span = Span(),
    *,
    may_answer: bool = True,
) -> Message:
    """The first of a unit's `total` things, most urgent first; a chat of several units gets them grouped by unit."""
    if not entries:
        is_all = span == Span()
        return Message((Line(_nothing(span, bool(units))),), () if is_all else (ALL,))
    shown = sorted(entries, key=lambda entry: units.index(entry.unit) if entry.unit in units else 0)
    lines = [Line(_heading(total, units, span), Look.TITLE)]
    for unit, group in groupby(enumerate(shown, start=1), key=lambda numbered: numbered[1].unit):
        if len(units) > 1:
            lines.append(Line(unit, Look.TITLE))
        lines += [Line(line(number, entry, today), Look.ITEM) for number, entry in group]
    lines += _rest(total - len(shown))
    if span.later:
        lines.append(Line(f"Và {span.later} việc của các kỳ sau: gõ /viec tatca hoặc “việc quý 3”."))
    if span.which is not Which.DONE and may_answer:
        lines.append(
            Line("Trả lời, ví dụ: “xong 1”, “2 đang làm”, “2 vướng: …”, “2 xin lùi đến …”.", Look.QUIET)
        )
    choices = () if span.which is Which.OVERDUE else (Choice("Việc quá hạn", "/viec quahan"),)
    return Message(tuple(lines), choices, tuple(entry.id for entry in shown))


def _nothing(span: Span, to_unit: bool) -> str:
    if span.month:
        return f"Không có việc nào đến hạn trong tháng {span.month}."
    if span.window:
        return f"Không có việc nào đến hạn trong {uncapitalised(span.window)}."
    thanks = " Cảm ơn đơn vị." if to_unit and span.which is not Which.DONE else ""
    return NOTHING[span.which] + thanks


def _heading(count: int, units: Sequence[str], span: Span) -> str:
    whose = units[0] if len(units) == 1 else "các đơn vị"
    if span.month:
        return f"{count} việc đến hạn trong tháng {span.month} của {whose}:"
    if span.window:
        return f"{count} việc trong {uncapitalised(span.window)} của {whose}:"
    now = " trong kỳ này" if span.later else ""
    return f"{count} {KINDS[span.which]}{now} của {whose}:"


def no_plan_yet() -> Message:
    return Message(
        (Line("Chưa có kế hoạch nào được xác nhận nên chưa có việc. Gửi tệp kế hoạch vào đây để bắt đầu."),)
    )


def no_such_window(words: str) -> str:
    return f"Chưa rõ kỳ “{words}”. Xin gõ, ví dụ: “việc quý 1”, “việc tháng 6”, “việc 6 tháng”."


def _rest(more: int) -> list[Line]:
    return (
        [Line(f"Và {more} việc khác: gõ “việc tháng 6” (hoặc tháng khác) để xem từng phần.")]
        if more > 0
        else []
    )


def one_item(
    entry: Entry,
    today: date,
    pieces: Sequence[str] = (),
    partners: Sequence[str] = (),
    told: str = "",
) -> Message:
    """One obligation in full, what was told of it, and what can be said of it."""
    lines = [
        Line(f"Việc #{entry.short_code} — {entry.unit}", Look.TITLE),
        Line(f"{entry.code} {entry.content}".strip()),
    ]
    lines += [Line(f"- {piece}", Look.ITEM) for piece in pieces[:8]]
    said = (("kế hoạch ghi", entry.phrase), ("Văn phòng hiểu là", entry.set_to))
    words = "; ".join(f"{who}: “{phrase}”" for who, phrase in said if phrase)
    phrase = f" ({words})" if words else ""
    lines.append(Line(f"Thời hạn: {when(entry, today).removeprefix('hạn ')}{phrase}."))
    if partners:
        lines.append(Line(f"Phối hợp: {', '.join(partners)}."))
    state = "; ".join(flags(entry))
    if state:
        lines.append(Line(f"Tình hình: {state}."))
    if told:
        lines.append(Line(f"Đã báo: {told}."))
    return Message(tuple(lines), offers(entry) if entry.done_on is None else (ALL,))


def offers(entry: Entry) -> tuple[Choice, ...]:
    """What is most often said of something open."""
    code = f"#{entry.short_code}"
    return (Choice("Đã xong", f"xong {code}"), Choice("Đang làm", f"{code} đang làm"), ALL)


def asks_which(message: Message) -> bool:
    """Whether it is the question below: a choice for each thing, named by its code."""
    return bool(message.listed and message.choices) and all(
        re.fullmatch(r"#\w+", choice.label) for choice in message.choices
    )


def which_one(entries: Sequence[Entry], today: date, says: str, question: str) -> Message:
    """Ask which of several is meant; `says` is what is said of it, with {} for its code."""
    lines = [Line(question)]
    lines += [
        Line(line(number, entry, today), Look.ITEM) for number, entry in enumerate(entries[:MOST], start=1)
    ]
    choices = tuple(
        Choice(f"#{entry.short_code}", says.replace("{}", f"#{entry.short_code}")) for entry in entries[:6]
    )
    return Message(tuple(lines), choices, tuple(entry.id for entry in entries[:MOST]))


def is_of_plan(number: int) -> str:
    return f"“@{number}” là số thứ tự trong kế hoạch; xin ghi mã của việc, ví dụ “xong #A12”."


def no_such_number(number: int, length: int) -> str:
    return (
        f"Danh sách gần nhất chỉ có {length} việc, không có số {number}. Gõ /viec để xem lại."
        if length
        else f"Chưa rõ số {number} là việc nào. Gõ /viec để xem danh sách rồi trả lời theo số."
    )


def no_such_code(code: str, withdrawn: bool) -> str:
    if withdrawn:
        return f"Việc #{code} đã được Văn phòng rút; không cần báo cáo nữa. Gõ /viec để xem danh sách."
    return f"Không có việc nào mang mã #{code}. Gõ /viec để xem danh sách."


def office_asks(entries: Sequence[Entry], unit: str, today: date, total: int) -> Message:
    """The first of `total` things that the office calls to mind by itself, between the letters."""
    lines = [Line(f"Kính gửi {unit}, Văn phòng đề nghị quan tâm {len(entries)} việc sau:", Look.TITLE)]
    lines += [Line(line(number, entry, today), Look.ITEM) for number, entry in enumerate(entries, start=1)]
    if total > len(entries):
        lines.append(Line(f"Và {total - len(entries)} việc khác: /viec."))
    lines.append(Line("Trả lời, ví dụ: “xong 1”, “1 đang làm”, “1 vướng: …”.", Look.QUIET))
    return Message(tuple(lines), (ALL,), tuple(entry.id for entry in entries))
