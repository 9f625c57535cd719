"""Tokens: a deadline's text cut into words, numbers and signs, each with the word it stands for."""

import re
from functools import lru_cache
from unicodedata import normalize

from duties.lexicon import MARKED, ROMAN, UNMARKED, Phrases
from duties.spelling import clean, fold, syllable

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_BULLET = re.compile(r"(?:^|\n)\s*[-+•*▪●–—]\s+")
_GLUED = re.compile(r"(?<=\b[Qq][Uu][ÝýÍíYy])(?=(?:[Ii]{1,3}|[Ii][Vv])\b)")
_SHORT_QUARTER = re.compile(r"(?<=\b[Qq])(?=(?:[Ii]{1,3}|[Ii][Vv])\b)")
_TO = str.maketrans("~→÷", "---")
_LUNAR = frozenset({"âm", "âl", "chạp", "giêng", "tết", "mùng", "rằm"})
_SHORT = frozenset({"t", "q", "h", "g"})
_MOST_SKIPPED = 6
# No rule looks further than this past the last token.
_RUN_OUT = 64


class Token:
    """One word, number or sign; `word` is "" for a word the grammar has no use for."""

    __slots__ = ("end", "fold", "is_letters", "is_number", "joined", "raw", "start", "value", "word")

    def __init__(self, raw: str, plain: str, word: str, start: int, joined: bool) -> None:
        self.raw, self.fold, self.word = raw, plain, word
        self.start, self.end, self.joined = start, start + len(raw), joined
        self.is_letters = raw[0].isalpha()
        self.is_number = raw[0].isdigit()
        self.value = int(raw) if self.is_number and len(raw) <= 4 else None


END = Token("\n", "\n", "\n", 0, joined=False)


class Phrase(list[Token]):
    """The tokens of a text and an end to run into; `applied` counts every rule that was tried on them."""

    __slots__ = ("applied", "size", "text")

    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.extend([END] * _RUN_OUT)
        self.text, self.size, self.applied = text, len(tokens), 0

    def has(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words stand here."""
        for word in words:
            if self[place].word != word:
                return False
            place += 1
        return True

    def folded(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words stand here, marks or not."""
        for word in words:
            if self[place].fold != word:
                return False
            place += 1
        return True

    def longest(self, place: int, table: Phrases) -> int:
        """How many tokens the longest entry of a table takes here; 0 for none."""
        entries = table.get(self[place].word, ())
        return next((len(words) for words in entries if self.has(place, words)), 0)

    def longest_folded(self, place: int, table: Phrases) -> int:
        """The same for a table without marks."""
        entries = table.get(self[place].fold, ())
        return next((len(words) for words in entries if self.folded(place, words)), 0)

    def skip(self, place: int, *words: str) -> int:
        """The first place at or after this one that holds none of the words; at most a few are passed over."""
        far = place + _MOST_SKIPPED
        while place < far and self[place].word in words:
            place += 1
        return place

    def words(self, start: int, end: int) -> str:
        """The text from one token up to another, without signs at its ends."""
        end = min(end, self.size)
        return self.text[self[start].start : self[end - 1].end].strip(" ,;.:-()") if start < end else ""


def cut(phrase: str) -> Phrase:
    """Cut a phrase into tokens; “hàng” becomes “hằng”, “qúy” becomes “quý”, bullets become “;”."""
    text = clean(normalize("NFKC", _without_bullets(phrase))).translate(_TO)
    text = _SHORT_QUARTER.sub(".", _GLUED.sub(" ", text))
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
        if token.word == ")" and _repeats_the_date(kept[opened:]):
            kept[opened:] = _weekday_alone(kept[opened:])
    return kept


def _repeats_the_date(bracket: list[Token]) -> bool:
    """“(24/12 Âm lịch)”; “(âm lịch)” alone says that the date before it is lunar."""
    named = any(token.is_number or token.word in ("tết", "chạp", "giêng", "rằm") for token in bracket)
    return named and any(token.word in _LUNAR for token in bracket)


def _weekday_alone(bracket: list[Token]) -> list[Token]:
    return [*bracket[:3], bracket[-1]] if bracket[0].word == "(" and bracket[1].word in ("thứ", "chủ") else []


def _without_bullets(phrase: str) -> str:
    """A list of bullets in a cell is a list, not a row of dashes."""
    return _BULLET.sub(" ; ", phrase).strip(" ;") if _BULLET.match(phrase) else phrase


def _token(found: list[re.Match[str]], place: int, known: dict[str, str], text: str) -> Token:
    raw, start = found[place][0], found[place].start()
    joined = place > 0 and found[place - 1].end() == start
    if not raw[0].isalpha():
        return Token(raw, raw, "" if raw[0].isdigit() else raw, start, joined)
    plain, marked = _spelled(raw)
    if plain in _SHORT and not _beside_a_number(text, start, start + len(raw)):
        return Token(raw, plain, "", start, joined)
    return Token(raw, plain, marked if known is MARKED else known.get(plain, ""), start, joined)


@lru_cache(maxsize=4096)
def _spelled(raw: str) -> tuple[str, str]:
    """A word without its marks, and the word of the grammar that it is with them."""
    return fold(raw) or raw.lower(), MARKED.get(syllable(raw), "")


def _beside_a_number(text: str, start: int, end: int) -> bool:
    """“T3”, “Q.II”, “6T”, “17h00”: one letter is a word only when it touches a number."""
    after = text[end : end + 1]
    return after.isdigit() or after == "." or text[start - 1 : start].isdigit()


def roman(token: Token) -> int | None:
    """The number of a Roman numeral, also where it was typed with l for I."""
    return ROMAN.get(token.fold.replace("l", "i"))
