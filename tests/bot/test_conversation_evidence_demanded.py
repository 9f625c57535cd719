"""What must be proved, and which papers the plan expects: what is still lacking is said."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.files import FilesFolder
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.evidence import NOW, is_done, owing, send
from tests.fakes.offices import due_on, duty


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    return owing(engine, tmp_path)


def demand(talk: Conversation, code: str = "1.1") -> None:
    talk.reply(OFFICE, f"bắt buộc minh chứng {code}")


def test_done_without_what_was_demanded_is_recorded_and_asked_for(talk: Conversation) -> None:
    demand(talk)
    [message] = talk.say(PLANS, "xong #A1")
    assert message.text.endswith(
        "Việc #A1 bắt buộc có minh chứng: xin gửi tệp, ảnh, liên kết hoặc số văn bản."
    )
    assert message.choices[0].says == "gửi minh chứng #A1"
    assert is_done(talk, "A1")


@pytest.mark.parametrize(
    "words", ["xong #A1 https://sotttt.example.vn/tin", "xong #A1, công văn số 12/CV-STTTT"]
)
def test_a_link_or_a_document_s_number_is_proof(talk: Conversation, words: str) -> None:
    demand(talk)
    assert "bắt buộc" not in talk.reply(PLANS, words)


def test_a_file_is_proof(talk: Conversation) -> None:
    demand(talk)
    assert "bắt buộc" not in send(talk, "xong #A1")


def test_the_office_sees_what_was_not_proved(talk: Conversation) -> None:
    demand(talk)
    talk.say(PLANS, "xong #A1")
    assert "chưa có minh chứng" in talk.reply(OFFICE, "chờ duyệt")
    send(talk, "#A1")
    assert "chưa có minh chứng" not in talk.reply(OFFICE, "chờ duyệt")


def test_only_the_office_demands(talk: Conversation) -> None:
    talk.say(PLANS, "bắt buộc minh chứng 1.1")
    assert not talk.owed("A1").duty.needs_evidence


def test_what_is_demanded_can_be_let_go(talk: Conversation) -> None:
    demand(talk)
    assert "không bắt buộc minh chứng nữa" in talk.reply(OFFICE, "không bắt buộc minh chứng 1.1")
    assert not talk.owed("A1").duty.needs_evidence


def test_a_demand_is_taken_back_by_undo(talk: Conversation) -> None:
    demand(talk)
    talk.say(OFFICE, "hoàn tác")
    assert not talk.owed("A1").duty.needs_evidence


def test_a_duty_that_is_not_there_is_told(talk: Conversation) -> None:
    assert "Không có nhiệm vụ nào mang số 9.9" in talk.reply(OFFICE, "bắt buộc minh chứng 9.9")


# --- what the plan expects


@pytest.fixture
def expecting(engine: Engine, tmp_path: Path) -> Conversation:
    """#A1 is to bring forth a report, a list and two plans."""
    made = Conversation(engine, NOW, FilesFolder(tmp_path / "files"))
    papers = ("Báo cáo kết quả", "Danh sách đại biểu", "Kế hoạch tập huấn", "Kế hoạch kiểm tra")
    made.plan(replace(duty("1.1", due_on(date(2022, 3, 15)), PLANS), deliverables=papers))
    return made


@pytest.mark.parametrize(
    "words",
    [
        "#A1 đã nộp báo cáo, danh sách",
        "xong #A1, đã nộp báo cáo, danh sách",
        "A1 da gui bao cao va danh sach",
    ],
)
def test_papers_that_are_named_are_ticked_off(expecting: Conversation, words: str) -> None:
    assert expecting.reply(PLANS, words).endswith(
        "Sản phẩm đã nộp: Báo cáo kết quả, Danh sách đại biểu; còn: Kế hoạch tập huấn, Kế hoạch kiểm tra."
    )


def test_papers_alone_close_nothing(expecting: Conversation) -> None:
    expecting.say(PLANS, "#A1 đã nộp báo cáo, danh sách")
    assert not is_done(expecting, "A1")


@pytest.mark.parametrize("words", ["#A1 sẽ nộp báo cáo", "#A1 chưa nộp báo cáo", "#A1 đã nộp báo cáo chưa?"])
def test_papers_that_are_not_there_are_not_ticked_off(expecting: Conversation, words: str) -> None:
    expecting.say(PLANS, words)
    assert "sản phẩm" not in expecting.reply(PLANS, "chi tiết #A1")


def test_papers_are_ticked_off_by_number_and_taken_back(expecting: Conversation) -> None:
    expecting.say(PLANS, "đã nộp sản phẩm 1, 3 của #A1")
    assert "2/4 sản phẩm" in expecting.reply(PLANS, "#A1")
    expecting.say(PLANS, "chưa nộp sản phẩm 3 của #A1")
    assert "1/4 sản phẩm" in expecting.reply(PLANS, "#A1")


def test_what_is_undone_is_ticked_off_no_more(expecting: Conversation) -> None:
    expecting.say(PLANS, "đã nộp sản phẩm 1 của #A1")
    expecting.say(PLANS, "hoàn tác")
    assert "sản phẩm" not in expecting.reply(PLANS, "#A1")


def test_a_number_that_no_paper_has_is_told_with_those_there_are(expecting: Conversation) -> None:
    assert "4. Kế hoạch kiểm tra" in expecting.reply(PLANS, "đã nộp sản phẩm 9 của #A1")
