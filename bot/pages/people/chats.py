"""Chats as the office sees them: which is told first, when each was last heard, which takes no letters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, and_, col, or_, select

from data.chats import UNLINKED
from data.tables import Chat, ChatRole, ChatUnit, Inbox, Letter, LetterState, Unit
from duties.workdays import day_of

CHANNELS = {"web": "Trang web", "telegram": "Telegram", "zalo": "Zalo"}


@dataclass(frozen=True)
class ChatSeen:
    """A chat as the office sees it; `number` is what “kênh 2 của …” means, 0 for one that is lost.

    `failing_since`: its letters come back since that day. `has_page`: a page in the browser belongs to it.
    """

    id: int
    number: int
    channel: str
    title: str
    linked_on: date
    heard_on: date | None = None
    told_on: date | None = None
    failing_since: date | None = None
    lost_on: date | None = None
    has_page: bool = False
    also_serves: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.channel} · {self.title}" if self.title else self.channel


def chats_of_units(session: Session, agency_id: int, ids: Sequence[int]) -> dict[int, list[ChatSeen]]:
    """Each unit's chats in the order in which it is told, those that are lost last."""
    query = (
        select(ChatUnit.unit_id, Chat)
        .join(Chat, col(ChatUnit.chat_id) == Chat.id)
        .where(col(ChatUnit.unit_id).in_(ids), or_(col(Chat.left_at).is_(None), col(Chat.lost)))
        .order_by(col(Chat.left_at).is_not(None), col(ChatUnit.place), col(Chat.linked_at), col(Chat.id))
    )
    pairs = session.exec(query).all()
    signs = _signs(session, agency_id, {chat.id or 0 for _, chat in pairs})
    serves = _served(session, {chat.id or 0 for _, chat in pairs})
    found: dict[int, list[ChatSeen]] = defaultdict(list)
    for unit_id, chat in pairs:
        others = tuple(name for other, name in serves[chat.id or 0] if other != unit_id)
        found[unit_id].append(signs.seen(chat, len(found[unit_id]) + 1, others))
    return found


def _served(session: Session, chat_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(ChatUnit.chat_id, Unit.id, Unit.name)
        .join(Unit, col(ChatUnit.unit_id) == Unit.id)
        .where(col(ChatUnit.chat_id).in_(list(chat_ids)))
        .order_by(col(Unit.id))
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for chat_id, unit_id, name in session.exec(query):
        found[chat_id].append((unit_id or 0, name))
    return found


def chats_by_role(session: Session, agency_id: int) -> dict[ChatRole, tuple[ChatSeen, ...]]:
    """The chats of the office, the leaders and the administrators; pages beside a chat are no chats of their own."""
    query = select(Chat).where(
        Chat.agency_id == agency_id,
        Chat.role != ChatRole.UNIT,
        col(Chat.companion_of).is_(None),
        or_(col(Chat.left_at).is_(None), col(Chat.lost)),
    )
    rows = session.exec(query.order_by(col(Chat.linked_at), col(Chat.id))).all()
    signs = _signs(session, agency_id, {row.id or 0 for row in rows})
    return {
        role: tuple(
            signs.seen(row, n) for n, row in enumerate((each for each in rows if each.role is role), 1)
        )
        for role in (ChatRole.OFFICE, ChatRole.LEADER, ChatRole.ADMIN)
    }


@dataclass(frozen=True)
class _Signs:
    """What is known of chats from what came and went."""

    heard: Mapping[int, datetime]
    told: Mapping[int, datetime]
    failing: Mapping[int, datetime]
    pages: frozenset[int]

    def seen(self, chat: Chat, number: int, also: tuple[str, ...] = ()) -> ChatSeen:
        at = chat.id or 0
        return ChatSeen(
            id=at,
            number=0 if chat.left_at else number,
            channel=CHANNELS.get(chat.channel, chat.channel.capitalize()),
            title=chat.title,
            linked_on=day_of(chat.linked_at),
            heard_on=_day(self.heard.get(at)),
            told_on=_day(self.told.get(at)),
            failing_since=_day(self.failing.get(at)),
            lost_on=_day(chat.left_at),
            has_page=at in self.pages,
            also_serves=also,
        )


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def _signs(session: Session, agency_id: int, ids: Iterable[int]) -> _Signs:
    mine = col(Chat.id).in_(list(ids))
    same_place = and_(
        Inbox.channel == Chat.channel,
        Inbox.bot == Chat.bot,
        Inbox.address == Chat.address,
        Inbox.topic == Chat.topic,
    )
    heard = select(Chat.id, func.max(Inbox.received_at)).join(Inbox, same_place).where(mine)
    told = (
        select(Letter.chat_id, func.max(Letter.sent_at))
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(mine, Letter.state == LetterState.SENT)
        .group_by(col(Letter.chat_id))
    )
    told_at = {chat_id: at for chat_id, at in session.exec(told) if at}
    failed = (
        select(Letter.chat_id, Letter.put_at)
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(mine, Letter.state == LetterState.FAILED, Letter.failure != UNLINKED)
        .order_by(col(Letter.put_at))
    )
    failing: dict[int, datetime] = {}
    for chat_id, at in session.exec(failed):
        if chat_id not in told_at or at > told_at[chat_id]:
            failing.setdefault(chat_id, at)
    pages = select(Chat.companion_of).where(Chat.agency_id == agency_id, col(Chat.companion_of).is_not(None))
    return _Signs(
        {chat_id or 0: at for chat_id, at in session.exec(heard.group_by(col(Chat.id)))},
        told_at,
        failing,
        frozenset(each or 0 for each in session.exec(pages)),
    )
