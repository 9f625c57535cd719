"""How much one network address may ask of us: requests a minute, pages open at once, wrong secret addresses.

What is guessed is counted in the database, for all processes. The pace is counted here: one process serves the web.
"""

import asyncio
import logging
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import Engine
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.pages.visitors import come_again, host_of, place_of
from data.engine import transaction
from data.guesses import ALLOWED_FROM_ONE_ADDRESS, again_at, hold_against
from scheduler.clock import Clock

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
# a whole office behind one address, each with a few pages open
MOST_OPEN = 400
KNOWN_BEFORE_TIDYING = 4096
# what a page brings along, and those who look whether we live
FREE = ("/static/", "/_nicegui", "/favicon", "/healthz", "/readyz", "/metrics")
# the platforms bring what everybody writes, from few addresses
CHEAP = ("/telegram/", "/zalo/")
GUESSED = ("/tep/", "/nop/", "/lich/", "/web/")
# a wrong code is counted where it is looked up
CODES = ("/vao/",)


class Turnstile:
    """Lets through, or says in one line when to come again."""

    def __init__(self, inner: ASGIApp, engine: Engine, clock: Clock, per_minute: int) -> None:
        self.inner, self._engine, self._clock = inner, engine, clock
        self._pace = Pace(per_minute)
        self._open: Counter[str] = Counter()
        self._has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = host_of(scope.get("client"))
        match scope["type"]:
            case "http":
                self._warn_of_a_proxy(scope, host)
                await self._answer(scope, receive, send, host)
            case "websocket":
                await self._connect(scope, receive, send, host)
            case _:
                await self.inner(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, host: str) -> None:
        path, now = scope["path"], self._clock.now()
        until = self._pace.later(host, cost_of(path), now)
        if until is None and path.startswith((*GUESSED, *CODES)):
            until = await asyncio.to_thread(self._again_at, host, now)
        if until is not None:
            await come_again(until, now)(scope, receive, send)
        elif path.startswith(GUESSED):
            await self._look_up(scope, receive, send, host)
        else:
            await self.inner(scope, receive, send)

    async def _look_up(self, scope: Scope, receive: Receive, send: Send, host: str) -> None:
        """Whoever asks for what never was is guessing."""
        status = 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self.inner(scope, receive, send_and_note)
        if status == 404:
            await asyncio.to_thread(self._hold_against, host)

    async def _connect(self, scope: Scope, receive: Receive, send: Send, host: str) -> None:
        if self._pace.is_limited and self._open[host] >= MOST_OPEN:
            log.warning("too many pages open from=%s", host)
            await receive()
            await send({"type": "websocket.close", "code": 1013})
            return
        self._open[host] += 1
        try:
            await self.inner(scope, receive, send)
        finally:
            self._open[host] -= 1
            if not self._open[host]:
                del self._open[host]

    def _again_at(self, host: str, now: datetime) -> datetime | None:
        with transaction(self._engine) as session:
            return again_at(session, place_of(host), now, ALLOWED_FROM_ONE_ADDRESS)

    def _hold_against(self, host: str) -> None:
        with transaction(self._engine) as session:
            hold_against(session, place_of(host), self._clock.now())

    def _warn_of_a_proxy(self, scope: Scope, host: str) -> None:
        """Behind a proxy that is not trusted everybody counts as one visitor."""
        named = Headers(scope=scope).get("x-forwarded-for", "")
        if named and host not in named and not self._has_warned:
            self._has_warned = True
            log.warning("proxy not trusted from=%s: see NHACVIEC_TRUSTED_PROXIES", host)


class Pace:
    """So many a minute for each address: a minute's worth at once, then one by one as time goes by."""

    def __init__(self, per_minute: int) -> None:
        self.is_limited = per_minute > 0
        self._apart = MINUTE / per_minute if per_minute else timedelta()
        self._paid_until: dict[str, datetime] = {}

    def later(self, host: str, cost: float, now: datetime) -> datetime | None:
        """None when it may go now, and it is counted; else when it may."""
        if not self.is_limited or not cost:
            return None
        paid = max(self._paid_until.get(host, now), now) + self._apart * cost
        if paid - now > MINUTE:
            return paid - MINUTE
        if host not in self._paid_until and len(self._paid_until) % KNOWN_BEFORE_TIDYING == 0:
            self._paid_until = {each: until for each, until in self._paid_until.items() if until > now}
        self._paid_until[host] = paid
        return None


def cost_of(path: str) -> float:
    """What a request counts for, as part of an ordinary one."""
    if path.startswith(FREE):
        return 0
    return 0.1 if path.startswith(CHEAP) else 1
