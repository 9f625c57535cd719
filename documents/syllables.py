"""Vietnamese syllables, by which a word that a narrow cell broke is known."""

import re
import unicodedata

from duties.spelling import fold

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?\Z"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def is_syllable(text: str) -> bool:
    """Whether the letters can be one word: “nghị”, not “loaxã”."""
    tones = sum(sign in _TONES for sign in unicodedata.normalize("NFD", text))
    return tones <= 1 and bool(_SYLLABLE.match(fold(text)))
