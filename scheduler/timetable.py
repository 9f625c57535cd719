"""Which job runs when. APScheduler only ticks; the truth is in the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from duties.workdays import HANOI
from scheduler.clock import WallClock
from scheduler.doing import doing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done at once, or a while after, and every so many seconds; late it runs once, and never beside itself."""

    name: str
    run: Callable[[], Awaitable[object]]
    every_seconds: float
    first_after: float = 0


class Timetable:
    """Those jobs, each at its own beat, from `start` to `stop`."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        # misfire_grace_time None: a beat that came late (a long job, a laptop asleep) still runs
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=HANOI, job_defaults=defaults)
        self._guards = [Guard(job) for job in jobs]

    def start(self) -> None:
        for guard in self._guards:
            job = guard.job
            self._scheduler.add_job(
                guard.run,
                "interval",
                seconds=job.every_seconds,
                id=job.name,
                name=job.name,
                next_run_time=WallClock().now() + timedelta(seconds=job.first_after),
            )
        self._scheduler.start()

    async def stop(self, within: timedelta) -> None:
        """No new beat; the scheduler itself would break off those that are under way."""
        self._scheduler.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                for guard in self._guards:
                    await guard.is_idle.wait()
        self._scheduler.shutdown(wait=False)


class Guard:
    """Keeps a job alive: trouble is told when it begins and when it is over, not at every beat between."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_idle = asyncio.Event()
        self.is_idle.set()
        self._trouble, self._failures = "", 0
        self._beats = count(1)

    async def run(self) -> None:
        """One beat, numbered in whatever is logged meanwhile."""
        with doing(beat=f"{self.job.name}-{next(self._beats)}"):
            await self._run()

    async def _run(self) -> None:
        self.is_idle.clear()
        try:
            await self.job.run()
        except Exception as trouble:  # the loop must live: the next beat tries again from the database
            self._tell(trouble)
        else:
            self._all_well()
        finally:
            self.is_idle.set()

    def _tell(self, trouble: Exception) -> None:
        self._failures += 1
        if type(trouble).__name__ != self._trouble:
            self._trouble = type(trouble).__name__
            log.exception("job=%s failed, and is tried again at every beat", self.job.name)

    def _all_well(self) -> None:
        if self._failures:
            log.info("job=%s is done again, after %s failures", self.job.name, self._failures)
        self._trouble, self._failures = "", 0
