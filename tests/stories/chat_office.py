"""A small office on a platform: a fake of it, a database, and a clock that a story moves."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from sqlmodel import SQLModel, col, select

from bot.channels.web.channel import WebChannel
from bot.world import World
from data.engine import open_engine, transaction
from data.evidence import evidence_of
from data.inbox import unhandled
from data.obligations import Item, items
from data.people import invite
from data.tables import (
    Chat,
    ChatRole,
    Inbox,
    Letter,
    LetterState,
    PlatformUpdate,
    StoredFile,
    Trail,
    Unit,
)
from data.updates import next_update
from duties.plan import DraftDuty
from scheduler.channel import Channel
from scheduler.clock import StoppedClock
from scheduler.outgoing import AHEAD
from tests.conftest import hanoi
from tests.fakes.offices import SmallOffice, due_on, duty

MONDAY = hanoi("2022-02-28 07:40")
PLANS, PRESS = "Phòng Kế hoạch - Tài chính", "Phòng Thông tin - Báo chí"
DUE_TOMORROW = due_on((MONDAY + timedelta(days=1)).date())
SECRET = "a secret that only this office knows"
SOON = timedelta(minutes=2)
PATIENCE = 30.0  # seconds, for a machine that has other things to do


class Platform(Protocol):
    """What a story asks of a fake."""

    @property
    def unconfirmed(self) -> Sequence[Mapping[str, object]]: ...

    async def until(self, condition: Callable[[], object], within: float = 5.0) -> None: ...


class Bot(Protocol):
    @property
    def bot_id(self) -> str: ...


class Connection(Protocol):
    @property
    def channel(self) -> Channel: ...

    def join(self, world: World) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class ChatOffice:
    """An agency with two units that owe one thing each tomorrow, and its bot."""

    channel_name: str
    connection: Connection

    def __init__(self, url: str, platform: Platform, account: Bot, clock: StoppedClock) -> None:
        self.platform, self.clock, self._bot = platform, clock, account
        self.engine = open_engine(url)
        SQLModel.metadata.create_all(self.engine)
        with transaction(self.engine) as session:
            small = SmallOffice.founded(session, clock.now(), code="STTTT")
            for name in (PLANS, PRESS):
                small.unit(name)
            small.confirmed(clock.now() - timedelta(days=30), *self.duties())
            self.agency_id = small.agency_id
        self.wire()

    def duties(self) -> list[DraftDuty]:
        return [duty("1", DUE_TOMORROW, PLANS), duty("2", DUE_TOMORROW, PRESS, row=1)]

    def connect(self) -> Connection:
        """The platform's bot, as `app.py` makes it."""
        raise NotImplementedError

    def wire(self) -> None:
        """The program as `app.py` wires it."""
        self.connection = self.connect()
        channels: dict[str, Channel] = {"web": WebChannel(), self.channel_name: self.connection.channel}
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

    # What the office does outside its chats.

    def code(self, unit: str = "", role: ChatRole = ChatRole.UNIT) -> str:
        """A fresh invitation for a unit, or for the office."""
        with transaction(self.engine) as session:
            found = session.exec(select(Unit).where(Unit.name == unit)).one_or_none()
            return invite(session, self.agency_id, role, found.id if found else None, self.clock.now())

    def office_code(self) -> str:
        return self.code(role=ChatRole.OFFICE)

    # Time.

    async def settled(self) -> None:
        """Everything that was said is handled, and everything that may go out soon has gone."""
        await self.platform.until(self._is_heard, within=PATIENCE)
        await self._deliver()
        # in this order: a letter that another delivery takes meanwhile is no longer waiting, but on its way
        idle = 0
        while (moment := self._next_letter()) is not None or not self._is_quiet():
            if moment is not None and moment > self.clock.now():
                # its turn was taken ahead of the moment at which its chat may have it
                self.clock.set(moment + AHEAD)
            idle = 0 if await self._deliver() else idle + 1
            if idle > 1:
                # the bot has given its turns of this moment: others come with the next
                self.clock.set(self.clock.now() + AHEAD)

    async def _deliver(self) -> int:
        """Nothing is on its way when the clock moves on."""
        sent = await self.world.deliver()
        await self.platform.until(self._is_quiet, within=PATIENCE)
        return sent

    def _is_quiet(self) -> bool:
        on_the_way = (LetterState.SENDING, LetterState.DRAFTED)
        return not any(letter.state in on_the_way for letter in self.letters())

    async def at(self, moment: str) -> None:
        """That moment comes, with the timetable's beat."""
        self.clock.set(hanoi(moment))
        await self.world.tick()
        await self.settled()

    def _is_heard(self) -> bool:
        with transaction(self.engine) as session:
            waits = next_update(session, self.channel_name, self._bot.bot_id)
            # a file that takes long is read beside the others
            is_read = not unhandled(session, self.clock.now())
        return not self.platform.unconfirmed and waits is None and is_read

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

    def proof(self, unit: str) -> list[tuple[str, bytes]]:
        """The files that prove what a unit owes, as they are kept."""
        with transaction(self.engine) as session:
            rows = evidence_of(session, self.owed_by(unit).id)
            return [
                (row.file_name, self.world.files.read(session.get_one(StoredFile, row.file_id).sha256))
                for row in rows
            ]

    def chat_at(self, address: str, topic: str = "") -> Chat:
        with transaction(self.engine) as session:
            where = (Chat.channel == self.channel_name, Chat.address == address, Chat.topic == topic)
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
