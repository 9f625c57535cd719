"""Which job runs when. APScheduler only ticks; the truth is in the database."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from duties.workdays import HANOI

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done every so many seconds; a run that is late runs once, and never beside itself."""

    name: str
    run: Callable[[], Awaitable[object]]
    every_seconds: float


def timetable(jobs: list[Job]) -> AsyncIOScheduler:
    """A scheduler with those jobs, not yet started."""
    # misfire_grace_time None: a beat that came late (a long job, a laptop asleep) still runs
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone=HANOI, job_defaults=defaults)
    for job in jobs:
        scheduler.add_job(_guarded(job), "interval", seconds=job.every_seconds, id=job.name, name=job.name)
    return scheduler


def _guarded(job: Job) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job.run()
        except Exception:  # the loop must live: the next beat tries again from the database
            log.exception("job=%s failed", job.name)

    return run
