"""Every request has a number: in its answer, in each line logged meanwhile, and on the page that says it failed."""

import logging
import re
import secrets
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.pages.frame import HEADERS
from bot.pages.plain import plain_page, said
from scheduler.doing import doing

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
# a proxy in front of us may have given a number already; anything else is none
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# asked so often, or so plain, that a line for each says nothing
UNTOLD = ("/static/", "/_nicegui", "/healthz", "/readyz", "/metrics", "/favicon")
FAILED = "Máy chủ gặp lỗi khi làm việc này. Xin thử lại sau ít phút; nếu vẫn lỗi, xin báo quản trị mã {}."


class RequestLog:
    """One line for each request done; the request's number goes with everything that is done for it."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        number = _number(Headers(scope=scope).get(HEADER, ""))
        with doing(request=number):
            await self._answer(scope, receive, send, number)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, number: str) -> None:
        begun, status = perf_counter(), 0

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self.inner(scope, receive, send_numbered)
        except ClientDisconnect:
            log.info("hung up method=%s path=%s", scope["method"], scope["path"])
            return
        except Exception:  # the server must live; the number is what the reader and this line have in common
            log.exception("request failed method=%s path=%s", scope["method"], scope["path"])
            if not status:
                await _failed(number)(scope, receive, send_numbered)
        if not scope["path"].startswith(UNTOLD):
            seconds = round(perf_counter() - begun, 3)
            visitor = (scope.get("client") or ("",))[0]
            log.info(
                "answered method=%s path=%s status=%s from=%s seconds=%s",
                *(scope["method"], scope["path"], status, visitor, seconds),
            )


def _number(given: str) -> str:
    return given if SANE.fullmatch(given) else secrets.token_hex(8)


def _failed(number: str) -> ASGIApp:
    page = plain_page(f"<h1>Nhắc việc CCHC</h1>{said(FAILED.format(number))}", 500)
    page.headers.update(HEADERS)
    return page
