"""What people do all at once: units answer in their words and with files, offices ask, send plans and announce."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import monotonic

from bot.channels.telegram.channel import spoken_id
from duties.progress import Said
from tests.fakes.telegram import Person
from tests.fakes.telegram_world import Message
from tests.load.platform import TimedTelegram

PATIENCE = 90.0
SAMPLES = Path(__file__).parents[1] / "samples"
PLANS = ("khanh-hoa-stttt-2022.pdf", "nq03-phu-luc-2.docx", "ha-tinh-stnmt-2024.pdf")
PDF = b"%PDF-1.7\n% bao cao so "
REPORTS = (
    ("xong #{}", Said.DONE),
    ("#{} đang làm", Said.IN_PROGRESS),
    ("/giahan #{} 31/12/2026 chờ số liệu", Said.EXTENSION),
    ("#{} vướng: chưa có kinh phí", Said.OBSTACLE),
)
WEIGHTS = (10, 8, 1, 1)
ASKED = ("/tonghop quý 2", "word quý 2", "/choduyet", "/tonghop 6 tháng", "/sapgui")


@dataclass(frozen=True)
class Uttered:
    """One message, and the moment it was said on our own clock: `records` what it is to record of `code`."""

    address: str
    message_id: int
    what: str
    at: float
    records: Said | None = None
    code: str = ""
    has_file: bool = False

    @property
    def key(self) -> str:
        """The name under which the program keeps it."""
        return spoken_id(self.address, self.message_id)


@dataclass
class Crowd:
    """Everybody who talks until told to stop, and all that was said.

    A unit reads what came for so many seconds, and thinks for some more, now longer, now hardly at all.
    """

    telegram: TimedTelegram
    reads_for: float
    thinks_for: float
    random: random.Random
    said: list[Uttered] = field(default_factory=list)
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def unit(self, person: Person, codes: Sequence[str]) -> None:
        """Looks at its list, and reports on one thing after the other, until nothing is left to report."""
        left = list(codes)
        while await self._pause(self.reads_for, steady=True) and await self._pause(self.thinks_for):
            if self.random.random() < 0.3 or not left:
                await self._say(person, "/viec")
            else:
                await self._report(person, left.pop(0))

    async def _report(self, person: Person, code: str) -> None:
        [(words, kind)] = self.random.choices(REPORTS, WEIGHTS)
        if self.random.random() < 0.2:
            proof = PDF + f"{code} của {person.id}".encode()
            message = person.sends_document(person.private, f"bao-cao-{code}.pdf", proof, words.format(code))
            await self._hear(person, f"{kind.value} + tệp", message, kind, code, has_file=True)
        else:
            message = person.says(person.private, words.format(code))
            await self._hear(person, kind.value, message, kind, code)

    async def office(self, person: Person, every: float) -> None:
        """Asks for numbers, documents and what waits."""
        for words in cycle(ASKED):
            if not await self._pause(every):
                return
            await self._say(person, words)

    async def planner(self, person: Person, every: float) -> None:
        """Sends one plan after the other, and throws each away when it has been read."""
        for name in cycle(PLANS):
            content = (SAMPLES / name).read_bytes()
            sent = person.sends_document(person.private, name, content, "năm 2026")
            await self._hear(person, f"đọc {Path(name).suffix}", sent)
            await self._say(person, "bỏ dự thảo này")
            if not await self._pause(every):
                return

    async def announcer(self, person: Person, readers: Sequence[Person], goes_on: Callable[[], bool]) -> None:
        """Announces something to every reader, who all have their morning's letter, and again once they all have that."""
        await self._until_all_have_more(readers, [0] * len(readers))
        while goes_on() and not self.stopped.is_set():
            have = [len(reader.private.letters) for reader in readers]
            await self._say(person, "/thongbao Đề nghị các đơn vị rà soát số liệu báo cáo quý II.")
            await self._say(person, "gửi thông báo")
            await self._until_all_have_more(readers, have)

    async def _until_all_have_more(self, readers: Sequence[Person], have: Sequence[int]) -> None:
        waiting = dict(zip(readers, have, strict=True))
        while waiting and await self._pause(1.0, steady=True):
            waiting = {r: n for r, n in waiting.items() if len(r.private.letters) <= n}

    async def _say(self, person: Person, words: str) -> None:
        await self._hear(person, words.partition(" Đề nghị")[0], person.says(person.private, words))

    async def _hear(
        self,
        person: Person,
        what: str,
        message: Message,
        records: Said | None = None,
        code: str = "",
        *,
        has_file: bool = False,
    ) -> None:
        """Wait until something comes to the chat in which that was just said."""
        self.said.append(Uttered(str(person.id), message.id, what, monotonic(), records, code, has_file))
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.telegram.next_in(person.id).wait()

    async def _pause(self, seconds: float, *, steady: bool = False) -> bool:
        """Think a while; False when it is time to stop."""
        pause = seconds if steady else self.random.expovariate(1 / seconds)
        try:
            async with asyncio.timeout(pause):
                await self.stopped.wait()
        except TimeoutError:
            return True
        return False
