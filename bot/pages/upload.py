"""“/nop/{token}”: bring files for one obligation, from a telephone or a desk; it works without script, too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.datastructures import UploadFile

from bot.pages.files import House, Houses, house_of, shut_page
from bot.pages.frame import page_script
from bot.pages.plain import plain_page, said
from bot.pages.visitors import seconds_until
from bot.uploads import Desk, bring, desk_of, tell
from data.access_links import Opened, Shut, open_link
from data.engine import transaction
from data.evidence import TooManyFiles
from data.file_kinds import ENDINGS
from data.files import MEGABYTE, FileTooBig
from data.tables import LinkPurpose
from duties.errors import DutyError
from duties.wording import files as wording
from duties.wording.entries import titled, when
from duties.wording.phrases import capitalised
from duties.workdays import day_of

MOST_AT_ONCE = 30
OWN_PAGE = re.compile(r"/[a-z-]+(/[0-9]+)?(\?viec=[0-9]+)?")
NOTHING_CHOSEN = "Chưa chọn tệp nào; xin chọn tệp rồi bấm “Nộp tệp”."


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
    ) -> Response:
        """`con`: how many our script still has to send; after the last the chat hears of them all."""
        # nothing is read of what a stranger sends
        house = await run_in_threadpool(house_of, houses, token, LinkPurpose.UPLOAD)
        if isinstance(house, Shut):
            return shut_page(house)
        async with request.form(max_files=MOST_AT_ONCE, max_fields=MOST_AT_ONCE) as form:
            outcome = await _take_all(
                house, token, [each for each in form.getlist("tep") if isinstance(each, UploadFile)]
            )
            is_last = form.get("con") in (None, "", "0")
        if is_last:
            await run_in_threadpool(_tell, house, token)
            await house.deliver_within()
        return await run_in_threadpool(_said, house, token, outcome, request)

    return router


@dataclass
class Outcome:
    """What was kept and what was not; `again_at`: when there is room for more."""

    kept: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    again_at: datetime | None = None


async def _take_all(house: House, token: str, given: Sequence[UploadFile]) -> Outcome:
    outcome = Outcome(troubles=[] if given else [NOTHING_CHOSEN])
    for each in given:
        try:
            outcome.kept.append(await _take(house, token, each))
        except TooManyFiles as enough:
            outcome.troubles.append(str(enough))
            outcome.again_at = enough.again_at
        except DutyError as trouble:
            outcome.troubles.append(str(trouble))
    return outcome


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


def _said(house: House, token: str, outcome: Outcome, request: Request) -> Response:
    """To our script the bare facts, to a browser without script the page again."""
    status = 422 if outcome.troubles else 200
    answer: Response
    if "application/json" in request.headers.get("accept", ""):
        answer = JSONResponse({"kept": outcome.kept, "troubles": outcome.troubles}, status)
    else:
        answer = _page(house, token, outcome.troubles, status)
    if outcome.again_at is not None:
        answer.status_code = 429
        answer.headers["Retry-After"] = str(seconds_until(outcome.again_at, house.clock.now()))
    return answer


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
<p>{escape(capitalised(deadline))}</p></div>
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
