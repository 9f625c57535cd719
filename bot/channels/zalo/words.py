"""What only Zalo makes us say."""

from datetime import datetime

from duties.message import Choice, Line, Message
from duties.wording.help import one_line
from duties.workdays import HANOI

NOT_CARRIED = "Zalo không chuyển tệp đến bot nên chưa nhận được gì. "
BY_LINK = "Ảnh thì gửi được tại đây; tệp khác xin nộp qua liên kết."
BY_PHOTO = "Xin chụp từng trang rồi gửi ảnh vào đây, kèm lời, ví dụ “minh chứng #A12”."
WANTS_LINK = Choice("Nhận liên kết nộp tệp", "gửi minh chứng")
NO_VOICE = "Bot chưa nghe được tin thoại; xin gõ bằng chữ, ví dụ: “xong #A12”."


def not_carried(*, has_pages: bool) -> Message:
    """A file was sent; it is asked for by a link, or as a picture where there is no page to bring it to."""
    if has_pages:
        return Message((Line(NOT_CARRIED + BY_LINK),), (WANTS_LINK,))
    return one_line(NOT_CARRIED + BY_PHOTO)


def no_voice() -> Message:
    return one_line(NO_VOICE)


def not_fetched(why: str) -> Message:
    return one_line(
        f"Chưa tải được ảnh từ Zalo ({why}); lời kèm theo cũng chưa được ghi nhận. Xin gửi lại sau ít phút."
    )


def back_again(since: datetime, until: datetime) -> Message:
    """After a silence of ours: what was written meanwhile may never have come."""
    began, ended = since.astimezone(HANOI), until.astimezone(HANOI)
    on = "" if began.date() == ended.date() else f" ngày {began:%d/%m/%Y}"
    return one_line(
        f"Bot đã hoạt động trở lại. Tin gửi từ {began:%H:%M}{on} đến {ended:%H:%M} ngày {ended:%d/%m/%Y} "
        "có thể chưa tới; nếu chưa thấy bot xác nhận, xin gửi lại."
    )
