"""Units that change: what is about to be done, what was done, and how to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from duties.message import Choice, Line, Look, Message
from duties.unit_changes import ChangeKind
from duties.wording.dates import day
from duties.wording.draft_pages import pages
from duties.wording.entries import shortened

CONFIRM = Choice("Xác nhận thay đổi đơn vị", "xác nhận thay đổi đơn vị")
DROP = Choice("Bỏ", "bỏ thay đổi đơn vị")


@dataclass(frozen=True)
class Shared:
    """A duty of a unit that is split: its number in the list, and which part of the unit goes on with it."""

    number: int
    code: str
    content: str
    open: int
    to: str


@dataclass(frozen=True)
class Told:
    """What came of it: obligations that changed hands, those joined in another, those open again, those made."""

    passed: int = 0
    joined: int = 0
    reopened: Sequence[str] = ()
    made: int = 0


@dataclass(frozen=True)
class Shown:
    """A change as it is looked at: `open` obligations go on, `chats` are told."""

    kind: ChangeKind
    on: date
    units: Sequence[str]
    names: Sequence[str]
    open: int = 0
    chats: int = 0
    is_past: bool = False
    shared: Sequence[Shared] = field(default_factory=tuple)


def what(kind: ChangeKind, units: Sequence[str], names: Sequence[str]) -> str:
    """“Phòng A và Phòng B hợp nhất thành Phòng C”."""
    was, now = _and(units), _and(names)
    match kind:
        case ChangeKind.RENAME:
            return f"{was} đổi tên thành {now}"
        case ChangeKind.MERGE if len(units) == 1 or names[0] in units:
            return f"{_and([name for name in units if name not in names])} sáp nhập vào {now}"
        case ChangeKind.MERGE:
            return f"{was} hợp nhất thành {now}"
        case ChangeKind.SPLIT:
            return f"{was} tách thành {now}"
        case ChangeKind.CLOSE:
            return f"{was} ngừng hoạt động"


def _and(names: Sequence[str]) -> str:
    return " và ".join(("; ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def looked_at(change: Shown) -> list[Message]:
    """What will be done, before it is."""
    when = f"Từ {day(change.on)}{' (đã qua, làm ngay)' if change.is_past else ''}"
    lines = [Line(f"{when}: {what(change.kind, change.units, change.names)}.", Look.TITLE), *_effects(change)]
    if change.shared:
        lines.append(Line("Việc đang mở của đơn vị, mỗi nhiệm vụ một số:"))
        lines += [
            Line(
                f"{each.number}. {each.code} {shortened(each.content, 80)} ({each.open} phần việc) — {each.to}",
                Look.ITEM,
            )
            for each in change.shared
        ]
        rest = change.shared[0].number
        lines.append(
            Line(
                f"Chia lại thì gõ, ví dụ: “{rest} cho {change.names[0]}”; còn lại giao {change.names[-1]}.",
                Look.QUIET,
            )
        )
    lines.append(
        Line(
            "Chưa làm gì. Gõ “xác nhận thay đổi đơn vị” để thực hiện, “bỏ thay đổi đơn vị” để thôi.",
            Look.QUIET,
        )
    )
    *before, last = pages(lines)
    return [*before, Message(last.lines, (CONFIRM, DROP))]


def _effects(change: Shown) -> list[Line]:
    if change.kind is ChangeKind.RENAME:
        return [Line("Việc, kênh nhận tin giữ nguyên; số liệu các kỳ trước ngày đó vẫn ghi tên cũ.")]
    if change.kind is ChangeKind.CLOSE:
        return [Line("Đơn vị không còn phần việc nào đang mở; kết quả đã có vẫn giữ.")]
    return [
        Line(
            f"{change.open} phần việc chưa xong chuyển sang đơn vị mới, giữ nguyên mã việc và hạn; kết quả đã báo cáo vẫn "
            "ghi tên đơn vị cũ. Phần việc trùng trong cùng kỳ hạn được gộp làm một."
        ),
        Line(f"{change.chats} kênh nhận tin chuyển theo và được báo."),
    ]


def kept_for(change: Shown, number: int) -> Message:
    """Confirmed, and done when its day comes."""
    text = f"Đã ghi: từ {day(change.on)} {what(change.kind, change.units, change.names)}. Đến ngày đó sẽ tự thực hiện và báo lại."
    return _with_way_back([Line(text)], number)


def done(change: Shown, number: int, told: Told) -> Message:
    text = f"Đã thực hiện: từ {day(change.on)} {what(change.kind, change.units, change.names)}."
    return _with_way_back([Line(text, Look.TITLE), *_told(told)], number)


def _told(told: Told) -> list[Line]:
    facts = [
        (told.passed, f"{told.passed} phần việc chưa xong chuyển sang đơn vị mới"),
        (told.joined, f"{told.joined} phần việc trùng đã gộp"),
        (told.made, f"thêm {told.made} phần việc mới"),
    ]
    said = [text for count, text in facts if count]
    lines = [Line(f"{'; '.join(said)}.".capitalize())] if said else []
    if told.reopened:
        codes = ", ".join(told.reopened)
        lines.append(
            Line(f"Mở lại {codes}: đơn vị nhận đã xong phần của mình nhưng phần nhận thêm chưa xong.")
        )
    return lines


def _with_way_back(lines: list[Line], number: int) -> Message:
    words = f"bỏ thay đổi đơn vị {number}"
    lines.append(Line(f"Nhầm thì gõ “{words}”.", Look.QUIET))
    return Message(tuple(lines), (Choice("Hoàn tác", words), Choice("Các đơn vị", "/donvi")))


def done_by_itself(
    kind: ChangeKind, on: date, units: Sequence[str], names: Sequence[str], told: Told
) -> Message:
    text = f"Từ {day(on)} {what(kind, units, names)}: đã thực hiện theo xác nhận của Văn phòng."
    return Message((Line(text), *_told(told)), (Choice("Các đơn vị", "/donvi"),))


def not_done(number: int, why: str) -> Message:
    return Message((Line(f"Không thực hiện được thay đổi đơn vị {number}: {why} Xin ghi lại thay đổi này."),))


def chat_serves(on: date, names: Sequence[str]) -> Message:
    """The one line a chat of the old unit hears."""
    until = "" if len(names) == 1 else ", cho đến khi từng đơn vị liên kết kênh riêng"
    return Message(
        (Line(f"Từ {day(on)}, kênh này nhận tin cho {_and(names)}{until}. Gõ /viec để xem việc."),)
    )


def put_back(kind: ChangeKind, units: Sequence[str], names: Sequence[str]) -> Message:
    return Message((Line(f"Đã bỏ: {what(kind, units, names)}. Mọi việc như trước."),))


def listed(rows: Sequence[tuple[int, str, date, bool]]) -> Message:
    """`rows`: number, what, from when, whether it is done."""
    if not rows:
        return Message((Line("Chưa có thay đổi đơn vị nào."),))
    lines = [
        Line(f"{number}. Từ {day(on)}: {text} ({'đã thực hiện' if is_done else 'chờ đến ngày'})", Look.ITEM)
        for number, text, on, is_done in rows
    ]
    return Message((Line("Thay đổi đơn vị", Look.TITLE), *lines))


def name_taken(name: str) -> str:
    return f"Đã có hoặc từng có đơn vị tên “{name}”; xin ghi tên khác."


def nothing_shown() -> str:
    return "Không có thay đổi đơn vị nào chờ xác nhận. Ví dụ: “từ 1/3 Phòng A và Phòng B hợp nhất thành Phòng C”."


def no_such_change(number: int) -> str:
    return f"Không có thay đổi đơn vị số {number}. Gõ “xem thay đổi đơn vị” để xem."


def same_unit() -> str:
    return "Các đơn vị ghi phải khác nhau; xin ghi lại."


def still_owes(unit: str, count: int) -> str:
    return f"{unit} còn {count} phần việc chưa xong. Xin ghi đơn vị nhận, ví dụ “giải thể {unit} từ 1/3, giao việc cho Phòng …”."


def too_late(count: int, kind: ChangeKind) -> str:
    how = (
        "Đổi tên lại bằng “từ … đổi tên … thành …”."
        if kind is ChangeKind.RENAME
        else "Chuyển từng việc bằng “#mã giao Phòng …”."
    )
    return f"Đã có báo cáo hoặc quyết định về {count} phần việc sau thay đổi này nên không bỏ được. {how}"


def later_first() -> str:
    return "Sau thay đổi này còn thay đổi khác; xin bỏ thay đổi sau trước. Gõ “xem thay đổi đơn vị” để xem."


def no_such_share(number: int) -> str:
    return f"Danh sách không có số {number}; xin ghi số trong danh sách vừa xem."


def not_a_part(name: str, names: Sequence[str]) -> str:
    return f"“{name}” không phải đơn vị được tách ra; chọn: {'; '.join(names)}."


def too_far(on: date) -> str:
    return f"Ngày {day(on)} quá xa; xin ghi ngày trong vòng hai năm."
