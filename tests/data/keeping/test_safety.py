"""What is damaged, strange, newer or in the way changes nothing, and says so in one line."""

import errno
import tarfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.engine import migrate, open_engine
from data.files import FilesFolder
from data.keeping.archive import Member, Pack, unpack
from data.keeping.backup import backup
from data.keeping.errors import (
    Damaged,
    InTheWay,
    KeepingError,
    NeedsPassphrase,
    Newer,
    NotABackup,
    NotEmpty,
    NothingToKeep,
    WeakPassphrase,
    WrongPassphrase,
)
from data.keeping.manifest import NAME, Manifest, read_manifest, written
from data.keeping.restore import restore, verify
from data.keeping.sealing import MARK, write_sealed
from tests.fakes.conversation import Conversation
from tests.fakes.keeping import NOW, PDF, SECRET, another, busy_office, everything, making
from tests.fakes.migrated import newest_revision

if TYPE_CHECKING:
    from typing_extensions import Buffer


@pytest.fixture(scope="module")
def talk() -> Iterator[Conversation]:
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/office.db")
        migrate(engine)
        yield busy_office(engine, Path(folder) / "files")
        engine.dispose()


@pytest.fixture(scope="module")
def plain(talk: Conversation) -> bytes:
    return made(talk, None)


@pytest.fixture(scope="module")
def sealed(talk: Conversation) -> bytes:
    return made(talk, SECRET)


def made(talk: Conversation, secret: str | None) -> bytes:
    with TemporaryDirectory() as folder:
        backup(making(talk), Path(folder) / "office.backup", secret)
        return (Path(folder) / "office.backup").read_bytes()


@pytest.fixture
def at(tmp_path: Path) -> Callable[[bytes], Path]:
    def put(content: bytes) -> Path:
        (tmp_path / "given.backup").write_bytes(content)
        return tmp_path / "given.backup"

    return put


def refused(content: bytes, secret: str | None = None) -> type[KeepingError] | None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "given.backup"
        path.write_bytes(content)
        try:
            verify(path, secret)
        except KeepingError as error:
            return type(error)
    return None


def changed(content: bytes, **values: object) -> bytes:
    """The same backup, its manifest changed and everything hashed again, as somebody with bad intent would."""
    pack, out = Pack(), b""
    for member in unpack(BytesIO(content)):
        inside = member.content(2**30)
        member.finish()
        if member.name == NAME:
            inside = written(Manifest(**{**vars(read_manifest(inside)), **values}))
        out += b"".join(pack.add(member.name, inside))
    return out + b"".join(pack.seal())


# Damaged.


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_changed_byte_goes_unnoticed(plain: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(plain) - 1))
    other = data.draw(st.integers(1, 255))
    assert refused(plain[:place] + bytes([plain[place] ^ other]) + plain[place + 1 :])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_cut_goes_unnoticed(plain: bytes, data: st.DataObject) -> None:
    assert refused(plain[: data.draw(st.integers(0, len(plain) - 1))])


def test_nothing_may_follow_the_end(plain: bytes) -> None:
    assert refused(plain + b"\0") is Damaged


@pytest.mark.parametrize("share", [0.0005, 0.003, 0.01, 0.5, 0.999])
def test_a_sealed_one_lets_no_changed_byte_pass(sealed: bytes, share: float) -> None:
    place = int(len(sealed) * share)
    broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    assert refused(broken, SECRET) in (Damaged, WrongPassphrase)


def test_a_sealed_one_that_is_cut_is_damaged(sealed: bytes) -> None:
    assert refused(sealed[:-3000], SECRET) is Damaged


def test_a_member_that_is_missing_is_missed(plain: bytes) -> None:
    pack, out = Pack(), b""
    for member in unpack(BytesIO(plain)):
        inside = member.content(2**30)
        member.finish()
        if not member.name.startswith("tables/answer/"):
            out += b"".join(pack.add(member.name, inside))
    assert refused(out + b"".join(pack.seal())) is Damaged


def test_the_count_of_rows_must_be_right(plain: bytes) -> None:
    assert refused(changed(plain, tables={})) is Damaged


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "files/../x", "tables/answer/x.gz", "C:\\evil"]
)
def test_no_other_name_has_a_way_in(name: str) -> None:
    pack = Pack()
    out = b"".join((*pack.add(MARK, b""), *pack.add(name, b"x"), *pack.add(NAME, b"{}"), *pack.seal()))
    assert refused(out) is Damaged


def test_no_link_has_a_way_in(plain: bytes) -> None:
    link = tarfile.TarInfo("files/" + "a" * 64)
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    first = plain.index(b"tables/")
    assert refused(plain[:first] + link.tobuf(tarfile.GNU_FORMAT) + plain[first:]) is Damaged


def test_a_file_must_be_what_its_name_says(plain: bytes) -> None:
    pack, out = Pack(), b""
    for member in unpack(BytesIO(plain)):
        inside = member.content(2**30)
        member.finish()
        if member.name == NAME:
            told = read_manifest(inside)
            members = [
                pack.members[n] if m.name.startswith("files/") else m for n, m in enumerate(told.members)
            ]
            inside = written(Manifest(**{**vars(told), "members": members}))
        if member.name.startswith("files/"):
            inside = inside[:-1] + b"X"
        out += b"".join(pack.add(member.name, inside))
    assert refused(out + b"".join(pack.seal())) is Damaged


# Not ours, not now.


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\0" * 100, bytes(2048)])
def test_what_is_no_backup_is_called_so(content: bytes) -> None:
    assert refused(content) is NotABackup


@pytest.mark.parametrize("newer", [{"schema": "9999"}, {"format": 2}])
def test_a_newer_one_is_refused(plain: bytes, newer: dict[str, object]) -> None:
    assert refused(changed(plain, **newer)) is Newer


def test_a_sealed_one_asks_for_its_passphrase(sealed: bytes) -> None:
    assert refused(sealed) is NeedsPassphrase


def test_a_wrong_passphrase_is_refused(sealed: bytes) -> None:
    assert refused(sealed, "một câu dài khác hẳn") is WrongPassphrase


def test_marks_may_be_typed_either_way(sealed: bytes) -> None:
    assert refused(sealed, unicodedata.normalize("NFD", SECRET)) is None


def test_a_short_passphrase_seals_nothing(talk: Conversation, tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        backup(making(talk), tmp_path / "office.backup", "1234")


def test_nothing_readable_is_left_in_a_sealed_one(sealed: bytes) -> None:
    assert b"tables/" not in sealed
    assert PDF not in sealed


# Nothing is changed.


def test_an_office_that_is_there_is_not_overwritten(
    talk: Conversation, plain: bytes, at: Callable[[bytes], Path]
) -> None:
    with pytest.raises(NotEmpty):
        restore(talk.engine, talk.files, at(plain))


def test_a_damaged_one_replaces_nothing(
    talk: Conversation, plain: bytes, at: Callable[[bytes], Path]
) -> None:
    before = everything(talk.engine)
    with pytest.raises(Damaged):
        restore(talk.engine, talk.files, at(plain[:-600]), replace=True)
    assert everything(talk.engine) == before


def test_rows_that_name_what_never_came_are_refused(
    engine: Engine, plain: bytes, at: Callable[[bytes], Path], tmp_path: Path
) -> None:
    orphaned = without_units(plain)
    with pytest.raises(Damaged):
        restore(engine, FilesFolder(tmp_path / "files"), at(orphaned))


def without_units(content: bytes) -> bytes:
    """The same backup without its units, told so by its manifest."""
    pack, out = Pack(), b""
    for member in unpack(BytesIO(content)):
        inside = member.content(2**30)
        member.finish()
        if member.name.startswith("tables/unit/"):
            continue
        if member.name == NAME:
            told = vars(read_manifest(inside))
            tables = {name: table for name, table in told["tables"].items() if name != "unit"}
            members = [Member(**vars(member)) for member in pack.members]
            inside = written(Manifest(**{**told, "tables": tables, "members": members}))
        out += b"".join(pack.add(member.name, inside))
    return out + b"".join(pack.seal())


def test_a_backup_never_takes_the_place_of_another_file(talk: Conversation, tmp_path: Path) -> None:
    (tmp_path / "ke-hoach.docx").write_bytes(b"PK")
    with pytest.raises(InTheWay):
        backup(making(talk), tmp_path / "ke-hoach.docx")


def test_a_backup_that_fails_leaves_the_one_before(talk: Conversation, tmp_path: Path, plain: bytes) -> None:
    (tmp_path / "office.backup").write_bytes(plain)

    def fails(_done: int, _all: int) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        backup(replace(making(talk), advance=fails), tmp_path / "office.backup")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [plain]


def test_a_database_without_tables_is_not_kept(talk: Conversation, tmp_path: Path) -> None:
    with another(f"sqlite:///{tmp_path / 'office.db'}") as empty, pytest.raises(NothingToKeep):
        backup(replace(making(talk), engine=empty), tmp_path / "office.backup")


def test_a_lost_file_is_named_and_stops_nothing(talk: Conversation, tmp_path: Path) -> None:
    elsewhere = FilesFolder(tmp_path / "elsewhere")
    manifest = backup(replace(making(talk), files=elsewhere), tmp_path / "office.backup")
    assert (len(manifest.lost), manifest.files) == (1, 0)


def test_it_is_for_its_owner_alone(talk: Conversation, tmp_path: Path) -> None:
    backup(making(talk), tmp_path / "office.backup")
    assert (tmp_path / "office.backup").stat().st_mode & 0o077 == 0


def test_any_tar_opens_it(plain: bytes) -> None:
    with tarfile.open(fileobj=BytesIO(plain)) as archive:
        names = archive.getnames()
    assert {MARK, NAME, "sha256"} < set(names)


def test_it_says_what_it_holds(plain: bytes, at: Callable[[bytes], Path], talk: Conversation) -> None:
    told = verify(at(plain))
    rows = sum(map(len, everything(talk.engine).values()))
    assert (told.made_at, told.schema, told.rows, told.files) == (NOW, newest_revision(), rows, 1)


class FullDisk(BytesIO):
    """It takes a few pages, and then no more."""

    def write(self, piece: "Buffer", /) -> int:
        if self.tell() > 4096:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(piece)


def test_a_full_disk_is_told_as_such_through_the_encryption_too() -> None:
    with pytest.raises(OSError, match="No space left") as told:
        write_sealed(iter([bytes(2**16)] * 4), FullDisk(), SECRET)
    assert told.value.errno == errno.ENOSPC


def test_what_goes_wrong_while_it_is_read_is_told_through_the_encryption_too() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise NothingToKeep

    with pytest.raises(NothingToKeep):
        write_sealed(chunks(), BytesIO(), SECRET)
