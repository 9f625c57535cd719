"""Make a backup: every row of one moment and the files they know, in one file that is there whole or not at all."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from data.chain import heads_of
from data.files import FilesFolder
from data.keeping.archive import BLOCK, CHUNK, Pack
from data.keeping.errors import InTheWay
from data.keeping.manifest import ABOUT, FORMAT, NAME, Manifest, written
from data.keeping.manifest import Table as Counted
from data.keeping.rows import slices, tables_of
from data.keeping.sealing import KEY, MARK, check_passphrase, write_sealed
from data.keeping.snapshot import next_id_of, rows_of, schema_of, snapshot
from data.keeping.unfinished import written_aside

Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class Making:
    """What is put into a backup, and what it says of itself. `advance`: bytes done, bytes known of."""

    engine: Engine
    files: FilesFolder
    product: str
    now: datetime
    advance: Advance = lambda _done, _all: None


def backup(making: Making, path: Path, secret: str | None = None) -> Manifest:
    """Write the backup beside its place, then name it; what was there before stays until then."""
    if secret is not None:
        check_passphrase(secret)
    _check_place(path)
    work = _Work(making)
    with written_aside(path) as out:
        out.writelines(work.pieces()) if secret is None else write_sealed(work.pieces(), out, secret)
    return work.manifest


def _check_place(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb") as file:
        start = file.read(BLOCK)
    if not start.startswith((MARK.encode() + b"\0", KEY.encode() + b"\0")):
        raise InTheWay


class _Work:
    """The archive being made."""

    manifest: Manifest

    def __init__(self, making: Making) -> None:
        self._making, self._pack = making, Pack()
        self._schema = ""
        self._tables: dict[str, Counted] = {}
        self._files: dict[str, int] = {}
        self._lost: list[str] = []
        self._heads: list[str] = []

    def pieces(self) -> Iterator[bytes]:
        yield from self._pack.add(MARK, ABOUT.encode())
        yield from self._rows()
        yield from self._contents()
        self.manifest = self._told()
        yield from self._pack.add(NAME, written(self.manifest))
        yield from self._pack.seal()

    def _rows(self) -> Iterator[bytes]:
        with snapshot(self._making.engine) as connection:
            self._schema = schema_of(connection)
            tables = tables_of(connection)
            self._heads = [str(head) for head in heads_of(connection)]
            known = tables["stored_file"].columns
            here = [known.let_go_at.is_(None)] if "let_go_at" in known else []
            self._files = {
                row.sha256: row.size
                for row in connection.execute(select(known.sha256, known.size).where(*here))
            }
            for name, table in tables.items():
                rows = 0
                parts = slices(rows_of(connection, table), table.columns.keys())
                for number, (count, content) in enumerate(parts, start=1):
                    rows += count
                    yield from self._pack.add(f"tables/{name}/{number:06}.jsonl.gz", content)
                self._tables[name] = Counted(rows, next_id_of(connection, table))

    def _contents(self) -> Iterator[bytes]:
        """Files never change under their name, so they need not be of the same moment; one may be gone since."""
        done, total = 0, sum(self._files.values())
        for sha256, size in sorted(self._files.items()):
            if self._making.files.is_whole(sha256):
                yield from self._file(sha256)
            else:
                self._lost.append(sha256)
            done += size
            self._making.advance(done, total)

    def _file(self, sha256: str) -> Iterator[bytes]:
        place = self._making.files.place(sha256)
        with place.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            yield from self._pack.stream(f"files/{sha256}", size, iter(lambda: file.read(CHUNK), b""))

    def _told(self) -> Manifest:
        return Manifest(
            format=FORMAT,
            product=self._making.product,
            schema=self._schema,
            engine=self._making.engine.dialect.name,
            made_at=self._making.now,
            tables=self._tables,
            members=list(self._pack.members),
            lost=self._lost,
            heads=self._heads,
        )
