"""Which letter of ours a message of Telegram is, and in which of our chats it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from bot.channels.telegram import TELEGRAM
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import letter_id
from bot.channels.telegram.updates import Pressed
from data.letters import as_message
from data.people import Place, place_of
from data.tables import Chat, Inbox, Letter
from duties.message import Message
from scheduler.reach import chats_at

# An app sends a press again when its connection comes back; a question may be asked again at once.
SAME_PRESS_WITHIN = timedelta(minutes=10)
SAME_QUESTION_WITHIN = timedelta(seconds=3)
LOOKED_AT = 5000


@dataclass(frozen=True)
class Found:
    """One of our letters and the place it was sent to, which may have moved since."""

    letter_id: int
    place: Place
    message: Message


def find_letter(session: Session, bot: str, address: str, message_id: int) -> Found | None:
    """The letter that this message of ours is, if it was one."""
    sent_as = letter_id(address, message_id)
    chats = {chat.id: chat for chat in chats_at(session, TELEGRAM, bot, address)}
    query = select(Letter).where(Letter.platform_id == sent_as)
    if chats:
        query = query.where(col(Letter.chat_id).in_(chats))
    letter = session.exec(query.order_by(col(Letter.id).desc()).limit(1)).first()
    if letter is None or letter.id is None:
        return None
    chat = chats.get(letter.chat_id) or session.get_one(Chat, letter.chat_id)
    place = place_of(chat)
    return Found(letter.id, place, as_message(letter.body, letter.listed))


def offered(session: Session, bot: str, address: str, most: int = 200) -> list[str]:
    """The words of every button lately sent to a chat."""
    chats = [chat.id for chat in chats_at(session, TELEGRAM, bot, address)]
    query = select(Letter).where(col(Letter.chat_id).in_(chats)).order_by(col(Letter.id).desc()).limit(most)
    letters = (as_message(letter.body) for letter in session.exec(query))
    return [choice.says for message in letters for choice in message.choices]


def press_id(press: Pressed, update_id: str) -> str:
    """The inbox's name for a press: what was pressed, then which update told of it."""
    return f"{_press_prefix(press)}{update_id}"


def _press_prefix(press: Pressed) -> str:
    return f"press:{press.where.address}:{press.message_id}:{press.data[:12]}:"


def is_repeated(session: Session, bot: str, press: Pressed, words: str, now: datetime) -> bool:
    """Whether this very press was taken a moment ago, under another update: one press is one answer."""
    newest = select(func.max(Inbox.id)).scalar_subquery()
    within = SAME_QUESTION_WITHIN if words.startswith("/") else SAME_PRESS_WITHIN
    earlier = select(col(Inbox.id)).where(
        col(Inbox.id) > newest - LOOKED_AT,
        Inbox.channel == TELEGRAM,
        Inbox.bot == bot,
        col(Inbox.platform_id).startswith(_press_prefix(press), autoescape=True),
        Inbox.received_at > now - within,
        col(Inbox.failed).is_(False),
    )
    return session.exec(earlier.limit(1)).first() is not None


def words_of(session: Session, bot: str, buttons: Buttons, press: Pressed) -> str | None:
    """What the button says; None when we never made it for that chat."""
    address = press.where.address
    return buttons.words(address, press.data) or buttons.words(
        address, press.data, offered(session, bot, address)
    )
