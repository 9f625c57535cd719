"""An errand is run by one at a time; what is asked for meanwhile is done too."""

import asyncio
import logging
from contextlib import suppress

import pytest

from bot.errand import Errand

pytestmark = pytest.mark.anyio


class Chore:
    """Counts how often it is done, and waits to be let go on."""

    def __init__(self) -> None:
        self.times = self.at_once = self.most_at_once = 0
        self.may_go_on = asyncio.Event()

    async def __call__(self, _news: asyncio.Event) -> int:
        self.times += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.may_go_on.wait()
        self.at_once -= 1
        return 10


async def test_whoever_asks_meanwhile_has_it_done_once_more() -> None:
    chore = Chore()
    errand = Errand(chore)
    first, *others = [asyncio.create_task(errand.done()) for _ in range(5)]
    await asyncio.sleep(0)
    chore.may_go_on.set()
    assert [await first, *[await each for each in others]] == [20] * 5
    assert (chore.times, chore.most_at_once) == (2, 1)


async def test_whoever_is_about_it_is_told_that_there_is_more() -> None:
    heard: list[bool] = []

    async def listen(news: asyncio.Event) -> int:
        if not heard:
            await news.wait()
        heard.append(news.is_set())
        news.clear()
        return 1

    errand = Errand(listen)
    begun = errand.begin()
    await asyncio.sleep(0)
    errand.begin()
    assert (await begun, heard) == (1, [True])


async def test_it_goes_on_when_whoever_asked_goes_away() -> None:
    chore = Chore()
    errand = Errand(chore)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await errand.done()
    chore.may_go_on.set()
    await errand.rest(5)
    assert (chore.times, chore.at_once) == (1, 0)


async def test_after_trouble_it_is_begun_anew(caplog: pytest.LogCaptureFixture) -> None:
    troubles = [ValueError("lần đầu")]

    async def fail_once(_news: asyncio.Event) -> int:
        if troubles:
            raise troubles.pop()
        return 3

    errand = Errand(fail_once)
    with caplog.at_level(logging.ERROR), pytest.raises(ValueError, match="lần đầu"):
        await errand.done()
    assert (await errand.done(), len(caplog.records)) == (3, 1)


async def test_trouble_is_told_when_it_begins_and_not_at_every_beat(caplog: pytest.LogCaptureFixture) -> None:
    async def fail(_news: asyncio.Event) -> int:
        raise ValueError("mất kết nối")

    errand = Errand(fail)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            with suppress(ValueError):
                await errand.done()
    assert len(caplog.records) == 1


async def test_resting_begins_nothing() -> None:
    chore = Chore()
    await Errand(chore).rest(5)
    assert chore.times == 0
