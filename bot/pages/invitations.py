"""What the entry page does in the database: look at an invitation, redeem it, find a browser's living chats."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import Session

from bot.commands.link_chat import greet
from bot.pages.passes import Pass, Seat
from data.people import Place, chat_at, good_invitation, is_guessing, redeem, units_of
from data.tables import Agency, Chat, ChatRole, Unit

# A whole office may share one network address: the limit is far above what its people mistype, and far below
# what guessing one of 32^8 codes takes.
WRONG_CODES_FROM_ONE_ADDRESS = 30
ROLES = {
    ChatRole.OFFICE: "Văn phòng (điều phối)",
    ChatRole.LEADER: "Lãnh đạo",
    ChatRole.ADMIN: "Quản trị",
}


@dataclass(frozen=True)
class Invited:
    """Who invites, and to speak for whom."""

    agency_id: int
    agency: str
    role: ChatRole
    whom: str


@dataclass(frozen=True)
class Room:
    """A living chat that a browser may open."""

    seat: Seat
    agency_id: int
    agency: str
    role: ChatRole
    whom: str


def visitor_at(host: str) -> Place:
    """Where wrong codes are counted before anyone is let in: the visitor's network address."""
    return Place("web", "", f"visitor {host}")


def look_at(session: Session, code: str, visitor: Place, now: datetime) -> Invited | None:
    """What the code invites to, without using it up; None for a wrong one, or after too many wrong ones."""
    if is_guessing(session, visitor, now, WRONG_CODES_FROM_ONE_ADDRESS):
        return None
    invitation = good_invitation(session, code, visitor, now)
    if invitation is None:
        return None
    unit = session.get(Unit, invitation.unit_id) if invitation.unit_id else None
    whom = unit.name if unit is not None else ROLES.get(invitation.role, "Đơn vị")
    return Invited(invitation.agency_id, _agency_name(session, invitation.agency_id), invitation.role, whom)


def enter(session: Session, code: str, visitor: Place, held: Pass, name: str, now: datetime) -> Seat | None:
    """Use the code up and put the welcome; the seat it gives, or None. A unit's reader who is invited for another unit keeps one chat."""
    invited = look_at(session, code, visitor, now)
    if invited is None:
        return None
    place = _own_place(session, held, invited) or Place("web", "", token_urlsafe(16))
    chat = redeem(session, code, place, name or "Trang web", now)
    if chat is None or chat.id is None:
        return None
    greet(session, chat, now)
    return Seat(chat.id, place.address)


def _own_place(session: Session, held: Pass, invited: Invited) -> Place | None:
    if invited.role is not ChatRole.UNIT:
        return None
    return next(
        (
            room.seat.place
            for room in rooms_of(session, held)
            if room.role is ChatRole.UNIT and room.agency_id == invited.agency_id
        ),
        None,
    )


def rooms_of(session: Session, held: Pass) -> list[Room]:
    """The chats of a pass that still live."""
    found = ((seat, chat_at(session, seat.place)) for seat in held.seats)
    return [
        Room(seat, chat.agency_id, _agency_name(session, chat.agency_id), chat.role, _whom(session, chat))
        for seat, chat in found
        if chat is not None and chat.id == seat.chat_id
    ]


def _agency_name(session: Session, agency_id: int) -> str:
    agency = session.get(Agency, agency_id)
    return agency.name if agency is not None else ""


def _whom(session: Session, chat: Chat) -> str:
    units = ", ".join(unit.name for unit in units_of(session, chat.id or 0))
    return units or ROLES.get(chat.role, "Đơn vị")
