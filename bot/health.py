"""`/healthz`: the process answers. `/readyz`: it can do its work. Both say nothing that anybody may not know."""

import asyncio
import logging
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import Engine

from bot.world import World
from data.engine import DATABASE_TROUBLE, is_at_head, transaction
from data.heartbeats import BEGUN, PLANNER, last_beats

log = logging.getLogger(__name__)

PLANNED_WITHIN, POLLED_WITHIN = timedelta(minutes=5), timedelta(minutes=3)
LEAST_ROOM = 200 * 2**20
# whoever asks without end is told what was found a moment ago
LOOKS_EVERY = 5.0
# a program that has just begun lacks something for a moment only
LOOKS_AGAIN = 0.5
STILL_LOOKING = {"database": False}

Needs = dict[str, bool]


def health_routes(world: World, polled: Sequence[str]) -> APIRouter:
    """`polled`: the bots that are to be polled, by the names under which their polling beats."""
    router, lookout = APIRouter(), Lookout(world, polled)

    @router.get("/healthz", include_in_schema=False)
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @router.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        needs = await lookout.look()
        ready = all(needs.values())
        return JSONResponse({"ready": ready, **needs}, 200 if ready else 503, {"Cache-Control": "no-store"})

    return router


class Lookout:
    """Looks once for all who ask at the same time."""

    def __init__(self, world: World, polled: Sequence[str]) -> None:
        self._world, self._polled = world, polled
        self._looking: asyncio.Task[Needs] | None = None
        self._looked_at, self._holds_for = 0.0, LOOKS_AGAIN

    async def look(self) -> Needs:
        """What is needed, and whether it is there; a database that does not answer soon is not there."""
        now = asyncio.get_running_loop().time()
        if self._looking is None or (self._looking.done() and now - self._looked_at > self._holds_for):
            self._looked_at = now
            self._looking = asyncio.create_task(asyncio.to_thread(self._needs))
        await asyncio.wait([self._looking], timeout=LOOKS_EVERY)
        found = self._looking.result() if self._looking.done() else STILL_LOOKING
        self._holds_for = LOOKS_EVERY if all(found.values()) else LOOKS_AGAIN
        return found

    def _needs(self) -> Needs:
        world = self._world
        return needs(world.engine, world.files.path, self._polled, world.clock.now())


def needs(engine: Engine, files: Path, polled: Sequence[str], now: datetime) -> Needs:
    """What the work needs: the database and its schema, somebody who plans, room on the disk, bots that are polled."""
    try:
        with transaction(engine) as session:
            at_head = is_at_head(session)
            beats = last_beats(session) if at_head else {}
    except DATABASE_TROUBLE as trouble:
        log.debug("not ready", exc_info=trouble)
        return {"database": False}
    heard = {name for name, at in beats.items() if now - at <= POLLED_WITHIN}
    return {
        "database": True,
        "schema": at_head,
        "planner": any(name in beats and now - beats[name] <= PLANNED_WITHIN for name in (PLANNER, BEGUN)),
        "disk": all(room(path) >= LEAST_ROOM for path in (files, _folder_of(engine))),
        "pollers": heard.issuperset(polled),
    }


def room(path: Path) -> int:
    """The free bytes where that folder is, or will be."""
    standing = next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())
    return shutil.disk_usage(standing).free


def _folder_of(engine: Engine) -> Path:
    """Where the database is on this machine: PostgreSQL looks after its own disk."""
    is_file = engine.dialect.name == "sqlite" and engine.url.database
    return Path(engine.url.database or "").parent if is_file else Path()
