"""The office under siege: new units with work due in every round, and what its database says afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import create_engine, func, update
from sqlmodel import Session, col, select

from data.chain import chains_of, verify
from data.engine import migrate, open_engine, transaction
from data.obligations import items
from data.people import Place
from data.tables import (
    Agency,
    Answer,
    Chat,
    ChatRole,
    ChatUnit,
    Inbox,
    Letter,
    LetterState,
    Unit,
)
from duties.progress import Said
from duties.workdays import day_of
from tests.fakes.offices import SmallOffice, due_on, duty


@dataclass(frozen=True)
class Owed:
    """What one unit owes, and the chat that is told."""

    obligation_id: int
    code: str
    address: str


@dataclass(frozen=True)
class Sent:
    """A letter of a chat as the outbox has it."""

    letter_id: int
    key: str
    state: LetterState
    maybe_twice: bool

    @property
    def is_nudge(self) -> bool:
        return self.key.startswith("slot:")

    @property
    def is_at_rest(self) -> bool:
        """Or there was nothing more to say by the time that it was to be repeated: it had arrived, and was answered."""
        done = (LetterState.SENT, LetterState.UNKNOWN)
        return self.state in done or (self.state is LetterState.EMPTY and self.maybe_twice)


@dataclass(frozen=True)
class InFlight:
    """A letter on its way, for the so-manieth time."""

    letter_id: int
    attempt: int


class Office:
    """An agency in a database of its own."""

    def __init__(self, url: str, bot: str, now: datetime) -> None:
        self.engine, self._bot = open_engine(url), bot
        # on SQLite our own transactions lock: whoever only looks must not stand in the way
        self._looking = create_engine(url)
        migrate(self.engine)
        with transaction(self.engine) as session:
            agency = Agency(name="Sở Thông tin và Truyền thông", code="STTTT", created_at=now)
            session.add(agency)
            session.flush()
            self._agency_id = agency.id

    def add_round(self, number: int, addresses: Sequence[str], now: datetime) -> list[Owed]:
        """A unit for each address, owing one thing tomorrow, which a plan of a month ago asked of it."""
        names = [f"Đơn vị {number}.{n}" for n in range(len(addresses))]
        tomorrow = due_on(day_of(now) + timedelta(days=1))
        with transaction(self.engine) as session:
            small = SmallOffice(session, session.get_one(Agency, self._agency_id))
            for name, address in zip(names, addresses, strict=True):
                self._link(small, small.unit(name), address, now)
            duties = [duty(f"{number}.{n}", tomorrow, name, row=n) for n, name in enumerate(names)]
            plan = small.confirmed(now - timedelta(days=30), *duties)
            where = dict(zip(names, addresses, strict=True))
            return [
                Owed(item.id, item.obligation.short_code, where[item.unit.name])
                for item in items(session)
                if item.duty.plan_id == plan.id
            ]

    def _link(self, small: SmallOffice, unit: Unit, address: str, now: datetime) -> None:
        place = Place("telegram", self._bot, address)
        chat = Chat(
            **place._asdict(), agency_id=small.agency_id, title=address, role=ChatRole.UNIT, linked_at=now
        )
        small.session.add(chat)
        small.session.flush()
        assert chat.id is not None
        assert unit.id is not None
        small.session.add(ChatUnit(chat_id=chat.id, unit_id=unit.id))

    def in_flight(self) -> set[InFlight]:
        with Session(self._looking) as session:
            sending = session.exec(select(Letter).where(Letter.state == LetterState.SENDING))
            return {InFlight(letter.id or 0, letter.attempts) for letter in sending}

    def end_leases(self, caught: Iterable[InFlight], now: datetime) -> None:
        with transaction(self.engine) as session:
            for each in caught:
                theirs = update(Letter).where(
                    col(Letter.id) == each.letter_id, col(Letter.attempts) == each.attempt
                )
                session.execute(theirs.values(lease_until=now - timedelta(seconds=1)))

    def letters(self) -> dict[str, list[Sent]]:
        """By address, in order."""
        found: dict[str, list[Sent]] = {}
        with Session(self._looking) as session:
            query = select(Letter, Chat).join(Chat, col(Letter.chat_id) == Chat.id).order_by(col(Letter.id))
            for letter, chat in session.exec(query):
                sent = Sent(letter.id or 0, letter.key, letter.state, letter.maybe_twice)
                found.setdefault(chat.address, []).append(sent)
        return found

    def answers(self) -> dict[int, int]:
        """How often each obligation was reported done."""
        with Session(self._looking) as session:
            done = select(Answer.obligation_id, func.count()).where(Answer.kind == Said.DONE)
            return dict(session.exec(done.group_by(col(Answer.obligation_id))).all())

    def is_settled(self, answers: int) -> bool:
        """So many answers are recorded and receipted, and no letter waits or is on its way."""
        letters = [letter for theirs in self.letters().values() for letter in theirs]
        receipts = sum(not letter.is_nudge for letter in letters)
        at_rest = all(letter.is_at_rest for letter in letters)
        return at_rest and receipts >= answers and sum(self.answers().values()) >= answers

    def mishandled(self) -> int:
        """Messages that were apologised for, or not handled at all."""
        with Session(self._looking) as session:
            bad = select(func.count()).where(col(Inbox.failed) | col(Inbox.handled_at).is_(None))
            return session.exec(bad).one()

    def broken_chains(self) -> list[str]:
        """Chains of the trail that are not whole; one without an entry is none."""
        with Session(self._looking) as session:
            found = [verify(session, chain) for chain in chains_of(session)]
        return [str(each) for each in found if each.broken or not each.entries] or (
            [] if found else ["no trail"]
        )

    def close(self) -> None:
        self.engine.dispose()
        self._looking.dispose()
