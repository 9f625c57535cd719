"""The program itself, watched from outside: whom it talks to, what it logs, whose word it takes."""

import asyncio
import json
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.site import free_port
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.stories.program import codes, program

pytestmark = pytest.mark.anyio

WATCH = Path(__file__).parents[1] / "fakes" / "watched"
SAID = "Nội dung riêng của tôi, máy 0912 345 678"


@pytest.fixture
def talked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """Whom a program that is started now connects to or looks up."""
    calls = tmp_path / "calls"
    monkeypatch.setenv("PYTHONPATH", str(WATCH))
    monkeypatch.setenv("WATCHED_CALLS", str(calls))

    def read() -> set[str]:
        told = [json.loads(line) for line in calls.read_text("utf-8").splitlines()]
        return {" ".join(call[1:] if call[0] == "socket.getaddrinfo" else call[2:]) for call in told}

    return read


async def answering(address: str) -> None:
    """Wait until something answers there."""
    async with httpx.AsyncClient() as visitor:
        for _ in range(300):
            try:
                if (await visitor.get(f"{address}/healthz")).status_code < 500:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    raise TimeoutError(address)


async def logged(process: Process) -> list[dict[str, Any]]:
    """Every line of the log, once the program has ended; what it greets people with is left out."""
    assert process.stdout is not None
    process.terminate()
    lines = (await process.stdout.read()).decode().splitlines()
    return [json.loads(line) for line in lines if not line.startswith(("Nhắc việc", "Chưa có ai", "  http"))]


async def test_nothing_goes_out_but_to_the_platforms_that_are_set(
    tmp_path: Path, talked_to: Callable[[], set[str]]
) -> None:
    port = free_port("127.0.0.1", 0)
    async with FakeTelegram() as telegram, FakeZalo() as zalo:
        settings = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.address,
            "ZALO_TOKENS": zalo.bot.token,
            "ZALO_API_URL": zalo.address,
            "PORT": str(port),
        }
        async with program(tmp_path, **settings):
            await answering(f"http://127.0.0.1:{port}")
            lan, hoa = telegram.person("Lan"), zalo.person("Hoa")
            for_lan, for_hoa = codes(tmp_path, 2)
            lan.starts(for_lan)
            hoa.says(for_hoa)
            await telegram.until(lambda: lan.private.letters, within=30)
            await zalo.until(lambda: hoa.private.sent, within=30)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as visitor:
                for page in ("/", "/vao/SAISAI22", "/nop/khong-co", "/khong-co", "/readyz"):
                    await visitor.get(page)
        platforms = {each.address.removeprefix("http://") for each in (telegram, zalo)}
    expected = {f"('127.0.0.1', {each.partition(':')[2]})" for each in platforms}
    connected = {each for each in talked_to() if each.startswith("(")}
    assert connected == expected
    looked_up = {each.split()[0] for each in talked_to() - connected}
    assert looked_up <= {"127.0.0.1"}


async def test_the_demo_talks_to_nobody(tmp_path: Path, talked_to: Callable[[], set[str]]) -> None:
    port = free_port("127.0.0.1", 0)
    async with program(tmp_path, "demo", "--port", str(port)):
        await answering(f"http://127.0.0.1:{port}")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as visitor:
            assert (await visitor.get("/", follow_redirects=True)).status_code == 200
    assert {each.split()[0] for each in talked_to()} <= {"127.0.0.1"}


async def test_every_line_is_an_object_with_nothing_in_it_that_is_nobody_s_business(tmp_path: Path) -> None:
    port = free_port("127.0.0.1", 0)
    async with FakeTelegram() as telegram, FakeZalo() as zalo:
        settings = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.address,
            "ZALO_TOKENS": zalo.bot.token,
            "ZALO_API_URL": zalo.address,
            "ZALO_MODE": "webhook",
            "ZALO_WEBHOOK_SECRET": "khoa-rieng-cua-webhook",
            "METRICS_TOKEN": "ma-rieng-cua-so-do",
            "WEB_URL": "https://cchc.example",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "DEBUG",
            "PORT": str(port),
        }
        async with program(tmp_path, **settings) as running:
            await answering(f"http://127.0.0.1:{port}")
            lan, [code, other] = telegram.person("Lan"), codes(tmp_path, 2)
            lan.starts(code)
            await telegram.until(lambda: lan.private.letters, within=30)
            lan.says(lan.private, SAID)
            await telegram.until(lambda: len(lan.private.letters) > 1, within=30)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as visitor:
                doors = (f"/vao/{other}", f"/vao?ma={other}", "/nop/Tep-rieng-1", "/web/Tep-rieng-1")
                for door in doors:
                    await visitor.get(door, headers={"Cookie": "nhacviec=Tep-rieng-1"})
                zalo_path = f"/zalo/{zalo.bot.id}"
                await visitor.post(zalo_path, headers={"X-Bot-Api-Secret-Token": "khoa-sai-Tep-rieng-1"})
                metrics = {"Authorization": "Bearer ma-rieng-cua-so-do"}
                assert (await visitor.get("/metrics", headers=metrics)).status_code == 200
                answer = await visitor.get("/nop/Tep-rieng-1", headers={"X-Request-ID": "of-the-proxy-77"})
            lines = await logged(running)
    told = json.dumps(lines, ensure_ascii=False)
    secret = (telegram.token, zalo.bot.token, "khoa-rieng", "ma-rieng", "Tep-rieng", code, other)
    assert [each for each in (*secret, *SAID.split(", "), "345 678") if each in told] == []
    assert answer.headers["x-request-id"] == "of-the-proxy-77"
    [asked] = [line for line in lines if line.get("request") == "of-the-proxy-77"]
    assert (asked["path"], asked["status"], asked["from"]) == ("/nop/[token]", 404, "127.0.0.1")
    sent = [line for line in lines if line["message"].startswith("sent letter=")]
    assert sent
    assert all({"beat", "bot"} & line.keys() for line in sent)


@pytest.mark.parametrize(
    ("proxies", "comes_from"),
    [("127.0.0.1", ["203.0.113.9", "203.0.113.9"]), ("10.0.0.1", ["127.0.0.1", "127.0.0.1"])],
    ids=["a proxy of ours", "a forger"],
)
async def test_only_a_proxy_of_ours_says_where_a_visitor_comes_from(
    tmp_path: Path, proxies: str, comes_from: list[str]
) -> None:
    port = free_port("127.0.0.1", 0)
    settings = {"PORT": str(port), "LOG_FORMAT": "json", "TRUSTED_PROXIES": proxies}
    async with program(tmp_path, **settings) as running:
        await answering(f"http://127.0.0.1:{port}")
        async with httpx.AsyncClient() as visitor:
            # what stands before the last address was said by the visitor itself
            for said in ("203.0.113.9", "198.51.100.7, 203.0.113.9"):
                await visitor.get(f"http://127.0.0.1:{port}/khong-co", headers={"X-Forwarded-For": said})
        lines = await logged(running)
    assert [line["from"] for line in lines if line.get("path") == "/khong-co"] == comes_from
