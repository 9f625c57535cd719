"""The demo: each sample agency in a world of its own, set up through the ordinary conversation, with a clock to wind."""

import asyncio
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.channels.web.channel import WebChannel
from bot.world import World
from data.access_links import LINKS_AT
from data.engine import migrate, open_engine, transaction
from data.obligations import Office, open_items, still_on_time
from data.offices import office_of
from data.people import Place, invite, living_units, place_of, units_of
from data.summaries import summary_of
from data.tables import Agency, Chat, ChatRole, Plan
from duties.summary import Counts
from duties.windows import window_at
from duties.workdays import HANOI, day_of
from scheduler.clock import WoundClock

MORNING = time(7, 30)
SLOTS = (time(8), time(14))
AFTER_SLOT = timedelta(minutes=5)


@dataclass(frozen=True)
class Sample:
    """A sample agency and its plan file, from `samples.toml`."""

    title: str
    agency: str
    superior: str
    place: str
    code: str
    file: str
    starts: date
    ends: date
    units: tuple[str, ...]
    corrections: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        return files("bot").joinpath("samples", self.file).read_bytes()


def samples() -> dict[str, Sample]:
    """The sample agencies by their key in the address of the page."""
    read: dict[str, Any] = tomllib.loads(files("bot").joinpath("samples", "samples.toml").read_text("utf-8"))
    lists = ("units", "corrections")
    return {
        key: Sample(**{**values, **{name: tuple(values.get(name, ())) for name in lists}})
        for key, values in read.items()
    }


@dataclass(frozen=True)
class WindowSoFar:
    """The present report window by its name, its four values, and what is still open from before it."""

    name: str
    counts: Counts
    carried_over: int


@dataclass(frozen=True)
class DemoChat:
    """A chat of the demo's page, with what its units still owe."""

    chat_id: int
    place: Place
    title: str
    role: ChatRole
    open_count: int
    overdue_count: int


class DemoWorld(World):
    """One sample agency, its plan confirmed and every unit linked, on the morning its plan was sent."""

    clock: WoundClock

    def __init__(self, sample: Sample, folder: Path, pages_at: str = "") -> None:
        self.sample, self._pages_at = sample, pages_at
        self.title = sample.title
        self.starts, self.ends = sample.starts, sample.ends
        self._folder = folder
        self._winding = asyncio.Lock()
        self._round = 0
        clock = WoundClock(datetime.combine(sample.starts, MORNING, HANOI))
        super().__init__(open_engine(self._fresh_url()), clock, {"web": WebChannel()}, agency_id=1)

    def _fresh_url(self) -> str:
        self._round += 1
        return f"sqlite:///{self._folder / f'{self.sample.code}-{self._round}.db'}"

    async def begin(self) -> None:
        """Set the agency up the way an office does: link, send the plan, confirm it, invite the units."""
        office, code = await asyncio.to_thread(self._found_agency)
        await self.hear(office, f"/dangky {code}", sender="Văn phòng")
        await self.hear(office, file_name=self.sample.file, file=self.sample.content, sender="Văn phòng")
        for words in (*self.sample.corrections, "xác nhận"):
            await self.hear(office, words, sender="Văn phòng")
        if self.sample.units:
            await self.hear(office, f"thêm đơn vị: {'; '.join(self.sample.units)}", sender="Văn phòng")
        for place, code in await asyncio.to_thread(self._invite_units):
            await self.hear(place, f"/dangky {code}")
        await self.tick()

    def _found_agency(self) -> tuple[Place, str]:
        migrate(self.engine)
        with transaction(self.engine) as session:
            sample, now = self.sample, self.clock.now()
            agency = Agency(
                name=sample.agency,
                superior=sample.superior,
                place=sample.place,
                code=sample.code,
                settings={LINKS_AT: self._pages_at} if self._pages_at else {},
                created_at=now,
            )
            session.add(agency)
            session.flush()
            assert agency.id is not None
            self.agency_id = agency.id
            return Place("web", "", f"{sample.code}-van-phong"), invite(
                session, agency.id, ChatRole.OFFICE, None, now
            )

    def _invite_units(self) -> list[tuple[Place, str]]:
        with transaction(self.engine) as session:
            now = self.clock.now()
            return [
                (
                    Place("web", "", f"{self.sample.code}-{unit.id}"),
                    invite(session, self.agency_id, ChatRole.UNIT, unit.id, now),
                )
                for unit in living_units(session, self.agency_id, day_of(now))
            ]

    async def reset(self) -> None:
        """Back to the first morning, with a fresh database."""
        async with self._winding:
            self.engine.dispose()
            self.engine = open_engine(self._fresh_url())
            self._materialised.clear()
            self.clock.set(datetime.combine(self.starts, MORNING, HANOI))
            await self.begin()

    async def wind_to(self, day: date, on_step: Callable[[date], None] | None = None) -> int:
        """Let time pass until just after the morning's letters of a day, beat by beat; never back, never past the end."""
        async with self._winding:
            end = datetime.combine(min(day, self.ends), SLOTS[0], HANOI) + AFTER_SLOT
            sent = 0
            while (beat := self._next_beat()) < end:
                sent += await self._beat(beat, on_step)
            if end > self.clock.now():
                self.clock.set(end)
            return sent

    async def wind_to_next_event(self, on_step: Callable[[date], None] | None = None) -> int:
        """Let time pass until the next letters go out, or to the end."""
        async with self._winding:
            end, sent = datetime.combine(self.ends, SLOTS[0], HANOI), 0
            while not sent and (beat := self._next_beat()) < end:
                sent = await self._beat(beat, on_step)
            return sent

    def _next_beat(self) -> datetime:
        now = self.clock.now()
        beats = (datetime.combine(day_of(now) + timedelta(n), slot, HANOI) for n in (0, 1) for slot in SLOTS)
        return next(beat for beat in beats if beat > now)

    async def _beat(self, beat: datetime, on_step: Callable[[date], None] | None) -> int:
        self.clock.set(beat)
        if on_step is not None:
            on_step(beat.date())
        return await self.tick()

    async def chats(self) -> list[DemoChat]:
        """The office's chat first, then every unit's, with what each still owes."""

        def read() -> list[DemoChat]:
            with transaction(self.engine) as session:
                agency = session.get_one(Agency, self.agency_id)
                office = office_of(session, agency, day_of(self.clock.now()))
                query = select(Chat).where(Chat.agency_id == self.agency_id, col(Chat.left_at).is_(None))
                found = session.exec(query.order_by(col(Chat.id))).all()
                return [
                    self._demo_chat(session, chat, office)
                    for chat in sorted(found, key=lambda c: c.role is ChatRole.UNIT)
                ]

        return await asyncio.to_thread(read)

    def _demo_chat(self, session: Session, chat: Chat, office: Office) -> DemoChat:
        assert chat.id is not None
        units = units_of(session, chat.id)
        today = day_of(self.clock.now())
        owed = [item for item in open_items(session, [unit.id or 0 for unit in units]) if item.obligation.due]
        ends = [still_on_time(item, item.obligation.due, office) for item in owed if item.obligation.due]
        overdue = sum(end < today for end in ends)
        title = units[0].name if units else "Văn phòng (điều phối)"
        place = place_of(chat)
        return DemoChat(chat.id, place, title, chat.role, len(owed), overdue)

    async def window_so_far(self) -> WindowSoFar:
        """The present window's four values by obligations, and what came over from the windows before."""

        def read() -> WindowSoFar:
            with transaction(self.engine) as session:
                today = day_of(self.clock.now())
                agency = session.exec(select(Agency).where(Agency.id == self.agency_id)).one()
                office = office_of(session, agency, today)
                window = window_at(today, office.windows)
                summary = summary_of(session, agency, office, window, today)
                open_before = sum(fact.is_open for fact in summary.carried_over)
                return WindowSoFar(window.name, summary.obligations, open_before)

        return await asyncio.to_thread(read)

    @property
    def plan_title(self) -> str:
        with transaction(self.engine) as session:
            return session.exec(select(func.min(Plan.title))).one() or ""


class Demo:
    """Every sample world, each begun when it is first looked at."""

    def __init__(self, pages_at: str = "") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nhacviec-demo-")
        self.worlds = {
            key: DemoWorld(sample, Path(self._folder.name), pages_at) for key, sample in samples().items()
        }
        self._begun: dict[str, asyncio.Task[None]] = {}

    async def world(self, key: str) -> DemoWorld:
        """The world of that key (the first one for a key that is not there), begun."""
        key = key if key in self.worlds else next(iter(self.worlds))
        if key not in self._begun:
            self._begun[key] = asyncio.create_task(self.worlds[key].begin())
        await asyncio.shield(self._begun[key])
        return self.worlds[key]

    async def begin(self) -> None:
        """Set the first world up before anybody looks, so that the first page comes at once."""
        await self.world(next(iter(self.worlds)))

    def begun(self) -> list[DemoWorld]:
        """The worlds that were looked at."""
        return [self.worlds[key] for key, task in self._begun.items() if task.done()]

    def close(self) -> None:
        for world in self.worlds.values():
            world.engine.dispose()
        self._folder.cleanup()
