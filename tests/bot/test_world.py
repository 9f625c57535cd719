"""Whoever speaks does not wait for letters to others."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot import world as worlds
from bot.shift import Pace, Shift
from bot.world import World
from data.engine import transaction
from data.letters import put_letter
from data.people import Place
from data.tables import Chat, Letter, LetterKind, LetterState
from duties.message import Line, Message
from scheduler.channel import Address
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.channels import PLAIN, RecordingChannel
from tests.fakes.offices import SmallOffice

HERE, THERE = Place("web", "", "phong-kh"), Place("web", "", "phong-tc")


class StuckChannel(RecordingChannel):
    """Answers nothing that is sent there until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.is_stuck, self.let_go, self.came = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def send(self, address: Address, message: Message) -> str:
        if address == THERE:
            self.is_stuck.set()
            await self.let_go.wait()
        self.came.set()
        return await super().send(address, message)


def test_an_answer_comes_while_letters_to_others_are_stuck(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worlds, "HEARD_WITHIN", timedelta(seconds=0.2))
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        small.chat(HERE.address, NOW, small.unit("Phòng Kế hoạch"))
        other = small.chat(THERE.address, NOW, small.unit("Phòng Tài chính"))
        put_letter(session, other, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))

    async def speak() -> list[str]:
        channel = StuckChannel()
        world = World(engine, StoppedClock(NOW), {"web": channel}, small.agency_id)
        await world.hear(HERE, "/trogiup")
        await asyncio.wait_for(channel.came.wait(), 2)
        said = channel.to(HERE)
        channel.let_go.set()
        await world.close()
        return said

    assert len(asyncio.run(speak())) == 1


def a_notice(engine: Engine, address: str) -> None:
    with transaction(engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == address)).one()
        put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))


def test_the_next_beat_delivers_while_a_letter_of_the_last_is_stuck(engine: Engine) -> None:
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        for chat, unit in ((HERE, "Phòng Kế hoạch"), (THERE, "Phòng Tài chính")):
            small.chat(chat.address, NOW, small.unit(unit))
    a_notice(engine, THERE.address)

    async def work() -> list[str]:
        channel = StuckChannel()
        shift = Shift(
            World(engine, StoppedClock(NOW), {"web": channel}, small.agency_id), pace=Pace(deliver=0.05)
        )
        await shift.begin()
        await channel.is_stuck.wait()
        a_notice(engine, HERE.address)
        with suppress(TimeoutError):
            await asyncio.wait_for(channel.came.wait(), 2)
        said = channel.to(HERE)
        channel.let_go.set()
        await shift.end()
        return said

    assert asyncio.run(work()) == ["Xin chào"]


class StuckAtChanges(RecordingChannel):
    """Shows no letter anew until it is let go; tells when it was asked to, and when a letter came."""

    capabilities = replace(PLAIN, edits=True)

    def __init__(self) -> None:
        super().__init__()
        self.was_asked, self.let_go, self.came = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def send(self, address: Address, message: Message) -> str:
        self.came.set()
        return await super().send(address, message)

    async def edit(self, address: Address, platform_id: str, message: Message) -> None:
        self.was_asked.set()
        await self.let_go.wait()


def test_an_answer_does_not_wait_until_changed_letters_are_shown(engine: Engine) -> None:
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        small.chat(HERE.address, NOW, small.unit("Phòng Kế hoạch"))
        other = small.chat(THERE.address, NOW, small.unit("Phòng Tài chính"))
        put_letter(session, other, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))
        shown = session.exec(select(Letter)).one()
        shown.state, shown.platform_id, shown.edit_at = LetterState.SENT, "1", NOW

    async def speak() -> list[str]:
        channel = StuckAtChanges()
        world = World(engine, StoppedClock(NOW), {"web": channel}, small.agency_id)
        world.deliver_soon()
        await channel.was_asked.wait()
        await world.ask(HERE, "/trogiup")
        with suppress(TimeoutError):
            await asyncio.wait_for(channel.came.wait(), 1)
        channel.let_go.set()
        await world.close()
        return channel.to(HERE)

    assert len(asyncio.run(speak())) == 1
