"""What a unit says is recorded once, confirmed in one line, and never for another unit."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.conversation import handle_safely
from data.engine import transaction
from data.tables import Answer, Inbox
from duties.progress import Said
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation, with_three_owed
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
MARCH = date(2022, 3, 31)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    return with_three_owed(engine, NOW)


def answers(talk: Conversation) -> list[Answer]:
    with transaction(talk.engine) as session:
        return list(session.exec(select(Answer).order_by(col(Answer.id))))


def test_a_list_shows_number_deadline_and_code(talk: Conversation) -> None:
    listed = talk.reply(PLANS, "việc của tôi")
    assert (
        "1. 1.1 Tuyên truyền cải cách hành chính, nội dung 1.1 — hạn 31/03/2022, còn 17 ngày (#A1)" in listed
    )


def test_the_numbers_of_a_list_stand_for_its_obligations(talk: Conversation) -> None:
    [shown] = talk.say(PLANS, "/viec")
    assert shown.listed == (talk.owed("A1").id, talk.owed("A2").id)


def test_a_number_of_the_newest_list_is_done(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    talk.say(PLANS, "xong 2")
    assert talk.owed("A2").obligation.done_at is not None


def test_done_is_confirmed_with_how_to_undo_it(talk: Conversation) -> None:
    confirmed = talk.reply(PLANS, "xong #A1")
    assert confirmed == (
        "Đã ghi nhận: việc #A1 (1.1 Tuyên truyền cải cách hành chính, nội dung 1.1) hoàn thành ngày 14/03/2022. "
        "Cảm ơn đơn vị. Gõ “hoàn tác” nếu nhầm."
    )


def test_links_and_amounts_are_kept_with_the_answer(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 https://sttt.gov.vn/a 4 tin, 2 bài")
    [answer] = answers(talk)
    assert (answer.links, answer.quantities) == (["https://sttt.gov.vn/a"], {"tin": 4, "bài": 2})


@pytest.mark.parametrize("before", ["/viec", "xong #A1, #A2"])
def test_amounts_of_several_things_are_not_added_to_any_and_it_is_said(
    talk: Conversation, before: str
) -> None:
    talk.say(PLANS, before)
    said = talk.reply(PLANS, "xong #A1, #A2: 4 tin, 2 bài")
    assert "Số liệu “4 tin, 2 bài” chưa được cộng vì chưa rõ của việc nào" in said
    assert [answer.quantities for answer in answers(talk) if answer.quantities] == []


def test_several_are_done_in_one_message(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    talk.say(PLANS, "xong 1, 2")
    assert [answer.kind for answer in answers(talk)] == [Said.DONE, Said.DONE]


def test_done_twice_is_one_answer(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    again = talk.reply(PLANS, "xong #A1")
    assert "đã được ghi nhận hoàn thành ngày 14/03/2022" in again
    assert len(answers(talk)) == 1


def test_the_same_message_handled_twice_has_one_effect(talk: Conversation) -> None:
    inbox_id = talk.hear(PLANS, "xong #A1")
    handle_safely(talk.engine, inbox_id, NOW)
    handle_safely(talk.engine, inbox_id, NOW)
    assert len(answers(talk)) == 1
    assert len(talk.letters(PLANS)) == 1


def test_one_thing_named_twice_in_a_message_is_one_answer(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 1.1")
    assert len(answers(talk)) == 1


def test_a_duty_code_means_the_occurrence_due_next(talk: Conversation) -> None:
    talk.say(PLANS, "1.2 xong")
    assert talk.owed("A2").obligation.done_at is not None


@pytest.mark.parametrize(
    "text",
    ["2 chưa xong", "2 sắp xong", "2 xong chưa?", "xong 2 nhưng chưa gửi", "xong 2 mai", "xong tất cả"],
)
def test_what_is_not_said_to_be_done_is_not_done(talk: Conversation, text: str) -> None:
    talk.say(PLANS, "/viec")
    talk.say(PLANS, text)
    assert talk.owed("A2").obligation.done_at is None


def test_doubt_is_asked_back_with_choices_that_say_it_plainly(talk: Conversation) -> None:
    [asked] = talk.say(PLANS, "#A1 ok")
    assert [choice.says for choice in asked.choices][:2] == ["xong #A1", "đang làm #A1"]


def test_everything_is_asked_back_by_name(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    [asked] = talk.say(PLANS, "xong hết")
    talk.say(PLANS, asked.choices[0].says)
    assert [answer.kind for answer in answers(talk)] == [Said.DONE, Said.DONE]


def test_done_without_a_number_asks_which(talk: Conversation) -> None:
    [asked] = talk.say(PLANS, "xong")
    assert [choice.says for choice in asked.choices] == ["xong #A1", "xong #A2"]
    assert answers(talk) == []


def test_done_without_a_number_is_about_the_letter_it_quotes(talk: Conversation) -> None:
    talk.say(PLANS, "chi tiết #A2")
    inbox_id = talk.hear(PLANS, "xong", quoted=talk.newest_letter(PLANS))
    handle_safely(talk.engine, inbox_id, NOW)
    assert talk.owed("A2").obligation.done_at is not None


def test_a_letter_of_another_chat_cannot_be_quoted(talk: Conversation) -> None:
    talk.say(PRESS, "/viec")
    inbox_id = talk.hear(PLANS, "xong 1", quoted=talk.newest_letter(PRESS))
    handle_safely(talk.engine, inbox_id, NOW)
    assert answers(talk) == []


def test_another_units_code_is_refused_and_written_down(talk: Conversation) -> None:
    refused = talk.reply(PLANS, "xong #A3")
    assert refused == "Việc #A3 không thuộc đơn vị này nên không ghi nhận."
    assert (answers(talk), talk.refusals()) == ([], 1)


def test_one_part_that_may_not_be_leaves_nothing_recorded(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 #A3")
    assert answers(talk) == []


def test_a_number_that_is_not_in_the_list_is_one_clear_line(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    assert (
        talk.reply(PLANS, "xong 9") == "Danh sách gần nhất chỉ có 2 việc, không có số 9. Gõ /viec để xem lại."
    )


@pytest.fixture
def busy(talk: Conversation) -> Conversation:
    """Beside #A1 in March and #A2 in June, the planning unit owes four things more in the autumn."""
    talk.plan(*(duty(f"9.{n}", due_on(date(2022, 10, n)), PLANS, row=n) for n in range(1, 5)))
    return talk


def test_a_long_list_shows_what_belongs_to_the_present_window(busy: Conversation) -> None:
    [shown] = busy.say(PLANS, "/viec")
    assert shown.listed == (busy.owed("A1").id,)
    assert "Và 5 việc của các kỳ sau" in shown.text


def test_all_of_a_long_list_is_shown_on_request(busy: Conversation) -> None:
    assert "6 việc chưa hoàn thành" in busy.reply(PLANS, "/viec tatca")


def test_the_list_of_a_quarter_shows_what_is_due_in_it(busy: Conversation) -> None:
    [shown] = busy.say(PLANS, "việc quý 2")
    assert shown.listed == (busy.owed("A2").id,)


def test_there_is_no_number_zero(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    assert "không có số 0" in talk.reply(PLANS, "xong 0")


def test_a_code_too_long_to_be_one_is_named_in_the_answer(talk: Conversation) -> None:
    assert "mã #A999" in talk.reply(PLANS, "xong #A999")


def test_a_list_of_last_week_no_longer_counts(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    talk.now = NOW + timedelta(days=8)
    assert "Chưa rõ số 1 là việc nào" in talk.reply(PLANS, "xong 1")


def test_a_code_that_does_not_exist_is_one_clear_line(talk: Conversation) -> None:
    assert talk.reply(PLANS, "xong #Z99") == "Không có việc nào mang mã #Z99. Gõ /viec để xem danh sách."


def test_an_unknown_command_is_one_clear_line(talk: Conversation) -> None:
    assert "Không có lệnh này" in talk.reply(PLANS, "/xoahet")


def test_what_a_unit_may_not_do_is_refused_and_written_down(talk: Conversation) -> None:
    assert talk.reply(PLANS, "duyệt #A1").startswith("Nội dung này do Văn phòng quyết định")
    assert talk.refusals() == 1


def test_in_progress_shows_in_the_list(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 đang làm")
    assert "(#A1); đang làm" in talk.reply(PLANS, "/viec")


def test_in_progress_opens_again_what_was_done(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert "mở lại" in talk.reply(PLANS, "#A1 đang làm")
    assert talk.owed("A1").obligation.is_open


def test_an_obstacle_is_told_to_the_office_at_once(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 vướng: chưa có kinh phí")
    [notice] = talk.told(OFFICE)
    assert f"{PLANS} báo vướng mắc" in notice
    assert "“chưa có kinh phí”" in notice


def test_an_obstacle_that_is_gone_is_shown_no_more(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 vướng: chưa có kinh phí")
    talk.say(PLANS, "#A1 hết vướng")
    assert talk.owed("A1").obligation.obstacle == ""
    assert f"{PLANS} báo đã hết vướng mắc" in talk.told(OFFICE)[-1]


def test_undo_brings_an_obstacle_back(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 vướng: chưa có kinh phí")
    talk.say(PLANS, "#A1 hết vướng")
    talk.say(PLANS, "hoàn tác")
    assert talk.owed("A1").obligation.obstacle == "chưa có kinh phí"


def test_where_nothing_is_in_the_way_nothing_is_cleared(talk: Conversation) -> None:
    assert "không có vướng mắc nào" in talk.reply(PLANS, "#A1 hết vướng")


def test_an_obstacle_without_words_is_asked_about(talk: Conversation) -> None:
    assert "Xin ghi rõ vướng mắc" in talk.reply(PLANS, "#A1 vướng")
    assert answers(talk) == []


def test_a_request_to_wait_changes_no_date_by_itself(talk: Conversation) -> None:
    asked = talk.reply(PLANS, "#A1 xin lùi đến 20/6 vì chờ số liệu")
    assert "từ 31/03/2022 đến 20/06/2022" in asked
    assert talk.owed("A1").obligation.due == MARCH


def test_a_length_is_counted_from_the_due_date(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 lùi 1 tuần")
    assert answers(talk)[0].wanted_due == date(2022, 4, 7)


def test_a_month_more_ends_on_a_day_that_month_has(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 lùi 1 tháng")
    assert answers(talk)[0].wanted_due == date(2022, 4, 30)


def test_a_day_that_a_colleague_granted_already_is_said_to_stand(talk: Conversation) -> None:
    talk.say(OFFICE, "gia hạn #A1 đến 20/4")
    assert "Hạn của việc #A1 đang là 20/04/2022 rồi" in talk.reply(OFFICE, "gia hạn #A1 đến 20/4")


def test_an_earlier_day_is_no_extension(talk: Conversation) -> None:
    assert "không muộn hơn hạn hiện nay (31/03/2022)" in talk.reply(PLANS, "#A1 xin lùi đến 20/3")
    assert answers(talk) == []


def test_what_is_done_is_not_extended(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert "đã hoàn thành nên không lùi hạn nữa" in talk.reply(PLANS, "#A1 xin lùi đến 20/6")


def test_a_reminder_put_off_never_passes_the_due_date(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 nhắc lại sau 30 ngày")
    assert talk.owed("A1").obligation.snoozed_until == MARCH


def test_a_reminder_put_off_to_a_day_off_comes_on_the_working_day_after(talk: Conversation) -> None:
    talk.now = hanoi("2022-03-17 09:00")
    assert "từ ngày 21/03/2022" in talk.reply(PLANS, "#A1 nhắc lại sau 3 ngày")


def test_undo_takes_back_all_that_the_newest_message_recorded(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1 #A2")
    talk.say(PLANS, "hoàn tác")
    assert talk.owed("A1").obligation.is_open
    assert talk.owed("A2").obligation.is_open


def test_undo_twice_takes_back_the_message_before(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PLANS, "xong #A2")
    talk.say(PLANS, "hoàn tác")
    talk.say(PLANS, "hoàn tác")
    assert all(answer.undone_at for answer in answers(talk))


def test_after_a_day_nothing_is_taken_back(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.now = NOW + timedelta(hours=25)
    assert talk.reply(PLANS, "hoàn tác") == "Không có gì để hoàn tác trong 24 giờ qua."


def test_what_the_office_decided_on_is_not_taken_back(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, "duyệt #A1")
    assert "Văn phòng đã quyết định" in talk.reply(PLANS, "hoàn tác")


def test_nobody_takes_back_what_another_chat_said(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PRESS, "hoàn tác")
    assert talk.owed("A1").obligation.done_at is not None


def test_thanks_need_no_answer(talk: Conversation) -> None:
    assert talk.say(PLANS, "cảm ơn ạ") == []


def test_what_is_not_understood_says_that_nothing_was_recorded(talk: Conversation) -> None:
    assert "chưa ghi nhận gì" in talk.reply(PLANS, "tuần này họp mấy giờ")


def test_a_failure_is_marked_and_answered_with_one_polite_line(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.conversation.read_reply", lambda *_: 1 / 0)
    inbox_id = talk.hear(PLANS, "xong #A1")
    handle_safely(talk.engine, inbox_id, NOW)
    with Session(talk.engine) as session:
        assert session.get_one(Inbox, inbox_id).failed
    assert (
        talk.letters(PLANS)[0][1].text
        == "Có lỗi khi xử lý tin này nên chưa ghi nhận gì; xin gửi lại sau ít phút."
    )


def test_a_units_summary_counts_only_its_own(talk: Conversation) -> None:
    counted = talk.reply(PLANS, "tổng hợp quý 2")
    assert f"Tổng hợp quý II năm 2022 — {PLANS}" in counted
    assert "1 phần việc đến hạn trong kỳ" in counted


def test_a_unit_may_not_see_anothers_summary(talk: Conversation) -> None:
    assert talk.reply(PLANS, f"tổng hợp {PRESS}") == "Đơn vị chỉ xem được tổng hợp của mình; gõ /tonghop."
