"""Many letters side by side: each chat's in order, no limit ever exceeded, none held up by another."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func
from sqlmodel import Session, SQLModel, col, select

from data.engine import open_engine, transaction
from data.letters import put_letter
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState
from duties.message import Line, Message
from scheduler import outgoing
from scheduler.channel import Address, DeliveryError, Failure
from scheduler.clock import StoppedClock, WoundClock
from scheduler.delivery import deliver
from scheduler.limits import Limit, free_at, halt
from scheduler.outgoing import MOST_CLAIMED, take_batch
from scheduler.pace import MOST_ON_THE_WAY, Pace
from scheduler.records import put_back, record_sent
from tests.conftest import NOW
from tests.fakes.channels import PLAIN, RecordingChannel

FAST, SLOW = timedelta(seconds=1) / 40, timedelta(seconds=1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'office.db'}")
    SQLModel.metadata.create_all(opened)
    with transaction(opened) as session:
        session.add(Agency(id=1, name="Sở TT&TT", created_at=NOW))
    yield opened
    opened.dispose()


def a_chat(session: Session, name: str, bot: str = "") -> Chat:
    chat = Chat(agency_id=1, channel="web", bot=bot, address=name, role=ChatRole.UNIT, linked_at=NOW)
    session.add(chat)
    session.flush()
    return chat


def put(session: Session, chat: Chat, words: str, kind: LetterKind = LetterKind.NOTICE) -> None:
    put_letter(session, chat, f"{kind.value}:1:{words}", kind, NOW, Message((Line(words),)))


class SlowPlatform(RecordingChannel):
    """Answers after a while, and sees how many letters are on their way at once, in all and to one chat."""

    def __init__(self, answers_after: float) -> None:
        super().__init__()
        self._answers_after = answers_after
        self.on_the_way: defaultdict[str, int] = defaultdict(int)
        self.most_at_once = self.most_to_one_chat = 0

    async def send(self, address: Address, message: Message) -> str:
        self.on_the_way[address.address] += 1
        self.most_at_once = max(self.most_at_once, sum(self.on_the_way.values()))
        self.most_to_one_chat = max(self.most_to_one_chat, *self.on_the_way.values())
        await asyncio.sleep(self._answers_after)
        self.on_the_way[address.address] -= 1
        return await super().send(address, message)


def test_each_chat_has_its_letters_in_order_and_one_at_a_time(engine: Engine) -> None:
    with transaction(engine) as session:
        chats = [a_chat(session, f"phòng {n}") for n in range(20)]
        for n in range(5):
            for chat in chats:
                put(session, chat, str(n))
    channel = SlowPlatform(0.01)
    asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW)))
    assert channel.most_to_one_chat == 1
    assert all(channel.to(Address("web", "", f"phòng {n}")) == list("01234") for n in range(20))


def test_a_bounded_number_is_on_the_way(engine: Engine) -> None:
    with transaction(engine) as session:
        for n in range(2 * MOST_ON_THE_WAY):
            put(session, a_chat(session, f"phòng {n}"), "tin")
    channel = SlowPlatform(0.3)
    asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW)))
    assert 1 < channel.most_at_once <= MOST_ON_THE_WAY
    assert len(channel.sent) == 2 * MOST_ON_THE_WAY


class TwoParts(RecordingChannel):
    capabilities = replace(PLAIN, parts=lambda said: [Message((Line(each),)) for each in said.text.split()])


def test_what_goes_on_comes_before_what_was_put_later(engine: Engine) -> None:
    with transaction(engine) as session:
        chat = a_chat(session, "phòng")
        put(session, chat, "đầu đuôi")
        put(session, chat, "sau")
    channel = TwoParts()
    asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW)))
    assert channel.to(Address("web", "", "phòng")) == ["đầu", "đuôi", "sau"]


class OnePace(SlowPlatform):
    """One bot that may send 40 a second; remembers when each letter came."""

    capabilities = replace(
        PLAIN,
        limits=lambda address: [
            Limit(f"web::{address.address}", timedelta(seconds=1)),
            Limit("web:", FAST),
        ],
    )

    def __init__(self, answers_after: float) -> None:
        super().__init__(answers_after)
        self.came: list[float] = []

    async def send(self, address: Address, message: Message) -> str:
        self.came.append(asyncio.get_running_loop().time())
        return await super().send(address, message)


def test_no_second_has_more_letters_than_the_bot_may_send(engine: Engine) -> None:
    with transaction(engine) as session:
        for n in range(100):
            put(session, a_chat(session, f"phòng {n}"), "tin")
    channel = OnePace(0.2)
    asyncio.run(deliver(engine, {"web": channel}, WoundClock(NOW), pace=Pace()))
    assert len(channel.came) == 100
    assert all(later - first >= 0.999 for first, later in zip(channel.came, channel.came[41:], strict=False))


def test_a_question_is_answered_before_what_is_only_to_be_told(engine: Engine) -> None:
    with transaction(engine) as session:
        for n in range(60):
            put(session, a_chat(session, f"phòng {n}"), "tin")
        put(session, a_chat(session, "người hỏi"), "trả lời", LetterKind.REPLY)
    channel = RecordingChannel()
    asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW)))
    assert channel.sent[0][0].address == "người hỏi"


class SilentOnce(OnePace):
    """Does not answer the first letter."""

    async def send(self, address: Address, message: Message) -> str:
        if not self.came:
            self.came.append(0.0)
            raise DeliveryError("im lặng", Failure.UNKNOWN)
        return await super().send(address, message)


def test_behind_a_letter_that_was_not_answered_the_others_wait(engine: Engine) -> None:
    with transaction(engine) as session:
        for n in range(10):
            put(session, a_chat(session, f"phòng {n}"), "tin")
    asyncio.run(deliver(engine, {"web": SilentOnce(0)}, StoppedClock(NOW)))
    with transaction(engine) as session:
        states = session.exec(select(Letter.state, func.count()).group_by(col(Letter.state)))
        assert dict(states.all()) == {LetterState.UNKNOWN: 1, LetterState.WAITING: 9}


def test_a_flood_of_letters_loses_and_doubles_none(engine: Engine) -> None:
    with transaction(engine) as session:
        chats = [a_chat(session, f"phòng {n}") for n in range(500)]
        session.add_all(
            Letter(
                agency_id=1,
                chat_id=chat.id or 0,
                key=f"notice:{n}",
                kind=LetterKind.NOTICE,
                body={"lines": [[str(n), "plain"]]},
                put_at=NOW,
                next_try_at=NOW,
            )
            for n in range(4)
            for chat in chats
        )
    channel = RecordingChannel()
    sent = asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW)))
    assert sent == len({(to, said.text) for to, said in channel.sent}) == 2_000


def test_while_the_clock_stands_still_nothing_is_sent_before_its_moment(engine: Engine) -> None:
    with transaction(engine) as session:
        chat = a_chat(session, "phòng 1")
        for words in ("một", "hai"):
            put(session, chat, words)
    channel = RecordingChannel()
    limits = (Limit("phòng 1", timedelta(seconds=0.2)),)
    channel.capabilities = replace(PLAIN, limits=lambda _address: limits)
    clock = StoppedClock(NOW)
    first = asyncio.run(deliver(engine, {"web": channel}, clock))
    clock.set(NOW + timedelta(seconds=1))
    assert (first, asyncio.run(deliver(engine, {"web": channel}, clock))) == (1, 1)


class SlowBot(OnePace):
    """A bot that has two turns within the time for which turns are taken ahead; says when its first letter has come."""

    capabilities = replace(PLAIN, limits=lambda address: [Limit(address.address, FAST), Limit("web:", SLOW)])

    def __init__(self) -> None:
        super().__init__(0.0)
        self.has_sent = asyncio.Event()

    async def send(self, address: Address, message: Message) -> str:
        self.has_sent.set()
        return await super().send(address, message)


async def _with_a_question_meanwhile(engine: Engine, channel: SlowBot) -> None:
    news = asyncio.Event()
    sending = asyncio.create_task(
        deliver(engine, {"web": channel}, StoppedClock(NOW), pace=Pace(), news=news)
    )
    await channel.has_sent.wait()
    with transaction(engine) as session:
        put(session, a_chat(session, "người hỏi"), "trả lời", LetterKind.REPLY)
    news.set()
    await sending


def test_an_answer_does_not_stand_behind_letters_that_have_their_turn_already(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "AHEAD", 1.5 * SLOW)
    monkeypatch.setattr(outgoing, "LATER", 1.5 * SLOW)
    with transaction(engine) as session:
        for n in range(2):
            put(session, a_chat(session, f"phòng {n}"), "tin")
    channel = SlowBot()
    asyncio.run(_with_a_question_meanwhile(engine, channel))
    assert [to.address for to, _ in channel.sent] == ["phòng 0", "người hỏi", "phòng 1"]


def test_the_next_turn_of_a_chat_counts_from_when_its_letter_went(engine: Engine) -> None:
    with transaction(engine) as session:
        put(session, a_chat(session, "phòng 1"), "tin")
    channel, lease, late = OnePace(0.0), timedelta(minutes=5), NOW + timedelta(seconds=0.4)
    [letter] = take_batch(engine, {"web": channel}, NOW, lease, 10).letters
    record_sent(engine, channel, letter, "1", late, late)
    with transaction(engine) as session:
        limits = channel.capabilities.limits(letter.address)
        assert free_at(session, limits, late) == late + timedelta(seconds=1)


def test_a_bot_that_must_rest_for_long_holds_up_no_other(engine: Engine) -> None:
    resting = Limit("bận", timedelta(seconds=1))
    with transaction(engine) as session:
        put(session, a_chat(session, "xa", bot="bận"), "tin")
        for n in range(2 * MOST_CLAIMED):
            put(session, a_chat(session, f"phòng {n}"), "tin")
        halt(session, resting, NOW + timedelta(seconds=30), NOW)
    channel = RecordingChannel()
    channel.capabilities = replace(
        PLAIN, limits=lambda to: (Limit(to.address, FAST), resting) if to.bot == "bận" else ()
    )
    assert asyncio.run(deliver(engine, {"web": channel}, StoppedClock(NOW))) == 2 * MOST_CLAIMED


def test_a_letter_whose_lease_ran_out_at_the_door_is_left_to_who_claims_it_next(engine: Engine) -> None:
    with transaction(engine) as session:
        for n in range(2):
            put(session, a_chat(session, f"phòng {n}"), "tin")
    channel, lease = OnePace(1.2), timedelta(seconds=0.9)
    asyncio.run(deliver(engine, {"web": channel}, WoundClock(NOW), lease=lease, pace=Pace()))
    assert sorted(to.address for to, _ in channel.sent) == ["phòng 0", "phòng 1"]


def test_who_comes_too_late_puts_back_nothing_that_another_has_claimed_meanwhile(engine: Engine) -> None:
    with transaction(engine) as session:
        put(session, a_chat(session, "phòng 1"), "tin")
    channel, lease = RecordingChannel(), timedelta(minutes=5)
    late = NOW + 2 * lease
    [too_late] = take_batch(engine, {"web": channel}, NOW, lease, 10).letters
    take_batch(engine, {"web": channel}, late, lease, 10)
    put_back(engine, channel, too_late, late)
    with transaction(engine) as session:
        assert session.exec(select(Letter.state)).one() is LetterState.SENDING
