"""A page in the browser beside a chat of Telegram or Zalo: the same role and units, for as long as that chat has them.

It keeps nothing of its own that could differ, see docs/decisions/0013: whatever is true of the other chat is true of it.
"""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import ScalarSelect, delete, func, update
from sqlmodel import Session, col, or_, select

from data.tables import AccessLink, Chat, LinkPurpose, WebSeat

WEB = "web"


def page_of(session: Session, chat: Chat, now: datetime) -> Chat:
    """The page in the browser that belongs to a chat, made the first time; a chat in the browser is its own."""
    if chat.channel == WEB:
        return chat
    page = session.exec(select(Chat).where(Chat.companion_of == chat.id)).one_or_none()
    if page is None:
        page = Chat(
            agency_id=chat.agency_id,
            channel=WEB,
            address=token_urlsafe(16),
            role=chat.role,
            linked_at=now,
            companion_of=chat.id,
        )
    page.agency_id, page.role, page.title = chat.agency_id, chat.role, chat.title
    session.add(page)
    session.flush()
    return page


def lives(session: Session, chat: Chat) -> bool:
    """Whether we still talk there; a page ends with the chat it belongs to, or when that one speaks for others."""
    if chat.left_at is not None or chat.companion_of is None:
        return chat.left_at is None
    beside = session.get_one(Chat, chat.companion_of)
    is_same = (beside.agency_id, beside.role) == (chat.agency_id, chat.role)
    return is_same and beside.left_at is None


def close_page(session: Session, chat: Chat, now: datetime) -> None:
    """The chat speaks for others from now on: who was let into its page has to ask anew, and no link it had opens anything."""
    pages = select(Chat.id).where(Chat.companion_of == chat.id)
    session.execute(delete(WebSeat).where(col(WebSeat.chat_id).in_(pages)))
    shut_links(session, chat, now, LinkPurpose)


def shut_links(session: Session, chat: Chat, now: datetime, purposes: Iterable[LinkPurpose]) -> None:
    """What was handed out to the chat and on its page was for whom it spoke then."""
    still_open = (
        col(AccessLink.chat_id).in_(together(session, chat)),
        col(AccessLink.purpose).in_(tuple(purposes)),
        col(AccessLink.withdrawn_at).is_(None),
    )
    session.execute(update(AccessLink).where(*still_open).values(withdrawn_at=now))


def speaks_as(chat_id: int) -> ScalarSelect[int]:
    """The chat whose units are that chat's: its own, or the one that its page belongs to."""
    whose = select(func.coalesce(Chat.companion_of, Chat.id)).where(Chat.id == chat_id)
    return whose.scalar_subquery()


def together(session: Session, chat: Chat) -> set[int]:
    """A chat and its page, whichever of them speaks."""
    first = chat.companion_of or chat.id
    both = session.exec(select(Chat.id).where(or_(Chat.id == first, Chat.companion_of == first)))
    return {each for each in both if each is not None}
