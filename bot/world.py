"""World: one agency's database, clock and channels, and what happens when something is said or time passes."""

import asyncio
import logging
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import date, datetime, timedelta
from functools import partial
from typing import Unpack

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from bot.conversation import handle_safely
from bot.errand import Errand
from bot.handling_time import HANDLING
from bot.lanes import Lanes
from data.engine import DATABASE_TROUBLE, transaction
from data.files import FilesFolder, folder_beside
from data.heartbeats import BEGUN, PLANNER, beat
from data.inbox import Along, receive, unhandled
from data.letters import Bot, Spoken, answers_to, talk
from data.locks import Lock
from data.people import Place, chat_at, place_of
from data.tables import Agency, Chat, Inbox, Letter, LetterState
from documents import aside
from documents.aside import is_slow, read_aside
from duties.errors import DutyError
from duties.message import Message
from duties.rights import Action, may
from duties.workdays import day_of
from scheduler.amend import mark_answered, send_edits
from scheduler.channel import Channel, can_edit
from scheduler.clock import Clock
from scheduler.delivery import LEASE, deliver
from scheduler.doing import doing
from scheduler.pace import Pace
from scheduler.planning import plan_agency
from scheduler.scribe import write_documents

log = logging.getLogger(__name__)

# longer than a platform takes to answer, shorter than whoever stopped us waits before it kills
CLOSE_WITHIN = timedelta(seconds=20)
# replies go first, so that the speaker's own is among what went by then
HEARD_WITHIN = timedelta(seconds=5)
# a page looks again and again for what is new
A_MOMENT = timedelta(seconds=1)


class AnsweredLater(DutyError):
    """Đã nhận được tin; máy đang bận nên trả lời sẽ đến sau ít phút, không cần gửi lại."""


class World:
    """Everything that the pages, the channels' inboxes and the timetable ask of the rest of the house.

    `planner`: the lock that lets one of several processes plan; without one, this is the only process.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        channels: Mapping[str, Channel],
        agency_id: int,
        *,
        planner: Lock | None = None,
        lease: timedelta = LEASE,
        files: FilesFolder | None = None,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.channels = channels
        self.agency_id = agency_id
        self.files = files or FilesFolder(folder_beside(engine.url.render_as_string()))
        self._planner, self._plans = planner, False
        self._has_begun = False
        self._lease = lease
        self._materialised: dict[int, date] = {}
        self._posting, self._showing = Errand(self._post), Errand(self._show)
        self._writing = Errand(self._write)
        self._is_closing = False
        self._pace = Pace()
        # bots for which another process sends: two would get in one another's way, and no bot may send faster for it
        self.elsewhere = set[Bot]()
        self._lanes = Lanes()
        self._reading = {whole: ThreadPoolExecutor(1, "reading") for whole in (True, False)}

    async def hear(
        self, place: Place, text: str = "", *, platform_id: str | None = None, **along: Unpack[Along]
    ) -> list[Message]:
        """Store what came in, handle it, send what it gave rise to; what is said to a stranger is returned.

        Letters to many others may be under way too: whoever speaks waits only a moment for all of them.
        """
        to_stranger = await self.take(place, text, platform_id=platform_id, **along)
        await self.deliver_within(HEARD_WITHIN)
        return to_stranger

    async def take(
        self, place: Place, text: str = "", *, platform_id: str | None = None, **along: Unpack[Along]
    ) -> list[Message]:
        """Store what came in and handle it, once for each platform id; its letters go out with the next delivery.

        AnsweredLater: it is stored, and is handled when the database is well again.
        """
        with HANDLING.labels(place.channel).time():
            inbox_id = await self._store(place, text, platform_id, along)
            if inbox_id is None:
                return []
            with doing(channel=place.channel, inbox=inbox_id):
                return await self._handle_soon(place, inbox_id, along)

    async def take_in_lane(
        self, place: Place, text: str = "", *, platform_id: str | None = None, **along: Unpack[Along]
    ) -> list[Message]:
        """As `take`, for whoever takes one message after the other: nobody waits for a file that takes long to read.

        That file, and what its sender says meanwhile, is stored now, handled in turn, and answered without being asked.
        """
        if not self._lanes.is_busy(place) and not is_slow(along.get("file") or b""):
            return await self.take(place, text, platform_id=platform_id, **along)
        inbox_id = await self._store(place, text, platform_id, along)
        if inbox_id is not None:
            self._lanes.put(place, partial(self._handle_in_lane, place, inbox_id, along))
        return []

    async def ask(self, place: Place, text: str = "", **along: Unpack[Along]) -> list[Message]:
        """Say it for whoever reads a page, and give what is answered; what others are told goes out meanwhile.

        The answers stand in the chat's talk as well. AnsweredLater: it is stored, and is handled when all is well again.
        """
        unique = uuid.uuid4().hex
        to_stranger = await self.take(place, text, platform_id=unique, **along)
        self.deliver_soon()
        return to_stranger or await asyncio.to_thread(self._answers, place, unique)

    def _answers(self, place: Place, platform_id: str) -> list[Message]:
        with transaction(self.engine) as session:
            return answers_to(session, place, platform_id)

    async def _store(self, place: Place, text: str, platform_id: str | None, along: Along) -> int | None:
        def store() -> int | None:
            with transaction(self.engine) as session:
                unique = platform_id or uuid.uuid4().hex
                return receive(session, place, unique, self.clock.now(), text, **along)

        return await asyncio.to_thread(store)

    async def _handle_in_lane(self, place: Place, inbox_id: int, along: Along) -> None:
        with (
            suppress(AnsweredLater),
            HANDLING.labels(place.channel).time(),
            doing(channel=place.channel, inbox=inbox_id),
        ):
            await self._handle_soon(place, inbox_id, along)
        self.deliver_soon()

    async def _handle_soon(self, place: Place, inbox_id: int, along: Along) -> list[Message]:
        try:
            await self.read_ahead(place, along.get("file_name", ""), along.get("file") or b"")
            return await asyncio.to_thread(self._handle, inbox_id)
        except DATABASE_TROUBLE:
            log.exception("not handled yet inbox=%s", inbox_id)
            raise AnsweredLater from None

    async def read_ahead(self, place: Place, name: str, content: bytes) -> None:
        """Have a file that takes long read elsewhere, so that its transaction finds it read."""
        if not is_slow(content):
            return

        def is_plan() -> bool:
            with transaction(self.engine) as session:
                chat = chat_at(session, place)
                return chat is not None and may(chat.role.value, Action.CHANGE_PLAN)

        whole = await asyncio.to_thread(is_plan)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(
            self._reading[whole], partial(copy_context().run, read_aside, content, name, whole=whole)
        )

    def _handle(self, inbox_id: int) -> list[Message]:
        with doing(inbox=inbox_id):
            return self._answer(inbox_id)

    def _answer(self, inbox_id: int) -> list[Message]:
        to_stranger = handle_safely(self.engine, inbox_id, self.clock.now(), self.files)
        editing = {name for name, channel in self.channels.items() if can_edit(channel)}
        with transaction(self.engine) as session:
            mark_answered(session, inbox_id, editing, self.clock.now())
        return to_stranger

    async def handle_left_over(self, *, after: timedelta = timedelta(0)) -> None:
        """Handle what was stored so long ago and not handled, as when the program was stopped meanwhile."""

        def waiting() -> list[int]:
            with transaction(self.engine) as session:
                return list(unhandled(session, self.clock.now() - after))

        for inbox_id in await asyncio.to_thread(waiting):
            await self.read_ahead(*await asyncio.to_thread(self._brought, inbox_id))
            await asyncio.to_thread(self._handle, inbox_id)

    def _brought(self, inbox_id: int) -> tuple[Place, str, bytes]:
        """Where something was said, and the file that came with it."""
        with transaction(self.engine) as session:
            heard = session.get_one(Inbox, inbox_id)
            return place_of(heard), heard.file_name, heard.file or b""

    def deliver_soon(self) -> None:
        """Begin to deliver, beside whatever else goes on."""
        self._posting.begin()
        self._writing.begin()

    async def deliver(self) -> int:
        """Send every letter that may go now, and meanwhile write what documents were asked for, and send those; then show
        what was changed.

        Whoever asked may go away meanwhile: what is on its way is recorded all the same.
        """
        sent, wrote = await asyncio.gather(self._posting.done(), self._writing.done())
        sent += await self._posting.done() if wrote else 0
        await self._showing.done()
        return sent

    async def deliver_within(self, moment: timedelta = A_MOMENT) -> None:
        """As `deliver`, for whoever waits so long at the most: the rest goes on, and what was not delivered is for the next
        beat."""
        with suppress(TimeoutError, *DATABASE_TROUBLE):
            async with asyncio.timeout(moment.total_seconds()):
                await self.deliver()

    async def _write(self, _news: asyncio.Event) -> int:
        wrote = await write_documents(
            self.engine, self.files, self.clock, is_closing=lambda: self._is_closing
        )
        if wrote:
            self._posting.begin()
        return wrote

    async def _post(self, news: asyncio.Event) -> int:
        sent = await deliver(
            self.engine,
            self.channels,
            self.clock,
            files=self.files,
            lease=self._lease,
            is_closing=lambda: self._is_closing,
            pace=self._pace,
            news=news,
            elsewhere=self.elsewhere,
        )
        # after what was answered, as both take turns of their chat, and beside what is answered next
        self._showing.begin()
        return sent

    async def _show(self, _news: asyncio.Event) -> int:
        return await send_edits(
            self.engine,
            self.channels,
            self.clock,
            is_closing=lambda: self._is_closing,
            pace=self._pace,
            elsewhere=self.elsewhere,
        )

    async def close(self) -> None:
        """No new letter is taken; those on their way are waited for, and recorded.

        What is still being read is handled after the next start.
        """
        self._is_closing = True
        self._lanes.close()
        aside.close()
        for executor in self._reading.values():
            executor.shutdown(wait=False)
        await asyncio.gather(
            *(each.rest(CLOSE_WITHIN.total_seconds()) for each in (self._posting, self._showing))
        )
        if self._planner is not None:
            await asyncio.to_thread(self._planner.release)

    async def tick(self) -> int:
        """One beat of the clock: make what is coming exist, plan the slot's letters, send; how many went out."""
        await self.plan()
        return await self.deliver()

    async def plan(self) -> None:
        """Make what is coming exist, and plan the slot's letters, if that is for this process to do."""
        if await self.is_planner():
            await asyncio.to_thread(self._plan)

    @property
    def plans(self) -> bool:
        """Whether this process was the one that plans when it was last asked."""
        return self._plans

    async def is_planner(self) -> bool:
        """Whether it is for this process to plan: one does, and another takes over when that one is gone."""
        plans = self._planner is None or await asyncio.to_thread(self._planner.take)
        if plans is not self._plans and self._planner is not None:
            log.info("planning is %s", "ours now" if plans else "another process's now")
        self._plans = plans
        return plans

    def _plan(self) -> None:
        """Plan for every agency; trouble with one does not keep the others from their letters."""
        now, troubles = self.clock.now(), []
        self._note_beginning(now)
        for agency_id in self._agencies():
            try:
                self._plan_for(agency_id, now)
            except Exception as trouble:  # told to whoever asked, once the others are planned
                troubles.append(trouble)
        if troubles:
            raise ExceptionGroup("not planned for every agency", troubles)
        with transaction(self.engine) as session:
            beat(session, PLANNER, now)

    def _note_beginning(self, now: datetime) -> None:
        """Once: whoever asks whether somebody plans need not wait until a large office is planned for the first time."""
        if not self._has_begun:
            with transaction(self.engine) as session:
                beat(session, BEGUN, now)
            self._has_begun = True

    def _agencies(self) -> Sequence[int]:
        with transaction(self.engine) as session:
            return [number for number in session.exec(select(Agency.id).order_by(col(Agency.id))) if number]

    def _plan_for(self, agency_id: int, now: datetime) -> None:
        today = day_of(now)
        # only spares work: making what is coming twice gives the same rows
        is_new_day = self._materialised.get(agency_id) != today
        plan_agency(self.engine, agency_id, now, is_new_day=is_new_day)
        self._materialised[agency_id] = today

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
