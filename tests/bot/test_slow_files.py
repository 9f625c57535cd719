"""A file that takes long to read holds up the chat it came from, and nobody else."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.world import World
from data.engine import transaction
from data.files import FilesFolder
from data.people import Place
from data.tables import Inbox
from documents.aside import is_slow
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.channels import RecordingChannel
from tests.fakes.conversation import OFFICE, PLANS, Conversation

pytestmark = pytest.mark.anyio
PLAN = (Path(__file__).parents[1] / "samples" / "ha-tinh-stnmt-2024.pdf").read_bytes()
FROM_OFFICE, FROM_UNIT = Place("web", "", OFFICE), Place("web", "", PLANS)
READ, THROWN_AWAY = "Kế hoạch: ", "Đã hủy bản chờ xác nhận"
PATIENCE = 60


class Busy(World):
    """The reader has other files to read first, until it is let go."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.letters, self.let_go = RecordingChannel(), asyncio.Event()
        super().__init__(
            engine, StoppedClock(NOW), {"web": self.letters}, agency_id=1, files=FilesFolder(folder)
        )

    async def read_ahead(self, place: Place, name: str, content: bytes) -> None:
        if is_slow(content):
            await self.let_go.wait()
        await super().read_ahead(place, name, content)

    async def hear_plan(self) -> None:
        assert await self.take_in_lane(FROM_OFFICE, "năm 2024", file=PLAN, file_name="ke-hoach.pdf") == []

    async def hear_words(self, place: Place, words: str) -> None:
        await self.take_in_lane(place, words)

    def waiting(self) -> list[str]:
        """The words of what was stored and is not handled yet."""
        with transaction(self.engine) as session:
            waits = select(Inbox.text).where(col(Inbox.handled_at).is_(None)).order_by(col(Inbox.id))
            return list(session.exec(waits))

    async def said(self, to: Place, words: str) -> list[str]:
        """All that was said there, once that was said."""
        async with asyncio.timeout(PATIENCE):
            while not any(words in each for each in self.letters.to(to)):  # noqa: ASYNC110 - a channel tells nobody
                await asyncio.sleep(0.01)
        return self.letters.to(to)


@pytest.fixture
async def world(engine: Engine, tmp_path: Path) -> AsyncIterator[Busy]:
    Conversation(engine, NOW)
    made = Busy(engine, tmp_path)
    yield made
    await made.close()


async def test_another_chat_is_answered_meanwhile(world: Busy) -> None:
    await world.hear_plan()
    await world.hear_words(FROM_UNIT, "/viec")
    assert world.waiting() == ["năm 2024"]


async def test_what_its_sender_says_meanwhile_is_stored_at_once_and_waits(world: Busy) -> None:
    await world.hear_plan()
    await world.hear_words(FROM_OFFICE, "bỏ dự thảo này")
    assert world.waiting() == ["năm 2024", "bỏ dự thảo này"]


async def test_read_it_is_answered_without_being_asked_and_what_was_said_after_it_in_turn(
    world: Busy,
) -> None:
    await world.hear_plan()
    await world.hear_words(FROM_OFFICE, "bỏ dự thảo này")
    world.let_go.set()
    said = await world.said(FROM_OFFICE, THROWN_AWAY)
    assert READ in said[0]
    assert THROWN_AWAY in said[-1]


async def test_stopped_meanwhile_it_and_the_rest_wait_for_the_next_start(world: Busy) -> None:
    await world.hear_plan()
    await world.hear_words(FROM_OFFICE, "bỏ dự thảo này")
    await world.close()
    world.let_go.set()
    await asyncio.sleep(0.1)  # time for what must not happen
    assert world.waiting() == ["năm 2024", "bỏ dự thảo này"]


async def test_after_the_next_start_all_of_it_is_handled_in_order(world: Busy, tmp_path: Path) -> None:
    await world.hear_plan()
    await world.hear_words(FROM_OFFICE, "bỏ dự thảo này")
    await world.close()
    begun_again = Busy(world.engine, tmp_path)
    begun_again.let_go.set()
    await begun_again.handle_left_over()
    await begun_again.deliver()
    said = begun_again.letters.to(FROM_OFFICE)
    assert READ in said[0]
    assert THROWN_AWAY in said[-1]
    await begun_again.close()


async def test_left_over_by_the_last_start_it_holds_up_nobody_either(world: Busy, tmp_path: Path) -> None:
    await world.hear_plan()
    await world.close()
    begun_again = Busy(world.engine, tmp_path)
    reading = asyncio.create_task(begun_again.handle_left_over())
    await begun_again.hear_words(FROM_UNIT, "/viec")
    assert begun_again.waiting() == ["năm 2024"]
    begun_again.let_go.set()
    await reading
    assert begun_again.waiting() == []
    await begun_again.close()
