"""The load: units answer, offices ask, plans are read and thousands of letters go out, all at once, on real processes."""

import asyncio
import os
import random
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

from bot.site import free_port
from data.engine import open_engine
from data.files import FilesFolder
from data.keeping.restore import restore
from tests.load.people import Crowd, Uttered
from tests.load.platform import TimedTelegram
from tests.load.process import ROOT, Morning, Program, program, ready
from tests.load.town import MORNING, Addresses, Size, build
from tests.load.verdict import Found, arrivals, broken_promises, told_of_backup

LETTERS_A_SECOND = 25
LOOKS_EVERY, SETTLED_WITHIN = 1.0, 240.0


@dataclass(frozen=True)
class Storm:
    """How much of everything; `workers`: processes without pages, which only PostgreSQL can have."""

    units: int = 50
    letters: int = 3000
    minutes: float = 10
    reads_for: float = 1.0
    thinks_for: float = 4.0
    asks_every: float = 20.0
    plans_every: float = 15.0
    workers: int = 0
    seed: int = 1

    @property
    def duties(self) -> int:
        """What every unit owes: more than it can report meanwhile."""
        return int(self.minutes * 60 / (self.reads_for + self.thinks_for)) + 20

    @property
    def neighbours(self) -> int:
        return self.letters - self.units


@dataclass
class Result:
    """What was seen; `backed_up`: how many answers the backup held when it was brought back."""

    said: list[Uttered]
    waited: dict[str, float] = field(default_factory=dict)
    started_in: float = 0.0
    programs: dict[str, Program] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    letters: int = 0
    refused: int = 0
    backup: str = ""
    backed_up: int = 0


async def rage(storm: Storm, url: str, folder: Path) -> Result:
    """Begin, talk for so long, make a backup half-way, wait until all is said, and look what became of it."""
    morning = Morning(MORNING)
    async with TimedTelegram(morning.clock()) as telegram:
        crowd = Crowd(telegram, storm.reads_for, storm.thinks_for, random.Random(storm.seed))
        result, telling = Result(crowd.said), _Telling(storm, morning, crowd, url, folder)
        await asyncio.to_thread(telling.furnish)
        async with AsyncExitStack() as at_work:
            await telling.begin(at_work, result)
            await telling.talk(result)
        found = Found(url)
        result.broken += broken_promises(found, crowd.said, telegram)
        result.letters = sum(len(letters) for letters in found.letters().values())
        result.refused = telegram.refused
        arrived = arrivals(found, telegram)
        result.waited = {each.key: arrived[each.key] - each.at for each in crowd.said if each.key in arrived}
        await asyncio.to_thread(telling.judge_backup, arrived, result)
        found.close()
    return result


class _Telling:
    """One load from its beginning to its end."""

    def __init__(self, storm: Storm, morning: Morning, crowd: Crowd, url: str, folder: Path) -> None:
        self._storm, self._morning, self._crowd = storm, morning, crowd
        self._telegram = telegram = crowd.telegram
        self._url, self._folder = url, folder
        self._units = telegram.citizens("đầu mối", storm.units)
        self._offices = telegram.citizens("Văn phòng", 2)
        self._neighbours = telegram.citizens("trường", storm.neighbours)
        [self._announcer] = telegram.citizens("Văn phòng Sở GDĐT", 1)

    def furnish(self) -> None:
        people = (self._units, self._offices, self._neighbours)
        units, offices, neighbours = ([str(each.id) for each in some] for some in people)
        addresses = Addresses(units, offices, neighbours, str(self._announcer.id))
        bot, size = str(self._telegram.world.bot.id), Size(self._storm.duties)
        self._owed = build(self._url, bot, addresses, size)

    async def begin(self, at_work: AsyncExitStack, result: Result) -> None:
        port = free_port("127.0.0.1", 0)
        self._settings = {
            "NHACVIEC_DATABASE_URL": self._url,
            "NHACVIEC_SECRET_FILE": str(self._folder / "secret"),
            "NHACVIEC_FILES_DIR": str(self._folder / "files"),
            "NHACVIEC_TELEGRAM_TOKEN": self._telegram.token,
            "NHACVIEC_TELEGRAM_API_URL": self._telegram.address,
            "NHACVIEC_PORT": str(port),
        }
        for name in ("web", *(f"worker {n}" for n in range(self._storm.workers))):
            begun = program(self._folder, name, self._settings, self._morning)
            result.programs[name] = await at_work.enter_async_context(begun)
        result.started_in = await ready(f"http://127.0.0.1:{port}")

    async def talk(self, result: Result) -> None:
        seconds, loop = self._storm.minutes * 60, asyncio.get_running_loop()
        ends = loop.time() + seconds
        lasts = timedelta(seconds=self._storm.letters / LETTERS_A_SECOND)

        def goes_on() -> bool:
            return loop.time() + lasts.total_seconds() < ends

        async with asyncio.TaskGroup() as talking:
            for unit in self._units:
                talking.create_task(self._crowd.unit(unit, self._owed[str(unit.id)]))
            asks, plans = self._offices
            talking.create_task(self._crowd.office(asks, self._storm.asks_every))
            talking.create_task(self._crowd.planner(plans, self._storm.plans_every))
            talking.create_task(self._crowd.announcer(self._announcer, self._neighbours, goes_on))
            await asyncio.sleep(seconds / 2)
            result.backup = await self._make_backup()
            await asyncio.sleep(max(ends - loop.time(), 0))
            self._crowd.stopped.set()
        await self._settled()

    async def _make_backup(self) -> str:
        """While everything goes on."""
        self._backup_began = monotonic()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "backup", str(self._folder / "backup.tar")),
            cwd=ROOT,
            env={**os.environ, **self._settings},
            stdout=PIPE,
            stderr=PIPE,
            stdin=DEVNULL,
        )
        said, complained = await process.communicate()
        self._backup_ended = monotonic()
        return said.decode() if process.returncode == 0 else f"failed: {complained.decode()}"

    def judge_backup(self, arrived: Mapping[str, float], result: Result) -> None:
        """Brought back into another database, it holds what it should."""
        url = f"sqlite:///{self._folder / 'restored.db'}"
        engine = open_engine(url)
        restore(engine, FilesFolder(self._folder / "restored"), self._folder / "backup.tar")
        engine.dispose()
        answered_before = {key for key, at in arrived.items() if at < self._backup_began}
        said_after = {each.key for each in self._crowd.said if each.at > self._backup_ended}
        found = Found(url)
        told = told_of_backup(found, self._crowd.said, answered_before, said_after)
        result.broken += [f"backup: {each}" for each in told]
        result.backed_up = len(found.answers())
        found.close()

    async def _settled(self) -> None:
        """Everybody has been answered, and every letter has gone."""
        found, said = Found(self._url), {each.key for each in self._crowd.said}

        def is_settled() -> bool:
            return said <= found.answered().keys() and not found.unsent()

        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLED_WITHIN):
                while not await asyncio.to_thread(is_settled):
                    await asyncio.to_thread(sleep, LOOKS_EVERY)
        found.close()
