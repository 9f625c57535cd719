"""What only Telegram makes us say."""

from duties.message import Message
from duties.wording.help import one_line

TAKEN = "Đã nhận."
TAKEN_BEFORE = "Đã nhận lần bấm trước. Muốn báo lại, xin gõ bằng lời, ví dụ: “xong #A12”."
NOT_OUR_BUTTON = "Nút này không còn dùng được nên chưa ghi nhận gì. Gõ /viec để xem danh sách mới nhất."
NOT_LINKED = "Nơi này không còn liên kết với đơn vị nào nên chưa ghi nhận gì. Đề nghị hỏi Văn phòng mã mới."
BLOCKED = "bot đã bị chặn"
REMOVED = "bot đã bị đưa ra khỏi nhóm"
MUTED = "bot bị tắt quyền gửi tin trong nhóm"


def too_big(name: str) -> Message:
    return one_line(
        f"Tệp “{name}” lớn hơn 20 MB nên Telegram không chuyển được; xin gửi tệp nhỏ hơn hoặc gửi đường dẫn."
    )


def not_fetched(name: str) -> Message:
    return one_line(f"Chưa tải được tệp “{name}” từ Telegram; xin gửi lại tệp ấy sau ít phút.")


def welcome(username: str) -> Message:
    return one_line(
        "Kính chào. Nhóm này chưa liên kết với đơn vị nào. "
        f"Gõ /dangky@{username} kèm mã mời do Văn phòng cấp, ví dụ: /dangky@{username} ABCD2345."
    )
