"""What was changed is shown among the letters of its bot, and by the process that sends for it."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from data.engine import open_engine, transaction
from data.letters import put_letter
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState
from duties.message import Line, Message
from scheduler import amend
from scheduler.amend import send_edits
from scheduler.channel import Address, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.limits import Limit
from scheduler.pace import Door, Pace
from tests.conftest import NOW
from tests.fakes.channels import PLAIN, RecordingChannel

pytestmark = pytest.mark.anyio

LIMITS = (Limit("web::phòng", timedelta(seconds=1)), Limit("web:", timedelta(seconds=1) / 30))
CLOCK = StoppedClock(NOW)


class Board(RecordingChannel):
    """Remembers what it was shown."""

    capabilities = replace(PLAIN, edits=True, limits=lambda _address: LIMITS)

    def __init__(self, failure: DeliveryError | None = None) -> None:
        super().__init__()
        self.shown: list[str] = []
        self._failure = failure

    async def edit(self, _address: Address, platform_id: str, _message: Message) -> None:
        if self._failure is not None:
            raise self._failure
        self.shown.append(platform_id)


async def somebody_waits(door: Door) -> None:
    async with asyncio.timeout(5):
        while True:
            if door.is_awaited:
                return
            await asyncio.sleep(0.01)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A letter that was sent, and changed since."""
    opened = open_engine(f"sqlite:///{tmp_path / 'office.db'}")
    SQLModel.metadata.create_all(opened)
    with transaction(opened) as session:
        session.add(Agency(id=1, name="Sở TT&TT", created_at=NOW))
        session.flush()
        chat = Chat(id=1, agency_id=1, channel="web", address="phòng", role=ChatRole.UNIT, linked_at=NOW)
        session.add(chat)
        session.flush()
        number = put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, Message((Line("tin"),)))
        letter = session.get_one(Letter, number)
        letter.state, letter.platform_id, letter.edit_at = LetterState.SENT, "1", NOW
    yield opened
    opened.dispose()


async def busy_door(pace: Pace) -> Door:
    """The bot's, with a letter on its way that goes to see whether the platform answers: until then nobody else is let out."""
    door = pace.door(LIMITS)
    assert door is not None
    assert await door.go_out(turn_in=0, ready_in=0, is_answer=False)
    return door


async def test_it_waits_at_the_door_of_its_bot(engine: Engine) -> None:
    board, pace = Board(), Pace()
    door = await busy_door(pace)
    showing = asyncio.create_task(send_edits(engine, {"web": board}, CLOCK, pace=pace))
    await somebody_waits(door)
    assert board.shown == []
    await door.back(answered=True)
    assert (await showing, board.shown, door.on_the_way) == (1, ["1"], 0)


async def test_once_the_platform_is_silent_it_is_shown_later(engine: Engine) -> None:
    board, pace = Board(), Pace()
    door = await busy_door(pace)
    showing = asyncio.create_task(send_edits(engine, {"web": board}, CLOCK, pace=pace))
    await somebody_waits(door)
    await door.back(answered=False)
    assert (await showing, board.shown) == (0, [])
    assert await send_edits(engine, {"web": board}, CLOCK) == 1


async def test_it_holds_up_no_other_for_long(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amend, "AT_THE_DOOR", 0.05)
    board, pace = Board(), Pace()
    door = await busy_door(pace)
    assert await send_edits(engine, {"web": board}, CLOCK, pace=pace) == 0
    await door.back(answered=True)
    assert await send_edits(engine, {"web": board}, CLOCK, pace=pace) == 1


async def test_a_refusal_leaves_room_for_others(engine: Engine) -> None:
    board, pace = Board(DeliveryError("không được sửa", Failure.REFUSED)), Pace()
    assert await send_edits(engine, {"web": board}, CLOCK, pace=pace) == 0
    door = pace.door(LIMITS)
    assert door is not None
    assert door.on_the_way == 0


async def test_another_process_s_bot_is_left_to_it(engine: Engine) -> None:
    board = Board()
    assert await send_edits(engine, {"web": board}, CLOCK, elsewhere={("web", "")}) == 0
    assert await send_edits(engine, {"web": board}, CLOCK) == 1
