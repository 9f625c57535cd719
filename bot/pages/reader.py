"""Who reads a page: the chat in whose name they read and act."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from fastapi import Request
from sqlmodel import Session

from bot.pages.invitations import Room, rooms_of
from bot.pages.passes import COOKIE, Links, Pass
from bot.world import World
from data.engine import transaction
from data.people import Place, units_of
from data.tables import ChatRole
from duties.rights import Action, may
from duties.workdays import day_of

CHOSEN = "noi"  # the cookie that says in which of its rooms a browser is; what it names is looked for among them alone
HOMES = {
    ChatRole.UNIT: "/viec",
    ChatRole.OFFICE: "/tong-quan",
    ChatRole.LEADER: "/tong-quan",
    ChatRole.ADMIN: "/don-vi",
}


@dataclass(frozen=True)
class Reader:
    """One person's browser, speaking in one chat; `rooms` are all the chats it may open, `name` what the person is called."""

    world: World
    room: Room
    rooms: tuple[Room, ...]
    unit_ids: tuple[int, ...]
    name: str = ""

    @property
    def chat_id(self) -> int:
        return self.room.seat.chat_id

    @property
    def place(self) -> Place:
        return self.room.seat.place

    @property
    def agency_id(self) -> int:
        return self.room.agency_id

    @property
    def role(self) -> ChatRole:
        return self.room.role

    @property
    def home(self) -> str:
        return HOMES[self.role]

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    @property
    def today(self) -> date:
        return day_of(self.now)

    def may(self, *actions: Action) -> bool:
        """Whether any one of these is theirs to do."""
        return any(may(self.role.value, action) for action in actions)


class Readers(Protocol):
    """How the pages learn who reads them: by a real office's cookies, or by the demo's choice.

    `has_door`: whether one comes in and goes out; in the demo one is there.
    """

    @property
    def has_door(self) -> bool: ...
    async def reader(self, request: Request) -> Reader | None: ...
    def draw_top(self, reader: Reader) -> None:
        """What stands above every page; nothing for a real office."""
        ...


class OfficeReaders:
    """Whoever holds a good cookie."""

    has_door = True

    def __init__(self, world: World, links: Links) -> None:
        self.world, self.links = world, links

    async def reader(self, request: Request) -> Reader | None:
        held = self.links.read(request.cookies.get(COOKIE))
        return await asyncio.to_thread(self._find, held, request.cookies.get(CHOSEN, ""))

    def draw_top(self, reader: Reader) -> None:
        """Nothing: the page begins with its own head."""

    def _find(self, held: Pass, asked: str) -> Reader | None:
        with transaction(self.world.engine) as session:
            rooms = rooms_of(session, held)
            return reader_of(session, self.world, rooms, asked, held.name)


def reader_of(session: Session, world: World, rooms: list[Room], asked: str, name: str) -> Reader | None:
    """The reader of these rooms, in the one that is asked for, else in the first; None without any."""
    room = next((each for each in rooms if str(each.seat.chat_id) == asked), rooms[0] if rooms else None)
    if room is None:
        return None
    units = tuple(unit.id or 0 for unit in units_of(session, room.seat.chat_id))
    return Reader(world, room, tuple(rooms), units, name)
