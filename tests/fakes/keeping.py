"""An office with something in many tables, what is in a database, and other databases to restore into."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from data.engine import migrate, open_engine, transaction
from data.files import FilesFolder
from data.keeping.backup import Making
from data.offices import office_of
from data.people import the_agency
from data.summaries import summary_of
from duties.summary import Summary
from duties.windows import half_window, quarter_window, year_window
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, QUARTER_2, due_on, duty

NOW = hanoi("2022-03-01 09:00")
TODAY = date(2022, 7, 1)
PDF = b"%PDF-1.7 bao cao"
SECRET = "một câu dài dễ nhớ"
WINDOWS = (quarter_window(2022, 1), quarter_window(2022, 2), half_window(2022, 1), year_window(2022))


@contextmanager
def migrated(engine: Engine) -> Iterator[Engine]:
    """The same database as a program makes it."""
    with emptied(engine):
        migrate(engine)
        yield engine


@contextmanager
def emptied(engine: Engine) -> Iterator[Engine]:
    """The same database without any table; afterwards the next test finds its tables, whatever was made of them."""
    SQLModel.metadata.drop_all(engine)
    try:
        yield engine
    finally:
        SQLModel.metadata.drop_all(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        SQLModel.metadata.create_all(engine)


@contextmanager
def another(url: str) -> Iterator[Engine]:
    """A database with nothing in it, not even tables; left so, too."""
    engine = open_engine(url)
    SQLModel.metadata.drop_all(engine)
    yield engine
    SQLModel.metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    engine.dispose()


def busy_office(engine: Engine, folder: Path) -> Conversation:
    """Plans, answers, evidence, decisions, an undone answer, a closed window, a renamed unit and a calendar."""
    talk = Conversation(engine, NOW, FilesFolder(folder))
    talk.plan(
        duty("1.1", due_on(date(2022, 3, 15)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 6, 10), QUARTER_2), PLANS, PRESS, partners=("Công an tỉnh",), row=2),
        duty("1.3", due_on(date(2022, 3, 31)), PRESS, row=3),
        duty("2.1", ONGOING, PRESS, row=4),
    )
    for who in (PLANS, PRESS):
        talk.say(who, "/viec")
    talk.say(PLANS, "xong 1: 4 tin, 2 bài", file_name="bao-cao.pdf", file=PDF)
    talk.say(PRESS, "việc 1 xin lùi đến 20/4 vì chờ số liệu")
    talk.say(PRESS, "1 vướng: chưa có kinh phí ở “Phòng”\r\n\ttừ quý I — 100% 😀")
    talk.say(OFFICE, "/choduyet")
    talk.say(OFFICE, "duyệt 1")
    talk.say(PRESS, "xong 2")
    talk.say(PRESS, "hoàn tác")
    talk.say(OFFICE, "nghỉ 29/4: hoán đổi")
    talk.now = hanoi("2022-03-16 09:00")
    talk.say(OFFICE, "chốt số liệu quý 1")
    return talk


def making(talk: Conversation) -> Making:
    return Making(talk.engine, talk.files, product="0.1.0", now=NOW)


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the program reads it."""
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(table.columns["id"]))]
            for name, table in SQLModel.metadata.tables.items()
        }


def numbers(engine: Engine) -> list[Summary]:
    with transaction(engine) as session:
        agency = the_agency(session)
        assert agency is not None
        office = office_of(session, agency, TODAY)
        return [summary_of(session, agency, office, window, TODAY) for window in WINDOWS]
