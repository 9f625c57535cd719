"""What anybody may want."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Undo:
    """“Hoàn tác”, “nhầm rồi”."""


@dataclass(frozen=True)
class SummaryWanted:
    """`words` name a window or a unit, as typed."""

    words: str = ""


@dataclass(frozen=True)
class Help:
    """“/trogiup”."""


@dataclass(frozen=True)
class Link:
    """“/dangky MÃ”: the chat is to serve whom the code was made for."""

    code: str


class Chat(StrEnum):
    """Talk that asks for nothing."""

    THANKS = "thanks"
    GREETING = "greeting"
    NOTED = "noted"


@dataclass(frozen=True)
class Chatter:
    """“Cảm ơn”, “chào”, “đã rõ”."""

    kind: Chat


class Doubtful(StrEnum):
    """Why a text was not understood."""

    NOTHING = "nothing"
    COMMAND = "command"
    WHICH_MEANS_WHAT = "which_means_what"
    WHICH_NUMBER = "which_number"
    WHICH_DAY = "which_day"
    TAKES_BACK = "takes_back"


@dataclass(frozen=True)
class Unclear:
    """Not understood: nothing is recorded and the sender is asked; `words` as typed."""

    why: Doubtful = Doubtful.NOTHING
    words: str = ""


EveryonesIntent = Undo | SummaryWanted | Help | Link | Chatter | Unclear
