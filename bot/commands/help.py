"""`/trogiup`, and courtesy."""

from bot.turn import Turn
from duties.intents import Chat, Chatter, Unclear
from duties.message import Message
from duties.wording import help as wording


def help_for(turn: Turn) -> list[Message]:
    return [wording.help_for(turn.chat.role.value)]


def small_talk(turn: Turn, said: Chatter) -> list[Message]:
    """A greeting is answered; thanks and “đã nhận” are not: in a group silence is polite."""
    return [wording.greeting(turn.chat.role.value)] if said.kind is Chat.GREETING else []


def unclear(turn: Turn, said: Unclear) -> list[Message]:
    return [wording.unclear(said.why, turn.chat.role.value)]
