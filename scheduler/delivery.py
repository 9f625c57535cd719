"""Letters → channels: claim a batch, send each at its moment, record what became of it."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Engine

from data.files import FilesFolder
from data.tables import LetterKind
from scheduler.amend import send_edits
from scheduler.channel import Channel, DeliveryError, Failure
from scheduler.clock import Clock
from scheduler.enclosures import hand_over
from scheduler.outgoing import AHEAD, IN_ORDER, Batch, Outgoing, take_batch
from scheduler.pace import MOST_ON_THE_WAY, Pace
from scheduler.post_room import in_post_room
from scheduler.records import put_back, record_failure, record_sent, written_down

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_CLAIMED = 32
TOO_EARLY = timedelta(seconds=0.05)
SILENT = (Failure.RETRY, Failure.UNKNOWN)
# beside answers: so few letters that nobody asked for at once, and so seldom
FEW_AT_ONCE, UNASKED_EVERY = 8, 0.5
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
    is_answering: Callable[[], bool] = lambda: False,
) -> int:
    """Send every letter that may be sent now, then show what was changed; how many were sent.

    While people are being answered what nobody asked for goes out a few at a time.

    Work on the database runs in a thread and holds no transaction while a platform is being talked to.
    """
    round_ = Round(engine, channels, clock, files, lease, is_closing, pace or Pace(), is_answering)
    sent = await round_.run()
    if not is_closing():
        await send_edits(engine, channels, clock)
    return sent


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
    is_answering: Callable[[], bool]
    _unasked_at: float = 0.0
    _on_the_way: set[asyncio.Task[bool]] = field(default_factory=set)
    _sent: int = 0

    async def run(self) -> int:
        try:
            while True:
                batch = await self._claim()
                self._on_the_way |= {asyncio.create_task(self._send(each)) for each in batch.letters}
                if not batch.is_full and not await self._something_may_go(batch):
                    return self._sent
        finally:
            # those on their way are recorded, whatever befell another
            await asyncio.gather(*self._on_the_way, return_exceptions=True)

    async def _claim(self) -> Batch:
        room = min(MOST_CLAIMED, MOST_ON_THE_WAY - len(self._on_the_way))
        if self.is_closing() or room <= 0:
            return Batch()
        kinds: Sequence[LetterKind] = IN_ORDER
        if self.is_answering():
            room, kinds = min(room, FEW_AT_ONCE), self._kinds_meanwhile()
        return await in_post_room(
            take_batch, self.engine, self.channels, self.clock.now(), self.lease, room, kinds
        )

    def _kinds_meanwhile(self) -> Sequence[LetterKind]:
        """Putting letters into words takes the computer from those who wait for an answer; yet none waits for ever."""
        now = asyncio.get_running_loop().time()
        if now - self._unasked_at < UNASKED_EVERY:
            return (LetterKind.REPLY,)
        self._unasked_at = now
        return IN_ORDER

    async def _something_may_go(self, batch: Batch) -> bool:
        """Wait until a bot has turns again or a chat has its letter; False when nothing more is to be waited for."""
        if batch.again_at is not None and not self.is_closing():
            return await self._until(batch.again_at - AHEAD / 2) or await self._one_arrived()
        return await self._one_arrived()

    async def _until(self, moment: datetime) -> bool:
        """Whether that moment came: a long wait is for the next beat, and a clock that stands still brings none."""
        wait = moment - self.clock.now()
        if wait > 2 * AHEAD:
            return False
        await asyncio.sleep(max(wait.total_seconds(), 0))
        self._count()
        return self.clock.now() >= moment

    async def _one_arrived(self) -> bool:
        if not self._on_the_way:
            return False
        await asyncio.wait(self._on_the_way, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(A_MOMENT)
        self._count()
        return True

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
        silences = door.silences if door is not None else 0
        await asyncio.sleep(max((outgoing.at - self.clock.now()).total_seconds(), 0))
        if self.clock.now() < outgoing.at - TOO_EARLY:  # the clock was set back, or stands still
            await in_post_room(put_back, self.engine, outgoing, outgoing.at)
            return False
        if door is None:
            return await self._hand_over(channel, outgoing) is None
        if not await door.enter(silences):
            await in_post_room(put_back, self.engine, outgoing, self.clock.now())
            return False
        answered = False
        try:
            failure = await self._hand_over(channel, outgoing)
            answered = failure not in SILENT
        finally:
            await door.leave(answered=answered)
        return failure is None

    async def _hand_over(self, channel: Channel, outgoing: Outgoing) -> Failure | None:
        """Send it and record what became of it: None when it was taken."""
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
            partial(record_sent, self.engine, channel, outgoing, platform_id, self.clock.now())
        )
        log.info("sent letter=%s channel=%s", outgoing.letter_id, outgoing.address.channel)
        return None
