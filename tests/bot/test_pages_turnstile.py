"""How much one visitor may ask, and that it is known who a visitor is."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI, Response
from sqlalchemy import Engine
from starlette.types import Message

from bot.pages.turnstile import CHEAP, MOST_OPEN, Pace, Turnstile, cost_of
from bot.pages.visitors import host_of
from data.guesses import ALLOWED_FROM_ONE_ADDRESS
from scheduler.clock import StoppedClock
from tests.conftest import NOW

app = FastAPI()


@app.get("/page")
def page() -> str:
    return "ok"


@app.get("/tep/{token}")
def document(token: str) -> Response:
    return Response(status_code=200 if token == "good" else 410 if token == "old" else 404)


class Visitors:
    """Browsers at several addresses, before the turnstile."""

    def __init__(self, engine: Engine, per_minute: int = 3) -> None:
        self.clock = StoppedClock(NOW)
        self.turnstile = Turnstile(app, engine, self.clock, per_minute)

    def get(self, path: str, host: str = "203.0.113.9", **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.turnstile, client=(host, 4321))
            async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(ask())


@pytest.fixture
def visitors(engine: Engine) -> Visitors:
    return Visitors(engine)


@pytest.fixture
def guessers(engine: Engine) -> Visitors:
    return Visitors(engine, per_minute=0)


def test_whoever_asks_too_often_is_told_when_to_come_again(visitors: Visitors) -> None:
    answers = [visitors.get("/page") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "20"
    assert "Xin thử lại sau 08:01" in answers[-1].text


def test_others_do_not_wait_for_him(visitors: Visitors) -> None:
    for _ in range(4):
        visitors.get("/page")
    assert visitors.get("/page", "203.0.113.10").status_code == 200


def test_after_that_while_he_may_again(visitors: Visitors) -> None:
    refused = [visitors.get("/page") for _ in range(4)][-1]
    visitors.clock.set(NOW + timedelta(seconds=int(refused.headers["retry-after"])))
    assert visitors.get("/page").status_code == 200


def test_a_whole_ipv6_network_is_one_visitor(visitors: Visitors) -> None:
    answers = [visitors.get("/page", f"2001:db8:1:2::{number}") for number in range(4)]
    assert answers[-1].status_code == 429


def test_who_is_refused_is_not_kept_waiting_longer() -> None:
    pace = Pace(1)
    assert pace.later("a", 1, NOW) is None
    assert {pace.later("a", 1, NOW) for _ in range(50)} == {NOW + timedelta(minutes=1)}


def test_those_who_left_are_forgotten() -> None:
    pace = Pace(1)
    for number in range(10_000):
        pace.later(f"host {number}", 1, NOW + timedelta(seconds=number))
    assert len(pace._paid_until) < 5_000


@pytest.mark.parametrize("path", ["/static/page.css", "/healthz", "/readyz", "/metrics", "/_nicegui/3/x.js"])
def test_what_pages_bring_along_costs_nothing(path: str) -> None:
    assert cost_of(path) == 0


@pytest.mark.parametrize("path", CHEAP)
def test_platforms_may_call_more_often(path: str) -> None:
    assert 0 < cost_of(f"{path}7100000001") < 1


def test_whoever_guesses_addresses_is_slowed(guessers: Visitors) -> None:
    for number in range(ALLOWED_FROM_ONE_ADDRESS):
        assert guessers.get(f"/tep/wrong-{number}").status_code == 404
    refused = guessers.get("/tep/good")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert guessers.get("/tep/good", "203.0.113.10").status_code == 200


def test_guesses_are_counted_for_all_processes(guessers: Visitors) -> None:
    for number in range(ALLOWED_FROM_ONE_ADDRESS):
        guessers.get(f"/tep/wrong-{number}")
    assert Visitors(guessers.turnstile._engine, per_minute=0).get("/tep/good").status_code == 429


def test_a_link_that_ran_out_is_no_guess(guessers: Visitors) -> None:
    for _ in range(ALLOWED_FROM_ONE_ADDRESS + 1):
        guessers.get("/tep/old")
    assert guessers.get("/tep/good").status_code == 200


def test_too_many_open_pages_are_refused(engine: Engine) -> None:
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    async def stay_open(*_: object) -> None:
        await asyncio.sleep(60)

    async def connect_all() -> None:
        turnstile = Turnstile(stay_open, engine, StoppedClock(NOW), 1)
        scope = {"type": "websocket", "client": ("203.0.113.9", 1)}
        opened = [asyncio.create_task(turnstile(scope, receive, send)) for _ in range(MOST_OPEN)]
        await asyncio.sleep(0)
        await turnstile(scope, receive, send)
        for each in opened:
            each.cancel()
        await asyncio.gather(*opened, return_exceptions=True)
        assert not turnstile._open

    asyncio.run(connect_all())
    assert said == [{"type": "websocket.close", "code": 1013}]


def test_a_proxy_that_is_not_trusted_is_named_once(
    visitors: Visitors, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        visitors.get("/page", "172.18.0.2", **{"X-Forwarded-For": "203.0.113.9"})
    assert caplog.messages == ["proxy not trusted from=172.18.0.2: see NHACVIEC_TRUSTED_PROXIES"]


@pytest.mark.parametrize(
    ("host", "counts_for"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("x" * 999, "x" * 64),
    ],
)
def test_whom_a_request_counts_for(host: str, counts_for: str) -> None:
    assert host_of((host, 1)) == counts_for
