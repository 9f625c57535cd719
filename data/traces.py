"""What was deleted is gone from the journal of a SQLite file, too: it holds older pages until they are written over."""

import sqlite3
import time
from contextlib import closing

from sqlalchemy import Engine

TRIES, BETWEEN = 30, 0.1  # seconds


def wipe_journal(engine: Engine) -> bool:
    """Put the journal into the file and empty it; False while somebody is at work, who is not made to wait.

    PostgreSQL keeps no such file of ours.
    """
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return True
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
            [is_busy, *_] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:  # locked
        return False
    return not is_busy


def wipe_journal_soon(engine: Engine) -> bool:
    """The same, tried for a few seconds."""
    for _ in range(TRIES):
        if wipe_journal(engine):
            return True
        time.sleep(BETWEEN)
    return False
