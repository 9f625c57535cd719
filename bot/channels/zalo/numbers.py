"""A bare number that answers numbered choices: what pressing a button is elsewhere."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from bot.channels.zalo.render import has_numbers
from data.letters import LISTS_COUNT_FOR, as_message
from data.tables import Chat, Letter, LetterState

NUMBER = re.compile(r"(?:số\s+|so\s+)?(\d{1,2})[.)!]?", re.IGNORECASE)
LOOKED_AT = 30
MAY_HAVE_COME = (LetterState.SENT, LetterState.SENDING, LetterState.UNKNOWN)


@dataclass(frozen=True)
class Chosen:
    """The words of a choice, and the letter that offered it."""

    says: str
    letter_id: int


def chosen(session: Session, chat: Chat, said: str, now: datetime) -> Chosen | None:
    """The choice meant by a bare number; None where the newest numbers of that chat were a list's, or were none."""
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
        if message.listed:
            return None
        if has_numbers(message):
            at = int(number[1])
            fits = 1 <= at <= len(message.choices) and letter.id is not None
            return Chosen(message.choices[at - 1].says, letter.id) if fits and letter.id else None
    return None
