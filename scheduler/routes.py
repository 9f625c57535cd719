"""Which chat is told of a nudge: the unit's first living chat, the office's or the leader's."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import Session, and_, col, or_

from data.people import chats_of_role
from data.tables import Chat, ChatRole, ChatUnit, Nudge
from duties.nudging import Audience


class Addressee(NamedTuple):
    """Whom a nudge is for; `is_partner`: only to be told, so that nobody is told in its place."""

    audience: Audience
    unit_id: int | None
    is_partner: bool


def pending(agency_id: int) -> ColumnElement[bool]:
    """Nudges that no letter has told yet; in the words of the index that holds only these."""
    return and_(col(Nudge.agency_id) == agency_id, col(Nudge.letter_id).is_(None), ~col(Nudge.dropped))


def waiting(session: Session, agency_id: int, last_call: str) -> dict[Addressee, bool]:
    """For whom something waits to be told, and whether a last call is among it."""
    is_last_call = func.max(case((col(Nudge.rung) == last_call, 1), else_=0))
    to: tuple[Any, ...] = (Nudge.audience, Nudge.to_unit_id, Nudge.partner_id)
    rows = session.execute(select(*to, is_last_call).where(pending(agency_id)).group_by(*to))
    return {Addressee(row[0], row[1], row[2] != 0): bool(row[3]) for row in rows}


@dataclass(frozen=True)
class Routes:
    """An agency's living chats: each unit's first, the office's, the leader's."""

    units: Mapping[int, int]
    office: int | None
    leader: int | None

    def chat_for(self, to: Addressee) -> int | None:
        """A unit without any chat cannot be told: its nudge goes to the office, which is asked to invite it."""
        match to.audience:
            case Audience.OFFICE:
                return self.office
            case Audience.LEADER:
                return self.leader or self.office
        own = self.units.get(to.unit_id or 0)
        return own if own is not None or to.is_partner else self.office

    def chats_for(self, addressees: Collection[Addressee]) -> set[int]:
        return {chat for each in addressees if (chat := self.chat_for(each)) is not None}


def routes_of(session: Session, agency_id: int) -> Routes:
    """Where an agency's units, office and leader are told at present."""
    return Routes(
        _first_chats(session, col(Chat.agency_id) == agency_id),
        _first_of(session, agency_id, ChatRole.OFFICE),
        _first_of(session, agency_id, ChatRole.LEADER),
    )


def _first_chats(session: Session, which: ColumnElement[bool]) -> dict[int, int]:
    rows = session.execute(
        select(col(ChatUnit.unit_id), col(Chat.id))
        .join(Chat, col(ChatUnit.chat_id) == Chat.id)
        .where(which, col(Chat.left_at).is_(None))
        .order_by(col(ChatUnit.place).desc(), col(Chat.linked_at).desc(), col(Chat.id).desc())
    )
    return {row[0]: row[1] for row in rows}  # the first linked comes last, and stays


def _first_of(session: Session, agency_id: int, role: ChatRole) -> int | None:
    return next((chat.id for chat in chats_of_role(session, agency_id, role)), None)


def told_in(session: Session, chat: Chat) -> ColumnElement[bool] | None:
    """The nudges that this chat is the one to be told of, as a condition; None when it is told of nothing."""
    shares = list(_shares(session, chat))
    return or_(*shares) if shares else None


def _shares(session: Session, chat: Chat) -> Iterator[ColumnElement[bool]]:
    units = _units_told_in(session, chat)
    if units:
        yield and_(col(Nudge.audience) == Audience.UNIT, col(Nudge.to_unit_id).in_(units))
    office = _first_of(session, chat.agency_id, ChatRole.OFFICE)
    leader = _first_of(session, chat.agency_id, ChatRole.LEADER)
    if chat.id == (leader or office):
        yield col(Nudge.audience) == Audience.LEADER
    if chat.id == office:
        yield col(Nudge.audience) == Audience.OFFICE
        yield _of_the_mute(chat.agency_id)


def _units_told_in(session: Session, chat: Chat) -> list[int]:
    served = select(col(ChatUnit.unit_id)).where(col(ChatUnit.chat_id) == chat.id)
    first = _first_chats(session, col(ChatUnit.unit_id).in_(served))
    return [unit_id for unit_id, chat_id in first.items() if chat_id == chat.id]


def _of_the_mute(agency_id: int) -> ColumnElement[bool]:
    """What was for units that nobody can reach."""
    reached = (
        select(col(ChatUnit.unit_id))
        .join(Chat, col(ChatUnit.chat_id) == Chat.id)
        .where(col(Chat.agency_id) == agency_id, col(Chat.left_at).is_(None))
    )
    return and_(
        col(Nudge.audience) == Audience.UNIT,
        col(Nudge.partner_id) == 0,
        col(Nudge.to_unit_id).not_in(reached),
    )
