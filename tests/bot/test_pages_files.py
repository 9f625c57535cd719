"""Secret addresses asked over HTTP: what is handed out, how, and to whom not."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from bot.pages.files import file_routes
from bot.pages.frame import Guard
from data.access_links import make_link, withdraw_links
from data.engine import transaction
from data.files import FilesFolder, keep, keep_own
from data.tables import Agency, Chat, ChatRole, LinkPurpose
from duties.message import Attached
from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.offices import SmallOffice

PDF = b"%PDF-1.7\nbao cao"
WEEK = timedelta(days=7)


class Counter:
    """The pages of one office, and a browser in front of them."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine, self.clock = engine, StoppedClock(NOW)
        self.files = FilesFolder(folder)
        app = FastAPI()
        app.include_router(file_routes(lambda: [self]))
        self.app = Guard(app)
        with transaction(engine) as session:
            agency = Agency(name="Sở", created_at=NOW)
            session.add(agency)
            session.flush()
            chat = SmallOffice(session, agency).chat("van-phong", NOW, role=ChatRole.OFFICE)
            self.agency_id, self.chat_id = agency.id or 0, chat.id or 0

    def token(self, file: Attached, purpose: LinkPurpose = LinkPurpose.DOWNLOAD) -> str:
        with transaction(self.engine) as session:
            return make_link(session, session.get_one(Chat, self.chat_id), purpose, NOW, WEEK, file=file)

    def kept(self, name: str = "Báo cáo quý I.pdf", content: bytes = PDF) -> Attached:
        with transaction(self.engine) as session:
            return keep(session, self.files, self.agency_id, name, content, NOW)

    def get(self, path: str, method: str = "GET") -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(self.app), base_url="https://cchc.example"
            ) as client:
                return await client.request(method, path)

        return asyncio.run(ask())


@pytest.fixture
def counter(engine: Engine, tmp_path: Path) -> Counter:
    return Counter(engine, tmp_path / "files")


def test_a_document_comes_under_its_own_name(counter: Counter) -> None:
    answer = counter.get(f"/tep/{counter.token(counter.kept())}")
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20I.pdf"
    )


def test_nothing_in_it_is_run_or_kept_by_the_way(counter: Counter) -> None:
    headers = counter.get(f"/tep/{counter.token(counter.kept())}").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].endswith("sandbox")
    assert headers["cache-control"] == "private, no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_it_may_be_fetched_again_while_the_link_is_good(counter: Counter) -> None:
    path = f"/tep/{counter.token(counter.kept())}"
    assert [counter.get(path).status_code, counter.get(path, "HEAD").status_code] == [200, 200]


def test_a_picture_may_be_looked_at_and_a_word_file_may_not(counter: Counter) -> None:
    pdf = counter.token(counter.kept())
    with transaction(counter.engine) as session:
        own = keep_own(session, counter.files, counter.agency_id, "a.html", b"<b>", "text/html", NOW)
    page = counter.token(own)
    shown = [
        counter.get(f"/tep/{token}?xem=1").headers["content-disposition"].partition(";")[0]
        for token in (pdf, page)
    ]
    assert shown == ["inline", "attachment"]


def test_an_expired_link_says_so(counter: Counter) -> None:
    path = f"/tep/{counter.token(counter.kept())}"
    counter.clock.set(NOW + WEEK)
    answer = counter.get(path)
    assert (answer.status_code, "đã hết hạn" in answer.text) == (410, True)


def test_a_withdrawn_link_says_so(counter: Counter) -> None:
    path = f"/tep/{counter.token(counter.kept())}"
    with transaction(counter.engine) as session:
        withdraw_links(session, counter.chat_id, LinkPurpose.DOWNLOAD, NOW)
    answer = counter.get(path)
    assert (answer.status_code, "đã được thu hồi" in answer.text) == (410, True)


@pytest.mark.parametrize("token", ["x" * 43, "..%2F..%2Fetc%2Fpasswd", "%00", "💣"])
def test_a_forged_link_is_not_there(counter: Counter, token: str) -> None:
    answer = counter.get(f"/tep/{token}")
    assert answer.status_code == 404
    assert "sqlite" not in answer.text.lower()


def test_a_link_for_another_purpose_hands_nothing_out(counter: Counter) -> None:
    answer = counter.get(f"/tep/{counter.token(counter.kept(), LinkPurpose.UPLOAD)}")
    assert answer.status_code == 404


def test_a_file_that_is_lost_is_said_to_be_lost(counter: Counter) -> None:
    token = counter.token(counter.kept())
    for path in [path for path in counter.files.path.rglob("*") if path.is_file()]:
        path.unlink()
    assert "không còn trong kho" in counter.get(f"/tep/{token}").text


def test_no_token_is_written_to_the_log(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    token = counter.token(counter.kept())
    with caplog.at_level(logging.DEBUG):
        counter.get(f"/tep/{token}")
        counter.get(f"/tep/{token[:-1]}x")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not [line for line in ours if token[:20] in line]
