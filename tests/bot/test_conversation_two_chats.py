"""A unit with two chats: its letters and the office's announcements come in the first, once."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.engine import transaction
from data.people import Place, chat_at
from scheduler.planning import plan_agency
from scheduler.reach import lose
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-31 08:00")
SECOND = "điện thoại trưởng phòng"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Phòng Kế hoạch has a second chat; its duty ends today."""
    made = Conversation(engine, NOW)
    made.plan(duty("1.1", due_on(date(2022, 3, 31)), PLANS))
    with made.office() as small:
        small.chat(SECOND, NOW, small.unit(PLANS))
    return made


def announce(talk: Conversation) -> None:
    for words in ("/thongbao Họp lúc 8 giờ", "gửi thông báo"):
        talk.say(OFFICE, words)


def keys(talk: Conversation, who: str) -> list[str]:
    return [key.split(":")[0] for key, _ in talk.letters(who)]


def test_an_announcement_comes_once_in_the_first_chat(talk: Conversation) -> None:
    announce(talk)
    assert (len(talk.told(PLANS)), len(talk.told(SECOND))) == (1, 0)


def test_so_does_the_letter_of_a_slot(talk: Conversation) -> None:
    plan_agency(talk.engine, 1, NOW, is_new_day=True)
    assert (keys(talk, PLANS).count("slot"), keys(talk, SECOND).count("slot")) == (1, 0)


def test_when_the_first_is_lost_both_come_in_the_second(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        first = chat_at(session, Place("web", "", PLANS))
        assert first is not None
        lose(session, first, "bị chặn", NOW)
    announce(talk)
    plan_agency(talk.engine, 1, NOW, is_new_day=True)
    assert sorted(keys(talk, SECOND)) == ["notice", "slot"]
