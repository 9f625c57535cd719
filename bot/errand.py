"""An errand: one is about it at a time; whoever asks for it meanwhile has that one look once more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

# What it does, told that there is more by an event, and how much it did.
Work = Callable[[asyncio.Event], Awaitable[int]]


class Errand:
    """Its work goes on though whoever asked for it goes away."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._news = asyncio.Event()
        self._task: asyncio.Task[int] | None = None
        self._trouble = ""

    def begin(self) -> asyncio.Task[int]:
        """Begin it, or tell whoever is about it that there is more; the task gives how much was done in all."""
        if self._task is None or self._task.done():
            self._news = asyncio.Event()
            self._task = asyncio.create_task(self._go())
            self._task.add_done_callback(self._tell)
        else:
            self._news.set()
        return self._task

    async def done(self) -> int:
        """Have it done, and wait for that; how much was done."""
        return await asyncio.shield(self.begin())

    async def rest(self, seconds: float) -> None:
        """Wait so long for whoever is about it, and begin nothing."""
        if self._task is not None and not self._task.done():
            await asyncio.wait([self._task], timeout=seconds)

    async def _go(self) -> int:
        done = await self._work(self._news)
        while self._news.is_set():
            self._news.clear()
            done += await self._work(self._news)
        return done

    def _tell(self, task: asyncio.Task[int]) -> None:
        """Trouble when it begins, and not at every beat of the timetable that tries again."""
        trouble = None if task.cancelled() else task.exception()
        if trouble is not None and type(trouble).__name__ != self._trouble:
            log.error("not delivered", exc_info=trouble)
        self._trouble = type(trouble).__name__ if trouble else ""
