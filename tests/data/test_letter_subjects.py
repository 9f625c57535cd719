"""Which letters speak of which obligation: reminders, notices, and those that did not arrive."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from data.engine import transaction
from data.letter_subjects import letters_about
from data.obligations import items
from data.tables import LetterState
from scheduler.channel import Channel, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.planning import plan_agency
from tests.conftest import NOW
from tests.fakes.channels import FaultyChannel, RecordingChannel
from tests.fakes.conversation import OFFICE, PLANS, Conversation
from tests.fakes.offices import due_on, duty

DUE = (NOW + timedelta(days=1)).date()


@pytest.fixture
def office(engine: Engine) -> Conversation:
    """What it owes is due tomorrow."""
    talk = Conversation(engine, NOW - timedelta(days=30))
    talk.plan(duty("1", due_on(DUE), PLANS))
    talk.now = NOW
    return talk


def told(office: Conversation, channel: Channel, after: timedelta = timedelta()) -> None:
    """The slot is planned, and its letters go out."""
    plan_agency(office.engine, 1, office.now + after, is_new_day=True)
    asyncio.run(deliver(office.engine, {"web": channel}, StoppedClock(office.now + after)))


def about(office: Conversation) -> list[tuple[str, str, LetterState]]:
    """The rung, the chat and the state of each letter about what is owed."""
    with transaction(office.engine) as session:
        found = letters_about(session, [each.id for each in items(session)])
        return [(sent.rung, sent.chat.title, sent.letter.state) for sent in found]


def test_a_reminder_is_a_letter_about_what_it_reminds_of(office: Conversation) -> None:
    told(office, RecordingChannel())
    assert about(office) == [("before:2", PLANS, LetterState.SENT)]


def test_one_that_was_refused_stays_beside_the_one_that_told_it_after_all(office: Conversation) -> None:
    told(office, FaultyChannel(DeliveryError("bot đã bị chặn", Failure.PERMANENT)))
    told(office, RecordingChannel(), timedelta(minutes=1))
    reminders = [each for each in about(office) if each[0]]
    assert reminders == [("before:2", PLANS, LetterState.FAILED), ("before:2", OFFICE, LetterState.SENT)]


def test_one_that_waits_for_another_try_is_about_nothing_until_it_has_words(office: Conversation) -> None:
    told(office, FaultyChannel(DeliveryError("chưa kết nối được", Failure.RETRY)))
    assert about(office) == []


def test_a_request_and_the_decision_about_it_are_letters_too(office: Conversation) -> None:
    office.say(PLANS, "#A1 xin lùi đến 20/3 vì chờ số liệu")
    office.say(OFFICE, "duyệt #A1")
    assert [title for _, title, _ in about(office)] == [OFFICE, PLANS]


def test_an_answer_to_a_question_is_none(office: Conversation) -> None:
    office.say(PLANS, "/viec")
    assert about(office) == []
