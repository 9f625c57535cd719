"""Which job runs when. APScheduler only ticks; the truth is in the database."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from duties.workdays import HANOI
from scheduler.clock import WallClock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done at once, or a while after, and every so many seconds; late it runs once, and never beside itself."""

    name: str
    run: Callable[[], Awaitable[object]]
    every_seconds: float
    first_after: float = 0


def timetable(jobs: list[Job]) -> AsyncIOScheduler:
    """A scheduler with those jobs, not yet started."""
    # misfire_grace_time None: a beat that came late (a long job, a laptop asleep) still runs
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone=HANOI, job_defaults=defaults)
    for job in jobs:
        scheduler.add_job(
            Guard(job).run,
            "interval",
            seconds=job.every_seconds,
            id=job.name,
            name=job.name,
            next_run_time=WallClock().now() + timedelta(seconds=job.first_after),
        )
    return scheduler


class Guard:
    """Keeps a job alive: trouble is told when it begins and when it is over, not at every beat between."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._trouble, self._failures = "", 0

    async def run(self) -> None:
        try:
            await self._job.run()
        except Exception as trouble:  # the loop must live: the next beat tries again from the database
            self._tell(trouble)
        else:
            self._all_well()

    def _tell(self, trouble: Exception) -> None:
        self._failures += 1
        if type(trouble).__name__ != self._trouble:
            self._trouble = type(trouble).__name__
            log.exception("job=%s failed, and is tried again at every beat", self._job.name)

    def _all_well(self) -> None:
        if self._failures:
            log.info("job=%s is done again, after %s failures", self._job.name, self._failures)
        self._trouble, self._failures = "", 0
