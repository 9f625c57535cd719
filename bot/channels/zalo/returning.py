"""After a silence of ours: whoever had a question open is told, once, that what they wrote may be lost."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.channels.zalo import ZALO, words
from data.heartbeats import beat, polling
from data.letters import LISTS_COUNT_FOR, as_body, as_message, put_letter
from data.offices import office_of
from data.tables import Agency, Chat, Dialogue, Letter, LetterKind, LetterState
from duties.nudging import opening
from duties.workdays import day_of

# a program that is started anew is back within this
SHORT = timedelta(minutes=2)
NEWEST = 10
KEY = "notice:back:"


def note_asked(session: Session, bot_id: str, now: datetime) -> int:
    """Zalo answered us just now; after a silence the chats with an open question are told. How many were."""
    before = beat(session, polling(ZALO, bot_id), now)
    if now - before <= SHORT:
        return 0
    linked = select(Chat).where(Chat.channel == ZALO, Chat.bot == bot_id, col(Chat.left_at).is_(None))
    open_chats = [chat for chat in session.exec(linked) if _is_asked(session, chat, now)]
    for chat in open_chats:
        _tell(session, chat, before, now)
    return len(open_chats)


def _tell(session: Session, chat: Chat, since: datetime, now: datetime) -> None:
    """Two silences of one night are told in the morning as one."""
    untold = select(Letter).where(
        Letter.chat_id == chat.id,
        Letter.state == LetterState.WAITING,
        col(Letter.key).startswith(KEY),
    )
    earlier = session.exec(untold).first()
    if earlier is None:
        office = office_of(session, session.get_one(Agency, chat.agency_id), day_of(now))
        put_letter(
            session,
            chat,
            f"{KEY}{since.isoformat()}",
            LetterKind.NOTICE,
            now,
            words.back_again(since, now),
            not_before=opening(now, office.policy, office.calendar),
        )
    else:
        began = datetime.fromisoformat(earlier.key.removeprefix(KEY))
        earlier.body = as_body(words.back_again(began, now))
        session.add(earlier)


def _is_asked(session: Session, chat: Chat, now: datetime) -> bool:
    """Whether something of ours waits for words from there: a question, choices, or a list not long ago."""
    if session.exec(select(Dialogue.id).where(Dialogue.chat_id == chat.id)).first() is not None:
        return True
    recent = select(Letter).where(
        Letter.chat_id == chat.id, Letter.state == LetterState.SENT, Letter.put_at > now - LISTS_COUNT_FOR
    )
    newest = session.exec(recent.order_by(col(Letter.id).desc()).limit(NEWEST))
    return any(
        letter.listed or (message := as_message(letter.body)).choices or message.asks for letter in newest
    )
