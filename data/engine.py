"""Open the database; one Session, one transaction, per piece of work."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from data.line import Line
from data.locks import in_turn
from data.trail import seal
from duties.errors import DutyError

MIGRATIONS = Path(__file__).parent / "migrations"
# A server that vanished without a word is given up within a minute, not when TCP has had enough of it.
HEAR_OF_THE_SERVER = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# How long a writer of a SQLite file waits for another one.
BUSY_SECONDS = 10
# A process that was stopped in the middle of its work does not hold up the others for ever.
LET_GO_OF_THE_IDLE = "SET idle_in_transaction_session_timeout = '1min'"


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///file` or `postgresql+psycopg://…`; the folder of a SQLite file is made if missing."""
    is_postgresql = url.startswith("postgresql")
    engine = create_engine(
        url, pool_pre_ping=is_postgresql, connect_args=HEAR_OF_THE_SERVER if is_postgresql else {}
    )
    if is_postgresql:
        event.listen(engine, "connect", _prepare_postgresql)
    if engine.dialect.name == "sqlite":
        if engine.url.database:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "do_connect", partial(_make_private, engine.url.database))
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", begin_immediate)
    return engine


def _prepare_postgresql(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.cursor().execute(LET_GO_OF_THE_IDLE)
    connection.commit()


def _make_private(file: str | None, *_: object) -> None:
    """A SQLite file that is made anew is its owner's alone; what SQLite puts beside it follows it."""
    if not file or file == ":memory:" or file.startswith("file:"):
        return
    with suppress(OSError):  # SQLite says itself what is wrong with the place
        if not Path(file).exists():
            Path(file).touch(mode=0o600)


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # isolation_level None hands BEGIN to us: the driver's own deferred BEGIN lets two readers both turn
    # into writers, and one of them fails at once instead of waiting its turn.
    connection.isolation_level = None
    # what is deleted is gone from the file too: a secret paper that came by mistake
    for pragma in (
        *("journal_mode=WAL", f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=NORMAL"),
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_immediate(connection: Connection) -> None:
    """How a transaction on SQLite begins: as a writer's, at once."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


# What is wrong with the database (locked, full, restarting), not with what was asked of it: worth another try.
DATABASE_TROUBLE = (OperationalError, InterfaceError)


def is_damaged(trouble: DatabaseError) -> bool:
    """Whether a SQLite file is torn or is no database at all: its driver has no name of its own for that."""
    return type(trouble.orig) is sqlite3.DatabaseError


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A Session that commits at the end, or rolls everything back on an error; what it noted is sealed before."""
    with _turn(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
        seal(session)


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """The threads of a process stand in line for a SQLite file: SQLite itself lets them ask again and again, and the
    longer one has waited the more seldom. A piece of work within another one stands in its place."""
    if engine.dialect.name != "sqlite":
        yield
        return
    line = _LINES.setdefault(engine, Line())
    # whoever waited so long takes its chance with SQLite
    is_ours = line.acquire(timeout=BUSY_SECONDS)
    try:
        yield
    finally:
        if is_ours:
            line.release()


_LINES: WeakKeyDictionary[Engine, Line] = WeakKeyDictionary()


def is_at_head(session: Session) -> bool:
    """Whether the database has the newest schema of this program: no older one, and no newer one either."""
    wanted = ScriptDirectory.from_config(alembic_config()).get_heads()
    return set(_revisions(session.connection())) == set(wanted)


class NewerDatabase(DutyError):
    """Cơ sở dữ liệu này do phiên bản mới hơn của chương trình nâng cấp; xin cài phiên bản đó rồi chạy lại, không dùng bản cũ."""


class KeysLost(Exception):
    """A migration left rows that name rows which are not there; nothing of it stays."""


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema, all of it or nothing; harmless when it is there already, or when another
    process does it, too. NewerDatabase when a later release was here before.
    """
    writer = without_keys(engine) if engine.dialect.name == "sqlite" else engine
    with writer.begin() as connection:
        in_turn(connection, "migrations")
        before = _revisions(connection)
        if not _is_known(before):
            raise NewerDatabase
        upgrade(connection)
        was_changed = _revisions(connection) != before
        if (
            was_changed
            and writer is not engine
            and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        ):
            raise KeysLost


def _revisions(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _is_known(revisions: Sequence[str]) -> bool:
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    return set(revisions) <= known


def without_keys(engine: Engine) -> Engine:
    """SQLite's own advice for changing tables: foreign keys off, and all looked at before the end."""
    writer = create_engine(engine.url, poolclass=NullPool)
    event.listen(writer, "do_connect", partial(_make_private, engine.url.database))
    event.listen(writer, "connect", _prepare_for_changes)
    event.listen(writer, "begin", begin_immediate)
    return writer


def _prepare_for_changes(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "foreign_keys=OFF", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to that revision within the transaction that is open."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
