"""`/healthz` and `/readyz`: what a watcher outside is told, with what status, and nothing more."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from bot import health
from bot import world as world_of
from bot.health import Lookout, health_routes, needs
from bot.world import World
from data.engine import open_engine, transaction
from data.files import FilesFolder
from data.heartbeats import PLANNER, beat, polling
from data.tables import Agency
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.channels import RecordingChannel
from tests.fakes.migrated import marked, unmark

POLLED = polling("telegram", "7100000001")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(engine: Engine) -> Iterator[Engine]:
    """A database of the newest schema, planned for and polled just now."""
    with marked(engine), transaction(engine) as session:
        session.add(Agency(name="Sở TT&TT", created_at=NOW))
        for name in (PLANNER, POLLED):
            beat(session, name, NOW)
    with marked(engine):
        yield engine


def missing(engine: Engine, files: Path, later: timedelta = timedelta()) -> set[str]:
    found = needs(engine, files, [POLLED], NOW + later)
    return {name for name, is_met in found.items() if not is_met}


def asked(engine: Engine, files: Path, path: str) -> httpx.Response:
    app = FastAPI()
    world = World(engine, StoppedClock(NOW), {"web": RecordingChannel()}, 1, files=FilesFolder(files))
    app.include_router(health_routes(world, [POLLED]))

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
            return await http.get(path)

    return asyncio.run(ask())


def test_a_process_that_answers_is_healthy(office: Engine, tmp_path: Path) -> None:
    answer = asked(office, tmp_path, "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_an_office_at_work_is_ready(office: Engine, tmp_path: Path) -> None:
    answer = asked(office, tmp_path, "/readyz")
    assert (answer.status_code, set(answer.json().values())) == (200, {True})


def test_what_is_missing_is_answered_503_and_named(office: Engine, tmp_path: Path) -> None:
    unmark(office)
    answer = asked(office, tmp_path, "/readyz")
    assert (answer.status_code, answer.json()["schema"]) == (503, False)


def test_a_watcher_is_told_no_more_than_yes_and_no(office: Engine, tmp_path: Path) -> None:
    said = asked(office, tmp_path, "/readyz").json()
    assert set(said) == {"ready", "database", "schema", "planner", "disk", "pollers"}
    assert all(isinstance(each, bool) for each in said.values())


def test_nobody_having_planned_for_a_while_is_not_ready(office: Engine, tmp_path: Path) -> None:
    assert "planner" not in missing(office, tmp_path, 4 * MINUTE)
    assert "planner" in missing(office, tmp_path, 6 * MINUTE)


def test_a_first_planning_that_takes_long_is_not_waited_for(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[bool] = []

    def plan(*_: object, **__: object) -> None:
        ready.append(needs(engine, tmp_path, [], NOW)["planner"])

    monkeypatch.setattr(world_of, "plan_agency", plan)
    with marked(engine), transaction(engine) as session:
        session.add(Agency(name="Sở TT&TT", created_at=NOW))
    world = World(engine, StoppedClock(NOW), {"web": RecordingChannel()}, 1, files=FilesFolder(tmp_path))
    with marked(engine):
        asyncio.run(world.plan())
    assert ready == [True]


def test_planning_that_fails_from_the_beginning_is_not_taken_for_planning(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a row that nobody understands")

    monkeypatch.setattr(world_of, "plan_agency", fail)
    clock = StoppedClock(NOW)
    with marked(engine), transaction(engine) as session:
        session.add(Agency(name="Sở TT&TT", created_at=NOW))
    world = World(engine, clock, {"web": RecordingChannel()}, 1, files=FilesFolder(tmp_path))
    with marked(engine):
        for minutes in (0, 6):
            clock.set(NOW + minutes * MINUTE)
            with pytest.raises(ExceptionGroup):
                asyncio.run(world.plan())
        assert not needs(engine, tmp_path, [], clock.now())["planner"]


def test_what_a_program_that_has_just_begun_lacks_is_soon_looked_for_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LOOKS_AGAIN", 0.0)
    world = World(engine, StoppedClock(NOW), {"web": RecordingChannel()}, 1, files=FilesFolder(tmp_path))

    async def looked_twice() -> list[bool]:
        lookout = Lookout(world, [])
        before = await lookout.look()
        with transaction(engine) as session:
            beat(session, PLANNER, NOW)
        return [before["planner"], (await lookout.look())["planner"]]

    with marked(engine):
        assert asyncio.run(looked_twice()) == [False, True]


def test_a_bot_that_is_not_heard_of_is_not_ready(office: Engine, tmp_path: Path) -> None:
    assert missing(office, tmp_path, 4 * MINUTE) == {"pollers"}


def test_a_full_disk_is_not_ready(office: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_ROOM", 2**62)
    assert missing(office, tmp_path / "not" / "made" / "yet") == {"disk"}


def test_a_database_that_is_away_is_not_ready(tmp_path: Path) -> None:
    away = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    assert missing(away, tmp_path) == {"database"}


def test_whoever_plans_is_seen_by_the_others(engine: Engine, tmp_path: Path) -> None:
    with marked(engine):
        world = World(engine, StoppedClock(NOW), {"web": RecordingChannel()}, 1, files=FilesFolder(tmp_path))
        asyncio.run(world.tick())
        assert needs(engine, tmp_path, [], NOW)["planner"]
