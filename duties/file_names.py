"""Names of files and folders as any computer can hold them, whatever path or device they claimed to be."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
NAMELESS = "khong-ten"
# Some turn the order of letters round, so that a program reads “baocao-exe.pdf”; others are not seen at all.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.I)
_BEFORE_SUFFIX = re.compile(r" +(\.\w{1,9})\Z")
_LONGEST_SUFFIX = 10


def without_unseen(text: str) -> str:
    """Composed, with nothing in it that a reader does not see; tabs and line ends stay."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if _is_seen(letter))


def last_part(path: str) -> str:
    """The name behind the folders of a path, of Windows or of Unix."""
    return PurePosixPath(without_unseen(path).replace("\\", "/")).name


def name_on_disk(text: str, most: int = LONGEST, otherwise: str = NAMELESS) -> str:
    """One name, as Windows can hold it; its suffix stays when it is cut."""
    words = " ".join(_FORBIDDEN.sub(" ", without_unseen(text)).split()).strip(" .")
    name = _BEFORE_SUFFIX.sub(r"\1", words)
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name, most) or otherwise


def suffix_of(name: str) -> str:
    """“pdf” of “Báo cáo.PDF ”: what a computer would open it by."""
    return PurePosixPath(without_unseen(name).replace("\\", "/").rstrip(". \t\n")).suffix[1:].lower()


def _cut(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    suffix = PurePosixPath(name).suffix
    if not 1 < len(suffix) <= _LONGEST_SUFFIX or " " in suffix:
        suffix = ""
    return name[: most - 1 - len(suffix)].rstrip(" .") + "…" + suffix


def _is_seen(letter: str) -> bool:
    return letter in "\t\n" or unicodedata.category(letter) not in UNSEEN
