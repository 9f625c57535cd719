"""The ruled tables of PDF pages → Grids: merged cells, tables joined over pages, rows that a page end cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from documents.cells import clean_cell
from documents.pdf_lines import Box, Placed, Word, goes_on, lines_of, paragraphs_of
from duties.headings import read_header
from duties.outline import begins_item
from duties.papers import Cell, Grid, Row
from duties.plan import Source

# in points
_SAME = 4.0
_PADDING = 12.0
_THINNEST = 4.0


@dataclass(frozen=True)
class Slot:
    """One place of a row: its lines; `goes_on` where a merged cell from above covers it."""

    lines: tuple[Placed, ...] = ()
    goes_on: bool = False

    @property
    def text(self) -> str:
        return "\n".join(text for text, _ in paragraphs_of(self.lines))

    def and_more(self, below: "Slot") -> "Slot":
        return Slot((*self.lines, *below.lines), self.goes_on)


@dataclass(frozen=True)
class TableRow:
    """A row as wide as its table, and the page it begins on."""

    slots: tuple[Slot, ...]
    page: int

    @property
    def texts(self) -> list[str]:
        return [" ".join(slot.text.split()) for slot in self.slots]


@dataclass
class Table:
    """A table as far as it has been read; `edges` are the borders of its columns."""

    edges: list[float]
    rows: list[TableRow] = field(default_factory=list)


def table_on_page(cells: Sequence[Box], words: Iterable[Word], page: int) -> Table:
    """A ruled table of one page."""
    across = _edges(edge for cell in cells for edge in (cell[0], cell[2]))
    down = _edges(edge for cell in cells for edge in (cell[1], cell[3]))
    inside = [word for word in words if word.is_in((across[0], down[0], across[-1], down[-1]))]
    reaches = [_reach(inside, left, right) for left, right in pairwise(across)]
    table = Table(across)
    for top, bottom in pairwise(down):
        slots = (
            _slot(cells, inside, (left, top, right, bottom), reaches[place], page)
            for place, (left, right) in enumerate(pairwise(across))
        )
        table.rows.append(TableRow(tuple(slots), page))
    return table


def _edges(places: Iterable[float]) -> list[float]:
    """The borders, those that are drawn twice or as a thin box once."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _THINNEST:
            edges.append(place)
    return edges


def _reach(words: Iterable[Word], left: float, right: float) -> tuple[float, float]:
    """Between which edges the words of a column may stand."""
    own = [word for word in words if left <= (word.x0 + word.x1) / 2 <= right]
    return (
        min([left + _PADDING, *(word.x0 for word in own if word.x0 >= left - 1)]),
        max([right - _PADDING, *(word.x1 for word in own if word.x1 <= right + 1)]),
    )


def _slot(
    cells: Sequence[Box], words: Sequence[Word], place: Box, reach: tuple[float, float], page: int
) -> Slot:
    middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
    around = [cell for cell in cells if cell[0] <= middle[0] <= cell[2] and cell[1] <= middle[1] <= cell[3]]
    box = min(around, key=lambda cell: (cell[2] - cell[0]) * (cell[3] - cell[1])) if around else place
    if box[1] < place[1] - _THINNEST:
        return Slot(goes_on=box[0] > place[0] - _THINNEST)
    if box[0] < place[0] - _THINNEST:
        return Slot()
    own = lines_of((word for word in words if word.is_in(box)), page)
    right = reach[1] if box[2] <= place[2] + _THINNEST else box[2] - _PADDING
    return Slot(tuple(Placed(line, reach[0], right) for line in own))


# --- over pages


def carries_table_on(above: Table, below: Table) -> bool:
    """Whether a table at the top of a page has the columns of the one that ended the page before."""
    if abs(above.edges[0] - below.edges[0]) > _SAME or abs(above.edges[-1] - below.edges[-1]) > _SAME:
        return False
    fewer, more = sorted((above.edges, below.edges), key=len)
    return all(any(abs(edge - other) <= _SAME for other in more) for edge in fewer)


def carry_on(above: Table, below: Table) -> None:
    """Put the rows of the next page under the table: its header once, a row that the page end cut as one."""
    if len(below.edges) > len(above.edges):
        above.rows = [_spread(row, above.edges, below.edges) for row in above.rows]
        above.edges = below.edges
    rows = [_spread(row, below.edges, above.edges) for row in below.rows]
    rows = rows[_heads_again(above.rows, rows) :]
    if rows and above.rows and _is_cut(above.rows[-1], rows[0]):
        above.rows[-1] = _whole(above.rows[-1], rows.pop(0))
    above.rows += rows


def _spread(row: TableRow, edges: Sequence[float], wanted: Sequence[float]) -> TableRow:
    """A row with as many places as the wider table has."""
    if len(edges) == len(wanted):
        return row
    slots = [Slot()] * (len(wanted) - 1)
    for slot, edge in zip(row.slots, edges, strict=False):
        slots[min(range(len(slots)), key=lambda at: abs(wanted[at] - edge))] = slot
    return TableRow(tuple(slots), row.page)


def _heads_again(above: Sequence[TableRow], below: Sequence[TableRow]) -> int:
    """How many rows at the top of a page only print the header once more."""
    if not _is_header(above) and not _is_header(below):
        return 0
    same = 0
    while same < min(len(above), len(below), 4) and above[same].texts == below[same].texts:
        same += 1
    return same


def _is_header(rows: Sequence[TableRow]) -> bool:
    return read_header([row_of(row, Source(1)) for row in rows[:3]]) is not None


def _is_cut(above: TableRow, below: TableRow) -> bool:
    """A row that goes on: it has no number of its own, and words that carry on the cells above."""
    first, number = below.texts[0], above.texts[0]
    if first or below.slots[0].goes_on or not any(below.texts):
        return not number and bool(first) and any(map(_begins_small, above.slots[1:], below.slots[1:]))
    alone = sum(map(bool, below.texts)) == 1
    return bool(number) and (not alone or _carries_words_on(above, below))


def _begins_small(above: Slot, below: Slot) -> bool:
    return bool(above.lines) and below.text[:1].islower()


def _carries_words_on(above: TableRow, below: TableRow) -> bool:
    return any(_is_midway(one, other) for one, other in zip(above.slots[1:], below.slots[1:], strict=True))


def _is_midway(above: Slot, below: Slot) -> bool:
    if not above.lines or not below.lines:
        return False
    text = below.lines[0].line.text
    if text[:1].islower() or begins_item(text):
        return True
    return (
        not above.text.endswith(".")
        and below.text.endswith((".", ";"))
        and goes_on(above.lines[-1], below.lines[0].line)
    )


def _whole(above: TableRow, below: TableRow) -> TableRow:
    slots = (one.and_more(other) for one, other in zip(above.slots, below.slots, strict=True))
    return TableRow(tuple(slots), above.page)


# --- to our values


def row_of(row: TableRow, source: Source) -> Row:
    """The row with its cells cleaned."""
    return Row(tuple(Cell(clean_cell(slot.text), slot.goes_on) for slot in row.slots), source)


def grid_of(table: Table, number: int) -> Grid:
    """The table with its rows counted through its pages."""
    rows = enumerate(table.rows, 1)
    return Grid(tuple(row_of(row, Source(row=place, table=number, page=row.page)) for place, row in rows))
