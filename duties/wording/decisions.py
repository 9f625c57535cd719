"""What waits for the office, what it decided, and what the unit hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duties.deadline import Offset, OffsetUnit
from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day
from duties.wording.entries import LACKS_PROOF, Entry, coded, named, shortened, titled
from duties.wording.lists import NOTHING_WAITS

MOST = 10
UNDO = "Gõ “hoàn tác” nếu nhầm."
HOW_TO_DECIDE = (
    "Trả lời, ví dụ: “duyệt 1 3”, “trả lại 2 thiếu số liệu”, “từ chối 1 vì …”, “gia hạn 1 đến 20/6”."
)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the office: a report to accept, or a request with the unit's words."""

    entry: Entry
    text: str = ""
    links: tuple[str, ...] = ()
    claimed_on: date | None = None


def pending(shown: Sequence[Waiting], total: int) -> Message:
    """The first of all that waits: requests before reports, for there a unit waits too."""
    if not total:
        return Message((Line(NOTHING_WAITS),))
    lines = [Line(f"{total} mục chờ Văn phòng quyết định:", Look.TITLE)]
    lines += [Line(f"{n}. {_waiting(each)}", Look.ITEM) for n, each in enumerate(shown, start=1)]
    if total > len(shown):
        lines.append(Line(f"Và {total - len(shown)} mục khác, sẽ hiện sau khi quyết định các mục trên."))
    lines.append(Line(HOW_TO_DECIDE, Look.QUIET))
    codes = " ".join(f"#{each.entry.short_code}" for each in shown if not each.entry.is_asked)
    choices = (Choice("Duyệt các việc đã xong", f"duyệt {codes}"),) if codes else ()
    return Message(tuple(lines), choices, tuple(each.entry.id for each in shown))


def _waiting(each: Waiting) -> str:
    entry = each.entry
    words = f" — “{shortened(each.text, 100)}”" if each.text else ""
    links = f" {' '.join(each.links)}" if each.links else ""
    files = f"; {entry.files} tệp (“minh chứng #{entry.short_code}”)" if entry.files else ""
    lacking = f"; {LACKS_PROOF}" if entry.lacks_proof else ""
    return (
        f"{entry.unit}: {titled(entry, 70)} (#{entry.short_code}) {_what(each)}{words}{links}{files}{lacking}"
    )


def _what(each: Waiting) -> str:
    entry = each.entry
    if entry.is_asked and entry.disowned:
        return "báo không thuộc đơn vị"
    if entry.is_asked:
        return f"xin lùi hạn từ {_due(entry.due)} đến {_due(entry.asked_due)}"
    claimed = f", nêu ngày {day(each.claimed_on)}" if each.claimed_on else ""
    late = "" if entry.due is None or entry.done_on is None or entry.done_on <= entry.due else " (quá hạn)"
    by = " (Văn phòng ghi thay)" if entry.on_behalf else ""
    return f"báo hoàn thành ngày {_due(entry.done_on)}{by}{late}{claimed}"


def _due(value: date | None) -> str:
    return day(value) if value else "chưa có hạn"


def request_notice(each: Waiting) -> Message:
    """The office is told at once of a request, with its choices."""
    entry, code = each.entry, f"#{each.entry.short_code}"
    lines = [Line(f"{entry.unit} {_what(each)}: {named(entry)}.")]
    if each.text:
        lines.append(Line(f"Lý do: “{shortened(each.text, 300)}”"))
    if entry.disowned:
        lines.append(
            Line(
                f"Trả lời: “chuyển {code} sang Phòng …”, “từ chối {code} vì …” hoặc “không tính {code}”.",
                Look.QUIET,
            )
        )
        return Message(tuple(lines), (Choice("Từ chối", f"từ chối {code}"),), about=(entry.id,))
    lines.append(Line(f"Muốn cho ngày khác, trả lời: “gia hạn {code} đến …”.", Look.QUIET))
    choices = (Choice("Đồng ý", f"duyệt {code}"), Choice("Từ chối", f"từ chối {code}"))
    return Message(tuple(lines), choices, about=(entry.id,))


def _of(entry: Entry, text: str) -> Message:
    """One line about one obligation, so that an answer to it means that one."""
    return Message((Line(text),), about=(entry.id,))


def obstacle_notice(entry: Entry, text: str) -> Message:
    return _of(
        entry, f"{entry.unit} báo vướng mắc ở {named(entry)}, hạn {_due(entry.due)}: “{shortened(text, 300)}”"
    )


def obstacle_gone_notice(entry: Entry) -> Message:
    return _of(entry, f"{entry.unit} báo đã hết vướng mắc ở {named(entry)}, hạn {_due(entry.due)}.")


def _recorded(text: str, untold: Sequence[str] = ()) -> Message:
    """`untold`: the units that were to hear of it and have no chat."""
    if untold:
        text = f"{text} Chưa báo được cho {', '.join(dict.fromkeys(untold))} vì chưa có kênh nhận tin."
    more = Choice("Còn gì chờ duyệt", "/choduyet")
    return Message((Line(f"{text} {UNDO}"),), (Choice("Hoàn tác", "hoàn tác"), more))


def _about(entries: Sequence[Entry]) -> str:
    return named(entries[0]) if len(entries) == 1 else coded(entries)


def accepted(entries: Sequence[Entry], claimed: Sequence[Entry] = ()) -> Message:
    """`claimed`: those for which the unit named an earlier day, which counts from now on."""
    days = "; ".join(f"#{entry.short_code} tính hoàn thành ngày {_due(entry.done_on)}" for entry in claimed)
    return _recorded(f"Đã duyệt kết quả {_about(entries)}{f' ({days})' if days else ''}.")


def extended(entries: Sequence[Entry], untold: Sequence[str] = ()) -> Message:
    new = "; ".join(
        f"{named(entry, 40)}: hạn mới {_due(entry.due)}, hạn ban đầu {_due(entry.first_due)}"
        for entry in entries
    )
    return _recorded(f"Đã đồng ý lùi hạn {new}.", untold)


def sent_back(entries: Sequence[Entry], reason: str, due: date | None, untold: Sequence[str] = ()) -> Message:
    until = f", hạn mới {day(due)}" if due else ""
    return _recorded(f"Đã trả lại {_about(entries)}{until}, lý do: “{shortened(reason, 120)}”.", untold)


def refused(entries: Sequence[Entry], untold: Sequence[str] = ()) -> Message:
    keeps = (
        "việc vẫn do đơn vị thực hiện" if all(entry.disowned for entry in entries) else "hạn cũ giữ nguyên"
    )
    return _recorded(f"Đã từ chối đề nghị về {_about(entries)}; {keeps}.", untold)


def dismissed(entries: Sequence[Entry], untold: Sequence[str] = ()) -> Message:
    return _recorded(f"Đã ghi: {_about(entries)} không áp dụng, không tính vào tổng hợp.", untold)


def given(entry: Entry, to: str, new: Entry, untold: Sequence[str] = ()) -> Message:
    return _recorded(
        f"Đã chuyển {named(entry)} từ {entry.unit} sang {to} (mã mới #{new.short_code}).", untold
    )


REASON_FOR_ALL = "Xin ghi lý do trả lại, ví dụ: “trả lại tất cả: thiếu minh chứng”."


def length(offset: Offset) -> str:
    """“7 ngày”, “2 tháng”, as they are typed."""
    units = {OffsetUnit.DAY: "ngày", OffsetUnit.WORKING_DAY: "ngày làm việc", OffsetUnit.MONTH: "tháng"}
    return f"{offset.n:g} {units[offset.unit]}"


def ask_reason(entry: Entry) -> Message:
    code = f"#{entry.short_code}"
    return Message(
        (Line(f"Xin ghi lý do trả lại {named(entry)}, ví dụ: “trả lại {code} thiếu số liệu quý II”."),)
    )


def ask_to_whom(entry: Entry) -> Message:
    code = f"#{entry.short_code}"
    text = (
        f"{entry.unit} báo {named(entry)} không thuộc đơn vị. Chuyển cho đơn vị nào? Trả lời: “chuyển {code} sang "
        f"Phòng …”, “không tính {code}” hoặc “từ chối {code} vì …”."
    )
    return Message((Line(text),), (Choice("Từ chối", f"từ chối {code}"),))


def already_theirs(entry: Entry) -> str:
    return f"Việc #{entry.short_code} vốn do {entry.unit} thực hiện."


def day_gone(value: date) -> str:
    return f"Ngày {day(value)} đã qua; xin ghi lại hạn mới."


def nothing_waits(entry: Entry) -> str:
    return f"Việc #{entry.short_code} của {entry.unit} hiện không có gì chờ duyệt."


def nothing_asked(entry: Entry) -> str:
    """What is reported done is not refused but sent back."""
    code = f"#{entry.short_code}"
    how = f" Chưa đồng ý với báo cáo, gõ “trả lại {code}” kèm lý do." if entry.done_on else ""
    return f"Việc {code} của {entry.unit} hiện không có đề nghị nào chờ trả lời.{how}"


def not_done(entry: Entry) -> str:
    return f"Việc #{entry.short_code} của {entry.unit} chưa báo hoàn thành nên không có gì để trả lại."


def to_unit_extended(entry: Entry) -> Message:
    return Message(
        (
            Line(
                f"Kính gửi {entry.unit}: Văn phòng đồng ý lùi hạn {named(entry)} đến {_due(entry.due)} "
                f"(hạn ban đầu {_due(entry.first_due)})."
            ),
        ),
        about=(entry.id,),
    )


def to_unit_refused(entry: Entry, reason: str) -> Message:
    why = f" Lý do: “{shortened(reason, 200)}”." if reason else ""
    what = "việc này vẫn do đơn vị thực hiện" if entry.disowned else "đề nghị thực hiện đúng hạn"
    return Message(
        (
            Line(
                f"Kính gửi {entry.unit}: Văn phòng chưa đồng ý đề nghị về {named(entry)}.{why} "
                f"Hạn giữ nguyên {_due(entry.due)}, {what}."
            ),
        ),
        about=(entry.id,),
    )


def to_unit_sent_back(entry: Entry, reason: str) -> Message:
    return Message(
        (
            Line(
                f"Kính gửi {entry.unit}: Văn phòng trả lại {named(entry)}, lý do: “{shortened(reason, 300)}”. "
                f"Đề nghị bổ sung và báo lại, hạn {_due(entry.due)}."
            ),
        ),
        (Choice("Đã xong", f"xong #{entry.short_code}"),),
        about=(entry.id,),
    )


def to_unit_taken_off(entry: Entry) -> Message:
    return _of(
        entry, f"Kính gửi {entry.unit}: {named(entry)} không áp dụng nữa; đơn vị không phải báo cáo việc này."
    )


def to_unit_moved_away(entry: Entry, to: str) -> Message:
    return _of(
        entry, f"Kính gửi {entry.unit}: {named(entry)} đã được chuyển sang {to}; đơn vị không phải báo cáo."
    )


def to_unit_given(entry: Entry) -> Message:
    return Message(
        (Line(f"Kính gửi {entry.unit}: Văn phòng giao thêm {named(entry, 120)}, hạn {_due(entry.due)}."),),
        (Choice("Xem chi tiết", f"chi tiết #{entry.short_code}"),),
        about=(entry.id,),
    )


def undone(entries: Sequence[Entry]) -> Message:
    return Message(
        (Line(f"Đã hoàn tác quyết định về {_about(entries)}."),), (Choice("Chờ duyệt", "/choduyet"),)
    )


def to_unit_undone(entry: Entry) -> Message:
    return _of(
        entry,
        f"Kính gửi {entry.unit}: Văn phòng rút lại quyết định vừa báo về {named(entry)}; hạn hiện nay {_due(entry.due)}.",
    )
