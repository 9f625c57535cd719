"""Rows of a draft: put together into one duty and parted again; what was read as no duty taken in."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.obligations import items
from data.plans import duties_of, units_of_duty
from data.tables import Duty, Plan
from duties.plan import Role
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

PLAN = """KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

II. NHIỆM VỤ

| TT | Nội dung | Sản phẩm | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|---|
| 2.1 | Xây dựng chuyên mục | Chuyên mục | Phòng Kế hoạch - Tài chính | Quý II |
| 2.2 | Đăng tin trong chuyên mục | Tin, bài | Phòng Thông tin - Báo chí | 30/9 |
| 2.3 | Viết bài chuyên sâu | Bài viết | | Quý II |
| 2.4 | In tờ rơi | Tờ rơi | Phòng Thông tin - Báo chí | Sớm |
| Tổng cộng | | 4 sản phẩm | | |

Nơi nhận:
"""
CHANGE_THE_DRAFT = (
    "gộp 2.1 và 2.2",
    "gộp 2.2 vào 2.1",
    "gộp 2.1, 2.3 và 2.4",
    "lấy lại dòng không tính 1",
)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.encode())
    return talk


def the_duty(talk: Conversation, place: int) -> Duty:
    with transaction(talk.engine) as session:
        return duties_of(session, 1, left_out=True)[place - 1]


def named(talk: Conversation, place: int, role: Role = Role.LEAD) -> list[str]:
    with transaction(talk.engine) as session:
        found = units_of_duty(session, duties_of(session, 1, left_out=True)[place - 1].id or 0)
        return [each.printed for each in found if each.role is role]


def the_draft(talk: Conversation) -> tuple[list[object], str]:
    """The four rows as they are, and all that the office is shown and asked."""
    with transaction(talk.engine) as session:
        duties = duties_of(session, 1, left_out=True)[:4]
        leads = [[each.printed for each in units_of_duty(session, duty.id or 0)] for duty in duties]
        said = [(duty.model_dump(), names) for duty, names in zip(duties, leads, strict=True)]
    return list(said), talk.reply(OFFICE, "/kehoach")


def test_two_rows_put_together_say_what_both_say(talk: Conversation) -> None:
    told = talk.reply(OFFICE, "gộp 2.1 và 2.2")
    duty = the_duty(talk, 1)
    assert "Đã gộp dòng 2.2 vào nhiệm vụ 2.1: “Xây dựng chuyên mục Đăng tin trong chuyên mục”." in told
    assert (duty.content, duty.deliverables) == (
        "Xây dựng chuyên mục\nĐăng tin trong chuyên mục",
        ["Chuyên mục", "Tin, bài"],
    )
    assert named(talk, 1) == [PLANS, PRESS]


def test_the_words_of_the_file_of_both_rows_are_kept(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 2.1 và 2.2")
    assert {"Xây dựng chuyên mục", "Đăng tin trong chuyên mục", "30/9"} <= set(the_duty(talk, 1).printed)


def test_rows_put_together_are_owed_once(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 2.1 và 2.2")
    talk.say(OFFICE, "xác nhận")
    with transaction(talk.engine) as session:
        owed = sorted((item.duty.code, item.unit.name) for item in items(session))
    assert owed == [("2.1", PLANS), ("2.1", PRESS)]


def test_rows_of_other_deadlines_are_asked_about(talk: Conversation) -> None:
    told = talk.reply(OFFICE, "gộp 2.1 và 2.2")
    question = "2.1 ghi “Quý II”, 2.2 ghi “30/9”; đang tính theo “Quý II”, có đúng không?"
    assert question in told
    assert question in talk.reply(OFFICE, "/kehoach")


def test_rows_of_one_deadline_are_not_asked_about(talk: Conversation) -> None:
    assert "khác thời hạn" not in talk.reply(OFFICE, "gộp 2.1 và 2.3")


def test_what_one_row_lacks_the_other_has(talk: Conversation) -> None:
    assert "(nhiệm vụ 2.3): Không ghi đơn vị chủ trì" in talk.reply(OFFICE, "/kehoach")
    talk.say(OFFICE, "gộp 2.1 và 2.3")
    assert "Không ghi đơn vị chủ trì" not in talk.reply(OFFICE, "/kehoach")


def test_what_is_asked_of_a_row_is_asked_of_the_duty_it_went_into(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 2.3 và 2.4")
    asked = talk.reply(OFFICE, "/kehoach")
    assert "2.3 ghi “Quý II”, 2.4 ghi “Sớm”; đang tính theo “Quý II”, có đúng không?" in asked
    assert "→ gõ “2.4 hạn" not in asked


@pytest.mark.parametrize("words", CHANGE_THE_DRAFT)
def test_it_is_taken_back_wholly(talk: Conversation, words: str) -> None:
    before = the_draft(talk)
    talk.say(OFFICE, words)
    assert the_draft(talk) != before
    assert "Đã hoàn tác" in talk.reply(OFFICE, "hoàn tác")
    assert the_draft(talk)[0] == before[0]


@pytest.mark.parametrize("words", CHANGE_THE_DRAFT[:3])
def test_parted_rows_ask_what_they_asked_before(talk: Conversation, words: str) -> None:
    before = the_draft(talk)
    talk.say(OFFICE, words)
    talk.say(OFFICE, "2.1 hạn 30/6")
    assert "như trước khi gộp" in talk.reply(OFFICE, "tách 2.1")
    assert the_draft(talk) == before


@pytest.mark.parametrize(
    "corrected",
    ["2.2 hạn 31/8", "2.2 nội dung: Khác hẳn", f"2.2 giao {PRESS}", "bắt buộc minh chứng 2.2", "/viec"],
)
def test_parting_that_is_taken_back_leaves_all_that_was_corrected_since(
    talk: Conversation, corrected: str
) -> None:
    talk.say(OFFICE, "gộp 2.1 vào 2.2")
    talk.say(OFFICE, corrected)
    before = the_draft(talk)[0]
    talk.say(OFFICE, "tách 2.2")
    assert "Đã hoàn tác: tách 2.2" in talk.reply(OFFICE, "hoàn tác")
    assert the_draft(talk)[0] == before


@pytest.mark.parametrize(
    "words",
    [
        "gộp 2.1 và 2.2", "tách 2.3", "bỏ 2.2", "2.2 hạn 30/6", "2.2 nội dung: Khác hẳn",
        f"2.2 giao {PLANS}", "bắt buộc minh chứng 2.2",
    ],
)  # fmt: skip
def test_a_change_is_taken_back_in_its_own_draft_though_another_came_since(
    talk: Conversation, words: str
) -> None:
    talk.say(OFFICE, "gộp 2.3 và 2.4")
    before = the_draft(talk)[0]
    talk.say(OFFICE, words)
    talk.say(OFFICE, file_name="khac.txt", file=PLAN.replace("chuyên mục", "trang tin").encode())
    assert the_draft(talk)[0] != before
    assert "Đã hoàn tác" in talk.reply(OFFICE, "hoàn tác")
    assert the_draft(talk)[0] == before


def test_the_row_that_is_named_after_into_is_the_one_that_stays(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 2.1 vào 2.2")
    assert (the_duty(talk, 1).left_out, the_duty(talk, 2).left_out) == (True, False)
    assert the_duty(talk, 2).content.startswith("Đăng tin")


def test_a_duty_of_several_rows_takes_in_one_more_and_is_parted_step_by_step(talk: Conversation) -> None:
    before = the_draft(talk)[0]
    talk.say(OFFICE, "gộp 2.2 và 2.3")
    talk.say(OFFICE, "gộp 2.1 và 2.2")
    assert the_duty(talk, 1).content.count("\n") == 2
    talk.say(OFFICE, "tách 2.1")
    talk.say(OFFICE, "tách 2.2")
    assert the_draft(talk)[0] == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("lấy lại 2.2", "Nhiệm vụ 2.2 đã gộp vào 2.1; muốn tách ra thì gõ “tách 2.1”."),
        ("2.2 hạn 30/6", "Nhiệm vụ 2.2 đã gộp vào 2.1; muốn tách ra thì gõ “tách 2.1”."),
        ("gộp 2.2 và 2.3", "Nhiệm vụ 2.2 đã gộp vào 2.1; muốn tách ra thì gõ “tách 2.1”."),
        ("gộp 2.3 và 2.3", "Chưa hiểu"),
        ("gộp 2.3 và 9.9", "Bản chờ xác nhận không có nhiệm vụ 9.9."),
        ("tách 2.4", "Nhiệm vụ 2.4 không gộp từ dòng nào nên không có gì để tách."),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(talk: Conversation, words: str, why: str) -> None:
    talk.say(OFFICE, "gộp 2.1 và 2.2")
    assert talk.reply(OFFICE, words).startswith(why)


def test_in_force_a_row_is_spoken_of_by_the_duty_it_went_into(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 2.1 và 2.2")
    talk.say(OFFICE, "xác nhận")
    assert talk.reply(OFFICE, "@2 hạn 31/8") == "Nhiệm vụ 2.2 đã gộp vào 2.1; xin ghi 2.1 thay cho 2.2."


def test_a_row_left_out_has_to_be_taken_back_first(talk: Conversation) -> None:
    talk.say(OFFICE, "bỏ 2.2")
    assert talk.reply(OFFICE, "gộp 2.1 và 2.2") == (
        "Nhiệm vụ 2.2 đã bỏ khỏi kế hoạch; gõ “lấy lại 2.2” trước."
    )


def test_rows_of_one_code_are_put_together_by_their_places(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.replace("| 2.2 |", "| 2.1 |").encode())
    assert "Đã gộp dòng @2 vào nhiệm vụ @1" in talk.reply(OFFICE, "gộp @1 và @2")


def test_a_unit_puts_nothing_together(talk: Conversation) -> None:
    before = the_draft(talk)
    talk.say(PRESS, "gộp 2.1 và 2.2")
    assert the_draft(talk) == before


def test_what_was_read_as_no_duty_is_listed_with_its_number(talk: Conversation) -> None:
    shown = talk.reply(OFFICE, "/kehoach")
    assert "- 1. “Tổng cộng | 4 sản phẩm” — dòng tổng cộng (bảng 1, dòng 6)" in shown
    assert "“lấy lại dòng không tính 1”" in shown


@pytest.mark.parametrize("words", ["lấy lại dòng không tính 1", "lấy lại bảng 1, dòng 6", "lấy lại dòng 6"])
def test_a_row_left_out_is_taken_in_and_asked_about(talk: Conversation, words: str) -> None:
    told = talk.reply(OFFICE, words)
    assert "thành nhiệm vụ @5." in told
    duty = the_duty(talk, 5)
    assert (duty.content, duty.printed[0], duty.left_out) == ("Tổng cộng\n4 sản phẩm", "Tổng cộng", False)
    asked = talk.reply(OFFICE, "/kehoach")
    assert "gõ “@5 hạn …” hoặc “bỏ @5”" in asked
    assert "gõ “@5 giao Phòng …”" in asked


def test_a_row_taken_in_is_a_duty_like_any_other(talk: Conversation) -> None:
    talk.say(OFFICE, "lấy lại dòng không tính 1")
    talk.say(OFFICE, "@5 hạn 30/6")
    talk.say(OFFICE, f"@5 giao {PRESS}")
    talk.say(OFFICE, "xác nhận")
    with transaction(talk.engine) as session:
        assert "Tổng cộng\n4 sản phẩm" in [item.duty.content for item in items(session)]


def test_a_row_is_taken_in_once(talk: Conversation) -> None:
    talk.say(OFFICE, "lấy lại dòng không tính 1")
    assert "đã lấy lại thành nhiệm vụ @5" in talk.reply(OFFICE, "lấy lại dòng không tính 1")
    talk.say(OFFICE, "bỏ @5")
    talk.say(OFFICE, "lấy lại dòng không tính 1")
    with transaction(talk.engine) as session:
        assert [duty.position for duty in session.exec(select(Duty))] == [1, 2, 3, 4, 5]


def test_a_place_where_several_rows_stand_is_asked_back(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    table = PLAN[PLAN.index("| TT") :]
    twice = PLAN.replace("\nNơi nhận:", f"\nIII. NHIỆM VỤ KHÁC\n\n{table}")
    talk.say(OFFICE, file_name="hai-bang.txt", file=twice.encode())
    told = talk.say(OFFICE, "lấy lại dòng 6")[0]
    assert [choice.says for choice in told.choices] == [
        "lấy lại dòng không tính 1",
        "lấy lại dòng không tính 2",
    ]
    assert "thành nhiệm vụ @9" in talk.reply(OFFICE, "lấy lại bảng 2, dòng 6")


def test_a_row_that_is_not_there_is_one_clear_line(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "lấy lại dòng không tính 9").startswith("Không có dòng không tính “9”.")


def test_what_was_put_together_goes_when_the_draft_goes(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 2.1 và 2.2")
    talk.say(OFFICE, "hủy kế hoạch")
    with transaction(talk.engine) as session:
        assert (session.exec(select(Plan)).all(), session.exec(select(Duty)).all()) == ([], [])
