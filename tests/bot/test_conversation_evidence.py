"""What proves it: a file goes where it belongs, or waits until that is known; nothing is lost, nothing crosses units."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.tables import Answer, Evidence, Inbox, StoredFile
from duties.progress import Said
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.evidence import JPEG, KEPT, NOW, PDF, is_done, owing, proof, send


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    return owing(engine, tmp_path)


# --- with words


def test_done_with_a_file_is_done_and_proved(talk: Conversation) -> None:
    answer = send(talk, "xong #A1")
    assert answer.startswith("Đã ghi nhận: việc #A1")
    assert answer.endswith(KEPT)
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (True, ["bao-cao.pdf"])


def test_a_file_is_kept_with_who_sent_it_and_when(talk: Conversation) -> None:
    send(talk, "xong #A1")
    with transaction(talk.engine) as session:
        row = session.exec(select(Evidence)).one()
        answer = session.exec(select(Answer)).one()
    assert (row.sender, row.at, row.answer_id) == (PLANS, NOW, answer.id)


def test_its_bytes_leave_the_inbox(talk: Conversation) -> None:
    send(talk, "xong #A1")
    with transaction(talk.engine) as session:
        assert session.exec(select(Inbox.file)).all() == [None]


def test_a_file_beside_a_note_or_an_obstacle_goes_with_it(talk: Conversation) -> None:
    send(talk, "#A1: 4 tin, 2 bài")
    send(talk, "#A2 vướng: chưa có kinh phí", "cong-van.pdf", PDF + b"2")
    assert (proof(talk, "A1"), proof(talk, "A2")) == (["bao-cao.pdf"], ["cong-van.pdf"])


def test_one_file_may_prove_two_things(talk: Conversation) -> None:
    send(talk, "xong #A1, #A2")
    assert (proof(talk, "A1"), proof(talk, "A2")) == (["bao-cao.pdf"], ["bao-cao.pdf"])


def test_a_file_after_it_was_done_is_added(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert KEPT in send(talk, "xong #A1")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_words_that_mean_nothing_go_along_with_the_file(talk: Conversation) -> None:
    talk.say(PLANS, "#A1")
    send(talk, "ảnh chụp buổi họp sáng nay")
    with transaction(talk.engine) as session:
        said = session.exec(select(Answer)).one()
    assert (said.kind, said.text) == (Said.NOTE, "ảnh chụp buổi họp sáng nay")


# --- alone


def test_a_file_alone_is_no_done(talk: Conversation) -> None:
    talk.say(PLANS, "#A1")
    [message] = talk.say(PLANS, file_name="bao-cao.pdf", file=PDF)
    assert "chưa tính là xong. Việc này đã xong chưa?" in message.text
    assert [choice.says for choice in message.choices] == ["xong #A1", "đang làm #A1", "hoàn tác"]
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (False, ["bao-cao.pdf"])


def test_a_number_as_caption_says_where_it_belongs(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    send(talk, "2")
    assert (proof(talk, "A1"), proof(talk, "A2")) == ([], ["bao-cao.pdf"])


def test_a_file_in_reply_to_a_letter_about_one_thing_belongs_to_it(talk: Conversation) -> None:
    talk.say(PLANS, "#A2")
    letter = talk.newest_letter(PLANS)
    talk.say(PLANS, "#A1")
    talk.say(PLANS, file_name="bao-cao.pdf", file=PDF, quoted=letter)
    assert proof(talk, "A2") == ["bao-cao.pdf"]


def test_a_file_of_a_unit_that_owes_one_thing_needs_no_question(talk: Conversation) -> None:
    send(talk, who=PRESS)
    assert proof(talk, "A3") == ["bao-cao.pdf"]


def test_otherwise_it_is_asked_and_the_file_is_held(talk: Conversation) -> None:
    [message] = talk.say(PLANS, file_name="bao-cao.pdf", file=PDF)
    assert "Đã giữ tệp “bao-cao.pdf”, sẽ lưu khi biết là của việc nào." in message.text
    assert [choice.says for choice in message.choices] == ["gửi minh chứng #A1", "gửi minh chứng #A2"]
    assert (proof(talk, "A1"), proof(talk, "A2")) == ([], [])


@pytest.mark.parametrize("words", ["2", "việc 2", "gửi minh chứng #A2", "#A2", "2."])
def test_a_bare_number_tells_where_it_belongs(talk: Conversation, words: str) -> None:
    send(talk)
    assert KEPT in talk.reply(PLANS, words)
    assert proof(talk, "A2") == ["bao-cao.pdf"]


def test_done_in_answer_to_the_question_takes_the_file_along(talk: Conversation) -> None:
    send(talk)
    talk.say(PLANS, "xong 2")
    assert (is_done(talk, "A2"), proof(talk, "A2")) == (True, ["bao-cao.pdf"])


def test_what_waits_is_placed_once(talk: Conversation) -> None:
    send(talk)
    talk.say(PLANS, "2")
    talk.say(PLANS, "xong #A1")
    assert (proof(talk, "A1"), proof(talk, "A2")) == ([], ["bao-cao.pdf"])


def test_two_files_that_wait_are_placed_together(talk: Conversation) -> None:
    send(talk)
    send(talk, "", "anh.jpg", JPEG)
    talk.say(PLANS, "1")
    assert proof(talk, "A1") == ["bao-cao.pdf", "anh.jpg"]


def test_a_file_with_words_of_its_own_leaves_the_waiting_one(talk: Conversation) -> None:
    send(talk)
    send(talk, "#A2 đang làm", "anh.jpg", JPEG)
    assert proof(talk, "A2") == ["anh.jpg"]


def test_looking_at_another_thing_places_nothing(talk: Conversation) -> None:
    send(talk)
    talk.say(PLANS, "chi tiết 2")
    assert proof(talk, "A2") == []


def test_a_number_that_is_not_on_the_list_loses_nothing(talk: Conversation) -> None:
    assert send(talk, "xong 9").startswith("Chưa rõ số 9 là việc nào.")
    talk.say(PLANS, "gửi minh chứng #A1")
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_another_s_code_gets_no_file(talk: Conversation) -> None:
    assert "không thuộc đơn vị này" in send(talk, "xong #A3")
    assert proof(talk, "A3") == []


# --- from the office, or late


def test_the_office_files_for_a_unit_by_its_code(talk: Conversation) -> None:
    send(talk, "xong #A1", who=OFFICE)
    assert (is_done(talk, "A1"), proof(talk, "A1")) == (True, ["bao-cao.pdf"])


def test_a_file_of_the_office_without_a_code_is_a_plan(talk: Conversation) -> None:
    send(talk, "năm 2022", "ke-hoach.txt", "1. Tuyên truyền".encode(), who=OFFICE)
    with transaction(talk.engine) as session:
        assert session.exec(select(StoredFile)).all() == []


def test_a_file_answers_the_question_of_proof(talk: Conversation) -> None:
    for words in ("báo cáo #A1", "xong", "bỏ qua"):
        talk.say(PLANS, words)
    answer = send(talk)
    assert KEPT in answer
    assert "vướng" in answer
    assert proof(talk, "A1") == ["bao-cao.pdf"]


def test_what_waits_too_long_is_not_taken_for_granted(talk: Conversation) -> None:
    send(talk)
    talk.now += timedelta(hours=3)
    talk.say(PLANS, "xong #A1")
    assert proof(talk, "A1") == []


def test_what_waits_for_days_is_still_placed_when_it_is_named(talk: Conversation) -> None:
    send(talk)
    talk.now += timedelta(days=3)
    assert KEPT in talk.reply(PLANS, "gửi minh chứng #A1")


def test_a_plan_s_bytes_leave_the_inbox_too(talk: Conversation) -> None:
    plan = Path(__file__).parents[1] / "samples" / "khanh-hoa-stttt-2022.txt"
    talk.say(OFFICE, file_name=plan.name, file=plan.read_bytes())
    with transaction(talk.engine) as session:
        assert session.exec(select(Inbox.file)).all() == [None]
