"""Letters as an office speaks of them: what one was for, what became of it, and what to do where it did not arrive."""

import re
from collections.abc import Sequence
from datetime import date

from duties.windows import window_of_key
from duties.wording.dates import day
from duties.wording.phrases import uncapitalised

SLOT = re.compile(r"slot:\d{4}-\d\d-\d\dT(\d\d)(:from:)?")
NOTICES = {
    "announce": "Thông báo chung của Văn phòng",
    "alarm": "Cảnh báo về hoạt động của chương trình",
    "alarm-over": "Báo chương trình đã ổn trở lại",
    "chat_left": "Báo một nơi ngừng nhận tin",
    "cleared": "Báo Văn phòng: đơn vị hết vướng mắc",
    "decision": "Báo đơn vị quyết định của Văn phòng",
    "extension": "Báo Văn phòng: đơn vị xin lùi hạn",
    "found-chat": "Báo một nơi nhận tin trở lại",
    "given": "Báo đơn vị được giao thêm việc",
    "lost-chat": "Báo không gửi được tin đến một nơi",
    "meaning": "Báo đơn vị thời hạn được ghi lại",
    "not_ours": "Báo Văn phòng: đơn vị báo việc không thuộc mình",
    "nudge": "Văn phòng nhắc ngoài lịch",
    "obstacle": "Báo Văn phòng: đơn vị vướng mắc",
    "plan": "Báo đơn vị có kế hoạch mới",
    "plan-restored": "Báo đơn vị kế hoạch được thực hiện lại",
    "plan-withdrawn": "Báo đơn vị kế hoạch bị rút",
    "quota": "Báo sắp hết lượt gửi của tháng",
    "serves": "Báo nơi nhận tin phục vụ đơn vị khác",
    "undone": "Báo đơn vị quyết định được rút lại",
    "units": "Báo đơn vị thay đổi tên, sắp xếp",
    "unreached": "Báo đơn vị chưa có nơi nhận tin",
}


def topic(key: str) -> str:
    """What a letter is for, by the key under which it was put."""
    if found := SLOT.match(key):
        return _slot(found[1], instead=bool(found[2]))
    kind, _, rest = key.partition(":")
    match kind:
        case "notice":
            return NOTICES.get(rest.partition(":")[0], "Thông báo")
        case "digest":
            return "Tổng hợp định kỳ"
        case "welcome":
            return "Lời chào khi liên kết"
        case _:
            return "Trả lời người nhắn"


def _slot(hour: str, *, instead: bool) -> str:
    when = "đầu giờ sáng" if hour < "12" else "buổi chiều"
    return f"Tin nhắc gửi thay ({when})" if instead else f"Tin nhắc {when}"


def told_as(rung: str) -> str:
    """Why something was told at that moment, by the rung of its ladder; "" for none."""
    kind, _, rest = rung.partition(":")
    match kind:
        case "before":
            return f"nhắc trước hạn {rest} ngày làm việc"
        case "due":
            return "nhắc lần cuối trong ngày đến hạn" if rest else "nhắc ngày đến hạn"
        case "after":
            return f"nhắc quá hạn {rest} ngày làm việc"
        case "monday":
            return "nhắc quá hạn đầu tuần"
        case "office":
            return f"báo Văn phòng quá hạn {rest} ngày làm việc"
        case "leader":
            return f"báo lãnh đạo quá hạn {rest} ngày làm việc"
        case "left":
            return "thôi nhắc đơn vị, giao Văn phòng xử lý"
        case "request":
            return "nhắc Văn phòng đề nghị của đơn vị còn chờ"
        case "ask":
            return f"hỏi kết quả {uncapitalised(window_of_key(rest).name)}"
        case "milestone":
            return f"hỏi tiến độ theo mốc {day(date.fromisoformat(rest))}"
        case _:
            return ""


CHANNELS = {"web": "trang web", "telegram": "Telegram", "zalo": "Zalo"}


def channel_name(channel: str) -> str:
    return CHANNELS.get(channel, channel)


def sent_instead(places: Sequence[str]) -> str:
    """What was done where a letter did not arrive: “Nội dung này đã gửi lại đến “Văn phòng”.”; "" for nothing yet."""
    where = ", ".join(f"“{place}”" for place in dict.fromkeys(places))
    return f"Nội dung này đã gửi lại đến {where}." if where else ""


STATES = {
    "drafted": "đang soạn tệp kèm theo",
    "waiting": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "failed": "không gửi được",
    "unknown": "chưa rõ đã đến chưa",
    "empty": "không gửi, vì không còn gì để nhắc",
}


def became(state: str, *, maybe_twice: bool = False) -> str:
    """What became of a letter; `maybe_twice`: it went again after a stop, and may have come before."""
    return STATES[state] + (", có thể đến hai lần" if maybe_twice else "")


SHOWN = 6


def about_these(codes: Sequence[str]) -> str:
    """“3 việc: 1.1 #A2, 1.2 #A5, 2.1 #B1”, the first few by their codes."""
    more = f" và {len(codes) - SHOWN} việc khác" if len(codes) > SHOWN else ""
    return f"{len(codes)} việc: {', '.join(codes[:SHOWN])}{more}"


def why_failed(failure: str, channel: str) -> str:
    """Why a letter did not arrive; a platform's own English words are said to be such."""
    if not failure:
        return "không rõ lý do"
    return f"{channel} không nhận tin này và báo “{failure}”" if failure.isascii() else failure


def advice(*, is_unknown: bool, is_reminder: bool, is_gone: bool, has_other: bool, is_told: bool) -> str:
    """What the office may do about a letter that did not surely arrive; "" for nothing."""
    if is_gone and not has_other:
        return "Nơi này không còn nhận tin và đơn vị không còn nơi nào khác: đề nghị liên hệ và mời lại."
    if is_gone:
        return "Nơi này không còn nhận tin; tin sau đi qua nơi khác của đơn vị."
    if is_told:
        return ""
    if is_reminder:
        return "Việc nào còn mở sẽ nằm trong tin nhắc kế tiếp; không cần làm gì."
    if is_unknown:
        return "Tin có thể đã đến và không tự gửi lại; nếu quan trọng, đề nghị hỏi lại đơn vị."
    return "Tin này không tự gửi lại; nếu quan trọng, đề nghị báo trực tiếp cho đơn vị."
