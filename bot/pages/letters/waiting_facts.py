"""What waits to be sent at this moment, and why it is not on its way yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column
from sqlmodel import Session, col, select

from bot.pages.places import places_of
from data.letters import as_message
from data.pauses import is_paused
from data.tables import Agency, Chat, Letter, LetterKind, LetterState, Nudge
from duties.wording.dates import moment
from duties.wording.letters import channel_name, topic, why_failed
from scheduler.routes import pending

MOST = 50
SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class Waits:
    """A letter that has not gone yet; `why` says for what it waits."""

    id: int
    to: str
    channel: str
    topic: str
    first_line: str
    put_at: datetime
    why: str


@dataclass(frozen=True)
class Queue:
    """The first of all that waits, and how many things are told with the next reminders."""

    rows: tuple[Waits, ...]
    count: int
    reminders: int


def queue(session: Session, agency_id: int, now: datetime) -> Queue:
    """In the order in which it would go."""
    unsent: tuple[ColumnElement[str], ...] = (literal_column("'waiting'"), literal_column("'sending'"))
    # by the agency's chats: the index of what is unsent is theirs
    conditions = (Chat.agency_id == agency_id, col(Letter.state).in_(unsent))
    query = select(Letter, Chat).join(Chat, col(Letter.chat_id) == Chat.id).where(*conditions)
    rows = session.exec(query.order_by(col(Letter.id)).limit(MOST)).all()
    places = places_of(session, {chat.id: chat for _, chat in rows}.values())
    paused = is_paused(session.get_one(Agency, agency_id), now)
    found = tuple(
        _waits(letter, chat, places[letter.chat_id].name, now, paused=paused) for letter, chat in rows
    )
    counted = select(func.count()).select_from(Chat).join(Letter, col(Letter.chat_id) == Chat.id)
    count = session.exec(counted.where(*conditions)).one()
    reminders = session.exec(select(func.count()).select_from(Nudge).where(pending(agency_id))).one()
    return Queue(found, count, reminders)


def _waits(letter: Letter, chat: Chat, to: str, now: datetime, *, paused: bool) -> Waits:
    lines = as_message(letter.body).lines
    return Waits(
        letter.id or 0,
        to,
        channel_name(chat.channel),
        topic(letter.key),
        lines[0].text if lines else "Lời tin được soạn khi gửi, theo các việc còn mở lúc đó",
        letter.put_at,
        _why(letter, chat, now, paused=paused),
    )


def _why(letter: Letter, chat: Chat, now: datetime, *, paused: bool) -> str:
    if letter.state is LetterState.SENDING:
        return "đang gửi"
    if paused and letter.kind is not LetterKind.REPLY:
        return "chờ hết tạm dừng"
    if letter.next_try_at > now + SOON:
        again = f"gửi lại lúc {moment(letter.next_try_at)}"
        if letter.failure:
            why = why_failed(letter.failure, channel_name(chat.channel))
            return f"lần {letter.attempts} chưa gửi được ({why}), {again}"
        return f"gửi lúc {moment(letter.next_try_at)}"
    return "đến lượt trong ít phút; tin nhắc và thông báo chỉ đi trong giờ gửi"
