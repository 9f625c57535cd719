"""What can go wrong, in the words we say to people.

DutyError
 ├─ UnreadablePlan   the file cannot be read as a plan
 │   └─ SecretPaper  it is stamped as a state secret: nothing of it may be kept
 ├─ NothingUnderstood the file was read and holds no duty
 ├─ UnfitForm        the office's form for its report cannot be filled in
 ├─ YearUnknown      the file was read and names no year
 ├─ NotAllowed       the chat may not do this
 └─ NotFound         the thing named does not exist (any more)
"""

from inspect import getdoc


class DutyError(Exception):
    """Có lỗi xảy ra; xin thử lại."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or getdoc(type(self)))


class UnreadablePlan(DutyError):
    """Không đọc được tệp này; xin gửi kế hoạch dạng .docx, .xlsx hoặc .pdf."""


class SecretPaper(UnreadablePlan):
    """Tài liệu vừa gửi đóng dấu mật nên không nhận và không lưu lại; xin xử lý theo quy định về bảo vệ bí mật nhà nước."""


class NothingUnderstood(DutyError):
    """Không tìm thấy nhiệm vụ nào trong tệp này; xin kiểm tra lại tệp kế hoạch."""


class UnfitForm(DutyError):
    """Mẫu báo cáo này không mở được; xin mở bằng Word, lưu lại dạng .docx rồi gửi lại."""


class YearUnknown(DutyError):
    """Chưa rõ kế hoạch của năm nào; xin gửi lại tệp, kèm lời nhắn ghi năm, ví dụ “năm 2026”."""


class NotAllowed(DutyError):
    """Thao tác này không thuộc quyền ở nơi này; nếu cần, đề nghị liên hệ Văn phòng."""


class NotFound(DutyError):
    """Không tìm thấy phần việc này; gõ /viec để xem danh sách."""
