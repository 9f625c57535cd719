"""`/metrics` for Prometheus: numbers alone, no name of anybody; for this machine, or for whoever has the token."""

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from secrets import compare_digest

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.handling_time import HANDLING
from bot.health import POLLED_WITHIN
from bot.world import World
from data.engine import DATABASE_TROUBLE, transaction
from data.gauges import Gauges, gauges_of
from data.heartbeats import PLANNER
from data.tables import LetterState
from duties.workdays import day_of

log = logging.getLogger(__name__)

THIS_MACHINE = ("127.0.0.1", "::1")
PORT = re.compile(r":\d+$")
# who calls through a proxy on this machine comes from this machine, too
BY_A_PROXY = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def metrics_routes(world: World, polled: Sequence[str], token: str) -> APIRouter:
    """`polled`: the bots that are to be polled. With a token whoever asks must say it, from wherever."""
    router, registry = APIRouter(), CollectorRegistry()
    registry.register(OfficeCollector(world, polled))
    registry.register(HANDLING)
    ProcessCollector(registry=registry)

    @router.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        if not _may_read(request, token):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"} if token else None)
        page = await asyncio.to_thread(generate_latest, registry)
        return Response(page, media_type=CONTENT_TYPE_LATEST)

    return router


def _may_read(request: Request, token: str) -> bool:
    if token:
        said = request.headers.get("authorization", "")
        return compare_digest(said.encode(), f"Bearer {token}".encode())
    is_here = request.client is not None and request.client.host in THIS_MACHINE
    # a name that leads here is a proxy's, or another site's that made a browser on this machine ask
    is_asked_here = PORT.sub("", request.headers.get("host", "")).strip("[]") in (*THIS_MACHINE, "localhost")
    return is_here and is_asked_here and not any(name in request.headers for name in BY_A_PROXY)


class OfficeCollector(Collector):
    """Counts anew at each call."""

    def __init__(self, world: World, polled: Sequence[str]) -> None:
        self._world, self._polled = world, polled

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: the database is not to be asked at the start."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = self._world.clock.now()
        try:
            with transaction(self._world.engine) as session:
                found = gauges_of(session, now, day_of(now))
        except DATABASE_TROUBLE as trouble:
            log.warning("not counted: %s", type(trouble).__name__)
            yield _one("nhacviec_database_up", "Whether the database answers.", 0)
            return
        yield _one("nhacviec_database_up", "Whether the database answers.", 1)
        yield _one("nhacviec_planner", "Whether this process is the one that plans.", self._world.plans)
        yield from self._post(found)
        yield from _work(found)
        yield from self._beats(found)

    def _post(self, found: Gauges) -> Iterator[GaugeMetricFamily]:
        letters = GaugeMetricFamily(
            "nhacviec_letters", "Letters by channel and state.", labels=["channel", "state"]
        )
        lag = GaugeMetricFamily(
            "nhacviec_letter_lag_seconds",
            "How long the oldest letter that may go has waited.",
            labels=["channel"],
        )
        for channel in sorted({*self._world.channels, *(channel for channel, _ in found.letters)}):
            for state in LetterState:
                letters.add_metric([channel, state.value], found.letters.get((channel, state), 0))
            waited = found.lag.get(channel)
            lag.add_metric([channel], waited.total_seconds() if waited else 0)
        yield letters
        yield lag
        yield _one("nhacviec_updates_waiting", "Messages that came in and are not handled.", found.unheard)
        yield _one(
            "nhacviec_update_lag_seconds",
            "How long the oldest message that is not handled has waited.",
            found.unheard_for.total_seconds(),
        )

    def _beats(self, found: Gauges) -> Iterator[GaugeMetricFamily]:
        now = self._world.clock.now()
        up = GaugeMetricFamily("nhacviec_poller_up", "Whether a bot was polled just now.", labels=["poller"])
        for name in self._polled:
            seen = found.beats.get(name)
            up.add_metric([name], seen is not None and now - seen <= POLLED_WITHIN)
        yield up
        last = GaugeMetricFamily(
            "nhacviec_last_seen_timestamp_seconds", "When it was last well.", labels=["name"]
        )
        for name in (PLANNER, *self._polled):
            if name in found.beats:
                last.add_metric([name], found.beats[name].timestamp())
        yield last


def _work(found: Gauges) -> Iterator[GaugeMetricFamily]:
    yield _one("nhacviec_obligations_open", "Open obligations of plans in force.", found.open)
    yield _one("nhacviec_obligations_overdue", "Those of them whose due date has passed.", found.overdue)
    alarms = GaugeMetricFamily(
        "nhacviec_audit_findings", "What the auditor found and is not well again.", labels=["about"]
    )
    for about, count in sorted(found.alarms.items()):
        alarms.add_metric([about], count)
    yield alarms


def _one(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
