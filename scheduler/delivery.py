"""Letters → channels: claim, compose, send, record; back off, give up, turn to the unit's next chat."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from data.engine import transaction
from data.letters import as_body, as_message, claim, put_letter, ready_letters
from data.offices import office_of
from data.people import chats_of_role
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState, Nudge
from duties.message import Line, Message
from duties.nudging import slot_at
from duties.workdays import day_of
from scheduler.channel import Address, Channel, DeliveryError, Failure
from scheduler.clock import Clock
from scheduler.nudge import chats_with_nudges, compose

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)


@dataclass(frozen=True)
class Outgoing:
    """A claimed letter, ready to be sent."""

    letter_id: int
    address: Address
    message: Message


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failed try: 30 s, doubling, at most a quarter of an hour."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


async def deliver(engine: Engine, channels: Mapping[str, Channel], clock: Clock) -> int:
    """Send every letter that may be sent now; how many were sent.

    Work on the database runs in a thread and holds no transaction while a platform is being talked to.
    """
    sent, tried = 0, set[int]()
    while outgoing := await asyncio.to_thread(_take_one, engine, channels, clock.now(), tried):
        tried.add(outgoing.letter_id)
        sent += await _send(engine, channels[outgoing.address.channel], outgoing, clock)
    return sent


def _take_one(
    engine: Engine, channels: Mapping[str, Channel], now: datetime, tried: set[int]
) -> Outgoing | None:
    with transaction(engine) as session:
        for letter in ready_letters(session, now):
            if letter.id not in tried:
                outgoing = _prepare(session, letter, channels, now)
                if outgoing is not None:
                    return outgoing
    return None


def _prepare(
    session: Session, letter: Letter, channels: Mapping[str, Channel], now: datetime
) -> Outgoing | None:
    """Claim a letter and give it its words; None when it may not go now, or has nothing (left) to say."""
    chat = session.exec(select(Chat).where(Chat.id == letter.chat_id)).one()
    agency = session.exec(select(Agency).where(Agency.id == letter.agency_id)).one()
    is_held = agency.paused_at is not None and letter.kind is not LetterKind.REPLY
    if chat.channel not in channels or is_held:
        return None
    office = office_of(session, agency, day_of(now))
    if letter.kind is LetterKind.SLOT and slot_at(now, office.policy, office.calendar) is None:
        return None
    if not claim(session, letter, now, LEASE):
        return None
    if letter.kind is LetterKind.SLOT and not letter.body:
        message = compose(session, letter, chat, office, now)
        letter.body, letter.listed = as_body(message), list(message.listed)
        if message.is_empty:
            letter.state = LetterState.EMPTY
            return None
    session.flush()
    assert letter.id is not None
    return Outgoing(letter.id, _address(chat), _worded(letter))


def _worded(letter: Letter) -> Message:
    message = as_message(letter.body, letter.listed)
    if not letter.maybe_twice:
        return message
    # its worker died while sending it: it may have arrived
    return Message((Line("(có thể trùng với tin trước)"), *message.lines), message.choices, message.listed)


def _address(chat: Chat) -> Address:
    return Address(chat.channel, chat.bot, chat.address, chat.topic)


async def _send(engine: Engine, channel: Channel, outgoing: Outgoing, clock: Clock) -> bool:
    try:
        platform_id = await channel.send(outgoing.address, outgoing.message)
    except DeliveryError as failure:
        await asyncio.to_thread(_record_failure, engine, outgoing.letter_id, failure, clock.now())
        return False
    await asyncio.to_thread(_record_sent, engine, outgoing.letter_id, platform_id, clock.now())
    log.info("sent letter=%s channel=%s", outgoing.letter_id, outgoing.address.channel)
    return True


def _letter(session: Session, letter_id: int) -> Letter:
    return session.exec(select(Letter).where(Letter.id == letter_id)).one()


def _record_sent(engine: Engine, letter_id: int, platform_id: str, now: datetime) -> None:
    with transaction(engine) as session:
        letter = _letter(session, letter_id)
        letter.state, letter.platform_id, letter.sent_at = LetterState.SENT, platform_id, now
        letter.lease_until = None


def _record_failure(engine: Engine, letter_id: int, failure: DeliveryError, now: datetime) -> None:
    with transaction(engine) as session:
        letter = _letter(session, letter_id)
        letter.failure, letter.lease_until = str(failure), None
        log.warning("letter=%s %s: %s", letter_id, failure.kind.value, failure)
        match failure.kind:
            case Failure.UNKNOWN:
                # it may have arrived: not sent again, the next letter repeats what is still open
                letter.state = LetterState.UNKNOWN
            case Failure.MOVED if failure.moved_to is not None:
                _follow(session, letter, failure.moved_to)
                letter.state, letter.next_try_at = LetterState.WAITING, now
            case Failure.WAIT | Failure.RETRY if letter.attempts < TRIES:
                letter.state = LetterState.WAITING
                letter.next_try_at = now + (failure.wait or pause_after(letter.attempts))
            case _:
                letter.state = LetterState.FAILED
                _turn_elsewhere(session, letter, now)


def _follow(session: Session, letter: Letter, moved_to: Address) -> None:
    chat = session.exec(select(Chat).where(Chat.id == letter.chat_id)).one()
    chat.channel, chat.bot, chat.address, chat.topic = moved_to


def _turn_elsewhere(session: Session, letter: Letter, now: datetime) -> None:
    """A chat that refuses for good is no longer told; its nudges go to the unit's next chat, and the office learns of it."""
    chat = session.exec(select(Chat).where(Chat.id == letter.chat_id)).one()
    chat.left_at = now
    session.flush()
    for nudge in session.exec(select(Nudge).where(Nudge.letter_id == letter.id)):
        nudge.letter_id = None
    session.flush()
    for office in chats_of_role(session, letter.agency_id, ChatRole.OFFICE):
        if office.id != chat.id:
            words = (
                f"Không gửi được tin đến “{chat.title}” ({letter.failure}). Đề nghị kiểm tra và mời lại: /moi"
            )
            put_letter(
                session,
                office,
                f"notice:lost-chat:{chat.id}",
                LetterKind.NOTICE,
                now,
                Message((Line(words),)),
            )
    if letter.kind is LetterKind.SLOT:
        _put_again(session, letter, now)


def _put_again(session: Session, letter: Letter, now: datetime) -> None:
    for chat_id in chats_with_nudges(session, letter.agency_id):
        chat = session.exec(select(Chat).where(col(Chat.id) == chat_id)).one()
        put_letter(session, chat, f"{letter.key}:from:{letter.id}", LetterKind.SLOT, now)
