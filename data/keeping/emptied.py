"""A database to restore into: ours alone for one transaction, emptied, its foreign keys looked at when all is there."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import SQLModel

import data.tables  # noqa: F401  the tables register themselves in SQLModel.metadata
from data.engine import without_keys
from data.keeping.errors import Busy, Damaged
from data.keeping.rows import VERSION_TABLE
from data.locks import in_turn

PATIENCE = "10s"


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """One transaction from the first DROP to the last row; Busy when others do not let go of the tables."""
    writer = without_keys(engine) if engine.dialect.name == "sqlite" else engine
    try:
        with writer.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            in_turn(connection, "migrations")
            yield connection
    except OperationalError as error:
        if "lock" in str(error.orig):
            raise Busy from None
        raise


def has_agency(connection: Connection) -> bool:
    if not inspect(connection).has_table("agency"):
        return False
    return bool(connection.execute(text("SELECT count(*) FROM agency")).scalar_one())


def empty(connection: Connection) -> None:
    """Drop our tables and no others."""
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in (*SQLModel.metadata.tables, VERSION_TABLE):
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"{cascade}')


@contextmanager
def unchecked(connection: Connection) -> Iterator[None]:
    """Rows may name rows that are still to come; Damaged if one names what never came."""
    if connection.dialect.name == "sqlite":
        yield
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise Damaged
        return
    keys = [tuple(row) for row in connection.execute(text(FOREIGN_KEYS))]
    _alter(connection, keys, "DEFERRABLE INITIALLY DEFERRED")
    yield
    try:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except IntegrityError:
        raise Damaged from None
    _alter(connection, keys, "NOT DEFERRABLE")


FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


def _alter(connection: Connection, keys: list[tuple[str, ...]], how: str) -> None:
    for table, key in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ALTER CONSTRAINT {key} {how}")
