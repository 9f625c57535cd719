"""The office decides many things at once, for units without a chat, and by days that were named."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation, with_three_owed

NOW = hanoi("2022-03-14 09:00")
MARCH, JUNE = date(2022, 3, 31), date(2022, 6, 30)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return with_three_owed(engine, NOW)


def due(talk: Conversation, *codes: str) -> list[date | None]:
    return [talk.owed(code).obligation.due for code in codes]


def is_open(talk: Conversation, *codes: str) -> list[bool]:
    return [talk.owed(code).obligation.is_open for code in codes]


def test_a_range_of_what_waits_is_accepted(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 #A2")
    talk.say(PRESS, "xong #A3")
    talk.say(OFFICE, "/choduyet")
    assert "#A1, #A2, #A3" in talk.reply(OFFICE, "duyệt 1-3")


def test_several_are_sent_back_with_one_reason(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 #A2")
    talk.say(OFFICE, "/choduyet")
    talk.say(OFFICE, "trả lại 1, 2: thiếu minh chứng")
    assert is_open(talk, "A1", "A2") == [True, True]
    assert all("thiếu minh chứng" in told for told in talk.told(PLANS)[-2:])


def test_sent_back_with_a_new_day_both_are_shown(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    told = talk.reply(OFFICE, "trả lại #A1 thiếu số liệu, hạn mới 15/4")
    assert due(talk, "A1") == [date(2022, 4, 15)]
    assert "hạn mới 15/04/2022" in told


def test_several_get_more_time_at_once(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    talk.say(PLANS, "1, 2 xin lùi đến 15/7")
    talk.say(OFFICE, "/choduyet")
    talk.say(OFFICE, "gia hạn 1, 2 đến 8/7")
    assert due(talk, "A1", "A2") == [date(2022, 7, 8), date(2022, 7, 8)]


def test_all_that_waits_is_sent_back_for_the_reason_that_was_given(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 #A2")
    [asked] = talk.say(OFFICE, "trả lại tất cả: thiếu minh chứng")
    talk.say(OFFICE, asked.choices[0].says)
    assert is_open(talk, "A1", "A2") == [True, True]
    assert "thiếu minh chứng" in talk.told(PLANS)[-1]


def test_all_is_not_sent_back_without_a_reason(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 #A2")
    assert "Xin ghi lý do trả lại" in talk.reply(OFFICE, "trả lại tất cả")


def test_all_requests_are_refused_for_the_reason_that_was_given(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xin lùi đến 20/4")
    talk.say(PRESS, "#A3 xin lùi đến 20/7")
    [asked] = talk.say(OFFICE, "từ chối tất cả vì đã quá muộn")
    talk.say(OFFICE, asked.choices[0].says)
    assert due(talk, "A1", "A3") == [MARCH, JUNE]
    assert "đã quá muộn" in talk.told(PRESS)[-1]


def test_an_earlier_day_counts_when_the_office_accepts_and_it_says_so(talk: Conversation) -> None:
    talk.now = hanoi("2022-04-04 09:00")
    talk.say(PLANS, "xong #A1 ngày 30/3")
    assert "nêu ngày 30/03/2022" in talk.reply(OFFICE, "/choduyet")
    assert "(#A1 tính hoàn thành ngày 30/03/2022)" in talk.reply(OFFICE, "duyệt #A1")


def test_before_it_is_accepted_the_earlier_day_does_not_count(talk: Conversation) -> None:
    talk.now = hanoi("2022-04-04 09:00")
    talk.say(PLANS, "xong #A1 ngày 30/3")
    assert "(quá hạn)" in talk.reply(OFFICE, "/choduyet")


def test_what_the_office_reports_for_a_unit_is_marked_wherever_it_is_shown(talk: Conversation) -> None:
    talk.say(OFFICE, "xong #A1")
    assert "báo hoàn thành ngày 14/03/2022 (Văn phòng ghi thay)" in talk.reply(OFFICE, "/choduyet")
    assert "đã hoàn thành ngày 14/03/2022 (Văn phòng ghi thay)" in talk.reply(PLANS, "chi tiết #A1")


def test_said_by_the_unit_itself_it_bears_no_mark(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert "ghi thay" not in talk.reply(OFFICE, "/choduyet")


def test_a_move_is_taken_back_like_anything_else(talk: Conversation) -> None:
    assert "hoàn tác" in talk.reply(OFFICE, f"chuyển #A1 sang {PRESS}")
    talk.say(OFFICE, "hoàn tác")
    assert is_open(talk, "A1", "A4") == [True, False]


def test_what_the_new_unit_has_done_is_not_moved_back(talk: Conversation) -> None:
    talk.say(OFFICE, f"chuyển #A1 sang {PRESS}")
    talk.say(PRESS, "xong #A4")
    assert "đã khép lại" in talk.reply(OFFICE, "hoàn tác")
