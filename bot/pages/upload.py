"""“/nop/{token}”: bring files for one obligation, from a telephone or a desk; it works without script, too."""

import re
from html import escape
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from bot.pages.files import House, Houses, house_of, shut_page
from bot.pages.frame import page_script
from bot.pages.origin import is_from_elsewhere
from bot.pages.plain import plain_page, said
from bot.uploads import Desk, bring, desk_of, tell
from data.access_links import Opened, Shut, open_link
from data.engine import transaction
from data.file_kinds import ENDINGS
from data.files import MEGABYTE, FileTooBig
from data.tables import LinkPurpose
from duties.errors import DutyError
from duties.wording import files as wording
from duties.wording.entries import titled, when
from duties.workdays import day_of

MOST_AT_ONCE = 30
OWN_PAGE = re.compile(r"/[a-z-]+(/[0-9]+)?(\?viec=[0-9]+)?")
FROM_ELSEWHERE = "Yêu cầu đến từ một trang khác nên không được nhận. Xin mở lại liên kết."


def upload_routes(houses: Houses) -> APIRouter:
    """The page, and what it hands in."""
    router = APIRouter()

    @router.get("/nop/{token}")
    def page(token: str, ve: str = "") -> Response:
        """`ve`: the page of ours to go back to."""
        house = house_of(houses, token, LinkPurpose.UPLOAD)
        back = ve if OWN_PAGE.fullmatch(ve) else ""
        return shut_page(house) if isinstance(house, Shut) else _page(house, token, back=back)

    @router.post("/nop/{token}")
    async def handed_in(
        request: Request,
        token: str,
        tep: Annotated[list[UploadFile], File(max_length=MOST_AT_ONCE)],
        con: Annotated[int, Form()] = 0,
    ) -> Response:
        """`con`: how many our script still has to send; after the last the chat hears of them all."""
        house = await run_in_threadpool(house_of, houses, token, LinkPurpose.UPLOAD)
        if isinstance(house, Shut):
            return shut_page(house)
        if is_from_elsewhere(request):
            return _said(house, token, [], [FROM_ELSEWHERE], request)
        kept, troubles = [], []
        for each in tep:
            try:
                kept.append(await _take(house, token, each))
            except DutyError as trouble:
                troubles.append(str(trouble))
        if con <= 0:
            await run_in_threadpool(_tell, house, token)
            await house.deliver()
        return await run_in_threadpool(_said, house, token, kept, troubles, request)

    return router


async def _take(house: House, token: str, given: UploadFile) -> str:
    name, most = given.filename or "tep", house.files.most_bytes
    content = await given.read(most + 1)
    if len(content) > most:
        raise FileTooBig(name[-60:], most)
    return await run_in_threadpool(_bring, house, token, name, content)


def _bring(house: House, token: str, name: str, content: bytes) -> str:
    with transaction(house.engine) as session:
        opened = open_link(session, token, LinkPurpose.UPLOAD, house.clock.now())
        if isinstance(opened, Shut):
            raise DutyError(wording.LINK_SHUT)
        return bring(session, opened, name, content, house.files, house.clock.now())


def _tell(house: House, token: str) -> None:
    with transaction(house.engine) as session:
        opened = open_link(session, token, LinkPurpose.UPLOAD, house.clock.now())
        if isinstance(opened, Opened):
            tell(session, opened, house.files, house.clock.now())


def _said(house: House, token: str, kept: list[str], troubles: list[str], request: Request) -> Response:
    """To our script the bare facts, to a browser without script the page again."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"kept": kept, "troubles": troubles}, 422 if troubles else 200)
    return _page(house, token, troubles, 422 if troubles else 200)


def _page(
    house: House, token: str, troubles: list[str] | None = None, status: int = 200, *, back: str = ""
) -> HTMLResponse:
    now = house.clock.now()
    with transaction(house.engine) as session:
        opened = open_link(session, token, LinkPurpose.UPLOAD, now)
        if isinstance(opened, Shut):
            return shut_page(opened)
        desk = desk_of(session, opened, house.files, now)
    if desk is None:
        return plain_page(f"<h1>Nộp minh chứng</h1>{said(wording.GONE)}", 404)
    body = _body(desk, house.files.most_bytes, when(desk.entry, day_of(now)), troubles or [])
    body += f'<p><a class="button" href="{back}">Quay lại</a></p>' if back else ""
    return plain_page(body, status, script=page_script("upload.js"), title="Nộp minh chứng")


def _body(desk: Desk, most: int, deadline: str, troubles: list[str]) -> str:
    had = "".join(f'<li class="had">{escape(name)}</li>' for name in desk.names)
    return f"""<h1>Nộp minh chứng</h1>
<div class="invited"><p><strong>{escape(titled(desk.entry, 160))} (#{escape(desk.entry.short_code)})</strong>{escape(desk.entry.unit)}</p>
<p>{escape(deadline[:1].upper() + deadline[1:])}</p></div>
{"".join(said(trouble) for trouble in troubles)}
<form class="upload" method="post" enctype="multipart/form-data" data-most="{most}">
<label class="drop" for="tep"><span class="drop-words">Bấm để chọn tệp, ảnh<span class="desk-only"> hoặc kéo thả vào đây</span></span>
<span class="fine">Word, Excel, PDF, ảnh, âm thanh, video, .zip; mỗi tệp tối đa {most // MEGABYTE} MB, chọn được nhiều tệp.</span>
<input id="tep" name="tep" type="file" multiple required accept="{ENDINGS}"></label>
<button class="button main" type="submit">Nộp tệp</button>
</form>
<ul class="brought" aria-label="Các tệp đã nộp" aria-live="polite">{had}</ul>
<p class="upload-done" role="status" hidden></p>
<p class="fine">Nộp tệp chưa tính là xong việc; báo “xong #{escape(desk.entry.short_code)}” trong cuộc trò chuyện. Nộp nhầm: gõ “bỏ tệp 1 của #{escape(desk.entry.short_code)}”.</p>"""
