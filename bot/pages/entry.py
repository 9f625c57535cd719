"""The way in: where to go, what an invitation or a link says, and the one click that uses it up. Plain HTML, no script."""

import asyncio
from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.channels.web.inbox import clean_words
from bot.pages.browsers import browser_of
from bot.pages.files import WHY_SHUT
from bot.pages.invitations import (
    Invited,
    LetIn,
    Room,
    Visitor,
    enter,
    enter_by_link,
    look_at,
    look_at_web_link,
)
from bot.pages.passes import LONGEST_NAME
from bot.pages.plain import plain_page, said
from bot.pages.reader import OfficeReaders
from bot.pages.visitors import visitor_of
from data import trail
from data.access_links import Shut
from data.engine import transaction
from data.tables import Agency, WebSession
from data.web_sessions import find_session, withdraw

WRONG_CODE = (
    "Mã mời không đúng, đã dùng hoặc đã hết hạn. Xin kiểm tra lại, hoặc nhờ Văn phòng gửi mã mới. "
    "Sau nhiều lần sai, xin chờ 15 phút."
)
REASONS = {
    "chua-vao": "Trình duyệt này chưa vào, hoặc phiên đã hết hạn. Xin nhắn /web cho bot (Telegram, Zalo) để lấy liên kết, hoặc nhập mã mời ở dưới.",
    "da-dong": "Phiên trên trình duyệt này đã đóng. Xin nhắn /web cho bot (Telegram, Zalo) để lấy liên kết mới, hoặc nhờ Văn phòng gửi mã mời.",
    "da-ra": "Đã ra khỏi cuộc trò chuyện trên trình duyệt này.",
}
ASK_AGAIN = {
    Shut.USED: "Liên kết này đã dùng rồi; mỗi liên kết mở được một lần. Xin nhắn /web cho bot để lấy liên kết mới.",
    Shut.EXPIRED: "Liên kết này đã hết hạn (15 phút). Xin nhắn /web cho bot để lấy liên kết mới.",
    Shut.WITHDRAWN: "Liên kết này không còn dùng được. Xin nhắn /web cho bot để lấy liên kết mới.",
}


def entry_routes(readers: OfficeReaders, homes: frozenset[str]) -> APIRouter:
    """“/”, “/vao/{code}”, “/web/{token}” and “/ra”; `homes`: the pages there are, a reader's own among them or not."""
    router = APIRouter()
    world, links = readers.world, readers.links

    def visitor(request: Request, name: str = "") -> Visitor:
        said_name = " ".join(clean_words(name).split())[:LONGEST_NAME]
        browser = browser_of(request.headers.get("user-agent", ""))
        return Visitor(visitor_of(request), links.token_in(request), browser, said_name)

    def held_by(request: Request) -> WebSession | None:
        with transaction(world.engine) as session:
            return find_session(session, links.token_in(request), world.clock.now())

    def name_of(request: Request) -> str:
        held = held_by(request)
        return held.name if held else ""

    def turned_back(request: Request, words: str, status: int) -> Response:
        """Why it opens nothing; whoever is in already is shown the way back."""
        return plain_page(_home(words, is_in=held_by(request) is not None), status=status)

    def shut(request: Request, why: Shut) -> Response:
        status, words = WHY_SHUT[why]
        return turned_back(request, ASK_AGAIN.get(why, words), status)

    def let_in(found: LetIn, address: str) -> Response:
        answer = _to(address)
        links.give(answer, found.held, found.token, world.clock.now())
        links.choose(answer, found.chat_id)
        return answer

    @router.get("/")
    async def home(request: Request, vi: str = "") -> Response:
        reader = None if vi else await readers.reader(request)
        if reader is None:
            return plain_page(_home(REASONS.get(vi, "")))
        return _to(reader.home if reader.home in homes else "/tro-chuyen")

    @router.get("/vao")
    def typed_code(ma: str = "") -> Response:
        code = "".join(letter for letter in ma if letter.isascii() and letter.isalnum())
        return _to(f"/vao/{code[:40]}" if code else "/")

    @router.get("/vao/{code}")
    def invitation(request: Request, code: str) -> Response:
        # Looking uses nothing up: messengers open every link to draw a preview of it.
        with transaction(world.engine) as session:
            invited = look_at(session, code, visitor_of(request), world.clock.now())
        if invited is None:
            return turned_back(request, WRONG_CODE, 404)
        return plain_page(invitation_page(invited, name_of(request)))

    @router.post("/vao/{code}")
    async def redeemed(
        request: Request, code: str, ten: Annotated[str, Form(max_length=400)] = ""
    ) -> Response:
        found = await asyncio.to_thread(_redeem, readers, code, visitor(request, ten))
        if found is None:
            return turned_back(request, WRONG_CODE, 404)
        await world.deliver_within()
        return let_in(found, "/tro-chuyen")  # where the welcome is

    @router.get("/web/{token}")
    def link(request: Request, token: str) -> Response:
        with transaction(world.engine) as session:
            room = look_at_web_link(session, token, world.clock.now())
        return shut(request, room) if isinstance(room, Shut) else plain_page(_link(room, name_of(request)))

    @router.post("/web/{token}")
    async def followed(
        request: Request, token: str, ten: Annotated[str, Form(max_length=400)] = ""
    ) -> Response:
        found = await asyncio.to_thread(_follow, readers, token, visitor(request, ten))
        return shut(request, found) if isinstance(found, Shut) else let_in(found, "/")

    @router.post("/ra")
    def left(request: Request) -> Response:
        with transaction(world.engine) as session:
            now = world.clock.now()
            held = find_session(session, links.token_in(request), now)
            if held is not None:
                withdraw(session, [held.id or 0], now)
                whose = session.get_one(Agency, held.agency_id)
                trail.note(session, now, "web_leave", whose, sender=held.name, session_id=held.id)
        answer = _to("/?vi=da-ra")
        links.take_back(answer)
        return answer

    return router


def _redeem(readers: OfficeReaders, code: str, visitor: Visitor) -> LetIn | None:
    with transaction(readers.world.engine) as session:
        return enter(session, code, visitor, readers.world.clock.now())


def _follow(readers: OfficeReaders, token: str, visitor: Visitor) -> LetIn | Shut:
    with transaction(readers.world.engine) as session:
        return enter_by_link(session, token, visitor, readers.world.clock.now())


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def _home(trouble: str, *, is_in: bool = False) -> str:
    back = '<p><a href="/">Về trang đang mở trên trình duyệt này</a></p>' if is_in else ""
    return f"""<h1>Nhắc việc CCHC</h1>
<p>Nơi đơn vị nhận nhắc việc cải cách hành chính, báo kết quả và trao đổi với Văn phòng, ngay trên trình duyệt.</p>{said(trouble)}{back}
<form action="/vao" method="get">
<label for="ma">Mã mời của Văn phòng</label>
<input class="code" id="ma" name="ma" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button class="button main" type="submit">Tiếp tục</button>
</form>
<p class="fine">Đang dùng Telegram hoặc Zalo? Xin nhắn /web cho bot để lấy liên kết vào trang này.
Chưa có mã? Xin liên hệ Văn phòng của cơ quan; mỗi mã dùng một lần.</p>"""


def invitation_page(invited: Invited, name: str) -> str:
    """Who invites whom, and the button that uses the invitation up."""
    about = "Tại đây anh/chị nhận tin nhắc trước hạn, báo kết quả và gửi tệp minh chứng."
    return _door("Lời mời vào trò chuyện", invited.whom, invited.agency, about, name, "Vào trò chuyện")


def _link(room: Room, name: str) -> str:
    about = "Tại đây anh/chị xem việc, trả lời và gửi tệp, thay mặt nơi ghi ở trên."
    return _door("Mở trang trên trình duyệt này", room.whom, room.agency, about, name, "Mở trang")


def _door(title: str, whom: str, agency: str, about: str, name: str, button: str) -> str:
    """Who one will be here, and the one button that opens."""
    return f"""<h1>{title}</h1>
<div class="invited"><p><strong>{escape(whom)}</strong>{escape(agency)}</p></div>
<p>{about}</p>
<form method="post">
<label for="ten">Tên của anh/chị (không bắt buộc)</label>
<input id="ten" name="ten" maxlength="{LONGEST_NAME}" autocomplete="name" value="{escape(name)}">
<button class="button main" type="submit">{button}</button>
</form>
<p class="fine">Chỉ mở được một lần, trên trình duyệt này. Trên máy dùng chung, xin bấm “Ra” khi xong.</p>"""
