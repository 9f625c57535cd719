"""What a unit adds, “1: 4 tin, 2 bài”, is kept and counted, and closes nothing."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.conversation import handle_safely
from data.engine import transaction
from data.letters import as_body
from data.offices import office_of
from data.tables import Answer, Chat, Letter, LetterState
from duties.progress import Said
from duties.workdays import day_of
from scheduler.compose import compose
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, due_on, duty
from tests.fakes.slots import plan_slot

NOW = hanoi("2022-03-01 09:00")
JUNE = date(2022, 6, 30)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """The planning unit owes #A1 in June and, all year long, #A2: its first quarter."""
    made = Conversation(engine, NOW)
    made.plan(duty("1.1", due_on(JUNE), PLANS, row=1), duty("1.2", ONGOING, PLANS, row=2))
    return made


def answers(talk: Conversation) -> list[Answer]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Answer).order_by(col(Answer.id))))


def ask(talk: Conversation) -> None:
    """The letter that asks about the first quarter: “1” is #A1, “2” is #A2, unless it is done."""
    talk.now = hanoi("2022-03-07 08:00")
    with talk.office() as small:
        office = office_of(small.session, small.agency, day_of(talk.now))
        plan_slot(small.session, small.agency, office, talk.now)
        waiting = (Letter.state == LetterState.WAITING, col(Letter.key).startswith("slot:"))
        for letter in small.session.exec(select(Letter).where(*waiting)):
            chat = small.session.get_one(Chat, letter.chat_id)
            message = compose(small.session, letter, chat, office, talk.now)
            letter.listed, letter.state, letter.sent_at = list(message.listed), LetterState.SENT, talk.now
            letter.body = as_body(message)


def test_what_is_added_is_confirmed_in_one_line_with_how_to_undo_it(talk: Conversation) -> None:
    assert talk.reply(PLANS, "#A1: 4 tin, 2 bài") == (
        "Đã ghi cho việc #A1 (1.1 Tuyên truyền cải cách hành chính, nội dung 1.1): 4 tin, 2 bài. Cảm ơn đơn vị. "
        "Việc chưa tính là xong. Gõ “hoàn tác” nếu nhầm."
    )


def test_what_is_added_closes_nothing(talk: Conversation) -> None:
    talk.say(PLANS, "#A1: 4 tin, 2 bài")
    [answer] = answers(talk)
    assert (answer.kind, answer.quantities) == (Said.NOTE, {"tin": 4, "bài": 2})
    assert talk.owed("A1").obligation.is_open


def test_links_and_document_numbers_are_kept(talk: Conversation) -> None:
    talk.say(PLANS, "#A1: công văn số 12/BC-VP https://sttt.gov.vn/a")
    [answer] = answers(talk)
    assert (answer.documents, answer.links) == (["công văn số 12/BC-VP"], ["https://sttt.gov.vn/a"])


def test_the_document_that_comes_with_done_is_kept_too(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1, báo cáo số 123/BC-VP")
    assert answers(talk)[0].documents == ["báo cáo số 123/BC-VP"]


def test_a_second_count_shows_what_it_makes_in_all(talk: Conversation) -> None:
    talk.say(PLANS, "#A1: 4 tin, 2 bài")
    assert "3 tin; tổng đã báo: 7 tin, 2 bài." in talk.reply(PLANS, "#A1: 3 tin")


def test_done_said_again_counts_nothing_twice(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 4 tin, 2 bài")
    talk.say(PLANS, "xong #A1 4 tin, 2 bài")
    assert [answer.quantities for answer in answers(talk)] == [{"tin": 4, "bài": 2}]


def test_a_number_alone_shows_the_details_with_what_was_added(talk: Conversation) -> None:
    talk.say(PLANS, "#A1: 4 tin, công văn số 12/BC-VP")
    talk.say(PLANS, "/viec")
    assert "Đã báo: 4 tin; công văn số 12/BC-VP" in talk.reply(PLANS, "1")
    assert len(answers(talk)) == 1


def test_each_line_of_an_answer_goes_to_its_own_number(talk: Conversation) -> None:
    ask(talk)
    talk.say(PLANS, "1: 4 tin\n2: 1 hội nghị, 45 người dự")
    assert [answer.quantities for answer in answers(talk)] == [{"tin": 4}, {"hội nghị": 1, "người": 45}]


def test_a_reply_to_the_letter_about_one_thing_needs_no_number(talk: Conversation) -> None:
    talk.say(PLANS, "chi tiết #A1")
    inbox_id = talk.hear(PLANS, "4 tin, 2 bài", quoted=talk.newest_letter(PLANS))
    handle_safely(talk.engine, inbox_id, talk.now)
    assert answers(talk)[0].obligation_id == talk.owed("A1").id


def test_without_a_number_it_answers_the_only_open_question(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    ask(talk)
    talk.say(PLANS, "4 tin, 2 bài")
    assert answers(talk)[-1].obligation_id == talk.owed("A2").id


def test_of_two_open_questions_it_is_asked_which(talk: Conversation) -> None:
    ask(talk)
    [asked] = talk.say(PLANS, "4 tin, 2 bài")
    assert [choice.says for choice in asked.choices] == [
        "ghi chú #A1: 4 tin, 2 bài",
        "ghi chú #A2: 4 tin, 2 bài",
    ]
    assert answers(talk) == []


def test_what_is_offered_there_adds_it(talk: Conversation) -> None:
    ask(talk)
    [asked] = talk.say(PLANS, "4 tin, 2 bài")
    talk.say(PLANS, asked.choices[1].says)
    assert (answers(talk)[0].obligation_id, answers(talk)[0].quantities["tin"]) == (talk.owed("A2").id, 4)


def test_an_example_in_our_own_words_is_not_what_is_spoken_of(talk: Conversation) -> None:
    talk.say(OFFICE, "4 tin, 2 bài")
    assert "Chưa rõ là việc nào" in talk.reply(OFFICE, "4 tin, 2 bài")


def test_counts_for_several_at_once_are_asked_about(talk: Conversation) -> None:
    assert "Số liệu này là của việc nào" in talk.reply(PLANS, "#A1 #A2: 4 tin")
    assert answers(talk) == []


@pytest.mark.parametrize(
    "text", ["1: chưa đăng 4 tin", "1: 4 tin?", "1: sẽ có 2 bài", "3 người", "cần 4 tin nữa"]
)
def test_what_asks_denies_or_plans_is_not_kept(talk: Conversation, text: str) -> None:
    talk.say(PLANS, "/viec")
    talk.say(PLANS, text)
    assert answers(talk) == []


def test_nobody_adds_to_what_another_unit_owes(talk: Conversation) -> None:
    assert talk.reply(PRESS, "#A1: 4 tin") == "Việc #A1 không thuộc đơn vị này nên không ghi nhận."


def test_the_office_adds_for_a_unit_and_it_says_so(talk: Conversation) -> None:
    assert "Văn phòng ghi thay đơn vị" in talk.reply(OFFICE, "#A1: 4 tin")
    assert answers(talk)[0].on_behalf


def test_an_ongoing_thing_is_reported_by_what_was_added(talk: Conversation) -> None:
    ask(talk)
    talk.say(PLANS, "2: 4 tin, 2 bài")
    assert "Thường xuyên: đã báo cáo 1/1." in talk.reply(OFFICE, "tổng hợp quý 1")
    assert "(#A2); đã báo cáo" in talk.reply(PLANS, "/viec")


def test_undo_takes_the_report_and_its_numbers_back(talk: Conversation) -> None:
    talk.say(PLANS, "#A2: 4 tin, 2 bài")
    talk.say(PLANS, "hoàn tác")
    counted = talk.reply(OFFICE, "tổng hợp quý 1")
    assert "đã báo cáo 0/1" in counted
    assert "Số liệu" not in counted.replace("Số liệu tính đến", "")


def test_the_summary_adds_up_what_units_counted(talk: Conversation) -> None:
    talk.say(PLANS, "#A1: 4 tin, 2 bài")
    talk.say(PLANS, "xong #A2 3 tin, 1.200 lượt người")
    assert "Số liệu các đơn vị báo: 7 tin, 2 bài, 1.200 lượt người." in talk.reply(OFFICE, "tổng hợp quý 1")


def test_what_came_after_the_cut_off_belongs_to_the_next_window(talk: Conversation) -> None:
    talk.now = hanoi("2022-03-15 09:00")
    talk.say(PLANS, "#A1: 4 tin")
    assert "các đơn vị báo" not in talk.reply(OFFICE, "tổng hợp quý 1")
    assert "các đơn vị báo: 4 tin." in talk.reply(OFFICE, "tổng hợp quý 2")


def test_what_does_not_apply_any_more_takes_nothing_and_counts_nothing(talk: Conversation) -> None:
    talk.say(PLANS, "#A1: 4 tin")
    talk.say(OFFICE, "không tính #A1")
    assert "đã khép lại" in talk.reply(PLANS, "#A1: 3 tin")
    assert "các đơn vị báo" not in talk.reply(OFFICE, "tổng hợp quý 1")


def test_sent_back_it_is_not_reported(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A2 4 tin")
    talk.say(OFFICE, "trả lại #A2 thiếu số liệu")
    assert "đã báo cáo 0/1" in talk.reply(OFFICE, "tổng hợp quý 1")
