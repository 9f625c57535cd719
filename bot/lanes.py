"""Lanes: what takes long in one chat holds up that chat alone, and what is said there after it keeps its turn."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from data.people import Place

Work = Callable[[], Awaitable[object]]


class Lanes:
    """One lane for each place where something takes long; a place without one is free."""

    def __init__(self) -> None:
        self._last: dict[Place, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()

    def is_busy(self, place: Place) -> bool:
        return place in self._last

    def put(self, place: Place, work: Work) -> None:
        """Do it after what is under way in that place."""
        task = asyncio.create_task(_after(self._last.get(place), work))
        self._last[place] = task
        self._all.add(task)
        task.add_done_callback(partial(self._leave, place))

    def _leave(self, place: Place, task: asyncio.Task[None]) -> None:
        self._all.discard(task)
        if self._last.get(place) is task:
            del self._last[place]

    def close(self) -> None:
        """What is under way is broken off, and what waits behind it is not begun."""
        for task in self._all:
            task.cancel()


async def _after(before: asyncio.Task[None] | None, work: Work) -> None:
    if before is not None:
        await asyncio.wait([before])
    await work()
