"""The pages of one office that are opened by secret addresses, and a browser in front of them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import select

from bot.pages.calendar import calendar_routes
from bot.pages.files import file_routes
from bot.pages.frame import Guard
from bot.pages.origin import SameOrigin
from bot.pages.upload import upload_routes
from data.access_links import make_link
from data.engine import transaction
from data.evidence import evidence_of
from data.files import FilesFolder, keep
from data.obligations import items
from data.tables import Agency, Chat, ChatRole, Letter, LinkPurpose
from duties.message import Attached
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.offices import SmallOffice, due_on, duty

PDF = b"%PDF-1.7\nbao cao"
WEEK = timedelta(days=7)
PLANS = "Phòng Kế hoạch - Tài chính"
HERE = "https://cchc.example"
OUR_PAGE = {"sec-fetch-site": "same-origin"}
OUR_SCRIPT = {**OUR_PAGE, "accept": "application/json"}


class Counter:
    """An agency whose planning unit owes #A1 on 31/3 and has a chat, as the office has."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.clock = engine, StoppedClock(NOW)
        self.files = FilesFolder(folder, most_bytes=2**20)
        app = FastAPI()
        for routes in (file_routes, upload_routes, calendar_routes):
            app.include_router(routes(lambda: [self]))
        self.app = Guard(SameOrigin(app), self.files.most_bytes)
        with transaction(engine) as session:
            agency = Agency(name="Sở <Thông tin>", created_at=NOW)
            session.add(agency)
            session.flush()
            small = SmallOffice(session, agency)
            office = small.chat("van-phong", NOW, role=ChatRole.OFFICE)
            unit = small.chat("don-vi", NOW, small.unit(PLANS))
            small.confirmed(NOW, duty("1.1", due_on(date(2022, 3, 31)), PLANS))
            self.agency_id = agency.id or 0
            self.office_id, self.unit_id = office.id or 0, unit.id or 0
            self.owed_id = items(session)[0].id

    async def deliver_within(self) -> None:
        pass

    def token(self, purpose: LinkPurpose, file: Attached | None = None, *, of_office: bool = False) -> str:
        with transaction(self.engine) as session:
            chat = session.get_one(Chat, self.office_id if of_office else self.unit_id)
            about = self.owed_id if purpose is LinkPurpose.UPLOAD else None
            life = None if purpose is LinkPurpose.CALENDAR else WEEK
            return make_link(session, chat, purpose, NOW, life, obligation_id=about, file=file)

    def kept(self, name: str = "Báo cáo quý I.pdf", content: bytes = PDF) -> Attached:
        with transaction(self.engine) as session:
            return keep(session, self.files, self.agency_id, name, content, NOW)

    def get(self, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> httpx.Response:
        return self._ask(httpx.Request(method, f"{HERE}{path}", headers=headers))

    def bring(
        self, token: str, *files: tuple[str, bytes], headers: dict[str, str] | None = None, left: int = 0
    ) -> httpx.Response:
        given = [("tep", file) for file in files]
        said = {"con": str(left)}
        headers = headers or OUR_SCRIPT
        return self._ask(
            httpx.Request("POST", f"{HERE}/nop/{token}", files=given, data=said, headers=headers)
        )

    def post(self, path: str, content: bytes | AsyncIterator[bytes]) -> httpx.Response:
        return self._ask(httpx.Request("POST", f"{HERE}{path}", content=content))

    def _ask(self, request: httpx.Request) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
                return await client.send(request)

        return asyncio.run(ask())

    def proof(self) -> list[str]:
        with transaction(self.engine) as session:
            return [row.file_name for row in evidence_of(session, self.owed_id)]

    def letters(self) -> list[Letter]:
        with transaction(self.engine) as session:
            return list(session.exec(select(Letter).where(Letter.chat_id == self.unit_id)))
