"""Where a request came from: another site's page may not fill in our forms, nor connect to our pages."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.pages.plain import plain_page, said

ASKS_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})
# A page talks with us here, by a socket or, where there can be none, by asking again and again; the cookie goes along.
SOCKETS = "/_nicegui_ws"
# a page that is opened, https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header; who does not say is no page's picture
OPENED = "document"
FROM_ELSEWHERE = (
    "Yêu cầu đến từ một trang khác nên không được nhận. Xin mở lại trang này từ đúng địa chỉ rồi thử lại."
)


class SameOrigin:
    """Refuses what changes something, or listens, or is not opened before a reader's eyes, when a page of another site asks.

    A picture of ours on a page elsewhere would guess addresses in its reader's name, until a whole office is kept waiting.

    `base_url`: where our readers find us, should a proxy before us ask in another name.
    """

    def __init__(self, inner: ASGIApp, base_url: str = "") -> None:
        self.inner, self._ours = inner, urlsplit(base_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _matters(scope) or not is_from_elsewhere(Headers(scope=scope), self._ours):
            await self.inner(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await plain_page(f"<h1>Nhắc việc CCHC</h1>{said(FROM_ELSEWHERE)}", 403)(scope, receive, send)


def _matters(scope: Scope) -> bool:
    if scope["type"] == "http":
        is_opened = Headers(scope=scope).get("sec-fetch-dest", OPENED) == OPENED
        return not is_opened or scope["method"] not in ASKS_ONLY or str(scope["path"]).startswith(SOCKETS)
    return bool(scope["type"] == "websocket")


def is_from_elsewhere(headers: Headers, ours: str = "") -> bool:
    """Whether another site's page sent it: browsers say so, and older ones name the origin. Programs say neither."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin", "")
    try:
        asked_from = urlsplit(origin).netloc
    except ValueError:  # what no browser says
        return True
    return bool(origin) and asked_from not in (headers.get("host", ""), ours)
