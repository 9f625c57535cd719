"""Pictures come from Zalo's hosts and from nowhere else."""

import asyncio
from contextlib import suppress

import pytest

from bot.channels.zalo.pictures import MOST_BYTES, NotFetched, fetch_picture, is_allowed
from tests.fakes.zalo import PICTURE, FakeZalo

HOSTS = ("zdn.vn",)


@pytest.mark.parametrize(
    "url", ["https://photo-stal-9.zdn.vn/x.jpg", "https://zdn.vn/x", "https://ZDN.VN./x"]
)
def test_zalo_s_own_hosts_are_allowed(url: str) -> None:
    assert is_allowed(url, HOSTS)


@pytest.mark.parametrize("url", [
    "http://photo.zdn.vn/x.jpg",
    "https://zdn.vn.example/x.jpg",
    "https://evilzdn.vn/x.jpg",
    "https://127.0.0.1/x.jpg",
    "https://[::1]/x.jpg",
    "https://169.254.169.254/latest",
    "https://zdn.vn@10.0.0.1/x.jpg",
    "https://zdn.vn:8080/x.jpg",
    "https://zdn.vn:99999/x.jpg",
    "file:///etc/passwd",
    "https:///x.jpg",
    "",
])  # fmt: skip
def test_no_other_address_is_asked(url: str) -> None:
    assert not is_allowed(url, HOSTS)


@pytest.mark.anyio
async def test_a_picture_is_known_by_its_bytes() -> None:
    async with FakeZalo() as zalo:
        fetched = await fetch_picture(zalo.picture("x.png"), ("127.0.0.1",), plain_http=True)
    assert fetched == (".jpg", PICTURE)


@pytest.mark.anyio
@pytest.mark.parametrize(("content", "why"), [
    (b"<html>", "không phải là ảnh"),
    (PICTURE + bytes(MOST_BYTES), "lớn hơn 5 MB"),
])  # fmt: skip
async def test_what_is_no_picture_or_too_big_is_not_kept(content: bytes, why: str) -> None:
    async with FakeZalo() as zalo:
        with pytest.raises(NotFetched, match=why):
            await fetch_picture(zalo.picture("x.jpg", content), ("127.0.0.1",), plain_http=True)


@pytest.mark.anyio
async def test_a_picture_that_is_gone_is_not_asked_for_again() -> None:
    async with FakeZalo() as zalo:
        with pytest.raises(NotFetched) as gone:
            await fetch_picture(f"{zalo.address}/photo/gone.jpg", ("127.0.0.1",), plain_http=True)
    assert gone.value.for_good


@pytest.mark.anyio
async def test_whoever_sends_it_drop_by_drop_holds_up_nobody() -> None:
    hung_up = asyncio.Event()

    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b"\xff")
                await writer.drain()
                await asyncio.sleep(0.02)
        writer.transport.abort()
        hung_up.set()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(NotFetched, match="TimeoutError"):
            await fetch_picture(f"http://127.0.0.1:{port}/x", ("127.0.0.1",), plain_http=True, within=0.2)
        await hung_up.wait()
