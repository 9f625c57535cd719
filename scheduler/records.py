"""What became of a letter that was on its way, written down: sent, to be tried again, failed, or not known."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from data.engine import DATABASE_TROUBLE, transaction
from data.letter_subjects import says_nothing_yet
from data.letters import as_body, put_letter, put_letters
from data.tables import Chat, Letter, LetterKind, LetterState, Nudge
from scheduler.channel import Channel, DeliveryError, Failure
from scheduler.enclosures import alone
from scheduler.limits import Limit, give_back, halt
from scheduler.outgoing import Outgoing
from scheduler.post_room import in_post_room
from scheduler.quota import count_sent
from scheduler.reach import follow, lose
from scheduler.routes import Addressee, routes_of

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
AFTER_MOVING = timedelta(seconds=1)
# A letter that set out later than this after its turn came too near to the next one's.
PUNCTUAL = timedelta(seconds=0.02)
# in seconds; all of them together are shorter than a lease
PAUSES = (0.5, 1, 2, 4, 8, 15, 30, 60)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failed try: 30 s, doubling, at most a quarter of an hour."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


def _letter(session: Session, letter_id: int) -> Letter:
    return session.exec(select(Letter).where(Letter.id == letter_id)).one()


async def written_down(record: Callable[[], None]) -> None:
    """Wait out the database's trouble for a while: a letter of which nothing is recorded is sent again after its lease."""
    for pause in PAUSES:
        try:
            await in_post_room(record)
        except DATABASE_TROUBLE as trouble:
            log.warning("not recorded yet, again in %ss: %s", pause, type(trouble.orig).__name__)
            await asyncio.sleep(pause)
        else:
            return
    await in_post_room(record)


def record_sent(
    engine: Engine, channel: Channel, outgoing: Outgoing, platform_id: str, begun: datetime, now: datetime
) -> None:
    """It was taken `now`, and handed over at the moment `begun`: from then its chat's next turn counts."""
    with transaction(engine) as session:
        if begun > outgoing.booked + PUNCTUAL:
            for limit in channel.capabilities.limits(outgoing.address)[:1]:
                halt(session, limit, begun + limit.every, now)
        letter = _letter(session, outgoing.letter_id)
        _count(session, channel, letter, now)
        letter.state, letter.platform_id, letter.sent_at = LetterState.SENT, platform_id, now
        letter.lease_until = None
        if outgoing.rest or outgoing.apart:
            _put_rest(session, letter, outgoing, now)


def _count(session: Session, channel: Channel, letter: Letter, now: datetime) -> None:
    if channel.capabilities.monthly_cap is not None:
        count_sent(session, channel.capabilities, session.get_one(Chat, letter.chat_id), now)


def _put_rest(session: Session, letter: Letter, outgoing: Outgoing, now: datetime) -> None:
    """What did not fit follows once its beginning is there, so that the parts come in order."""
    chat = session.exec(select(Chat).where(Chat.id == letter.chat_id)).one()
    letter.body = as_body(outgoing.message)
    begun = letter.follows_id or letter.id
    for n, part in enumerate(outgoing.rest, start=2):
        key = f"{letter.key}:part:{n}"
        put_letter(session, chat, key, letter.kind, now, part, follows_id=begun)
    if outgoing.apart is not None:
        letter.file_id, letter.file_name = None, ""
        key = f"{letter.key}:part:file"
        put_letter(session, chat, key, letter.kind, now, alone(outgoing.apart), follows_id=begun)


def record_failure(
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
                _free_nudges(session, letter)
                _count(session, channel, letter, now)
            case Failure.REFUSED:
                # the next slot's letter, in other words, tells what this one did not; the auditor tells the office
                letter.state = LetterState.FAILED
                _free_nudges(session, letter)
            case Failure.MOVED if failure.moved_to is not None:
                follow(session, session.get_one(Chat, letter.chat_id), failure.moved_to, now)
                letter.state, letter.next_try_at = LetterState.WAITING, now + AFTER_MOVING
            case Failure.WAIT | Failure.RETRY:
                # a platform that is busy or out of reach says nothing about the chat: it is not given up
                _wait(session, letter, now + (failure.wait or pause_after(letter.attempts)))
            case _:
                letter.state = LetterState.FAILED
                _turn_elsewhere(session, letter, now)
        _halt(session, limits, failure, now)


def put_back(engine: Engine, channel: Channel, outgoing: Outgoing, now: datetime) -> None:
    """A claimed letter that was not begun waits again, as if it had not been claimed: its chat has its turn once more."""
    with transaction(engine) as session:
        letter = _letter(session, outgoing.letter_id)
        if letter.lease_until != outgoing.ours_until:  # it took longer than its lease: another has it now
            return
        limits = channel.capabilities.limits(outgoing.address)
        give_back(session, limits[:-1] or limits, now)
        letter.lease_until, letter.attempts = None, letter.attempts - 1
        _wait(session, letter, now)


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
        says_nothing_yet(session, letter)
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
