"""The program itself, as it is started for an office, with a bot in its settings."""

import asyncio
import re
from asyncio.subprocess import Process
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram.webhook import HEADER
from bot.site import free_port
from tests.fakes.telegram import FakeTelegram
from tests.stories.program import codes, linked, on_their_way, program

pytestmark = pytest.mark.anyio


def running(folder: Path, telegram: FakeTelegram, **more: str) -> AbstractAsyncContextManager[Process]:
    """`nhacviec run` in a folder of its own, until the block ends."""
    return program(folder, TELEGRAM_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.address, **more)


async def test_the_office_links_itself_with_the_code_that_was_printed(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(tmp_path, telegram, LOG_LEVEL="DEBUG") as process:
        assert process.stdout is not None
        printed = await asyncio.wait_for(process.stdout.readuntil(b"/vao/"), 30)
        code = await process.stdout.readline()
        chief = telegram.person("Chánh Văn phòng")
        chief.starts(code.decode().strip())
        await telegram.until(lambda: chief.private.letters, within=20)
        process.terminate()
        printed += code + await process.stdout.read()
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


async def test_killed_in_the_middle_it_loses_nobody(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        people = [telegram.person(f"đầu mối {n}") for n in range(8)]
        async with running(tmp_path, telegram) as process:
            await telegram.until(lambda: telegram.calls_of("getUpdates"), within=30)
            for person, code in zip(people, codes(tmp_path, 8), strict=True):
                person.starts(code)
            await telegram.until(lambda: people[1].private.letters, within=30)
            process.kill()
            await process.wait()
        async with running(tmp_path, telegram):
            # those that were on their way at that moment come when their lease has run out
            await telegram.until(
                lambda: sum(bool(each.private.letters) for each in people) + on_their_way(tmp_path) >= 8,
                within=60,
            )
        assert linked(tmp_path) == {person.user.first_name for person in people}
