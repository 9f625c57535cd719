"""What is laid once under all pages: our files, the guard, and our own words for what is missing or broken."""

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from nicegui import app
from starlette.exceptions import HTTPException

from bot.pages.frame import STATIC, STATIC_URL, Guard, dress_page, mark_address
from bot.pages.html import Tag
from bot.pages.origin import SameOrigin
from bot.pages.phone import phone_routes
from bot.pages.plain import not_there, not_understood
from bot.pages.request_log import RequestLog
from data.files import MOST_BYTES

A_YEAR_IN_SECONDS = 31_536_000


def lay_foundation(most_bytes: int = MOST_BYTES, base_url: str = "") -> None:
    """Before the first page is registered; no file may be bigger than `most_bytes`, `base_url` is where readers find us."""
    app.add_static_files(STATIC_URL, STATIC, max_cache_age=A_YEAR_IN_SECONDS)
    app.add_middleware(SameOrigin, base_url=base_url)
    app.add_middleware(Guard, most_bytes=most_bytes, is_https=base_url.startswith("https://"))
    app.add_middleware(RequestLog)
    app.include_router(phone_routes())
    app.add_exception_handler(404, _not_there)
    app.add_exception_handler(400, _not_understood)
    app.add_exception_handler(405, _not_understood)
    app.add_exception_handler(RequestValidationError, _not_understood)
    # the address it would make is that of the host whom the visitor says it asked
    app.router.redirect_slashes = False
    app.on_page_exception(_draw_broken)


def _not_there(_request: Request, _error: Exception) -> Response:
    return not_there()


def _not_understood(_request: Request, error: Exception) -> Response:
    return not_understood(error.status_code if isinstance(error, HTTPException) else 422)


def _draw_broken() -> None:
    dress_page()
    with Tag("div", classes="entry"), Tag("div", classes="card"):
        Tag("img", src=mark_address(), alt="", width="44", height="44")
        Tag("h1", "Chưa mở được trang")
        Tag("p", "Có lỗi khi chuẩn bị trang này. Xin tải lại sau ít phút; nếu vẫn lỗi, xin báo quản trị.")
