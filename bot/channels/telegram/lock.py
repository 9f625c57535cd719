"""One process for each bot: whoever holds the lock asks Telegram for updates and handles them, in order."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError


class BotLock:
    """Held beside the SQLite file, or in PostgreSQL for as long as the connection lives."""

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
                self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": self._key})
            self._connection.close()
            self._connection = None

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
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                taken = text("SELECT pg_try_advisory_lock(:key)")
                if not self._connection.execute(taken, {"key": self._key}).scalar_one():
                    self._give_up()
            elif self._connection.execute(text("SELECT 1")).scalar_one() != 1:
                self._give_up()
        except DBAPIError:
            self._give_up()
        return self._connection is not None

    def _give_up(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    @property
    def _key(self) -> int:
        return int.from_bytes(sha256(self._name.encode()).digest()[:8], signed=True)
