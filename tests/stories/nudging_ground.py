"""Where the stories of nudging take place: one office whose plan was confirmed, in a database of its own each time."""

import itertools
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, make_url, text
from sqlmodel import SQLModel

from data.engine import open_engine, transaction
from data.tables import ChatRole
from tests.conftest import hanoi
from tests.fakes.offices import ONGOING, QUARTER_2, SmallOffice, dated, due_on, duty

BEGIN = hanoi("2022-03-31 16:45")
OFFICE, PLANS, PRESS, MUTE = "Văn phòng", "Phòng Kế hoạch", "Phòng Báo chí", "Thanh tra Sở"
UNITS = (PLANS, PRESS)


class Ground(Protocol):
    """Where the stories take place: each in a database of its own, which begins as an office whose plan was confirmed."""

    def open(self) -> str: ...

    def close(self, url: str) -> None: ...


class Files:
    """A file for each story."""

    def open(self) -> str:
        folder = Path(tempfile.mkdtemp(prefix="nhacviec-machine-"))
        (folder / "office.db").write_bytes(an_office())
        return f"sqlite:///{folder / 'office.db'}"

    def close(self, url: str) -> None:
        shutil.rmtree(Path(url.removeprefix("sqlite:///")).parent)


@cache
def an_office() -> bytes:
    """The database of an office on the evening on which its plan was confirmed."""
    with tempfile.TemporaryDirectory(prefix="nhacviec-machine-") as folder:
        path = Path(folder) / "office.db"
        _found(f"sqlite:///{path}")
        return path.read_bytes()


class Server:
    """A database of one PostgreSQL server for each story, copied from the first."""

    def __init__(self, url: str) -> None:
        self._url, self._numbers = make_url(url), itertools.count(1)
        self._say("CREATE DATABASE story_first")
        _found(self._named("story_first"))

    def open(self) -> str:
        name = f"story_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE story_first")
        return self._named(name)

    def close(self, url: str) -> None:
        self._say(f"DROP DATABASE {make_url(url).database}")

    def _named(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _say(self, words: str) -> None:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(words))
        engine.dispose()


def _found(url: str) -> None:
    engine = open_engine(url)
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        _furnish(SmallOffice.founded(session, BEGIN, code="STTTT"))
    engine.dispose()


def _furnish(small: SmallOffice) -> None:
    small.chat(OFFICE, BEGIN, role=ChatRole.OFFICE)
    for name in UNITS:
        small.chat(name, BEGIN, small.unit(name))
    small.unit(MUTE)
    months = dated(*(due_on(date(2022, month, 20)).due[0] for month in (4, 5, 6)))
    small.confirmed(
        BEGIN,
        duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), PLANS, partners=(PRESS,)),
        duty("1.2", due_on(date(2022, 4, 17)), PRESS, row=1),
        duty("1.3", months, PLANS, PRESS, row=2),
        duty("2.1", due_on(date(2022, 12, 31)), PRESS, partners=(PLANS,), row=3),
        duty("3.1", ONGOING, PLANS, row=4),
        duty("4.1", due_on(date(2022, 5, 20)), MUTE, row=5),
    )
