"""How the poller rests after trouble, and what it does when it cannot store."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.polling import Poller, pause_after
from tests.fakes.telegram import FakeTelegram

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("error", "failures", "seconds"),
    [
        (NetworkError("x"), 1, 1),
        (TimedOut(), 4, 8),
        (NetworkError("x"), 40, 60),
        (RetryAfter(17), 1, 17),
        (Conflict("x"), 1, 60),
        (InvalidToken("x"), 1, 60),
    ],
)
def test_it_rests_as_the_trouble_asks(error: TelegramError, failures: int, seconds: int) -> None:
    assert pause_after(error, failures) == timedelta(seconds=seconds)


class DiskFull(Exception):
    """Nothing can be stored."""


async def test_what_could_not_be_stored_is_never_confirmed() -> None:
    async def fail(_updates: Sequence[Mapping[str, Any]]) -> None:
        raise DiskFull

    async with FakeTelegram() as telegram:
        telegram.person("Lan").starts()
        calls, polls = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
        client = TelegramClient(telegram.token, telegram.base_url, request=calls, get_updates_request=polls)
        for _ in range(2):
            with pytest.raises(DiskFull):
                await Poller(client, polls, fail, timedelta(seconds=1)).run()
        assert len(telegram.unconfirmed) == 1
        await polls.shutdown()
        await calls.shutdown()


async def test_each_answer_of_telegram_is_noted() -> None:
    class Noted(Exception):
        """Telegram answered, and that was written down."""

    async def keep(_updates: Sequence[Mapping[str, Any]]) -> None: ...

    async def note() -> None:
        raise Noted

    async with FakeTelegram() as telegram:
        calls, polls = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
        client = TelegramClient(telegram.token, telegram.base_url, request=calls, get_updates_request=polls)
        with pytest.raises(Noted):
            await Poller(client, polls, keep, timedelta(seconds=1), note).run()
        await polls.shutdown()
        await calls.shutdown()
