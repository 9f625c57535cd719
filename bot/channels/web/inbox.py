"""What a browser hands in, made fit to be heard: words in one spelling, of a bearable length."""

import unicodedata

from duties.errors import DutyError

MOST_LETTERS = 4_000


class TooLong(DutyError):
    """Tin dài quá 4.000 chữ; xin chia nhỏ hoặc gửi thành tệp."""


def clean_words(raw: str) -> str:
    """The words in NFC without control characters; raises TooLong."""
    words = "".join(letter for letter in unicodedata.normalize("NFC", raw) if _is_writing(letter)).strip()
    if len(words) > MOST_LETTERS:
        raise TooLong
    return words


def _is_writing(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs")
