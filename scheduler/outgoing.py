"""Claiming: the letters that may go now, a batch in one transaction, each with its words and its moment."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from data.engine import transaction
from data.letters import Bot, MayGo, as_body, as_message, claim, has_free, has_unsent, heads
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
# An answer changes places with what has an earlier turn: its own may come so much later.
LATER = timedelta(seconds=0.5)
MOST_CLAIMED = 32
NO_TIME = timedelta(0)
# who was asked for something hears of it before who is only to be told
IN_ORDER = (LetterKind.NOTICE, LetterKind.SLOT)


@dataclass(frozen=True)
class Outgoing:
    """A claimed letter: its bot has a turn for it, and its chat may be written to once it is `ready`.

    `rest` is what did not fit in it and follows as letters of their own. `enclosed` goes with it; `apart` is a document
    that did not fit with its words and follows, too. `is_answer`: somebody waits for it. `ours_until`: then whoever comes
    may claim it.
    """

    letter_id: int
    address: Address
    message: Message
    turn: datetime
    ready: datetime
    ours_until: datetime
    rest: tuple[Message, ...] = ()
    enclosed: Enclosure | None = None
    apart: Attached | None = None
    is_answer: bool = False

    @property
    def booked(self) -> datetime:
        """The moment from which its chat's next turn counts: an answer may well go before its own turn comes."""
        return self.ready if self.is_answer else max(self.turn, self.ready)


@dataclass
class Batch:
    """What was claimed at once; `again_at`: when to claim from a bot that had no more turns to give."""

    letters: list[Outgoing] = field(default_factory=list)
    again_at: datetime | None = None
    is_full: bool = False


def take_batch(
    engine: Engine,
    channels: Mapping[str, Channel],
    now: datetime,
    lease: timedelta,
    most_others: int,
    elsewhere: Collection[Bot] = (),
) -> Batch:
    """Claim answers, and up to so many letters of other kinds; those that cannot go yet hold up none behind them.

    `elsewhere`: bots whose letters another process sends.
    """
    with transaction(engine) as session:
        if not has_unsent(session, elsewhere):
            return Batch()
        in_turn(session, CLAIMS)
        return Claiming(session, channels, now, lease, elsewhere).take(most_others)


class Claiming:
    """One transaction's claims."""

    def __init__(
        self,
        session: Session,
        channels: Mapping[str, Channel],
        now: datetime,
        lease: timedelta,
        elsewhere: Collection[Bot],
    ) -> None:
        self._session, self._channels, self._now, self._lease = session, channels, now, lease
        self._elsewhere = elsewhere
        self._agencies = {agency.id or 0: agency for agency in session.exec(select(Agency))}
        self._offices = {n: office_of(session, each, day_of(now)) for n, each in self._agencies.items()}
        self._again_at: dict[Bot, datetime] = {}
        self._chats: set[int] = set()

    def take(self, most_others: int) -> Batch:
        may_go = self._may_go()
        answers = self._of(LetterKind.REPLY, may_go, MOST_CLAIMED)
        others: list[Outgoing] = []
        for kind in IN_ORDER:
            others += self._of(kind, may_go, most_others - len(others))
        is_full = MOST_CLAIMED in {len(answers), len(others)}
        return Batch([*answers, *others], min(self._again_at.values(), default=None), is_full)

    def _of(self, kind: LetterKind, may_go: MayGo, most: int) -> list[Outgoing]:
        claimed, looked_at = list[Outgoing](), set[int]()
        while (wanted := most - len(claimed)) > 0:
            found = self._heads(kind, may_go, wanted)
            own = list(self._claimed(found))
            claimed += own
            # one that had nothing to say lets the next of its chat go; none is looked at for ever
            is_all = len(own) == len(found) < wanted
            if is_all or looked_at.issuperset(letter.id or 0 for letter, _ in found):
                break
            looked_at |= {letter.id or 0 for letter, _ in found}
        return claimed

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
        busy = {*self._elsewhere, *self._again_at}
        # thousands of a bot that is full are not compared with one another: there may be none of another
        if self._again_at and not has_free(self._session, kind, may_go, busy):
            return ()
        return heads(
            self._session,
            kind,
            may_go,
            self._channels,
            busy=busy,
            chats_taken=self._chats,
            limit=most,
        )

    def _claimed(self, found: Sequence[tuple[Letter, Chat]]) -> Iterator[Outgoing]:
        limits = {letter.id or 0: self._limits(chat) for letter, chat in found}
        turns = Turns(self._session, [each for own in limits.values() for each in own], self._now)
        for letter, chat in found:
            own = limits[letter.id or 0]
            if not self._is_soon(letter, chat, own, turns) or self._waits_for_next_month(letter, chat):
                continue
            turn, ready = turns.free_at(own[-1:]), turns.free_at(own[:-1] or own)
            if (outgoing := self._prepared(letter, chat, turn, ready)) is not None:
                # the bot's turn is the next one, though the chat's may come later: none of the bot's is left unused
                turns.take(own[:-1], outgoing.booked)
                turns.take(own[-1:], turn)
                self._chats.add(letter.chat_id)
                yield outgoing

    def _limits(self, chat: Chat) -> Sequence[Limit]:
        return self._channels[chat.channel].capabilities.limits(address_of(chat))

    def _is_soon(self, letter: Letter, chat: Chat, limits: Sequence[Limit], turns: Turns) -> bool:
        """Whether it may go soon; else its chat waits, or every chat of a bot that has no turns left."""
        until = self._now + AHEAD + (LATER if letter.kind is LetterKind.REPLY else NO_TIME)
        bots, chats = (limits[-1:], limits[:-1]) if len(limits) > 1 else ((), limits)
        if (free := turns.free_at(bots)) > until:
            self._again_at[chat.channel, chat.bot] = free - (until - self._now) + AHEAD / 2
            return False
        if (free := turns.free_at(chats)) > self._now + AHEAD:
            self._hold_back(chat, free - AHEAD)
            return False
        return True

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

    def _prepared(self, letter: Letter, chat: Chat, turn: datetime, ready: datetime) -> Outgoing | None:
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
        return None if letter.state is LetterState.EMPTY else self._outgoing(letter, chat, turn, ready)

    def _outgoing(self, letter: Letter, chat: Chat, turn: datetime, ready: datetime) -> Outgoing:
        assert letter.id is not None
        channel, agency = self._channels[chat.channel], self._agencies[letter.agency_id]
        first, *rest = channel.capabilities.parts(as_message(letter.body, letter.listed))
        enclosed = enclose(self._session, letter, chat, agency, channel, self._now)
        first = _worded(self._session, letter, first)
        apart = enclosed.file if enclosed and not goes_with(first, enclosed, channel.capabilities) else None
        return Outgoing(
            letter.id,
            address_of(chat),
            first,
            turn,
            ready,
            self._now + self._lease,
            tuple(rest),
            enclosed=None if apart else enclosed,
            apart=apart,
            is_answer=letter.kind is LetterKind.REPLY,
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
