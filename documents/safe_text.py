"""Users' text on its way into a file: what XML cannot hold is left out."""

import re
import unicodedata

LONGEST_CELL = 32_767
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]")


def printable(text: str) -> str:
    """The text as XML may hold it: NFC, with plain line ends."""
    composed = unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))
    return composed.replace("\r\n", "\n").replace("\r", "\n")


def printable_cell(text: str) -> str:
    """As much of it as a cell of Excel holds, in its own count: a sign beyond the first plane is two."""
    shown = printable(text)
    if len(shown.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return shown
    kept = shown.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)]
    return kept.decode("utf-16-le", "ignore") + "…"
