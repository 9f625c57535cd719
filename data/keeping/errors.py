"""Why a backup is not made or not restored, each in one line."""

from duties.errors import DutyError


class KeepingError(DutyError):
    """Không sao lưu hoặc khôi phục được; xin thử lại."""


class NotABackup(KeepingError):
    """Tệp này không phải bản sao lưu của Nhắc việc; xin chọn đúng tệp."""


class Damaged(KeepingError):
    """Bản sao lưu bị hỏng hoặc thiếu một phần nên không khôi phục; dữ liệu hiện có còn nguyên. Xin dùng bản sao lưu khác."""


class Newer(KeepingError):
    """Bản sao lưu do phiên bản mới hơn làm ra; xin nâng cấp chương trình rồi khôi phục lại."""

    def __init__(self, product: str) -> None:
        super().__init__(
            f"Bản sao lưu do phiên bản mới hơn ({product}) làm ra; xin nâng cấp chương trình rồi khôi phục lại."
        )


class Busy(KeepingError):
    """Cơ sở dữ liệu đang được dùng; xin dừng các tiến trình nhacviec run rồi khôi phục lại."""


class NeedsPassphrase(KeepingError):
    """Bản sao lưu này có mật khẩu; xin thêm --passphrase-file TỆP."""


class WrongPassphrase(KeepingError):
    """Mật khẩu chưa đúng với bản sao lưu này (hoặc tệp đã hỏng); xin kiểm tra lại tệp mật khẩu."""


class WeakPassphrase(KeepingError):
    """Mật khẩu sao lưu phải có ít nhất 12 ký tự; xin đặt mật khẩu dài hơn."""


class NotEmpty(KeepingError):
    """Cơ sở dữ liệu đã có dữ liệu; xin khôi phục vào cơ sở dữ liệu trống, hoặc thêm --replace để thay toàn bộ."""


class NothingToKeep(KeepingError):
    """Chưa có dữ liệu nào; xin kiểm tra NHACVIEC_DATABASE_URL."""


class InTheWay(KeepingError):
    """Tệp này đã có và không phải bản sao lưu; xin chọn tên khác."""
