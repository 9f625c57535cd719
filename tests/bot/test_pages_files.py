"""Secret addresses asked over HTTP: what is handed out, how, and to whom not."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.access_links import withdraw_links
from data.engine import transaction
from data.files import keep_own
from data.tables import LinkPurpose
from duties.message import Attached
from tests.conftest import NOW
from tests.fakes.counter import PDF, WEEK, Counter


@pytest.fixture
def counter(engine: Engine, tmp_path: Path) -> Counter:
    return Counter(engine, tmp_path / "files")


def link(counter: Counter, file: Attached | None = None) -> str:
    return f"/tep/{counter.token(LinkPurpose.DOWNLOAD, file or counter.kept())}"


def test_a_document_comes_under_its_own_name(counter: Counter) -> None:
    answer = counter.get(link(counter))
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20I.pdf"
    )


def test_nothing_in_it_is_run_or_kept_by_the_way(counter: Counter) -> None:
    headers = counter.get(link(counter)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].endswith("sandbox")
    assert headers["cache-control"] == "private, no-store"
    assert headers["referrer-policy"] == "same-origin"


def test_it_may_be_fetched_again_while_the_link_is_good(counter: Counter) -> None:
    path = link(counter)
    assert [counter.get(path).status_code, counter.get(path, "HEAD").status_code] == [200, 200]


def test_a_picture_may_be_looked_at_and_a_word_file_may_not(counter: Counter) -> None:
    pdf = link(counter)
    with transaction(counter.engine) as session:
        own = keep_own(session, counter.files, counter.agency_id, "a.html", b"<b>", "text/html", NOW)
    page = link(counter, own)
    shown = [
        counter.get(f"{path}?xem=1").headers["content-disposition"].partition(";")[0] for path in (pdf, page)
    ]
    assert shown == ["inline", "attachment"]


def test_an_expired_link_says_so(counter: Counter) -> None:
    path = link(counter)
    counter.clock.set(NOW + WEEK)
    answer = counter.get(path)
    assert (answer.status_code, "đã hết hạn" in answer.text) == (410, True)


def test_a_withdrawn_link_says_so(counter: Counter) -> None:
    path = link(counter)
    with transaction(counter.engine) as session:
        withdraw_links(session, counter.unit_id, LinkPurpose.DOWNLOAD, NOW)
    answer = counter.get(path)
    assert (answer.status_code, "đã được thu hồi" in answer.text) == (410, True)


@pytest.mark.parametrize("token", ["x" * 43, "..%2F..%2Fetc%2Fpasswd", "%00", "💣"])
def test_a_forged_link_is_not_there(counter: Counter, token: str) -> None:
    answer = counter.get(f"/tep/{token}")
    assert answer.status_code == 404
    assert "sqlite" not in answer.text.lower()


def test_a_link_for_another_purpose_hands_nothing_out(counter: Counter) -> None:
    answer = counter.get(f"/tep/{counter.token(LinkPurpose.UPLOAD)}")
    assert answer.status_code == 404


def test_a_file_that_is_lost_is_said_to_be_lost(counter: Counter) -> None:
    path_to_it = link(counter)
    for path in [path for path in counter.files.path.rglob("*") if path.is_file()]:
        path.unlink()
    assert "không còn trong kho" in counter.get(path_to_it).text


def test_no_token_is_written_to_the_log(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    token = counter.token(LinkPurpose.DOWNLOAD, counter.kept())
    with caplog.at_level(logging.DEBUG):
        counter.get(f"/tep/{token}")
        counter.get(f"/tep/{token[:-1]}x")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not [line for line in ours if token[:20] in line]


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf\r\nSet-Cookie: nhacviec=1",
        'a";filename="b.exe',
        "a\x1b[2J.pdf",
        "../../etc/passwd",
        "\u202efdp.exe",
        "Báo cáo quý I.pdf",
    ],
)
def test_no_name_of_a_file_adds_a_header(counter: Counter, name: str) -> None:
    kept = counter.kept()
    headers = counter.get(link(counter, replace(kept, name=name))).headers
    said = headers["content-disposition"]
    assert "set-cookie" not in headers
    assert said.isascii()
    assert said.isprintable()
    assert said.count("filename=") + said.count("filename*=") == 1


def test_a_name_that_somebody_sent_is_made_clean_when_it_is_kept(counter: Counter) -> None:
    assert counter.kept("../..\\a\r\nSet-Cookie: b\x1b[2J\u202e.pdf").name.isprintable()
    assert not {"/", "\\"} & set(counter.kept("../..\\etc\\a/b.pdf").name)
