"""What the database holds at this moment, for trying out what is not to stay: nobody who writes is held up meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine, StaticPool, create_engine, event

from data.engine import begin_immediate

# SQLite's name for a file of its own that is gone when it is closed.
OF_ITS_OWN = ""


@contextmanager
def trial_of(engine: Engine) -> Iterator[Engine]:
    """An engine to be used by this thread alone. What is written there is gone at the end on SQLite.

    A SQLite file has one writer at a time, so the trial gets a copy: to make it one only reads, and readers of a file in
    WAL mode hold up nobody (https://sqlite.org/wal.html, https://sqlite.org/backup.html). PostgreSQL's writers wait for
    one another by the row: there it is the database itself, and whoever tries something takes it back.
    """
    if engine.dialect.name != "sqlite":
        yield engine
        return
    with closing(sqlite3.connect(OF_ITS_OWN, isolation_level=None)) as copy:
        _copy_into(copy, engine)
        trial = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        event.listen(trial, "begin", begin_immediate)
        yield trial


def _copy_into(copy: sqlite3.Connection, engine: Engine) -> None:
    with closing(engine.raw_connection()) as held:
        assert isinstance(held.driver_connection, sqlite3.Connection)
        held.driver_connection.backup(copy)
    for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=ON"):
        copy.execute(f"PRAGMA {pragma}")
