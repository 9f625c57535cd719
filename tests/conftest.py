"""A fixed day, a fresh database, the fakes."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from data.engine import open_engine, transaction
from data.obligations import Office
from data.offices import office_of
from data.tables import Agency
from duties.workdays import HANOI, day_of


def hanoi(text: str) -> datetime:
    """“2022-02-28 08:00” as a moment in Hanoi."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


NOW = hanoi("2022-02-28 08:00")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A fresh SQLite database with every table."""
    opened = open_engine(f"sqlite:///{tmp_path / 'office.db'}")
    SQLModel.metadata.create_all(opened)
    yield opened
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
