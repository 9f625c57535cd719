"""How near to a platform's limits many letters are sent, beside python-telegram-bot's own AIORateLimiter."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlmodel import Session, SQLModel
from telegram import Bot
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks.platform import MOST_A_SECOND, Platform, platform
from bot.channels.telegram import TELEGRAM
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import TelegramChannel
from data.engine import open_engine, transaction
from data.letters import put_letter
from data.tables import Agency, Chat, ChatRole, LetterKind
from duties.message import Line, Message
from duties.workdays import HANOI
from scheduler.clock import WoundClock
from scheduler.delivery import deliver
from scheduler.pace import MOST_ON_THE_WAY, Pace

TOKEN, BOT_ID = "1:benchmark", "1"
MORNING = datetime(2026, 6, 15, 8, tzinfo=HANOI)
BEATS_EVERY = 1.0


@dataclass(frozen=True)
class Post:
    """So many letters: one to each private chat, several to each group."""

    letters: int
    groups: int = 30
    to_a_group: int = 20

    def all(self) -> Iterator[tuple[int, int]]:
        """Chat and number, the groups' among the others as they come in an office."""
        private = self.letters - self.groups * self.to_a_group
        in_groups = [-(n % self.groups + 1) for n in range(self.groups * self.to_a_group)]
        chats = sorted(
            [(n / private, n + 1) for n in range(private)]
            + [(n / len(in_groups), chat) for n, chat in enumerate(in_groups)]
        )
        return ((chat, number) for number, (_, chat) in enumerate(chats, start=1))


@dataclass(frozen=True)
class Sent:
    """What the platform counted."""

    name: str
    letters: int
    counted: dict[str, Any]

    @property
    def rate(self) -> float:
        return float(self.counted["arrived"] - 1) / float(self.counted["lasted"])

    @property
    def share(self) -> float:
        return self.rate / MOST_A_SECOND


def main(letters: int = 3000) -> list[Sent]:
    """Print the table."""
    post = Post(letters)
    results = [
        asyncio.run(_measured("nhacviec", ours, post, 0.05)),
        asyncio.run(_measured("nhacviec, trả lời sau 2 giây", ours, post, 2.0)),
        asyncio.run(_measured("python-telegram-bot AIORateLimiter", theirs, post, 0.05)),
    ]
    Console().print(_table(results, post))
    return results


async def _measured(
    name: str, send: Callable[[Post, Platform], Awaitable[None]], post: Post, answers_after: float
) -> Sent:
    async with platform(answers_after) as opened:
        await send(post, opened)
        return Sent(name, post.letters, await opened.counted())


async def ours(post: Post, where: Platform) -> None:
    """The letters as rows, sent beat by beat as the program does."""
    clock = WoundClock(MORNING)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        SQLModel.metadata.create_all(engine)
        with transaction(engine) as session:
            _put(session, post, clock.now())
        async with _bot(where) as bot:
            channel, pace = TelegramChannel(bot, BOT_ID, Buttons("benchmark", BOT_ID)), Pace()
            sent = 0
            while sent < post.letters:
                sent += await deliver(engine, {TELEGRAM: channel}, clock, pace=pace)
                await asyncio.sleep(BEATS_EVERY)
        engine.dispose()


def _put(session: Session, post: Post, now: datetime) -> None:
    session.add(Agency(id=1, name="Sở Thông tin và Truyền thông", created_at=now))
    session.flush()
    chats: dict[int, Chat] = {}
    for address, number in post.all():
        if address not in chats:
            chats[address] = Chat(
                agency_id=1,
                channel=TELEGRAM,
                bot=BOT_ID,
                address=str(address),
                role=ChatRole.UNIT,
                linked_at=now,
            )
            session.add(chats[address])
            session.flush()
        message = Message((Line(f"Tin số {number}"),))
        put_letter(session, chats[address], f"notice:{number}", LetterKind.NOTICE, now, message)


async def theirs(post: Post, where: Platform) -> None:
    """All handed at once to the library's own limiter, told to try again when it is refused."""
    limiter = AIORateLimiter(
        overall_max_rate=MOST_A_SECOND,
        overall_time_period=1,
        group_max_rate=20,
        group_time_period=60,
        max_retries=50,
    )
    request = HTTPXRequest(connection_pool_size=256, pool_timeout=600, httpx_kwargs={"verify": False})
    async with ExtBot(TOKEN, base_url=f"{where.url}/bot", request=request, rate_limiter=limiter) as bot:
        await asyncio.gather(
            *(bot.send_message(chat_id=chat, text=f"Tin số {number}") for chat, number in post.all()),
            return_exceptions=True,
        )


def _bot(where: Platform) -> Bot:
    request = HTTPXRequest(connection_pool_size=MOST_ON_THE_WAY, httpx_kwargs={"verify": False})
    return Bot(TOKEN, base_url=f"{where.url}/bot", request=request)


def _table(results: list[Sent], post: Post) -> Table:
    table = Table(title=f"{post.letters} tin, mức cho phép {MOST_A_SECOND} tin/giây", title_justify="left")
    for heading in ("", "tin/giây", "so với mức", "đã đến", "429", "đúng thứ tự"):
        table.add_column(heading, justify="right" if heading else "left")
    for each in results:
        counted = each.counted
        right = "có" if counted["in_order"] else "không"
        table.add_row(
            each.name,
            f"{each.rate:.1f}",
            f"{each.share:.1%}",
            str(counted["arrived"]),
            str(counted["refused"]),
            right,
        )
    return table


if __name__ == "__main__":
    main()
