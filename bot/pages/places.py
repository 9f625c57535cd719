"""What a chat is called on a page: by its own title, else by whom it serves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from data.tables import Chat, ChatRole, ChatUnit, Unit

ROLES: Mapping[ChatRole, str] = {
    ChatRole.OFFICE: "Văn phòng",
    ChatRole.LEADER: "Lãnh đạo",
    ChatRole.ADMIN: "Quản trị",
}


@dataclass(frozen=True)
class Place:
    """A chat's name, and the units it serves by their numbers."""

    name: str
    unit_ids: frozenset[int] = frozenset()


def places_of(session: Session, chats: Collection[Chat]) -> dict[int, Place]:
    """Each chat's place, in one query."""
    query = (
        select(ChatUnit.chat_id, ChatUnit.unit_id, Unit.name)
        .join(Unit, col(ChatUnit.unit_id) == Unit.id)
        .where(col(ChatUnit.chat_id).in_({chat.id for chat in chats}))
        .order_by(col(Unit.name))
    )
    served: dict[int, dict[int, str]] = {}
    for chat_id, unit_id, name in session.exec(query):
        served.setdefault(chat_id, {})[unit_id] = name
    return {chat.id or 0: _place(chat, served.get(chat.id or 0, {})) for chat in chats}


def _place(chat: Chat, units: Mapping[int, str]) -> Place:
    whose = ROLES.get(chat.role) or ", ".join(units.values()) or "Nơi nhận đã ngừng"
    name = chat.title if chat.title and chat.title != whose else whose
    return Place(name, frozenset(units))
