"""Long polling in a loop of our own: every update is stored before Telegram is told that we have it.

The library's Updater confirms updates at its next request, before any handler ran: killed at that moment, it loses them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.client import TelegramClient

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)

Update = Mapping[str, Any]
Store = Callable[[Sequence[Update]], Awaitable[None]]
Asked = Callable[[], Awaitable[None]]


class Poller:
    """Asks one bot's updates, again and again; `asked` hears of each time that Telegram answered."""

    def __init__(
        self,
        client: TelegramClient,
        request: BaseRequest,
        store: Store,
        wait: timedelta,
        asked: Asked | None = None,
    ) -> None:
        self._client, self._request, self._store, self._wait = client, request, store, wait
        self._asked = asked
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Until it is cancelled; trouble on the way only makes it pause."""
        while True:
            try:
                await self._ask_once()
                self._failures = 0
            except TelegramError as error:
                self._failures += 1
                await self._pause(error)

    async def _ask_once(self) -> None:
        updates = await self._client.fetch_updates(self._offset, self._wait)
        if updates:
            await self._store(updates)
            # only now: the next request tells Telegram that it may forget what comes before this number
            self._offset = max(int(each["update_id"]) for each in updates) + 1
        if self._asked is not None:
            await self._asked()

    async def _pause(self, error: TelegramError) -> None:
        pause = pause_after(error, self._failures)
        log.warning("updates not fetched, again in %ss: %s", pause.total_seconds(), _what_is_wrong(error))
        await asyncio.sleep(pause.total_seconds())
        if self._failures > 1:
            await self._connect_anew()

    async def _connect_anew(self) -> None:
        """A request that was cut can hold its connection for ever: “Pool timeout” to all that follow."""
        await self._request.shutdown()
        await self._request.initialize()


def pause_after(error: TelegramError, failures: int) -> timedelta:
    """How long to wait after so many failures: as Telegram says, else longer each time up to a minute."""
    match error:
        case RetryAfter(retry_after=wait):
            return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
        case Conflict() | InvalidToken():
            return LONGEST_PAUSE
        case _:
            return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)


def _what_is_wrong(error: TelegramError) -> str:
    match error:
        case Conflict():
            return "another program asks for this bot's updates, or a webhook is set"
        case InvalidToken():
            return "Telegram refuses the bot's token: see NHACVIEC_TELEGRAM_TOKEN"
        case _:
            return type(error.__cause__ or error).__name__
