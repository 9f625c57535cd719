"""A bare number that answers “Việc nào?”: what was said before is carried out for the one that is picked."""

import re
from datetime import timedelta

from sqlmodel import col, select

from bot.targets import quoted_letter
from bot.turn import Turn
from data.letters import as_message
from data.obligations import item
from data.tables import Letter, LetterKind
from duties.intents import Intent
from duties.message import Message
from duties.replies import read_reply
from duties.wording.lists import asks_which

NUMBER = re.compile(r"(?:(?:số|so|việc|viec|cái|cai) )?(\d{1,2})[.)! ]*", re.IGNORECASE)
FRESH = timedelta(hours=1)


def picked(turn: Turn) -> tuple[Intent, ...]:
    """What is meant by a number right after we asked which one; nothing where we asked something else."""
    number = NUMBER.fullmatch(turn.inbox.text.strip())
    letter = (quoted_letter(turn) or _newest(turn)) if number and turn.file is None else None
    question = as_message(letter.body, letter.listed) if letter is not None else None
    if number is None or question is None or not asks_which(question):
        return ()
    place = int(number[1]) - 1
    meant = item(turn.session, question.listed[place]) if 0 <= place < len(question.listed) else None
    return read_reply(_words(question, meant.obligation.short_code), turn.today).intents if meant else ()


def _words(question: Message, code: str) -> str:
    """The first choice's words, of another thing; what they leave open is asked next."""
    first = question.choices[0]
    return first.says.replace(first.label, f"#{code}").replace("…", "").strip()


def _newest(turn: Turn) -> Letter | None:
    newest = turn.session.exec(
        select(Letter).where(Letter.chat_id == turn.chat.id).order_by(col(Letter.id).desc()).limit(1)
    ).first()
    is_fresh = newest is not None and newest.kind is LetterKind.REPLY and turn.now - newest.put_at <= FRESH
    return newest if is_fresh else None
