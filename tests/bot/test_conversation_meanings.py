"""The office says in the chat what a deadline means and when an event happened."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.tables import Duty, DutyEvent
from duties.deadline import Years
from duties.grammar import read_deadline
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import duty

NOW = hanoi("2022-03-14 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.3", read_deadline("30/6/2022", Years.of(2022)), PLANS),
        duty("1.4", read_deadline("Hằng quý", Years.of(2022)), PRESS),
        duty("2.3", read_deadline("05 ngày làm việc kể từ ngày nhận được văn bản", Years.of(2022)), PLANS),
        duty("2.4", read_deadline("Sau khi có Quyết định của UBND tỉnh", Years.of(2022)), PLANS),
    )
    return made


def due(talk: Conversation, short_code: str) -> date | None:
    return talk.owed(short_code).obligation.due


def test_the_office_s_words_set_the_date_of_a_plan_in_force(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "1.3 hạn 20/6")
    assert "Nhiệm vụ 1.3: Chậm nhất ngày 20/6 (kế hoạch ghi “30/6/2022”)." in said
    assert due(talk, "A1") == date(2022, 6, 20)


def test_the_plan_s_phrase_stays_and_is_shown_beside_it(talk: Conversation) -> None:
    talk.say(OFFICE, "1.3 hạn 20/6")
    shown = talk.reply(PLANS, "chi tiết #A1")
    assert "(kế hoạch ghi: “30/6/2022”; Văn phòng hiểu là: “20/6”)" in shown


def test_the_unit_hears_of_its_new_date(talk: Conversation) -> None:
    talk.say(OFFICE, "1.3 hạn 20/6")
    assert "(#A1): hạn 20/06/2022" in talk.told(PLANS)[-1]


def test_a_short_code_names_the_duty_too(talk: Conversation) -> None:
    talk.say(OFFICE, "#A1 hạn 20/6")
    assert due(talk, "A1") == date(2022, 6, 20)


def test_a_rhythm_in_words_dates_every_quarter(talk: Conversation) -> None:
    talk.say(OFFICE, "1.4 thời hạn ngày 10 tháng đầu quý sau")
    assert [due(talk, code) for code in ("A2", "A3", "A4", "A5")] == [
        date(2022, 4, 10),
        date(2022, 7, 10),
        date(2022, 10, 10),
        date(2023, 1, 10),
    ]


def test_a_day_of_a_quarter_without_its_month_is_asked_with_its_choices(talk: Conversation) -> None:
    asked = talk.say(OFFICE, "1.4 thời hạn hằng quý, ngày 10")[0]
    assert asked.text == "Ngày 10 của tháng nào trong quý? Chưa ghi gì cho nhiệm vụ 1.4."
    assert [choice.says for choice in asked.choices] == [
        "1.4 hạn ngày 10 tháng cuối hằng quý",
        "1.4 hạn ngày 10 tháng đầu hằng quý",
        "1.4 hạn ngày 10 tháng đầu quý sau",
    ]


def test_each_of_those_choices_is_understood(talk: Conversation) -> None:
    choices = talk.say(OFFICE, "1.4 thời hạn hằng quý, ngày 10")[0].choices
    answers = [talk.reply(OFFICE, choice.says) for choice in choices]
    assert ["hạn cuối 10/3" in answers[0], "hạn cuối 10/1" in answers[1], "hạn cuối 10/4" in answers[2]] == [
        True,
        True,
        True,
    ]


def test_what_is_not_understood_changes_nothing(talk: Conversation) -> None:
    assert "Chưa hiểu thời hạn “sớm”" in talk.reply(OFFICE, "1.3 hạn sớm")
    assert due(talk, "A1") == date(2022, 6, 30)


def test_what_is_no_longer_owed_is_said_to_both(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "1.4 hạn 30/9")
    assert "Rút lại, vì không còn theo thời hạn này (3)" in said
    assert "(#A2): không còn phải báo cáo kỳ này" in talk.told(PRESS)[-1]


def test_the_code_of_what_was_withdrawn_says_so(talk: Conversation) -> None:
    talk.say(OFFICE, "1.4 hạn 30/9")
    assert "Việc #A2 đã được Văn phòng rút" in talk.reply(PRESS, "xong #A2")


def test_what_a_unit_answered_is_kept_and_the_office_is_told(talk: Conversation) -> None:
    talk.say(PRESS, "#A2 đang làm")
    said = talk.reply(OFFICE, "1.4 hạn 30/11")
    assert "Giữ lại, vì đã có báo cáo hoặc quyết định" in said
    assert talk.owed("A2").obligation.in_progress


def test_a_date_that_has_passed_is_asked_about(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "1.3 hạn 1/3")
    assert "1 phần việc có hạn đã qua, đang tạm giữ chưa nhắc. Xử lý thế nào?" in said


def test_only_the_office_sets_a_deadline(talk: Conversation) -> None:
    assert "do Văn phòng quyết định" in talk.reply(PLANS, "1.3 hạn 30/12")
    assert due(talk, "A1") == date(2022, 6, 30)


def test_an_event_dates_the_duty_that_waits_for_it(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "2.3 sự kiện ngày 11/3")
    assert (
        "Đã ghi: sự kiện của nhiệm vụ 2.3 (nhận được văn bản) ngày 11/03/2022. "
        "Hạn 18/03/2022 (5 ngày làm việc, không tính ngày đầu)." in said
    )
    assert due(talk, "A6") == date(2022, 3, 18)


def test_an_event_keeps_who_recorded_it_and_when(talk: Conversation) -> None:
    talk.say(OFFICE, "ngày nhận được văn bản của 2.3 là 11/3")
    with transaction(talk.engine) as session:
        event = session.exec(select(DutyEvent)).one()
        assert (event.day, event.sender) == (date(2022, 3, 11), OFFICE)
        assert event.chat_id is not None


def test_a_wrong_day_is_replaced_by_the_right_one(talk: Conversation) -> None:
    talk.say(OFFICE, "2.3 sự kiện ngày 11/3")
    talk.say(OFFICE, "2.3 sự kiện ngày 14/3, không phải 11/3")
    assert due(talk, "A6") == date(2022, 3, 21)


def test_a_day_that_was_never_recorded_cannot_be_replaced(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "2.3 sự kiện ngày 14/3, không phải 11/3")
    assert said == "Chưa ghi sự kiện ngày 11/03/2022 nào cho nhiệm vụ 2.3."


def test_where_the_plan_counts_no_days_the_due_date_is_asked(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "2.4 sự kiện ngày 11/3")
    assert "không nêu bao nhiêu ngày. Xin ghi cả hạn" in said


def test_the_office_may_say_the_due_date_with_the_event(talk: Conversation) -> None:
    talk.say(OFFICE, "2.4 sự kiện ngày 11/3, hạn 31/3")
    assert due(talk, "A6") == date(2022, 3, 31)


def test_an_event_taken_back_takes_its_obligation_along(talk: Conversation) -> None:
    talk.say(OFFICE, "2.3 sự kiện ngày 11/3")
    assert "Rút lại" in talk.reply(OFFICE, "bỏ sự kiện 11/3 của 2.3")


def test_a_duty_that_waits_for_nothing_takes_no_event(talk: Conversation) -> None:
    assert "không tính hạn từ một sự kiện" in talk.reply(OFFICE, "1.3 sự kiện ngày 11/3")


def test_the_printed_phrase_is_never_overwritten(talk: Conversation) -> None:
    talk.say(OFFICE, "1.3 hạn 20/6")
    with transaction(talk.engine) as session:
        assert session.exec(select(Duty.phrase).where(Duty.code == "1.3")).one() == "30/6/2022"
