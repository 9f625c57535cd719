"""A siege: units get work in every round, processes are killed at random moments and started again."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import Enum
from pathlib import Path

from aiohttp import web

from tests.conftest import hanoi
from tests.fakes.telegram import FakeTelegram, Person, Trouble
from tests.kill.office import InFlight, Office, Owed
from tests.kill.verdict import Taken, Verdict
from tests.kill.worker import FastClock, Orders, Worker

DAYS = ("2022-02-28 08:00", "2022-03-01 08:00")
CHATS = 4
AMBIGUOUS_EVERY = 10
PATIENCE = 90.0
LOOKS_EVERY = 0.01
LEASES_PASS_AFTER = 0.7
LONGEST_WAIT = 20.0
ENTRY = re.compile(r"^\d+ (?=[A-Z]+ )", re.MULTILINE)
RAISED = re.compile(r"^ *\|? *[\w.]+(?:Error|Detected|Shutdown|Exception)\b.*", re.MULTILINE)


class Moment(Enum):
    """When processes are killed in a round."""

    ALL_AT_ONCE = "all of them, and one more while it starts and plans"
    SENDING = "one, when a letter of the round has arrived"
    ANSWERING = "one, when somebody has answered"
    SERVER = "none: PostgreSQL itself is stopped and started again"


KILLS = (Moment.ALL_AT_ONCE, Moment.SENDING, Moment.ANSWERING)


class SlowTelegram(FakeTelegram):
    """Takes its time before it takes a message and before it says so, as the real one does."""

    async def _heard(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] != "sendMessage":
            return await super()._heard(request)
        await asyncio.sleep(random.uniform(0, 0.01))
        response = await super()._heard(request)
        await asyncio.sleep(random.uniform(0, 0.03))
        return response


class Siege:
    """`await Siege(…).run(rounds)` gives the verdict."""

    def __init__(
        self, url: str, folder: Path, processes: int, seed: int, restart: Callable[[], None] | None = None
    ) -> None:
        self._url, self._folder, self._processes = url, folder, processes
        self._restart = restart
        self._random = random.Random(seed)
        self._workers: list[Worker] = []
        self._owed: dict[str, Owed] = {}
        self._to_answer: dict[str, Owed] = {}
        self._silent: dict[str, Owed] = {}
        self._people: dict[str, Person] = {}
        self._passed_over: dict[str, int] = {}
        self._said = 0
        self._caught = set[InFlight]()
        self._leases: list[asyncio.Task[None]] = []
        self._verdict = Verdict()

    async def run(self, rounds: int) -> Verdict:
        """A day under siege, and the next one, on which what is still open is repeated."""
        began = time.monotonic()
        async with SlowTelegram() as self._telegram:
            self._set_clock(DAYS[0])
            bot = str(self._telegram.world.bot.id)
            self._office = await asyncio.to_thread(Office, self._url, bot, self._clock.now())
            answering = asyncio.create_task(self._answer_letters())
            await self._besieged(rounds)
            first_day = len(self._telegram.calls)
            await self._day_after()
            answering.cancel()
            self._judge(first_day)
            self._office.close()
        self._verdict.seconds = time.monotonic() - began
        return self._verdict

    async def _besieged(self, rounds: int) -> None:
        self._workers = [Worker(self._orders) for _ in range(self._processes)]
        for number in range(rounds):
            await self._round(number)
        await asyncio.gather(*self._leases)
        await self._settled("the first day")
        await self._stop_all()

    async def _day_after(self) -> None:
        self._set_clock(DAYS[1])
        self._passed_over = {address: len(self._people[address].private.texts) for address in self._silent}
        self._to_answer |= self._silent
        self._workers = [Worker(self._orders) for _ in range(self._processes)]
        await self._settled("the day after")
        await self._stop_all()

    def _set_clock(self, morning: str) -> None:
        self._clock = FastClock(hanoi(morning), time.time())
        settings = {
            "database_url": self._url,
            "secret_file": str(self._folder / "secret"),
            "telegram_token": self._telegram.token,
            "telegram_api_url": self._telegram.address,
        }
        self._orders = Orders(settings, self._clock, self._folder / "log")

    # One round.

    async def _round(self, number: int) -> None:
        moment = Moment.SERVER if self._restart else self._random.choice(KILLS)
        if moment is Moment.SERVER:
            await self._put_work(number)
            await asyncio.sleep(self._random.uniform(0, 0.8))
            await self._restart_server()
            return
        if moment is Moment.ALL_AT_ONCE:
            await self._put_work(number)
            await asyncio.sleep(self._random.uniform(0, 0.3))
            await self._kill(list(range(self._processes)))
            await asyncio.sleep(self._random.uniform(0, 0.6))
        else:
            before = self._done(moment)

            async def has_come() -> bool:
                return self._done(moment) > before

            await self._put_work(number)
            await _until(has_come, LONGEST_WAIT)
            await asyncio.sleep(self._random.uniform(0, 0.15))
        await self._kill([self._random.randrange(self._processes)])

    def _done(self, moment: Moment) -> int:
        return len(self._telegram.calls_of("sendMessage")) if moment is Moment.SENDING else self._said

    async def _put_work(self, number: int) -> None:
        people = [self._telegram.person(f"đầu mối {number}.{n}") for n in range(CHATS)]
        for person in people:
            person.private.chat.members[self._telegram.world.bot.id] = "member"
        addresses = [str(person.id) for person in people]
        owed = await asyncio.to_thread(self._office.add_round, number, addresses, self._clock.now())
        mine = {each.address: each for each in owed}
        if number % AMBIGUOUS_EVERY == 1:
            address = addresses[0]
            self._telegram.order(Trouble.RESET_AFTER, method="sendMessage", chat=people[0].private)
            self._silent[address] = mine[address]
        self._people |= dict(zip(addresses, people, strict=True))
        self._owed |= mine
        self._to_answer |= {address: each for address, each in mine.items() if address not in self._silent}

    async def _restart_server(self) -> None:
        """What is on its way at that moment is recorded when the server is back."""
        assert self._restart is not None
        await asyncio.to_thread(self._restart)
        self._verdict.restarts += 1

    async def _kill(self, victims: list[int]) -> None:
        for victim in victims:
            self._workers[victim].kill()
        caught = await asyncio.to_thread(self._office.in_flight)
        # a commit that the killed process sent may still be under way to PostgreSQL
        await asyncio.sleep(0.03)
        caught |= await asyncio.to_thread(self._office.in_flight)
        self._verdict.kills += len(victims)
        self._caught |= caught
        self._leases.append(asyncio.create_task(self._let_leases_pass(caught)))
        for victim in victims:
            self._workers[victim] = Worker(self._orders)

    async def _let_leases_pass(self, caught: set[InFlight]) -> None:
        """As if the minutes of their leases were over; whoever lives has long recorded its own by then."""
        await asyncio.sleep(LEASES_PASS_AFTER)
        await asyncio.to_thread(self._office.end_leases, caught, self._clock.now())

    # The units.

    async def _answer_letters(self) -> None:
        """Each unit answers its letter as soon as it has it, once."""
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            for address, owed in list(self._to_answer.items()):
                person = self._people[address]
                if any(f"#{owed.code}" in text for text in self._unanswered(address)):
                    person.says(person.private, f"xong #{owed.code}")
                    self._said += 1
                    del self._to_answer[address]

    def _unanswered(self, address: str) -> list[str]:
        """What came to the chat; of one that kept silent, what came the next day."""
        return self._people[address].private.texts[self._passed_over.get(address, 0) :]

    # The end.

    async def _settled(self, what: str) -> None:
        """Everybody was told and has answered, and everything that was said is recorded and receipted."""

        async def is_settled() -> bool:
            return not self._to_answer and await asyncio.to_thread(self._office.is_settled, self._said)

        if not await _until(is_settled, PATIENCE, every=0.3):
            left = [each.code for each in self._to_answer.values()]
            self._verdict.broken.append(f"{what} did not come to an end; not told: {left}")

    async def _stop_all(self) -> None:
        """Told to stop, a process ends well and leaves nothing on its way."""
        codes = await asyncio.gather(*(asyncio.to_thread(worker.stop) for worker in self._workers))
        if set(codes) != {0}:
            self._verdict.broken.append(f"did not end well when told to stop: {codes}")
        if left := await asyncio.to_thread(self._office.in_flight):
            self._verdict.broken.append(f"stopped with letters on their way: {left}")

    def _judge(self, first_day: int) -> None:
        taken, caught = self._taken(first_day), Counter(each.letter_id for each in self._caught)
        self._verdict.caught = len(self._caught)
        letters, answers = self._office.letters(), self._office.answers()
        for address, owed in self._owed.items():
            self._verdict.judge_chat(owed, letters.get(address, []), taken.get(address, []), caught)
            if answers.get(owed.obligation_id) != 1:
                self._verdict.broken.append(f"answered {answers.get(owed.obligation_id)} times: {owed.code}")
        self._verdict.broken += [
            f"not repeated the next day: {owed.code}" for owed in self._to_answer.values()
        ]
        self._verdict.broken += [f"the trail: {each}" for each in self._office.broken_chains()]
        if mishandled := self._office.mishandled():
            self._verdict.broken.append(f"{mishandled} messages were not understood or not handled")
        # without its server each process may complain
        if self._restart is None:
            self._verdict.broken += troubles(self._folder / "log")

    def _taken(self, first_day: int) -> dict[str, list[Taken]]:
        """What the platform took, by address, whether or not its answer was heard."""
        found: dict[str, list[Taken]] = {}
        for number, call in enumerate(self._telegram.calls):
            if call.method == "sendMessage" and call.answer is not None and call.answer["ok"]:
                taken = Taken(str(call.chat), str(call.params["text"]), 1 if number < first_day else 2)
                found.setdefault(taken.address, []).append(taken)
        return found


async def _until(condition: Callable[[], Awaitable[bool]], within: float, every: float = LOOKS_EVERY) -> bool:
    end = time.monotonic() + within
    while not (is_so := await condition()) and time.monotonic() < end:  # noqa: ASYNC110 - a database sets no event
        await asyncio.sleep(every)
    return is_so


def troubles(log: Path) -> list[str]:
    """What the processes complained of; a kill is no reason for any of the others to."""
    found = Counter[str]()
    for entry in ENTRY.split(log.read_text("utf-8")):
        first, _, trace = entry.partition("\n")
        if first.startswith("ERROR "):
            found[f"{first} {' '.join(RAISED.findall(trace)[:1])}"] += 1
    return [f"logged {count} times: {what}" for what, count in found.items()]
