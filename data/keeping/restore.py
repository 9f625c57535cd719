"""Restore a backup: everything is checked first, then rows and files come back in one transaction, or nothing does."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from data.engine import alembic_config, upgrade
from data.files import FilesFolder
from data.keeping.archive import Incoming, Member, unpack
from data.keeping.backup import Advance
from data.keeping.emptied import alone, empty, has_agency, unchecked
from data.keeping.errors import Damaged, Newer, NotEmpty
from data.keeping.manifest import FILE, FORMAT, MOST_BYTES, NAME, TABLE, Manifest, is_known, read_manifest
from data.keeping.rows import MOST_BYTES as MOST_ROWS
from data.keeping.rows import fitting, read_rows, tables_of
from data.keeping.sealing import opened
from data.keeping.snapshot import set_next_id

Take = Callable[[Incoming], None]


def _nobody(_done: int, _all: int) -> None:
    """Told how far it went."""


def verify(path: Path, secret: str | None = None, advance: Advance = _nobody) -> Manifest:
    """Read the whole backup and change nothing: what it holds, or Damaged, or Newer."""
    counted: Counter[str] = Counter()

    def count(member: Incoming) -> None:
        if found := TABLE.fullmatch(member.name):
            counted[found[1]] += len(read_rows(member.content(MOST_ROWS)))

    manifest = _read(path, secret, count, advance)
    if {name: table.rows for name, table in manifest.tables.items() if table.rows} != counted:
        raise Damaged
    if manifest.format != FORMAT or not _is_known_schema(manifest.schema):
        raise Newer(manifest.product)
    return manifest


def restore(
    engine: Engine,
    files: FilesFolder,
    path: Path,
    secret: str | None = None,
    *,
    replace: bool = False,
    advance: Advance = _nobody,
) -> Manifest:
    """Bring back what the backup holds, at today's schema; NotEmpty unless all there is may be replaced."""
    manifest = verify(path, secret, advance)
    with alone(engine) as connection:
        if not replace and has_agency(connection):
            raise NotEmpty
        empty(connection)
        upgrade(connection, manifest.schema)
        loading = _Loading(connection, files)
        with unchecked(connection):
            if _read(path, secret, loading.take, advance) != manifest:
                raise Damaged
        loading.number_on(manifest)
        upgrade(connection)
    return manifest


class _Loading:
    """Rows and files, put where they belong as they come out of the archive."""

    def __init__(self, connection: Connection, files: FilesFolder) -> None:
        self._connection, self._files = connection, files
        self._tables = tables_of(connection)

    def take(self, member: Incoming) -> None:
        if found := TABLE.fullmatch(member.name):
            self._load(found[1], member.content(MOST_ROWS))
        elif found := FILE.fullmatch(member.name):
            self._files.adopt(found[1], member.checked(found[1]))

    def number_on(self, manifest: Manifest) -> None:
        for name, table in manifest.tables.items():
            set_next_id(self._connection, name, table.next_id)

    def _load(self, name: str, content: bytes) -> None:
        if name not in self._tables:
            raise Damaged
        table = self._tables[name]
        rows = fitting(read_rows(content), table, self._connection.dialect.name)
        if rows:
            self._connection.execute(table.insert(), rows)


def _read(path: Path, secret: str | None, take: Take, advance: Advance) -> Manifest:
    """Hand over every member, then see that they are those of the manifest, each whole."""
    size, found, told = path.stat().st_size, list[Member](), b""
    with path.open("rb") as file, opened(file, secret) as archive:
        for member in unpack(archive):
            if not is_known(member.name) or told:
                raise Damaged
            if member.name == NAME:
                told = member.content(MOST_BYTES)
                member.finish()
                continue
            take(member)
            found.append(member.finish())
            advance(file.tell(), size)
    manifest = read_manifest(told)
    if found != manifest.members or any(not _is_itself(member) for member in found):
        raise Damaged
    return manifest


def _is_itself(member: Member) -> bool:
    named = FILE.fullmatch(member.name)
    return named is None or named[1] == member.sha256


def _is_known_schema(revision: str) -> bool:
    try:
        return ScriptDirectory.from_config(alembic_config()).get_revision(revision) is not None
    except CommandError:
        return False
