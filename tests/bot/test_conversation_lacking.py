"""Duties in force without a date or a unit: named until somebody can be told of them, and mended in the chat."""

import pytest
from sqlalchemy import Engine

from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PRESS, Conversation

PLAN = """Số: 12/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

II. NHIỆM VỤ

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | Quý II |
| 1.2 | Phát hành tờ rơi | Phòng Thông tin - Báo chí | Khi có yêu cầu |
| 1.3 | Khảo sát sự hài lòng | | Quý II |
| 1.4 | Thi tìm hiểu | | Sớm |

Nơi nhận:
"""
LACKING = "Chưa có hạn: 1.2, 1.4; chưa có đơn vị: 1.3, 1.4."


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return Conversation(engine, hanoi("2022-03-14 09:00"))


def in_force(talk: Conversation) -> str:
    talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.encode())
    return talk.reply(OFFICE, "xác nhận")


def test_each_duty_that_nobody_can_be_told_of_is_named_when_the_plan_is_confirmed(talk: Conversation) -> None:
    said = in_force(talk)
    assert "1.2 Phát hành tờ rơi: chưa có hạn (kế hoạch ghi “Khi có yêu cầu”)\n" in said
    assert "1.3 Khảo sát sự hài lòng: chưa có đơn vị\n" in said
    assert "“1.2 hạn 30/6”, “1.3 giao Phòng …”" in said


@pytest.mark.parametrize("asked", ["/kehoach", "/tonghop"])
def test_they_stay_named_as_long_as_they_lack_it(talk: Conversation, asked: str) -> None:
    in_force(talk)
    assert LACKING in talk.reply(OFFICE, asked)


@pytest.mark.parametrize(("window", "is_named"), [("năm 2022", True), ("năm 2023", False)])
def test_a_window_names_what_the_plans_of_its_years_lack(
    talk: Conversation, window: str, is_named: bool
) -> None:
    in_force(talk)
    talk.now = hanoi("2023-01-10 09:00")
    assert (LACKING in talk.reply(OFFICE, f"/tonghop {window}")) is is_named


def test_a_unit_is_not_told_what_only_the_office_can_mend(talk: Conversation) -> None:
    in_force(talk)
    assert LACKING not in talk.reply(PRESS, "/tonghop")


def test_a_duty_that_gets_its_date_is_no_longer_named(talk: Conversation) -> None:
    in_force(talk)
    talk.say(OFFICE, "1.2 hạn 30/6")
    assert "Chưa có hạn: 1.4;" in talk.reply(OFFICE, "/kehoach")


def test_a_duty_in_force_without_a_unit_is_given_to_one(talk: Conversation) -> None:
    in_force(talk)
    said = talk.reply(OFFICE, f"1.3 giao {PRESS}")
    assert said.startswith(
        f"Nhiệm vụ 1.3: giao {PRESS} chủ trì.\nPhần việc mới (1): #A2 {PRESS}, hạn 30/06/2022"
    )
    assert talk.owed("A2").duty.code == "1.3"


def test_the_unit_hears_what_it_was_given(talk: Conversation) -> None:
    in_force(talk)
    talk.say(OFFICE, f"1.3 giao {PRESS}")
    assert "1.3 Khảo sát sự hài lòng (#A2): hạn 30/06/2022" in talk.told(PRESS)[-1]


def test_a_unit_alone_makes_nobody_owe_a_duty_without_a_date(talk: Conversation) -> None:
    in_force(talk)
    assert "Nhiệm vụ chưa có hạn nên chưa nhắc được" in talk.reply(OFFICE, f"1.4 giao {PRESS}")


def test_a_date_alone_says_that_nobody_is_told(talk: Conversation) -> None:
    in_force(talk)
    said = talk.reply(OFFICE, "1.3 hạn 31/8")
    assert "Nhiệm vụ chưa giao đơn vị nào nên chưa ai được nhắc; gõ “1.3 giao Phòng …”" in said


def test_a_duty_with_neither_is_mended_in_two_words(talk: Conversation) -> None:
    in_force(talk)
    talk.say(OFFICE, "1.4 hạn 31/8")
    talk.say(OFFICE, f"1.4 giao {PRESS}")
    assert "1.4" not in talk.reply(OFFICE, "/kehoach")
    assert talk.owed("A2").duty.code == "1.4"


def test_a_duty_that_somebody_owes_is_moved_as_before(talk: Conversation) -> None:
    in_force(talk)
    talk.say(OFFICE, f"1.1 giao {PRESS}")
    assert talk.owed("A2").unit.name == PRESS
