"""`nhacviec run` as a process of its own, on a morning that was chosen; what it logs, and what memory it takes."""

import asyncio
import os
import re
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from bot.program.run import serve
from bot.settings import Settings
from scheduler.clock import WoundClock

ROOT = Path(__file__).parents[2]
STARTS, BEGAN = "LOAD_STARTS", "LOAD_BEGAN"
TROUBLE = re.compile(r"\b(?:ERROR|CRITICAL|WARNING)\b|Traceback|locked", re.IGNORECASE)
MEASURED_EVERY, READY_WITHIN, STOPS_WITHIN = 5.0, 60.0, 60.0
MEGABYTE = 1024


@dataclass(frozen=True)
class Morning:
    """The same in every process: it was `start` when this computer's clock showed `began`."""

    start: datetime
    began: float = field(default_factory=time.time)

    def clock(self) -> WoundClock:
        return WoundClock(self.start + timedelta(seconds=time.time() - self.began))

    def settings(self) -> dict[str, str]:
        return {STARTS: self.start.isoformat(), BEGAN: str(self.began)}


@dataclass
class Program:
    """One process at work; `memory` in MB, of it and of whatever it started, every few seconds."""

    process: Process
    log: Path
    memory: list[float] = field(default_factory=list)

    async def watch(self) -> None:
        while self.process.returncode is None:
            self.memory.append(round(sum(map(_resident, _family(self.process.pid)))))
            await asyncio.sleep(MEASURED_EVERY)

    @property
    def troubles(self) -> list[str]:
        return [line for line in self.log.read_text("utf-8").splitlines() if TROUBLE.search(line)]


@asynccontextmanager
async def program(
    folder: Path, name: str, settings: Mapping[str, str], morning: Morning
) -> AsyncIterator[Program]:
    """At work until the block ends, then told to stop."""
    around = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    environment = {**around, **settings, **morning.settings()}
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.load.process", name),
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
        )
    started = Program(process, log)
    watching = asyncio.create_task(started.watch())
    try:
        yield started
    finally:
        watching.cancel()
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(STOPS_WITHIN):
            await process.wait()


async def ready(address: str) -> float:
    """Seconds until it says that it is ready."""
    began = time.monotonic()
    async with httpx.AsyncClient() as client:
        while not await _is_ready(client, address):
            if time.monotonic() - began > READY_WITHIN:
                raise TimeoutError(address)
            await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _is_ready(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(f"{address}/readyz")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _family(pid: int) -> list[int]:
    """A process and what it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> float:
    """Megabytes in memory."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / MEGABYTE if found else 0


def main() -> None:
    start, began = datetime.fromisoformat(os.environ[STARTS]), float(os.environ[BEGAN])
    serve(Settings(), with_pages=sys.argv[1] == "web", clock=Morning(start, began).clock())


if __name__ == "__main__":
    main()
