"""What people really type between two tasks: asked once more, taken back, on a condition, about another's work."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.tables import Answer, ChatRole, Decision
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """The planning unit owes #A1 and #A2, the press unit #A3."""
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 6, 30)), PLANS, row=2),
        duty("1.3", due_on(date(2022, 3, 31)), PRESS, row=3),
    )
    return made


def answers(talk: Conversation) -> int:
    with transaction(talk.engine) as session:
        return len(session.exec(select(Answer)).all())


def decisions(talk: Conversation) -> int:
    with transaction(talk.engine) as session:
        return len(session.exec(select(Decision)).all())


def is_done(talk: Conversation, code: str) -> bool:
    return talk.owed(code).obligation.done_at is not None


# Requests.


def test_taking_a_request_back_is_no_request(talk: Conversation) -> None:
    told = talk.reply(PLANS, "rút đề nghị gia hạn #A1 đến 20/6")
    assert told.startswith("Muốn rút lại điều vừa báo")
    assert answers(talk) == 0


def test_asking_whether_it_was_granted_is_no_request(talk: Conversation) -> None:
    talk.say(PLANS, "văn phòng đã duyệt gia hạn #A1 đến 20/6 chưa ạ")
    assert answers(talk) == 0


@pytest.mark.parametrize("says", ["#A1 xin lùi đến 20/6 vì chờ số liệu", "#A1 không phải việc của phòng tôi"])
def test_the_same_request_twice_is_one_request(talk: Conversation, says: str) -> None:
    talk.say(PLANS, says)
    assert "đang chờ Văn phòng quyết định" in talk.reply(PLANS, says)
    assert (answers(talk), len(talk.told(OFFICE))) == (1, 1)


def test_another_day_is_another_request(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xin lùi đến 20/6")
    talk.say(PLANS, "#A1 xin lùi đến 25/6")
    assert answers(talk) == 2


def test_a_unit_that_hands_its_work_on_hears_how_to_ask(talk: Conversation) -> None:
    assert "không phải việc của phòng tôi" in talk.reply(PLANS, f"chuyển #A1 sang {PRESS}")


def test_the_office_is_not_sent_to_the_office(talk: Conversation) -> None:
    assert "liên hệ Văn phòng" not in talk.reply(OFFICE, "#A1 nhắc lại sau 3 ngày")


# A verb alone.


def test_done_alone_is_the_one_thing_on_the_list(talk: Conversation) -> None:
    talk.say(PRESS, "việc của tôi")
    talk.say(PRESS, "xong")
    assert is_done(talk, "A3")


def test_done_alone_is_asked_back_once_another_thing_was_named(talk: Conversation) -> None:
    talk.say(PLANS, "việc tháng 6")  # one thing
    talk.say(PLANS, "chi tiết #A1")
    talk.now += timedelta(hours=2)
    talk.say(PLANS, "xong")
    assert not is_done(talk, "A2")


def test_a_number_answers_our_question_which(talk: Conversation) -> None:
    talk.say(PLANS, "xong")
    assert talk.reply(PLANS, "2").startswith("Đã ghi nhận: việc #A2")


def test_a_number_further_down_is_meant_as_well(talk: Conversation) -> None:
    talk.say(PLANS, "báo cáo")
    assert "kết quả thế nào" in talk.reply(PLANS, "2")


def test_what_the_question_left_open_is_asked_next(talk: Conversation) -> None:
    talk.say(PLANS, "xin lùi hạn")
    assert talk.reply(PLANS, "1").startswith("Xin ghi ngày muốn lùi đến cho việc #A1")


def test_a_number_after_a_list_only_points(talk: Conversation) -> None:
    talk.say(PLANS, "việc của tôi")
    talk.say(PLANS, "1")
    assert answers(talk) == 0


def test_a_number_the_next_morning_only_points(talk: Conversation) -> None:
    talk.say(PLANS, "xong")
    talk.now += timedelta(hours=20)
    talk.say(PLANS, "1")
    assert answers(talk) == 0


# Decisions.


def test_an_approval_on_a_condition_approves_nothing(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, "duyệt #A1 nhưng phải bổ sung số liệu")
    assert decisions(talk) == 0


def test_approving_alone_is_about_what_waits_not_about_the_list(talk: Conversation) -> None:
    talk.say(OFFICE, "/viec")
    talk.say(PLANS, "xong #A1")
    talk.say(PRESS, "xong #A3")
    shown = talk.say(OFFICE, "/duyet")[0]
    assert [choice.label for choice in shown.choices] == ["#A1", "#A3"]


def test_approving_alone_when_nothing_waits_says_so(talk: Conversation) -> None:
    talk.say(OFFICE, "/viec")
    assert talk.reply(OFFICE, "duyệt") == "Không có gì chờ Văn phòng quyết định."


@pytest.mark.parametrize("says", ["duyệt hết của phòng báo chí", "duyệt việc của Phòng Thông tin - Báo chí"])
def test_all_of_one_unit_is_no_other_units(talk: Conversation, says: str) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PRESS, "xong #A3")
    asked = talk.say(OFFICE, says)[0]
    assert asked.choices[0].says == "duyệt #A3"


def test_refusing_what_is_reported_done_hears_how_to_send_it_back(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert "gõ “trả lại #A1” kèm lý do" in talk.reply(OFFICE, "không duyệt #A1")


# Looking.


def test_the_office_sees_the_work_of_one_unit(talk: Conversation) -> None:
    shown = talk.reply(OFFICE, "phòng báo chí còn việc gì")
    assert (f"của {PRESS}" in shown, "#A3" in shown, "#A1" in shown) == (True, True, False)


def test_a_unit_that_asks_about_another_sees_its_own(talk: Conversation) -> None:
    shown = talk.reply(PLANS, f"việc của {PRESS}")
    assert ("#A1" in shown, "#A3" in shown) == (True, False)


def test_who_has_not_reported_is_the_open_list(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    shown = talk.reply(OFFICE, "phòng nào chưa báo cáo")
    assert ("#A1" in shown, "#A3" in shown) == (False, True)


def test_nothing_to_report_is_kept_and_ends_nothing(talk: Conversation) -> None:
    assert "“không phát sinh”" in talk.reply(PLANS, "#A1 không phát sinh")
    assert not is_done(talk, "A1")


def test_a_thumb_up_gets_no_lecture(talk: Conversation) -> None:
    assert talk.say(PLANS, "👍") == []


def test_a_leader_is_offered_nothing_that_would_be_refused(talk: Conversation) -> None:
    with talk.office() as small:
        small.chat("Lãnh đạo", NOW, role=ChatRole.LEADER)
    shown = talk.say("Lãnh đạo", "chi tiết #A1")[0]
    assert [choice.says for choice in shown.choices] == ["/viec"]
    assert "xong 1" not in talk.reply("Lãnh đạo", "/viec")


# Strangers.


def test_a_stranger_may_put_the_code_in_a_sentence(talk: Conversation) -> None:
    assert "Kính chào" in talk.reply("điện thoại mới", f"Em chào anh, mã của em là {talk.code()}, em cảm ơn")


def test_a_sentence_without_a_code_is_no_wrong_code(talk: Conversation) -> None:
    assert "chưa liên kết" in talk.reply("điện thoại mới", "em là Nguyenaa ở phòng báo chí")
