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

from bot.app import free_port
from bot.channels.telegram.webhook import HEADER
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
        "LOG_LEVEL": "DEBUG",
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
    async with FakeTelegram() as telegram, running(tmp_path, telegram) as program:
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
