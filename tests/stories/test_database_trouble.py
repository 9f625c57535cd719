"""When the disk is full or the database is locked: it is said once, nothing is lost, and nothing is done twice."""

import logging
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel, select

from bot.world import AnsweredLater, World
from data.engine import open_engine, transaction
from data.obligations import items
from data.people import Place
from data.tables import Answer, Inbox
from scheduler.clock import StoppedClock
from scheduler.timetable import Guard, Job
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import SmallOffice, due_on, duty

pytestmark = pytest.mark.anyio

MONDAY = hanoi("2022-02-28 08:00")
# their letters take more than the pages that are there have room for
UNITS = [f"Phòng số {n}" for n in range(25)]
PLACE = Place("web", "", UNITS[0])


class Troubled(World):
    """An office with a letter due to each of its units, on a SQLite file that can be locked or filled by somebody else."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "office.db"
        self.letters = RecordingChannel()
        engine = open_engine(f"sqlite:///{self.file}")
        self._pages = 1_000_000
        event.listen(engine, "connect", self._prepare)
        SQLModel.metadata.create_all(engine)
        with transaction(engine) as session:
            agency_id = _found_agency(session)
        super().__init__(engine, StoppedClock(MONDAY), {"web": self.letters}, agency_id)
        self.other = sqlite3.connect(self.file, isolation_level=None)

    def lock(self) -> None:
        self.other.execute("BEGIN IMMEDIATE")

    def unlock(self) -> None:
        self.other.execute("ROLLBACK")

    def fill(self) -> None:
        """No page more may be written: what SQLite says then is what it says on a full disk."""
        self._allow(pages=1)  # it takes the present size where that is more

    def make_room(self) -> None:
        self._allow(pages=1_000_000)

    def _allow(self, pages: int) -> None:
        self._pages = pages
        self.engine.dispose()

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 20")
        connection.execute(f"PRAGMA max_page_count = {self._pages}")

    def nudged(self) -> list[str]:
        """Whom a letter was sent to, once for each."""
        sent = self.letters.sent
        return sorted(address.address for address, message in sent if message.text.startswith("Kính gửi"))

    def heard(self) -> int:
        with transaction(self.engine) as session:
            return len(session.exec(select(Inbox)).all())

    def answers(self) -> int:
        with transaction(self.engine) as session:
            return len(session.exec(select(Answer)).all())

    def code(self) -> str:
        with transaction(self.engine) as session:
            return items(session)[0].obligation.short_code


def _found_agency(session: Session) -> int:
    small = SmallOffice.founded(session, MONDAY, code="STTTT")
    for name in UNITS:
        small.chat(name, MONDAY, small.unit(name))
    tomorrow = due_on((MONDAY + timedelta(days=1)).date())
    duties = [duty(f"{n}", tomorrow, name, row=n) for n, name in enumerate(UNITS)]
    small.confirmed(MONDAY - timedelta(days=30), *duties)
    return small.agency_id


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Troubled]:
    made = Troubled(tmp_path)
    yield made
    made.other.close()
    made.engine.dispose()


# Locked by another process for longer than we wait.


async def test_a_beat_that_finds_the_database_locked_is_made_up_for_by_the_next(world: Troubled) -> None:
    world.lock()
    with pytest.raises(OperationalError, match="locked"):
        await world.tick()
    world.unlock()
    await world.tick()
    assert world.nudged() == sorted(UNITS)


async def test_a_message_that_could_not_be_stored_may_be_sent_again(world: Troubled) -> None:
    code = world.code()
    world.lock()
    with pytest.raises(OperationalError, match="locked"):
        await world.hear(PLACE, f"xong #{code}", platform_id="m:1")
    world.unlock()
    await world.hear(PLACE, f"xong #{code}", platform_id="m:1")
    assert (world.heard(), world.answers()) == (1, 1)


class LockingClock(StoppedClock):
    """Somebody locks the database just when the message is stored and about to be handled."""

    def __init__(self, moment: datetime, world: Troubled) -> None:
        super().__init__(moment)
        self._world, self._asked = world, 0

    def now(self) -> datetime:
        self._asked += 1
        if self._asked == 2:
            self._world.lock()
        return super().now()


async def test_a_message_that_was_stored_is_answered_later_and_once(world: Troubled, tmp_path: Path) -> None:
    code = world.code()
    world.other = sqlite3.connect(world.file, isolation_level=None, check_same_thread=False)
    world.clock = LockingClock(MONDAY, world)
    with pytest.raises(AnsweredLater, match="không cần gửi lại"):
        await world.hear(PLACE, f"xong #{code}", platform_id="m:1")
    world.unlock()
    for _ in range(2):
        await world.handle_left_over()
    assert (world.heard(), world.answers()) == (1, 1)


# A full disk.


async def test_a_full_disk_is_said_once(world: Troubled, caplog: pytest.LogCaptureFixture) -> None:
    beat = Guard(Job("tick", world.tick, every_seconds=20))
    world.fill()
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            await beat.run()
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert sorted(told) == ["job=tick failed, and is tried again at every beat", "not delivered"]
    assert "database or disk is full" in caplog.text


async def test_with_room_again_every_letter_goes_out_once(world: Troubled) -> None:
    world.fill()
    with pytest.raises(OperationalError, match="full"):
        await world.tick()
    world.make_room()
    for _ in range(2):
        await world.tick()
    assert world.nudged() == sorted(UNITS)


async def test_what_does_not_fit_on_the_disk_is_refused_and_not_half_kept(world: Troubled) -> None:
    code = world.code()
    world.fill()
    with pytest.raises(OperationalError, match="full"):
        await world.hear(PLACE, f"xong #{code} " + "x" * 100_000, platform_id="m:1")
    world.make_room()
    await world.hear(PLACE, f"xong #{code}", platform_id="m:1")
    assert (world.heard(), world.answers()) == (1, 1)
