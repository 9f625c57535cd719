"""What the frame of the pages leaves behind when it shows no page."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from fastapi import Request
from nicegui import Client, app, core, ui
from sqlmodel import Session

from bot.pages.desk import Desk
from bot.pages.reader import Reader, Standing
from bot.pages.shell import Page, register_pages
from duties.rights import Action

HERE = "/trang-thu"


class Nobody:
    """Whoever comes was not let in."""

    has_door = True

    async def reader(self, request: Request) -> Reader | None:
        return None

    def standing(self, session: Session, reader: Reader) -> Standing:
        return Standing.OUT

    def draw_top(self, reader: Reader) -> None: ...


async def draw(desk: Desk) -> None:
    ui.label("không ai thấy")


@pytest.fixture
def page() -> Iterator[str]:
    register_pages(Nobody(), [Page(HERE, "Thử", frozenset({Action.LINK}), draw)])
    yield HERE
    app.remove_route(HERE)


def ask(path: str) -> httpx.Response:
    async def answer() -> httpx.Response:
        core.loop = asyncio.get_running_loop()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as browser:
            return await browser.get(path)

    return asyncio.run(answer())


def test_a_stranger_is_led_to_the_door_and_nothing_is_kept_of_the_page(page: str) -> None:
    answer = ask(page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?vi=chua-vao")
    assert [client for client in Client.instances.values() if client.page.path == page] == []
