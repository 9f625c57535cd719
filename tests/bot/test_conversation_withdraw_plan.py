"""A plan in force is withdrawn: what it means is told first, units hear one line, and it can be put in force again."""

import asyncio

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.obligations import Item, items
from data.tables import Plan, PlanState, Trail
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

PLAN = """Số: 485/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1 | Xây dựng chuyên mục cải cách hành chính | Phòng Kế hoạch - Tài chính | 30/6 |
| 2 | Tổ chức hội nghị quán triệt kế hoạch | Phòng Thông tin - Báo chí | 30/6 |
| 3 | In và phát tờ rơi giới thiệu dịch vụ công | Phòng Thông tin - Báo chí | 15/7 |
"""
SURE = "rút kế hoạch 485, xác nhận"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """An office whose plan 485 is in force."""
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, file_name="ke-hoach.md", file=PLAN.encode())
    assert "3 phần việc" in talk.reply(OFFICE, "xác nhận")
    return talk


def state(talk: Conversation) -> PlanState:
    with transaction(talk.engine) as session:
        return session.get_one(Plan, 1).state


def owed(talk: Conversation) -> list[Item]:
    with transaction(talk.engine) as session:
        return items(session)


def test_first_it_is_told_what_withdrawing_means(talk: Conversation) -> None:
    told = talk.reply(OFFICE, "rút kế hoạch 485")
    assert f"Còn 3 phần việc chưa xong: {PRESS} 2; {PLANS} 1." in told
    assert "báo cáo, quyết định, minh chứng đã có vẫn được giữ" in told


@pytest.mark.parametrize(
    "words",
    [
        "rút kế hoạch 485",
        "/rutkehoach 485",
        "hủy kế hoạch 485",
        "Thu hồi kế hoạch số 485/KH-STTTT",
        "rút kế hoạch",
    ],
)
def test_nothing_is_withdrawn_before_it_is_confirmed(talk: Conversation, words: str) -> None:
    assert "Chưa rút gì. Nếu đúng, gõ “rút kế hoạch 485/KH-STTTT, xác nhận”." in talk.reply(OFFICE, words)
    assert state(talk) is PlanState.CONFIRMED


@pytest.mark.parametrize("words", [SURE, "/rutkehoach 485 xác nhận", "rút kế hoạch 485/KH-STTTT, xác nhận."])
def test_confirmed_it_is_withdrawn_and_nothing_of_it_is_owed(talk: Conversation, words: str) -> None:
    assert "Đã rút kế hoạch số 485/KH-STTTT." in talk.reply(OFFICE, words)
    assert state(talk) is PlanState.WITHDRAWN
    assert owed(talk) == []


def test_the_button_of_the_answer_withdraws_it(talk: Conversation) -> None:
    [told] = talk.say(OFFICE, "rút kế hoạch 485")
    talk.say(OFFICE, told.choices[0].says)
    assert state(talk) is PlanState.WITHDRAWN


def test_each_unit_with_open_work_hears_one_line(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    assert talk.told(PRESS)[-1] == (
        f"Kính gửi {PRESS}: Văn phòng đã rút kế hoạch số 485/KH-STTTT; 2 phần việc chưa xong của đơn vị theo kế hoạch "
        "này không còn phải thực hiện. Báo cáo đã gửi vẫn được giữ."
    )


def test_who_reports_work_of_a_withdrawn_plan_hears_that_it_is_withdrawn(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    assert "Việc #A1 đã được Văn phòng rút; không cần báo cáo nữa." in talk.reply(PLANS, "xong #A1")


def test_a_unit_that_has_done_its_part_is_not_told(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, SURE)
    assert not [text for text in talk.told(PLANS) if "đã rút" in text]


def test_a_withdrawn_plan_is_listed_as_such(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    assert "Đã rút: kế hoạch số 485/KH-STTTT." in talk.reply(OFFICE, "/kehoach")


def test_the_trail_keeps_who_withdrew_it(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    with transaction(talk.engine) as session:
        [line] = session.exec(select(Trail).where(Trail.action == "withdraw_plan"))
        assert (line.sender, line.detail["open"]) == (OFFICE, 3)


@pytest.mark.parametrize(
    "words", ["hoàn tác", "khôi phục kế hoạch 485", "/khoiphuckehoach 485", "khôi phục kế hoạch"]
)
def test_it_comes_back_with_all_that_was_owed(talk: Conversation, words: str) -> None:
    before = [(each.obligation.short_code, each.obligation.next_rung_on) for each in owed(talk)]
    talk.say(OFFICE, SURE)
    assert "còn 3 phần việc chưa xong" in talk.reply(OFFICE, words)
    assert [(each.obligation.short_code, each.obligation.next_rung_on) for each in owed(talk)] == before


def live(talk: Conversation, moment: str) -> list[str]:
    """What is sent to the unit with work due on 30/06 at that moment."""
    talk.now, channel = hanoi(moment), RecordingChannel()
    plan_agency(talk.engine, 1, talk.now, is_new_day=True)
    asyncio.run(deliver(talk.engine, {"web": channel}, StoppedClock(talk.now)))
    return [message.text for place, message in channel.sent if place.address == PLANS]


def test_reminders_missed_meanwhile_come_in_one_letter(talk: Conversation) -> None:
    talk.now = hanoi("2022-06-14 09:00")
    talk.say(OFFICE, SURE)
    for day in (16, 20, 23, 24):
        live(talk, f"2022-06-{day} 08:00")
    talk.say(OFFICE, "khôi phục kế hoạch 485")
    _, reminder = live(talk, "2022-06-27 08:00")
    assert "Tin này gộp các lần nhắc chưa gửi được từ ngày 16/06/2022." in reminder


def test_while_it_is_withdrawn_nobody_is_reminded(talk: Conversation) -> None:
    talk.now = hanoi("2022-06-14 09:00")
    talk.say(OFFICE, SURE)
    live(talk, "2022-06-14 14:00")
    told = [text for day in (16, 20, 23, 24) for text in live(talk, f"2022-06-{day} 08:00")]
    assert told == []


def test_what_was_reported_before_is_still_reported_after(talk: Conversation) -> None:
    talk.say(PRESS, "xong #A2")
    talk.say(OFFICE, SURE)
    assert "còn 2 phần việc chưa xong" in talk.reply(OFFICE, "khôi phục kế hoạch 485")


def test_units_hear_that_it_goes_on(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    talk.say(OFFICE, "khôi phục kế hoạch 485")
    assert talk.told(PLANS)[-1] == (
        f"Kính gửi {PLANS}: kế hoạch số 485/KH-STTTT được thực hiện tiếp; đơn vị còn 1 phần việc chưa xong."
    )


def test_work_of_a_unit_that_closed_meanwhile_is_named(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    talk.say(OFFICE, f"sáp nhập {PRESS} vào {PLANS} từ 14/3")
    talk.say(OFFICE, "xác nhận thay đổi đơn vị")
    told = talk.reply(OFFICE, "khôi phục kế hoạch 485")
    assert (
        f"Đơn vị không còn, xin giao lại (2): #A2 {PRESS}; #A3 {PRESS}. Gõ “chuyển #A2 sang Phòng …”." in told
    )


def test_a_plan_brought_back_can_be_withdrawn_again_by_undoing(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    talk.say(OFFICE, "khôi phục kế hoạch 485")
    talk.say(OFFICE, "hoàn tác")
    assert state(talk) is PlanState.WITHDRAWN


def test_its_file_sent_again_tells_how_to_bring_it_back(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    [told] = talk.say(OFFICE, file_name="ke-hoach.md", file=PLAN.encode())
    assert told.choices[0].says == "khôi phục kế hoạch 485/KH-STTTT"


def test_a_number_that_was_sent_anew_is_not_in_force_twice(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    talk.say(OFFICE, file_name="ke-hoach.md", file=PLAN.replace("30/6", "20/6").encode())
    assert "chưa khôi phục được" in talk.reply(OFFICE, "khôi phục kế hoạch 485")
    assert owed(talk) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("rút kế hoạch 77", "Không có kế hoạch số 77 đang thực hiện."),
        ("khôi phục kế hoạch 485", "Không có kế hoạch số 485 đã rút."),
    ],
)
def test_what_is_not_there_is_named(talk: Conversation, words: str, told: str) -> None:
    assert told in talk.reply(OFFICE, words)


def test_withdrawn_twice_it_is_said_that_it_is_not_in_force(talk: Conversation) -> None:
    talk.say(OFFICE, SURE)
    assert "Không có kế hoạch số 485 đang thực hiện." in talk.reply(OFFICE, SURE)


def test_a_unit_may_not_withdraw_a_plan(talk: Conversation) -> None:
    assert "do Văn phòng quyết định" in talk.reply(PLANS, SURE)
    assert state(talk) is PlanState.CONFIRMED
