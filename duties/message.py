"""A Message: what we say, before any channel has dressed it.

A choice is words too: pressing it is the same as writing `says`. So a channel without buttons loses
nothing, and a forged button can do no more than the sender's own words could.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Look(StrEnum):
    """How a line is meant, not how it is drawn: each channel's render decides that."""

    PLAIN = "plain"
    TITLE = "title"
    ITEM = "item"
    QUIET = "quiet"


@dataclass(frozen=True)
class Line:
    """One paragraph of words, and how it is meant."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Choice:
    """A button, or a numbered line where there are none: `label` is shown, `says` is what it means in words."""

    label: str
    says: str


@dataclass(frozen=True)
class Attached:
    """A document that goes with a message: the file as it is kept, and the name it is given."""

    file_id: int
    name: str


@dataclass(frozen=True)
class Message:
    """`listed` are the obligation ids behind the numbers 1, 2, 3… in the text, so a bare number can be understood.

    `about`: obligations it speaks of besides. `asks`: it waits for words of the reader's own. `in_reply_to`: the platform's id of the message it answers.
    """

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    listed: tuple[int, ...] = field(default=())
    about: tuple[int, ...] = field(default=())
    asks: bool = False
    in_reply_to: str = ""
    file: Attached | None = None

    @property
    def text(self) -> str:
        """The words alone, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not any(line.text.strip() for line in self.lines)
