"""One bot's reception: what comes is stored, handled in order and answered, and its letters sent, by one process at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from bot.world import World
from data.engine import transaction
from data.locks import Lock
from data.tables import PlatformUpdate
from data.updates import mark_failed, mark_handled, next_update, store_updates
from scheduler.doing import doing

log = logging.getLogger(__name__)

LOOKS_EVERY = timedelta(seconds=1)
ASKS_FOR_LOCK_EVERY = timedelta(seconds=5)

Handle = Callable[[PlatformUpdate], Awaitable[None]]
Row = tuple[str, Mapping[str, Any]]


class LockLost(Exception):
    """The database no longer says that this bot is ours."""


class Reception:
    """`serve` is begun by the process that holds the bot's lock, and ends when the lock is lost."""

    def __init__(self, channel: str, bot_id: str, serve: Callable[[], Awaitable[None]]) -> None:
        self._channel, self._bot_id, self._serve = channel, bot_id, serve
        self._bot = (channel, bot_id)
        self._heard = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._world: World | None = None

    @property
    def world(self) -> World:
        assert self._world is not None, "started with a world"
        return self._world

    def join(self, world: World) -> None:
        """The world whose letters go out here, once the bot is ours, and whose conversation is led."""
        self._world = world
        world.elsewhere.add(self._bot)

    def open(self) -> None:
        self._task = asyncio.create_task(self._run(), name=f"{self._channel}-{self._bot_id}")

    async def close(self) -> None:
        """What is stored and not handled is handled after the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def store(self, rows: Sequence[Row]) -> None:
        """Keep what came, each under the platform's id, then let it be handled."""

        kept = [(_whole(platform_id), storable(body)) for platform_id, body in rows]

        def keep() -> None:
            with transaction(self.world.engine) as session:
                store_updates(session, self._channel, self._bot_id, kept, self.world.clock.now())

        await asyncio.to_thread(keep)
        self._heard.set()

    async def receive(self, handle: Handle, *others: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Handle what waits already and what comes, and send what is said, beside the `others`, for as long as we may."""
        # what was heard, and not answered, when the program was killed
        await self.world.handle_left_over()
        self.world.deliver_soon()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._handle(handle))
            for other in others:
                group.create_task(other())

    async def _run(self) -> None:
        lock = Lock(self.world.engine, f"{self._channel}-{self._bot_id}")
        try:
            with doing(channel=self._channel, bot=self._bot_id):
                while True:
                    if await self._is_ours(lock):
                        self.world.elsewhere.discard(self._bot)
                        await self._serve_safely(lock)
                    else:
                        self.world.elsewhere.add(self._bot)
                    await asyncio.sleep(ASKS_FOR_LOCK_EVERY.total_seconds())
        finally:
            self.world.elsewhere.add(self._bot)
            lock.release()

    async def _is_ours(self, lock: Lock) -> bool:
        try:
            return await asyncio.to_thread(lock.take)
        except Exception:  # nobody else asks for it in this process: it is asked for again
            log.exception("no lock to be had for %s bot=%s", self._channel, self._bot_id)
            return False

    async def _serve_safely(self, lock: Lock) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_keep(lock))
                group.create_task(_awaited(self._serve()))
        except* LockLost:
            self.world.elsewhere.add(self._bot)
            log.warning("another process may have taken %s bot=%s", self._channel, self._bot_id)
        except* Exception:  # the reception must live: it begins anew
            log.exception("%s bot=%s begins anew", self._channel, self._bot_id)

    async def _handle(self, handle: Handle) -> None:
        while True:
            self._heard.clear()
            while await self.handle_next(handle):
                self.world.deliver_soon()
            await _until(self._heard, LOOKS_EVERY)

    async def handle_next(self, handle: Handle) -> bool:
        """Handle the oldest update that waits; False when none does, or when it is better to rest before the next try."""
        update = await asyncio.to_thread(self._next)
        if update is None or update.id is None:
            return False
        with doing(update=update.platform_id):
            return await self._handled(handle, update, update.id)

    async def _handled(self, handle: Handle, update: PlatformUpdate, update_id: int) -> bool:
        try:
            await handle(update)
        except Exception:  # one update that cannot be handled must not hold up the others for ever
            log.exception("update=%s not handled, try %s", update.platform_id, update.tries + 1)
            await asyncio.to_thread(self._mark, mark_failed, update_id)
            return False
        await asyncio.to_thread(self._mark, mark_handled, update_id)
        return True

    def _next(self) -> PlatformUpdate | None:
        with transaction(self.world.engine) as session:
            return next_update(session, self._channel, self._bot_id)

    def _mark(self, how: Callable[..., None], update_id: int) -> None:
        with transaction(self.world.engine) as session:
            how(session, update_id, self.world.clock.now())


def storable(body: Mapping[str, Any]) -> dict[str, Any]:
    """JSON without what no database takes and nobody types: NUL, and halves of letters, which become “�”."""
    return {_whole(name): _storable(each) for name, each in body.items()}


def _storable(said: object) -> object:
    match said:
        case str():
            return _whole(said)
        case Mapping():
            return storable(said)
        case list():
            return [_storable(each) for each in said]
        case _:
            return said


def _whole(text: str) -> str:
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


async def _awaited(serving: Awaitable[None]) -> None:
    await serving


async def _keep(lock: Lock) -> None:
    while True:
        await asyncio.sleep(ASKS_FOR_LOCK_EVERY.total_seconds())
        if not await asyncio.to_thread(lock.take):
            raise LockLost


async def _until(event: asyncio.Event, at_most: timedelta) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(at_most.total_seconds()):
            await event.wait()
