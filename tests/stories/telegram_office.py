"""A small office on Telegram: the fake Telegram, the real library, a database, and a clock that a story moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI

from bot.channels.telegram.account import Account
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.ways_in import Mode
from data.tables import Chat
from scheduler.clock import StoppedClock
from tests.fakes.telegram import FakeTelegram, Person, Room
from tests.fakes.telegram_judge import judge
from tests.stories.chat_office import DUE_TOMORROW, MONDAY, PATIENCE, PLANS, PRESS, SECRET, ChatOffice

__all__ = [
    "DUE_TOMORROW",
    "MONDAY",
    "PATIENCE",
    "PLANS",
    "PRESS",
    "SECRET",
    "TelegramOffice",
    "office_on_telegram",
]


class TelegramOffice(ChatOffice):
    """The small office with a Telegram bot."""

    channel_name = "telegram"
    connection: TelegramConnection

    def __init__(self, url: str, telegram: FakeTelegram, clock: StoppedClock, mode: Mode) -> None:
        self.telegram = telegram
        self.account = Account(
            telegram.token,
            SECRET,
            mode,
            web_url="https://cchc.example",
            api_url=telegram.address,
            read_within=0.5,
            poll_wait=timedelta(seconds=20),
        )
        super().__init__(url, telegram, self.account, clock)

    def connect(self) -> TelegramConnection:
        return TelegramConnection(self.account)

    async def linked(self, handle: str, unit: str = "") -> Person:
        """Somebody who opened the bot by the link of an invitation: of a unit, or of the office."""
        person = self.telegram.person(handle)
        person.starts(self.code(unit) if unit else self.office_code())
        await self.settled()
        return person

    def chat_of(self, room: Room, topic: str = "") -> Chat:
        return self.chat_at(str(room.id), topic)


@asynccontextmanager
async def office_on_telegram(
    folder: Path, mode: Mode = Mode.POLLING, url: str = ""
) -> AsyncIterator[TelegramOffice]:
    """The office, connected; all that the fake Telegram said is judged at the end."""
    url = url or f"sqlite:///{folder / 'office.db'}"
    clock, web = StoppedClock(MONDAY), FastAPI()
    async with FakeTelegram(clock=clock, web=httpx.ASGITransport(web)) as telegram:
        async with TelegramOffice(url, telegram, clock, mode) as office:
            web.include_router(office.connection.routes())
            last_step = "getUpdates" if mode is Mode.POLLING else "setMyCommands"
            await telegram.until(lambda: telegram.calls_of(last_step), within=PATIENCE)
            yield office
        judge(telegram)
