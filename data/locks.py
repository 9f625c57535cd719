"""One process at a time: a lock held while a process lives, and one held while a transaction lasts."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

# A machine that vanished without a word is noticed by the server within a minute, and another takes over.
NOTICE_THE_DEAD = (
    "SET tcp_keepalives_idle = 30",
    "SET tcp_keepalives_interval = 10",
    "SET tcp_keepalives_count = 3",
)

# Letters are claimed by one process at a time, which takes milliseconds: two that each held some of the letters and of the
# limits would wait for one another.
CLAIMS = "claims"


class Lock:
    """Held by one process: beside the SQLite file, or in PostgreSQL for as long as its own connection lives."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name
        self._connection: Connection | None = None
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        path = Path(f"{file}.{name}.lock") if file and file != ":memory:" else None
        # taken in one thread and given back in another
        self._file = FileLock(path, timeout=0, thread_local=False) if path else None

    def take(self) -> bool:
        """Whether the lock is ours, now; harmless when it is already."""
        return self._take_in_database() if self._engine.dialect.name == "postgresql" else self._take_file()

    def release(self) -> None:
        if self._file is not None:
            self._file.release()
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key_of(self._name)})
            self._hang_up()

    def _take_file(self) -> bool:
        if self._file is None or self._file.is_locked:
            return True
        try:
            self._file.acquire()
        except Timeout:
            return False
        return True

    def _take_in_database(self) -> bool:
        try:
            if self._connection is None:
                self._ask_in_database()
            else:
                self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self._hang_up()
        return self._connection is not None

    def _ask_in_database(self) -> None:
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        taken = text("SELECT pg_try_advisory_lock(:key)")
        if not self._connection.execute(taken, {"key": key_of(self._name)}).scalar_one():
            self._connection.close()
            self._connection = None
            return
        for setting in NOTICE_THE_DEAD:
            self._connection.execute(text(setting))

    def _hang_up(self) -> None:
        """The connection does not go back to the others: it may be dead, or still hold the lock."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def in_turn(work: Session | Connection, name: str) -> None:
    """Wait until no other transaction holds that name, then hold it to the end of this one.

    On SQLite every transaction is alone anyway.
    """
    bound = work.get_bind() if isinstance(work, Session) else work
    if bound.dialect.name == "postgresql":
        work.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key_of(name)})


def turn_in(agency_id: int) -> str:
    """The name under which an agency's work is changed: by one message, one plan at a time."""
    return f"agency-{agency_id}"


def key_of(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
