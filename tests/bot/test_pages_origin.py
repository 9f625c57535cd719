"""What another site's page may not ask for, and what programs and our own pages may."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from bot.pages.calendar import calendar_routes
from bot.pages.files import file_routes
from bot.pages.frame import Guard
from bot.pages.origin import ASKS_ONLY, SameOrigin, is_from_elsewhere
from bot.pages.upload import upload_routes

OURS = "https://nhacviec.example.vn"
HOST = {"host": "nhacviec.example.vn"}
HERE: tuple[dict[str, str], ...] = (
    {},
    {"origin": OURS},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "same-origin", "origin": "null"},
)
ELSEWHERE: tuple[dict[str, str], ...] = (
    {"origin": "https://ke-xau.example"},
    {"origin": "https://nhacviec.example.vn.ke-xau.example"},
    {"origin": "https://nhacviec.example.vn:8443"},
    {"origin": "null"},
    {"origin": "http://[::1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": OURS},
)


def app() -> SameOrigin:
    made = FastAPI()
    for routes in (file_routes, upload_routes, calendar_routes):
        made.include_router(routes(list))
    made.add_api_route("/telegram/1", lambda: "ok", methods=["POST"])
    return SameOrigin(made, OURS)


def ask(method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app()), base_url=OURS) as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(answer())


def connect(headers: dict[str, str]) -> list[Message]:
    """What a browser hears that wants a socket; nobody answers behind the guard."""
    heard: list[Message] = []

    async def nothing(*_: object) -> None:
        heard.append({"type": "let through"})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        heard.append(message)

    raw = [(name.encode(), value.encode()) for name, value in (HOST | headers).items()]
    scope = {"type": "websocket", "path": "/_nicegui_ws/socket.io/", "headers": raw}
    asyncio.run(SameOrigin(nothing, OURS)(scope, receive, send))
    return heard


@pytest.mark.parametrize("says", HERE, ids=str)
def test_our_pages_and_programs_are_not_from_elsewhere(says: dict[str, str]) -> None:
    assert not is_from_elsewhere(Headers(HOST | says))


@pytest.mark.parametrize("says", ELSEWHERE, ids=str)
def test_another_sites_page_is_known(says: dict[str, str]) -> None:
    assert is_from_elsewhere(Headers(HOST | says), "nhacviec.example.vn")


def test_a_proxy_may_ask_in_another_name() -> None:
    assert not is_from_elsewhere(Headers({"host": "127.0.0.1:8080", "origin": OURS}), "nhacviec.example.vn")


@pytest.mark.parametrize("path", ["/nop/x", "/telegram/1", "/bat-ky", "/_nicegui/client/1/upload/2"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_for_it_whatever_the_address(method: str, path: str) -> None:
    assert ask(method, path, {"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("method", sorted(ASKS_ONLY))
def test_a_link_on_another_site_opens_a_page(method: str) -> None:
    assert ask(method, "/tep/x", {"sec-fetch-site": "cross-site"}).status_code != 403


@pytest.mark.parametrize("kind", ["image", "iframe", "empty", "script", "object"])
@pytest.mark.parametrize("path", ["/tep/x", "/vao/ABCD2345", "/viec"])
def test_nothing_of_ours_is_put_into_its_pages(path: str, kind: str) -> None:
    assert ask("GET", path, {"sec-fetch-site": "cross-site", "sec-fetch-dest": kind}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_pages_have_pictures_and_readers_open_them(site: str) -> None:
    assert ask("GET", "/tep/x", {"sec-fetch-site": site, "sec-fetch-dest": "image"}).status_code != 403


def test_a_link_that_is_followed_from_another_site_opens_its_page() -> None:
    assert (
        ask("GET", "/tep/x", {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}).status_code
        != 403
    )


def test_a_platform_brings_what_it_has_to_bring() -> None:
    assert ask("POST", "/telegram/1", {}).status_code == 200


@pytest.mark.parametrize("says", ELSEWHERE, ids=str)
def test_no_socket_is_opened_for_it(says: dict[str, str]) -> None:
    assert connect(says) == [{"type": "websocket.close", "code": 1008}]


def test_the_servers_own_start_is_let_through() -> None:
    heard = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(scope["type"])

    async def begins() -> Message:
        return {"type": "lifespan.startup"}

    async def nothing(_: Message) -> None: ...

    asyncio.run(SameOrigin(inside, OURS)({"type": "lifespan"}, begins, nothing))
    assert heard == ["lifespan"]


@pytest.mark.parametrize("says", HERE, ids=str)
def test_a_socket_is_opened_for_our_pages(says: dict[str, str]) -> None:
    assert connect(says) == [{"type": "let through"}]


@pytest.mark.parametrize(("is_https", "is_told"), [(True, True), (False, False)])
def test_browsers_remember_to_come_by_https_where_there_is_https(is_https: bool, is_told: bool) -> None:
    async def answer() -> httpx.Response:
        guarded = Guard(app(), is_https=is_https)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(guarded), base_url=OURS) as client:
            return await client.get("/tep/x")

    assert ("strict-transport-security" in asyncio.run(answer()).headers) is is_told
