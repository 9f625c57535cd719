"""Several processes of the program beside one another."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select

from bot.channels import reception
from bot.channels.reception import Reception
from bot.site import free_port
from bot.world import World
from data.engine import open_engine, transaction
from data.locks import Lock
from data.people import Place
from data.tables import Chat, Nudge
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import SmallOffice, due_on, duty

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
MONDAY = hanoi("2022-02-28 08:00")
UNIT = "Phòng Kế hoạch - Tài chính"
BOT = ("web", "")


# As it is started.


async def begin(folder: Path, *words: str, port: int = 0) -> Process:
    settings = {
        "NHACVIEC_DATABASE_URL": f"sqlite:///{folder / 'office.db'}",
        "NHACVIEC_SECRET_FILE": str(folder / "secret"),
        "NHACVIEC_PORT": str(port or free_port("127.0.0.1", 0)),
    }
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=ROOT, env={**around, **settings}, stdout=PIPE, stderr=STDOUT
    )


@asynccontextmanager
async def a_worker(folder: Path) -> AsyncIterator[Process]:
    """`nhacviec run --no-web`, at work."""
    process = await begin(folder, "run", "--no-web")
    assert process.stdout is not None
    try:
        await asyncio.wait_for(process.stdout.readuntil(b"at work\n"), 60)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_second_run_on_a_sqlite_file_is_refused_in_one_line(tmp_path: Path) -> None:
    async with a_worker(tmp_path):
        second = await begin(tmp_path, "run")
        said, _ = await second.communicate()
    assert second.returncode == 2
    assert said.decode().splitlines() == [
        "Đã có một tiến trình `nhacviec run` dùng cơ sở dữ liệu này; xin dừng tiến trình đó trước."
    ]


async def test_the_other_commands_work_beside_it(tmp_path: Path) -> None:
    async with a_worker(tmp_path):
        done = [
            await (await begin(tmp_path, *words)).wait() for words in (("unit", "add", UNIT), ("preview",))
        ]
    assert done == [0, 0]


async def test_told_to_stop_a_worker_ends_well(tmp_path: Path) -> None:
    async with a_worker(tmp_path) as worker:
        worker.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(worker.wait(), 30) == 0


# One plans, and for each bot one sends.


async def _for_ever() -> None:
    await asyncio.Event().wait()


async def _until_trouble() -> None:
    """As whoever asks a database that has gone away."""
    await asyncio.sleep(0.1)
    raise ConnectionError


class Office:
    """An office with one letter due, and as many processes on its PostgreSQL as are wanted."""

    def __init__(self, url: str) -> None:
        self.url, self.engines = url, list[Engine]()
        SQLModel.metadata.create_all(self._engine())
        with transaction(self.engines[0]) as session:
            self.agency_id = _found_agency(session)

    def _engine(self) -> Engine:
        self.engines.append(open_engine(self.url))
        return self.engines[-1]

    def process(self) -> World:
        engine, channel = self._engine(), RecordingChannel()
        planner = Lock(engine, "planner")
        return World(engine, StoppedClock(MONDAY), {"web": channel}, self.agency_id, planner=planner)

    def cut_the_planner_off(self) -> None:
        """What an administrator, or a network, does to its connection."""
        locks = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        with self.engines[0].begin() as connection:
            connection.execute(text(locks))

    def nudges(self) -> int:
        with transaction(self.engines[0]) as session:
            return len(session.exec(select(Nudge)).all())

    @asynccontextmanager
    async def listening(self, serve: Callable[[], Awaitable[None]] = _for_ever) -> AsyncIterator[World]:
        """A process that has the bot, or waits for its turn to have it."""
        world, door = self.process(), Reception(*BOT, serve)
        door.join(world)
        door.open()
        try:
            yield world
        finally:
            await world.close()
            await door.close()


def _found_agency(session: Session) -> int:
    small = SmallOffice.founded(session, MONDAY, code="STTTT")
    small.chat(UNIT, MONDAY, small.unit(UNIT))
    small.confirmed(hanoi("2022-01-28 08:00"), duty("1", due_on(hanoi("2022-03-01 08:00").date()), UNIT))
    return small.agency_id


@pytest.fixture
def office(postgresql: str) -> Iterator[Office]:
    made = Office(postgresql)
    yield made
    SQLModel.metadata.drop_all(made.engines[0])
    for engine in made.engines:
        engine.dispose()


async def test_one_of_them_plans(office: Office) -> None:
    first, second = office.process(), office.process()
    assert [await first.is_planner(), await second.is_planner()] == [True, False]
    await first.close()
    await second.close()


async def test_when_it_ends_another_takes_over(office: Office) -> None:
    first, second = office.process(), office.process()
    await first.is_planner()
    await first.close()
    assert await second.is_planner()
    await second.close()


async def test_when_its_connection_is_cut_another_takes_over(office: Office) -> None:
    first, second = office.process(), office.process()
    await first.is_planner()
    office.cut_the_planner_off()
    assert [await second.is_planner(), await first.is_planner()] == [True, False]
    await second.close()


async def test_after_a_cut_the_same_day_planned_again_gives_the_same_rows(office: Office) -> None:
    first, second = office.process(), office.process()
    sent = await first.tick()
    planned = office.nudges()
    office.cut_the_planner_off()
    sent += await second.tick() + await first.tick()
    assert (sent, office.nudges()) == (1, planned)
    await second.close()


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "ASKS_FOR_LOCK_EVERY", timedelta(seconds=0.05))


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.02)


async def has_the_bot(*worlds: World) -> World:
    """The one of them that sends the bot's letters, once there is one."""

    def holders() -> list[World]:
        return [world for world in worlds if BOT not in world.elsewhere]

    await until(lambda: len(holders()) == 1)
    return holders()[0]


@pytest.mark.usefixtures("_soon")
async def test_who_has_the_bot_sends_its_letters(office: Office) -> None:
    async with office.listening() as first, office.listening() as second:
        holder = await has_the_bot(first, second)
        other = second if holder is first else first
        await first.plan()
        assert [await other.deliver(), await holder.deliver()] == [0, 1]


@pytest.mark.usefixtures("_soon")
async def test_when_it_ends_another_sends(office: Office) -> None:
    async with AsyncExitStack() as first_lives:
        first = await first_lives.enter_async_context(office.listening())
        await has_the_bot(first)
        async with office.listening() as second:
            await second.plan()
            assert await second.deliver() == 0
            await first_lives.aclose()
            await has_the_bot(second)
            assert await second.deliver() == 1


@pytest.mark.usefixtures("_soon")
async def test_when_its_connection_is_cut_one_of_them_sends_on(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async with office.listening() as first, office.listening() as second:
        await (await has_the_bot(first, second)).plan()
        office.cut_the_planner_off()
        await until(lambda: "another process may have taken" in caplog.text)
        assert await (await has_the_bot(first, second)).deliver() == 1


@pytest.mark.usefixtures("_soon")
async def test_who_had_trouble_of_its_own_knows_that_another_has_the_bot(office: Office) -> None:
    async with office.listening(_until_trouble) as first:
        await has_the_bot(first)
        office.cut_the_planner_off()
        other = Lock(office.engines[0], "-".join(BOT))
        await until(other.take)
        await until(lambda: BOT in first.elsewhere)
        other.release()
        await has_the_bot(first)


async def test_what_one_process_wrote_the_page_of_another_shows(office: Office) -> None:
    page, worker = office.process(), office.process()
    with transaction(page.engine) as session:
        chat_id = session.exec(select(Chat.id)).one() or 0
    before = await page.version(chat_id)
    await worker.hear(Place("web", "", UNIT), "/viec")
    assert await page.version(chat_id) > before
    await worker.close()
