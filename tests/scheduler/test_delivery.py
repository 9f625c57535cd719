"""Letters reach their chat once; refusals are answered each in its own way."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from data.engine import transaction
from data.letters import claim, put_letter
from data.people import Place, chats_of_role
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState
from duties.message import Line, Message
from scheduler.channel import Channel, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import LEASE, deliver
from scheduler.limits import Limit
from scheduler.records import pause_after
from tests.conftest import NOW
from tests.fakes.channels import PLAIN, FaultyChannel, RecordingChannel
from tests.fakes.offices import SmallOffice

HELLO = Message((Line("Xin chào"),))
UNIT_CHAT = Place("web", "", "van-phong")


@pytest.fixture
def letter_id(engine: Engine) -> int:
    """A letter that waits for the chat of the Văn phòng; the coordinating office has a chat too."""
    with transaction(engine) as session:
        small = SmallOffice.founded(session, NOW, name="Sở TT&TT")
        small.chat("dieu-phoi", NOW, role=ChatRole.OFFICE)
        chat = small.chat("van-phong", NOW, small.unit("Văn phòng Sở"))
        put = put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, HELLO)
        assert put is not None
        return put


def send_all(engine: Engine, channel: Channel, after: timedelta = timedelta()) -> int:
    return asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW + after)))


def state(engine: Engine, letter_id: int) -> LetterState:
    with transaction(engine) as session:
        return session.get_one(Letter, letter_id).state


def refusal(kind: Failure, *, wait: timedelta | None = None, moved_to: Place | None = None) -> FaultyChannel:
    return FaultyChannel(DeliveryError("từ chối", kind, wait=wait, moved_to=moved_to))


def test_a_letter_is_sent_once(engine: Engine, letter_id: int) -> None:
    channel = RecordingChannel()
    assert [send_all(engine, channel), send_all(engine, channel)] == [1, 0]
    assert channel.to(UNIT_CHAT) == ["Xin chào"]


def test_the_same_key_is_put_once(engine: Engine, letter_id: int) -> None:
    with transaction(engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == "van-phong")).one()
        assert put_letter(session, chat, "notice:1", LetterKind.NOTICE, NOW, HELLO) is None


def test_two_workers_never_hold_one_letter(engine: Engine, letter_id: int) -> None:
    with transaction(engine) as session:
        seen_by_both = session.get_one(Letter, letter_id)
        first = claim(session, seen_by_both, NOW, LEASE)
        assert (first, claim(session, seen_by_both, NOW, LEASE)) == (True, False)


def test_a_dead_worker_s_letter_is_sent_again_and_marked(engine: Engine, letter_id: int) -> None:
    with transaction(engine) as session:
        claim(session, session.get_one(Letter, letter_id), NOW, LEASE)
    channel = RecordingChannel()
    assert send_all(engine, channel) == 0
    send_all(engine, channel, after=LEASE + timedelta(seconds=1))
    assert channel.to(UNIT_CHAT) == ["(có thể trùng với tin trước)\nXin chào"]


def test_a_failed_try_waits_before_the_next(engine: Engine, letter_id: int) -> None:
    channel = refusal(Failure.RETRY)
    assert send_all(engine, channel) == 0
    assert send_all(engine, channel, after=timedelta(seconds=29)) == 0
    assert send_all(engine, channel, after=timedelta(seconds=31)) == 1


def test_a_platform_that_says_how_long_is_obeyed(engine: Engine, letter_id: int) -> None:
    channel = refusal(Failure.WAIT, wait=timedelta(minutes=7))
    send_all(engine, channel)
    assert send_all(engine, channel, after=timedelta(minutes=6)) == 0
    assert send_all(engine, channel, after=timedelta(minutes=8)) == 1


def test_what_may_have_arrived_is_not_sent_again(engine: Engine, letter_id: int) -> None:
    channel = refusal(Failure.UNKNOWN)
    assert [send_all(engine, channel), send_all(engine, channel, after=timedelta(days=1))] == [0, 0]
    assert state(engine, letter_id) is LetterState.UNKNOWN


def test_a_chat_that_moved_is_followed(engine: Engine, letter_id: int) -> None:
    moved_to = Place("web", "", "nhom-moi")
    channel = refusal(Failure.MOVED, moved_to=moved_to)
    send_all(engine, channel)
    assert send_all(engine, channel, after=timedelta(seconds=1)) == 1
    assert channel.to(moved_to) == ["Xin chào"]


def test_a_chat_that_refuses_for_good_is_left_and_the_office_told(engine: Engine, letter_id: int) -> None:
    channel = refusal(Failure.PERMANENT)
    send_all(engine, channel)
    assert state(engine, letter_id) is LetterState.FAILED
    assert "Không gửi được tin đến “van-phong”" in channel.to(Place("web", "", "dieu-phoi"))[0]


def test_a_paused_agency_hears_nothing_but_replies(engine: Engine, letter_id: int) -> None:
    with transaction(engine) as session:
        _pause_and_reply(session)
    channel = RecordingChannel()
    send_all(engine, channel)
    assert [place.address for place, _ in channel.sent] == ["dieu-phoi"]


def _pause_and_reply(session: Session) -> None:
    agency = session.exec(select(Agency)).one()
    agency.paused_at = NOW
    [chat] = chats_of_role(session, agency.id or 0, ChatRole.OFFICE)
    put_letter(session, chat, "reply:1:0", LetterKind.REPLY, NOW, HELLO)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (6, 900), (40, 900)])
def test_pauses_double_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert pause_after(attempts) == timedelta(seconds=seconds)


def lines(text: str) -> Sequence[Message]:
    return [Message((Line(each),)) for each in text.split()]


class SplittingChannel(RecordingChannel):
    """Takes one line at a time, once a second."""

    capabilities = replace(
        PLAIN,
        parts=lambda message: lines(message.text),
        limits=lambda address: [Limit(f"web::{address.address}", timedelta(seconds=1))],
    )


def test_what_does_not_fit_follows_in_letters_of_its_own(engine: Engine, letter_id: int) -> None:
    channel = SplittingChannel()
    for seconds in range(3):
        send_all(engine, channel, after=timedelta(seconds=seconds))
    assert channel.to(UNIT_CHAT) == ["Xin", "chào"]


def test_a_chat_that_may_not_be_written_to_yet_holds_up_no_other(engine: Engine, letter_id: int) -> None:
    with transaction(engine) as session:
        chats = session.exec(select(Chat).order_by(col(Chat.id).desc())).all()
        for n in range(200):
            put_letter(session, chats[0], f"notice:x{n}", LetterKind.NOTICE, NOW, HELLO)
        put_letter(session, chats[1], "notice:2", LetterKind.NOTICE, NOW, HELLO)
    channel = SplittingChannel()
    assert send_all(engine, channel) == 2


def test_a_platform_out_of_reach_does_not_cost_a_chat_its_letters(engine: Engine, letter_id: int) -> None:
    channel = FaultyChannel(*[DeliveryError("mất mạng", Failure.RETRY)] * 30)
    for hours in range(96):  # it is told in office hours only
        send_all(engine, channel, after=timedelta(hours=hours))
    assert channel.to(UNIT_CHAT) == ["Xin chào"]


class OneBot(FaultyChannel):
    """Every chat is reached by one bot."""

    capabilities = replace(
        PLAIN,
        limits=lambda address: [
            Limit(f"web::{address.address}", timedelta(seconds=1)),
            Limit("web:", timedelta(seconds=1), burst=30),
        ],
    )


@pytest.mark.parametrize(
    ("kind", "sent_beside_it"), [(Failure.WAIT, 1), (Failure.RETRY, 0), (Failure.UNKNOWN, 0)]
)
def test_a_silent_platform_is_not_asked_for_each_chat(
    engine: Engine, letter_id: int, kind: Failure, sent_beside_it: int
) -> None:
    with transaction(engine) as session:
        [office] = chats_of_role(session, 1, ChatRole.OFFICE)
        put_letter(session, office, "notice:2", LetterKind.NOTICE, NOW, HELLO)
    channel = OneBot(DeliveryError("im lặng", kind, wait=timedelta(minutes=1)))
    assert send_all(engine, channel) == sent_beside_it
    assert send_all(engine, channel, after=timedelta(seconds=31)) == 1 - sent_beside_it


def test_a_letter_that_is_refused_for_itself_leaves_its_chat_alone(engine: Engine, letter_id: int) -> None:
    send_all(engine, refusal(Failure.REFUSED))
    with transaction(engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == "van-phong")).one()
        assert (chat.left_at, session.get_one(Letter, letter_id).state) == (None, LetterState.FAILED)
