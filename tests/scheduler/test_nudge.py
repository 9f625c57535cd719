"""Today's nudges become one letter a chat and slot, and never a second one."""

from datetime import date

import pytest
from sqlmodel import Session, select

from data.milestones import set_milestone
from data.obligations import Heard, Office, answer, decide, settle_open
from data.offices import office_of
from data.tables import Agency, Chat, ChatRole, Letter, LetterState, Nudge
from duties.plan import UnitKind
from duties.progress import Ruling, Said
from scheduler.compose import compose
from tests.conftest import hanoi
from tests.fakes.offices import ONGOING, QUARTER_2, SmallOffice, due_on, duty
from tests.fakes.slots import plan_slot

CONFIRMED = hanoi("2022-03-31 16:45")
LAST_DAY = date(2022, 6, 30)


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    """One quarterly duty of the Văn phòng, due on Thursday 30/06/2022; unit and office are linked."""
    made = SmallOffice(session, agency)
    made.chat("van-phong", CONFIRMED, made.unit("Văn phòng Sở"))
    made.chat("dieu-phoi", CONFIRMED, role=ChatRole.OFFICE)
    return made


def letters(small: SmallOffice, office: Office, when: str) -> list[str]:
    """Plan the slot of a moment, and compose what waits: “chat: text” of each letter with something to say."""
    now = hanoi(when)
    plan_slot(small.session, small.agency, office, now)
    waiting = small.session.exec(select(Letter).where(Letter.state == LetterState.WAITING)).all()
    said = [(letter, _compose(small, letter, office, when)) for letter in waiting]
    return [f"{letter.key}: {text}" for letter, text in said if text]


def _compose(small: SmallOffice, letter: Letter, office: Office, when: str) -> str:
    chat = small.session.get_one(Chat, letter.chat_id)
    message = compose(small.session, letter, chat, office, hanoi(when))
    letter.state = LetterState.SENT
    return message.text


def test_the_first_rung_of_a_quarter_comes_ten_working_days_before(
    small: SmallOffice, office: Office
) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    assert not letters(small, office, "2022-06-15 08:00")
    assert "còn 10 ngày làm việc" in letters(small, office, "2022-06-16 08:00")[0]


def test_planning_again_puts_no_second_letter(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    letters(small, office, "2022-06-16 08:00")
    assert plan_slot(small.session, small.agency, office, hanoi("2022-06-16 08:20")) == 0


def test_a_lost_week_folds_into_one_letter_that_says_so(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    [late] = letters(small, office, "2022-06-28 09:30")
    assert late.count("#A1") == 1
    assert "gộp các lần nhắc chưa gửi được từ ngày 16/06/2022" in late


def test_the_last_day_is_told_twice_unless_it_is_answered(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    assert "Hạn cuối hôm nay" in letters(small, office, "2022-06-30 08:00")[0]
    assert "việc hết hạn trong hôm nay" in letters(small, office, "2022-06-30 14:00")[0]


def test_a_day_off_is_told_and_counted_from_the_day_on_which_it_ends(
    small: SmallOffice, office: Office
) -> None:
    # 31/07/2022 is a Sunday: Monday 1/8 is still on time, so Tuesday 2/8 is the first day late
    small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 7, 31)), "Văn phòng Sở"))
    last_call = [letters(small, office, f"2022-07-29 {hour}:00")[0] for hour in ("08", "14")]
    assert all("hạn Chủ nhật 31/07/2022, tính đến hết ngày 01/08/2022" in said for said in last_call)
    assert not letters(small, office, "2022-08-01 08:00")
    assert "quá 1 ngày làm việc" in letters(small, office, "2022-08-02 08:00")[0]
    assert "quá 3 ngày làm việc" in letters(small, office, "2022-08-04 08:00")[0]


def test_what_is_answered_is_left_in_peace(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    [item] = small.owed()
    answer(small.session, item, Said.DONE, Heard(hanoi("2022-06-10 10:00")), office)
    assert not letters(small, office, "2022-06-30 08:00")


def test_an_answer_between_planning_and_sending_drops_the_nudge(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    plan_slot(small.session, small.agency, office, hanoi("2022-06-16 08:00"))
    answer(small.session, small.owed()[0], Said.DONE, Heard(hanoi("2022-06-16 08:01")), office)
    assert not letters(small, office, "2022-06-16 08:02")
    assert [nudge.dropped for nudge in small.session.exec(select(Nudge))] == [True]


def test_after_three_late_days_the_office_learns_of_it(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    both = letters(small, office, "2022-07-05 08:00")
    assert any("Quá hạn, chưa báo cáo" in text and "Văn phòng Sở" in text for text in both)


def test_an_extension_moves_every_rung(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    [item] = small.owed()
    decide(
        small.session, item, Ruling.EXTEND, Heard(hanoi("2022-06-10 09:00")), office, due=date(2022, 7, 29)
    )
    assert not letters(small, office, "2022-06-30 08:00")
    assert "hạn 29/07/2022" in letters(small, office, "2022-07-15 08:00")[0]


def test_a_request_keeps_the_unit_in_peace_and_reminds_the_office(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    heard = Heard(hanoi("2022-06-27 09:00"))
    answer(small.session, small.owed()[0], Said.EXTENSION, heard, office, wanted_due=date(2022, 7, 15))
    assert not letters(small, office, "2022-06-28 08:00")
    assert "chờ Văn phòng quyết định" in letters(small, office, "2022-06-29 08:00")[0]


def test_nothing_goes_out_on_a_day_off(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    assert not letters(small, office, "2022-06-18 08:00")


def test_nothing_is_planned_while_the_office_has_paused_everything(
    small: SmallOffice, office: Office
) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    small.agency.paused_at = CONFIRMED
    assert not letters(small, office, "2022-06-16 08:00")


def test_a_unit_without_a_chat_is_shown_to_the_office(small: SmallOffice, office: Office) -> None:
    small.unit("Phòng Báo chí")
    small.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Phòng Báo chí"))
    [told] = letters(small, office, "2022-06-16 08:00")
    assert "chưa có kênh nhận tin" in told
    assert "Phòng Báo chí" in told


def test_an_ongoing_duty_is_asked_about_before_the_data_close(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("2.1", ONGOING, "Văn phòng Sở"))
    assert not letters(small, office, "2022-06-06 08:00")
    assert "6 tháng đầu năm 2022: đã làm được gì" in letters(small, office, "2022-06-07 08:00")[0]


def test_a_milestone_is_asked_about_in_the_office_s_words(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("2.1", due_on(date(2022, 12, 31)), "Văn phòng Sở"))
    marked = mark(small, "2.1", date(2022, 5, 20), "xong dự thảo")
    [said] = letters(small, marked, "2022-05-20 08:00")
    assert "mốc 20/05/2022: xong dự thảo, hạn 31/12/2022" in said
    assert not letters(small, marked, "2022-05-20 14:00")


def test_a_milestone_of_an_ongoing_duty_is_asked_about_once(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("2.1", ONGOING, "Văn phòng Sở"))
    [said] = letters(small, mark(small, "2.1", date(2022, 5, 20)), "2022-05-20 08:00")
    assert said.count("mốc 20/05/2022, thường xuyên") == 1


def test_a_milestone_that_was_taken_back_before_its_letter_went_is_not_asked(
    small: SmallOffice, office: Office
) -> None:
    small.confirmed(CONFIRMED, duty("2.1", due_on(date(2022, 12, 31)), "Văn phòng Sở"))
    marked = mark(small, "2.1", date(2022, 5, 20))
    plan_slot(small.session, small.agency, marked, hanoi("2022-05-20 08:00"))
    assert not letters(small, office, "2022-05-20 08:01")


def test_a_milestone_of_what_is_done_is_not_asked(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("2.1", due_on(date(2022, 12, 31)), "Văn phòng Sở"))
    marked = mark(small, "2.1", date(2022, 5, 20))
    answer(small.session, small.owed()[0], Said.DONE, Heard(hanoi("2022-05-10 10:00")), marked)
    assert not letters(small, marked, "2022-05-20 08:00")


def test_an_extension_does_not_ask_the_same_question_again(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("2.1", due_on(date(2022, 12, 31)), "Văn phòng Sở"))
    assert letters(small, office, "2022-06-07 08:00")
    heard = Heard(hanoi("2022-06-07 09:00"))
    decide(small.session, small.owed()[0], Ruling.EXTEND, heard, office, due=date(2023, 1, 31))
    assert not letters(small, office, "2022-06-08 08:00")


def mark(small: SmallOffice, code: str, day: date, about: str = "") -> Office:
    """The office with a milestone set, and everything open reckoned anew."""
    [marked] = {item.duty.id: item.duty for item in small.owed() if item.duty.code == code}.values()
    set_milestone(small.session, marked, day, about, Heard(CONFIRMED))
    office = office_of(small.session, small.agency, CONFIRMED.date())
    settle_open(small.session, small.agency_id, office)
    return office


def test_a_named_partner_is_told_once_with_the_first_rung(small: SmallOffice, office: Office) -> None:
    small.chat("bao-chi", CONFIRMED, small.unit("Phòng Báo chí", UnitKind.DEPARTMENT))
    shared = duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở", partners=("Phòng Báo chí",))
    small.confirmed(CONFIRMED, shared)
    told = [text for when in ("2022-06-16", "2022-06-23") for text in letters(small, office, f"{when} 08:00")]
    assert sum("Văn phòng Sở chủ trì" in text for text in told) == 1


def test_a_partner_is_told_though_the_lead_was_asked_how_it_goes_before(
    small: SmallOffice, office: Office
) -> None:
    small.chat("bao-chi", CONFIRMED, small.unit("Phòng Báo chí", UnitKind.DEPARTMENT))
    due = due_on(date(2022, 12, 30))
    small.confirmed(CONFIRMED, duty("1.1", due, "Văn phòng Sở", partners=("Phòng Báo chí",)))
    letters(small, office, "2022-06-07 08:00")
    assert any("Văn phòng Sở chủ trì" in text for text in letters(small, office, "2022-12-16 08:00"))
