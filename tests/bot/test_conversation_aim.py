"""“KH12: …” and “@17”: words about one of several plans, and about a duty whose code is missing or repeated."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.plans import units_of_duty
from data.tables import Duty, Plan, PlanState
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

PLAN = """KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022{of}

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | Sớm |
| 1 | Khảo sát sự hài lòng | Phòng Thông tin - Báo chí | Quý II |
| 2 | Thi tìm hiểu | Phòng Thông tin - Báo chi | Quý III |
"""


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    for of in ("", " của thanh niên"):
        talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.format(of=of).encode())
    return talk


def plans(talk: Conversation) -> list[Plan]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Plan).order_by(col(Plan.id))))


def duties(talk: Conversation, plan: Plan) -> list[Duty]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Duty).where(Duty.plan_id == plan.id).order_by(col(Duty.position))))


def leads(talk: Conversation, duty: Duty) -> list[str]:
    with transaction(talk.engine) as session:
        return [each.printed for each in units_of_duty(session, duty.id or 0)]


@pytest.fixture
def older(talk: Conversation) -> Plan:
    return plans(talk)[0]


@pytest.fixture
def about(talk: Conversation, older: Plan) -> Callable[[str], str]:
    """Words about the older draft, and what is answered."""
    return lambda words: talk.reply(OFFICE, f"KH{older.id}: {words}")


def test_a_code_that_repeats_is_asked_back_with_the_places(
    talk: Conversation, about: Callable[[str], str]
) -> None:
    assert "@1 “Xây dựng chuyên mục”; @2 “Khảo sát sự hài lòng”" in about("1 hạn 30/6")


def test_a_place_names_a_duty_of_the_plan_that_is_meant(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("@1 hạn 30/6")
    assert [duties(talk, plan)[0].reading.value for plan in plans(talk)] == ["dated", "unread"]


def test_the_plan_that_is_meant_is_confirmed_and_the_other_waits(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("xác nhận")
    assert [plan.state for plan in plans(talk)] == [PlanState.CONFIRMED, PlanState.DRAFT]


def test_the_choices_of_an_answer_are_about_the_same_plan(talk: Conversation, older: Plan) -> None:
    [answer] = talk.say(OFFICE, f"KH{older.id}: @1 hạn 30/6")
    assert f"KH{older.id}: xác nhận" in [choice.says for choice in answer.choices]


def test_what_was_set_goes_back_to_what_the_plan_says_and_is_asked_again(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    asked = about("/kehoach")
    about("@1 hạn 30/6")
    about("hoàn tác")
    assert about("/kehoach") == asked


def test_leads_are_given_and_given_back(talk: Conversation, older: Plan, about: Callable[[str], str]) -> None:
    about(f"@2 giao {PLANS}; {PRESS}")
    assert leads(talk, duties(talk, older)[1]) == [PLANS, PRESS]
    about("hoàn tác")
    assert leads(talk, duties(talk, older)[1]) == [PRESS]


def test_a_content_is_corrected_and_taken_back(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("@2 nội dung: Khảo sát mức độ hài lòng năm 2022")
    assert duties(talk, older)[1].content == "Khảo sát mức độ hài lòng năm 2022"
    about("hoàn tác")
    assert duties(talk, older)[1].content == "Khảo sát sự hài lòng"


def test_a_duty_without_a_number_is_left_out_and_taken_in(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("bỏ @2")
    assert duties(talk, older)[1].left_out
    about("lấy lại @2")
    assert not duties(talk, older)[1].left_out


def test_evidence_is_demanded_of_a_duty_that_still_waits(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("bắt buộc minh chứng @2")
    assert [duty.needs_evidence for duty in duties(talk, older)] == [False, True, False]


def test_what_was_called_right_is_asked_again(talk: Conversation, about: Callable[[str], str]) -> None:
    asked = about("/kehoach")
    question = next(part for part in asked.split("Câu ")[1:] if "đúng”" in part).split()[0]
    about(f"{question} đúng")
    about("hoàn tác")
    assert about("/kehoach") == asked


def test_a_draft_read_anew_keeps_its_number(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("năm 2023")
    assert [plan.first_year for plan in plans(talk) if plan.id == older.id] == [2023]


def test_a_plan_of_nobody_is_refused(talk: Conversation) -> None:
    assert "Không có kế hoạch KH999" in talk.reply(OFFICE, "KH999: xác nhận")


def test_a_unit_speaks_of_no_plan(talk: Conversation, older: Plan) -> None:
    talk.say(PRESS, f"KH{older.id}: xác nhận")
    assert plans(talk)[0].state is PlanState.DRAFT


def test_the_words_of_the_file_are_kept_beside_each_duty(talk: Conversation, older: Plan) -> None:
    assert duties(talk, older)[0].printed == ["1", "Xây dựng chuyên mục", "Phòng Kế hoạch - Tài chính", "Sớm"]


@pytest.mark.parametrize(
    "text",
    [
        "Sáp nhập Phòng Một vào Phòng Hai",
        "Phòng Một đổi tên thành Phòng Hai",
        "bỏ 2.3; xong 1",
        "Báo cáo kết quả, 2 xong rồi",
        "thêm đơn vị: Phòng Ba",
    ],
)
def test_what_a_duty_says_is_no_order(
    talk: Conversation, older: Plan, about: Callable[[str], str], text: str
) -> None:
    about(f"@2 nội dung: {text}")
    assert duties(talk, older)[1].content == text


def test_a_unit_of_any_name_is_given_a_duty(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    with talk.office() as small:
        small.unit("Trung tâm Báo cáo và Duyệt xong hồ sơ")
    about("@2 giao Trung tâm Báo cáo và Duyệt xong hồ sơ")
    assert leads(talk, duties(talk, older)[1]) == ["Trung tâm Báo cáo và Duyệt xong hồ sơ"]


def test_evidence_demanded_of_one_duty_is_undone_for_that_one(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("bắt buộc minh chứng @1")
    about("bắt buộc minh chứng @2")
    about("hoàn tác")
    assert [duty.needs_evidence for duty in duties(talk, older)] == [True, False, False]


def test_a_milestone_of_a_repeated_code_is_taken_back(
    talk: Conversation, older: Plan, about: Callable[[str], str]
) -> None:
    about("xác nhận")
    about("mốc @2 ngày 16/05/2022: số tin")
    assert "Đã hoàn tác" in about("hoàn tác")
