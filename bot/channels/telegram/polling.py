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
LONG_PAUSE = timedelta(seconds=30)

Update = Mapping[str, Any]
Store = Callable[[Sequence[Update]], Awaitable[None]]


class Poller:
    """Asks one bot's updates, again and again."""

    def __init__(self, client: TelegramClient, request: BaseRequest, store: Store, wait: timedelta) -> None:
        self._client, self._request, self._store, self._wait = client, request, store, wait
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

    async def _pause(self, error: TelegramError) -> None:
        match error:
            case RetryAfter(retry_after=wait):
                pause = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            case Conflict():
                log.error("another program asks for this bot's updates, or a webhook is set")
                pause = LONG_PAUSE
            case InvalidToken():
                log.error("Telegram refuses the bot's token: see NHACVIEC_TELEGRAM_TOKEN")
                pause = LONGEST_PAUSE
            case _:
                log.warning("updates not fetched: %s", type(error.__cause__ or error).__name__)
                pause = min(FIRST_PAUSE * (1 << min(self._failures - 1, 10)), LONGEST_PAUSE)
        await asyncio.sleep(pause.total_seconds())
        if self._failures > 1:
            await self._connect_anew()

    async def _connect_anew(self) -> None:
        """A request that was cut can hold its connection for ever: “Pool timeout” to all that follow."""
        await self._request.shutdown()
        await self._request.initialize()
