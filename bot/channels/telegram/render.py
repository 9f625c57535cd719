"""A Message as Telegram shows it: HTML with everything escaped, in parts that fit, with rows of buttons."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from unicodedata import category

from duties.message import Choice, Line, Look, Message

# https://core.telegram.org/bots/api#sendmessage: 1-4096 characters after entities parsing, counted in UTF-16 units
LIMIT = 4096
# what is added to a part later must still fit: that it may be a repetition, or that it was answered
ROOM = 256
ROW_WIDTH, ROW_MOST, MOST_BUTTONS = 34, 3, 90
LABEL_MOST = 60
MARKED = re.compile(r"(\d+[.)]|[–✓✔↩•-])\s")
TAGS = {Look.TITLE: "b", Look.QUIET: "i"}
JOINER = "\u200d"


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(message: Message) -> str:
    """What the reader sees: the text without markup, which is what Telegram counts."""
    return "".join(_shown(line, is_first=n == 0) for n, line in enumerate(message.lines))


def as_html(message: Message) -> str:
    """The text with markup; only our own tags are in it."""
    return "".join(_html(line, is_first=n == 0) for n, line in enumerate(message.lines))


def _lead(line: Line, is_first: bool) -> str:
    """What stands before a line's own words: a new line, air above a heading, a bullet."""
    above = "" if is_first else "\n\n" if line.look is Look.TITLE else "\n"
    return above + ("• " if line.look is Look.ITEM and not MARKED.match(line.text) else "")


def _shown(line: Line, is_first: bool) -> str:
    return _lead(line, is_first) + line.text


def _html(line: Line, is_first: bool) -> str:
    words = escape(line.text, quote=False)
    tag = TAGS.get(line.look)
    return _lead(line, is_first) + (f"<{tag}>{words}</{tag}>" if tag and words.strip() else words)


def parts(message: Message, limit: int = LIMIT - ROOM) -> Sequence[Message]:
    """The message cut between lines into as many as are needed; the buttons come with the last."""
    cut = list(_pack([piece for line in message.lines for piece in _pieces(line, limit)], limit))
    bare = replace(message, choices=(), asks=False)
    middle = [replace(bare, lines=lines) for lines in cut[:-1]]
    return (*middle, replace(message, lines=cut[-1]))


def _pack(lines: Sequence[Line], limit: int) -> Iterator[tuple[Line, ...]]:
    held: list[Line] = []
    used = 0
    for line in lines:
        size = utf16_units(_shown(line, is_first=not held))
        if held and used + size > limit:
            yield tuple(held)
            held, used = [], 0
            size = utf16_units(_shown(line, is_first=True))
        held.append(line)
        used += size
    yield tuple(held)


def _pieces(line: Line, limit: int) -> Iterator[Line]:
    """A line that is too long by itself, cut at a word if there is one, never within a letter and its marks."""
    text, room = line.text, limit - 4
    while utf16_units(text) > room:
        at = _cut(text, room)
        yield Line(text[:at].rstrip(), line.look)
        text = text[at:].lstrip()
    yield Line(text, line.look)


def _cut(text: str, room: int) -> int:
    fits = _fitting(text, room)
    space = max(text.rfind(" ", fits // 2, fits), text.rfind("\n", fits // 2, fits))
    if space > 0:
        return space
    return next((at for at in range(fits, fits // 2, -1) if _is_between_letters(text, at)), fits)


def _fitting(text: str, room: int) -> int:
    """How many of the first letters fit into so many units."""
    used = 0
    for at, letter in enumerate(text):
        used += 2 if ord(letter) > 0xFFFF else 1
        if used > room:
            return at
    return len(text)


def _is_between_letters(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    joined = category(after).startswith("M") or JOINER in (before, after)
    return not joined and not _is_flag_or_skin(after)


def _is_flag_or_skin(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff" or "\U0001f3fb" <= letter <= "\U0001f3ff"


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


def spelt_out(message: Message) -> Message:
    """The choices as words to type, where there can be no buttons."""
    lines = tuple(Line(f"{choice.label}: gõ “{choice.says}”", Look.ITEM) for choice in message.choices)
    return replace(message, lines=(*message.lines, *lines), choices=())
