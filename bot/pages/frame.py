"""What every page stands in: our style and script, served by us, and the headers that keep other sites out."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from nicegui import ui
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.files import MOST_BYTES

STATIC = Path(__file__).parent / "static"
STATIC_URL = "/static"
GREEN = "#0b6b5b"
FONTS = ("vietnamese-400", "latin-400", "vietnamese-600", "latin-600")

# NiceGUI compiles its templates in the browser and starts from an inline script, so its pages need
# 'unsafe-eval' and 'unsafe-inline' today. Nothing but our own server is ever asked for anything.
NICEGUI_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Pages written by us alone run no script at all.
PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SCRIPTED_POLICY = f"{PLAIN_POLICY}; script-src 'self'; connect-src 'self'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # With “no-referrer” a browser on an intranet without https names no origin at all (“null”), and nobody could come in.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # for browsers that do not know frame-ancestors
    "X-Frame-Options": "DENY",
    # what may be kept says so itself: our own files, which carry their fingerprint in their address
    "Cache-Control": "no-store",
}
ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


# A telephone in the hills sends a few kilobytes a second; after a while slower ones only hold a place.
PATIENCE, SLOWEST = 60.0, 4_000
HUNG_UP: Message = {"type": "http.disconnect"}


class Guard:
    """Puts the headers on every answer, and refuses a body no upload of ours can have, or that comes by drops."""

    def __init__(self, inner: ASGIApp, most_bytes: int = MOST_BYTES, is_https: bool = False) -> None:
        self.inner, self.most = inner, most_bytes + 2**20
        self._headers = HEADERS | (ONLY_HTTPS if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        if _announced(scope) > self.most:
            refusal = PlainTextResponse("Tệp quá lớn.", 413, {"Connection": "close"})
            await refusal(scope, receive, send)
            return
        # NiceGUI would put it before the addresses of its scripts; we stand at the root of our host
        scope["headers"] = [header for header in scope["headers"] if header[0] != b"x-forwarded-prefix"]
        body = Body(receive, self.most)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", NICEGUI_POLICY)
            await send(message)

        await self.inner(scope, body.receive, send_guarded)


class Body:
    """A body as it comes: whoever sends more than was announced, or drop by drop, is as if it had hung up."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._received, self._is_whole = 0, False
        self._begun = perf_counter()

    async def receive(self) -> Message:
        if self._is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout(self._patience()):
                message = await self._receive()
        except TimeoutError:
            return HUNG_UP
        self._received += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        return HUNG_UP if self._received > self._most else message

    def _patience(self) -> float:
        return max(0, PATIENCE + self._received / SLOWEST - (perf_counter() - self._begun))


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0


def address_of_static(name: str) -> str:
    """The file's address with its fingerprint, so that a browser may keep it for ever and still sees a new one."""
    return f"{STATIC_URL}/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def _phone_links() -> str:
    """What makes the page at home on a phone's home screen."""
    return (
        f'<link rel="manifest" href="/app.webmanifest"><meta name="theme-color" content="{GREEN}">'
        f'<link rel="apple-touch-icon" href="{address_of_static("icon-touch-180.png")}">'
    )


def head_links(*, with_script: bool) -> str:
    """What goes into the head of a page."""
    fonts = "".join(
        f'<link rel="preload" href="{STATIC_URL}/fonts/be-vietnam-pro-{font}-normal.woff2" as="font" type="font/woff2" crossorigin>'
        for font in FONTS
    )
    script = page_script("page.js") if with_script else ""
    return f'{fonts}<link rel="stylesheet" href="{address_of_static("page.css")}">{script}{_phone_links()}<meta name="robots" content="noindex">'


def page_script(name: str) -> str:
    """The tag of a script of ours, at the end of a page."""
    return f'<script src="{address_of_static(name)}"></script>'


def mark_address() -> str:
    return address_of_static("mark.svg")


def dress_page(styles: Sequence[str] = ()) -> None:
    """Give the NiceGUI page being built our style and script, and the style sheets that it alone needs."""
    own = "".join(f'<link rel="stylesheet" href="{address_of_static(name)}">' for name in styles)
    ui.add_head_html(head_links(with_script=True) + own)
