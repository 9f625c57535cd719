"""The database and the files beside it: open, of this program's schema, whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlmodel import Session, col, select

from bot.checkup.finding import Finding, State, doubtful, megabytes, well, wrong
from bot.settings import Settings
from data.engine import is_at_head, is_damaged, open_engine, transaction
from data.files import FilesFolder
from data.heartbeats import last_beats
from data.keeping.snapshot import snapshot
from data.tables import StoredFile
from duties.errors import DutyError

ABOUT, FILES = "Cơ sở dữ liệu", "Kho tệp"
CHECK_ADDRESS = "xem lại NHACVIEC_DATABASE_URL, mật khẩu, quyền ghi, và máy chủ PostgreSQL có đang chạy không"

WRITE_ADDRESS = "ghi sqlite:///tệp, hoặc postgresql+psycopg://người_dùng@máy_chủ/tên"

RESTORE = (
    "xem lại NHACVIEC_DATABASE_URL; nếu đúng tệp: dừng nhacviec run, cất tệp đó (cùng tệp -wal, -shm) sang nơi khác "
    "rồi chạy nhacviec restore TỆP"
)


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Engine | None, Finding]]:
    """The database if it can be asked, and how it is; nothing is made, and nothing is migrated."""
    try:
        if _is_missing_file(settings.database_url):
            yield None, doubtful(ABOUT, "chưa có", "chạy nhacviec run: lần đầu sẽ tự tạo")
            return
        engine = open_engine(settings.database_url)
    except (SQLAlchemyError, ImportError, OSError) as trouble:
        yield None, _not_opened(trouble)
        return
    finding = _how_it_is(engine)
    yield (engine if finding.state is not State.WRONG else None), finding
    engine.dispose()


def _is_missing_file(url: str) -> bool:
    _, is_sqlite, path = url.partition("sqlite:///")
    return bool(is_sqlite and path) and not Path(path).exists()


def _how_it_is(engine: Engine) -> Finding:
    try:
        with transaction(engine) as session:
            at_head, size = is_at_head(session), _size(session)
        if engine.dialect.name == "sqlite" and not _is_whole(engine):
            return wrong(ABOUT, "tệp có chỗ hỏng", RESTORE)
    except (SQLAlchemyError, OSError) as trouble:
        return _not_opened(trouble)
    if not at_head:
        return wrong(
            ABOUT,
            "không cùng phiên bản với chương trình này",
            "sao lưu rồi chạy nhacviec run để nâng cấp; nếu dữ liệu mới hơn chương trình thì cài bản mới hơn",
        )
    return well(ABOUT, f"{engine.dialect.name}, đúng phiên bản, {megabytes(size)}")


def _is_whole(engine: Engine) -> bool:
    """As SQLite finds when it looks at every page; others go on writing meanwhile."""
    with snapshot(engine) as connection:
        return str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one()) == "ok"


def _not_opened(trouble: Exception) -> Finding:
    if isinstance(trouble, ArgumentError | ImportError):
        return wrong(ABOUT, "NHACVIEC_DATABASE_URL không phải địa chỉ dùng được", WRITE_ADDRESS)
    if isinstance(trouble, DatabaseError) and is_damaged(trouble):
        return wrong(ABOUT, "tệp bị hỏng hoặc không phải cơ sở dữ liệu", RESTORE)
    # what the driver says names the host and the user, and no password
    why = str(getattr(trouble, "orig", None) or type(trouble).__name__).strip().partition("\n")[0]
    return wrong(ABOUT, f"không mở được: {why}", CHECK_ADDRESS)


def _size(session: Session) -> int:
    sizes = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    return int(session.connection().execute(text(sizes[session.get_bind().dialect.name])).scalar_one())


def newest_beat(engine: Engine) -> datetime | None:
    """The last moment that was written down."""
    with transaction(engine) as session:
        return max(last_beats(session).values(), default=None)


def check_files(engine: Engine, files: FilesFolder) -> Iterator[Finding]:
    """The folder can be written to, and every file that the database knows is there."""
    if files.path.exists() and not os.access(files.path, os.W_OK):
        yield wrong(
            FILES, f"không ghi được vào {files.path}", "cho tài khoản chạy chương trình quyền ghi thư mục này"
        )
    with transaction(engine) as session:
        known = list(
            session.exec(select(StoredFile.sha256).where(col(StoredFile.let_go_at).is_(None)).distinct())
        )
    lost = sum(1 for sha256 in known if not _is_there(files, sha256))
    if lost:
        yield wrong(
            FILES,
            f"mất {lost} trên {len(known)} tệp mà cơ sở dữ liệu có ghi",
            f"xem NHACVIEC_FILES_DIR (đang là {files.path}) hoặc khôi phục thư mục này từ bản sao lưu",
        )
    else:
        yield well(FILES, f"{files.path}, đủ {len(known)} tệp")


def _is_there(files: FilesFolder, sha256: str) -> bool:
    try:
        return files.place(sha256).exists()
    except DutyError:
        return False
