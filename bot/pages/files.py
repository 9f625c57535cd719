"""Documents by a secret address: what was promised in a letter is handed out, and nothing else is to be had."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response
from sqlalchemy import Engine

from bot.pages.plain import plain_page, said
from data.access_links import PATHS, Opened, Shut, make_link, open_link
from data.engine import transaction
from data.file_kinds import SHOWN_INLINE
from data.files import FilesFolder, stored
from data.tables import Chat, LinkPurpose
from duties.message import Attached
from scheduler.clock import Clock

NO_SUCH_LINK = "Liên kết này không đúng. Xin mở lại đúng liên kết trong tin nhắn."
WHY_SHUT = {
    Shut.UNKNOWN: (404, NO_SUCH_LINK),
    Shut.USED: (410, "Liên kết này đã dùng rồi. Xin nhắn lại trong cuộc trò chuyện để nhận liên kết mới."),
    Shut.EXPIRED: (410, "Liên kết này đã hết hạn. Xin nhắn lại trong cuộc trò chuyện để nhận liên kết mới."),
    Shut.WITHDRAWN: (
        410,
        "Liên kết này đã được thu hồi. Xin nhắn lại trong cuộc trò chuyện để nhận liên kết mới.",
    ),
}
LOST = "Tệp không còn trong kho lưu trữ. Xin báo người quản trị."
FETCHED_WITHIN = timedelta(minutes=10)
BROUGHT_WITHIN = timedelta(hours=2)
# Whatever is in the file, it is shown as a stranger's page: no script, no address of ours, no cookies.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


class House(Protocol):
    """What a page needs of an office, or of one of the demo's."""

    @property
    def engine(self) -> Engine: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def files(self) -> FilesFolder: ...
    async def deliver_within(self) -> None: ...


Houses = Callable[[], Iterable[House]]


def shut_page(why: Shut) -> HTMLResponse:
    """Why an address opens nothing, and what to do."""
    status, words = WHY_SHUT[why]
    return plain_page(f"<h1>Nhắc việc CCHC</h1>{said(words)}", status)


def house_of(houses: Houses, token: str, purpose: LinkPurpose) -> House | Shut:
    """The office whose address this is; else why it opens nothing."""
    why = Shut.UNKNOWN
    for house in houses():
        with transaction(house.engine) as session:
            found = open_link(session, token, purpose, house.clock.now())
        if isinstance(found, Opened):
            return house
        why = found if found is not Shut.UNKNOWN else why
    return why


def download_path(house: House, chat_id: int, file: Attached) -> str:
    """The path of a document for a page that may show it: good for the few minutes in which it is fetched."""
    with transaction(house.engine) as session:
        chat = session.get_one(Chat, chat_id)
        token = make_link(
            session,
            chat,
            LinkPurpose.DOWNLOAD,
            house.clock.now(),
            FETCHED_WITHIN,
            file=file,
            is_handed_out=False,
        )
    return f"/{PATHS[LinkPurpose.DOWNLOAD]}/{token}"


def upload_path(house: House, chat_id: int, obligation_id: int, back: str) -> str:
    """The path of the page where files for an obligation are brought, for a reader who goes there now and comes `back`."""
    with transaction(house.engine) as session:
        chat, now = session.get_one(Chat, chat_id), house.clock.now()
        token = make_link(
            session,
            chat,
            LinkPurpose.UPLOAD,
            now,
            BROUGHT_WITHIN,
            obligation_id=obligation_id,
            is_handed_out=False,
        )
    return f"/{PATHS[LinkPurpose.UPLOAD]}/{token}?ve={quote(back)}"


def file_routes(houses: Houses) -> APIRouter:
    """“/tep/{token}”: a document that a letter promised."""
    router = APIRouter()

    @router.api_route("/tep/{token}", methods=["GET", "HEAD"])
    def download(token: str, xem: str = "") -> Response:
        house = house_of(houses, token, LinkPurpose.DOWNLOAD)
        return (
            shut_page(house) if isinstance(house, Shut) else _hand_out(house, token, house.clock.now(), xem)
        )

    return router


def _hand_out(house: House, token: str, now: datetime, xem: str) -> Response:
    with transaction(house.engine) as session:
        opened = open_link(session, token, LinkPurpose.DOWNLOAD, now)
        if isinstance(opened, Shut):
            return shut_page(opened)
        link = opened.link
        found = stored(session, link.agency_id, link.file_id or 0)
        place = house.files.place(found.sha256) if found else None
    if found is None or place is None or not place.is_file():
        return plain_page(f"<h1>Nhắc việc CCHC</h1>{said(LOST)}", 404)
    is_shown = bool(xem) and found.media_type in SHOWN_INLINE
    return FileResponse(
        place,
        media_type=found.media_type,
        filename=link.file_name or "tep",
        content_disposition_type="inline" if is_shown else "attachment",
        headers={"Content-Security-Policy": FILE_POLICY, "Cache-Control": "private, no-store"},
    )
