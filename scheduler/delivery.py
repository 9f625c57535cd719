"""Letters → channels: claim, compose, send, record; back off, give up, turn to the unit's next chat."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from data.engine import transaction
from data.files import FilesFolder
from data.letters import as_body, as_message, claim, put_letter, put_letters, ready_letters
from data.locks import CLAIMS, in_turn
from data.offices import office_of
from data.pauses import is_paused
from data.tables import Agency, Chat, Inbox, Letter, LetterKind, LetterState, Nudge
from duties.message import Attached, Line, Message
from duties.nudging import slot_at
from duties.workdays import day_of
from scheduler.amend import send_edits
from scheduler.channel import Address, Channel, DeliveryError, Failure
from scheduler.clock import Clock
from scheduler.compose import compose
from scheduler.enclosures import Enclosure, alone, enclose, goes_with, hand_over
from scheduler.limits import Limit, halt, take_turn
from scheduler.reach import follow, lose
from scheduler.routes import Addressee, routes_of

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)


@dataclass(frozen=True)
class Outgoing:
    """A claimed letter, ready to be sent; `rest` is what did not fit in it and follows as letters of their own.

    `enclosed` goes with it; `apart` is a document that did not fit with its words and follows, too.
    """

    letter_id: int
    address: Address
    message: Message
    rest: tuple[Message, ...] = ()
    enclosed: Enclosure | None = None
    apart: Attached | None = None


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failed try: 30 s, doubling, at most a quarter of an hour."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


async def deliver(
    engine: Engine,
    channels: Mapping[str, Channel],
    clock: Clock,
    *,
    files: FilesFolder | None = None,
    lease: timedelta = LEASE,
    is_closing: Callable[[], bool] = lambda: False,
) -> int:
    """Send every letter that may be sent now, then show what was changed; how many were sent.

    Work on the database runs in a thread and holds no transaction while a platform is being talked to.
    """
    sent = last = 0
    while not is_closing():
        outgoing = await asyncio.to_thread(_take_one, engine, channels, clock.now(), last, lease)
        if outgoing is None:
            break
        last = outgoing.letter_id
        sent += await _send(engine, channels[outgoing.address.channel], outgoing, clock, files)
    if not is_closing():
        await send_edits(engine, channels, clock)
    return sent


def _take_one(
    engine: Engine, channels: Mapping[str, Channel], now: datetime, after: int, lease: timedelta
) -> Outgoing | None:
    """The next letter that can go; those that cannot are looked at once in a round, and hold up none behind them."""
    with transaction(engine) as session:
        in_turn(session, CLAIMS)
        while page := ready_letters(session, now, after=after):
            for letter in page:
                outgoing = _prepare(session, letter, channels, now, lease)
                if outgoing is not None:
                    return outgoing
            after = page[-1].id or 0
    return None


def _prepare(
    session: Session, letter: Letter, channels: Mapping[str, Channel], now: datetime, lease: timedelta
) -> Outgoing | None:
    """Claim a letter and give it its words; None when it may not go now, or has nothing (left) to say."""
    if letter.state is LetterState.WAITING and letter.next_try_at > now:
        return None  # held back with its chat a moment ago
    chat = session.exec(select(Chat).where(Chat.id == letter.chat_id)).one()
    agency = session.exec(select(Agency).where(Agency.id == letter.agency_id)).one()
    is_held = is_paused(agency, now) and letter.kind is not LetterKind.REPLY
    if chat.channel not in channels or is_held:
        return None
    office = office_of(session, agency, day_of(now))
    if letter.kind is LetterKind.SLOT and slot_at(now, office.policy, office.calendar) is None:
        return None
    channel, address = channels[chat.channel], _address(chat)
    if (wait_until := take_turn(session, channel.capabilities.limits(address), now)) is not None:
        _hold_back(session, chat, wait_until)
        return None
    if not claim(session, letter, now, lease):
        return None
    if letter.kind is LetterKind.SLOT and not letter.body:
        message = compose(session, letter, chat, office, now)
        letter.body, letter.listed = as_body(message), list(message.listed)
        if message.is_empty:
            letter.state = LetterState.EMPTY
            return None
    session.flush()
    assert letter.id is not None
    first, *rest = channel.capabilities.parts(as_message(letter.body, letter.listed))
    enclosed = enclose(session, letter, chat, agency, channel, now)
    first = _worded(session, letter, first)
    apart = enclosed.file if enclosed and not goes_with(first, enclosed, channel.capabilities) else None
    return Outgoing(letter.id, address, first, tuple(rest), None if apart else enclosed, apart)


def _hold_back(session: Session, chat: Chat, until: datetime) -> None:
    """A chat that may not be written to yet waits as a whole, and holds up no other."""
    theirs = update(Letter).where(col(Letter.chat_id) == chat.id, col(Letter.state) == LetterState.WAITING)
    session.execute(theirs.where(col(Letter.next_try_at) < until).values(next_try_at=until))


def _worded(session: Session, letter: Letter, message: Message) -> Message:
    message = replace(message, in_reply_to=_answers(session, letter))
    if not letter.maybe_twice:
        return message
    # its worker died while sending it: it may have arrived
    return replace(message, lines=(Line("(có thể trùng với tin trước)"), *message.lines))


def _answers(session: Session, letter: Letter) -> str:
    """The platform's id of the message that a reply answers."""
    kind, _, rest = letter.key.partition(":")
    if letter.kind is not LetterKind.REPLY or kind != "reply":
        return ""
    inbox = session.get(Inbox, int(rest.partition(":")[0]))
    return inbox.platform_id if inbox else ""


def _address(chat: Chat) -> Address:
    return Address(chat.channel, chat.bot, chat.address, chat.topic)


async def _send(
    engine: Engine, channel: Channel, outgoing: Outgoing, clock: Clock, files: FilesFolder | None
) -> bool:
    try:
        platform_id = await hand_over(channel, outgoing.address, outgoing.message, outgoing.enclosed, files)
    except DeliveryError as failure:
        await asyncio.to_thread(_record_failure, engine, channel, outgoing, failure, clock.now())
        return False
    await asyncio.to_thread(_record_sent, engine, outgoing, platform_id, clock.now())
    log.info("sent letter=%s channel=%s", outgoing.letter_id, outgoing.address.channel)
    return True


def _letter(session: Session, letter_id: int) -> Letter:
    return session.exec(select(Letter).where(Letter.id == letter_id)).one()


def _record_sent(engine: Engine, outgoing: Outgoing, platform_id: str, now: datetime) -> None:
    with transaction(engine) as session:
        letter = _letter(session, outgoing.letter_id)
        letter.state, letter.platform_id, letter.sent_at = LetterState.SENT, platform_id, now
        letter.lease_until = None
        if outgoing.rest or outgoing.apart:
            _put_rest(session, letter, outgoing, now)


def _put_rest(session: Session, letter: Letter, outgoing: Outgoing, now: datetime) -> None:
    """What did not fit follows once its beginning is there, so that the parts come in order."""
    chat = session.exec(select(Chat).where(Chat.id == letter.chat_id)).one()
    letter.body = as_body(outgoing.message)
    for n, part in enumerate(outgoing.rest, start=2):
        put_letter(session, chat, f"{letter.key}:part:{n}", letter.kind, now, part)
    if outgoing.apart is not None:
        letter.file_id, letter.file_name = None, ""
        put_letter(session, chat, f"{letter.key}:part:file", letter.kind, now, alone(outgoing.apart))


def _record_failure(
    engine: Engine, channel: Channel, outgoing: Outgoing, failure: DeliveryError, now: datetime
) -> None:
    with transaction(engine) as session:
        letter = _letter(session, outgoing.letter_id)
        letter.failure, letter.lease_until = str(failure), None
        log.warning("letter=%s %s: %s", letter.id, failure.kind.value, failure)
        limits = channel.capabilities.limits(outgoing.address)
        match failure.kind:
            case Failure.UNKNOWN:
                # it may have arrived: not sent again, the next letter repeats what is still open
                letter.state = LetterState.UNKNOWN
            case Failure.REFUSED:
                letter.state = LetterState.FAILED
            case Failure.MOVED if failure.moved_to is not None:
                follow(session, session.get_one(Chat, letter.chat_id), failure.moved_to, now)
                letter.state, letter.next_try_at = LetterState.WAITING, now
            case Failure.WAIT | Failure.RETRY:
                # a platform that is busy or out of reach says nothing about the chat: it is not given up
                _wait(session, letter, now + (failure.wait or pause_after(letter.attempts)))
            case _:
                letter.state = LetterState.FAILED
                _turn_elsewhere(session, letter, now)
        _halt(session, limits, failure, now)


def _halt(session: Session, limits: Sequence[Limit], failure: DeliveryError, now: datetime) -> None:
    """Who was told to wait is a chat; where there was no answer, the next letter would wait for one in vain, too."""
    match failure.kind:
        case Failure.WAIT:
            told, until = limits[:1], now + (failure.wait or FIRST_PAUSE)
        case Failure.RETRY | Failure.UNKNOWN:
            told, until = limits[-1:], now + FIRST_PAUSE
        case _:
            return
    for limit in told:
        halt(session, limit, until, now)


def _wait(session: Session, letter: Letter, until: datetime) -> None:
    """A slot letter that surely did not arrive is composed anew when it can go: what came meanwhile folds into it."""
    letter.state, letter.next_try_at = LetterState.WAITING, until
    if letter.kind is LetterKind.SLOT and ":part:" not in letter.key:
        _free_nudges(session, letter)
        letter.body, letter.listed = {}, []


def _free_nudges(session: Session, letter: Letter) -> set[Addressee]:
    """What the letter told waits to be told again; for whom that is."""
    freed = session.exec(select(Nudge).where(Nudge.letter_id == letter.id)).all()
    for nudge in freed:
        nudge.letter_id = None
    session.flush()
    return {Addressee(nudge.audience, nudge.to_unit_id, nudge.partner_id != 0) for nudge in freed}


def _turn_elsewhere(session: Session, letter: Letter, now: datetime) -> None:
    """A chat that refuses for good is no longer told; its nudges go to the unit's next chat, and the office learns of it."""
    lose(session, session.get_one(Chat, letter.chat_id), letter.failure, now)
    freed = _free_nudges(session, letter)
    if letter.kind is LetterKind.SLOT:
        chats = routes_of(session, letter.agency_id).chats_for(freed)
        key = f"{letter.key}:from:{letter.id}"
        put_letters(session, letter.agency_id, sorted(chats), key, LetterKind.SLOT, now)
