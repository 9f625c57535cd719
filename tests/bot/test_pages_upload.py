"""Files brought to an upload address: for what, which, and who hears of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.access_links import withdraw_links
from data.engine import transaction
from data.people import add_unit
from data.tables import Answer, Chat, ChatUnit, Evidence, Inbox, LinkPurpose
from duties.plan import UnitKind
from tests.conftest import NOW
from tests.fakes.counter import OUR_PAGE, OUR_SCRIPT, PDF, PLANS, WEEK, Counter


@pytest.fixture
def counter(engine: Engine, tmp_path: Path) -> Counter:
    return Counter(engine, tmp_path / "files")


@pytest.fixture
def token(counter: Counter) -> str:
    return counter.token(LinkPurpose.UPLOAD)


def test_the_page_says_for_what_and_until_when(counter: Counter, token: str) -> None:
    page = counter.get(f"/nop/{token}").text
    assert "1.1 Tuyên truyền cải cách hành chính, nội dung 1.1 (#A1)" in page
    assert f"{PLANS}</p>" in page
    assert "Hạn 31/03/2022, còn 31 ngày" in page


def test_the_page_runs_our_script_alone(counter: Counter, token: str) -> None:
    policy = counter.get(f"/nop/{token}").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_what_is_brought_is_evidence(counter: Counter, token: str) -> None:
    answer = counter.bring(token, ("Báo cáo.pdf", PDF))
    assert (answer.status_code, answer.json()) == (200, {"kept": ["Báo cáo.pdf"], "troubles": []})
    assert counter.proof() == ["Báo cáo.pdf"]


def test_it_is_known_where_it_came_from(counter: Counter, token: str) -> None:
    counter.bring(token, ("Báo cáo.pdf", PDF))
    with transaction(counter.engine) as session:
        row = session.exec(select(Evidence)).one()
        incoming = session.get_one(Inbox, row.inbox_id)
    assert (row.sender, row.chat_id, row.at) == ("Trang nộp tệp", counter.unit_id, NOW)
    assert (incoming.file, incoming.handled_at) == (None, NOW)


def test_several_at_once_are_one_report_and_one_letter(counter: Counter, token: str) -> None:
    counter.bring(token, ("a.pdf", PDF), left=2)
    counter.bring(token, ("b.pdf", PDF + b"2"), ("c.pdf", PDF + b"3"))
    assert counter.proof() == ["a.pdf", "b.pdf", "c.pdf"]
    with transaction(counter.engine) as session:
        assert len(session.exec(select(Answer)).all()) == 1
    [letter] = counter.letters()
    assert "Đã lưu 3 tệp minh chứng: “a.pdf”, “b.pdf”, “c.pdf”." in str(letter.body)


def test_what_comes_later_is_told_apart(counter: Counter, token: str) -> None:
    counter.bring(token, ("a.pdf", PDF))
    counter.clock.set(NOW + timedelta(minutes=2))
    counter.bring(token, ("b.pdf", PDF + b"2"))
    told = [str(letter.body) for letter in counter.letters()]
    assert ["a.pdf" in told[1], "b.pdf" in told[1]] == [False, True]


def test_a_file_brought_again_is_told_no_second_time(counter: Counter, token: str) -> None:
    for minute in range(2):
        counter.clock.set(NOW + timedelta(minutes=minute))
        counter.bring(token, ("a.pdf", PDF))
    assert len(counter.letters()) == 1


def test_a_bad_file_spoils_no_other(counter: Counter, token: str) -> None:
    answer = counter.bring(token, ("a.exe", b"MZ" + bytes(60)), ("b.pdf", PDF))
    assert answer.status_code == 422
    assert answer.json()["kept"] == ["b.pdf"]
    assert answer.json()["troubles"][0].startswith("Không nhận tệp “a.exe” vì lý do an toàn")


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "không có nội dung"), (PDF + bytes(2**20), "lớn hơn 1 MB")]
)
def test_empty_and_huge_files_are_explained(counter: Counter, token: str, content: bytes, why: str) -> None:
    assert why in counter.bring(token, ("a.pdf", content)).json()["troubles"][0]
    assert counter.proof() == []


def test_the_same_file_twice_is_there_once(counter: Counter, token: str) -> None:
    for _ in range(2):
        assert counter.bring(token, ("a.pdf", PDF)).status_code == 200
    assert counter.proof() == ["a.pdf"]


def test_a_browser_without_script_sees_the_page_again(counter: Counter, token: str) -> None:
    page = counter.bring(token, ("a.pdf", PDF), headers=OUR_PAGE)
    assert '<li class="had">a.pdf</li>' in page.text


def test_a_name_cannot_be_markup(counter: Counter, token: str) -> None:
    counter.bring(token, ("<img src=x onerror=alert(1)>.pdf", PDF))
    page = counter.get(f"/nop/{token}").text
    assert "<img src=x" not in page


def test_another_site_s_form_is_not_taken(counter: Counter, token: str) -> None:
    answer = counter.bring(token, ("a.pdf", PDF), headers={**OUR_SCRIPT, "sec-fetch-site": "cross-site"})
    assert (answer.status_code, counter.proof()) == (403, [])


def test_nothing_chosen_is_no_crash(counter: Counter, token: str) -> None:
    assert counter.bring(token).status_code == 422


def test_a_token_for_documents_takes_nothing_in(counter: Counter) -> None:
    token = counter.token(LinkPurpose.DOWNLOAD, counter.kept())
    assert counter.bring(token, ("a.pdf", PDF)).status_code == 404


def test_after_its_time_nothing_is_taken_in(counter: Counter, token: str) -> None:
    counter.clock.set(NOW + WEEK)
    assert counter.bring(token, ("a.pdf", PDF)).status_code == 410
    assert "đã hết hạn" in counter.get(f"/nop/{token}").text


def test_a_withdrawn_address_takes_nothing_in(counter: Counter, token: str) -> None:
    with transaction(counter.engine) as session:
        withdraw_links(session, counter.unit_id, LinkPurpose.UPLOAD, NOW)
    assert counter.bring(token, ("a.pdf", PDF)).status_code == 410


def test_the_address_of_a_chat_that_left_takes_nothing_in(counter: Counter, token: str) -> None:
    with transaction(counter.engine) as session:
        session.get_one(Chat, counter.unit_id).left_at = NOW
    assert counter.bring(token, ("a.pdf", PDF)).status_code == 410
    assert counter.proof() == []


def test_the_address_of_a_chat_that_serves_that_unit_no_more_shows_and_takes_nothing(
    counter: Counter, token: str
) -> None:
    with transaction(counter.engine) as session:
        other = add_unit(session, counter.agency_id, "Phòng Thông tin - Báo chí", UnitKind.DEPARTMENT)
        served = session.exec(select(ChatUnit).where(ChatUnit.chat_id == counter.unit_id)).one()
        served.unit_id = other.id or 0
    assert counter.get(f"/nop/{token}").status_code == 410
    assert counter.bring(token, ("a.pdf", PDF)).status_code == 410
    assert counter.proof() == []


def test_the_office_brings_for_every_unit(counter: Counter) -> None:
    token = counter.token(LinkPurpose.UPLOAD, of_office=True)
    assert counter.bring(token, ("a.pdf", PDF)).status_code == 200


def test_nothing_is_read_of_what_a_stranger_sends(counter: Counter) -> None:
    read = []

    async def pieces() -> AsyncIterator[bytes]:
        for number in range(9):
            read.append(number)
            yield PDF

    assert counter.post("/nop/khong-co-lien-ket-nay", pieces()).status_code == 404
    assert read == []


def test_an_hour_brings_only_so_many_files(
    counter: Counter, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.evidence.MOST_FILES", 2)
    counter.bring(token, ("a.pdf", PDF), ("b.pdf", PDF + b"2"))
    refused = counter.bring(token, ("c.pdf", PDF + b"3"))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")
    assert "xin gửi tiếp sau 09:01" in refused.json()["troubles"][0]
    assert counter.proof() == ["a.pdf", "b.pdf"]


def test_an_hour_brings_only_so_much(counter: Counter, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.evidence.MOST_BYTES", 2 * len(PDF))
    counter.bring(token, ("a.pdf", PDF))
    assert counter.bring(token, ("b.pdf", PDF + b"22")).status_code == 429


def test_after_that_hour_there_is_room_again(
    counter: Counter, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.evidence.MOST_FILES", 1)
    counter.bring(token, ("a.pdf", PDF))
    counter.clock.set(NOW + timedelta(minutes=61))
    assert counter.bring(token, ("b.pdf", PDF + b"2")).status_code == 200
