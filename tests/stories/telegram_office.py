"""A small office on Telegram: the fake Telegram, the real library, a database, and a clock that a story moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from fastapi import FastAPI
from sqlmodel import SQLModel, col, select

from bot.channels.telegram.account import Account
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.ways_in import Mode
from bot.channels.web.channel import WebChannel
from bot.world import World
from data.engine import open_engine, transaction
from data.obligations import Item, items
from data.people import invite
from data.tables import Agency, Chat, ChatRole, Inbox, Letter, LetterState, PlatformUpdate, Trail, Unit
from data.updates import next_update
from duties.plan import DraftDuty
from scheduler.channel import Channel
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.offices import SmallOffice, due_on, duty
from tests.fakes.telegram import FakeTelegram, Person, Room
from tests.fakes.telegram_judge import judge

MONDAY = hanoi("2022-02-28 07:40")
PLANS, PRESS = "Phòng Kế hoạch - Tài chính", "Phòng Thông tin - Báo chí"
DUE_TOMORROW = due_on((MONDAY + timedelta(days=1)).date())
SECRET = "a secret that only this office knows"
SOON = timedelta(minutes=2)
PATIENCE = 30.0  # seconds, for a machine that has other things to do


class TelegramOffice:
    """An agency with two units that owe one thing each tomorrow."""

    def __init__(self, url: str, telegram: FakeTelegram, clock: StoppedClock, mode: Mode) -> None:
        self.telegram, self.clock = telegram, clock
        self.engine = open_engine(url)
        SQLModel.metadata.create_all(self.engine)
        with transaction(self.engine) as session:
            agency = Agency(name="Sở Thông tin và Truyền thông", code="STTTT", created_at=clock.now())
            session.add(agency)
            session.flush()
            small = SmallOffice(session, agency)
            for name in (PLANS, PRESS):
                small.unit(name)
            small.confirmed(clock.now() - timedelta(days=30), *self.duties())
            self.agency_id = small.agency_id
        self.account = Account(
            telegram.token,
            SECRET,
            mode,
            web_url="https://cchc.example",
            api_url=telegram.address,
            read_within=0.5,
            poll_wait=timedelta(seconds=20),
        )
        self.wire()

    def duties(self) -> list[DraftDuty]:
        return [duty("1", DUE_TOMORROW, PLANS), duty("2", DUE_TOMORROW, PRESS, row=1)]

    def wire(self) -> None:
        """The program as `app.py` wires it."""
        self.connection = TelegramConnection(self.account)
        channels: dict[str, Channel] = {"web": WebChannel(), "telegram": self.connection.channel}
        self.world = World(self.engine, self.clock, channels, self.agency_id)
        self.connection.join(self.world)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.stop()
        self.engine.dispose()

    async def start(self) -> None:
        self.wire()
        await self.connection.start()

    async def stop(self) -> None:
        await self.connection.stop()

    # What the office does outside Telegram.

    def code(self, unit: str = "", role: ChatRole = ChatRole.UNIT) -> str:
        """A fresh invitation for a unit, or for the office."""
        with transaction(self.engine) as session:
            found = session.exec(select(Unit).where(Unit.name == unit)).one_or_none()
            return invite(session, self.agency_id, role, found.id if found else None, self.clock.now())

    def office_code(self) -> str:
        return self.code(role=ChatRole.OFFICE)

    async def linked(self, handle: str, unit: str = "") -> Person:
        """Somebody who opened the bot by the link of an invitation: of a unit, or of the office."""
        person = self.telegram.person(handle)
        person.starts(self.code(unit) if unit else self.office_code())
        await self.settled()
        return person

    # Time.

    async def settled(self) -> None:
        """Everything that was said is handled, and everything that may go out soon has gone."""
        await self.telegram.until(self._is_heard, within=PATIENCE)
        await self._deliver()
        # in this order: a letter that another delivery takes meanwhile is no longer waiting, but on its way
        while (moment := self._next_letter()) is not None or not self._is_quiet():
            self.clock.set(max(moment or self.clock.now(), self.clock.now()))
            await self._deliver()

    async def _deliver(self) -> None:
        """Nothing is on its way when the clock moves on."""
        await self.world.deliver()
        await self.telegram.until(self._is_quiet, within=PATIENCE)

    def _is_quiet(self) -> bool:
        return not any(letter.state is LetterState.SENDING for letter in self.letters())

    async def at(self, moment: str) -> None:
        """That moment comes, with the timetable's beat."""
        self.clock.set(hanoi(moment))
        await self.world.tick()
        await self.settled()

    def _is_heard(self) -> bool:
        with transaction(self.engine) as session:
            waits = next_update(session, "telegram", self.account.bot_id)
        return not self.telegram.unconfirmed and waits is None

    def _next_letter(self) -> datetime | None:
        with transaction(self.engine) as session:
            waiting = select(Letter.next_try_at).where(Letter.state == LetterState.WAITING)
            edits = select(Letter.edit_at).where(col(Letter.edit_at).is_not(None))
            moments = [each for each in (*session.exec(waiting), *session.exec(edits)) if each is not None]
        soon = [each for each in moments if each <= self.clock.now() + SOON]
        return min(soon, default=None)

    # What is known.

    def owed_by(self, unit: str) -> Item:
        with transaction(self.engine) as session:
            return next(item for item in items(session) if item.unit.name == unit)

    def is_done(self, unit: str) -> bool:
        return self.owed_by(unit).obligation.done_at is not None

    def code_of(self, unit: str) -> str:
        return self.owed_by(unit).obligation.short_code

    def chat_of(self, room: Room, topic: str = "") -> Chat:
        with transaction(self.engine) as session:
            where = (Chat.channel == "telegram", Chat.address == str(room.id), Chat.topic == topic)
            return session.exec(select(Chat).where(*where)).one()

    def heard(self) -> list[Inbox]:
        with transaction(self.engine) as session:
            return list(session.exec(select(Inbox).order_by(col(Inbox.id))))

    def letters(self) -> list[Letter]:
        with transaction(self.engine) as session:
            return list(session.exec(select(Letter).order_by(col(Letter.id))))

    def refused(self) -> list[str]:
        with transaction(self.engine) as session:
            return [row.action for row in session.exec(select(Trail).where(col(Trail.refused)))]

    def stored(self) -> int:
        with transaction(self.engine) as session:
            return len(session.exec(select(PlatformUpdate)).all())


@asynccontextmanager
async def office_on_telegram(
    folder: Path, mode: Mode = Mode.POLLING, url: str = ""
) -> AsyncIterator[TelegramOffice]:
    """The office, connected; all that the fake Telegram said is judged at the end."""
    url = url or f"sqlite:///{folder / 'office.db'}"
    clock, web = StoppedClock(MONDAY), FastAPI()
    async with FakeTelegram(clock=clock, web=httpx.ASGITransport(web)) as telegram:
        async with TelegramOffice(url, telegram, clock, mode) as office:
            web.include_router(office.connection.routes())
            last_step = "getUpdates" if mode is Mode.POLLING else "setMyCommands"
            await telegram.until(lambda: telegram.calls_of(last_step), within=PATIENCE)
            yield office
        judge(telegram)
