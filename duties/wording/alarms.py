"""What the auditor found wrong, mended or found well again, as the office is told."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from duties.message import Line, Message


class Trouble(StrEnum):
    """What can be wrong with the machine itself."""

    RUNGLESS = "rungless"
    UNPLANNED = "unplanned"
    HELD_BACK = "held_back"
    STUCK = "stuck"
    SILENT = "silent"
    REFUSED = "refused"
    UNHEARD = "unheard"


FOUND: Mapping[Trouble, str] = {
    Trouble.RUNGLESS: "{count} phần việc có ngày nhắc tới chưa đúng",
    Trouble.UNPLANNED: "{count} phần việc đã đến lượt mà chưa được nhắc",
    Trouble.HELD_BACK: "{count} tin bị giữ lại do đồng hồ máy chủ chạy sai",
    Trouble.STUCK: "{count} tin chờ gửi quá lâu",
    Trouble.SILENT: "kênh {channel} không gửi và không nhận được tin nào, {count} tin đang chờ",
    Trouble.REFUSED: "kênh {channel} không nhận tin gửi đến {count} nơi ({names})",
    Trouble.UNHEARD: "{count} tin nhận được mà chưa xử lý",
}
OVER: Mapping[Trouble, str] = {
    Trouble.RUNGLESS: "các ngày nhắc tới đã đúng",
    Trouble.UNPLANNED: "các phần việc đến lượt đã được nhắc",
    Trouble.HELD_BACK: "không còn tin nào bị giữ lại",
    Trouble.STUCK: "các tin chờ gửi đã đi",
    Trouble.SILENT: "kênh {channel} đã gửi và nhận được tin",
    Trouble.REFUSED: "kênh {channel} không còn từ chối tin nào",
    Trouble.UNHEARD: "các tin nhận được đã được xử lý",
}
MENDED = "Hệ thống đã tự sửa; Văn phòng không phải làm gì thêm."
TO_BE_SEEN = "Không có tin nào bị mất; đề nghị báo quản trị kiểm tra máy chủ và kết nối mạng."
TOLD_AGAIN = (
    "Việc cần nhắc trong các tin đó được nhắc lại ở lần gửi sau; nếu còn báo như vậy, "
    "đề nghị liên hệ trực tiếp với đơn vị và báo quản trị."
)
MOST_NAMED = 5


def found(
    trouble: Trouble, count: int, repaired: int, channel: str = "", names: Sequence[str] = ()
) -> Message:
    """What it is, and whether anybody must do something."""
    more = f" và {len(names) - MOST_NAMED} nơi khác" if len(names) > MOST_NAMED else ""
    named = ", ".join(name or "chưa có tên" for name in names[:MOST_NAMED]) + more
    what = FOUND[trouble].format(count=count, channel=channel, names=named)
    return Message((Line(f"Tự kiểm tra thấy {what}. {_to_be_done(trouble, count, repaired)}"),))


def _to_be_done(trouble: Trouble, count: int, repaired: int) -> str:
    if trouble is Trouble.REFUSED:
        return TOLD_AGAIN
    return MENDED if repaired >= count else TO_BE_SEEN


def well_again(trouble: Trouble, channel: str = "") -> Message:
    return Message((Line(f"Đã hoạt động lại bình thường: {OVER[trouble].format(channel=channel)}."),))
