"""World: one agency's database, clock and channels, and what happens when something is said or time passes."""

import asyncio
import logging
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Unpack

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from bot.conversation import handle_safely
from data.engine import transaction
from data.inbox import Along, receive, unhandled
from data.letters import Spoken, talk
from data.offices import office_of
from data.people import Place
from data.tables import Agency, Chat, Inbox, Letter, LetterState
from duties.message import Message
from duties.workdays import day_of
from scheduler.amend import mark_answered
from scheduler.channel import Channel, can_edit
from scheduler.clock import Clock
from scheduler.delivery import deliver
from scheduler.digest import put_digests
from scheduler.materialise import materialise
from scheduler.nudge import plan_slot

log = logging.getLogger(__name__)


class World:
    """Everything that the pages, the channels' inboxes and the timetable ask of the rest of the house."""

    def __init__(self, engine: Engine, clock: Clock, channels: Mapping[str, Channel], agency_id: int) -> None:
        self.engine = engine
        self.clock = clock
        self.channels = channels
        self.agency_id = agency_id
        self._materialised: dict[int, date] = {}

    async def hear(
        self, place: Place, text: str = "", *, platform_id: str | None = None, **along: Unpack[Along]
    ) -> list[Message]:
        """Store what came in, handle it, send what it gave rise to; what is said to a stranger is returned."""
        to_stranger = await self.take(place, text, platform_id=platform_id, **along)
        await self.deliver()
        return to_stranger

    async def take(
        self, place: Place, text: str = "", *, platform_id: str | None = None, **along: Unpack[Along]
    ) -> list[Message]:
        """Store what came in and handle it, once for each platform id; its letters go out with the next delivery."""

        def store() -> int | None:
            with transaction(self.engine) as session:
                unique = platform_id or uuid.uuid4().hex
                return receive(session, place, unique, self.clock.now(), text, **along)

        inbox_id = await asyncio.to_thread(store)
        return [] if inbox_id is None else await asyncio.to_thread(self._handle, inbox_id)

    def _handle(self, inbox_id: int) -> list[Message]:
        to_stranger = handle_safely(self.engine, inbox_id, self.clock.now())
        editing = {name for name, channel in self.channels.items() if can_edit(channel)}
        with transaction(self.engine) as session:
            mark_answered(session, inbox_id, editing, self.clock.now())
        return to_stranger

    async def handle_left_over(self) -> None:
        """Handle what was stored and not handled before the program stopped."""

        def waiting() -> list[int]:
            with transaction(self.engine) as session:
                return list(unhandled(session))

        for inbox_id in await asyncio.to_thread(waiting):
            await asyncio.to_thread(self._handle, inbox_id)

    async def deliver(self) -> int:
        """Send every letter that may go now."""
        return await deliver(self.engine, self.channels, self.clock)

    async def tick(self) -> int:
        """One beat of the clock: make what is coming exist, plan the slot's letters, send; how many went out."""
        await asyncio.to_thread(self._plan)
        return await self.deliver()

    def _plan(self) -> None:
        now = self.clock.now()
        with transaction(self.engine) as session:
            for agency in session.exec(select(Agency).order_by(col(Agency.id))):
                office = office_of(session, agency, day_of(now))
                if self._is_new_day(agency.id or 0, day_of(now)):
                    materialise(session, agency, office, day_of(now))
                plan_slot(session, agency, office, now)
                put_digests(session, agency, office, now)

    def _is_new_day(self, agency_id: int, today: date) -> bool:
        # only spares work: materialising twice gives the same rows
        seen = self._materialised.get(agency_id) == today
        self._materialised[agency_id] = today
        return not seen

    async def talk(self, chat_id: int, limit: int = 200) -> list[Spoken]:
        """What was said in a chat, oldest first."""

        def read() -> list[Spoken]:
            with transaction(self.engine) as session:
                return talk(session, _chat(session, chat_id), limit)

        return await asyncio.to_thread(read)

    async def version(self, chat_id: int) -> int:
        """A number that grows with each new thing said in a chat."""

        def count() -> int:
            with transaction(self.engine) as session:
                chat = _chat(session, chat_id)
                sent = select(func.count()).where(Letter.chat_id == chat_id, Letter.state == LetterState.SENT)
                heard = select(func.count()).where(
                    Inbox.channel == chat.channel, Inbox.bot == chat.bot, Inbox.address == chat.address
                )
                return session.exec(sent).one() + session.exec(heard).one()

        return await asyncio.to_thread(count)


def _chat(session: Session, chat_id: int) -> Chat:
    return session.exec(select(Chat).where(Chat.id == chat_id)).one()
