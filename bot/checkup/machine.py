"""The machine: its time zones and clock, room on the disk, files that only their owner may read, fonts."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.checkup.finding import Finding, doubtful, megabytes, named, well, wrong
from bot.health import LEAST_ROOM, room
from bot.settings import Settings

AHEAD = timedelta(minutes=5)
ENV = Path(".env")
LETTERS = (
    "ĂÂĐÊÔƠƯăâđêôơưẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
)


def check_machine(settings: Settings) -> Iterator[Finding]:
    """All that is asked of the machine itself."""
    yield check_time_zone()
    yield check_disk(settings)
    yield check_secret(settings.secret_file)
    yield from check_env_file(ENV)
    yield from check_rights(settings)
    yield check_fonts()


def check_time_zone() -> Finding:
    try:
        offset = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).utcoffset()
    except ZoneInfoNotFoundError:
        return wrong(
            "Múi giờ", "thiếu dữ liệu múi giờ Asia/Ho_Chi_Minh", "cài gói tzdata: pip install tzdata"
        )
    if offset != timedelta(hours=7):
        return wrong(
            "Múi giờ",
            f"Asia/Ho_Chi_Minh đang là UTC{offset}, phải là UTC+7",
            "cài lại gói tzdata của hệ thống",
        )
    return well("Múi giờ", "Asia/Ho_Chi_Minh, UTC+7")


def check_clock(now: datetime, newest: datetime | None) -> Finding:
    """What was written down lies in the past, or else the clock was put back."""
    said = f"{now:%H:%M ngày %d/%m/%Y}"
    if newest is not None and newest > now + AHEAD:
        return wrong(
            "Đồng hồ",
            f"máy đang chỉ {said}, nhưng đã có việc ghi lúc {newest.astimezone(now.tzinfo):%H:%M ngày %d/%m/%Y}",
            "chỉnh lại giờ, bật đồng bộ giờ (timedatectl set-ntp true; Windows: Đặt giờ tự động)",
        )
    return well("Đồng hồ", said)


def check_disk(settings: Settings) -> Finding:
    free = room(settings.files.path)
    if free < LEAST_ROOM:
        return wrong(
            "Ổ đĩa",
            f"chỉ còn trống {megabytes(free)}",
            f"dọn bớt hoặc thêm chỗ cho {settings.files.path.absolute()}; cần ít nhất {megabytes(LEAST_ROOM)}",
        )
    return well("Ổ đĩa", f"còn trống {megabytes(free)}")


def check_secret(path: Path) -> Finding:
    if not path.exists():
        return well("Khóa ký", f"chưa có; {path} được tạo khi chạy nhacviec run lần đầu")
    if not _read(path):
        return wrong(
            "Khóa ký",
            f"{path} trống hoặc không đọc được",
            f"khôi phục từ bản sao lưu, hoặc xóa {path} để tạo khóa mới (nút và liên kết cũ sẽ hết hiệu lực)",
        )
    if _others_may_read(path):
        return wrong("Khóa ký", f"người khác trên máy đọc được {path}", f"chạy: chmod 600 {path}")
    return well("Khóa ký", f"{path}, chỉ chủ sở hữu đọc được")


def _read(path: Path) -> str:
    """What it says; nothing when it cannot be read as text."""
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def check_env_file(path: Path) -> Iterator[Finding]:
    """Only where there is one."""
    if _others_may_read(path):
        yield doubtful(
            "Tệp .env",
            "người khác trên máy đọc được, trong đó có thể có mã bí mật",
            f"chạy: chmod 600 {path}",
        )


def check_rights(settings: Settings) -> Iterator[Finding]:
    """What an older version, a copy or a restore may have left readable: the database, the evidence, files with secrets."""
    found = [
        *((path, f"chmod 600 {path}") for path in _database_files(settings) if _others_may_read(path)),
        *((path, f"chmod -R go= {path}") for path in [settings.files.path] if _others_may_read(path)),
        *(
            (path, f"chmod o= {path}")
            for path in _secret_files(settings)
            if _others_may_read(path, EVERYBODY)
        ),
    ]
    if found:
        paths, todo = zip(*found, strict=True)
        yield doubtful(
            "Quyền đọc",
            f"người khác trên máy đọc được {named(list(map(str, paths)))}",
            f"chạy: {'; '.join(todo)}",
        )


def _database_files(settings: Settings) -> list[Path]:
    """The file of SQLite, and what it puts beside it."""
    _, _, path = settings.database_url.partition("sqlite:///")
    return [Path(f"{path}{beside}") for beside in ("", "-wal", "-shm")] if path else []


def _secret_files(settings: Settings) -> list[Path]:
    """Those that were named; what Docker lays there is seen by nobody but the container."""
    return [path for path in settings.secret_files if MOUNTED not in path.parents]


MOUNTED = Path("/run/secrets")
OTHERS = stat.S_IRWXG | stat.S_IRWXO
# a group may have been let in on purpose
EVERYBODY = stat.S_IRWXO


def _others_may_read(path: Path, others: int = OTHERS) -> bool:
    try:
        # Windows keeps rights elsewhere
        return os.name == "posix" and bool(path.stat().st_mode & others)
    except OSError:  # not there, or not ours to look at
        return False


def check_fonts() -> Finding:
    """The picture of a summary is drawn with letters that must have every Vietnamese mark."""
    # loading the library takes longer than all the rest
    from matplotlib.ft2font import FT2Font

    from documents.picture import Type

    for face in (Type(20).face, Type(20, bold=True).face):
        if not face.exists() or not all(FT2Font(str(face)).get_char_index(ord(each)) for each in LETTERS):
            return wrong(
                "Phông chữ",
                f"{face.name} thiếu hoặc không đủ chữ Việt",
                "cài lại matplotlib: pip install --force-reinstall matplotlib",
            )
    return well("Phông chữ", "đủ chữ Việt cho biểu đồ")
