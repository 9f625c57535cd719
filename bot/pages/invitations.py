"""What the entry pages do in the database: look at an invitation or a link, let a browser in, find its living chats."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import Session

from bot.commands.link_chat import greet
from bot.pages.passes import Seat
from data import trail
from data.access_links import Opened, Shut, look_at_link, use_up
from data.companions import WEB, lives
from data.guesses import ALLOWED_FROM_ONE_ADDRESS, again_at
from data.people import Place, chats_of_role, chats_of_unit, good_invitation, redeem, units_of
from data.tables import Agency, Chat, ChatRole, LinkPurpose, Unit, WebSession
from data.web_sessions import find_session, let_in, open_sessions, seats_of

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
    unit_id: int | None = None


@dataclass(frozen=True)
class Room:
    """A living chat that a browser may open; `is_beside`: it belongs to a chat elsewhere, and is told nothing by itself."""

    seat: Seat
    agency_id: int
    agency: str
    role: ChatRole
    whom: str
    is_beside: bool = False


@dataclass(frozen=True)
class Visitor:
    """A browser at the door: where it comes from, the token it holds, what it is, and the name its reader gave."""

    place: Place
    token: str
    browser: str
    name: str = ""


@dataclass(frozen=True)
class LetIn:
    """A browser's session from now on, its token, and the chat it was let into."""

    held: WebSession
    token: str
    chat_id: int


def look_at(session: Session, code: str, visitor: Place, now: datetime) -> Invited | None:
    """What the code invites to, without using it up; None for a wrong one, or after too many wrong ones."""
    if again_at(session, visitor, now, ALLOWED_FROM_ONE_ADDRESS):
        return None
    invitation = good_invitation(session, code, visitor, now)
    if invitation is None:
        return None
    unit = session.get(Unit, invitation.unit_id) if invitation.unit_id else None
    whom = unit.name if unit is not None else ROLES.get(invitation.role, "Đơn vị")
    agency = _agency_name(session, invitation.agency_id)
    return Invited(invitation.agency_id, agency, invitation.role, whom, invitation.unit_id)


def enter(session: Session, code: str, visitor: Visitor, now: datetime) -> LetIn | None:
    """Use the code up and put the welcome; None for a code that is not good.

    A unit's reader who is invited for another unit keeps one chat; one that no browser can open any more is opened again,
    for that is where its letters go.
    """
    invited = look_at(session, code, visitor.place, now)
    if invited is None:
        return None
    held = find_session(session, visitor.token, now)
    place = _own_place(session, held, invited) or _left_alone(session, invited, now)
    chat = redeem(session, code, place or Place(WEB, "", token_urlsafe(16)), visitor.name or "Trang web", now)
    if chat is None:
        return None
    greet(session, chat, now)
    return _let_in(session, held, chat, visitor, now)


def look_at_web_link(session: Session, token: str, now: datetime) -> Room | Shut:
    """Which chat a one-time link would open, without using it up."""
    found = look_at_link(session, token, LinkPurpose.WEB, now)
    return room_of(session, found.chat) if isinstance(found, Opened) else found


def enter_by_link(session: Session, token: str, visitor: Visitor, now: datetime) -> LetIn | Shut:
    """Use a one-time link up: the browser is let into its chat."""
    found = use_up(session, token, now)
    if isinstance(found, Shut):
        return found
    return _let_in(session, find_session(session, visitor.token, now), found.chat, visitor, now)


def _let_in(session: Session, held: WebSession | None, chat: Chat, visitor: Visitor, now: datetime) -> LetIn:
    made, token = let_in(session, held, chat, visitor.name, visitor.browser, now)
    trail.note(session, now, "web_enter", chat, sender=made.name, session_id=made.id, browser=made.browser)
    return LetIn(made, token, chat.id or 0)


def _own_place(session: Session, held: WebSession | None, invited: Invited) -> Place | None:
    if invited.role is not ChatRole.UNIT or held is None:
        return None
    return next(
        (
            room.seat.place
            for room in rooms_of(session, held)
            if room.role is ChatRole.UNIT and room.agency_id == invited.agency_id and not room.is_beside
        ),
        None,
    )


def _left_alone(session: Session, invited: Invited, now: datetime) -> Place | None:
    """A chat in the browser, of just whom the code is for, that nobody can open any more."""
    if invited.unit_id is not None:
        chats = [chat for chat in chats_of_unit(session, invited.unit_id) if _serves_one(session, chat)]
    else:
        chats = [*chats_of_role(session, invited.agency_id, invited.role)]
    return next(
        (
            Place(chat.channel, chat.bot, chat.address, chat.topic)
            for chat in chats
            if chat.channel == WEB and not open_sessions(session, chat.agency_id, now, [chat.id or 0])
        ),
        None,
    )


def _serves_one(session: Session, chat: Chat) -> bool:
    return len(units_of(session, chat.id or 0)) == 1


def rooms_of(session: Session, held: WebSession) -> list[Room]:
    """The chats of a browser that still live, the newest first."""
    return [room_of(session, chat) for chat in seats_of(session, held.id or 0) if lives(session, chat)]


def room_of(session: Session, chat: Chat) -> Room:
    return Room(
        Seat(chat.id or 0, chat.address),
        chat.agency_id,
        _agency_name(session, chat.agency_id),
        chat.role,
        _whom(session, chat),
        chat.companion_of is not None,
    )


def _agency_name(session: Session, agency_id: int) -> str:
    agency = session.get(Agency, agency_id)
    return agency.name if agency is not None else ""


def _whom(session: Session, chat: Chat) -> str:
    units = ", ".join(unit.name for unit in units_of(session, chat.id or 0))
    return units or ROLES.get(chat.role, "Đơn vị")
