"""A table without rules on a PDF page: its columns are where its headings begin, its rows where a number stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.pdf_lines import Line, Placed, Word
from documents.pdf_tables import Slot, Table, TableRow
from duties.headings import Column, recognise

_GAP = 6.0
_ALIGNED = 3.0
_FAR = 10_000.0
_FEWEST_HEADINGS = 3
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.)]?\Z")
_OPENS = re.compile(r"[^a-zà-ỹđ]")


@dataclass(frozen=True)
class Loose:
    """Lines that stand in columns; `table` where they could be told apart for sure."""

    lines: tuple[Line, ...]
    table: Table | None = None


def loose_table(lines: Sequence[Line]) -> Loose | None:
    """The first table without rules among the lines of a page."""
    found = ((place, _starts(line)) for place, line in enumerate(lines))
    place, starts = next(((place, starts) for place, starts in found if starts), (0, []))
    if not starts:
        return None
    own = lines[place : place + _height(lines[place:], starts)]
    return Loose(tuple(own), _table(own, starts))


def _starts(line: Line) -> list[float]:
    """Where the columns begin, if the line holds their headings, the number first."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.x0 - parts[-1][-1].x1 < _GAP:
            parts[-1].append(word)
        else:
            parts.append([word])
    named = [recognise(" ".join(word.text for word in part)) for part in parts]
    enough = len(set(named) - {None}) >= _FEWEST_HEADINGS and named[0] is Column.CODE
    return [part[0].x0 for part in parts] if enough else []


def _height(lines: Sequence[Line], starts: Sequence[float]) -> int:
    """How many lines keep to the columns."""
    return next((place for place, line in enumerate(lines) if not _keeps(line, starts)), len(lines))


def _keeps(line: Line, starts: Sequence[float]) -> bool:
    parts = [part for left, right in _columns(starts) if (part := line.part(left, right))]
    aligned = all(min(abs(part.x0 - start) for start in starts) <= _ALIGNED for part in parts)
    apart = all(one.x1 < other.x0 for one, other in pairwise(parts))
    return aligned and apart


def _columns(starts: Sequence[float]) -> list[tuple[float, float]]:
    return list(pairwise([*(start - _ALIGNED for start in starts), _FAR]))


def _table(lines: Sequence[Line], starts: Sequence[float]) -> Table | None:
    rows: list[list[Line]] = [[]]
    for line in lines:
        first = line.words[0]
        if _NUMBER.match(first.text) and first.x0 < starts[1] - _ALIGNED:
            rows.append([])
        rows[-1].append(line)
    right = max(line.x1 for line in lines) + 1
    table = Table([*(start - _ALIGNED for start in starts), right])
    table.rows = [_row(row, starts, right) for row in rows]
    sure = len(rows) > 2 and all(_opens(row) for row in table.rows)
    return table if sure else None


def _row(lines: Sequence[Line], starts: Sequence[float], right: float) -> TableRow:
    slots = []
    for left, end in _columns(starts):
        parts = [part for line in lines if (part := line.part(left, end))]
        slots.append(Slot(tuple(Placed(part, left, min(end, right)) for part in parts)))
    return TableRow(tuple(slots), lines[0].page)


def _opens(row: TableRow) -> bool:
    """A number that stands in the middle of its row leaves the words above it to the row before."""
    return all(_OPENS.match(slot.text) for slot in row.slots[:2])
