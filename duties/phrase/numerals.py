"""Numerals: the rules that read a number, a year, the number of a month or a quarter."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from duties.lexicon import MONTH_NAMES, NUMBER_WORDS, NUMERALS
from duties.moments import YEARS_WE_KNOW, Unclear
from duties.phrase.tokens import Phrase, roman

Thing = TypeVar("Thing")


Found = tuple[Thing, int] | None


Rule = Callable[[Phrase, int], Found[Thing]]


TIME_NEXT = frozenset({"ngày", "tháng", "quý", "giờ", "tuần", "khi"})


def rule(read: Rule[Thing]) -> Rule[Thing]:
    """Count every application of a rule, so that a test can prove the work bounded."""

    @wraps(read)
    def counted(phrase: Phrase, place: int) -> Found[Thing]:
        phrase.applied += 1
        return read(phrase, place)

    return counted


@rule
def number(phrase: Phrase, place: int) -> Found[int]:
    """“06”, “06 (sáu)”, “sáu”, “mười hai”."""
    token = phrase[place]
    if token.value is not None:
        return token.value, _past_spelled_out(phrase, place + 1)
    if token.word == "mười" and phrase[place + 1].word in NUMERALS:
        return 10 + NUMERALS[phrase[place + 1].word], place + 2
    return (NUMERALS[token.word], place + 1) if token.word in NUMERALS else None


def _past_spelled_out(phrase: Phrase, place: int) -> int:
    """Past the “(sáu)” that repeats a number in words."""
    if phrase[place].word != "(":
        return place
    close = place + 1
    while phrase[close].word in NUMBER_WORDS:
        close += 1
    return close + 1 if close > place + 1 and phrase[close].word == ")" else place


@rule
def full_year(phrase: Phrase, place: int) -> Found[int]:
    value = phrase[place].value
    if value is None or len(phrase[place].raw) != 4 or value not in YEARS_WE_KNOW:
        return None
    return value, place + 1


@rule
def month_number(phrase: Phrase, place: int) -> Found[int]:
    """“6”, “06”, “sáu”, “giêng” is lunar and asked about."""
    if phrase[place].word in ("chạp", "giêng"):
        raise Unclear("ngày âm lịch; xin ghi ngày dương lịch")
    if phrase[place].is_number:
        value = phrase[place].value
        return (value, place + 1) if value is not None and len(phrase[place].raw) <= 2 else None
    word = phrase[place].word
    found = number(phrase, place)
    return found or (
        (MONTH_NAMES[word], place + 1) if word == "năm" and phrase[place + 1].word == "năm" else None
    )


@rule
def quarter_number(phrase: Phrase, place: int) -> Found[int]:
    """I to IV, 1 to 4, một, nhất; a fifth quarter there is not."""
    start = place + 1 if phrase[place].word == "." and phrase[place].joined else place
    token = phrase[start]
    value = (
        token.value if token.is_number and len(token.raw) <= 2 else roman(token) or NUMERALS.get(token.word)
    )
    if token.word == "nhất":
        value = 1
    if value is None:
        return None
    if not 1 <= value <= 4:
        raise Unclear(f"không có quý {token.raw}")
    return value, start + 1


def numbers_an_item(phrase: Phrase, place: int) -> bool:
    """The “1.” or “(1)” before one of several items."""
    token, sign, after = phrase[place], phrase[place + 1], phrase[place + 2]
    opens = phrase[place - 1].word in ("\n", ";", "(", ".", ":")
    short = token.is_number and len(token.raw) == 1 and sign.word in (".", ")") and sign.joined
    return opens and short and after.is_letters and not after.joined
