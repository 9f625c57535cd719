"""A shift: what one process does from its start until it is told to stop."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

from fastapi import APIRouter

from bot.healthy import SignOfLife
from bot.world import CLOSE_WITHIN, World
from documents.aside import MOST_SECONDS
from scheduler.audit import ROUND_EVERY, Auditor
from scheduler.heartbeat import Heartbeat
from scheduler.timetable import Job, Timetable
from scheduler.upkeep import LOOK_EVERY, Upkeep

# longer than a file may take to be read: until then somebody has it in hand
LEFT_OVER_AFTER = timedelta(seconds=MOST_SECONDS + 30)


@dataclass(frozen=True)
class Pace:
    """How often, in seconds, each thing is looked at."""

    tick: float = 20
    # a chat that may be written to once a second gets what waits for it second by second
    deliver: float = 1
    inbox: float = 30
    audit: float = ROUND_EVERY.total_seconds()
    heartbeat: float = 180


class Connection(Protocol):
    """A bot's way in: it listens from start to stop."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Shift:
    """`routes` are for the process that serves the web; `begin` and `end` are for every process.

    `heartbeat_url`: what is called while all is well. `alive`: what tells this machine that the process lives.
    """

    def __init__(
        self,
        world: World,
        connections: Sequence[Connection] = (),
        routes: Sequence[APIRouter] = (),
        pace: Pace | None = None,
        heartbeat_url: str = "",
        alive: SignOfLife | None = None,
        upkeep: Upkeep | None = None,
    ) -> None:
        self.world, self.routes = world, routes
        self._connections, self._pace = connections, pace or Pace()
        self.alive, self._upkeep = alive, upkeep
        self._auditor = Auditor(world.engine, world.clock, world.channels)
        self._heartbeat = Heartbeat(heartbeat_url, world.engine, self._auditor) if heartbeat_url else None

    async def begin(self) -> None:
        for connection in self._connections:
            await connection.start()
        self._beats = Timetable(self._jobs())
        self._beats.start()

    def _jobs(self) -> Iterator[Job]:
        # apart from sending: thousands of letters take minutes, and the day goes on meanwhile
        yield Job("tick", self.world.plan, self._pace.tick)
        # what is held up for long (a platform that does not answer, a large document) holds up no next beat
        deliver = partial(self.world.deliver_within, timedelta(seconds=self._pace.deliver))
        yield Job("deliver", deliver, self._pace.deliver)
        left_over = partial(self.world.handle_left_over, after=LEFT_OVER_AFTER)
        yield Job("inbox", left_over, self._pace.inbox)
        # after a start the others catch up first
        yield Job("audit", self.audit, self._pace.audit, first_after=self._pace.audit)
        if self._heartbeat is not None:
            yield Job("heartbeat", self.beat, self._pace.heartbeat, first_after=self._pace.audit)
        if self._upkeep is not None:
            yield Job("upkeep", self.upkeep, LOOK_EVERY, first_after=self._pace.audit)
        if self.alive is not None:
            yield Job("alive", self.alive.give, self._pace.tick)

    async def audit(self) -> None:
        """Whoever plans also looks whether all is well."""
        if await self.world.is_planner():
            await asyncio.to_thread(self._auditor.look)

    async def upkeep(self) -> None:
        """Whoever plans also lets go what was kept long enough, once a day."""
        if self._upkeep is not None and await self.world.is_planner():
            await asyncio.to_thread(self._upkeep.look)

    async def beat(self) -> None:
        if self._heartbeat is not None and await self.world.is_planner():
            await self._heartbeat.beat()

    async def end(self) -> None:
        """Nothing new is begun; letters on their way are waited for and recorded."""
        await self.world.close()
        await self._beats.stop(CLOSE_WITHIN)
        for connection in self._connections:
            await connection.stop()
        if self.alive is not None:
            self.alive.end()
