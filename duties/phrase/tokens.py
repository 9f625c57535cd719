"""Tokens: a deadline's text cut into words, numbers and signs, each with the word it stands for."""

import re
from dataclasses import dataclass, field
from unicodedata import normalize

from duties.lexicon import MARKED, ROMAN, UNMARKED
from duties.spelling import clean, fold, syllable

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_BULLET = re.compile(r"(?:^|\n)\s*[-+•*▪●–—]\s+")
_LUNAR = frozenset({"âm", "chạp", "giêng", "tết", "mùng"})
_SHORT = frozenset({"t", "q", "h", "g"})


@dataclass(slots=True, frozen=True)
class Token:
    """One word, number or sign; `word` is "" for a word the grammar has no use for."""

    raw: str
    fold: str
    word: str
    value: int | None
    start: int
    end: int
    joined: bool

    @property
    def is_number(self) -> bool:
        return self.raw[0].isdigit()

    @property
    def is_letters(self) -> bool:
        return self.raw[0].isalpha()


END = Token("\n", "\n", "\n", None, 0, 0, False)


@dataclass(slots=True)
class Phrase:
    """The cleaned text and its tokens; `applied` counts every rule that was tried on them."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    applied: int = 0

    def __getitem__(self, place: int) -> Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else END

    def has(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words stand here."""
        return all(self[place + step].word == word for step, word in enumerate(words))

    def folded(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words stand here, marks or not."""
        return all(self[place + step].fold == word for step, word in enumerate(words))

    def longest(self, place: int, table: tuple[tuple[str, ...], ...]) -> int:
        """How many tokens the longest entry of a table takes here; 0 for none."""
        return next((len(words) for words in table if self.has(place, words)), 0)

    def longest_folded(self, place: int, table: tuple[tuple[str, ...], ...]) -> int:
        return next((len(words) for words in table if self.folded(place, words)), 0)

    def skip(self, place: int, *words: str) -> int:
        """The first place at or after this one that holds none of the words."""
        while self[place].word in words:
            place += 1
        return place

    def words(self, start: int, end: int) -> str:
        """The text from one token up to another, without signs at its ends."""
        if start >= end:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end].strip(" ,;.:-()")


def cut(phrase: str) -> Phrase:
    """Cut a phrase into tokens; “hàng” becomes “hằng”, “qúy” becomes “quý”, bullets become “;”."""
    text = clean(normalize("NFKC", _without_bullets(phrase)))
    known = UNMARKED if all(letter.isascii() for letter in text if letter.isalpha()) else MARKED
    found = list(_TOKEN.finditer(text))
    return Phrase(text, _without_lunar([_token(found, place, known, text) for place in range(len(found))]))


def _without_lunar(tokens: list[Token]) -> list[Token]:
    """A lunar date in brackets repeats the solar one beside it; only its weekday is kept."""
    if not any(token.word in _LUNAR for token in tokens):
        return tokens
    kept: list[Token] = []
    opened = 0
    for token in tokens:
        opened = len(kept) if token.word == "(" else opened
        kept.append(token)
        if token.word == ")" and any(inner.word in _LUNAR for inner in kept[opened:]):
            kept[opened:] = _weekday_alone(kept[opened:])
    return kept


def _weekday_alone(bracket: list[Token]) -> list[Token]:
    return [*bracket[:3], bracket[-1]] if bracket[0].word == "(" and bracket[1].word in ("thứ", "chủ") else []


def _without_bullets(phrase: str) -> str:
    """A list of bullets in a cell is a list, not a row of dashes."""
    return _BULLET.sub(" ; ", phrase).strip(" ;") if _BULLET.match(phrase) else phrase


def _token(found: list[re.Match[str]], place: int, known: dict[str, str], text: str) -> Token:
    raw, start, end = found[place][0], found[place].start(), found[place].end()
    joined = place > 0 and found[place - 1].end() == start
    if raw[0].isdigit():
        return Token(raw, raw, "", int(raw) if len(raw) <= 4 else None, start, end, joined)
    if not raw[0].isalpha():
        return Token(raw, raw, raw, None, start, end, joined)
    plain = fold(raw) or raw.lower()
    if plain in _SHORT and not _beside_a_number(text, start, end):
        return Token(raw, plain, "", None, start, end, joined)
    return Token(
        raw, plain, known.get(syllable(raw) if known is MARKED else plain, ""), None, start, end, joined
    )


def _beside_a_number(text: str, start: int, end: int) -> bool:
    """“T3”, “Q.II”, “6T”, “17h00”: one letter is a word only when it touches a number."""
    after = text[end : end + 1]
    return after.isdigit() or after == "." or text[start - 1 : start].isdigit()


def roman(token: Token) -> int | None:
    """The number of a Roman numeral, also where it was typed with l for I."""
    return ROMAN.get(token.fold.replace("l", "i"))
