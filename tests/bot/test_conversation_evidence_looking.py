"""Files that were kept: listed, handed out, taken back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.evidence import JPEG, owing, proof, send


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    return owing(engine, tmp_path)


def test_its_files_are_listed_and_handed_out(talk: Conversation) -> None:
    send(talk, "xong #A1 https://sotttt.example.vn/tin, công văn số 12/CV-STTTT")
    listed, sent = talk.say(PLANS, "minh chứng #A1")
    assert "1. bao-cao.pdf (1 KB; Phòng Kế hoạch - Tài chính, 09:00 01/03/2022)" in listed.text
    assert "https://sotttt.example.vn/tin" in listed.text
    assert sent.file is not None
    assert sent.file.name == "bao-cao.pdf"


def test_the_office_sees_any_and_a_unit_only_its_own(talk: Conversation) -> None:
    send(talk, "xong #A1")
    assert len(talk.say(OFFICE, "minh chứng #A1")) == 2
    assert "không thuộc đơn vị này" in talk.reply(PRESS, "minh chứng #A1")


def test_nothing_to_show_says_so(talk: Conversation) -> None:
    assert "Chưa có minh chứng nào." in talk.reply(PLANS, "minh chứng #A1")


def test_where_there_are_pages_a_link_is_given_for_sending(talk: Conversation) -> None:
    with talk.office() as small:
        small.agency.settings = {"web_url": "https://cchc.example"}
    answer = talk.reply(PLANS, "nộp #A1")
    assert "https://cchc.example/nop/" in answer
    assert "đến hết 08/03/2022" in answer


def test_without_pages_it_is_told_how_to_send_here(talk: Conversation) -> None:
    assert talk.reply(PLANS, "gửi minh chứng #A1") == (
        "Gửi tệp, ảnh vào đây kèm lời “minh chứng #A1”, hoặc trả lời tin này kèm tệp."
    )


# --- taking back


def test_taking_back_what_was_said_takes_its_file_back(talk: Conversation) -> None:
    send(talk, "xong #A1")
    talk.say(PLANS, "hoàn tác")
    assert proof(talk, "A1") == []


def test_a_file_that_was_taken_back_can_be_sent_again(talk: Conversation) -> None:
    send(talk, "xong #A1")
    talk.say(PLANS, "hoàn tác")
    send(talk, "xong #A1")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_one_file_of_several_is_taken_away(talk: Conversation) -> None:
    send(talk, "#A1")
    send(talk, "#A1", "anh.jpg", JPEG)
    assert talk.reply(PLANS, "bỏ tệp 1 của #A1").startswith("Đã bỏ tệp “bao-cao.pdf” khỏi việc #A1")
    assert proof(talk, "A1") == ["anh.jpg"]


def test_which_file_is_asked_when_there_are_several(talk: Conversation) -> None:
    send(talk, "#A1")
    send(talk, "#A1", "anh.jpg", JPEG)
    assert "có 2 tệp; xin ghi số của tệp" in talk.reply(PLANS, "bỏ tệp của #A1")


def test_what_the_office_accepted_keeps_its_files(talk: Conversation) -> None:
    send(talk, "xong #A1")
    talk.say(OFFICE, "duyệt #A1")
    assert "chỉ Văn phòng bỏ được" in talk.reply(PLANS, "bỏ tệp 1 của #A1")
    talk.say(OFFICE, "bỏ tệp 1 của #A1")
    assert proof(talk, "A1") == []
