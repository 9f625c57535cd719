"""How fast a page is heard that was let in: whoever says too much at once holds nobody up."""

import asyncio
from types import SimpleNamespace

import pytest
from nicegui import Client
from starlette.types import Message, Receive, Scope, Send

from bot.pages.sockets import SAID_IN_A_MINUTE, OwnPage
from scheduler.clock import StoppedClock
from tests.conftest import NOW

SAID: Message = {"type": "websocket.receive", "text": "2[]"}
WHOLE: Message = {"type": "http.request", "body": b"2[]", "more_body": False}
SOCKET = {"type": "websocket", "path": "/_nicegui_ws/socket.io/", "query_string": b"client_id=drawn"}
POST = {**SOCKET, "type": "http", "method": "POST"}


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page for the browser that holds “mine”."""
    page = SimpleNamespace(request=SimpleNamespace(cookies={"nhacviec": "mine"}))
    monkeypatch.setitem(Client.instances, "drawn", page)


class Listening:
    """What is behind the gate: it counts what it hears, of a socket for ever, of a request to its end."""

    def __init__(self) -> None:
        self.heard = 0
        self._gate = OwnPage(self._hear, "nhacviec", StoppedClock(NOW))

    async def _hear(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body", True):
            self.heard += 1
        self.heard += 1

    def floods(self, scope: Scope) -> int:
        """How much is heard of a browser that talks without end, in a moment."""

        async def talk() -> Message:
            return SAID if scope["type"] == "websocket" else WHOLE

        async def listen() -> None:
            async with asyncio.timeout(1):
                while True:
                    await self.hears(scope, talk)

        with pytest.raises(TimeoutError):
            asyncio.run(listen())
        return self.heard

    async def hears(self, scope: Scope, talk: Receive) -> None:
        """One request, or one socket, of the browser that the page was drawn for."""

        async def nothing(_: Message) -> None: ...

        await self._gate({**scope, "headers": [(b"cookie", b"nhacviec=mine")]}, talk, nothing)


@pytest.mark.parametrize("scope", [SOCKET, POST], ids=["socket", "polling"])
def test_a_minutes_worth_is_heard_at_once_and_no_more(scope: Scope) -> None:
    assert Listening().floods(scope) == SAID_IN_A_MINUTE


def test_another_page_of_the_same_browser_is_heard_in_the_same_turn() -> None:
    behind = Listening()
    behind.floods(SOCKET)
    assert behind.floods(SOCKET) == SAID_IN_A_MINUTE


def test_a_file_that_comes_in_many_pieces_is_said_once() -> None:
    behind, pieces = Listening(), iter(range(3 * SAID_IN_A_MINUTE))

    async def piece() -> Message:
        return {**WHOLE, "more_body": next(pieces, None) is not None}

    asyncio.run(asyncio.wait_for(behind.hears(POST, piece), 1))
    assert behind.heard == 3 * SAID_IN_A_MINUTE + 1
