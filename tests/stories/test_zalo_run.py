"""The program itself, as it is started for an office, with a Zalo bot in its settings."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from bot.channels.zalo.webhook import HEADER
from bot.site import free_port
from tests.fakes.zalo import FakeZalo
from tests.stories.program import codes, linked, program

pytestmark = pytest.mark.anyio


def bot(zalo: FakeZalo) -> dict[str, str]:
    return {"ZALO_TOKENS": zalo.bot.token, "ZALO_API_URL": zalo.address}


async def test_the_office_links_itself_by_polling_and_no_token_is_logged(tmp_path: Path) -> None:
    async with FakeZalo() as zalo, program(tmp_path, **bot(zalo), LOG_LEVEL="DEBUG") as running:
        assert running.stdout is not None
        printed = await asyncio.wait_for(running.stdout.readuntil(b"/vao/"), 30)
        code = await running.stdout.readline()
        chief = zalo.person("Chánh Văn phòng")
        chief.says(code.decode().strip())
        await zalo.until(lambda: chief.private.sent, within=20)
        running.terminate()
        printed += code + await running.stdout.read()
        assert chief.private.texts[0].startswith("Đã liên kết Văn phòng (điều phối)")
        assert re.search(rb"a-token-that", printed) is None


async def test_the_webhook_is_served_beside_the_pages(tmp_path: Path) -> None:
    port = str(free_port("127.0.0.1", 0))
    called = {"WEB_URL": "https://cchc.example", "ZALO_MODE": "webhook", "ZALO_WEBHOOK_SECRET": "one-of-ours"}
    async with FakeZalo() as zalo, program(tmp_path, **bot(zalo), **called, PORT=port):
        await zalo.until(lambda: zalo.calls_of("setWebhook"), within=30)
        lan, [code] = zalo.person("Lan"), codes(tmp_path, 1)
        zalo.bot.webhook = zalo.bot.webhook.replace("https://cchc.example", f"http://127.0.0.1:{port}")
        lan.says(code)
        await zalo.until(lambda: lan.private.sent, within=20)
        async with httpx.AsyncClient(verify=False) as stranger:
            refused = await stranger.post(zalo.bot.webhook, json={}, headers={HEADER: "one-of-theirs"})
    assert (zalo.envelope.answers, refused.status_code) == ([200], 403)


async def test_killed_in_the_middle_it_loses_at_most_what_was_on_its_way(tmp_path: Path) -> None:
    async with FakeZalo() as zalo:
        people = [zalo.person(f"đầu mối {n}") for n in range(8)]
        async with program(tmp_path, **bot(zalo)) as running:
            await zalo.until(lambda: zalo.calls_of("getUpdates"), within=30)
            for person, code in zip(people, codes(tmp_path, 8), strict=True):
                person.says(code)
            await zalo.until(lambda: people[1].private.sent, within=30)
            running.kill()
            await running.wait()
        async with program(tmp_path, **bot(zalo)):
            await zalo.until(lambda: sum(bool(each.private.sent) for each in people) >= 6, within=30)
        assert len(linked(tmp_path)) >= 7
