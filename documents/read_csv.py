""".csv → a Document: one table, whichever sign stands between its cells."""

import csv
import io
from collections.abc import Iterable

from documents.cells import MOST_COLUMNS, MOST_ROWS, clean_cell
from documents.coding import decoded
from duties.errors import UnreadablePlan
from duties.papers import Cell, Document, Grid, Row
from duties.plan import Source

_SIGNS = ";,\t|"
_HEAD_LINES = 20


def read_csv(content: bytes, name: str) -> Document:
    """A table that a spreadsheet wrote as text."""
    text = decoded(content, name)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_sign(text))
    try:
        grid = Grid(tuple(_rows(rows)))
    except csv.Error:
        raise UnreadablePlan(f"Tệp “{name}” không đúng dạng CSV; xin lưu lại dưới dạng .xlsx.") from None
    return Document(name, (grid,))


def _sign(text: str) -> str:
    """The sign that parts most lines of the head into the most cells; Excel writes “sep=;” first."""
    if text.lower().startswith("sep=") and len(text) > 4:
        return text[4]
    head = "\n".join(text.splitlines()[:_HEAD_LINES])
    return max(_SIGNS, key=lambda sign: _width(head, sign))


def _width(head: str, sign: str) -> int:
    """How many cells the widest row has, if it is not only prose with commas."""
    rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=sign))
    widths = [len(row) for row in rows if len(row) > 2]
    return max(set(widths), key=widths.count) * len(widths) if widths else 0


def _rows(rows: Iterable[list[str]]) -> Iterable[Row]:
    read = list(zip(range(MOST_ROWS), rows, strict=False))
    wide = min(max((len(cells) for _, cells in read), default=0), MOST_COLUMNS)
    for place, cells in read:
        if any(map(str.strip, cells)) and not (place == 0 and cells[0].lower().startswith("sep=")):
            padded = [*cells, *[""] * wide][:wide]
            yield Row(tuple(Cell(clean_cell(cell)) for cell in padded), Source(row=place + 1, table=1))
