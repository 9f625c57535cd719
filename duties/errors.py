"""What can go wrong, in the words we say to people.

DutyError
 ├─ UnreadablePlan   the file cannot be read as a plan
 ├─ NothingUnderstood the file was read and holds no duty
 ├─ NotAllowed       the chat may not do this
 └─ NotFound         the thing named does not exist (any more)
"""

from inspect import getdoc


class DutyError(Exception):
    """Có lỗi xảy ra; xin thử lại."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or getdoc(type(self)))


class UnreadablePlan(DutyError):
    """Không đọc được tệp này; xin gửi kế hoạch dạng .docx, .txt hoặc .md."""


class NothingUnderstood(DutyError):
    """Không tìm thấy nhiệm vụ nào trong tệp này; xin kiểm tra lại tệp kế hoạch."""


class NotAllowed(DutyError):
    """Thao tác này không thuộc quyền của đơn vị."""


class NotFound(DutyError):
    """Không tìm thấy phần việc này; gõ /viec để xem danh sách."""
