"""“/lich/{token}.ics”: a private calendar that telephones ask again by themselves."""

from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from bot.agenda import agenda_of
from bot.pages.files import Houses, house_of
from data.access_links import Opened, Shut, open_link
from data.engine import transaction
from data.tables import LinkPurpose
from documents.ics import MEDIA_TYPE

ASKED_AGAIN_AFTER = 900  # seconds
NO_MORE = "Địa chỉ lịch này không còn dùng được. Xin gõ /lich trong cuộc trò chuyện để lấy địa chỉ mới."


def calendar_routes(houses: Houses) -> APIRouter:
    """The one address of it; whoever asks again is told when nothing changed."""
    router = APIRouter()

    @router.api_route("/lich/{token}.ics", methods=["GET", "HEAD"])
    def calendar(request: Request, token: str) -> Response:
        house = house_of(houses, token, LinkPurpose.CALENDAR)
        if isinstance(house, Shut):
            # telephones show no pages; 404 and 410 make them stop asking
            return PlainTextResponse(NO_MORE, 404 if house is Shut.UNKNOWN else 410)
        with transaction(house.engine) as session:
            opened = open_link(session, token, LinkPurpose.CALENDAR, house.clock.now())
            if not isinstance(opened, Opened):
                return PlainTextResponse(NO_MORE, 410)
            content, _ = agenda_of(session, opened.chat, house.clock.now())
        return _unless_known(request, content)

    return router


def _unless_known(request: Request, content: bytes) -> Response:
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={ASKED_AGAIN_AFTER}"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    named = {**headers, "Content-Disposition": 'inline; filename="lich-cchc.ics"'}
    return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=named)
