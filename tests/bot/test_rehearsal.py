"""Before the office changes its calendar or its reminders it sees which letters would come, go and move; nothing stays."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.rehearsal import Busy, Difference, Outcome, Rehearsed, differences, look_ahead, reckoning
from data.engine import transaction
from data.tables import Agency, Chat, ChatRole
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 07:00")
MARCH = {n: date(2022, 3, n) for n in range(1, 32)}


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """#A1 is due on Thursday 24/3; its period is a fortnight and more, so it is reminded 5, 2 and 0 days before."""
    made = Conversation(engine, hanoi("2022-03-01 09:00"))
    made.plan(duty("1.1", due_on(MARCH[24]), PLANS), duty("2.1", due_on(date(2022, 12, 30)), PRESS))
    made.now = NOW
    return made


def tried(
    talk: Conversation, *words: str, role: ChatRole = ChatRole.OFFICE, most_seconds: float = 60
) -> Rehearsed:
    with transaction(talk.engine) as session:
        chat_id = session.exec(select(Chat.id).where(Chat.role == role)).first()
    return look_ahead(talk.engine, chat_id or 0, words, talk.now, most_seconds)


def outcome(talk: Conversation, *words: str) -> Outcome:
    found = tried(talk, *words).outcome
    assert found is not None
    return found


def test_a_rung_that_moves_is_shown_with_both_its_days(talk: Conversation) -> None:
    shown = outcome(talk, "nhắc tháng trước 4, 2, 0 ngày")
    assert shown.differs == (Difference(PLANS, MARCH[17], MARCH[18], ("1.1 #A1",)),)


def test_a_rung_less_is_a_letter_less(talk: Conversation) -> None:
    shown = outcome(talk, "nhắc tháng trước 2, 0 ngày")
    assert shown.differs == (Difference(PLANS, MARCH[17], None, ("1.1 #A1",)),)
    assert shown.before == shown.after + 1


def test_a_day_off_moves_what_was_told_on_it(talk: Conversation) -> None:
    shown = tried(talk, "nghỉ 22/3: sửa trụ sở")
    assert shown.outcome is not None
    assert Difference(PLANS, MARCH[22], MARCH[21], ("1.1 #A1",)) in shown.outcome.differs
    assert "Đã ghi: cơ quan nghỉ Thứ Ba 22/03/2022 (sửa trụ sở)." in shown.answers[0]


def test_nothing_of_it_stays_in_any_table(talk: Conversation) -> None:
    def kept() -> dict[str, list[str]]:
        with transaction(talk.engine) as session:
            return {
                name: sorted(map(repr, session.execute(table.select())))
                for name, table in SQLModel.metadata.tables.items()
            }

    before = kept()
    tried(
        talk, "nhắc tháng trước 1, 0 ngày", "nghỉ 22/3", "hạn rơi ngày nghỉ: không lùi", "mốc 2.1 ngày 20/6"
    )
    assert kept() == before


def test_where_reckoning_takes_long_only_the_answers_are_tried(talk: Conversation) -> None:
    shown = tried(talk, "nghỉ 22/3", most_seconds=0)
    assert (shown.outcome, shown.is_refused, len(shown.answers)) == (None, False, 1)


def test_one_looks_ahead_at_a_time(talk: Conversation) -> None:
    with reckoning(), pytest.raises(Busy):
        tried(talk, "nghỉ 22/3")


def test_after_a_refusal_the_next_may_look_ahead(talk: Conversation) -> None:
    tried(talk, "nhắc quý trước 900 ngày")
    assert not tried(talk, "nghỉ 22/3").is_refused


def test_what_is_impossible_is_refused_in_the_words_of_the_conversation(talk: Conversation) -> None:
    shown = tried(talk, "nhắc quý trước 900 ngày")
    assert (shown.is_refused, shown.answers) == (True, ("Số ngày nhắc trước phải từ 0 đến 250.",))


@pytest.mark.parametrize("words", ["xong 1", "/thongbao họp", "nhắc quý trước mười ngày"])
def test_what_is_no_setting_is_not_tried(talk: Conversation, words: str) -> None:
    assert "Chưa hiểu" in tried(talk, words).answers[0]


def test_who_may_not_change_it_may_not_try_it(talk: Conversation) -> None:
    assert tried(talk, "nghỉ 22/3", role=ChatRole.UNIT).is_refused


def test_several_numbers_are_one_change_and_taken_back_as_one(talk: Conversation) -> None:
    talk.say(OFFICE, "nhắc tháng trước 3, 0 ngày\nnhắc sau hạn 2 ngày")
    talk.say(OFFICE, "hoàn tác")
    with transaction(talk.engine) as session:
        assert "policy" not in session.exec(select(Agency)).one().settings


def test_hours_that_fit_only_together_are_set_together(talk: Conversation) -> None:
    said = talk.reply(OFFICE, "giờ gửi 6:30 và 13:30\nchỉ gửi trong giờ 6:00 đến 16:45")
    assert said.startswith("Đã đặt: giờ gửi 06:30 và 13:30; chỉ gửi trong giờ 06:00 đến 16:45.")


def test_what_lies_beyond_the_days_looked_at_is_not_shown() -> None:
    far = {("Phòng A", "1"): [date(2022, 5, 1)]}
    assert differences({}, far, MARCH[28]) == ()


def test_what_moves_out_of_the_days_looked_at_is_no_letter_less() -> None:
    was, on = {("Phòng A", "1"): [MARCH[20]]}, {("Phòng A", "1"): [date(2022, 4, 5)]}
    assert differences(was, on, MARCH[28]) == (Difference("Phòng A", MARCH[20], date(2022, 4, 5), ("1",)),)
