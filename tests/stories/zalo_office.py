"""A small office on Zalo: the fake Zalo, our client, a database, and a clock that a story moves."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI

from bot.channels.ways_in import Mode
from bot.channels.zalo.account import Account
from bot.channels.zalo.connection import ZaloConnection
from data.engine import transaction
from data.tables import Agency
from scheduler.clock import StoppedClock
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo_world import Person
from tests.stories.chat_office import MONDAY, PATIENCE, SECRET, ChatOffice

WEB = "https://cchc.example"


class ZaloOffice(ChatOffice):
    """The small office with a Zalo bot, or several."""

    channel_name = "zalo"
    connection: ZaloConnection

    def __init__(self, url: str, zalo: FakeZalo, accounts: Sequence[Account], clock: StoppedClock) -> None:
        self.zalo, self.accounts = zalo, accounts
        super().__init__(url, zalo, accounts[0], clock)
        with transaction(self.engine) as session:
            agency = session.get_one(Agency, self.agency_id)
            agency.settings = {**agency.settings, "web_url": WEB}

    def connect(self) -> ZaloConnection:
        return ZaloConnection(self.accounts)

    async def linked(self, name: str, unit: str = "") -> Person:
        """Somebody who wrote the code of an invitation to the bot: of a unit, or of the office."""
        person = self.zalo.person(name)
        person.says(self.code(unit) if unit else self.office_code())
        await self.settled()
        return person


def account(zalo: FakeZalo, token: str = "", mode: Mode = Mode.POLLING, **more: object) -> Account:
    """An account of the fake's, quick to give up."""
    made = Account(
        token or zalo.bot.token,
        SECRET,
        mode,
        web_url=WEB,
        api_url=zalo.address,
        image_hosts=("127.0.0.1",),
        read_within=0.5,
        poll_wait=timedelta(seconds=20),
    )
    for name, value in more.items():
        object.__setattr__(made, name, value)
    return made


@asynccontextmanager
async def office_on_zalo(
    folder: Path, mode: Mode = Mode.POLLING, *, monthly_cap: int = 3_000, zalo: FakeZalo | None = None
) -> AsyncIterator[ZaloOffice]:
    """The office, connected."""
    clock, web = StoppedClock(MONDAY), FastAPI()
    async with FakeZalo(clock=clock, web=httpx.ASGITransport(web)) as zalo:
        accounts = [account(zalo, mode=mode, monthly_cap=monthly_cap)]
        async with ZaloOffice(f"sqlite:///{folder / 'office.db'}", zalo, accounts, clock) as office:
            web.include_router(office.connection.routes())
            last_step = "getUpdates" if mode is Mode.POLLING else "setWebhook"
            await zalo.until(lambda: zalo.calls_of(last_step), within=PATIENCE)
            yield office
