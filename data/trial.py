"""What the database holds at this moment, for trying out what is not to stay: nobody who writes is held up meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine, StaticPool, create_engine, event

from data.engine import begin_immediate
from data.files import MEGABYTE

# Held in memory while it is tried on, so that no copy of what people wrote is left on a disk.
MOST_BYTES = 128 * MEGABYTE


@contextmanager
def trial_of(engine: Engine, most_bytes: int = MOST_BYTES) -> Iterator[Engine]:
    """An engine to be used by this thread alone; whoever tries something on it takes it back.

    A SQLite file has one writer at a time, so the trial gets a copy: to make it one only reads, and readers of a file in
    WAL mode hold up nobody (https://sqlite.org/wal.html, https://sqlite.org/backup.html). A larger file is tried on in
    place, and so is PostgreSQL, whose writers wait for one another by the row.
    """
    if engine.dialect.name != "sqlite":
        yield engine
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        if not _copy_into(copy, engine, most_bytes):
            yield engine
            return
        trial = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        event.listen(trial, "begin", begin_immediate)
        yield trial


def _copy_into(copy: sqlite3.Connection, engine: Engine, most_bytes: int) -> bool:
    """Whether it is small enough to be copied, and was."""
    with closing(engine.raw_connection()) as held:
        source = held.driver_connection
        assert isinstance(source, sqlite3.Connection)
        [pages], [size] = (
            source.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
        if pages * size > most_bytes:
            return False
        source.backup(copy)
    copy.execute("PRAGMA foreign_keys=ON")
    return True
