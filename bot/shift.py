"""A shift: what one process does from its start until it is told to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter

from bot.world import World
from scheduler.timetable import Job, timetable


@dataclass(frozen=True)
class Pace:
    """How often, in seconds, each thing is looked at."""

    tick: float = 20
    # a chat that may be written to once a second gets what waits for it second by second
    deliver: float = 1
    inbox: float = 30


class Connection(Protocol):
    """A bot's way in: it listens from start to stop."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Shift:
    """`routes` are for the process that serves the web; `begin` and `end` are for every process."""

    def __init__(
        self,
        world: World,
        connections: Sequence[Connection] = (),
        routes: Sequence[APIRouter] = (),
        pace: Pace | None = None,
    ) -> None:
        self.world, self.routes = world, routes
        self._connections, self._pace = connections, pace or Pace()

    async def begin(self) -> None:
        for connection in self._connections:
            await connection.start()
        self._beats = timetable(
            [
                Job("tick", self.world.tick, self._pace.tick),
                Job("deliver", self.world.deliver, self._pace.deliver),
                Job("inbox", self.world.handle_left_over, self._pace.inbox),
            ]
        )
        self._beats.start()

    async def end(self) -> None:
        """Nothing new is begun; letters on their way are waited for and recorded."""
        self._beats.pause()
        await self.world.close()
        for connection in self._connections:
            await connection.stop()
        self._beats.shutdown(wait=False)
