"""What is tried on the database of this moment leaves no trace, and on SQLite holds up nobody who writes."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select, update

from data.engine import migrate, open_engine, transaction
from data.tables import Agency
from data.trial import trial_of
from tests.conftest import hanoi

NOW = hanoi("2022-03-14 07:00")


@pytest.fixture
def file(tmp_path: Path) -> Engine:
    """A SQLite file with one agency in it."""
    engine = open_engine(f"sqlite:///{tmp_path / 'office.db'}")
    migrate(engine)
    with transaction(engine) as session:
        session.add(Agency(name="Sở Thông tin", code="STTTT", created_at=NOW))
    return engine


def call(engine: Engine, name: str) -> None:
    with transaction(engine) as session:
        session.exec(update(Agency).where(col(Agency.code) == "STTTT").values(name=name))


def name_in(engine: Engine) -> str:
    with transaction(engine) as session:
        return session.exec(select(Agency.name)).one()


def test_a_trial_begins_with_what_is_there_and_leaves_nothing_behind(file: Engine) -> None:
    with trial_of(file) as trial:
        assert name_in(trial) == "Sở Thông tin"
        call(trial, "Sở thử")
        assert name_in(trial) == "Sở thử"
    assert name_in(file) == "Sở Thông tin"


def test_others_write_while_something_is_tried(file: Engine) -> None:
    with trial_of(file) as trial, transaction(trial) as session:
        session.exec(update(Agency).values(name="Sở thử"))
        call(file, "Sở mới")
        assert session.exec(select(Agency.name)).one() == "Sở thử"
    assert name_in(file) == "Sở mới"


def test_a_trial_may_begin_while_another_writes(file: Engine) -> None:
    with transaction(file) as session:
        session.exec(update(Agency).values(name="Sở mới"))
        with trial_of(file) as trial:
            assert name_in(trial) == "Sở Thông tin"


def test_what_is_tried_and_taken_back_can_be_tried_otherwise(file: Engine) -> None:
    with trial_of(file) as trial, transaction(trial) as session:
        tried = session.begin_nested()
        session.exec(update(Agency).values(name="Sở thử"))
        tried.rollback()
        assert session.exec(select(Agency.name)).one() == "Sở Thông tin"


def test_a_file_too_large_to_be_copied_is_tried_on_in_place(file: Engine) -> None:
    with trial_of(file, most_bytes=1) as trial:
        assert trial is file
