"""The database as it stood at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, Table, create_engine, event, func, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from data.keeping.errors import NothingToKeep
from data.keeping.rows import VERSION_TABLE

# Rows with files in them come a few at a time.
MANY, FEW = 1000, 10


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads only and holds nobody up: of WAL on SQLite, repeatable-read on PostgreSQL."""
    is_sqlite = engine.dialect.name == "sqlite"
    reader = _sqlite_reader(engine) if is_sqlite else engine.execution_options(**REPEATABLE)
    with reader.connect() as connection, connection.begin():
        if not is_sqlite:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection


REPEATABLE = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _sqlite_reader(engine: Engine) -> Engine:
    """Without the BEGIN IMMEDIATE of everybody else, which would make writers wait."""
    if engine.url.database is None or not Path(engine.url.database).is_file():
        raise NothingToKeep
    reader = create_engine(engine.url, poolclass=NullPool)
    event.listen(reader, "connect", _only_look)
    event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return reader


def _only_look(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("busy_timeout=10000", "query_only=ON"):
        cursor.execute(f"PRAGMA {pragma}")


def schema_of(connection: Connection) -> str:
    """The revision of the tables; NothingToKeep when there are none."""
    if not connection.dialect.has_table(connection, VERSION_TABLE):
        raise NothingToKeep
    return str(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one())


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    """Every row in the order of its number, a few at a time."""
    has_bytes = any(column.type.python_type is bytes for column in table.columns)
    asked = select(table).order_by(table.columns["id"])
    streamed = connection.execution_options(yield_per=FEW if has_bytes else MANY).execute(asked)
    for row in streamed:
        yield tuple(row)


def next_id_of(connection: Connection, table: Table) -> int:
    """The number its next row would get: PostgreSQL gives none twice, SQLite goes on from the highest there is."""
    highest = connection.execute(select(func.max(table.columns["id"]))).scalar_one() or 0
    if connection.dialect.name == "sqlite":
        return int(highest) + 1
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar_one()
    last, is_used = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()
    return max(int(highest) + 1, int(last) + int(is_used))


def set_next_id(connection: Connection, table: str, next_id: int) -> None:
    """Numbers that were given are not given again; on SQLite the rows themselves see to that."""
    if connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table, "id")
        connection.execute(select(func.setval(sequence, next_id, False)))
