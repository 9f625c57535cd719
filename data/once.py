"""Insert a row once: the unique keys decide, so that running twice is harmless."""

from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, row: SQLModel) -> int | None:
    """Insert `row` unless one with its unique key is there; its new id, or None when it was there already."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel adds it to every table class
    values: dict[str, Any] = {c.key: getattr(row, c.key) for c in table.columns if c.key != "id"}
    dialect = session.get_bind().dialect.name
    insert_into = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}.get(dialect, insert)
    statement = insert_into(table).values(values)
    if isinstance(statement, sqlite.Insert | postgresql.Insert):
        statement = statement.on_conflict_do_nothing()
    new_id: int | None = session.execute(statement.returning(table.c.id)).scalar_one_or_none()
    return new_id
