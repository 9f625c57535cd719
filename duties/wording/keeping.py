"""What is kept for how long, and what was let go, in words."""

from datetime import date

from duties.wording.dates import day
from duties.wording.numbers import whole

LET_GO = "(đã xóa vì hết thời hạn giữ)"
FORGOTTEN = "(đã xóa theo yêu cầu của người gửi)"
KINDS = {
    "messages": "Lời và tệp trong tin đến",
    "letters": "Lời trong tin đã gửi",
    "evidence": "Tệp minh chứng của kế hoạch đã hết năm, việc đã khép lại",
    "trail": "Mục nhật ký",
    "sessions": "Phiên trang web đã kết thúc",
    "codes": "Lượt nhập mã sai, mã mời hết hiệu lực chưa dùng",
    "links": "Liên kết riêng đã hết hạn hoặc thu hồi",
    "drafts": "Bản kế hoạch đọc xong mà không xác nhận",
}


def due(kind: str, before: date | None, count: int) -> str:
    """“Tin đã gửi: 120 mục trước ngày 22/11/2021”; without a date it is kept for good."""
    if before is None:
        return f"{KINDS[kind]}: giữ lâu dài"
    found = f"{whole(count)} mục" if count else "không có mục nào"
    return f"{KINDS[kind]}: {found} trước ngày {day(before)}"


def let_go(count: int) -> str:
    return f"Đã xóa {whole(count)} mục hết thời hạn giữ." if count else "Không có gì hết thời hạn giữ."


HOW_TO_CONFIRM = "Chưa xóa gì. Muốn xóa: nhacviec retention --confirm (tiến trình run cũng tự xóa mỗi ngày)."
