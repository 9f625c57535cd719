"""What a platform counts by the month: counted once for each message, warned of, kept for what cannot wait."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from data.engine import transaction
from data.letters import put_letter
from data.people import chats_of_role
from data.tables import Chat, ChatRole, Letter, LetterKind, LetterState, MonthlyCount
from duties.message import Line, Message
from scheduler.channel import DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.quota import count_sent, next_month
from tests.conftest import NOW, hanoi
from tests.fakes.channels import PLAIN, FaultyChannel, RecordingChannel
from tests.fakes.offices import SmallOffice

HELLO = Message((Line("Xin chào"),))
CAPPED = replace(PLAIN, monthly_cap=100)


@pytest.fixture
def chat_id(engine: Engine) -> int:
    """A unit's chat; the coordinating office has one too."""
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        small.chat("dieu-phoi", NOW, role=ChatRole.OFFICE)
        chat = small.chat("van-phong", NOW, small.unit("Văn phòng Sở"))
        assert chat.id is not None
        return chat.id


def use_up(session: Session, chat: Chat, sent: int) -> None:
    session.add(MonthlyCount(channel=chat.channel, bot=chat.bot, month=f"{NOW:%Y-%m}", sent=sent))
    session.flush()


def send(
    engine: Engine, chat_id: int, kind: LetterKind, channel: RecordingChannel, key: str = "x:1"
) -> LetterState:
    channel.capabilities = CAPPED
    with transaction(engine) as session:
        put = put_letter(session, session.get_one(Chat, chat_id), key, kind, NOW, HELLO)
    asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW)))
    with transaction(engine) as session:
        return session.get_one(Letter, put).state


def counted(engine: Engine) -> int:
    with transaction(engine) as session:
        return session.exec(select(MonthlyCount.sent)).one()


def test_each_message_is_counted_once(engine: Engine, chat_id: int) -> None:
    channel = RecordingChannel()
    for key in ("x:1", "x:2"):
        send(engine, chat_id, LetterKind.NOTICE, channel, key)
    assert counted(engine) == 2


def test_one_that_may_have_arrived_counts(engine: Engine, chat_id: int) -> None:
    send(engine, chat_id, LetterKind.NOTICE, FaultyChannel(DeliveryError("?", Failure.UNKNOWN)))
    assert counted(engine) == 1


def test_the_office_is_told_once_when_four_fifths_are_gone(engine: Engine, chat_id: int) -> None:
    with transaction(engine) as session:
        chat = session.get_one(Chat, chat_id)
        use_up(session, chat, 79)
        for _ in range(3):
            count_sent(session, CAPPED, chat, NOW)
        letters = session.exec(select(Letter)).all()
    assert ["đã gửi 80/100 tin" in str(letter.body) for letter in letters] == [True]


def test_towards_the_end_what_can_wait_waits_for_the_next_month(engine: Engine, chat_id: int) -> None:
    with transaction(engine) as session:
        use_up(session, session.get_one(Chat, chat_id), 95)
    assert send(engine, chat_id, LetterKind.NOTICE, RecordingChannel()) is LetterState.WAITING
    with transaction(engine) as session:
        assert session.exec(select(Letter)).one().next_try_at == next_month(NOW)


def test_the_office_itself_goes_on_hearing_what_befalls(engine: Engine, chat_id: int) -> None:
    with transaction(engine) as session:
        use_up(session, session.get_one(Chat, chat_id), 95)
        [office] = chats_of_role(session, 1, ChatRole.OFFICE)
    assert send(engine, office.id or 0, LetterKind.NOTICE, RecordingChannel()) is LetterState.SENT


def test_whoever_asked_is_answered_to_the_last(engine: Engine, chat_id: int) -> None:
    with transaction(engine) as session:
        use_up(session, session.get_one(Chat, chat_id), 99)
    assert send(engine, chat_id, LetterKind.REPLY, RecordingChannel()) is LetterState.SENT


def test_a_new_month_begins_anew() -> None:
    assert [next_month(hanoi(f"{day} 09:00")) for day in ("2026-12-31", "2026-02-28")] == [
        hanoi("2027-01-01 00:00"),
        hanoi("2026-03-01 00:00"),
    ]


def test_a_platform_that_does_not_count_is_not_counted(engine: Engine, chat_id: int) -> None:
    with transaction(engine) as session:
        count_sent(session, PLAIN, session.get_one(Chat, chat_id), NOW + timedelta(days=1))
        assert session.exec(select(MonthlyCount)).all() == []
