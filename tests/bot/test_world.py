"""Whoever speaks does not wait for letters to others."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot import world as worlds
from bot.world import World
from data.engine import transaction
from data.letters import put_letter
from data.people import Place
from data.tables import LetterKind
from duties.message import Line, Message
from scheduler.channel import Address
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import SmallOffice

HERE, THERE = Place("web", "", "phong-kh"), Place("web", "", "phong-tc")


class StuckChannel(RecordingChannel):
    """Answers nothing that is sent there until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    async def send(self, address: Address, message: Message) -> str:
        if address == THERE:
            await self.let_go.wait()
        return await super().send(address, message)


def test_an_answer_comes_while_letters_to_others_are_stuck(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worlds, "HEARD_WITHIN", timedelta(seconds=0.3))
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        small.chat(HERE.address, NOW, small.unit("Phòng Kế hoạch"))
        other = small.chat(THERE.address, NOW, small.unit("Phòng Tài chính"))
        put_letter(session, other, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))

    async def speak() -> list[str]:
        channel = StuckChannel()
        world = World(engine, StoppedClock(NOW), {"web": channel}, small.agency_id)
        await world.hear(HERE, "/trogiup")
        said = channel.to(HERE)
        channel.let_go.set()
        await world.close()
        return said

    assert len(asyncio.run(speak())) == 1
