"""Spelling: one way of bringing typed Vietnamese to a comparable form, for every grammar."""

import re
from functools import lru_cache
from unicodedata import category, normalize

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃"), "-")
# Eth is what old Vietnamese fonts left in the place of Đ.
_ETH = {ord("Ð"): "Đ", ord("ð"): "đ"}
_PLAIN_SIGNS = _DASHES | _ETH
_LOOK_ALIKES = str.maketrans("авеікмнорстхѕјı", "abeikmhopctxsji")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# Outside these blocks (Latin, Vietnamese, punctuation) a letter may be a mark of its own.
_FOREIGN = re.compile("[^\x00-\u02ff\u1e00-\u1eff\u2000-\u206f]")
_SPACES = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def clean(text: str) -> str:
    """Compose accents, make every dash “-” and every run of white space one space; marks and capitals stay."""
    if not text.isascii():
        text = normalize("NFC", _INVISIBLE.sub("", text)).translate(_PLAIN_SIGNS)
        if _FOREIGN.search(text):
            text = "".join(letter for letter in text if category(letter) != "Mn")
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """What is left for comparing: no accents, đ as d, lower case, plain dashes, look-alike letters made Latin."""
    bare = clean(text) if text.isascii() else _without_marks(clean(normalize("NFKC", text)))
    return bare.lower()


@lru_cache(maxsize=4096)
def syllable(word: str) -> str:
    """A word with its tone set apart, so that “qúy” and “quý”, “trứơc” and “trước” are the same."""
    parts = normalize("NFD", word.lower())
    tone = "".join(mark for mark in parts if mark in _TONES)
    return "".join(mark for mark in parts if mark not in _TONES) + tone


def _without_marks(text: str) -> str:
    letters = normalize("NFD", text.lower())
    bare = "".join(letter for letter in letters if category(letter) != "Mn")
    return bare.replace("đ", "d").translate(_LOOK_ALIKES)
