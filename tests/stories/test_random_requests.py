"""Whatever is asked of the program over HTTP, by whomever: never a 500, nothing left open, no memory without end.

A short run by default; `make fuzz` asks thousands. NHACVIEC_FUZZ is how many, NHACVIEC_FUZZ_SEED which.
"""

import asyncio
import json
import os
import re
from asyncio.subprocess import Process
from pathlib import Path
from random import Random

import httpx
import pytest

from bot.channels.telegram import webhook as telegram_webhook
from bot.channels.zalo import webhook as zalo_webhook
from bot.site import free_port
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.stories.program import codes, program
from tests.stories.test_trust import answering

pytestmark = pytest.mark.anyio

ROUNDS = int(os.environ.get("NHACVIEC_FUZZ", "200"))
SEED = os.environ.get("NHACVIEC_FUZZ_SEED", "20220314")
AT_ONCE = 8
PATIENCE = httpx.Timeout(60, read=5)
MOST_GROWN = 120 * 1024  # kB
METHODS = ("GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "XYZ")
PLACES = (
    "/", "/vao", "/vao/{}", "/ra", "/tro-chuyen", "/tep/{}", "/tep/{}?xem=1", "/nop/{}", "/lich/{}.ics", "/lich/{}", "/web/{}",
    "/web", "/healthz", "/readyz", "/metrics", "/static/{}", "/_nicegui/{}", "/_nicegui_ws/socket.io/?transport=polling&EIO={}",
    "/vao-noi/{}", "/telegram/{}", "/zalo/{}", "/viec/{}", "/viec-cua-toi", "/tong-quan", "/ke-hoach", "/{}", "/?vi={}", "/vao?ma={}",
)  # fmt: skip
SCRAPS = (
    "", "1", "-1", "9" * 30, "ABCD2345", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "....//", "%00", "%ff%fe", "%0d%0aSet-Cookie:%20a=b",
    "<script>alert(1)</script>", "{{7*7}}", "' OR 1=1 --", "Quý%20II", "đ", "a" * 3000, "a/b/c", "?", "#", ";", "%25", "\\..\\x", "http://[::1",
)  # fmt: skip
HEADERS = (
    ("Cookie", "nhacviec={}"), ("Cookie", "{}"), ("Content-Type", "{}"), ("Content-Type", "application/json"),
    ("Content-Type", "multipart/form-data"), ("Content-Type", "multipart/form-data; boundary=x"), ("Range", "bytes=0-{}"),
    ("Content-Type", "application/x-www-form-urlencoded"), ("Origin", "{}"), ("Sec-Fetch-Site", "{}"), ("Accept", "{}"), ("Host", "{}"),
    ("If-None-Match", "{}"), ("X-Request-ID", "{}"), ("X-Forwarded-For", "{}"), ("X-Forwarded-Proto", "{}"), ("Authorization", "Bearer {}"),
    ("X-Forwarded-Prefix", "/{}"), ("Accept-Language", "{}"), ("Accept-Encoding", "{}"), ("Content-Encoding", "gzip"),
)  # fmt: skip


def junk(dice: Random, depth: int = 0) -> object:
    """Any JSON, the names those of the platforms."""
    names = (
        "update_id",
        "message",
        "chat",
        "id",
        "from",
        "text",
        "date",
        "event_name",
        "result",
        "callback_query",
        "photo",
    )
    match dice.randrange(9 if depth < 5 else 6):
        case 0:
            return dice.choice((None, True, 0, -1, 2**63, 2**70, 1e308, 0.5))
        case 1 | 2:
            return dice.choice(SCRAPS)
        case 3:
            return dice.choice(("message.text.received", "private", "supergroup", "\x00", "\ud800", "/start"))
        case 4 | 5:
            return dice.randrange(10**10)
        case 6:
            return [junk(dice, depth + 1) for _ in range(dice.randrange(4))]
        case _:
            return {dice.choice(names): junk(dice, depth + 1) for _ in range(dice.randrange(6))}


def body(dice: Random) -> bytes:
    match dice.randrange(6):
        case 0:
            return dice.randbytes(dice.choice((0, 1, 300, 70_000)))
        case 1:
            return b"[" * dice.choice((10, 100_000))
        case 2:
            part = (
                f'--x\r\nContent-Disposition: form-data; name="tep"; filename="{dice.choice(SCRAPS)}"\r\n\r\n'
            )
            return part.encode() + dice.randbytes(50) + b"\r\n--x--\r\n" * dice.randrange(2)
        case 3:
            return f"ten={dice.choice(SCRAPS)}&ma={dice.choice(SCRAPS)}&con={dice.choice(SCRAPS)}".encode()
        case _:
            return json.dumps(junk(dice)).encode()


def of_platforms(dice: Random, doors: dict[str, tuple[str, str]]) -> tuple[str, dict[str, str], bytes]:
    """A call with the right secret, and something in it that the platform would never say."""
    path, (header, secret) = dice.choice(list(doors.items()))
    update = junk(dice)
    if isinstance(update, dict) and dice.random() < 0.8:
        update = {"update_id": dice.randrange(10**9), "event_name": "message.text.received", **update}
    return path, {header: secret}, json.dumps(update).encode() if dice.random() < 0.9 else body(dice)


def request(dice: Random, address: str, doors: dict[str, tuple[str, str]]) -> httpx.Request:
    if dice.random() < 0.3:
        path, headers, content = of_platforms(dice, doors)
        return httpx.Request("POST", address + path, headers=headers, content=content)
    path = dice.choice(PLACES).replace("{}", dice.choice(SCRAPS))
    told = dict(dice.choices(HEADERS, k=dice.randrange(4)))
    junked = [
        (name.encode(), said.replace("{}", dice.choice(SCRAPS)).encode()[:2000])
        for name, said in told.items()
    ]
    method = dice.choice(METHODS)
    return httpx.Request(
        method, address + path, headers=junked, content=body(dice) if method != "GET" else b""
    )


def held(process: Process) -> tuple[int, int]:
    """How many files that process has open, and its memory in kB."""
    place = Path(f"/proc/{process.pid}")
    if not place.exists():
        return 0, 0
    resident = re.search(r"VmRSS:\s*(\d+)", (place / "status").read_text())
    return len(list((place / "fd").iterdir())), int(resident[1]) if resident else 0


async def asked(address: str, doors: dict[str, tuple[str, str]], dice: Random, rounds: int) -> list[str]:
    """What was answered 5xx, or not at all."""
    troubles, turn = [], asyncio.Semaphore(AT_ONCE)

    async def ask(visitor: httpx.AsyncClient, each: httpx.Request) -> None:
        async with turn:
            try:
                answer = await visitor.send(each)
            except httpx.LocalProtocolError:
                return  # our own client does not send that
            except httpx.ReadTimeout:
                # a page that polls is answered when there is news
                if "_nicegui_ws" not in each.url.path:
                    troubles.append(f"{each.method} {each.url!s:.200}: no answer")
                return
            except httpx.TransportError as trouble:
                troubles.append(f"{each.method} {each.url!s:.200}: {trouble!r}")
                return
            # 503 of /readyz is what it is for
            if answer.status_code >= 500 and "readyz" not in each.url.path:
                troubles.append(f"{each.method} {each.url!s:.200}: {answer.status_code}")

    async with httpx.AsyncClient(timeout=PATIENCE) as visitor:
        made = [request(dice, address, doors) for _ in range(rounds)]
        await asyncio.gather(*(ask(visitor, each) for each in made))
    return troubles


async def test_no_request_breaks_the_program(tmp_path: Path) -> None:
    port, dice = free_port("127.0.0.1", 0), Random(SEED)
    address = f"http://127.0.0.1:{port}"
    async with FakeTelegram() as telegram, FakeZalo() as zalo:
        settings = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.address,
            "TELEGRAM_MODE": "webhook",
            "TELEGRAM_WEBHOOK_SECRET": "of-ours",
            "ZALO_TOKENS": zalo.bot.token,
            "ZALO_API_URL": zalo.address,
            "ZALO_MODE": "webhook",
            "ZALO_WEBHOOK_SECRET": "one-of-ours",
            "WEB_URL": "https://cchc.example",
            "REQUESTS_PER_MINUTE": "0",
            "LOG_FORMAT": "json",
            "PORT": str(port),
        }
        doors = {
            f"/telegram/{telegram.world.bot.id}": (telegram_webhook.HEADER, "of-ours"),
            f"/zalo/{zalo.bot.id}": (zalo_webhook.HEADER, "one-of-ours"),
        }
        async with program(tmp_path, **settings) as running:
            assert running.stdout is not None
            # a log that nobody reads would hold the program up
            log = asyncio.create_task(running.stdout.read())
            await answering(address)
            codes(tmp_path, 1)
            troubles = await asked(address, doors, dice, 60)
            before = held(running)
            troubles += await asked(address, doors, dice, ROUNDS)
            await asyncio.sleep(1)
            after = held(running)
            running.terminate()
            told = (await log).decode()
    assert troubles == []
    failed = [line[:3000] for line in told.splitlines() if '"exception"' in line or "Traceback" in line]
    # what no platform ever says is tried three times, put aside, and holds nobody up
    assert [line for line in failed if '"logger": "bot.channels.reception"' not in line] == []
    assert after[0] <= before[0] + AT_ONCE * 2
    assert after[1] <= before[1] + MOST_GROWN
