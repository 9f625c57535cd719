"""Polling: one call at a time, again at once, each update stored before the next call.

Zalo gives an update once, whether we keep it or not (no offset): what comes between its answer and our storing it is lost
if we are killed there, and what people write while nobody asks is lost too.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from bot.channels.zalo.client import Refused, ZaloClient, ZaloError
from data.engine import DATABASE_TROUBLE

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)
PAUSE_FOR_TOKEN = timedelta(minutes=1)
# Zalo waits before it says that nothing came; a gateway that says so at once is not asked without end
NOT_SOONER = timedelta(seconds=1)

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


class Poller:
    """Asks one bot's updates, again and again; `asked` hears of each time that Zalo answered."""

    def __init__(self, client: ZaloClient, store: Store, asked: Callable[[], Awaitable[None]]) -> None:
        self._client, self._store, self._asked = client, store, asked
        self._failures = 0

    async def run(self) -> None:
        """Until it is cancelled; trouble on the way only makes it pause."""
        while True:
            try:
                updates = await self._fetch()
            except ZaloError as error:
                self._failures += 1
                await self._pause(error)
                continue
            self._failures = 0
            await self._keep(updates)

    async def _fetch(self) -> Sequence[Mapping[str, Any]]:
        now = asyncio.get_running_loop().time
        asked_at = now()
        updates = await self._client.fetch_updates()
        if not updates:
            await asyncio.sleep(max(asked_at + NOT_SOONER.total_seconds() - now(), 0))
        return updates

    async def _keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Until it is kept: what was given to us is not given again, so no trouble of the database may lose it."""
        failures = 0
        while True:
            try:
                if updates:
                    await self._store(updates)
                return await self._asked()
            except DATABASE_TROUBLE as trouble:
                failures += 1
                pause = growing(failures)
                log.warning("zalo updates not stored, again in %s: %s", pause, type(trouble.orig).__name__)
                await asyncio.sleep(pause.total_seconds())

    async def _pause(self, error: ZaloError) -> None:
        pause = pause_after(error, self._failures)
        log.warning("zalo updates not fetched, again in %ss: %s", pause.total_seconds(), error)
        await asyncio.sleep(pause.total_seconds())


def pause_after(error: ZaloError, failures: int) -> timedelta:
    """How long to wait after so many failures in a row: a refused token is somebody's business, and not asked often."""
    if isinstance(error, Refused) and error.code == HTTPStatus.UNAUTHORIZED:
        log.error("Zalo refuses the bot's token: see NHACVIEC_ZALO_TOKENS")
        return PAUSE_FOR_TOKEN
    return growing(failures)


def growing(failures: int) -> timedelta:
    """Longer with each failure in a row, up to half a minute."""
    return min(FIRST_PAUSE * (1 << min(failures - 1, 10)), LONGEST_PAUSE)
