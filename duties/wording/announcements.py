"""An announcement to all units: looked at, sent, and how far it has got."""

from collections.abc import Sequence
from datetime import date, datetime

from duties.message import Choice, Line, Look, Message
from duties.wording.dates import day, moment
from duties.wording.entries import shortened


def announcement(agency: str, text: str) -> Message:
    """What every unit reads."""
    of = f" - {agency}" if agency else ""
    return Message((Line(f"Thông báo của Văn phòng{of}", Look.TITLE), Line(text)))


RESUME = Choice("Tiếp tục nhắc", "tiếp tục")
SEND = Choice("Gửi thông báo", "gửi thông báo")
DROP = Choice("Bỏ", "bỏ thông báo")


def looked_at(agency: str, text: str, chats: int, missing: Sequence[str], held: str = "") -> Message:
    """`held`: what `held_by_pause` says, while the agency is paused; then it is not offered to be sent."""
    lines = [Line(f"Xin xem lại trước khi gửi tới {chats} nơi nhận:", Look.TITLE)]
    lines += announcement(agency, text).lines
    lines += _missing(missing)
    if not chats:
        return Message((Line("Chưa có đơn vị nào nhận được tin; gõ /moi để lấy mã mời."),))
    if held:
        lines.append(Line(f"{held} Gõ “tiếp tục” để nhắc lại như thường, rồi gõ “gửi thông báo”."))
        return Message(tuple(lines), (RESUME, DROP))
    lines.append(
        Line("Gõ “gửi thông báo” để gửi, “bỏ thông báo” để thôi; sửa thì viết lại /thongbao …", Look.QUIET)
    )
    return Message(tuple(lines), (SEND, DROP))


def sent(chats: int, missing: Sequence[str], goes_on: datetime | None) -> Message:
    """`goes_on`: when it goes out, where that is not at once."""
    when = f" sẽ gửi lúc {moment(goes_on)}" if goes_on else " đang được gửi"
    lines = [Line(f"Thông báo{when} tới {chats} nơi nhận. Gõ “thông báo gửi đến đâu” để xem.")]
    return Message((*lines, *_missing(missing)), (Choice("Gửi đến đâu", "thông báo gửi đến đâu"),))


def _missing(missing: Sequence[str]) -> list[Line]:
    return [Line(f"Chưa có kênh nhận tin: {'; '.join(missing)}. Gõ /moi để lấy mã mời.")] if missing else []


def held_by_pause(until: date | None) -> str:
    """Why an announcement cannot go out now; `until`: the last day of a pause that ends by itself."""
    ends = f" đến hết ngày {day(until)}" if until else ""
    return f"Đang tạm dừng gửi tin{ends} nên chưa gửi thông báo được."


def pause_holds(until: date | None) -> Message:
    words = f"{held_by_pause(until)} Gõ “tiếp tục”, rồi gõ lại “gửi thông báo”."
    return Message((Line(words),), (RESUME, DROP))


def still_drafted(text: str) -> Message:
    """Said when a pause ends while an announcement waits to be confirmed."""
    words = f"Thông báo “{shortened(text, 60)}” đã soạn vẫn chưa gửi; gõ “gửi thông báo” để gửi."
    return Message((Line(words),), (SEND, DROP))


def dropped() -> Message:
    return Message((Line("Đã bỏ, không gửi thông báo này."),))


def nothing_drafted() -> str:
    return "Không có thông báo nào chờ gửi. Gõ /thongbao kèm nội dung, xem lại rồi gõ “gửi thông báo”."


def nothing_sent() -> str:
    return "Chưa gửi thông báo nào. Gõ /thongbao kèm nội dung để soạn."


def progress(
    text: str, at: datetime, arrived: int, total: int, failed: Sequence[str], missing: Sequence[str]
) -> Message:
    """“Thông báo lúc …: đã gửi 18/20.”"""
    lines = [Line(f"Thông báo “{shortened(text, 60)}” lúc {moment(at)}: đã gửi {arrived}/{total}.")]
    if failed:
        lines.append(Line(f"Chưa chắc đã đến: {'; '.join(failed)}."))
    return Message((*lines, *_missing(missing)))
