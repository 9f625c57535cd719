"""A Message as plain words, cut into parts that a platform takes: never within a letter and its marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from unicodedata import category

from duties.message import Choice, Line, Look, Message

MARKED = re.compile(r"(\d+[.)]|[–✓✔↩•-])\s")
JOINER = "\u200d"


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(message: Message) -> str:
    """What the reader sees: the text without markup, which is what platforms count."""
    return "".join(_shown(line, is_first=n == 0) for n, line in enumerate(message.lines))


def lead(line: Line, is_first: bool) -> str:
    """What stands before a line's own words: a new line, air above a heading, a bullet."""
    above = "" if is_first else "\n\n" if line.look is Look.TITLE else "\n"
    return above + ("• " if line.look is Look.ITEM and not MARKED.match(line.text) else "")


def _shown(line: Line, is_first: bool) -> str:
    return lead(line, is_first) + line.text


def parts(message: Message, limit: int) -> Sequence[Message]:
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


def spelt_out(message: Message) -> Message:
    """The choices as words to type, where there can be no buttons."""
    return replace(message, lines=(*message.lines, *in_typed_words(message.choices)), choices=())


def in_typed_words(choices: Sequence[Choice]) -> tuple[Line, ...]:
    return tuple(Line(f"{choice.label}: gõ “{choice.says}”", Look.ITEM) for choice in choices)
