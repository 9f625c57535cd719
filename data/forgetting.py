"""A person is forgotten: names, addresses and words go, in every table; what their unit reported stays the unit's.

Kept on purpose: state, dates, quantities, evidence, and the reasons on which the office decides (an obstacle, a request).
Law 91/2025/QH15 on personal data, in force since 1/1/2026, article 4, lets a person ask for it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, delete, exists, func, literal, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col, select

from data import chats, trail
from data.chain import ERASED
from data.letters import as_body
from data.once import slices
from data.people import chats_of_unit, units_of
from data.tables import (
    AccessLink,
    Agency,
    Allowance,
    Answer,
    Chat,
    ChatUnit,
    DayOff,
    Decision,
    Dialogue,
    DutyEvent,
    Evidence,
    Freeze,
    Inbox,
    Letter,
    Milestone,
    Obligation,
    ReportForm,
    Trail,
    Unit,
    UnitChange,
    WaitingFile,
    WebSeat,
    WebSession,
    WrongCode,
)
from data.unreached import mark_unreached
from duties.message import Line, Message
from duties.progress import Said
from duties.spelling import fold
from duties.wording.keeping import FORGOTTEN

SIGNED: tuple[type[SQLModel], ...] = (
    DayOff,
    DutyEvent,
    Evidence,
    Freeze,
    Milestone,
    ReportForm,
    UnitChange,
    WaitingFile,
)
SLICE = 500
NOBODY = "da-xoa-"
NAME_GONE = "(đã xóa tên)"
_WORDS_GONE = as_body(Message((Line(FORGOTTEN),)))
# the office decides by these words, and its reports repeat them
REASONS = (Said.OBSTACLE, Said.EXTENSION, Said.NOT_OURS)


@dataclass(frozen=True)
class Person:
    """Somebody on one channel, by the platform's number or, where it gives none, by the place they write from."""

    channel: str
    key: str
    names: tuple[str, ...]
    messages: int


@dataclass(frozen=True)
class Forgotten:
    """How much of a person there was. `muted`: units that now have no chat."""

    messages: int
    chats: int
    answers: int
    decisions: int
    letters: int
    entries: int
    muted: tuple[str, ...]


def people_called(session: Session, agency_id: int, words: str, channel: str = "") -> list[Person]:
    """Whoever has that name or that number, on that channel or any; people of another agency are none of ours."""
    wanted = fold(words)
    found = [each for each in _people(session, agency_id) if channel in ("", each.channel)]
    return [each for each in found if words.strip() == each.key or wanted in map(fold, each.names)]


def _people(session: Session, agency_id: int) -> Iterator[Person]:
    """Everybody who ever wrote, and everybody whose own chat is linked."""
    elsewhere = exists().where(
        col(Chat.channel) == Inbox.channel,
        col(Chat.address) == Inbox.address,
        col(Chat.agency_id) != agency_id,
    )
    known: dict[tuple[str, str], Counter[str]] = {}
    wrote = select(Inbox.channel, Inbox.sender_id, Inbox.address, Inbox.sender).where(~elsewhere)
    groups = set[tuple[str, str]]()
    for channel, number, address, name in session.exec(wrote.order_by(col(Inbox.id))):
        known.setdefault((channel, number or address), Counter())[name] += 1
        if number not in ("", address):
            groups.add((channel, address))
    for chat in session.exec(select(Chat).where(Chat.agency_id == agency_id)):
        if (chat.channel, chat.address) not in groups and not chat.address.startswith(NOBODY):
            known.setdefault((chat.channel, chat.address), Counter())[chat.title] += 0
    for (channel, key), names in known.items():
        yield Person(channel, key, tuple(name for name in names if name), names.total())


def _key() -> ColumnElement[str]:
    return func.coalesce(func.nullif(col(Inbox.sender_id), ""), col(Inbox.address))


def forget(session: Session, agency: Agency, person: Person, now: datetime) -> Forgotten:
    """Forget a person, all in this transaction; the trail says that it was done and keeps its chain."""
    work = _Forgetting(session, agency, person, now)
    own, said = work.own_chats(), work.messages()
    served = {unit.id: unit for chat in own for unit in units_of(session, chat.id or 0)}
    found = Forgotten(
        messages=len(said),
        chats=len(own),
        answers=work.answers(said),
        decisions=work.decisions(said),
        letters=work.letters(own),
        entries=work.entries(own, said),
        muted=(),
    )
    work.signatures(own)
    work.empty(said)
    work.mentions()
    for chat in own:
        work.leave(chat)
    mute = [unit for unit in served.values() if not chats_of_unit(session, unit.id or 0)]
    mark_unreached(session, mute, now)
    return replace(found, muted=tuple(unit.name for unit in mute))


@dataclass(frozen=True)
class _Forgetting:
    """One person being forgotten, table by table."""

    session: Session
    agency: Agency
    person: Person
    now: datetime

    def own_chats(self) -> list[Chat]:
        """Where this person alone talks with us, and the pages that belong there; a group is not theirs."""
        mine = (Chat.agency_id == self.agency.id, Chat.channel == self.person.channel)
        own = list(self.session.exec(select(Chat).where(*mine, Chat.address == self.person.key)))
        beside = col(Chat.companion_of).in_([chat.id for chat in own])
        return [*own, *self.session.exec(select(Chat).where(beside))]

    def messages(self) -> list[int]:
        mine = select(Inbox.id).where(Inbox.channel == self.person.channel, _key() == self.person.key)
        return [each for each in self.session.exec(mine) if each is not None]

    def answers(self, said: Sequence[int]) -> int:
        count = 0
        for some in slices(said, SLICE):
            mine = col(Answer.inbox_id).in_(some)
            told = update(Answer).where(mine, col(Answer.kind).not_in(REASONS))
            self.session.execute(told.values(text=""))
            signed = update(Answer).where(mine).values(sender="", sender_id="")
            count += len(self.session.execute(signed.returning(col(Answer.id))).all())
        return count

    def decisions(self, said: Sequence[int]) -> int:
        count = 0
        for some in slices(said, SLICE):
            mine = update(Decision).where(col(Decision.inbox_id).in_(some))
            signed = mine.values(sender="", sender_id="").returning(col(Decision.id))
            count += len(self.session.execute(signed).all())
        return count

    def letters(self, own: Sequence[Chat]) -> int:
        """What we wrote to this person alone goes; elsewhere only the name does."""
        to_them, names, count = {chat.id for chat in own}, self._names(), 0
        query = select(Letter).where(Letter.agency_id == self.agency.id).execution_options(yield_per=SLICE)
        for letter in self.session.exec(query):
            body = _WORDS_GONE if letter.chat_id in to_them else _without(names, letter.body)
            if body != letter.body:
                letter.body, count = body, count + 1
            if letter.chat_id in to_them:
                letter.platform_id, letter.let_go_at = None, self.now
        self.session.flush()
        return count

    def entries(self, own: Sequence[Chat], said: Sequence[int]) -> int:
        """Name and words go from the trail, and one more entry says from which: the chain stays whole."""
        theirs, mine, places = {chat.id for chat in own}, set(said), list[int]()
        sought, spoke_in = (*self._names(), *(chat.address for chat in own)), self._spoke_in()
        query = (
            select(Trail).where(Trail.chain == self.agency.id, Trail.salt != "").order_by(col(Trail.place))
        )
        for entry in self.session.exec(query.execution_options(yield_per=SLICE)):
            is_theirs = entry.chat_id in theirs or entry.detail.get("inbox") in mine
            is_theirs |= entry.chat_id in spoke_in and entry.sender in self.person.names
            if is_theirs or _without(sought, entry.words) != entry.words:
                entry.sender, entry.words, entry.salt = "", {}, ""
                places.append(entry.place or 0)
        if places:
            trail.note(self.session, self.now, ERASED, self.agency, entries=_spans(places))
        return len(places)

    def signatures(self, own: Sequence[Chat]) -> None:
        """Beside whatever was changed; in a group by the name it was changed under, which may be the group's own, too."""
        ids = [chat.id for chat in own]
        same = select(Chat.id).where(Chat.agency_id == self.agency.id, Chat.channel == self.person.channel)
        for table in SIGNED:
            columns = table.__table__.columns  # type: ignore[attr-defined]  # SQLModel adds it to every table class
            in_group = and_(columns["chat_id"].in_(same), columns["sender"].in_(self.person.names))
            mine = or_(columns["chat_id"].in_(ids), in_group)
            self.session.execute(update(table).where(mine).values(sender=""))
        titled = update(Chat).where(col(Chat.id).in_(same), col(Chat.title).in_(self.person.names))
        self.session.execute(titled.values(title=""))

    def empty(self, said: Sequence[int]) -> None:
        # a platform's number of a message may begin with the number of whom it is from
        number = literal(NOBODY) + cast(col(Inbox.id), String)
        gone = {"text": FORGOTTEN, "sender": "", "sender_id": "", "file": None, "file_name": ""}
        for some in slices(said, SLICE):
            chosen = update(Inbox).where(col(Inbox.id).in_(some))
            self.session.execute(chosen.values(**gone, platform_id=number, let_go_at=self.now))

    def mentions(self) -> None:
        """Where others wrote the name, a message, a report, a reason, it alone goes."""
        here = select(Chat.address).where(Chat.agency_id == self.agency.id)
        ours: tuple[tuple[type[SQLModel], Mapped[str], ColumnElement[bool]], ...] = (
            (Inbox, col(Inbox.text), col(Inbox.address).in_(here)),
            (Answer, col(Answer.text), col(Answer.agency_id) == self.agency.id),
            (Decision, col(Decision.reason), col(Decision.agency_id) == self.agency.id),
            (Obligation, col(Obligation.obstacle), col(Obligation.agency_id) == self.agency.id),
        )
        for name in self._names():
            for table, said, is_ours in ours:
                named = update(table).where(is_ours, said.contains(name, autoescape=True))
                self.session.execute(named.values({said: func.replace(said, name, NAME_GONE)}))

    def leave(self, chat: Chat) -> None:
        """The chat is told nothing more; its address is free for whoever is linked there anew."""
        session, nobody = self.session, f"{NOBODY}{chat.id}"
        if chat.left_at is None:
            chats.unlink(session, chat, self.now)
        session.execute(delete(ChatUnit).where(col(ChatUnit.chat_id) == chat.id))
        session.execute(delete(Dialogue).where(col(Dialogue.chat_id) == chat.id))
        withdrawn = update(AccessLink).where(
            col(AccessLink.chat_id) == chat.id, col(AccessLink.withdrawn_at).is_(None)
        )
        session.execute(withdrawn.values(withdrawn_at=self.now))
        self._shut_browsers(chat)
        place = (f"{chat.channel}:{chat.bot}:{chat.address}", f":{chat.address}:")
        session.execute(delete(Allowance).where(col(Allowance.name).startswith(place[0], autoescape=True)))
        session.execute(delete(WrongCode).where(col(WrongCode.place).contains(place[1], autoescape=True)))
        here = update(Inbox).where(col(Inbox.channel) == chat.channel, col(Inbox.address) == chat.address)
        session.execute(here.values(address=nobody))
        chat.address, chat.title, chat.lost = nobody, "", False
        session.flush()

    def _shut_browsers(self, chat: Chat) -> None:
        seated = select(WebSeat.session_id).where(WebSeat.chat_id == chat.id)
        browsers = update(WebSession).where(col(WebSession.id).in_(seated))
        self.session.execute(browsers.values(withdrawn_at=self.now, name="", browser=""))

    def _spoke_in(self) -> set[int | None]:
        """Every chat that this person ever wrote in, groups too."""
        wrote = select(Inbox.address).where(Inbox.channel == self.person.channel, _key() == self.person.key)
        there = (Chat.agency_id == self.agency.id, Chat.channel == self.person.channel)
        return set(self.session.exec(select(Chat.id).where(*there, col(Chat.address).in_(wrote))))

    def _names(self) -> tuple[str, ...]:
        """What is looked for in words. An account may be called like its unit, and units are nobody's secret; one word
        alone is no name to look for: “Hà” is in “Hà Tĩnh”, too.
        """
        units = {fold(name) for name in self.session.exec(select(Unit.name))}
        return tuple(name for name in self.person.names if " " in name.strip() and fold(name) not in units)


def _without(names: Iterable[str], words: dict[str, Any]) -> dict[str, Any]:
    """The same words, a letter's or the trail's, with nobody's name in them."""
    text = json.dumps(words, ensure_ascii=False)
    for name in names:
        text = text.replace(json.dumps(name, ensure_ascii=False)[1:-1], NAME_GONE)
    cleaned: dict[str, Any] = json.loads(text)
    return cleaned


def _spans(places: Sequence[int]) -> list[list[int]]:
    """1, 2, 3, 7 → 1–3, 7–7."""
    spans: list[list[int]] = []
    for place in places:
        if spans and spans[-1][1] == place - 1:
            spans[-1][1] = place
        else:
            spans.append([place, place])
    return spans
