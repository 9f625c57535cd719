"""A worker: a process that plans, sends and answers, and serves no page."""

import asyncio
import logging
import signal
from types import FrameType

from bot.shift import Shift

log = logging.getLogger(__name__)

ENDS = (signal.SIGTERM, signal.SIGINT)


async def work(shift: Shift) -> None:
    """Until the process is told to stop."""
    told = _told_to_stop()
    await shift.begin()
    log.info("at work")
    await told.wait()
    log.info("told to stop: letters on their way are waited for")
    await shift.end()


def _told_to_stop() -> asyncio.Event:
    told, loop = asyncio.Event(), asyncio.get_running_loop()

    def stop(number: int, _frame: FrameType | None) -> None:
        # whoever asks twice does not want to wait
        signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(told.set)

    for number in ENDS:
        signal.signal(number, stop)
    return told
