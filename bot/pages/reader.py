"""Who reads a page: the chat in whose name they read and act."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from fastapi import Request
from sqlmodel import Session

from bot.pages.invitations import Room, rooms_of
from bot.pages.passes import CHOSEN, Links
from bot.world import World
from data.companions import lives
from data.engine import transaction
from data.people import Place, units_of
from data.tables import Chat, ChatRole
from data.web_sessions import find_session, is_open, seats_of
from duties.rights import Action, may
from duties.workdays import day_of

HOMES = {
    ChatRole.UNIT: "/viec",
    ChatRole.OFFICE: "/tong-quan",
    ChatRole.LEADER: "/tong-quan",
    ChatRole.ADMIN: "/don-vi",
}


class Standing(StrEnum):
    """Whether a reader is still who they were when the page was opened."""

    SAME = "same"
    CHANGED = "changed"
    OUT = "out"


@dataclass(frozen=True)
class Reader:
    """One person's browser, speaking in one chat; `rooms` are all the chats it may open, `name` what the person is called.

    `session_id`: the session by which it was let in; 0 in the demo, which has no door.
    """

    world: World
    room: Room
    rooms: tuple[Room, ...]
    unit_ids: tuple[int, ...]
    name: str = ""
    session_id: int = 0

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
    def standing(self, session: Session, reader: Reader) -> Standing:
        """Asked before every action and every two seconds: it must be cheap."""
        ...

    def draw_top(self, reader: Reader) -> None:
        """What stands above every page; nothing for a real office."""
        ...


class OfficeReaders:
    """Whoever holds the token of an open session."""

    has_door = True

    def __init__(self, world: World, links: Links) -> None:
        self.world, self.links = world, links

    async def reader(self, request: Request) -> Reader | None:
        return await asyncio.to_thread(
            self._find, self.links.token_in(request), request.cookies.get(CHOSEN, "")
        )

    def standing(self, session: Session, reader: Reader) -> Standing:
        if not is_open(session, reader.session_id, self.world.clock.now()):
            return Standing.OUT
        seats = seats_of(session, reader.session_id)
        chat = next((each for each in seats if each.id == reader.chat_id and lives(session, each)), None)
        if chat is None:
            return Standing.OUT
        is_same = (chat.role, chat.agency_id) == (reader.role, reader.agency_id)
        return Standing.SAME if is_same and _units(session, chat) == reader.unit_ids else Standing.CHANGED

    def draw_top(self, reader: Reader) -> None:
        """Nothing: the page begins with its own head."""

    def _find(self, token: str, asked: str) -> Reader | None:
        with transaction(self.world.engine) as session:
            held = find_session(session, token, self.world.clock.now())
            if held is None:
                return None
            return reader_of(session, self.world, rooms_of(session, held), asked, held.name, held.id or 0)


def reader_of(
    session: Session, world: World, rooms: list[Room], asked: str, name: str, session_id: int = 0
) -> Reader | None:
    """The reader of these rooms, in the one that is asked for, else in the first; None without any."""
    room = next((each for each in rooms if str(each.seat.chat_id) == asked), rooms[0] if rooms else None)
    if room is None:
        return None
    chat = session.get_one(Chat, room.seat.chat_id)
    return Reader(world, room, tuple(rooms), _units(session, chat), name, session_id)


def _units(session: Session, chat: Chat) -> tuple[int, ...]:
    return (
        tuple(unit.id or 0 for unit in units_of(session, chat.id or 0)) if chat.role is ChatRole.UNIT else ()
    )
