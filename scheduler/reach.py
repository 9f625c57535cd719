"""A chat is lost, let in again, or has moved: the outbox follows it, and the office is told who cannot be reached."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from data import trail
from data.letters import put_letter
from data.people import Place, chat_at, chats_of_role, chats_of_unit, units_of
from data.tables import Chat, ChatRole, LetterKind, Unit
from data.unreached import mark_unreached
from duties.message import Message
from duties.wording.reach import found_again, lost


def chats_at(session: Session, channel: str, bot: str, address: str) -> Sequence[Chat]:
    """Every chat linked at one address, whatever its topic, the lost ones too."""
    query = select(Chat).where(Chat.channel == channel, Chat.bot == bot, Chat.address == address)
    return session.exec(query.order_by(col(Chat.id))).all()


def lose(session: Session, chat: Chat, why: str, now: datetime) -> None:
    """The platform no longer takes our letters to this chat; it is told nothing more until it lets us in again."""
    if chat.left_at is not None:
        return
    chat.left_at, chat.lost = now, True
    session.flush()
    trail.note(session, now, "chat_lost", chat, why=why)
    units = _units(session, chat)
    mute = [unit for unit in units if not chats_of_unit(session, unit.id or 0)]
    said = lost(chat.title, why, [unit.name for unit in units], [unit.name for unit in mute])
    if _tell_office(session, chat, "lost-chat", said, now):
        mark_unreached(session, mute, now)


def find_again(session: Session, chat: Chat, now: datetime) -> None:
    """The platform lets us in again; a chat that the office itself unlinked stays unlinked."""
    if not chat.lost:
        return
    chat.left_at, chat.lost = None, False
    trail.note(session, now, "chat_found_again", chat)
    names = [unit.name for unit in _units(session, chat)]
    _tell_office(session, chat, "found-chat", found_again(chat.title, names), now)


def follow(session: Session, chat: Chat, moved_to: Place, now: datetime) -> None:
    """The chat has another address now; where that address is linked by itself already, this one ends."""
    there = chat_at(session, moved_to, living=False)
    if there is None:
        trail.note(session, now, "chat_moved", chat, moved_from=chat.address, moved_to=moved_to.address)
        chat.channel, chat.bot, chat.address, chat.topic = moved_to
    elif there.id != chat.id and chat.left_at is None:
        trail.note(session, now, "chat_moved", chat, moved_to=moved_to.address)
        chat.left_at = now
    session.flush()


def _units(session: Session, chat: Chat) -> Sequence[Unit]:
    assert chat.id is not None
    return units_of(session, chat.id)


def _tell_office(session: Session, chat: Chat, what: str, message: Message, now: datetime) -> bool:
    """Whether the office has another chat to be told in."""
    key = f"notice:{what}:{chat.id}:{now:%Y%m%dT%H%M%S}"
    others = [each for each in chats_of_role(session, chat.agency_id, ChatRole.OFFICE) if each.id != chat.id]
    for office in others:
        put_letter(session, office, key, LetterKind.NOTICE, now, message)
    return bool(others)
