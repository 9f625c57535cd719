"""What takes long in one chat holds up that chat alone."""

import asyncio

import pytest

from bot.lanes import Lanes
from data.people import Place

pytestmark = pytest.mark.anyio
HERE, THERE = Place("web", "", "here"), Place("web", "", "there")


class Long:
    """Work that lasts until it is let go, and is noted when it is done."""

    def __init__(self) -> None:
        self.go, self.done = asyncio.Event(), list[str]()

    async def until_let_go(self) -> None:
        await self.go.wait()
        self.done.append("long")

    async def at_once(self) -> None:
        self.done.append("short")


async def until_free(lanes: Lanes, place: Place) -> None:
    async with asyncio.timeout(5):
        while lanes.is_busy(place):  # noqa: ASYNC110 - a lane tells nobody
            await asyncio.sleep(0)


async def test_what_is_said_after_it_in_that_chat_keeps_its_turn() -> None:
    lanes, work = Lanes(), Long()
    lanes.put(HERE, work.until_let_go)
    lanes.put(HERE, work.at_once)
    work.go.set()
    await until_free(lanes, HERE)
    assert work.done == ["long", "short"]


async def test_another_chat_does_not_wait() -> None:
    lanes, work = Lanes(), Long()
    lanes.put(HERE, work.until_let_go)
    lanes.put(THERE, work.at_once)
    await until_free(lanes, THERE)
    assert work.done == ["short"]
    lanes.close()


async def test_after_trouble_the_lane_goes_on() -> None:
    lanes, work = Lanes(), Long()

    async def fails() -> None:
        raise ValueError("told by the loop")

    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
    lanes.put(HERE, fails)
    lanes.put(HERE, work.at_once)
    await until_free(lanes, HERE)
    assert work.done == ["short"]


async def test_closed_it_begins_nothing_more() -> None:
    lanes, work = Lanes(), Long()
    lanes.put(HERE, work.until_let_go)
    lanes.put(HERE, work.at_once)
    lanes.close()
    await until_free(lanes, HERE)
    assert work.done == []
