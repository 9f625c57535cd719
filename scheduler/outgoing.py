"""Claiming: the letters that may go now, a batch in one transaction, each with its words and its moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from data.engine import transaction
from data.letters import MayGo, as_body, as_message, claim, has_unsent, heads
from data.locks import CLAIMS, in_turn
from data.obligations import Office
from data.offices import office_of
from data.pauses import is_paused
from data.tables import Agency, Chat, Inbox, Letter, LetterKind, LetterState
from duties.message import Attached, Line, Message
from duties.nudging import may_send, slot_at
from duties.workdays import day_of
from scheduler.channel import Address, Channel
from scheduler.compose import compose
from scheduler.enclosures import Enclosure, enclose, goes_with
from scheduler.limits import Limit, Turns
from scheduler.quota import next_month, used, waits_for_next_month

# Turns are taken so far ahead: enough to be at work while the next batch is claimed, little to lose at a kill.
AHEAD = timedelta(seconds=0.5)
# who was asked for something hears of it before who is only to be told
IN_ORDER = (LetterKind.REPLY, LetterKind.NOTICE, LetterKind.SLOT)
Bot = tuple[str, str]


@dataclass(frozen=True)
class Outgoing:
    """A claimed letter, to be sent at its moment; `rest` is what did not fit in it and follows as letters of their own.

    `enclosed` goes with it; `apart` is a document that did not fit with its words and follows, too.
    """

    letter_id: int
    address: Address
    message: Message
    at: datetime
    rest: tuple[Message, ...] = ()
    enclosed: Enclosure | None = None
    apart: Attached | None = None


@dataclass
class Batch:
    """What was claimed at once; `again_at`: when a bot that had no more turns to give has some."""

    letters: list[Outgoing] = field(default_factory=list)
    again_at: datetime | None = None
    is_full: bool = False


def take_batch(
    engine: Engine,
    channels: Mapping[str, Channel],
    now: datetime,
    lease: timedelta,
    most: int,
    kinds: Sequence[LetterKind] = IN_ORDER,
) -> Batch:
    """Claim up to so many letters of those kinds; those that cannot go yet hold up none behind them."""
    with transaction(engine) as session:
        if not has_unsent(session):
            return Batch()
        in_turn(session, CLAIMS)
        return Claiming(session, channels, now, lease).take(most, kinds)


class Claiming:
    """One transaction's claims."""

    def __init__(
        self, session: Session, channels: Mapping[str, Channel], now: datetime, lease: timedelta
    ) -> None:
        self._session, self._channels, self._now, self._lease = session, channels, now, lease
        self._agencies = {agency.id or 0: agency for agency in session.exec(select(Agency))}
        self._offices = {n: office_of(session, each, day_of(now)) for n, each in self._agencies.items()}
        self._busy: dict[Bot, datetime] = {}
        self._chats: set[int] = set()

    def take(self, most: int, kinds: Sequence[LetterKind]) -> Batch:
        batch, may_go = Batch(), self._may_go()
        for kind in kinds:
            while len(batch.letters) < most:
                found = self._heads(kind, may_go, most - len(batch.letters))
                if not found:
                    break
                batch.letters += self._claimed(found)
        batch.is_full = len(batch.letters) >= most
        batch.again_at = min(self._busy.values(), default=None)
        if len(kinds) < len(IN_ORDER):
            # there may be others
            batch.again_at = min(batch.again_at or self._now + AHEAD, self._now + AHEAD)
        return batch

    def _may_go(self) -> MayGo:
        """Nothing but replies from a paused agency or outside its hours, and slot letters only while a slot is open."""
        awake = {n for n, agency in self._agencies.items() if self._is_awake(agency, self._offices[n])}
        in_slot = {n for n in awake if self._is_slot(self._offices[n])}
        return MayGo(self._now, frozenset(awake), frozenset(in_slot))

    def _is_awake(self, agency: Agency, office: Office) -> bool:
        return not is_paused(agency, self._now) and may_send(self._now, office.policy, office.calendar)

    def _is_slot(self, office: Office) -> bool:
        return slot_at(self._now, office.policy, office.calendar) is not None

    def _heads(self, kind: LetterKind, may_go: MayGo, most: int) -> Sequence[tuple[Letter, Chat]]:
        return heads(
            self._session, kind, may_go, self._channels, busy=self._busy, chats_taken=self._chats, limit=most
        )

    def _claimed(self, found: Sequence[tuple[Letter, Chat]]) -> Iterator[Outgoing]:
        limits = {letter.id or 0: self._limits(chat) for letter, chat in found}
        turns = Turns(self._session, [each for own in limits.values() for each in own], self._now)
        for letter, chat in found:
            moment = self._moment(letter, chat, limits[letter.id or 0], turns)
            if moment is not None and self._waits_for_next_month(letter, chat):
                continue
            if moment is not None and (outgoing := self._prepared(letter, chat, moment)) is not None:
                turns.take(limits[letter.id or 0], moment)
                self._chats.add(letter.chat_id)
                yield outgoing

    def _limits(self, chat: Chat) -> Sequence[Limit]:
        return self._channels[chat.channel].capabilities.limits(address_of(chat))

    def _moment(self, letter: Letter, chat: Chat, limits: Sequence[Limit], turns: Turns) -> datetime | None:
        """When it may go, if that is soon; else its chat waits, or every chat of a bot that has no turns left."""
        soon = self._now + AHEAD
        bots = limits[-1:] if len(limits) > 1 else ()
        if (free := turns.free_at(bots)) > soon:
            self._busy[chat.channel, chat.bot] = free
            return None
        if (free := turns.free_at(limits)) > soon:
            self._hold_back(chat, free)
            return None
        return free

    def _waits_for_next_month(self, letter: Letter, chat: Chat) -> bool:
        """What its platform counts by the month is kept, towards the end, for what cannot wait."""
        capabilities = self._channels[chat.channel].capabilities
        so_far = used(self._session, capabilities, chat, self._now)
        if not waits_for_next_month(self._session, letter, chat, so_far):
            return False
        letter.next_try_at = next_month(self._now)
        self._session.add(letter)
        self._session.flush()
        return True

    def _hold_back(self, chat: Chat, until: datetime) -> None:
        """A chat that may not be written to yet waits as a whole, and holds up no other."""
        theirs = update(Letter).where(
            col(Letter.chat_id) == chat.id, col(Letter.state) == LetterState.WAITING
        )
        self._session.execute(theirs.where(col(Letter.next_try_at) < until).values(next_try_at=until))

    def _prepared(self, letter: Letter, chat: Chat, moment: datetime) -> Outgoing | None:
        """Claim a letter and give it its words; None when it has nothing (left) to say."""
        if not claim(self._session, letter, self._now, self._lease):
            return None
        if letter.kind is LetterKind.SLOT and not letter.body:
            message = compose(self._session, letter, chat, self._offices[letter.agency_id], self._now)
            letter.body, letter.listed = as_body(message), list(message.listed)
            if message.is_empty:
                letter.state = LetterState.EMPTY
        self._session.add(letter)
        self._session.flush()
        return None if letter.state is LetterState.EMPTY else self._outgoing(letter, chat, moment)

    def _outgoing(self, letter: Letter, chat: Chat, moment: datetime) -> Outgoing:
        assert letter.id is not None
        channel, agency = self._channels[chat.channel], self._agencies[letter.agency_id]
        first, *rest = channel.capabilities.parts(as_message(letter.body, letter.listed))
        enclosed = enclose(self._session, letter, chat, agency, channel, self._now)
        first = _worded(self._session, letter, first)
        apart = enclosed.file if enclosed and not goes_with(first, enclosed, channel.capabilities) else None
        return Outgoing(
            letter.id, address_of(chat), first, moment, tuple(rest), None if apart else enclosed, apart
        )


def address_of(chat: Chat) -> Address:
    return Address(chat.channel, chat.bot, chat.address, chat.topic)


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
    query = select(Inbox.platform_id).where(Inbox.id == int(rest.partition(":")[0]))
    return session.exec(query).first() or ""
