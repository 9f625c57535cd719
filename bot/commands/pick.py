"""A bare number that answers “Việc nào?”: what was said before is carried out for the one that is picked."""

import re

from bot.targets import quoted_letter
from bot.turn import Turn
from data.letters import as_message, fresh_reply
from data.obligations import item
from duties.intents import Intent
from duties.message import Message
from duties.replies import read_reply
from duties.wording.lists import asks_which

NUMBER = re.compile(r"(?:(?:số|so|việc|viec|cái|cai) )?(\d{1,2})[.)! ]*", re.IGNORECASE)


def picked(turn: Turn) -> tuple[Intent, ...]:
    """What is meant by a number right after we asked which one; nothing where we asked something else."""
    number = NUMBER.fullmatch(turn.inbox.text.strip())
    if number is None or turn.file is not None:
        return ()
    letter = quoted_letter(turn) or fresh_reply(turn.session, turn.chat, turn.now)
    question = as_message(letter.body, letter.listed) if letter is not None else None
    if question is None or not asks_which(question):
        return ()
    place = int(number[1]) - 1
    meant = item(turn.session, question.listed[place]) if 0 <= place < len(question.listed) else None
    return read_reply(_words(question, meant.obligation.short_code), turn.today).intents if meant else ()


def _words(question: Message, code: str) -> str:
    """The first choice's words, of another thing; what they leave open is asked next."""
    first = question.choices[0]
    return first.says.replace(first.label, f"#{code}").replace("…", "").strip()
