"""What a page says, hears and is sent by itself once it is drawn: in the browser it was drawn for, and in no other."""

import asyncio
import json
from secrets import compare_digest
from urllib.parse import parse_qs

from nicegui import Client
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.pages.origin import SOCKETS
from bot.pages.turnstile import Pace
from scheduler.clock import Clock

# where NiceGUI's `ui.upload` takes files, each page's behind its number
UPLOADS = "/_nicegui/client/"

# So a server of sockets refuses (https://socket.io/docs/v4/socket-io-protocol, CONNECT_ERROR), after the greeting without
# which nobody listens; on these words NiceGUI's page loads itself anew, and its reader sees the door.
REFUSED = (
    "0"
    + json.dumps(
        {"sid": "-", "upgrades": [], "pingInterval": 25_000, "pingTimeout": 20_000, "maxPayload": 1}
    ),
    "44" + json.dumps({"message": "Implicit handshake failed"}),
)
# whoever clicks and types fast says two or three things a second
SAID_IN_A_MINUTE = 300
# whom a page was drawn for that is no more; no cookie holds a blank
GONE = " "


class OwnPage:
    """Connects nobody who was not let in, and no browser with another one's page, whose number it may have seen in a log.

    A page that was drawn for nobody, to say that something is broken, is not told to load itself anew: it would for ever.
    `cookie`: which one holds the token of a browser that was let in. A browser that says too much at once is heard more
    slowly; nothing of it is lost.
    """

    def __init__(self, inner: ASGIApp, cookie: str, clock: Clock) -> None:
        self.inner, self._cookie, self._clock = inner, cookie, clock
        self._pace = Pace(SAID_IN_A_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        number = _page_meant(scope)
        if number is None:
            await self.inner(scope, receive, send)
            return
        drawn_for = self._drawn_for(number)
        token = HTTPConnection(scope).cookies.get(self._cookie, "")
        if drawn_for and compare_digest(drawn_for.encode(), token.encode()):
            await self._let_through(scope, receive, send, token)
        elif scope["type"] == "websocket":
            await _refuse_socket(receive, send, says_why=bool(drawn_for))
        else:
            is_new = (
                str(scope["path"]).startswith(SOCKETS)
                and scope["method"] == "GET"
                and b"sid=" not in scope["query_string"]
            )
            await _refuse(says_why=bool(drawn_for) and is_new)(scope, receive, send)

    async def _let_through(self, scope: Scope, receive: Receive, send: Send, token: str) -> None:
        """On a socket every message waits for its turn; a request is one, however many pieces its file comes in."""

        async def receive_in_turn() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                await self._wait_for_turn(token)
            return message

        if scope["type"] == "http" and scope["method"] == "POST":
            await self._wait_for_turn(token)
        await self.inner(scope, receive_in_turn, send)

    async def _wait_for_turn(self, token: str) -> None:
        now = self._clock.now()
        until = self._pace.later(token, 1, now)
        if until is not None:
            await asyncio.sleep((until - now).total_seconds())
            await self._wait_for_turn(token)

    def _drawn_for(self, number: str) -> str:
        """The token of the browser for which that page was drawn; "" where there is nobody to be told anything."""
        page = Client.instances.get(number)
        if page is None:
            return GONE if number else ""
        return page.request.cookies.get(self._cookie, "")


def _page_meant(scope: Scope) -> str | None:
    """The number of the page that is connected, or is sent a file; None where it is about no page."""
    if scope["type"] not in ("http", "websocket"):
        return None
    path = str(scope["path"])
    if path.startswith(UPLOADS):
        return path.removeprefix(UPLOADS).partition("/")[0]
    if path.startswith(SOCKETS):
        return parse_qs(bytes(scope["query_string"]).decode("latin-1")).get("client_id", [""])[0]
    return None


def _refuse(*, says_why: bool) -> Response:
    return PlainTextResponse("\x1e".join(REFUSED)) if says_why else PlainTextResponse("", 403)


async def _refuse_socket(receive: Receive, send: Send, *, says_why: bool) -> None:
    await receive()
    if says_why:
        await send({"type": "websocket.accept"})
        for packet in REFUSED:
            await send({"type": "websocket.send", "text": packet})
    await send({"type": "websocket.close", "code": 1008})
