"""What every answer of the web side carries, and what it does not take in."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.requests import ClientDisconnect

from bot.pages.frame import FONTS, PLAIN_POLICY, STATIC, Guard, head_links
from bot.pages.html import ICONS
from data.files import MOST_BYTES

MEGABYTE = b"x" * 2**20
app = FastAPI()
app.add_middleware(Guard)


@app.get("/page")
def page() -> str:
    return "ok"


@app.post("/upload")
async def upload(request: Request) -> int:
    return len(await request.body())


@app.get("/heard")
def heard(request: Request) -> list[str]:
    return list(request.headers)


def ask(
    method: str,
    path: str,
    content: bytes | AsyncIterator[bytes] = b"",
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.request(method, path, content=content, headers=headers)

    return asyncio.run(answer())


async def megabytes(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield MEGABYTE


def test_no_answer_is_shown_in_another_sites_frame() -> None:
    assert "frame-ancestors 'none'" in ask("GET", "/page").headers["content-security-policy"]


def test_no_answer_may_load_anything_from_elsewhere() -> None:
    policy = ask("GET", "/page").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert not {"http:", "https:", "*"} & set(policy.replace(";", "").split())


def test_no_answer_tells_other_sites_where_the_reader_was() -> None:
    assert ask("GET", "/page").headers["referrer-policy"] == "same-origin"


def test_a_visitor_puts_nothing_before_the_addresses_of_our_scripts() -> None:
    said = {"x-forwarded-prefix": "//ke-xau.example", "x-forwarded-for": "203.0.113.9"}
    assert "x-forwarded-prefix" not in ask("GET", "/heard", headers=said).json()
    assert "x-forwarded-for" in ask("GET", "/heard", headers=said).json()


def test_even_an_error_is_guarded() -> None:
    assert ask("GET", "/khong-co").headers["x-content-type-options"] == "nosniff"


def test_our_own_pages_allow_no_inline_code() -> None:
    assert "unsafe" not in PLAIN_POLICY


def test_an_upload_of_the_greatest_size_goes_through() -> None:
    assert ask("POST", "/upload", MEGABYTE * 20).json() == 20 * 2**20


def test_a_greater_one_is_refused_before_it_is_read() -> None:
    assert ask("POST", "/upload", MEGABYTE * 22).status_code == 413


def test_one_that_hides_its_size_is_cut_off() -> None:
    with pytest.raises(ClientDisconnect):
        ask("POST", "/upload", megabytes(MOST_BYTES // 2**20 + 2))


def test_every_font_that_is_preloaded_is_there() -> None:
    assert all((STATIC / "fonts" / f"be-vietnam-pro-{font}-normal.woff2").exists() for font in FONTS)


def test_the_fonts_licence_is_beside_them() -> None:
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text("utf-8")


def test_a_page_links_to_nothing_but_our_own_files() -> None:
    links = head_links(with_script=True).split('"')
    assert [link for link in links if "//" in link] == []


@pytest.mark.parametrize("icon", ICONS)
def test_every_icon_is_drawn_in_the_style_sheet(icon: str) -> None:
    assert f".icon.{icon} {{" in (STATIC / "page.css").read_text("utf-8")


def test_a_body_that_comes_by_drops_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pages.frame.PATIENCE", 0.05)
    monkeypatch.setattr("bot.pages.frame.SLOWEST", 1000)

    async def drops() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.02)

    with pytest.raises(ClientDisconnect):
        ask("POST", "/upload", drops())


def test_a_slow_body_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pages.frame.PATIENCE", 0.05)
    monkeypatch.setattr("bot.pages.frame.SLOWEST", 1000)

    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(4):
            yield b"x" * 100
            await asyncio.sleep(0.04)

    assert ask("POST", "/upload", slowly()).json() == 400
