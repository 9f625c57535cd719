"""Due dates as a telephone's calendar shows them, and what is said about the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duties.message import Attached, Choice, Line, Look, Message
from duties.plan import DutyKind
from duties.wording.dates import day, due_until
from duties.wording.entries import shortened, spoken
from duties.workdays import HANOI

NEW_ADDRESS = Choice("Đổi địa chỉ lịch", "đổi địa chỉ lịch")
WITHDRAW = Choice("Thu hồi địa chỉ", "thu hồi lịch")
NO_PAGES = "Địa chỉ lịch chưa dùng được vì trang web chưa được cấu hình; xin dùng tệp lịch."


@dataclass(frozen=True)
class AgendaEntry:
    """An obligation as the calendar tells it; `extended_from` is its first due date, where it was put off."""

    code: str
    duty: str
    content: str
    unit: str
    due: date
    until: date
    kind: DutyKind = DutyKind.TASK
    receiver: str = ""
    extended_from: date | None = None
    done_on: date | None = None
    plan: str = ""


def agenda_title(units: Sequence[str]) -> str:
    return f"Hạn CCHC — {', '.join(units[:3]) or 'đơn vị'}"


def agenda_line(entry: AgendaEntry) -> str:
    """“Hạn: 1.1 Tuyên truyền … (#A12)”."""
    begin = "Đã xong" if entry.done_on else "Hạn"
    what = spoken(entry.duty, entry.content, 70, kind=entry.kind, receiver=entry.receiver)
    return f"{begin}: {what} (#{entry.code})"


def agenda_details(entry: AgendaEntry) -> str:
    """What to do, who, until when, and how to answer."""
    first = f" (hạn ban đầu {day(entry.extended_from)})" if entry.extended_from else ""
    plan = f"Kế hoạch: {entry.plan}\n" if entry.plan else ""
    done = f"Đã báo hoàn thành ngày {day(entry.done_on)}.\n" if entry.done_on else ""
    answer = (
        ""
        if entry.done_on
        else f"Báo kết quả trong trò chuyện: “xong #{entry.code}”, “#{entry.code} đang làm”."
    )
    return (
        f"{entry.duty} {shortened(entry.content, 600)}\nĐơn vị: {entry.unit}\n"
        f"Thời hạn: {due_until(entry.due, entry.until)}{first}\n{plan}{done}{answer}"
    ).strip()


def calendar_file(count: int, address: str, given: datetime | None, file: Attached) -> Message:
    """The file now, and the address that stays up to date."""
    what = (
        f"Tệp lịch có {count} hạn; mở tệp để thêm vào điện thoại."
        if count
        else "Hiện chưa có hạn nào để đưa vào lịch."
    )
    lines = [Line(what)]
    if address:
        lines += _about_address(address)
    elif given:
        lines.append(
            Line(
                f"Địa chỉ lịch tự cập nhật đã cấp ngày {day(given.astimezone(HANOI).date())}, chỉ hiện một lần khi cấp. "
                "Mất địa chỉ hoặc lộ địa chỉ: gõ “đổi địa chỉ lịch”.",
                Look.QUIET,
            )
        )
    return Message(tuple(lines), (NEW_ADDRESS, WITHDRAW) if address or given else (), file=file)


def _about_address(address: str) -> list[Line]:
    return [
        Line(
            f"Địa chỉ lịch tự cập nhật (thêm vào Google, Outlook, iPhone ở mục “lịch từ địa chỉ”): {address}"
        ),
        Line(
            "Ai có địa chỉ này đều xem được lịch; xin không chuyển tiếp. Thu hồi: gõ “thu hồi lịch”.",
            Look.QUIET,
        ),
    ]


def new_address(address: str) -> Message:
    lines = (Line("Đã đổi địa chỉ lịch; địa chỉ cũ không còn dùng được."), *_about_address(address))
    return Message(lines, (WITHDRAW,))


def withdrawn(count: int) -> Message:
    if not count:
        return Message((Line("Chưa có địa chỉ lịch nào đang dùng. Gõ /lich để lấy lịch."),))
    return Message((Line("Đã thu hồi địa chỉ lịch; không ai xem được nữa. Cần lại: gõ /lich."),))
