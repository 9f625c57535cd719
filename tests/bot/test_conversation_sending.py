"""What the office sends by itself, and stops: an announcement, a nudge now, a pause."""

from datetime import date

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from data.announcements import DRAFTED
from data.engine import transaction
from data.pauses import is_paused
from data.tables import Letter, LetterState, Trail
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS),
        duty("1.2", due_on(date(2022, 3, 15)), PRESS),
    )
    return made


def held_until(talk: Conversation, part: str) -> list[str]:
    """When the letters of that key may go out."""
    with transaction(talk.engine) as session:
        found = session.exec(select(Letter).where(col(Letter.key).contains(part)))
        return [f"{letter.next_try_at.astimezone(NOW.tzinfo):%d/%m %H:%M}" for letter in found]


def arrive(talk: Conversation, state: LetterState, chat: str) -> None:
    with transaction(talk.engine) as session:
        letter = session.get_one(Letter, talk.newest_letter(chat))
        letter.state = state


def test_an_announcement_is_looked_at_before_it_goes_out(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "thông báo: Họp giao ban 8 giờ sáng mai")
    assert "Xin xem lại trước khi gửi tới 2 nơi nhận" in said
    assert "Họp giao ban 8 giờ sáng mai" in said
    assert talk.told(PLANS) == []


def test_confirmed_it_reaches_every_unit_once(talk: Conversation) -> None:
    talk.say(OFFICE, "thông báo: Họp giao ban 8 giờ sáng mai")
    assert "tới 2 nơi nhận" in talk.reply(OFFICE, "gửi thông báo")
    assert talk.reply(OFFICE, "gửi thông báo").startswith("Không có thông báo nào chờ gửi.")
    assert [len(talk.told(unit)) for unit in (PLANS, PRESS)] == [1, 1]


def test_one_that_was_dropped_is_not_sent(talk: Conversation) -> None:
    talk.say(OFFICE, "thông báo: Họp giao ban")
    talk.say(OFFICE, "bỏ thông báo")
    assert talk.reply(OFFICE, "gửi thông báo").startswith("Không có thông báo nào chờ gửi.")


def test_words_that_were_forgotten_meanwhile_are_not_announced(talk: Conversation) -> None:
    talk.say(OFFICE, "thông báo: Họp giao ban")
    with transaction(talk.engine) as session:
        session.execute(
            update(Trail).where(col(Trail.action) == DRAFTED).values(sender="", words={}, salt="")
        )
    assert talk.reply(OFFICE, "gửi thông báo").startswith("Không có thông báo nào chờ gửi.")


def test_it_names_who_cannot_be_reached(talk: Conversation) -> None:
    talk.say(OFFICE, "thêm đơn vị: Thanh tra Sở")
    assert "Chưa có kênh nhận tin: Thanh tra Sở." in talk.reply(OFFICE, "/thongbao Họp")


def test_asked_after_it_says_how_far_it_has_got(talk: Conversation) -> None:
    talk.say(OFFICE, "/thongbao Họp")
    talk.say(OFFICE, "gửi thông báo")
    arrive(talk, LetterState.SENT, PLANS)
    arrive(talk, LetterState.FAILED, PRESS)
    said = talk.reply(OFFICE, "thông báo gửi đến đâu")
    assert f"“Họp” lúc 09:00 ngày 14/03/2022: đã gửi 1/2. / Chưa chắc đã đến: {PRESS}." in said.replace(
        "\n", " / "
    )


def test_at_night_an_announcement_waits_for_the_morning(talk: Conversation) -> None:
    talk.now = hanoi("2022-03-18 20:00")  # a Friday
    talk.say(OFFICE, "/thongbao Họp")
    assert "sẽ gửi lúc 07:30 ngày 21/03/2022" in talk.reply(OFFICE, "gửi thông báo")
    assert held_until(talk, "announce") == ["21/03 07:30"] * 2


def test_a_nudge_out_of_hours_needs_that_the_office_insists(talk: Conversation) -> None:
    talk.now = hanoi("2022-03-14 19:00")
    assert talk.reply(OFFICE, f"nhắc {PRESS}").startswith("Ngoài giờ gửi tin (07:30 đến 17:00 ngày làm việc)")
    assert talk.reply(OFFICE, f"cứ nhắc {PRESS}") == f"Đã gửi lời nhắc tới {PRESS}."
    assert held_until(talk, "nudge") == ["14/03 19:00"]


def test_nothing_is_nudged_twice_in_a_half_day(talk: Conversation) -> None:
    talk.say(OFFICE, f"nhắc {PRESS}")
    assert f"Buổi này đã nhắc: {PRESS}." in talk.reply(OFFICE, f"nhắc {PRESS}")
    talk.now = hanoi("2022-03-14 14:30")
    assert talk.reply(OFFICE, f"nhắc {PRESS}") == f"Đã gửi lời nhắc tới {PRESS}."


def test_what_holds_a_nudge_back_offers_what_lets_it_go(talk: Conversation) -> None:
    talk.say(OFFICE, f"nhắc {PRESS}")
    assert choices(talk, f"nhắc {PRESS}") == [f"cứ nhắc {PRESS}"]
    talk.say(OFFICE, "tạm dừng")
    assert choices(talk, f"nhắc {PRESS}") == ["tiếp tục"]


def choices(talk: Conversation, words: str) -> list[str]:
    return [choice.says for message in talk.say(OFFICE, words) for choice in message.choices]


def test_a_pause_ends_by_itself_after_its_day(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "tạm dừng đến 18/3")
    assert "đến hết ngày 18/03/2022; từ 21/03/2022 tự nhắc lại" in said
    with talk.office() as small:
        paused = [is_paused(small.agency, hanoi(f"2022-03-{day} 10:00")) for day in (18, 19)]
    assert paused == [True, False]


def test_a_pause_until_a_day_gone_by_is_refused(talk: Conversation) -> None:
    assert "đã qua nên chưa tạm dừng" in talk.reply(OFFICE, "tạm dừng đến 1/3/2022")


def test_taken_back_a_pause_is_over(talk: Conversation) -> None:
    talk.say(OFFICE, "tạm dừng đến 18/3")
    talk.say(OFFICE, "hoàn tác")
    with talk.office() as small:
        assert not is_paused(small.agency, NOW)


def test_what_is_not_paused_need_not_go_on(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "tiếp tục").startswith("Đang nhắc việc như thường")


def test_while_all_is_paused_a_nudge_waits_for_the_office(talk: Conversation) -> None:
    talk.say(OFFICE, "tạm dừng")
    assert talk.reply(OFFICE, f"cứ nhắc {PRESS}").startswith("Đang tạm dừng nhắc việc nên chưa gửi")


def test_while_all_is_paused_an_announcement_waits_for_the_office(talk: Conversation) -> None:
    for words in ("/thongbao Họp lúc 8 giờ", "tạm dừng"):
        talk.say(OFFICE, words)
    assert choices(talk, "gửi thông báo") == ["tiếp tục", "bỏ thông báo"]
    talk.say(OFFICE, "tiếp tục")
    assert "đang được gửi" in talk.reply(OFFICE, "gửi thông báo")


def test_an_announcement_written_during_a_pause_says_till_when_and_what_lets_it_go(
    talk: Conversation,
) -> None:
    talk.say(OFFICE, "tạm dừng đến 18/3")
    [said] = talk.say(OFFICE, "/thongbao Họp lúc 8 giờ")
    assert "Đang tạm dừng gửi tin đến hết ngày 18/03/2022 nên chưa gửi thông báo được." in said.text
    assert [choice.says for choice in said.choices] == ["tiếp tục", "bỏ thông báo"]


def test_who_lets_all_go_on_is_reminded_of_the_announcement_that_waited(talk: Conversation) -> None:
    for words in ("/thongbao Họp lúc 8 giờ", "tạm dừng"):
        talk.say(OFFICE, words)
    _, waits = talk.say(OFFICE, "tiếp tục")
    assert waits.text == "Thông báo “Họp lúc 8 giờ” đã soạn vẫn chưa gửi; gõ “gửi thông báo” để gửi."
    assert [choice.says for choice in waits.choices] == ["gửi thông báo", "bỏ thông báo"]


def test_after_a_pause_nothing_is_said_of_an_announcement_that_was_dropped(talk: Conversation) -> None:
    for words in ("/thongbao Họp lúc 8 giờ", "tạm dừng", "bỏ thông báo"):
        talk.say(OFFICE, words)
    assert len(talk.say(OFFICE, "tiếp tục")) == 1


def test_one_thing_is_called_to_mind_by_its_code_alone(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "nhắc #A1") == f"Đã gửi lời nhắc tới {PLANS}."
    assert "1 việc sau" in talk.told(PLANS)[-1]


def test_called_to_mind_twice_in_a_half_day_it_is_told_once(talk: Conversation) -> None:
    talk.say(OFFICE, "nhắc #A1")
    assert "cứ nhắc #A1" in talk.reply(OFFICE, "nhắc ngay #A1")
    assert len(talk.told(PLANS)) == 1


def test_what_is_done_is_not_called_to_mind(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert "không chờ đơn vị thực hiện" in talk.reply(OFFICE, "nhắc #A1")


def test_a_unit_cannot_call_to_mind(talk: Conversation) -> None:
    talk.say(PRESS, "nhắc #A1")
    assert talk.told(PLANS) == []
