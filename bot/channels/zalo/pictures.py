"""Pictures that people send, fetched at once from where Zalo keeps them and from nowhere else."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

MOST_BYTES = 5 * 2**20
# The first bytes say what it is, whatever the address or the server calls it.
KINDS = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"GIF8", ".gif"))

# not packed: a small parcel could unfold to any size
AS_IT_IS = {"Accept-Encoding": "identity"}


class NotFetched(Exception):
    """The picture could not be had; `for_good`: asking again would not help."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good


async def fetch_picture(
    url: str, hosts: Sequence[str], *, plain_http: bool = False, within: float = 20.0
) -> tuple[str, bytes]:
    """The ending that fits and the bytes. Only from those hosts or below them, over TLS, at most 5 MB, never redirected.

    `within` so many seconds in all: whoever sends it drop by drop holds up nobody.
    """
    if not is_allowed(url, hosts, plain_http=plain_http):
        raise NotFetched("địa chỉ ảnh không thuộc Zalo", for_good=True)
    try:
        async with (
            asyncio.timeout(within),
            httpx.AsyncClient(timeout=within, follow_redirects=False, verify=not plain_http) as http,
            http.stream("GET", url, headers=AS_IT_IS) as response,
        ):
            if not response.is_success:
                raise NotFetched(f"HTTP {response.status_code}", for_good=response.is_client_error)
            content = await _bounded(response)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise NotFetched(type(error).__name__, for_good=False) from None
    return _ending(content), content


def is_allowed(url: str, hosts: Sequence[str], *, plain_http: bool = False) -> bool:
    """Whether the address lies with one of the hosts; a number, another port or a name in it is not a host's."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.username is not None or parts.password is not None or not host:
        return False
    if plain_http:
        return parts.scheme == "http" and host in hosts
    is_theirs = any(host == each or host.endswith(f".{each}") for each in hosts)
    return parts.scheme == "https" and port in (None, 443) and is_theirs


async def _bounded(response: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > MOST_BYTES:
            raise NotFetched("ảnh lớn hơn 5 MB", for_good=True)
    return bytes(content)


def _ending(content: bytes) -> str:
    for start, ending in KINDS:
        if content.startswith(start):
            return ending
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp"
    raise NotFetched("không phải là ảnh", for_good=True)
