"""How this process goes in and out at a bot's door: at the platform's pace, few at a time until it answers, none once
it is silent."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil

from scheduler.limits import Limit

# a little more than one: messages do not all take equally long to arrive
A_SECOND = 1.04
# A bot that may send 29 a second needs 58 on their way where the platform takes two seconds to answer.
FEW, MOST_ON_THE_WAY = 20, 64


@dataclass
class Door:
    """One bot's: how many are on their way, how many may be, and how often the platform fell silent."""

    most_in_a_second: int
    on_the_way: int = 0
    # whether it answers is not known yet: one letter goes to see
    may_be: int = 1
    silences: int = 0
    begun: deque[float] = field(default_factory=deque)
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def enter(self, silences: int) -> bool:
        """Wait for room and for the second; False when the platform fell silent once more than that."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.on_the_way < self.may_be or self.silences != silences)
            if self.silences != silences:
                return False
            self.on_the_way += 1
        await self._keep_the_second()
        return True

    async def _keep_the_second(self) -> None:
        """Turns are taken ahead of time: after the loop was held up, the letters it held must not go all at once."""
        loop = asyncio.get_running_loop()
        async with self.gate:
            if len(self.begun) == self.most_in_a_second:
                await asyncio.sleep(self.begun.popleft() + A_SECOND - loop.time())
            self.begun.append(loop.time())

    async def leave(self, *, answered: bool) -> None:
        """Each answer lets one more on the way; silence lets one only, and turns back who waits at the door."""
        async with self.changed:
            self.on_the_way -= 1
            self.may_be = min(max(self.may_be + 1, FEW), MOST_ON_THE_WAY) if answered else 1
            self.silences += not answered
            self.changed.notify_all()


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
