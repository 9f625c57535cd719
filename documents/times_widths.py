"""How wide words are in Times New Roman, so that lines can be fitted and rules drawn without the font at hand.

The numbers are the font's advance widths in thousandths of its size; marks above and below add nothing, horns do.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

MM_PER_POINT = 25.4 / 72
_UNKNOWN = 722
# From the space to the tilde, in the order of ASCII.
_REGULAR = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
    500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)  # fmt: skip
_BOLD = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500,
    556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
)  # fmt: skip
_OTHERS = {
    "Đ": (722, 722),
    "đ": (500, 556),
    "–": (500, 500),
    "—": (1000, 1000),
    "“": (444, 500),
    "”": (444, 500),
}
_OTHERS |= {"‘": (333, 333), "’": (333, 333), "…": (1000, 1000), "\u00a0": (250, 250)}
_HORN = "\u031b"
_HORNED = {"O": (722, 777), "o": (528, 553), "U": (775, 795), "u": (541, 600)}

_BEFORE_A_PART = re.compile(r"(?<=[,–-]) | (?=(?:và|tỉnh|thành phố) )", re.I)


def width_mm(text: str, points: float, *, bold: bool = False) -> float:
    """How far a line of text reaches, in millimetres."""
    thousandths = sum(_width(letter, bold) for letter in unicodedata.normalize("NFC", text))
    return thousandths / 1000 * points * MM_PER_POINT


def broken(text: str, points: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines into which the text breaks in so much room; a word that is too long for it breaks within."""
    return [
        part
        for line in _lines(text.split(), points, room, bold)
        for part in _pieces(line, points, room, bold)
    ]


def _pieces(line: str, points: float, room: float, bold: bool) -> Iterator[str]:
    times = max(1, ceil(width_mm(line, points, bold=bold) / max(room, 1)))
    length = ceil(len(line) / times)
    yield from (line[start : start + length] for start in range(0, len(line), length))


def balanced(text: str, points: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in as few lines as the room asks for, all about equally long, as a typist breaks a heading."""
    words = text.split()
    fewest = len(list(_lines(words, points, room, bold)))
    for part in range(1, 100):
        narrower = room * part / 100
        lines = list(_lines(words, points, narrower, bold))
        fits = all(width_mm(line, points, bold=bold) <= narrower for line in lines)
        if len(lines) == fewest and fits:
            return lines
    return list(_lines(words, points, room, bold))


def named_in_lines(name: str, points: float, room: float, *, bold: bool = False) -> list[str]:
    """An office's name broken where its parts begin (“… / VÀ TRUYỀN THÔNG / TỈNH …”); balanced where a part is too long."""
    parts = _BEFORE_A_PART.split(" ".join(name.split()))
    if any(width_mm(part, points, bold=bold) > room for part in parts):
        return balanced(name, points, room, bold=bold)
    return list(_lines(parts, points, room, bold))


def _lines(words: list[str], points: float, room: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and width_mm(longer, points, bold=bold) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


@lru_cache(maxsize=2048)
def _width(letter: str, bold: bool) -> int:
    if letter in _OTHERS:
        return _OTHERS[letter][bold]
    parts = unicodedata.normalize("NFD", letter)
    if _HORN in parts and parts[0] in _HORNED:
        return _HORNED[parts[0]][bold]
    place = ord(parts[0]) - ord(" ")
    return (_BOLD if bold else _REGULAR)[place] if 0 <= place < len(_BOLD) else _UNKNOWN
