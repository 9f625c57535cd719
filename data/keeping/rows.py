"""Rows as lines of JSON that either database can write and read: moments in UTC, bytes in base64."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from gzip import compress
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, DateTime, LargeBinary, MetaData, Table, Time, inspect

from data.keeping.errors import Damaged

VERSION_TABLE = "alembic_version"
SLICE = 4 * 2**20
MOST_BYTES = 512 * 2**20


def tables_of(connection: Connection) -> dict[str, Table]:
    """The tables as they are in the database, whichever schema it has; not what today's program thinks of them."""
    looking, metadata = inspect(connection), MetaData()
    names = sorted(set(looking.get_table_names()) - {VERSION_TABLE})
    return {name: Table(name, metadata, *_columns(looking.get_columns(name))) for name in names}


def _columns(found: Iterable[Any]) -> Iterator[Column[Any]]:
    for column in found:
        kind = column["type"]
        if isinstance(kind, JSON):
            kind.none_as_null = column["nullable"]
        yield Column(column["name"], kind, nullable=column["nullable"], primary_key=column["name"] == "id")


def slices(rows: Iterable[Sequence[Any]], names: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Rows as compressed JSON lines of a few megabytes each, with how many there are."""
    lines: list[bytes] = []
    size = 0
    for row in rows:
        lines.append(plain_line(names, row))
        size += len(lines[-1])
        if size >= SLICE:
            yield len(lines), compress(b"".join(lines), mtime=0)
            lines, size = [], 0
    if lines:
        yield len(lines), compress(b"".join(lines), mtime=0)


def plain_line(names: Sequence[str], row: Sequence[Any]) -> bytes:
    values = {name: _plain(value) for name, value in zip(names, row, strict=True)}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _plain(value: object) -> object:
    match value:
        case datetime():
            return (value.astimezone(UTC) if value.tzinfo else value).replace(tzinfo=None).isoformat()
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return b64encode(value).decode()
        case _:
            return value


def read_rows(compressed: bytes) -> list[dict[str, Any]]:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        content = unpacking.decompress(compressed, MOST_BYTES)
        rows = [json.loads(line) for line in content.splitlines()]
    except (zlib.error, ValueError):
        raise Damaged from None
    if not unpacking.eof or not all(isinstance(row, dict) for row in rows):
        raise Damaged
    return rows


def fitting(rows: Iterable[dict[str, Any]], table: Table, dialect: str) -> list[dict[str, Any]]:
    """The values as that database's driver takes them."""
    try:
        return [
            {name: _value(value, table.columns[name], dialect) for name, value in row.items()} for row in rows
        ]
    except (KeyError, TypeError, ValueError):
        raise Damaged from None


def _value(value: object, column: Column[Any], dialect: str) -> object:
    match column.type:
        case _ if value is None:
            return None
        case DateTime(timezone=has_zone):
            moment = datetime.fromisoformat(str(value))
            return moment.replace(tzinfo=UTC) if has_zone else moment
        case Date():
            return date.fromisoformat(str(value))
        case Time():
            return time.fromisoformat(str(value))
        case LargeBinary():
            return b64decode(str(value), validate=True)
        case _ if isinstance(value, str) and dialect == "postgresql":
            return value.replace("\0", "")  # it keeps no text with that character
        case _:
            return value
