"""The program itself, as it is started for an office, with a bot in its settings."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from bot.site import free_port
from bot.channels.telegram.webhook import HEADER
from data.engine import open_engine, transaction
from data.people import invite
from data.tables import Agency, Chat, ChatRole
from scheduler.clock import WallClock
from tests.fakes.offices import SmallOffice
from tests.fakes.telegram import FakeTelegram

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def running(folder: Path, telegram: FakeTelegram, **more: str) -> AsyncIterator[Process]:
    """`nhacviec run` in a folder of its own, until the block ends."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'office.db'}",
        "SECRET_FILE": str(folder / "secret"),
        "PORT": str(free_port("127.0.0.1", 0)),
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.address,
        **more,
    }
    # NiceGUI serves otherwise when it thinks it is under test
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**around, **{f"NHACVIEC_{name}": value for name, value in settings.items()}}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=PIPE, stderr=STDOUT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_the_office_links_itself_with_the_code_that_was_printed(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(tmp_path, telegram, LOG_LEVEL="DEBUG") as program:
        assert program.stdout is not None
        printed = await asyncio.wait_for(program.stdout.readuntil(b"/vao/"), 30)
        code = await program.stdout.readline()
        chief = telegram.person("Chánh Văn phòng")
        chief.starts(code.decode().strip())
        await telegram.until(lambda: chief.private.letters, within=20)
        program.terminate()
        printed += code + await program.stdout.read()
        assert chief.private.texts[0].startswith("Đã liên kết Văn phòng (điều phối)")
        assert re.search(rb"a-token-that", printed) is None


async def test_the_webhook_is_served_beside_the_pages(tmp_path: Path) -> None:
    port = free_port("127.0.0.1", 0)
    called = {
        "WEB_URL": "https://cchc.example",
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": "of-ours",
    }
    async with FakeTelegram() as telegram, running(tmp_path, telegram, PORT=str(port), **called):
        await telegram.until(lambda: telegram.calls_of("setWebhook"), within=30)
        address = f"http://127.0.0.1:{port}/telegram/{telegram.world.bot.id}"
        async with httpx.AsyncClient(verify=False) as caller:
            answers = [
                await caller.post(address, json={"update_id": 1}, headers={HEADER: secret})
                for secret in ("of-others", "of-ours")
            ]
    assert [answer.status_code for answer in answers] == [403, 200]


def codes(folder: Path, count: int) -> list[str]:
    """Invitations for that many units of the office whose program has run in the folder."""
    engine, now = open_engine(f"sqlite:///{folder / 'office.db'}"), WallClock().now()
    with transaction(engine) as session:
        small = SmallOffice(session, session.exec(select(Agency)).one())
        units = [small.unit(f"Phòng số {n}") for n in range(count)]
        made = [invite(session, small.agency_id, ChatRole.UNIT, unit.id, now) for unit in units]
    engine.dispose()
    return made


async def test_killed_in_the_middle_it_loses_nobody(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        people = [telegram.person(f"đầu mối {n}") for n in range(8)]
        async with running(tmp_path, telegram) as program:
            await telegram.until(lambda: telegram.calls_of("getUpdates"), within=30)
            for person, code in zip(people, codes(tmp_path, 8), strict=True):
                person.starts(code)
            await telegram.until(lambda: people[1].private.letters, within=30)
            program.kill()
            await program.wait()
        async with running(tmp_path, telegram):
            # the one letter that was on its way at that moment comes when its lease has run out
            await telegram.until(lambda: sum(bool(each.private.letters) for each in people) >= 7, within=30)
        assert linked(tmp_path) == {person.user.first_name for person in people}


def linked(folder: Path) -> set[str]:
    engine = open_engine(f"sqlite:///{folder / 'office.db'}")
    with transaction(engine) as session:
        titles = set(session.exec(select(Chat.title)))
    engine.dispose()
    return titles
