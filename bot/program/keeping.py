"""What `backup`, `restore` and `export` share: settings, database, passphrase, and one line when it cannot be done."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from bot.app import DAMAGED_DATABASE, NO_DATABASE, CannotRun
from bot.program.terminal import BAD_USAGE, NOT_DONE, leave, who
from bot.settings import Settings, what_is_wrong
from data import trail
from data.engine import is_at_head, is_damaged, open_engine, transaction
from data.files import FileLost
from data.people import the_agency
from duties.errors import DutyError

PRODUCT = version("nhacviec")
OTHER_RELEASE = "Cơ sở dữ liệu là của phiên bản khác; xin chạy nhacviec run một lần rồi làm lại."

DISK_TROUBLE = {
    errno.ENOSPC: "ổ đĩa đã hết chỗ",
    errno.EDQUOT: "đã dùng hết phần ổ đĩa được cấp",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa báo lỗi đọc, ghi",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}


@contextmanager
def one_line_when_refused(path: Path) -> Iterator[None]:
    """Whatever goes wrong ends the program with one line that says what to do."""
    try:
        yield
    except (DutyError, CannotRun) as refused:
        leave(str(refused), NOT_DONE)
    except (ArgumentError, NoSuchModuleError, OperationalError):
        leave(NO_DATABASE, BAD_USAGE)
    except DatabaseError as trouble:
        if not is_damaged(trouble):
            raise
        leave(DAMAGED_DATABASE, NOT_DONE)
    except FileLost as lost:
        leave(f"Thư mục tệp minh chứng thiếu tệp {lost}; xin chạy lại.", NOT_DONE)
    except FileNotFoundError as missing:
        leave(f"Không có {missing.filename or path}; xin kiểm tra đường dẫn.", BAD_USAGE)
    except IsADirectoryError:
        leave(f"{path} là thư mục; xin ghi cả tên tệp.", BAD_USAGE)
    except PermissionError as denied:
        leave(f"Không có quyền với {denied.filename or path}; xin kiểm tra quyền.", BAD_USAGE)
    except OSError as broken:
        why = DISK_TROUBLE.get(broken.errno or 0, broken.strerror or str(broken))
        leave(f"Chưa làm được với {path}: {why}; xin kiểm tra đĩa.", NOT_DONE)


def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        leave("\n".join(map(what_is_wrong, wrong.errors(include_input=False))), BAD_USAGE)


@contextmanager
def database(of: Settings) -> Iterator[Engine]:
    """The database as it is: nothing is made or migrated."""
    engine = open_engine(of.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def noted(engine: Engine, now: datetime, action: str, file: Path, rows: int | None = None) -> None:
    """Write down what was done with everything; not into the tables of another release."""
    with transaction(engine) as session:
        if is_at_head(session):
            trail.note(session, now, action, the_agency(session), sender=who(), file=str(file), rows=rows)


def passphrase(path: Path | None) -> str | None:
    """The first line of the file; what an editor adds at its end does not count."""
    if path is None:
        return None
    try:
        return (path.read_text("utf-8-sig").splitlines() or [""])[0].strip()
    except (OSError, UnicodeDecodeError):
        leave(f"Không đọc được tệp mật khẩu {path}; xin kiểm tra đường dẫn và quyền.", BAD_USAGE)
