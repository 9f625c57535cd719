"""`/metrics`: what Prometheus reads, whom it is shown, and that it costs the same few queries however much there is."""

import asyncio
from datetime import date, timedelta

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, event

from bot.metrics import metrics_routes
from bot.world import World
from data.alarms import Finding, raise_alarm
from data.engine import open_engine, transaction
from data.gauges import gauges_of
from data.heartbeats import beat, polling
from data.letters import put_letter
from data.people import Place, the_agency
from data.tables import Agency, LetterKind
from duties.message import Line, Message
from duties.wording.alarms import Trouble
from duties.workdays import day_of
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import SmallOffice, due_on, duty

UNIT = "Phòng Kế hoạch - Tài chính"
POLLED, SILENT = polling("telegram", "7100000001"), polling("zalo", "8800000001")
LATER = NOW + timedelta(days=40)
TRUE_NUMBERS = {
    ("nhacviec_database_up", ""): 1,
    ("nhacviec_planner", ""): 0,
    ("nhacviec_letters", "web,waiting"): 1,
    ("nhacviec_letters", "web,failed"): 0,
    ("nhacviec_letter_lag_seconds", "web"): timedelta(days=40).total_seconds(),
    ("nhacviec_obligations_open", ""): 2,
    ("nhacviec_obligations_overdue", ""): 1,
    ("nhacviec_audit_findings", "stuck"): 1,
    ("nhacviec_poller_up", POLLED): 1,
    ("nhacviec_poller_up", SILENT): 0,
    ("nhacviec_last_seen_timestamp_seconds", POLLED): LATER.timestamp(),
    ("nhacviec_updates_waiting", ""): 0,
}
HERE, ELSEWHERE = ("127.0.0.1", 50000), ("203.0.113.7", 50000)


@pytest.fixture
def office(engine: Engine) -> Engine:
    """A unit that owes one thing by 31/3 and one by 30/6, and a letter to it that waits."""
    with transaction(engine) as session:
        agency = Agency(name="Sở TT&TT", created_at=NOW)
        session.add(agency)
        session.flush()
        small = SmallOffice(session, agency)
        chat = small.chat("phong-kh", NOW, small.unit(UNIT))
        dues = (due_on(date(2022, 3, 31)), due_on(date(2022, 6, 30)))
        small.confirmed(NOW, *(duty(f"1.{n}", due, UNIT) for n, due in enumerate(dues, 1)))
        put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))
        beat(session, POLLED, LATER)
        raise_alarm(session, agency.id or 0, Finding(Trouble.STUCK, 3), NOW)
    return engine


def answer(
    engine: Engine,
    token: str = "",
    *,
    comes_from: tuple[str, int] = HERE,
    headers: dict[str, str] | None = None,
    hears: str = "",
    host: str = "127.0.0.1:8080",
) -> httpx.Response:
    async def ask() -> httpx.Response:
        app = FastAPI()
        world = World(engine, StoppedClock(LATER), {"web": RecordingChannel()}, 1)
        app.include_router(metrics_routes(world, [POLLED, SILENT], token))
        if hears:
            await world.take(Place("web", "", "phong-kh"), hears)
        transport = httpx.ASGITransport(app, client=comes_from)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as http:
            return await http.get("/metrics", headers=headers)

    return asyncio.run(ask())


def numbers(page: httpx.Response) -> dict[tuple[str, str], float]:
    """Each number by its name and the values of its labels."""
    families = text_string_to_metric_families(page.text)
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_the_numbers_are_those_of_the_office(office: Engine) -> None:
    read = numbers(answer(office))
    assert {what: read.get(what) for what in TRUE_NUMBERS} == TRUE_NUMBERS


def test_what_was_handled_is_timed_by_channel(office: Engine) -> None:
    before = numbers(answer(office)).get(("nhacviec_update_handling_seconds_count", "web"), 0)
    after = numbers(answer(office, hears="/viec"))
    assert after["nhacviec_update_handling_seconds_count", "web"] == before + 1


def test_memory_is_told(office: Engine) -> None:
    assert numbers(answer(office))["process_resident_memory_bytes", ""] > 2**20


def test_nobody_is_named(office: Engine) -> None:
    page = answer(office).text
    assert UNIT not in page
    assert "phong-kh" not in page


def test_a_database_that_is_away_is_a_number_too() -> None:
    page = numbers(answer(open_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")))
    assert page["nhacviec_database_up", ""] == 0


def test_without_a_token_this_machine_alone_may_read(office: Engine) -> None:
    assert answer(office).status_code == 200
    assert answer(office, comes_from=ELSEWHERE).status_code == 401


def test_who_comes_through_a_proxy_here_comes_from_elsewhere(office: Engine) -> None:
    assert answer(office, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 401


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1", "[::1]:8080", "[::1]"])
def test_this_machine_asks_by_its_own_name(office: Engine, host: str) -> None:
    assert answer(office, host=host).status_code == 200


@pytest.mark.parametrize("host", ["cchc.example", "ke-xau.example:8080", "127.0.0.1.ke-xau.example"])
def test_by_another_name_a_proxy_asks_or_another_site_in_a_browser_here(office: Engine, host: str) -> None:
    assert answer(office, host=host).status_code == 401


@pytest.mark.parametrize(("said", "status"), [
    ("Bearer dung-ma-nay", 200), ("Bearer sai-ma", 401), ("dung-ma-nay", 401), ("", 401), ("Bearer ", 401),
])  # fmt: skip
def test_with_a_token_only_the_token_counts(office: Engine, said: str, status: int) -> None:
    for comes_from in (HERE, ELSEWHERE):
        page = answer(office, "dung-ma-nay", comes_from=comes_from, headers={"Authorization": said})
        assert page.status_code == status


def test_more_work_costs_no_more_queries(office: Engine) -> None:
    few = queries(office)
    with transaction(office) as session:
        agency = the_agency(session)
        assert agency is not None
        small = SmallOffice(session, agency)
        for n in range(20):
            chat = small.chat(f"phong-{n}", NOW, small.unit(f"Phòng {n}"))
            put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, Message((Line("Xin chào"),)))
    assert queries(office) == few <= 6


def queries(engine: Engine) -> int:
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    with transaction(engine) as session:
        gauges_of(session, LATER, day_of(LATER))
    event.remove(engine, "before_cursor_execute", note)
    return sum(statement.startswith("SELECT") for statement in asked)
