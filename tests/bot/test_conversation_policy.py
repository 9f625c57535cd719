"""The office sees and changes in the chat how reminders go out, for itself and for one plan, and sets milestones."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.tables import Agency, Nudge, Plan
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, due_on, duty

NOW = hanoi("2022-03-14 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS),
        duty("2.1", due_on(date(2022, 12, 31)), PLANS, PRESS),
        duty("3.1", ONGOING, PRESS),
    )
    return made


def next_rung(talk: Conversation, short_code: str) -> date | None:
    return talk.owed(short_code).obligation.next_rung_on


def agency(talk: Conversation) -> Agency:
    with transaction(talk.engine) as session:
        return session.exec(select(Agency)).one()


def test_the_office_sees_its_policy_in_words(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "/lichnhac")
    assert "Trước hạn, kỳ từ một quý trở lên (ngày làm việc): 10, 5, 2, 0" in said
    assert "Giờ gửi buổi sáng: 08:00" in said


def test_a_change_moves_what_is_open_and_says_how_much_and_how_to_go_back(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "nhắc tháng trước 3, 0 ngày")
    assert said.startswith(
        "Đã đặt: nhắc tháng trước 3, 0 ngày. Lần nhắc tới thay đổi ở 1/7 phần việc đang mở. "
        "Muốn như cũ, gõ “nhắc tháng trước 5, 2, 0 ngày”."
    )
    assert next_rung(talk, "A1") == date(2022, 3, 28)


def test_the_words_that_put_it_back_put_it_back(talk: Conversation) -> None:
    talk.say(OFFICE, "nhắc tháng trước 3, 0 ngày")
    talk.say(OFFICE, "nhắc tháng trước 5, 2, 0 ngày")
    assert (next_rung(talk, "A1"), "policy" in agency(talk).settings) == (date(2022, 3, 24), False)


@pytest.mark.parametrize("plan", ["", "kế hoạch 485: "])
def test_a_change_is_taken_back_like_all_else(talk: Conversation, plan: str) -> None:
    talk.say(OFFICE, f"{plan}nhắc tháng trước 3, 0 ngày")
    talk.say(OFFICE, "hoàn tác")
    assert next_rung(talk, "A1") == date(2022, 3, 24)


def test_so_is_a_milestone(talk: Conversation) -> None:
    talk.say(OFFICE, "mốc 2.1 ngày 20/5")
    talk.say(OFFICE, "hoàn tác")
    assert "Chưa đặt mốc nào." in talk.reply(OFFICE, "các mốc")


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("nhắc quý trước -5 ngày", "Số ngày nhắc trước phải từ 0 đến 250."),
        ("nhắc lãnh đạo sau 0 ngày", "Số ngày nhắc sau hạn phải từ 1 đến 250."),
        ("chỉ gửi trong giờ 17:00 đến 7:30", "Các giờ phải theo thứ tự"),
        ("giờ gửi 14:00 và 8:00", "Các giờ phải theo thứ tự"),
        ("gửi bù đến 14:00", "Các giờ phải theo thứ tự"),
        ("gửi bù đến 14:05", "Từ giờ gửi này đến giờ sau phải cách ít nhất 15 phút."),
        ("kỳ dài từ 400 ngày nhắc như quý", "Kỳ nhắc như tháng không được dài hơn kỳ nhắc như quý"),
        ("thôi nhắc sau 3 ngày", "Lần nhắc sau hạn cuối cùng phải trước khi thôi nhắc."),
        ("nhắc tháng trước 5, 2, 0 ngày", "Lịch nhắc vốn đã như vậy"),
        ("kế hoạch 999: nhắc quý trước 5 ngày", "Không có kế hoạch nào số 999."),
        ("kế hoạch 485: giờ gửi 9:00 và 14:00", "Giờ gửi là chung của cơ quan"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(talk: Conversation, says: str, why: str) -> None:
    said = talk.reply(OFFICE, says)
    assert said.startswith(why)
    assert (len(said.splitlines()), "policy" in agency(talk).settings) == (1, False)


def test_a_plan_may_be_nudged_in_its_own_way(talk: Conversation) -> None:
    assert "Đã đặt: kế hoạch 485/KH-STTTT: nhắc tháng trước 3 ngày." in talk.reply(
        OFFICE, "kế hoạch 485: nhắc tháng trước 3 ngày"
    )
    assert (next_rung(talk, "A1"), "policy" in agency(talk).settings) == (date(2022, 3, 28), False)
    assert "Kế hoạch 485/KH-STTTT nhắc riêng: nhắc tháng trước 3 ngày." in talk.reply(OFFICE, "lịch nhắc")


def test_what_is_longer_than_half_of_its_periods_is_said_to_be_in_vain(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "kế hoạch 485: nhắc tuần trước 50, 6, 5, 1, 0 ngày")
    assert "Lưu ý: lần nhắc trước 50, 6 ngày dài hơn nửa kỳ nên sẽ không gửi." in said


def test_a_plan_goes_back_to_what_its_office_does(talk: Conversation) -> None:
    talk.say(OFFICE, "kế hoạch 485: nhắc tháng trước 3 ngày")
    assert "Kế hoạch 485/KH-STTTT nhắc như cơ quan." in talk.reply(OFFICE, "kế hoạch 485: nhắc như cơ quan")
    with transaction(talk.engine) as session:
        assert session.exec(select(Plan)).one().settings == {}


def test_the_office_cannot_set_what_a_plan_of_its_own_way_makes_impossible(talk: Conversation) -> None:
    talk.say(OFFICE, "kế hoạch 485: nhắc sau hạn 1, 25 ngày")
    said = talk.reply(OFFICE, "thôi nhắc sau 10 ngày")
    assert said.startswith("Không hợp với lịch nhắc riêng của kế hoạch 485/KH-STTTT")


def test_no_rung_is_made_up_for_a_day_gone_by(talk: Conversation) -> None:
    talk.plan(duty("5.1", due_on(date(2022, 4, 29)), PRESS))
    talk.now = hanoi("2022-04-18 09:00")  # eleven working days before is 14/04
    talk.say(OFFICE, "nhắc tháng trước 11, 5, 2, 0 ngày")
    with transaction(talk.engine) as session:
        written = [(nudge.rung, nudge.dropped) for nudge in session.exec(select(Nudge))]
    assert (written, next_rung(talk, "A8")) == ([("before:11", True)], date(2022, 4, 22))


def test_only_the_office_may_change_it(talk: Conversation) -> None:
    assert "do Văn phòng quyết định" in talk.reply(PLANS, "nhắc quý trước 1 ngày")


def test_a_milestone_names_who_will_be_asked_and_how_to_take_it_back(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "mốc 2.1 ngày 20/5: xong dự thảo")
    assert f"sẽ hỏi tiến độ: {PLANS}; {PRESS}." in said
    assert "“bỏ mốc 2.1 ngày 20/05/2022”" in said
    assert "20/05/2022 — 2.1" in talk.reply(OFFICE, "các mốc")


def test_a_milestone_taken_back_is_gone(talk: Conversation) -> None:
    talk.say(OFFICE, "mốc 2.1 ngày 16/3")
    assert next_rung(talk, "A2") == date(2022, 3, 16)
    talk.say(OFFICE, "bỏ mốc 2.1 ngày 16/3")
    assert next_rung(talk, "A2") == date(2022, 6, 7)


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("mốc 2.1 ngày 1/3/2022", "Ngày 01/03/2022 đã qua"),
        ("mốc 1.1 ngày 20/5", "Không có phần việc nào của nhiệm vụ 1.1 còn mở"),
        ("bỏ mốc 2.1 ngày 20/5", "Nhiệm vụ 2.1 không có mốc ngày 20/05/2022"),
    ],
)
def test_a_milestone_that_nobody_would_hear_of_is_refused(talk: Conversation, says: str, why: str) -> None:
    assert talk.reply(OFFICE, says).startswith(why)


def test_a_milestone_of_an_ongoing_duty_belongs_to_the_window_that_closes_next(talk: Conversation) -> None:
    assert f"sẽ hỏi tiến độ: {PRESS}." in talk.reply(OFFICE, "mốc 3.1 ngày 20/5")
