"""Deliverables: which of the papers that a duty expects a sentence names as handed in."""

import re
from collections.abc import Iterable, Sequence

from duties.spelling import fold

# Every paper has them, so that they tell none from another.
_SAYS_LITTLE = frozenset(["cac", "mot", "so", "va", "cua", "ve", "hoac", "voi", "theo", "cho", "tren", "tai"])
_WORD = re.compile(r"\w+")


def named(text: str, deliverables: Sequence[str]) -> tuple[int, ...]:
    """The numbers, from 1, of those that the text names by all their words in a row, or by words no other has.

    “Báo cáo, danh sách” names both; “kế hoạch” names neither of two plans.
    """
    said = _words(text)
    return tuple(
        number
        for number, deliverable in enumerate(deliverables, start=1)
        if _is_named(said, _words(deliverable), [_words(d) for d in deliverables if d != deliverable])
    )


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(fold(text)) if word not in _SAYS_LITTLE]


def _is_named(said: Sequence[str], name: Sequence[str], others: Iterable[Sequence[str]]) -> bool:
    if not name:
        return False
    longest = _longest_common_start(said, name)
    is_whole = longest == len(name)
    is_enough = longest >= 2 and not any(list(other[:longest]) == list(name[:longest]) for other in others)
    return is_whole or is_enough


def _longest_common_start(said: Sequence[str], name: Sequence[str]) -> int:
    """How many words from the beginning of the name stand in a row somewhere in what was said."""
    return max((_matching(said[at:], name) for at in range(len(said))), default=0)


def _matching(said: Sequence[str], name: Sequence[str]) -> int:
    same = 0
    for one, other in zip(said, name, strict=False):
        if one != other:
            break
        same += 1
    return same
