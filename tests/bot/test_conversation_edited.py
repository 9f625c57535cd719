"""A sent message that is changed is heard anew; what it recorded before is taken back first, and that is said."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from bot.conversation import handle_safely
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
JUNE = date(2022, 6, 30)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, NOW)
    made.plan(duty("1.1", due_on(JUNE), PLANS, row=1), duty("1.2", due_on(JUNE), PLANS, row=2))
    return made


def said(talk: Conversation, text: str) -> int:
    inbox_id = talk.hear(PLANS, text)
    handle_safely(talk.engine, inbox_id, talk.now)
    return inbox_id


def done(talk: Conversation) -> list[bool]:
    return [talk.owed(code).obligation.done_at is not None for code in ("A1", "A2")]


def test_the_changed_words_count_and_the_old_ones_do_not(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    told = " ".join(message.text for message in talk.say(PLANS, "xong #A2", edits=first))
    assert done(talk) == [False, True]
    assert told.startswith("Tin đã được sửa nên ghi lại từ đầu.\nĐã hoàn tác: báo hoàn thành của việc #A1")


def test_changed_to_a_denial_nothing_is_done(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    talk.say(PLANS, "#A1 chưa xong", edits=first)
    assert done(talk) == [False, False]


def test_changed_twice_the_last_words_count(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    second = talk.hear(PLANS, "xong #A2", edits=first)
    handle_safely(talk.engine, second, talk.now)
    talk.say(PLANS, "xong #A1 #A2", edits=second)
    assert done(talk) == [True, True]


def test_words_that_did_not_change_say_nothing(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    assert talk.say(PLANS, "xong #A1", edits=first) == []
    assert done(talk) == [True, False]


def test_changed_to_what_is_not_understood_the_first_words_stand(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    assert "vẫn giữ nguyên" in talk.reply(PLANS, "chúc cả phòng cuối tuần vui vẻ", edits=first)
    assert done(talk) == [True, False]


def test_a_typing_error_put_right_is_simply_heard(talk: Conversation) -> None:
    first = said(talk, "xogn #A1")
    told = talk.reply(PLANS, "xong #A1", edits=first)
    assert done(talk) == [True, False]
    assert told.startswith("Đã ghi nhận")


def test_after_the_office_decided_a_change_is_not_recorded_and_it_says_why(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    talk.say(OFFICE, "duyệt #A1")
    told = talk.reply(PLANS, "xong #A2", edits=first)
    assert told.startswith("Tin vừa sửa không được ghi: Văn phòng đã quyết định")
    assert done(talk) == [True, False]


def test_after_a_day_a_change_is_not_recorded(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    talk.now += timedelta(hours=25)
    assert "quá 24 giờ" in talk.reply(PLANS, "xong #A2", edits=first)
    assert done(talk) == [True, False]


def test_a_change_that_may_not_be_carried_out_leaves_the_first_words_in_force(talk: Conversation) -> None:
    first = said(talk, "xong #A1")
    talk.say(PLANS, "xong #B9", edits=first)
    assert done(talk) == [True, False]
