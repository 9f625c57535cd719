"""Letters → channels: claim a batch, send each at its moment, record what became of it."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine

from data.files import FilesFolder
from data.letters import Bot
from scheduler.channel import SILENT, Channel, DeliveryError, Failure
from scheduler.clock import Clock
from scheduler.enclosures import hand_over
from scheduler.outgoing import AHEAD, MOST_CLAIMED, NO_TIME, Batch, Outgoing, take_batch
from scheduler.pace import MOST_ON_THE_WAY, Door, Pace
from scheduler.post_room import in_post_room
from scheduler.records import put_back, record_failure, record_sent, written_down

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(seconds=4)
TOO_EARLY = timedelta(seconds=0.05)
SOON = 2 * AHEAD
A_MOMENT = 0.01  # in which more of them arrive: a claim for each would be dear


async def deliver(
    engine: Engine,
    channels: Mapping[str, Channel],
    clock: Clock,
    *,
    files: FilesFolder | None = None,
    lease: timedelta = LEASE,
    is_closing: Callable[[], bool] = lambda: False,
    pace: Pace | None = None,
    news: asyncio.Event | None = None,
    elsewhere: Collection[Bot] = (),
) -> int:
    """Send every letter that may be sent now, but those of bots for which another process sends; how many were sent.

    `news` is set when there are more of them: whoever waits to be answered does not wait for the next look.

    Work on the database runs in a thread and holds no transaction while a platform is being talked to.
    """
    pace, news = pace or Pace(), news or asyncio.Event()
    return await Round(engine, channels, clock, files, lease, is_closing, pace, news, elsewhere).run()


@dataclass
class Round:
    """Letters on their way side by side, never two of one chat, for as long as there are some that may go."""

    engine: Engine
    channels: Mapping[str, Channel]
    clock: Clock
    files: FilesFolder | None
    lease: timedelta
    is_closing: Callable[[], bool]
    pace: Pace
    news: asyncio.Event
    elsewhere: Collection[Bot]
    # when a bot has turns for more than answers
    _turns_at: datetime | None = None
    _on_the_way: set[asyncio.Task[bool]] = field(default_factory=set)
    _sent: int = 0

    async def run(self) -> int:
        try:
            while True:
                if not await self._set_off() and not await self._something_may_go():
                    return self._sent
        finally:
            # those on their way are recorded, whatever befell another
            await asyncio.gather(*self._on_the_way, return_exceptions=True)

    async def _set_off(self) -> bool:
        """Answers, before the words of others are looked for; then those, unless there are turns for nothing but answers.
        Whether there may be more at once."""
        answers = await self._claim(0)
        if self._is_saturated():
            return answers.is_full
        batch = await self._claim(min(MOST_CLAIMED, MOST_ON_THE_WAY - len(self._on_the_way)))
        self._turns_at = batch.again_at
        return batch.is_full or answers.is_full

    async def _claim(self, most_others: int) -> Batch:
        """Claim some, and send them on their way."""
        if self.is_closing():
            return Batch()
        batch = await in_post_room(self._take, most_others)
        self._on_the_way |= {asyncio.create_task(self._send(each)) for each in batch.letters}
        return batch

    def _take(self, most_others: int) -> Batch:
        """At the moment at which the post room has come to it."""
        now, elsewhere = self.clock.now(), frozenset(self.elsewhere)
        return take_batch(self.engine, self.channels, now, self.lease, most_others, elsewhere)

    def _is_saturated(self) -> bool:
        """Not while it is long until then: one bot that must rest holds up no other."""
        return self._turns_at is not None and NO_TIME < self._turns_at - self.clock.now() <= SOON

    async def _something_may_go(self) -> bool:
        """Wait until a bot has turns again or a chat has its letter, or there is news; False when nothing more is to be
        waited for."""
        if self._turns_at is not None and not self.is_closing():
            return await self._until(self._turns_at) or await self._one_arrived()
        return await self._one_arrived()

    async def _until(self, moment: datetime) -> bool:
        """Whether that moment came, or news: a long wait is for the next beat, and a clock that stands still brings none."""
        wait = moment - self.clock.now()
        if wait > SOON:
            return False
        return await self._is_news(within=max(wait.total_seconds(), 0)) or self.clock.now() >= moment

    async def _one_arrived(self) -> bool:
        if not self._on_the_way:
            return False
        if not await self._is_news(self._on_the_way):
            await asyncio.sleep(A_MOMENT)
            self._count()
        return True

    async def _is_news(
        self, others: Collection[asyncio.Task[bool]] = (), within: float | None = None
    ) -> bool:
        """Wait for news, or one of the others, or so many seconds; whether it was news."""
        told = asyncio.create_task(self.news.wait())
        try:
            await asyncio.wait({told, *others}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
        is_news = self.news.is_set()
        self.news.clear()
        self._count()
        return is_news

    def _count(self) -> None:
        """Those that arrived make room; one that could not be recorded ends the round."""
        done = {task for task in self._on_the_way if task.done()}
        self._on_the_way -= done
        self._sent += sum(task.result() for task in done if task.exception() is None)
        for trouble in (task.exception() for task in done):
            if trouble is not None:
                raise trouble

    async def _send(self, outgoing: Outgoing) -> bool:
        """Whether it was sent; a letter before which its platform fell silent is put back."""
        channel = self.channels[outgoing.address.channel]
        door = self.pace.door(channel.capabilities.limits(outgoing.address))
        if door is None:
            await asyncio.sleep(self._seconds_until(outgoing.ready))
            if not await self._may_go(outgoing):
                return False
            return await self._hand_over(channel, outgoing) is None
        return await self._send_through(door, channel, outgoing)

    async def _send_through(self, door: Door, channel: Channel, outgoing: Outgoing) -> bool:
        turn_in, ready_in = self._seconds_until(outgoing.turn), self._seconds_until(outgoing.ready)
        if not await door.go_out(turn_in=turn_in, ready_in=ready_in, is_answer=outgoing.is_answer):
            await in_post_room(put_back, self.engine, channel, outgoing, self.clock.now())
            return False
        failure, answered = None, None
        try:
            if not await self._may_go(outgoing):
                return False
            answered = False
            failure = await self._hand_over(channel, outgoing)
            answered = failure not in SILENT
        finally:
            await door.back(answered)
        return failure is None

    def _seconds_until(self, moment: datetime) -> float:
        """Never long: what was claimed goes soon, or the clock was set back."""
        wait = min(moment - self.clock.now(), LONGEST_WAIT)
        return max(wait.total_seconds(), 0)

    async def _may_go(self, outgoing: Outgoing) -> bool:
        """Not where the clock was set back, or stands still: then it waits again. Nor after its lease, as when the machine
        slept meanwhile: another may have claimed it, and would send it, too."""
        now = self.clock.now()
        if now < outgoing.ready - TOO_EARLY:
            channel = self.channels[outgoing.address.channel]
            await in_post_room(put_back, self.engine, channel, outgoing, outgoing.ready)
            return False
        return now < outgoing.ours_until

    async def _hand_over(self, channel: Channel, outgoing: Outgoing) -> Failure | None:
        """Send it and record what became of it: None when it was taken."""
        begun = self.clock.now()
        try:
            platform_id = await hand_over(
                channel, outgoing.address, outgoing.message, outgoing.enclosed, self.files
            )
        except DeliveryError as failure:
            await written_down(
                partial(record_failure, self.engine, channel, outgoing, failure, self.clock.now())
            )
            return failure.kind
        await written_down(
            partial(record_sent, self.engine, channel, outgoing, platform_id, begun, self.clock.now())
        )
        log.info("sent letter=%s channel=%s", outgoing.letter_id, outgoing.address.channel)
        return None
