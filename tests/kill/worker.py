"""One process of the product, as it is killed: the real wiring with a faster clock, in a process of its own."""

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.app import shift_of
from bot.settings import Settings
from bot.shift import Pace
from bot.worker import work
from scheduler.delivery import LEASE

# What takes minutes (a bot that was silent is left alone for half of one) is to take seconds.
SPEED = 20
PACE = Pace(tick=0.4, deliver=0.1, inbox=1)

_forks = get_context("forkserver")
_forks.set_forkserver_preload(["tests.kill.worker"])


@dataclass(frozen=True)
class FastClock:
    """Runs at SPEED from one moment on, alike in every process."""

    start: datetime
    began: float

    def now(self) -> datetime:
        return self.start + timedelta(seconds=(time.time() - self.began) * SPEED)


@dataclass(frozen=True)
class Orders:
    """What a process is started with."""

    settings: Mapping[str, str]
    clock: FastClock
    log: Path


class Worker:
    """A process that can be killed, or told to stop."""

    def __init__(self, orders: Orders) -> None:
        self._process: ForkServerProcess = _forks.Process(target=_work, args=(orders,), daemon=True)
        self._process.start()

    def kill(self) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()

    def stop(self, within: float = 30) -> int | None:
        """Its exit code; None when it had to be killed."""
        self._process.terminate()
        self._process.join(within)
        if self._process.exitcode is None:
            self.kill()
            return None
        return self._process.exitcode


def _work(orders: Orders) -> None:
    threading.Thread(target=_end_with_the_siege, daemon=True).start()
    logging.basicConfig(
        level="INFO", filename=orders.log, format="%(process)d %(levelname)s %(name)s: %(message)s"
    )
    for noisy in ("httpx", "alembic", "telegram", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    settings = Settings.model_validate(dict(orders.settings))
    with shift_of(settings, clock=orders.clock, lease=SPEED * LEASE, pace=PACE) as shift:
        asyncio.run(work(shift))


def _end_with_the_siege() -> None:
    """Whoever breaks a siege off leaves no process behind."""
    siege = parent_process()
    assert siege is not None
    wait([siege.sentinel])
    os._exit(1)
