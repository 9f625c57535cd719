"""“Báo cáo 2”: one question after the other, each skippable, each answer recorded as if it had been said by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.tables import Answer, Dialogue
from duties.progress import Said
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
RESULT, COUNTS, PROOF, OBSTACLE = (
    "kết quả thế nào?",
    "bao nhiêu tin",
    "liên kết hoặc số văn bản",
    "vướng mắc gì",
)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """#A1 and #A2 are owed by the planning unit."""
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 6, 30)), PLANS, row=2),
    )
    return made


def answers(talk: Conversation) -> list[Answer]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Answer).order_by(col(Answer.id))))


def test_each_question_comes_after_the_one_before_is_answered(talk: Conversation) -> None:
    said = [
        "báo cáo #A1",
        "đã phát tờ rơi tại các xã",
        "4 tin, 2 bài",
        "công văn số 12/BC-VP",
        "chưa có kinh phí",
    ]
    heard = [talk.say(PLANS, text)[-1].text for text in said]
    assert all(
        part in text for part, text in zip((RESULT, COUNTS, PROOF, OBSTACLE, "Đã hết"), heard, strict=True)
    )


def test_each_answer_is_recorded_as_what_it_is(talk: Conversation) -> None:
    for text in (
        "báo cáo #A1",
        "đã phát tờ rơi tại các xã",
        "4 tin, 2 bài",
        "công văn số 12/BC-VP",
        "chưa có kinh phí",
    ):
        talk.say(PLANS, text)
    assert [answer.kind for answer in answers(talk)] == [Said.NOTE, Said.NOTE, Said.NOTE, Said.OBSTACLE]
    assert answers(talk)[1].quantities == {"tin": 4, "bài": 2}
    assert talk.owed("A1").obligation.is_open


def test_done_is_done_also_when_it_was_asked_for(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    confirmed, coming = talk.say(PLANS, "xong rồi")
    assert talk.owed("A1").obligation.done_at is not None
    assert "hoàn thành ngày 14/03/2022" in confirmed.text
    assert COUNTS in coming.text


def test_what_was_told_already_is_not_asked(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    assert PROOF in talk.say(PLANS, "tổ chức 1 hội nghị, 45 người dự")[-1].text


def test_every_question_can_be_skipped(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    heard = [talk.reply(PLANS, "bỏ qua") for _ in range(4)]
    assert "Đã hết câu hỏi về việc #A1" in heard[-1]
    assert answers(talk) == []


def test_no_is_an_answer(talk: Conversation) -> None:
    for text in ("báo cáo #A1", "xong"):
        talk.say(PLANS, text)
    heard = [talk.reply(PLANS, text) for text in ("không có", "khong", "không")]
    assert "Đã hết" in heard[-1]
    assert [answer.kind for answer in answers(talk)] == [Said.DONE]


def test_enough_ends_it(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    assert "không hỏi thêm về việc #A1" in talk.reply(PLANS, "thôi")
    assert talk.reply(PLANS, "bỏ qua").startswith("Không có câu hỏi nào đang chờ.")


@pytest.mark.parametrize("text", ["4", "việc này hạn khi nào?", "ok"])
def test_what_answers_nothing_is_not_recorded_and_it_is_asked_again(talk: Conversation, text: str) -> None:
    talk.say(PLANS, "báo cáo #A1")
    talk.say(PLANS, "bỏ qua")
    again = talk.reply(PLANS, text)
    assert "Chưa ghi nhận gì" in again
    assert COUNTS in again
    assert answers(talk) == []


def test_an_order_is_carried_out_in_between(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    assert "2 việc chưa hoàn thành" in talk.reply(PLANS, "/viec")
    assert COUNTS in talk.say(PLANS, "đang làm")[-1].text


def test_what_is_said_of_another_thing_is_recorded_there(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    talk.say(PLANS, "xong #A2")
    assert talk.owed("A2").obligation.done_at is not None
    assert talk.owed("A1").obligation.is_open


def test_after_an_hour_the_question_is_forgotten(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    talk.now = NOW + timedelta(minutes=61)
    talk.say(PLANS, "đã phát tờ rơi tại các xã")
    assert answers(talk) == []
    with transaction(talk.engine) as session:
        assert session.exec(select(Dialogue)).all() == []


def test_of_several_things_it_is_asked_which(talk: Conversation) -> None:
    [asked] = talk.say(PLANS, "báo cáo")
    assert [choice.says for choice in asked.choices] == ["báo cáo #A1", "báo cáo #A2"]


def test_a_new_report_takes_the_place_of_the_one_before(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo #A1")
    talk.say(PLANS, "báo cáo #A2")
    talk.say(PLANS, "xong")
    assert talk.owed("A2").obligation.done_at is not None
    assert talk.owed("A1").obligation.is_open


def test_undo_takes_back_one_answer_of_it(talk: Conversation) -> None:
    for text in ("báo cáo #A1", "xong", "4 tin", "hoàn tác"):
        talk.say(PLANS, text)
    assert [answer.undone_at is None for answer in answers(talk)] == [True, False]


def test_the_office_is_shown_how_to_ask(talk: Conversation) -> None:
    assert "gõ “tổng hợp”" in talk.reply(OFFICE, "báo cáo")
