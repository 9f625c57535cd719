"""The words of a PDF page → lines, and lines → paragraphs: a line goes on where its next word found no room."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from documents.cells import LONGEST_PARAGRAPH, NAMES_OF_PAPERS, clean_line, stands_alone
from documents.syllables import is_syllable
from duties.headings import read_labels
from duties.outline import begins_item
from duties.papers import is_bullet

# in points: left, top, right, bottom; and the edges between which lines may reach
Box = tuple[float, float, float, float]
Reach = tuple[float, float]
_SENTENCE_ENDS = (".", ";", ":", "!", "?")
_INDENT = 9.0
_NARROWEST_RIVER = 5.0
_SURE_GAP = 14.0
_LONE_GAP = 40.0
_FAR = 10_000.0
# One line end in so many has its space where a program prints them.
_TELLS_SPACES = 8
# “giai đoạn 2021” + “- 2030”: a dash between two years is no bullet.
_OPEN_HYPHEN = re.compile(r"[^\W_]-\Z")
# “Chỉ thị số” + “06/CT-UBND” is no item either.
_OF_A_NUMBER = re.compile(r"\d+/[A-ZĐ\d]")
_OF_A_SPAN = re.compile(r"[-–]\s*\d")
# Nor is the dash of “Vụ Pháp luật hình sự” + “- hành chính”.
_SHORT = 40
_DASH = re.compile(r"[-–]\s")
# A narrow cell breaks “30/10/2025” within its year.
_BROKEN_YEAR = re.compile(r"\d/(?:2|20|20\d)\Z")


@dataclass(frozen=True)
class Word:
    """A word on the page, in points from its upper left corner; `is_open`: it ends its line without a space behind it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    is_open: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def is_in(self, box: Box) -> bool:
        """Whether its middle is in the box."""
        across, down = (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2
        return box[0] <= across <= box[2] and box[1] <= down <= box[3]


@dataclass(frozen=True)
class Line:
    """Words on one base line, from left to right; `page` counts from 1, 0 where it is not known."""

    words: tuple[Word, ...]
    page: int = 0

    @property
    def text(self) -> str:
        return clean_line(" ".join(word.text for word in self.words))

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def gaps(self) -> list[tuple[float, float]]:
        """What is free of words on this line, its margins too."""
        edges = [0.0, *(edge for word in self.words for edge in (word.x0, word.x1)), _FAR]
        return [(left, right) for left, right in zip(edges[::2], edges[1::2], strict=True) if right > left]

    @property
    def widest_gap(self) -> float:
        return max((right - left for left, right in self.gaps[1:-1]), default=0.0)

    def part(self, left: float, right: float) -> "Line | None":
        """What of it stands between these edges."""
        words = tuple(word for word in self.words if left <= (word.x0 + word.x1) / 2 < right)
        return Line(words, self.page) if words else None


def words_of(found: Iterable[dict[str, Any]], chars: Sequence[dict[str, Any]] = ()) -> list[Word]:
    """Words as pdfplumber gives them."""
    ends = _open_ends(chars)
    return [
        Word(one["text"], one["x0"], one["x1"], one["top"], one["bottom"], _end(one) in ends) for one in found
    ]


def _open_ends(chars: Sequence[dict[str, Any]]) -> set[tuple[int, int]]:
    """Where lines end without a space, on pages whose program prints the space at the end of a line."""
    last = [one for one, other in pairwise(chars) if abs(other["top"] - one["top"]) > one["height"] / 2]
    without = [one for one in last if not one["text"].isspace()]
    told = len(last) - len(without)
    return {_end(one) for one in without} if told * _TELLS_SPACES > len(last) else set()


def _end(found: dict[str, Any]) -> tuple[int, int]:
    return round(found["x1"]), round(found["bottom"])


def lines_of(words: Iterable[Word], page: int = 0) -> list[Line]:
    """The lines that words make; a raised note number stays on the line it belongs to."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.bottom + one.top) / 2):
        middle = (word.top + word.bottom) / 2
        if rows and abs(middle - _middle(rows[-1])) < max(word.height, rows[-1][0].height) * 0.45:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda one: one.x0)), page) for row in rows]


def _middle(row: Sequence[Word]) -> float:
    return sum(word.top + word.bottom for word in row) / len(row) / 2


@dataclass(frozen=True)
class Placed:
    """A line with the edges between which it could have reached; `beside` it stood another column."""

    line: Line
    left: float
    right: float
    beside: bool = False

    def had_room(self, below: Line) -> bool:
        """Whether the first word of the next line would have fitted too: then the break was meant."""
        first = below.words[0]
        more = first.x1 - first.x0 + first.height * 0.25
        if self._are_centred(below):
            return self.line.x1 - self.line.x0 + more <= self.right - self.left
        return self.line.x1 + more <= self.right

    def breaks_word(self, below: Line) -> bool:
        """“Nghị quyết số 57-” + “NQ/TW”, “30/10/202” + “5”, “công tác/Nhi” + “ệm vụ”: one word on two lines."""
        last, first = self.line.words[-1], below.words[0]
        if _OPEN_HYPHEN.search(last.text) or (_BROKEN_YEAR.search(last.text) and first.text[:1].isdigit()):
            return True
        if (
            last.is_open
            and self._has_no_letter_more(first)
            and is_syllable(last.text + first.text.rstrip(".,;:"))
        ):
            return True
        is_too_long = last.x1 - last.x0 + first.x1 - first.x0 > self.right - self.left
        return is_too_long and "/" in last.text and first.text[:1].islower()

    def _has_no_letter_more(self, first: Word) -> bool:
        return self.line.x1 + (first.x1 - first.x0) / len(first.text) > self.right

    def _are_centred(self, below: Line) -> bool:
        """A first line that ends as far from the edge as it begins is not centred, if the next one is not."""
        if not self._is_even(self.line) or not self._is_even(below):
            return False
        return below.x0 - self.left > _INDENT or (self.line.text.isupper() and below.text.isupper())

    def _is_even(self, line: Line) -> bool:
        return abs((line.x0 - self.left) - (self.right - line.x1)) < 4


# --- columns: a letterhead and a signature stand side by side


def in_reading_order(lines: Sequence[Line], reach: Reach) -> list[Placed]:
    """The lines with their edges; what stands side by side is read column by column."""
    ordered: list[Placed] = []
    at = 0
    left, right = reach
    while at < len(lines):
        end, river = _side_by_side(lines, at)
        if river is None:
            ordered.append(Placed(lines[at], left, right))
            at += 1
            continue
        for start, stop in ((0.0, river), (river, _FAR)):
            column = [part for line in lines[at:end] if (part := line.part(start, stop))]
            ordered += [Placed(part, *_reach(column), beside=True) for part in column]
        at = end
    return ordered


def _reach(lines: Sequence[Line]) -> Reach:
    return min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)


def _side_by_side(lines: Sequence[Line], start: int) -> tuple[int, float | None]:
    """How far a strip without words runs down from here, and where it is."""
    if lines[start].widest_gap < _SURE_GAP and not _next_is_parted(lines, start):
        return start, None
    first = lines[start]
    free = [gap for gap in first.gaps[1:-1] if gap[1] - gap[0] >= _NARROWEST_RIVER]
    both, end = 1, start + 1
    while free and end < len(lines) and not _is_title(lines[end]):
        left = [gap for gap in _common(free, lines[end].gaps) if gap[1] - gap[0] >= _NARROWEST_RIVER]
        if not left:
            break
        free, both, end = left, both + _has_both(lines[end], left[0]), end + 1
    if not free or (both < 2 and first.widest_gap < _LONE_GAP):
        return start, None
    widest = max(free, key=lambda gap: gap[1] - gap[0])
    return end, (widest[0] + widest[1]) / 2


def _is_title(line: Line) -> bool:
    """“KẾ HOẠCH” stands below the letterhead, wherever the strip ran."""
    return line.text in NAMES_OF_PAPERS


def _next_is_parted(lines: Sequence[Line], start: int) -> bool:
    """The first line of a letterhead may fill its column: the one below it shows the strip."""
    below = lines[start + 1 : start + 2]
    return start == 0 and bool(below) and below[0].widest_gap >= _SURE_GAP and lines[start].widest_gap >= 7.0


def _common(
    one: Iterable[tuple[float, float]], other: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    return [
        (max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other if min(a[1], b[1]) > max(a[0], b[0])
    ]


def _has_both(line: Line, river: tuple[float, float]) -> bool:
    return line.x0 < river[0] + 1 and line.x1 > river[1] - 1


# --- paragraphs


def paragraphs_of(lines: Iterable[Placed]) -> list[tuple[str, Line]]:
    """Paragraphs, each with its first line."""
    found: list[tuple[str, Line]] = []
    above: Placed | None = None
    for placed in lines:
        if above and goes_on(above, placed.line) and len(found[-1][0]) < LONGEST_PARAGRAPH:
            between = "" if above.breaks_word(placed.line) else " "
            found[-1] = (f"{found[-1][0]}{between}{placed.line.text}", found[-1][1])
        else:
            found.append((placed.line.text, placed.line))
        above = placed
    return found


def goes_on(placed: Placed, below: Line) -> bool:
    """Whether a line carries on the paragraph above it."""
    above = placed.line
    said, text = above.text, below.text
    if placed.beside and below.page != above.page:
        return False
    if _OF_A_SPAN.match(text) and said[-1:].isdigit():
        return True
    room = placed.had_room(below)
    if not room and _is_dash_within(said, text):
        return True
    if (begins_item(text) and (room or not _OF_A_NUMBER.match(text))) or read_labels(text):
        return False
    if room:
        return text[:1].islower() and not said.endswith(_SENTENCE_ENDS)
    if text[:1].islower():
        return True
    if stands_alone(said, text) or _is_capitals(above) != _is_capitals(below):
        return False
    return _is_near(above, below) and not _is_indented(above, below)


def _is_dash_within(said: str, text: str) -> bool:
    """A dash inside a name that a cell wraps; in a list the line above would have its own dash."""
    if said.endswith(_SENTENCE_ENDS) or not _DASH.match(text):
        return False
    return text[2:3].islower() or (not is_bullet(said) and len(said) < _SHORT)


def _is_capitals(line: Line) -> bool:
    """A title in capitals; an abbreviation alone is none."""
    return line.text.isupper() and (len(line.words) > 1 or line.text in NAMES_OF_PAPERS)


def _is_near(above: Line, below: Line) -> bool:
    """Over a page end lines are as near as within a paragraph."""
    if above.page != below.page or below.top < above.top:
        return True
    return below.top - above.bottom < (above.bottom - above.top) * 0.9


def _is_indented(above: Line, below: Line) -> bool:
    """A first line begins further right; under a bullet the text of the bullet does too."""
    if below.x0 - above.x0 < _INDENT:
        return False
    return not (begins_item(above.text) and len(above.words) > 1 and abs(above.words[1].x0 - below.x0) < 3)
