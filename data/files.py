"""The files' folder: each file once under its SHA-256, out of the web's reach; which agency has which is in the database."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from data.file_kinds import TEXT, kind_of, safe_name
from data.locks import in_turn
from data.once import insert_once
from data.tables import StoredFile
from duties.errors import DutyError
from duties.message import Attached

MEGABYTE = 2**20
MOST_BYTES = 20 * MEGABYTE
UNFINISHED = ".new-"


class FileTooBig(DutyError):
    """Tệp lớn quá mức cho phép."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__(
            f"{f'Tệp “{name}”' if name else 'Tệp'} lớn hơn {most // MEGABYTE} MB nên không lưu được; "
            "xin gửi tệp nhỏ hơn hoặc gửi liên kết."
        )


class FileLost(Exception):
    """The database knows a file that the folder does not have."""


@dataclass(frozen=True)
class FilesFolder:
    """Where files are; only their owner may read them, and whoever holds a name of 64 digits knows nothing of them."""

    path: Path
    most_bytes: int = MOST_BYTES

    def write(self, content: bytes) -> str:
        """Put the bytes there unless they are there already, whole or not at all; their SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        place = self.place(sha256)
        if not (place.exists() and place.stat().st_size == len(content)):
            _write_whole(place, [content])
        return sha256

    def adopt(self, sha256: str, chunks: Iterable[bytes]) -> None:
        """Put a file there whose name is known; whatever raises while it comes leaves nothing behind."""
        _write_whole(self.place(sha256), chunks)

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there and is what its name says."""
        try:
            with self.place(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def read(self, sha256: str) -> bytes:
        try:
            return self.place(sha256).read_bytes()
        except FileNotFoundError:
            raise FileLost(sha256) from None

    def has(self, sha256: str) -> bool:
        return self.place(sha256).exists()

    def let_go(self, sha256: str) -> None:
        self.place(sha256).unlink(missing_ok=True)

    def clear_unfinished(self, before: datetime) -> int:
        """Delete what was being written when its process was killed, before that moment; how many."""
        left = [each for each in self.path.glob(f"*/{UNFINISHED}*") if _is_older(each, before)]
        for each in left:
            each.unlink(missing_ok=True)
        return len(left)

    def place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not sha256.isalnum():
            raise FileLost(sha256)
        return self.path / sha256[:2] / sha256


def _write_whole(place: Path, chunks: Iterable[bytes]) -> None:
    """A reader sees the old state or the new one, also after the power went: written aside, synced, then named."""
    for folder in (place.parent.parent, place.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=place.parent, prefix=UNFINISHED)  # made for its owner alone: 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, place)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:  # it was written to its end meanwhile
        return False


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_beside(database_url: str) -> Path:
    """Where files go when nothing is set: beside a SQLite file, else in `var/`."""
    _, is_sqlite, path = database_url.partition("sqlite:///")
    beside = Path(path).parent if is_sqlite and path else Path("var")
    return beside / "files"


def folder_of(session: Session) -> FilesFolder:
    """The folder when nothing is set, of the database that is open."""
    bind = session.get_bind()
    return FilesFolder(folder_beside(bind.engine.url.render_as_string()))


def keep(
    session: Session, folder: FilesFolder, agency_id: int, name: str, content: bytes, now: datetime
) -> Attached:
    """Keep a file that somebody sent, under a clean name; raises FileTooBig, EmptyFile or UnsafeFile."""
    if len(content) > folder.most_bytes:
        raise FileTooBig(safe_name(name), folder.most_bytes)
    kind = kind_of(name, content)
    honest = safe_name(name, kind)
    media_type = "text/csv" if kind is TEXT and honest.lower().endswith(".csv") else kind.media_type
    return Attached(_store(session, folder, agency_id, content, media_type, now), honest)


def keep_own(
    session: Session,
    folder: FilesFolder,
    agency_id: int,
    name: str,
    content: bytes,
    media_type: str,
    now: datetime,
) -> Attached:
    """Keep a document that we wrote ourselves, to be carried by a letter."""
    return Attached(_store(session, folder, agency_id, content, media_type, now), safe_name(name))


def _store(
    session: Session, folder: FilesFolder, agency_id: int, content: bytes, media_type: str, now: datetime
) -> int:
    """The bytes are in the folder before the row says so; a file that no row knows does no harm."""
    hold(session, hashlib.sha256(content).hexdigest())
    sha256 = folder.write(content)
    row = StoredFile(
        agency_id=agency_id, sha256=sha256, size=len(content), media_type=media_type, stored_at=now
    )
    new_id = insert_once(session, row)
    if new_id is not None:
        return new_id
    same = (StoredFile.agency_id == agency_id, StoredFile.sha256 == sha256)
    known = session.exec(select(StoredFile).where(*same)).one()
    known.let_go_at = None
    assert known.id is not None
    return known.id


def hold(session: Session, sha256: str) -> None:
    """Until the transaction ends nobody else gives that file, or deletes it."""
    in_turn(session, f"file-{sha256}")


def stored(session: Session, agency_id: int, file_id: int) -> StoredFile | None:
    """A file of that agency; another's is not there, nor is one that was kept long enough."""
    found = session.get(StoredFile, file_id)
    is_here = found is not None and found.agency_id == agency_id and found.let_go_at is None
    return found if is_here else None
