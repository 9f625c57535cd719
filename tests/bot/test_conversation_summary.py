"""`/tonghop` of a window, a plan, a group or a unit: one message that fits every channel, and what it offers next."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.engine import transaction
from data.offices import office_of
from data.plans import SourceFile, confirm, put_draft
from data.tables import ChatRole, Letter, LetterState
from duties.deadline import Years
from duties.plan import DraftDuty, DraftPlan, PlanHead, Source
from scheduler.materialise import materialise
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-06-15 09:00")
SMALLEST_CHANNEL = 2000


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Plan 485: one duty of two units, overdue. Plan 12: two groups, both due in June."""
    made = Conversation(engine, hanoi("2022-04-04 09:00"))
    made.plan(duty("1.1", due_on(date(2022, 5, 16)), PLANS, PRESS, row=1))
    put_plan(made, "12/KH-STTTT", [("I. Truyền thông", PLANS), ("II. Kiểm tra", PRESS)])
    made.now = NOW
    return made


def put_plan(talk: Conversation, number: str, groups: list[tuple[str, str]]) -> None:
    duties = tuple(
        DraftDuty(
            f"{n}.1",
            f"Thực hiện nhiệm vụ nhóm {n}",
            Source(n),
            due_on(date(2022, 6, 30)),
            group=group,
            leads=(unit,),
        )
        for n, (group, unit) in enumerate(groups, start=1)
    )
    with talk.office() as small:
        draft = DraftPlan(PlanHead(number, "Kiểm tra", "Sở TT&TT", None), duties)
        plan = put_draft(
            small.session,
            small.agency_id,
            draft,
            Years.of(2022),
            SourceFile("b.txt", number.encode()),
            talk.now,
        )
        confirm(small.session, plan, talk.now)
        today = talk.now.date()
        materialise(small.session, small.agency, office_of(small.session, small.agency, today), today)


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("quý 2", "3 nhiệm vụ đến hạn trong kỳ"),
        ("quý 2 kế hoạch 485", "1 nhiệm vụ đến hạn trong kỳ"),
        ("kế hoạch số 12/KH-STTTT quý 2", "2 nhiệm vụ đến hạn trong kỳ"),
        ("quý 2 nhóm truyền thông", "1 nhiệm vụ đến hạn trong kỳ"),
        ("nhóm truyền thông quý 2", "1 nhiệm vụ đến hạn trong kỳ"),
        ("nhóm II quý 2", "1 nhiệm vụ đến hạn trong kỳ"),
        (f"{PLANS} quý 2", "2 phần việc đến hạn trong kỳ"),
        (f"quý 2 {PLANS} kế hoạch 12", "1 phần việc đến hạn trong kỳ"),
        ("quý 2 dương lịch", "3 nhiệm vụ đến hạn trong kỳ"),
        ("từ 1/5 đến 31/5", "1 nhiệm vụ đến hạn trong kỳ"),
        ("tháng 5", "1 nhiệm vụ đến hạn trong kỳ"),
        ("6 tháng", "3 nhiệm vụ đến hạn trong kỳ"),
        ("năm", "3 nhiệm vụ đến hạn trong kỳ"),
    ],
)  # fmt: skip
def test_a_part_is_counted_by_itself(talk: Conversation, words: str, counted: str) -> None:
    assert counted in talk.reply(OFFICE, f"/tonghop {words}")


@pytest.mark.parametrize(
    ("words", "answered"),
    [("kế hoạch 999", "Không có kế hoạch số “999” đang thực hiện"), ("quý 2 phòng nào đó", "Không có đơn vị tên “phòng nào đó”; gõ /donvi"),
     ("quý 2 nhóm không có", "Không có nhóm nhiệm vụ nào là “không có”"), ("6 tháng quý 1", "Chưa hiểu “6 tháng quý 1”"),
     ("từ 14/6/2022 đến 15/3/2022", "“từ 14/6/2022 đến 15/3/2022”: ngày cuối trước ngày đầu")],
)  # fmt: skip
def test_what_does_not_exist_is_named(talk: Conversation, words: str, answered: str) -> None:
    assert answered in talk.reply(OFFICE, f"/tonghop {words}")


def test_a_window_that_has_not_begun_says_so(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "/tonghop năm 2030")
    assert "Kỳ này từ ngày 01/01/2030, chưa bắt đầu." in said
    assert "chưa bắt đầu" not in talk.reply(OFFICE, "/tonghop quý 3")


def test_the_documents_of_a_unit_s_chat_are_named_as_the_unit_s(talk: Conversation) -> None:
    talk.say(PLANS, "word quý 2")
    with transaction(talk.engine) as session:
        letter = session.exec(select(Letter).where(Letter.state == LetterState.DRAFTED)).one()
        assert letter.body["writes"]["of"] == PLANS


def test_one_line_a_duty_names_its_units(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "/tonghop quý 2")
    assert "Quá hạn (2 phần việc, 1 nhiệm vụ):\n- 1.1 Tuyên truyền" in said
    assert f"hạn 16/05/2022: {PLANS}, {PRESS}" in said


def test_it_offers_the_documents_of_what_is_shown(talk: Conversation) -> None:
    [shown] = talk.say(OFFICE, "/tonghop quý 2 kế hoạch 12")
    assert [choice.says for choice in shown.choices][:2] == [
        "word quý II năm 2022 kế hoạch 12/KH-STTTT",
        "excel quý II năm 2022 kế hoạch 12/KH-STTTT",
    ]


def test_each_choice_it_offers_is_understood(talk: Conversation) -> None:
    [shown] = talk.say(OFFICE, f"/tonghop quý 2 {PLANS} nhóm truyền thông")
    answers = {choice.says: talk.reply(OFFICE, choice.says) for choice in shown.choices}
    assert not [says for says, answered in answers.items() if "Chưa hiểu" in answered]


def test_the_next_threshold_names_who_holds_what_is_nearest(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "/tonghop quý 2")
    assert "Còn 3 nhiệm vụ nữa thì đạt 70%, gần nhất: 1.1 Thực hiện nhiệm vụ nhóm 1" in said


def test_the_leader_hears_first_what_is_long_overdue(talk: Conversation) -> None:
    with talk.office() as small:
        small.chat("Lãnh đạo", talk.now, role=ChatRole.LEADER)
    said = talk.reply("Lãnh đạo", "/tonghop quý 2")
    assert "Quá hạn từ 10 ngày làm việc trở lên (2 phần việc, 1 nhiệm vụ):\n- 1.1 Tuyên truyền" in said
    assert "Quá hạn từ 10" not in talk.reply(OFFICE, "/tonghop quý 2")


def test_hundreds_of_duties_fit_the_smallest_channel_with_its_choices(talk: Conversation) -> None:
    put_plan(talk, "77/KH-STTTT", [(f"Nhóm {n}", PLANS if n % 2 else PRESS) for n in range(150)])
    [shown] = talk.say(OFFICE, "/tonghop quý 2")
    choices = [f"{n}. {choice.label}" for n, choice in enumerate(shown.choices, start=1)]
    assert len("\n".join([shown.text, *choices])) <= SMALLEST_CHANNEL
    assert "nhiệm vụ khác" in shown.text
