"""The address outside is called while all is well, and only then."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import Engine

from data.engine import transaction
from data.tables import Agency, Alarm
from scheduler.audit import Auditor
from scheduler.clock import StoppedClock
from scheduler.heartbeat import Heartbeat
from tests.conftest import NOW

URL = "https://monitor.example/ping/9c0a"
Answer = Callable[[httpx.Request], httpx.Response]


class Outside:
    """The address, as it answers; it counts who called."""

    def __init__(self, answer: Answer = lambda _: httpx.Response(200)) -> None:
        self.calls: list[str] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(str(request.url))
        return self._answer(request)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
def auditor(engine: Engine, clock: StoppedClock) -> Auditor:
    """Who has just been round."""
    with transaction(engine) as session:
        session.add(Agency(name="Sở Thông tin và Truyền thông", created_at=NOW))
    made = Auditor(engine, clock, ["web"])
    made.look()
    return made


def beat(engine: Engine, auditor: Auditor, outside: Outside) -> bool:
    return asyncio.run(Heartbeat(URL, engine, auditor, httpx.MockTransport(outside)).beat())


def test_all_being_well_the_address_is_called(engine: Engine, auditor: Auditor) -> None:
    outside = Outside()
    assert (beat(engine, auditor, outside), outside.calls) == (True, [URL])


def test_while_an_alarm_is_open_it_is_not(engine: Engine, auditor: Auditor) -> None:
    with transaction(engine) as session:
        session.add(Alarm(agency_id=1, about="stuck", found_at=NOW))
    outside = Outside()
    assert (beat(engine, auditor, outside), outside.calls) == (False, [])


def test_nor_when_nobody_has_looked_for_long(engine: Engine, auditor: Auditor, clock: StoppedClock) -> None:
    clock.set(NOW + timedelta(hours=1))
    outside = Outside()
    assert (beat(engine, auditor, outside), outside.calls) == (False, [])


def refused(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no way out")


@pytest.mark.parametrize("answer", [refused, lambda _: httpx.Response(500)])
def test_an_address_that_does_not_hear_us_is_written_down_without_its_secret(
    engine: Engine, auditor: Auditor, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    assert not beat(engine, auditor, Outside(answer))
    assert "heartbeat not heard" in caplog.text
    assert "9c0a" not in caplog.text
