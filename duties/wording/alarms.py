"""What the auditor found wrong, mended or found well again, as the office is told."""

from collections.abc import Mapping
from enum import StrEnum

from duties.message import Line, Message


class Trouble(StrEnum):
    """What can be wrong with the machine itself."""

    RUNGLESS = "rungless"
    UNPLANNED = "unplanned"
    HELD_BACK = "held_back"
    STUCK = "stuck"
    SILENT = "silent"
    UNHEARD = "unheard"


FOUND: Mapping[Trouble, str] = {
    Trouble.RUNGLESS: "{count} phần việc có ngày nhắc tới chưa đúng",
    Trouble.UNPLANNED: "{count} phần việc đã đến lượt mà chưa được nhắc",
    Trouble.HELD_BACK: "{count} tin bị giữ lại do đồng hồ máy chủ chạy sai",
    Trouble.STUCK: "{count} tin chờ gửi quá lâu",
    Trouble.SILENT: "kênh {channel} không gửi và không nhận được tin nào, {count} tin đang chờ",
    Trouble.UNHEARD: "{count} tin nhận được mà chưa xử lý",
}
OVER: Mapping[Trouble, str] = {
    Trouble.RUNGLESS: "các ngày nhắc tới đã đúng",
    Trouble.UNPLANNED: "các phần việc đến lượt đã được nhắc",
    Trouble.HELD_BACK: "không còn tin nào bị giữ lại",
    Trouble.STUCK: "các tin chờ gửi đã đi",
    Trouble.SILENT: "kênh {channel} đã gửi và nhận được tin",
    Trouble.UNHEARD: "các tin nhận được đã được xử lý",
}
MENDED = "Hệ thống đã tự sửa; Văn phòng không phải làm gì thêm."
TO_BE_SEEN = "Không có tin nào bị mất; đề nghị báo quản trị kiểm tra máy chủ và kết nối mạng."


def found(trouble: Trouble, count: int, repaired: int, channel: str = "") -> Message:
    """What it is, and whether anybody must do something."""
    what = FOUND[trouble].format(count=count, channel=channel)
    return Message((Line(f"Tự kiểm tra thấy {what}. {MENDED if repaired >= count else TO_BE_SEEN}"),))


def well_again(trouble: Trouble, channel: str = "") -> Message:
    return Message((Line(f"Đã hoạt động lại bình thường: {OVER[trouble].format(channel=channel)}."),))
