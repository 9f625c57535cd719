"""A bare number that answers numbered choices: what pressing a button is elsewhere."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from bot.channels.zalo.render import has_numbers, offered
from data.letters import LISTS_COUNT_FOR, as_message
from data.tables import Chat, Letter, LetterState
from duties.message import Message

NUMBER = re.compile(r"(?:số\s+|so\s+)?(\d{1,2})[.)!]?", re.IGNORECASE)
LOOKED_AT = 30
MAY_HAVE_COME = (LetterState.SENT, LetterState.SENDING, LetterState.UNKNOWN)


@dataclass(frozen=True)
class Chosen:
    """The words of a choice, and the letter that offered it."""

    says: str
    letter_id: int


def chosen(session: Session, chat: Chat, said: str, now: datetime) -> Chosen | None:
    """The choice meant by a bare number; None where the newest question was another, or a list's."""
    number = NUMBER.fullmatch(said.strip())
    if number is None:
        return None
    recent = select(Letter).where(
        Letter.chat_id == chat.id,
        col(Letter.state).in_(MAY_HAVE_COME),
        Letter.put_at > now - LISTS_COUNT_FOR,
    )
    for letter in session.exec(recent.order_by(col(Letter.id).desc()).limit(LOOKED_AT)):
        message = as_message(letter.body, letter.listed)
        # a place in a list, or the amount that was asked for
        if message.listed or message.asks:
            return None
        if has_numbers(message):
            return _choice(letter, message, int(number[1]))
    return None


def _choice(letter: Letter, message: Message, at: int) -> Chosen | None:
    choices = offered(message)
    if letter.id is None or not 1 <= at <= len(choices):
        return None
    return Chosen(choices[at - 1].says, letter.id)
