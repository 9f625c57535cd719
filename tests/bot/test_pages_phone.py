"""The pages on a phone's home screen."""

import asyncio
import json

import httpx
from fastapi import FastAPI
from PIL import Image

from bot.pages.frame import STATIC, STATIC_URL
from bot.pages.phone import OFFLINE, phone_routes

app = FastAPI()
app.include_router(phone_routes())


def get(path: str) -> httpx.Response:
    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get(path)

    return asyncio.run(answer())


def test_every_icon_is_there_in_the_size_it_says() -> None:
    for icon in get("/app.webmanifest").json()["icons"]:
        name = icon["src"].removeprefix(f"{STATIC_URL}/").partition("?")[0]
        with Image.open(STATIC / name) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_it_is_named_in_the_language_of_its_readers() -> None:
    manifest = get("/app.webmanifest").json()
    assert (manifest["name"], manifest["lang"]) == ("Nhắc việc CCHC", "vi")


def test_nothing_is_kept_on_the_phone_but_what_says_that_there_is_no_network() -> None:
    kept = json.loads(get("/sw.js").text.splitlines()[0].removeprefix("const KEPT = ").rstrip(";"))
    assert [each for each in kept if not each.startswith(f"{STATIC_URL}/")] == [OFFLINE]


def test_the_page_without_a_network_says_what_to_do() -> None:
    assert "Xin kiểm tra mạng rồi thử lại" in get(OFFLINE).text
