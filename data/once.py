"""Insert a row once: the unique keys decide, so that running twice is harmless."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Row = TypeVar("Row")


def slices(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """Long work in pieces, each of which a statement can take."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def insert_all_once(session: Session, kind: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert many rows by their columns, leaving out those whose unique key is there; how many are new."""
    if not rows:
        return 0
    table: Table = kind.__table__  # type: ignore[attr-defined]  # as below
    statement = _insert_into(session, table)
    return session.connection().execute(statement, list(rows)).rowcount


def _insert_into(session: Session, table: Table) -> Insert:
    match session.get_bind().dialect.name:
        case "sqlite":
            return sqlite.insert(table).on_conflict_do_nothing()
        case "postgresql":
            return postgresql.insert(table).on_conflict_do_nothing()
        case other:
            raise NotImplementedError(other)


def insert_once(session: Session, row: SQLModel) -> int | None:
    """Insert `row` unless one with its unique key is there; its new id, or None when it was there already."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel adds it to every table class
    values: dict[str, Any] = {c.key: getattr(row, c.key) for c in table.columns if c.key != "id"}
    new_id: int | None = session.execute(
        _insert_into(session, table).values(values).returning(table.c.id)
    ).scalar_one_or_none()
    return new_id
