"""The office changes its calendar and its report windows in the chat; what is open is reckoned anew."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.tables import DayOff
from duties.deadline import Years
from duties.grammar import read_deadline
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import ONGOING, due_on, duty

NOW = hanoi("2022-03-14 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS),
        duty("2.3", read_deadline("05 ngày làm việc kể từ ngày nhận được văn bản", Years.of(2022)), PLANS),
        duty("3.1", ONGOING, PLANS),
    )
    return made


def next_rung(talk: Conversation, short_code: str) -> date | None:
    return talk.owed(short_code).obligation.next_rung_on


def windows(talk: Conversation) -> list[str | None]:
    with talk.office() as small:
        return [item.occurrence.window for item in small.owed() if item.occurrence.window]


def test_a_day_off_is_recorded_with_its_reason(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "nghỉ 24/3: Đại hội Công đoàn")
    assert "Đã ghi: cơ quan nghỉ Thứ Năm 24/03/2022 (Đại hội Công đoàn)." in said
    assert "Thứ Năm 24/03/2022: Đại hội Công đoàn (Văn phòng ghi, Văn phòng, 14/03/2022)" in talk.reply(
        OFFICE, "/lichnghi"
    )


def test_a_day_off_moves_the_reminders_of_what_is_open(talk: Conversation) -> None:
    assert next_rung(talk, "A1") == date(2022, 3, 24)
    talk.say(OFFICE, "nghỉ 24/3")
    assert next_rung(talk, "A1") == date(2022, 3, 23)


def test_a_worked_saturday_moves_them_too(talk: Conversation) -> None:
    talk.say(OFFICE, "làm bù thứ Bảy 26/3")
    assert next_rung(talk, "A1") == date(2022, 3, 25)


def test_a_change_taken_back_leaves_no_trace_in_the_reminders(talk: Conversation) -> None:
    talk.say(OFFICE, "nghỉ 24/3")
    talk.say(OFFICE, "bỏ ngày nghỉ 24/3")
    assert next_rung(talk, "A1") == date(2022, 3, 24)


def test_the_words_that_take_a_change_back_are_understood(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "làm bù thứ Bảy 26/3")
    assert "Gõ “bỏ ngày làm việc 26/03/2022” nếu nhầm." in said
    assert "Đã bỏ thay đổi của Văn phòng về Thứ Bảy 26/03/2022" in talk.reply(
        OFFICE, "bỏ ngày làm việc 26/03/2022"
    )


def test_what_nobody_changed_cannot_be_taken_back(talk: Conversation) -> None:
    assert "chưa ghi thay đổi nào cho Thứ Năm 24/03/2022" in talk.reply(OFFICE, "bỏ ngày nghỉ 24/3")


def test_working_days_after_an_event_are_counted_anew(talk: Conversation) -> None:
    talk.say(OFFICE, "2.3 sự kiện ngày 11/3")
    said = talk.reply(OFFICE, "nghỉ 16/3")
    assert "Đổi hạn (1): #A6 Phòng Kế hoạch - Tài chính, hạn 21/03/2022." in said


def test_a_change_keeps_who_made_it(talk: Conversation) -> None:
    talk.say(OFFICE, "nghỉ 24/3")
    with transaction(talk.engine) as session:
        row = session.exec(select(DayOff)).one()
        assert (row.sender, row.chat_id is not None) == (OFFICE, True)


def test_a_unit_may_look_and_not_change(talk: Conversation) -> None:
    assert "Lịch nghỉ năm 2022" in talk.reply(PLANS, "lịch nghỉ")
    assert "do Văn phòng quyết định" in talk.reply(PLANS, "nghỉ 24/3")


def test_a_year_that_was_not_announced_says_so(talk: Conversation) -> None:
    assert "Năm 2027 chưa có thông báo nghỉ lễ" in talk.reply(OFFICE, "/lichnghi 2027")


def test_the_office_enters_an_announcement(talk: Conversation) -> None:
    talk.say(OFFICE, "đã có thông báo nghỉ năm 2027")
    assert "chưa có thông báo" not in talk.reply(OFFICE, "/lichnghi 2027")


def test_the_shipped_swap_is_in_the_list(talk: Conversation) -> None:
    shown = talk.reply(OFFICE, "/lichnghi 2026")
    assert "Thứ Sáu 02/01/2026: Nghỉ hoán đổi (làm bù Thứ Bảy 10/01/2026)" in shown
    assert "Thứ Bảy 10/01/2026: Làm bù cho ngày 02/01/2026" in shown


def test_the_culture_day_is_a_switch_for_every_year(talk: Conversation) -> None:
    talk.say(OFFICE, "ngày Văn hóa 24/11: làm việc")
    shown = talk.reply(OFFICE, "/lichnghi 2026") + talk.reply(OFFICE, "/lichnghi 2029")
    assert "Ngày Văn hóa" not in shown


def test_the_rule_of_the_next_working_day_is_said_with_its_law(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "hạn rơi ngày nghỉ")
    assert (
        said
        == "Hạn rơi vào ngày nghỉ: được tính đến hết ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148 khoản 5)."
    )


def test_the_rule_can_be_switched_off(talk: Conversation) -> None:
    talk.say(OFFICE, "hạn rơi ngày nghỉ: không lùi")
    with talk.office() as small:
        assert not small.agency.lenient


def test_other_report_windows_bring_other_questions(talk: Conversation) -> None:
    talk.say(OFFICE, "kỳ báo cáo: quý I, quý II, quý III, năm")
    assert sorted(filter(None, windows(talk))) == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Y"]


def test_a_later_cut_off_asks_later(talk: Conversation) -> None:
    before = next_rung(talk, "A3")
    talk.say(OFFICE, "chốt số liệu ngày 25, gửi báo cáo ngày 28")
    assert (before, next_rung(talk, "A3")) == (date(2022, 6, 7), date(2022, 6, 17))


def test_data_cannot_close_after_their_report(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "chốt số liệu ngày 25, gửi báo cáo ngày 20")
    assert "Ngày chốt số liệu phải trước hoặc đúng ngày gửi báo cáo" in said


def test_a_unit_goes_on_under_another_name(talk: Conversation) -> None:
    talk.say(OFFICE, "đổi tên Phòng Kế hoạch - Tài chính thành Phòng Tài chính")
    assert "Phòng Tài chính" in talk.reply(OFFICE, "/donvi")


def test_a_name_is_given_once(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "đổi tên Phòng Kế hoạch - Tài chính thành Phòng Thông tin - Báo chí")
    assert said == "Đã có đơn vị “Phòng Thông tin - Báo chí”; xin chọn tên khác."
