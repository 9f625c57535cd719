"""Governors: “trước”, “chậm nhất là”, “trước 17h00”, and the small words before a moment."""

from datetime import time

from duties.lexicon import BEFORE, BY, IN
from duties.phrase.hours import clock
from duties.phrase.numerals import Found
from duties.phrase.tokens import Phrase

TO = ("đến", "tới", "-")
_MOST_GOVERNING = 6
_GOVERNING = frozenset({*BEFORE, *BY, *IN})


def governor(phrase: Phrase, place: int) -> tuple[bool, bool, int]:
    """“trước”, “chậm nhất là”, “xong trước”, “trong”: whether before, whether named, and where it ends."""
    before = governed = False
    far = place + _MOST_GOVERNING
    while phrase[place].word in _GOVERNING:
        strict, by, plain = (
            phrase.longest(place, BEFORE),
            phrase.longest(place, BY),
            phrase.longest(place, IN),
        )
        if place >= far or not (strict or by or plain) or phrase.has(place + 1, ("giai", "đoạn")):
            break
        before, governed = before or bool(strict), governed or bool(strict or by)
        place += max(strict, by, plain)
    return before, governed, place


def past_article(phrase: Phrase, place: int) -> int:
    """Past “giai đoạn”, “các”, “các ngày”, “sáng”, “chiều”, “kỳ” before the moment itself."""
    if phrase.has(place, ("giai", "đoạn")):
        return phrase.skip(place + 2, "từ", ":")
    return phrase.skip(place, "các", "những", "sáng", "chiều", "trưa", "tối", "buổi")


def hours_before(phrase: Phrase, place: int) -> Found[time | None]:
    """“17h00 ngày …”, “00 giờ 00 đến 00 giờ 15, ngày …”: the end of a span of hours."""
    first = clock(phrase, place)
    if first is None:
        return None
    end = first[1]
    second = clock(phrase, phrase.skip(end, "đến", "tới", "-")) if phrase[end].word in TO else None
    at, end = second or first
    return at, phrase.skip(end, ",", "của", "trong", "vào")
