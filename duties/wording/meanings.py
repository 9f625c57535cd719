"""What a duty means, said back after the office set it: dates, events, and what became of the obligations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from duties.deadline import Deadline, Offset, OffsetUnit
from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day
from duties.wording.entries import Entry, shortened, titled
from duties.wording.plans import PAST_CHOICES

SHOWN = 8
A_DAY_OF_A_QUARTER = re.compile(r"quý|quy|3 tháng", re.IGNORECASE)
A_DAY = re.compile(r"ngày\s*(\d{1,2})(?![\d/.-])|(?<![\d/.-])ngay\s*(\d{1,2})(?![\d/.-])", re.IGNORECASE)


UNITS = {OffsetUnit.DAY: "ngày", OffsetUnit.WORKING_DAY: "ngày làm việc", OffsetUnit.MONTH: "tháng"}


@dataclass(frozen=True)
class Became:
    """What became of a duty's obligations."""

    made: Sequence[Entry] = ()
    moved: Sequence[Entry] = ()
    withdrawn: Sequence[Entry] = ()
    kept: Sequence[Entry] = ()
    past: int = 0


def duty_given(code: str, unit: str, became: Became, *, has_date: bool) -> Message:
    """A duty in force has its unit; without a date it still makes nobody owe anything."""
    lines = [Line(f"Nhiệm vụ {code}: giao {unit} chủ trì.")]
    if not has_date:
        lines.append(Line(f"Nhiệm vụ chưa có hạn nên chưa nhắc được; gõ “{code} hạn …” để đặt hạn."))
    return with_changes(Message(tuple(lines)), became)


def meaning_set(
    code: str, deadline: Deadline, printed: str, became: Became, *, has_unit: bool = True
) -> Message:
    """What the office's words were understood to mean beside the plan's own, and what changed by it."""
    text = f"Nhiệm vụ {code}: {deadline.says.rstrip('.')} (kế hoạch ghi “{shortened(printed, 80) or 'không ghi'}”)."
    nobody = f"Nhiệm vụ chưa giao đơn vị nào nên chưa ai được nhắc; gõ “{code} giao Phòng …” để giao."
    lines = (Line(text),) if has_unit else (Line(text), Line(nobody))
    return with_changes(Message(lines), became)


def event_recorded(
    code: str, event: str, on: date, due: date, counted: Offset | None, became: Became
) -> Message:
    """“Đã ghi: nhiệm vụ 2.3, nhận được hồ sơ, ngày 12/04/2026. Hạn 17/04/2026 (5 ngày làm việc, không tính ngày đầu).”"""
    length = f"{counted.n:g}".replace(".", ",") + f" {UNITS[counted.unit]}" if counted else ""
    how = f" ({length}, không tính ngày đầu)" if counted else ""
    about = f" ({shortened(event, 80)})" if event else ""
    lines = [
        Line(f"Đã ghi: sự kiện của nhiệm vụ {code}{about} ngày {day(on)}. Hạn {day(due)}{how}."),
        Line(f"Nhầm thì gõ “bỏ sự kiện {day(on)} của {code}” hoặc “{code} sự kiện …, không phải {day(on)}”.", Look.QUIET),
    ]  # fmt: skip
    return with_changes(Message(tuple(lines)), became)


def event_forgotten(code: str, on: date, became: Became) -> Message:
    return with_changes(Message((Line(f"Đã bỏ sự kiện ngày {day(on)} của nhiệm vụ {code}."),)), became)


def with_changes(message: Message, became: Became) -> Message:
    """The message with what became of the obligations, and the question about those whose new date has passed."""
    lines = [
        *_listed("Phần việc mới", [f"{_named(entry)}, {until_said(entry)}" for entry in became.made]),
        *_listed("Đổi hạn", [f"{_named(entry)}, {until_said(entry)}" for entry in became.moved]),
        *_listed("Rút lại, vì không còn theo thời hạn này", [_named(entry) for entry in became.withdrawn]),
        *_listed(
            "Giữ lại, vì đã có báo cáo hoặc quyết định (không cần nữa thì gõ “không tính #mã”)",
            [f"{_named(entry)}, {until_said(entry)}" for entry in became.kept],
        ),
    ]
    if not became.past:
        return replace(message, lines=(*message.lines, *lines))
    lines.append(Line(f"{became.past} phần việc có hạn đã qua, đang tạm giữ chưa nhắc. Xử lý thế nào?"))
    return replace(message, lines=(*message.lines, *lines), choices=PAST_CHOICES)


def _listed(title: str, texts: Sequence[str]) -> list[Line]:
    if not texts:
        return []
    more = f"; và {len(texts) - SHOWN} phần việc khác" if len(texts) > SHOWN else ""
    return [Line(f"{title} ({len(texts)}): {'; '.join(texts[:SHOWN])}{more}.", Look.ITEM)]


def _named(entry: Entry) -> str:
    return f"#{entry.short_code} {entry.unit}"


def until_said(entry: Entry) -> str:
    if entry.due is None:
        return f"báo cáo kỳ {entry.window}" if entry.window else "chưa có hạn"
    return f"hạn {day(entry.due)}"


def to_unit(unit: str, changed: Sequence[Entry], withdrawn: Sequence[Entry]) -> Message:
    """A unit hears which of its dates are new, and what it need not do any more."""
    lines = [Line(f"Kính gửi {unit}: Văn phòng vừa ghi lại thời hạn.", Look.TITLE)]
    lines += [
        Line(f"- {titled(entry, 80)} (#{entry.short_code}): {until_said(entry)}", Look.ITEM)
        for entry in changed
    ]
    lines += [
        Line(f"- {titled(entry, 80)} (#{entry.short_code}): không còn phải báo cáo kỳ này", Look.ITEM)
        for entry in withdrawn
    ]
    about = tuple(entry.id for entry in (*changed, *withdrawn))
    return Message(tuple(lines), (Choice("Xem danh sách", "/viec"),), about=about)


def ask_which_month(code: str, phrase: str) -> Message | None:
    """“Hằng quý, ngày 10” is asked back with the dates it may mean; None for any other phrase."""
    found = A_DAY.search(phrase)
    if not found or not A_DAY_OF_A_QUARTER.search(phrase) or "tháng" in phrase:
        return None
    number = found[1] or found[2]
    months = ("tháng cuối hằng quý", "tháng đầu hằng quý", "tháng đầu quý sau")
    choices = tuple(Choice(f"Ngày {number} {month}", f"{code} hạn ngày {number} {month}") for month in months)
    return Message(
        (Line(f"Ngày {number} của tháng nào trong quý? Chưa ghi gì cho nhiệm vụ {code}."),), choices
    )


def ask_due(code: str, printed: str, on: date) -> Message:
    """An event after which the plan counts no days."""
    return Message(
        (
            Line(
                f"Nhiệm vụ {code} ghi “{shortened(printed, 80)}”, không nêu bao nhiêu ngày. Xin ghi cả hạn:"
            ),
            Line(f"“{code} sự kiện ngày {day(on)}, hạn …”", Look.QUIET),
        )
    )


def waits_for_nothing(code: str, printed: str) -> str:
    return (
        f"Nhiệm vụ {code} (kế hoạch ghi “{shortened(printed, 80)}”) không tính hạn từ một sự kiện. "
        f"Muốn đặt thời hạn, gõ “{code} hạn …”."
    )


def due_before_event(on: date, due: date) -> str:
    return f"Hạn {day(due)} đứng trước ngày sự kiện {day(on)}; xin ghi lại."


def no_such_event(code: str, on: date) -> str:
    return f"Chưa ghi sự kiện ngày {day(on)} nào cho nhiệm vụ {code}."


def is_owed_already(code: str) -> str:
    return (
        f"Nhiệm vụ {code} đã giao cho đơn vị; để chuyển, xin ghi mã của việc, ví dụ “giao #A12 cho Phòng …”."
    )


def no_row(number: int) -> str:
    return f"Kế hoạch này không có nhiệm vụ thứ {number}. Gõ “danh sách nhiệm vụ” để xem lại."


def no_duty(code: str) -> str:
    return f"Không có nhiệm vụ {code} trong kế hoạch đang thực hiện hoặc chờ xác nhận. Gõ /kehoach để xem."


def several_in_force(code: str, duties: Sequence[tuple[str, str]]) -> str:
    """`duties`: the short code of one obligation of each, if it has one, and its content."""
    shown = "; ".join(
        f"“{shortened(content, 60)}”{f' (#{short})' if short else ''}" for short, content in duties[:6]
    )
    return f"Có {len(duties)} nhiệm vụ cùng ghi số {code}: {shown}. Xin ghi mã việc thay cho số, ví dụ “#A12 hạn 30/6”."
