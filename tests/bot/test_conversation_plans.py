"""A plan is sent, read back, corrected and put in force in the chat."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.obligations import items
from data.tables import Duty, DutyUnit, Obligation, Plan
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

NOW = hanoi("2022-03-14 09:00")
SAMPLE = Path(__file__).parent.parent / "samples" / "khanh-hoa-stttt-2022.txt"
PLAN = """Số: 12/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

II. NHIỆM VỤ

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | 31/01/2022 |
| 1.2 | Tổ chức hội nghị | Phòng Thông tin - Báo chí | Quý II |
| 1.3 | Khảo sát sự hài lòng | Phòng Kế hoạch - Tài chính | Sớm |

Nơi nhận:
"""


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return Conversation(engine, NOW)


def send(talk: Conversation, plan: str = PLAN, name: str = "ke-hoach.txt") -> str:
    return " / ".join(m.text for m in talk.say(OFFICE, file_name=name, file=plan.encode()))


def plans(talk: Conversation) -> list[Plan]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Plan)))


def dues(talk: Conversation) -> dict[str, date | None]:
    with transaction(talk.engine) as session:
        return {item.duty.code: item.obligation.due for item in items(session)}


def test_a_plan_is_read_back_with_what_was_not_understood(talk: Conversation) -> None:
    read = send(talk)
    assert "Kế hoạch số 12/KH-STTTT" in read
    assert "Đọc được 3 nhiệm vụ, năm 2022: 2 có ngày cụ thể, 1 chưa hiểu thời hạn." in read
    assert "(nhiệm vụ 1.3): Chưa hiểu thời hạn “Sớm”" in read


def test_a_draft_makes_nobody_owe_anything(talk: Conversation) -> None:
    send(talk)
    assert dues(talk) == {}


def test_the_same_file_twice_is_one_plan(talk: Conversation) -> None:
    send(talk)
    assert "Tệp này đã gửi trước đó" in send(talk, name="ten-khac.txt")
    assert len(plans(talk)) == 1


def test_a_confirmed_plan_is_owed(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    assert dues(talk) == {"1.1": date(2022, 1, 31), "1.2": date(2022, 6, 30)}


def test_the_same_file_after_confirming_is_not_loaded_again(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    assert "đang thực hiện" in send(talk)
    assert len(plans(talk)) == 1


def test_each_linked_unit_hears_how_much_of_it_is_its_own(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    assert "có 1 phần việc do đơn vị thực hiện" in talk.told(PLANS)[-1]


def test_a_deadline_is_corrected_in_words(talk: Conversation) -> None:
    send(talk)
    assert "kế hoạch ghi “Sớm”" in talk.reply(OFFICE, "1.3 hạn 30/6")
    talk.say(OFFICE, "xác nhận")
    assert dues(talk)["1.3"] == date(2022, 6, 30)


def test_a_correction_that_is_not_understood_changes_nothing(talk: Conversation) -> None:
    send(talk)
    assert "Chưa hiểu thời hạn “càng sớm càng tốt”" in talk.reply(OFFICE, "1.3 hạn càng sớm càng tốt")


def test_a_duty_without_a_date_gets_one_after_confirming(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "1.3 hạn 30/6")
    assert dues(talk)["1.3"] == date(2022, 6, 30)


def test_a_duty_that_is_left_out_is_owed_by_nobody(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "bỏ 1.2")
    talk.say(OFFICE, "xác nhận")
    assert "1.2" not in dues(talk)


def test_a_duty_left_out_can_be_taken_in_again(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "bỏ 1.2")
    talk.say(OFFICE, "lấy lại 1.2")
    talk.say(OFFICE, "xác nhận")
    assert "1.2" in dues(talk)


def test_a_duty_is_given_to_another_unit(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, f"1.2 giao {PLANS}")
    talk.say(OFFICE, "xác nhận")
    with transaction(talk.engine) as session:
        assert {item.unit.name for item in items(session)} == {PLANS}


def test_a_code_that_the_draft_lacks_is_one_clear_line(talk: Conversation) -> None:
    send(talk)
    assert talk.reply(OFFICE, "bỏ 9.9") == "Bản chờ xác nhận không có nhiệm vụ 9.9."


def test_a_draft_that_is_thrown_away_can_be_sent_again(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "hủy kế hoạch")
    assert "Đọc được 3 nhiệm vụ" in send(talk)


@pytest.mark.parametrize(
    ("choice", "is_open"), [("đã xong", False), ("vẫn nhắc", True), ("không tính", False)]
)
def test_dates_gone_by_are_held_until_the_office_says(talk: Conversation, choice: str, is_open: bool) -> None:
    send(talk)
    assert "Có 1 phần việc đã qua hạn" in talk.reply(OFFICE, "xác nhận")
    talk.say(OFFICE, f"kỳ đã qua: {choice}")
    with transaction(talk.engine) as session:
        past = session.exec(select(Obligation).where(Obligation.due == date(2022, 1, 31))).one()
        assert (past.is_open, past.held) == (is_open, False)


def test_what_the_office_vouches_for_was_done_when_it_was_due(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "kỳ đã qua: đã xong")
    assert "hoàn thành đúng hạn 1" in talk.reply(OFFICE, "tổng hợp từ 1/1 đến 31/3")


def test_a_collective_name_that_means_nobody_is_told(talk: Conversation) -> None:
    send(talk, PLAN.replace("Phòng Thông tin - Báo chí", "Các đoàn thể"))
    assert "“Các đoàn thể” chưa gồm đơn vị nào nên chưa ai được nhắc" in talk.reply(OFFICE, "xác nhận")


def test_a_collective_name_is_told_with_whom_it_means(talk: Conversation) -> None:
    send(talk, PLAN.replace("Phòng Thông tin - Báo chí", "Các phòng"))
    assert f"“Các phòng” hiện gồm: {PLANS}; {PRESS}." in talk.reply(OFFICE, "xác nhận")


def test_vouching_for_the_past_is_taken_back_whole(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "kỳ đã qua: đã xong")
    talk.say(OFFICE, "hoàn tác")
    assert talk.owed("A1").obligation.is_open


@pytest.mark.parametrize("choice", ["đã xong", "vẫn nhắc", "không tính"])
def test_what_was_settled_of_the_past_is_held_again_when_taken_back(talk: Conversation, choice: str) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, f"kỳ đã qua: {choice}")
    assert "Có 1 phần việc đã qua hạn" in talk.reply(OFFICE, "hoàn tác")
    assert (talk.owed("A1").obligation.held, talk.owed("A1").obligation.is_open) == (True, True)


def test_what_a_unit_answered_meanwhile_is_not_held_again(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "kỳ đã qua: vẫn nhắc")
    talk.say(talk.owed("A1").unit.name, "xong #A1")
    talk.say(OFFICE, "hoàn tác")
    assert (talk.owed("A1").obligation.held, talk.owed("A1").obligation.is_open) == (False, False)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ke-hoach.xyz", b"abc", "không phải loại tệp"),
        ("ke-hoach.txt", b"", "rỗng"),
        ("ke-hoach.txt", "Kính gửi các đơn vị, mai họp.".encode(), "Không tìm thấy nhiệm vụ nào"),
    ],
)
def test_a_file_that_is_no_plan_is_one_clear_line(
    talk: Conversation, name: str, content: bytes, says: str
) -> None:
    [answer] = talk.say(OFFICE, file_name=name, file=content)
    assert says in answer.text
    assert plans(talk) == []


def test_a_plan_without_a_year_asks_for_it(talk: Conversation) -> None:
    assert "Chưa rõ kế hoạch của năm nào" in send(talk, PLAN.replace("2022", "…"))


def test_the_caption_may_name_the_year(talk: Conversation) -> None:
    talk.say(OFFICE, "kế hoạch năm 2022", file_name="ke-hoach.txt", file=PLAN.replace("2022", "…").encode())
    assert [plan.first_year for plan in plans(talk)] == [2022]


def test_nothing_to_confirm_is_one_clear_line(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "xác nhận").startswith("Không có kế hoạch nào chờ xác nhận.")


def test_a_unit_cannot_load_a_plan(talk: Conversation) -> None:
    talk.say(PLANS, file_name="ke-hoach.txt", file=PLAN.encode())
    assert plans(talk) == []


def test_a_real_plan_is_read_back_in_messages_that_each_fit(talk: Conversation) -> None:
    pages = talk.say(OFFICE, file_name="ke-hoach.txt", file=SAMPLE.read_bytes())
    assert "Đọc được 21 nhiệm vụ, năm 2022" in pages[0].text
    assert max(len(page.text) for page in pages) < 4096


WHOLE_NUMBERS = PLAN.replace("| 1.", "| ").replace(
    "| 3 | Khảo sát sự hài lòng | Phòng Kế hoạch - Tài chính", "| 3 | Khảo sát sự hài lòng | Thanh tra"
)


def leads(talk: Conversation) -> dict[str, str]:
    with transaction(talk.engine) as session:
        rows = session.exec(
            select(Duty.code, DutyUnit.printed).join(DutyUnit, col(DutyUnit.duty_id) == Duty.id)
        )
        return dict(rows.all())


def test_a_whole_number_is_a_duty_of_the_draft(talk: Conversation) -> None:
    send(talk, WHOLE_NUMBERS)
    assert talk.reply(OFFICE, f"2 giao {PLANS}").startswith(f"Nhiệm vụ 2: giao {PLANS} chủ trì.")


def test_a_name_that_the_plan_prints_is_known_before_it_is_a_unit(talk: Conversation) -> None:
    send(talk, WHOLE_NUMBERS)
    talk.say(OFFICE, "2 giao Thanh tra")
    assert leads(talk)["2"] == "Thanh tra"


def test_after_a_list_a_whole_number_is_a_place_in_it(talk: Conversation) -> None:
    send(talk)
    talk.say(OFFICE, "1.3 hạn 30/6")
    talk.say(OFFICE, "xác nhận")
    send(talk, WHOLE_NUMBERS)
    talk.now += timedelta(minutes=5)
    talk.say(OFFICE, "/viec")
    talk.say(OFFICE, f"3 giao {PRESS}")
    assert leads(talk)["3"] == "Thanh tra"


def test_a_name_near_a_unit_is_asked_about_and_not_offered_as_a_new_one(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    plan = (
        "KẾ HOẠCH\nTuyên truyền năm 2022\n\n| TT | Nội dung | Đơn vị chủ trì | Thời hạn |\n|---|---|---|---|\n"
        "| 1 | Viết bài | P. TTBC | 30/6 |\n| 2 | Phát động thi đua | Công đoàn | 30/9 |\n"
    )
    told = talk.say(OFFICE, file_name="ke-hoach.txt", file=plan.encode())
    assert f"“P. TTBC” có phải là “{PRESS}”?" in " ".join(message.text for message in told)
    says = [choice.says for message in told for choice in message.choices]
    assert says[:2] == [f"gọi “P. TTBC” là “{PRESS}”", "thêm đơn vị: Công đoàn"]


def test_a_name_of_a_row_that_is_left_out_is_asked_about_no_more(talk: Conversation) -> None:
    send(talk, WHOLE_NUMBERS.replace("Thanh tra", "Phòng Chuyển đổi số"))
    assert "Chưa khớp với đơn vị nào của cơ quan: Phòng Chuyển đổi số" in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, "bỏ 3")
    assert "Phòng Chuyển đổi số" not in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, "lấy lại 3")
    assert "Phòng Chuyển đổi số" in talk.reply(OFFICE, "/kehoach")
