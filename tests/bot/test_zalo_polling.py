"""Polling: what Zalo gave is kept whatever befalls the database, and nobody is asked without end."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.zalo.client import NoAnswer, Refused, ZaloClient
from bot.channels.zalo.polling import LONGEST_PAUSE, PAUSE_FOR_TOKEN, Poller, pause_after
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo import Refused as Refuse
from tests.stories.zalo_office import account

pytestmark = pytest.mark.anyio
PATIENCE = 10.0


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as opened:
        yield opened


class Drawer:
    """Where updates are kept; it is stuck the first few times."""

    def __init__(self, stuck: int = 0) -> None:
        self.kept: list[Mapping[str, Any]] = []
        self._stuck = stuck

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        if self._stuck:
            self._stuck -= 1
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        self.kept += updates

    async def asked(self) -> None:
        """Nobody listens."""


async def test_an_update_waits_until_the_database_takes_it(zalo: FakeZalo) -> None:
    client, drawer = ZaloClient(account(zalo)), Drawer(stuck=1)
    polling = asyncio.create_task(Poller(client, drawer.store, drawer.asked).run())
    zalo.person("Lan").says("xong 2")
    await zalo.until(lambda: drawer.kept, PATIENCE)
    polling.cancel()
    await client.close()
    assert [each["message"]["text"] for each in drawer.kept] == ["xong 2"]


async def test_who_says_at_once_that_nothing_came_is_not_asked_without_end(zalo: FakeZalo) -> None:
    client, drawer = ZaloClient(account(zalo)), Drawer()
    zalo.order(Refuse(408, "Request timeout"), method="getUpdates", times=1000)
    polling = asyncio.create_task(Poller(client, drawer.store, drawer.asked).run())
    await asyncio.sleep(0.4)
    polling.cancel()
    await client.close()
    assert len(zalo.calls_of("getUpdates")) == 1


def test_a_refused_token_is_not_asked_often() -> None:
    assert pause_after(Refused(401, "Unauthorized"), 1) == PAUSE_FOR_TOKEN


def test_a_storm_makes_the_pauses_longer_up_to_half_a_minute() -> None:
    pauses = [pause_after(NoAnswer("HTTP 502", was_sent=True), failures) for failures in (1, 2, 3, 9, 10_000)]
    assert pauses == [*(timedelta(seconds=n) for n in (1, 2, 4)), LONGEST_PAUSE, LONGEST_PAUSE]
