"""A draft is checked in the chat: every duty is listed, every doubt has a number and words that settle it."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.tables import Plan
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PRESS, Conversation

SAMPLES = Path(__file__).parent.parent / "samples"
A_DUTY = re.compile(r"- (?:III|\d)\.\d .+ — .+ — .+")
PLAN = """KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

II. NHIỆM VỤ

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | Sớm |
| 1.2 | Khảo sát sự hài lòng | | Quý II |
| 1.3 | Thi tìm hiểu | Phòng Thông tin - Báo chi | Quý III |

Nơi nhận:
"""


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.encode())
    return talk


def the_plan(talk: Conversation) -> Plan:
    with transaction(talk.engine) as session:
        return session.exec(select(Plan)).one()


def test_every_duty_of_a_real_plan_is_listed_when_it_is_sent(talk: Conversation) -> None:
    pages = talk.say(OFFICE, file_name="485.txt", file=(SAMPLES / "khanh-hoa-stttt-2022.txt").read_bytes())
    listed = [line for page in pages for line in page.lines if A_DUTY.fullmatch(line.text)]
    assert len(listed) == 21


@pytest.mark.parametrize("words", ["danh sách nhiệm vụ", "chi tiết kế hoạch"])
def test_a_duty_is_listed_with_its_unit_and_its_date(talk: Conversation, words: str) -> None:
    listed = talk.reply(OFFICE, words)
    assert (
        "- 1.1 Xây dựng chuyên mục — Phòng Kế hoạch - Tài chính — CHƯA CÓ HẠN (kế hoạch ghi “Sớm”)" in listed
    )
    assert "- 1.2 Khảo sát sự hài lòng — CHƯA CÓ ĐƠN VỊ — hạn cuối quý II năm 2022" in listed


def test_a_unit_that_asks_for_its_duties_gets_its_own(talk: Conversation) -> None:
    assert talk.reply(PRESS, "danh sách nhiệm vụ") == talk.reply(PRESS, "/viec")


def test_what_lacks_a_date_or_a_lead_is_asked_first(talk: Conversation) -> None:
    asked = talk.reply(OFFICE, "/kehoach")
    assert "- Câu 1 (nhiệm vụ 1.1): Chưa hiểu thời hạn “Sớm”" in asked
    assert "- Câu 2 (nhiệm vụ 1.2): Không ghi đơn vị chủ trì" in asked


@pytest.mark.parametrize(
    ("answer", "doubt"),
    [
        ("1.1 hạn 30/6", "Câu 1 ("),
        ("1.2 giao Phòng Thông tin - Báo chí", "Câu 2 ("),
        ("bỏ 1.1", "Câu 1 ("),
        ("3 đúng", "Câu 3 ("),
        ("đúng", "Câu 3 ("),
    ],
)
def test_what_is_answered_is_not_asked_again(talk: Conversation, answer: str, doubt: str) -> None:
    assert doubt in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, answer)
    assert doubt not in talk.reply(OFFICE, "/kehoach")


def test_the_others_keep_their_numbers(talk: Conversation) -> None:
    talk.say(OFFICE, "1.1 hạn 30/6")
    assert "Câu 2 (nhiệm vụ 1.2): Không ghi đơn vị chủ trì" in talk.reply(OFFICE, "/kehoach")


def test_a_duty_taken_in_again_is_asked_about_again(talk: Conversation) -> None:
    talk.say(OFFICE, "bỏ 1.1")
    talk.say(OFFICE, "lấy lại 1.1")
    assert "Câu 1 (nhiệm vụ 1.1)" in talk.reply(OFFICE, "/kehoach")


def test_right_is_no_answer_where_a_date_is_missing(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "1 đúng") == "Câu 1 cần ghi rõ: gõ “1.1 hạn …” hoặc “bỏ 1.1”."


def test_a_number_that_is_not_asked_is_one_clear_line(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "9 đúng").startswith("Không có câu 9 nào chờ trả lời.")


def test_the_number_and_the_day_of_a_plan_are_added_in_words(talk: Conversation) -> None:
    assert "Chưa ghi số và ngày ban hành" in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, "số 15/KH-STTTT")
    talk.say(OFFICE, "ngày ban hành 05/3/2022")
    assert (the_plan(talk).number, the_plan(talk).issued) == ("15/KH-STTTT", date(2022, 3, 5))
    assert "Chưa ghi số" not in talk.reply(OFFICE, "/kehoach")


def test_a_draft_is_read_again_for_another_year(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "năm 2023")
    assert "hạn cuối quý II năm 2023" in said
    assert the_plan(talk).first_year == 2023


def test_a_unit_settles_nothing(talk: Conversation) -> None:
    talk.say(PRESS, "số 15/KH-STTTT")
    assert the_plan(talk).number is None


def test_what_cannot_be_answered_is_told_and_not_asked(talk: Conversation) -> None:
    talk.say(OFFICE, "hủy kế hoạch")
    plan = PLAN.replace("Phòng Thông tin - Báo chi", "Các phòng").encode()
    pages = talk.say(OFFICE, file_name="khac.txt", file=plan)
    notes = [line.text for page in pages for line in page.lines if "là tên chung" in line.text]
    assert [note.endswith("của cơ quan.") for note in notes] == [True]


def test_a_duty_without_a_number_is_asked_about_by_its_place(talk: Conversation) -> None:
    talk.say(OFFICE, "hủy kế hoạch")
    talk.say(OFFICE, file_name="khac.txt", file=PLAN.replace("| 1.1 |", "| |").encode())
    assert "dòng 2, @1): Chưa hiểu thời hạn “Sớm”; hạn cụ thể là ngày nào? → gõ “@1 hạn …”" in talk.reply(
        OFFICE, "/kehoach"
    )
    talk.say(OFFICE, "@1 hạn 30/6")
    assert "“Sớm”; hạn" not in talk.reply(OFFICE, "/kehoach")


TWINS = PLAN.replace("| 1.2 |", "| 1.1 |").replace("| | Quý II |", "| | Muộn |")


@pytest.fixture
def twins(engine: Engine) -> Conversation:
    """Two rows of one code, each with a deadline of its own that nobody understands."""
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, file_name="hai-dong.txt", file=TWINS.encode())
    return talk


def test_each_of_two_rows_of_one_code_is_asked_about_by_its_place(twins: Conversation) -> None:
    asked = twins.reply(OFFICE, "/kehoach")
    assert "(nhiệm vụ 1.1, @1): Chưa hiểu thời hạn “Sớm”; hạn cụ thể là ngày nào? → gõ “@1 hạn …”" in asked
    assert "(nhiệm vụ 1.1, @2): Chưa hiểu thời hạn “Muộn”; hạn cụ thể là ngày nào? → gõ “@2 hạn …”" in asked


@pytest.mark.parametrize("answer", ["@1 hạn 30/6", "@1 giao Phòng Thông tin - Báo chí", "bỏ @1"])
def test_what_is_answered_of_a_row_leaves_the_question_of_its_twin(twins: Conversation, answer: str) -> None:
    twins.say(OFFICE, answer)
    asked = twins.reply(OFFICE, "/kehoach")
    assert "Chưa hiểu thời hạn “Muộn”" in asked
    assert "@2): Không ghi đơn vị chủ trì" in asked


def test_a_row_read_again_as_printed_is_asked_again_without_its_twin(twins: Conversation) -> None:
    twins.say(OFFICE, "@1 hạn 30/6")
    twins.say(OFFICE, "@2 hạn 30/9")
    twins.say(OFFICE, "@1 hạn như kế hoạch ghi")
    asked = twins.reply(OFFICE, "/kehoach")
    assert ("“Sớm”; hạn cụ thể" in asked, "“Muộn”; hạn cụ thể" in asked) == (True, False)


def test_a_row_left_out_is_offered_back_by_its_place(twins: Conversation) -> None:
    assert "Gõ “lấy lại @2” nếu nhầm." in twins.reply(OFFICE, "bỏ @2")
    assert twins.reply(OFFICE, "lấy lại @2").startswith("Đã lấy lại nhiệm vụ @2.")


def test_a_question_about_several_duties_waits_for_each_of_them(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    of_others = PLAN.replace("Phòng Kế hoạch - Tài chính", "Sở Tài chính")
    of_others = of_others.replace("Phòng Thông tin - Báo chi", "Sở Tài chính")
    talk.say(OFFICE, file_name="so-khac.txt", file=of_others.encode())
    talk.say(OFFICE, "1.1 giao Phòng Thông tin - Báo chí")
    assert "(nhiệm vụ 1.1, 1.3): “Sở Tài chính” là cơ quan ngoài" in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, "1.3 giao Phòng Thông tin - Báo chí")
    assert "“Sở Tài chính” là cơ quan ngoài" not in talk.reply(OFFICE, "/kehoach")


def test_a_duty_that_a_unit_leads_beside_a_name_of_others_holds_up_no_question(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    of_others = PLAN.replace("Phòng Kế hoạch - Tài chính", "Sở Tài chính")
    of_others = of_others.replace("Phòng Thông tin - Báo chi", "Phòng Thông tin - Báo chí, Sở Tài chính")
    talk.say(OFFICE, file_name="so-khac.txt", file=of_others.encode())
    assert "(nhiệm vụ 1.1, 1.3): “Sở Tài chính” là cơ quan ngoài" in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, "1.1 giao Phòng Thông tin - Báo chí")
    assert "“Sở Tài chính” là cơ quan ngoài" not in talk.reply(OFFICE, "/kehoach")


def test_several_rows_are_given_to_one_unit_at_once(twins: Conversation) -> None:
    assert "Nhiệm vụ @1, @2: giao Phòng Thông tin - Báo chí chủ trì." in twins.reply(
        OFFICE, "@1, @2 giao Phòng Thông tin - Báo chí"
    )
