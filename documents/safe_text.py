"""Users' text on its way into a file: what XML cannot hold is left out, what a file's name cannot hold is replaced."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_CELL = 32_767
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.I)
_LONGEST_SUFFIX = 10


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


def name_on_disk(text: str, most: int = 80) -> str:
    """One name of a file or folder, as Windows can hold it, whatever path or device it claimed to be; its suffix stays."""
    plain = _FORBIDDEN.sub(" ", printable(text))
    name = " ".join(plain.split()).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name, most) or "khong-ten"


def _cut(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    suffix = PurePosixPath(name).suffix
    if not 1 < len(suffix) <= _LONGEST_SUFFIX or " " in suffix:
        suffix = ""
    return name[: most - 1 - len(suffix)].rstrip(" .") + "…" + suffix
