"""What a browser hands in, made fit to be heard: words in one spelling, files of a bearable size."""

import unicodedata
from pathlib import PurePosixPath

from duties.errors import DutyError

MOST_LETTERS = 4_000
MOST_BYTES = 20 * 2**20
LONGEST_NAME = 120


class TooLong(DutyError):
    """Tin dài quá 4.000 chữ; xin chia nhỏ hoặc gửi thành tệp."""


class TooBig(DutyError):
    """Tệp lớn hơn 20 MB; xin gửi tệp nhỏ hơn hoặc gửi đường dẫn."""


class NothingInIt(DutyError):
    """Tệp không có nội dung; xin kiểm tra lại."""


def clean_words(raw: str) -> str:
    """The words in NFC without control characters; raises TooLong."""
    words = "".join(letter for letter in unicodedata.normalize("NFC", raw) if _is_writing(letter)).strip()
    if len(words) > MOST_LETTERS:
        raise TooLong
    return words


def _is_writing(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs")


def clean_name(raw: str) -> str:
    """A file's own name, without folders or control characters; a long one keeps its ending."""
    name = PurePosixPath(clean_words(raw[-MOST_LETTERS:]).replace("\\", "/")).name.replace("\n", " ") or "tệp"
    ending = PurePosixPath(name).suffix[:12]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)] + ending


def check_size(size: int) -> None:
    """Raises TooBig or NothingInIt."""
    if size > MOST_BYTES:
        raise TooBig
    if size == 0:
        raise NothingInIt
