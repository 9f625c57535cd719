"""A Telegram that takes its time, keeps its limits, and notes when each message of the bot arrived."""

import asyncio
from time import monotonic

from scheduler.clock import Clock
from tests.fakes.telegram import Call, FakeTelegram, Person
from tests.fakes.telegram_params import Params

TAKES = 0.05
WRITES = ("sendMessage", "sendDocument", "sendPhoto")


class TimedTelegram(FakeTelegram):
    """What is sent too fast is refused, as it is in life. `arrived`: when, by chat and number."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock=clock, enforce_limits=True)
        self.arrived = dict[tuple[int, int], float]()
        self._awaited = dict[int, asyncio.Event]()

    async def _result(self, call: Call, params: Params) -> object:
        result = await super()._result(call, params)
        if call.method in WRITES:
            assert isinstance(result, dict)
            self.arrived[result["chat"]["id"], result["message_id"]] = monotonic()
            if awaited := self._awaited.pop(result["chat"]["id"], None):
                awaited.set()
            await asyncio.sleep(TAKES)
        return result

    def next_in(self, chat: int) -> asyncio.Event:
        """Set when the next message of the bot has arrived in that chat."""
        return self._awaited.setdefault(chat, asyncio.Event())

    def citizens(self, name: str, count: int) -> list[Person]:
        """So many people who have opened the bot before."""
        people = [self.person(f"{name} {n}") for n in range(count)]
        for person in people:
            person.private.chat.members[self.world.bot.id] = "member"
        return people

    @property
    def refused(self) -> int:
        """How many messages were refused with 429."""
        told = (call.answer for call in self.calls if call.answer is not None)
        return sum(1 for answer in told if answer.get("error_code") == 429)
