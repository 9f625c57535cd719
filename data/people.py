"""Agencies, units, invitations and linked chats."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, and_, col, or_, select

from data.companions import close_page, lives, speaks_as
from data.guesses import hold_against
from data.locks import in_turn
from data.once import insert_once
from data.tables import Agency, Chat, ChatRole, ChatUnit, Inbox, Invitation, Unit, UnitAlias
from duties.plan import UnitKind
from duties.spelling import fold
from duties.units import KnownUnit

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read two ways on paper: I, O, 0, 1
CODE_LENGTH = 8
# in an agency's settings: under which name each Zalo bot is found
ZALO_NAMES = "zalo_names"
INVITATION_LIFE = timedelta(days=7)
# the end of a unit whose making was taken back: it is nobody until it is made again
NEVER_LIVED = date.min


class Place(NamedTuple):
    """Where a person talks to us: a chat's address on one bot of one channel, and the topic in it if there is one."""

    channel: str
    bot: str
    address: str
    topic: str = ""


def place_of(one: Chat | Inbox) -> Place:
    """Where a chat is, or where a message was written."""
    return Place(one.channel, one.bot, one.address, one.topic)


def add_unit(
    session: Session, agency_id: int, name: str, kind: UnitKind, aliases: Iterable[str] = ()
) -> Unit:
    """The agency's unit of that name, made now if it was not there; new aliases are added to it."""
    key = fold(name)
    unit = session.exec(select(Unit).where(Unit.agency_id == agency_id, Unit.name_key == key)).one_or_none()
    if unit is None:
        unit = Unit(agency_id=agency_id, name=name, name_key=key, kind=kind)
        session.add(unit)
        session.flush()
    elif unit.valid_to == NEVER_LIVED:
        unit.valid_from, unit.valid_to = None, None
        session.add(unit)
    assert unit.id is not None
    for alias in aliases:
        give_alias(session, agency_id, unit.id, alias)
    return unit


def give_alias(session: Session, agency_id: int, unit_id: int, alias: str) -> None:
    """The unit is called so too, unless another is."""
    insert_once(session, UnitAlias(agency_id=agency_id, unit_id=unit_id, alias=alias, alias_key=fold(alias)))


def rename_unit(session: Session, unit: Unit, name: str) -> None:
    """Give a unit another name; the old one goes on being understood."""
    assert unit.id is not None
    insert_once(
        session,
        UnitAlias(agency_id=unit.agency_id, unit_id=unit.id, alias=unit.name, alias_key=unit.name_key),
    )
    unit.name, unit.name_key = name, fold(name)
    session.add(unit)
    session.flush()


def drop_alias(session: Session, agency_id: int, name: str) -> None:
    """No unit is called so any more, unless it is its own name."""
    session.execute(
        delete(UnitAlias).where(col(UnitAlias.agency_id) == agency_id, col(UnitAlias.alias_key) == fold(name))
    )


def lives_on(agency_id: int, day: date) -> ColumnElement[bool]:
    """The agency's own units on that day, as a condition."""
    return and_(
        Unit.agency_id == agency_id,
        Unit.kind != UnitKind.OUTSIDE,
        or_(col(Unit.valid_from).is_(None), col(Unit.valid_from) <= day),
        or_(col(Unit.valid_to).is_(None), col(Unit.valid_to) >= day),
    )


def living_units(session: Session, agency_id: int, on: date) -> Sequence[Unit]:
    """The agency's own units on that day, in the order they were made."""
    return session.exec(select(Unit).where(lives_on(agency_id, on)).order_by(col(Unit.id))).all()


def known_units(session: Session, agency_id: int) -> list[KnownUnit]:
    """Every unit the agency ever had, as the readers of plans want them."""
    units = session.exec(select(Unit).where(Unit.agency_id == agency_id).order_by(col(Unit.id))).all()
    aliases: dict[int, list[str]] = {}
    for alias in session.exec(select(UnitAlias).where(UnitAlias.agency_id == agency_id)):
        aliases.setdefault(alias.unit_id, []).append(alias.alias)
    return [
        KnownUnit(
            unit.id or 0,
            unit.name,
            tuple(aliases.get(unit.id or 0, ())),
            unit.kind,
            unit.valid_from,
            unit.valid_to,
        )
        for unit in units
    ]


def the_agency(session: Session) -> Agency | None:
    """The first agency of this database."""
    return session.exec(select(Agency).order_by(col(Agency.id))).first()


def _fresh_code() -> str:
    """With a figure in it, so that a code that comes alone is known from a word."""
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if any(letter.isdigit() for letter in code):
            return code


def invite(
    session: Session,
    agency_id: int,
    role: ChatRole,
    unit_id: int | None,
    now: datetime,
    life: timedelta = INVITATION_LIFE,
) -> str:
    """A fresh one-time code; it is shown once and only its hash is kept."""
    code = _fresh_code()
    session.add(
        Invitation(
            agency_id=agency_id,
            code_hash=_hashed(code),
            role=role,
            unit_id=unit_id,
            made_at=now,
            expires_at=now + life,
        )
    )
    return code


def _hashed(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def good_invitation(session: Session, code: str, place: Place, now: datetime) -> Invitation | None:
    """The invitation of a code that may still be used; a wrong, used, expired or withdrawn one is held against the place."""
    invitation = _open_invitation(session, code, now)
    if invitation is None:
        hold_against(session, place, now)
    return invitation


def role_invited(session: Session, code: str, now: datetime) -> ChatRole | None:
    """The role that a code is for; None for one that may not be used, which is held against nobody yet."""
    invitation = _open_invitation(session, code, now)
    return invitation.role if invitation is not None else None


def _open_invitation(session: Session, code: str, now: datetime) -> Invitation | None:
    return session.exec(
        select(Invitation).where(
            Invitation.code_hash == _hashed(code),
            col(Invitation.used_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
            Invitation.expires_at > now,
        )
    ).one_or_none()


def redeem(session: Session, code: str, place: Place, title: str, now: datetime) -> Chat | None:
    """Link the place by a one-time code; None for a code that is not good.

    A place that serves a unit already goes on serving it: one chat may serve several units of its agency.
    """
    in_turn(session, "invitations")
    invitation = good_invitation(session, code, place, now)
    chat = _linked(session, invitation, place, title, now) if invitation else None
    if invitation is not None and chat is not None:
        invitation.used_at, invitation.used_by_chat_id = now, chat.id
    return chat


def _linked(session: Session, invitation: Invitation, place: Place, title: str, now: datetime) -> Chat | None:
    chat = chat_at(session, place, living=False)
    if chat is not None and chat.companion_of is not None:
        return None
    if chat is None:
        chat = Chat(
            **place._asdict(),
            agency_id=invitation.agency_id,
            title=title,
            role=invitation.role,
            linked_at=now,
        )
        session.add(chat)
    elif chat.left_at is not None or chat.role is not ChatRole.UNIT or invitation.role is not ChatRole.UNIT:
        if chat.left_at is None and chat.agency_id != invitation.agency_id:
            return None
        _forget_units(session, chat)
        close_page(session, chat, now)
        chat.agency_id, chat.role, chat.left_at, chat.linked_at = (
            invitation.agency_id,
            invitation.role,
            None,
            now,
        )
    elif chat.agency_id != invitation.agency_id:
        return None
    chat.lost = False
    session.flush()
    if invitation.unit_id is not None and chat.id is not None:
        insert_once(session, ChatUnit(chat_id=chat.id, unit_id=invitation.unit_id))
    return chat


def _forget_units(session: Session, chat: Chat) -> None:
    for served in session.exec(select(ChatUnit).where(ChatUnit.chat_id == chat.id)):
        session.delete(served)


def chat_at(session: Session, place: Place, *, living: bool = True) -> Chat | None:
    """The chat linked at a place, if any."""
    found = session.exec(
        select(Chat).where(
            Chat.channel == place.channel,
            Chat.bot == place.bot,
            Chat.address == place.address,
            Chat.topic == place.topic,
        )
    ).one_or_none()
    return None if found is not None and living and not lives(session, found) else found


def units_of(session: Session, chat_id: int) -> Sequence[Unit]:
    """The units a chat serves, oldest first; a page in the browser serves those of the chat it belongs to."""
    return session.exec(
        select(Unit)
        .join(ChatUnit, col(ChatUnit.unit_id) == Unit.id)
        .where(ChatUnit.chat_id == speaks_as(chat_id))
        .order_by(col(Unit.id))
    ).all()


def chats_of_unit(session: Session, unit_id: int) -> Sequence[Chat]:
    """The unit's living chats, the one it is told in first; elsewhere it is told only when that fails for good."""
    return session.exec(
        select(Chat)
        .join(ChatUnit, col(ChatUnit.chat_id) == Chat.id)
        .where(ChatUnit.unit_id == unit_id, col(Chat.left_at).is_(None))
        .order_by(col(ChatUnit.place), col(Chat.linked_at), col(Chat.id))
    ).all()


def chats_of_role(session: Session, agency_id: int, role: ChatRole) -> Sequence[Chat]:
    """The agency's living chats of a role (office, leader), the first linked first; pages beside one are told nothing."""
    return session.exec(
        select(Chat)
        .where(Chat.agency_id == agency_id, Chat.role == role, col(Chat.left_at).is_(None))
        .where(col(Chat.companion_of).is_(None))
        .order_by(col(Chat.linked_at), col(Chat.id))
    ).all()


def units_without_chat(session: Session, agency_id: int, on: date) -> list[Unit]:
    """Living units that nobody can reach."""
    reached = set(
        session.exec(
            select(ChatUnit.unit_id)
            .join(Chat, col(ChatUnit.chat_id) == Chat.id)
            .where(Chat.agency_id == agency_id, col(Chat.left_at).is_(None))
        )
    )
    return [unit for unit in living_units(session, agency_id, on) if unit.id not in reached]
