"""A bot's door: at each of its turns the one goes out who is most awaited; few at a time until the platform answers, none
once it is silent."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from scheduler.limits import Limit

# a little more than one: messages do not all take equally long to arrive
A_SECOND = 1.04
# What was held up goes so many times as fast as the bot may send.
CATCHES_UP = 2
# A bot that may send 29 a second needs 58 on their way where the platform takes two seconds to answer.
FEW, MOST_ON_THE_WAY = 20, 64
# Seconds after which a letter that nobody waits for is as urgent as an answer.
PATIENCE = 10.0


@dataclass(eq=False)
class _Waiting:
    """A letter at the door: it may go out from the moment `ready` on, by the loop's clock, once it is let out."""

    ready: float
    urgent_from: float
    let_out: asyncio.Future[bool]

    @property
    def is_out(self) -> bool:
        return self.let_out.done() and not self.let_out.cancelled() and self.let_out.result()


@dataclass
class Door:
    """One bot's: how many are on their way, and how many may be.

    Turns are taken ahead of time and letters with them; who goes at a turn is decided when it comes, so that an answer
    does not stand behind letters that had their turns before it was asked for.
    """

    most_in_a_second: int
    on_the_way: int = 0
    # whether it answers is not known yet: one letter goes to see
    may_be: int = 1
    _begun: deque[float] = field(init=False)
    _waiting: list[_Waiting] = field(default_factory=list)
    _turns: set[asyncio.Task[None]] = field(default_factory=set)
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self._begun = deque(maxlen=self.most_in_a_second)

    @property
    def is_awaited(self) -> bool:
        """Whether somebody stands at it."""
        return bool(self._waiting)

    async def go_out(self, *, turn_in: float, ready_in: float, is_answer: bool) -> bool:
        """Wait until it is let out: it brings a turn, that comes in so many seconds, and may itself go at any turn once it
        is ready. False when the platform fell silent meanwhile."""
        now = asyncio.get_running_loop().time()
        urgent_from = now if is_answer else now + PATIENCE
        me = _Waiting(now + ready_in, urgent_from, asyncio.get_running_loop().create_future())
        self._waiting.append(me)
        turn = asyncio.create_task(self._use_turn(turn_in))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)
        try:
            async with self._changed:
                self._changed.notify_all()
            return await me.let_out
        except asyncio.CancelledError:
            if me.is_out:
                await self.back(None)
            raise
        finally:
            if me in self._waiting:
                self._waiting.remove(me)

    async def back(self, answered: bool | None) -> None:
        """Each answer lets one more on the way; silence lets one only, and turns back who waits at the door.

        None: it did not go after all.
        """
        async with self._changed:
            self.on_the_way -= 1
            if answered:
                self.may_be = min(max(self.may_be + 1, FEW), MOST_ON_THE_WAY)
            elif answered is not None:
                self.may_be = 1
                self._turn_back()
            self._changed.notify_all()

    def _turn_back(self) -> None:
        for each in self._waiting:
            if not each.let_out.done():
                each.let_out.set_result(False)
        self._waiting.clear()

    async def _use_turn(self, comes_in: float) -> None:
        """Let one out when the turn has come, there is room and the second allows it; nobody when all have gone."""
        await asyncio.sleep(comes_in)
        async with self._gate:
            while await self._somebody_may_go():
                await self._keep_the_second()
                # the platform may have fallen silent meanwhile
                if self.on_the_way >= self.may_be or (first := self._first()) is None:
                    continue
                self._waiting.remove(first)
                # one that was given up a moment ago is passed over
                if not first.let_out.done():
                    self._begun.append(asyncio.get_running_loop().time())
                    self.on_the_way += 1
                    first.let_out.set_result(True)
                    return

    async def _somebody_may_go(self) -> bool:
        """Wait until there is room and somebody who is ready; False when nobody waits any more."""
        async with self._changed:
            while self._waiting and not (self.on_the_way < self.may_be and self._first() is not None):
                try:
                    async with asyncio.timeout(self._until_one_is_ready()):
                        await self._changed.wait()
                except TimeoutError:
                    continue
            return bool(self._waiting)

    def _first(self) -> _Waiting | None:
        """Of those who are ready the first that is urgent; else the first."""
        now = asyncio.get_running_loop().time()
        ready = [each for each in self._waiting if each.ready <= now]
        return next((each for each in ready if each.urgent_from <= now), ready[0] if ready else None)

    def _until_one_is_ready(self) -> float | None:
        """None where it is room that is missing."""
        if self.on_the_way >= self.may_be:
            return None
        now = asyncio.get_running_loop().time()
        return max(min(each.ready for each in self._waiting) - now, 0)

    async def _keep_the_second(self) -> None:
        """Turns are taken ahead of time: what was held up with its turn must not go all at once. The platform would refuse
        some of it, and the next answer would find the second full."""
        now = asyncio.get_running_loop().time()
        from_then_on = self._begun[-1] + A_SECOND / self.most_in_a_second / CATCHES_UP if self._begun else now
        if len(self._begun) == self.most_in_a_second:
            from_then_on = max(from_then_on, self._begun[0] + A_SECOND)
        if from_then_on > now:
            await asyncio.sleep(from_then_on - now)


class Pace:
    """The doors of the bots that have a pace of their own."""

    def __init__(self) -> None:
        self._doors: dict[str, Door] = {}

    def door(self, limits: Sequence[Limit]) -> Door | None:
        """The door of the bot that is behind all of an address's limits; None where only the chat has one."""
        if len(limits) < 2:
            return None
        bot = limits[-1]
        most = bot.burst + ceil(timedelta(seconds=1) / bot.every)
        return self._doors.setdefault(bot.name, Door(most))
