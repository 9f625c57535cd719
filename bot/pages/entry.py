"""The way in: where to go, what an invitation says, and the one click that uses it up. Plain HTML, no script."""

import asyncio
from collections.abc import Awaitable, Callable
from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Engine

from bot.channels.web.inbox import clean_words
from bot.pages.invitations import Invited, enter, look_at, rooms_of, visitor_at
from bot.pages.origin import is_from_elsewhere
from bot.pages.passes import COOKIE, LIFE, LONGEST_NAME, Links, Pass, Seat
from bot.pages.plain import plain_page, said
from data.engine import transaction
from data.people import Place
from scheduler.clock import Clock

WRONG_CODE = (
    "Mã mời không đúng, đã dùng hoặc đã hết hạn. Xin kiểm tra lại, hoặc nhờ Văn phòng gửi mã mới. "
    "Sau nhiều lần sai, xin chờ 15 phút."
)
REASONS = {
    "chua-vao": "Trình duyệt này chưa vào cuộc trò chuyện nào. Xin mở liên kết mời, hoặc nhập mã ở dưới.",
    "da-dong": "Cuộc trò chuyện đã kết thúc hoặc bị rút lại. Xin nhờ Văn phòng gửi mã mời mới.",
    "da-ra": "Đã ra khỏi cuộc trò chuyện trên trình duyệt này.",
    "khac-trang": "Yêu cầu đến từ một trang khác nên không được nhận. Xin mở lại liên kết mời.",
}


def entry_routes(
    engine: Engine, clock: Clock, links: Links, deliver: Callable[[], Awaitable[object]]
) -> APIRouter:
    """“/”, “/vao/{code}” and “/ra”; `deliver` sends the welcome of whoever came in."""
    router = APIRouter()

    def use_up(code: str, visitor: Place, held: Pass, name: str) -> Seat | None:
        with transaction(engine) as session:
            return enter(session, code, visitor, held, name, clock.now())

    @router.get("/")
    def home(request: Request, vi: str = "") -> Response:
        held = links.read(request.cookies.get(COOKIE))
        with transaction(engine) as session:
            has_room = bool(rooms_of(session, held))
        return _to("/tro-chuyen") if has_room and not vi else plain_page(_home(REASONS.get(vi, "")))

    @router.get("/vao")
    def typed_code(ma: str = "") -> Response:
        code = "".join(letter for letter in ma if letter.isascii() and letter.isalnum())
        return _to(f"/vao/{code[:40]}" if code else "/")

    @router.get("/vao/{code}")
    def invitation(request: Request, code: str) -> Response:
        # Looking uses nothing up: messengers open every link to draw a preview of it.
        with transaction(engine) as session:
            invited = look_at(session, code, _visitor(request), clock.now())
        if invited is None:
            return plain_page(_home(WRONG_CODE), status=404)
        return plain_page(_invitation(invited, links.read(request.cookies.get(COOKIE))))

    @router.post("/vao/{code}")
    async def redeemed(
        request: Request, code: str, ten: Annotated[str, Form(max_length=400)] = ""
    ) -> Response:
        if is_from_elsewhere(request):
            return _to("/?vi=khac-trang")
        held = links.read(request.cookies.get(COOKIE))
        name = " ".join(clean_words(ten).split())[:LONGEST_NAME]
        seat = await asyncio.to_thread(use_up, code, _visitor(request), held, name)
        if seat is None:
            return plain_page(_home(WRONG_CODE), status=404)
        await deliver()
        answer = _to(f"/tro-chuyen?c={seat.chat_id}")
        _give(answer, links, held.with_seat(seat, name))
        return answer

    @router.post("/ra")
    def left(request: Request) -> Response:
        answer = _to("/?vi=da-ra")
        if not is_from_elsewhere(request):
            answer.delete_cookie(COOKIE)
        return answer

    return router


def _visitor(request: Request) -> Place:
    return visitor_at(request.client.host if request.client else "")


def _give(answer: Response, links: Links, granted: Pass) -> None:
    answer.set_cookie(
        COOKIE,
        links.sign(granted),
        max_age=int(LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=links.is_https,
    )


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def _home(trouble: str) -> str:
    return f"""<h1>Nhắc việc CCHC</h1>
<p>Nơi đơn vị nhận nhắc việc cải cách hành chính, báo kết quả và trao đổi với Văn phòng, ngay trên trình duyệt.</p>{said(trouble)}
<form action="/vao" method="get">
<label for="ma">Mã mời của Văn phòng</label>
<input class="code" id="ma" name="ma" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button class="button main" type="submit">Tiếp tục</button>
</form>
<p class="fine">Chưa có mã? Xin liên hệ Văn phòng của cơ quan; mỗi mã dùng một lần.</p>"""


def _invitation(invited: Invited, held: Pass) -> str:
    return f"""<h1>Lời mời vào trò chuyện</h1>
<div class="invited"><p><strong>{escape(invited.whom)}</strong>{escape(invited.agency)}</p></div>
<p>Tại đây anh/chị nhận tin nhắc trước hạn, báo kết quả và gửi tệp minh chứng.</p>
<form method="post">
<label for="ten">Tên của anh/chị (không bắt buộc)</label>
<input id="ten" name="ten" maxlength="{LONGEST_NAME}" autocomplete="name" value="{escape(held.name)}">
<button class="button main" type="submit">Vào trò chuyện</button>
</form>
<p class="fine">Mã chỉ dùng một lần và gắn với trình duyệt này trong 180 ngày. Trên máy dùng chung, xin bấm “Ra” khi xong.</p>"""
