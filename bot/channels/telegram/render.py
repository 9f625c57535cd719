"""A Message as Telegram shows it: HTML with everything escaped, in parts that fit, with rows of buttons."""

from collections.abc import Sequence
from html import escape

from bot.channels import plain
from bot.channels.plain import lead
from duties.message import Choice, Line, Look, Message

# https://core.telegram.org/bots/api#sendmessage: 1-4096 characters after entities parsing, counted in UTF-16 units
LIMIT = 4096
# what is added to a part later must still fit: that it may be a repetition, or that it was answered
ROOM = 256
ROW_WIDTH, ROW_MOST, MOST_BUTTONS = 34, 3, 90
LABEL_MOST = 60
TAGS = {Look.TITLE: "b", Look.QUIET: "i"}


def as_html(message: Message) -> str:
    """The text with markup; only our own tags are in it."""
    return "".join(_html(line, is_first=n == 0) for n, line in enumerate(message.lines))


def _html(line: Line, is_first: bool) -> str:
    words = escape(line.text, quote=False)
    tag = TAGS.get(line.look)
    return lead(line, is_first) + (f"<{tag}>{words}</{tag}>" if tag and words.strip() else words)


def parts(message: Message) -> Sequence[Message]:
    """The message in as many parts as Telegram needs; the buttons come with the last."""
    return plain.parts(message, LIMIT - ROOM)


def rows(choices: Sequence[Choice]) -> list[list[Choice]]:
    """Choices in rows as a phone shows them well: short ones side by side."""
    laid: list[list[Choice]] = []
    for choice in choices[:MOST_BUTTONS]:
        row = laid[-1] if laid else []
        width = sum(len(each.label) for each in (*row, choice))
        if row and len(row) < ROW_MOST and width <= ROW_WIDTH:
            row.append(choice)
        else:
            laid.append([choice])
    return laid


def label(choice: Choice) -> str:
    """A button's words, cut where the platform would cut them anyway."""
    return choice.label if len(choice.label) <= LABEL_MOST else choice.label[: LABEL_MOST - 1].rstrip() + "…"
