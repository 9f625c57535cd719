"""Papers to read: the plans that offices sent, and small tables and texts written here."""

import json
from functools import cache
from pathlib import Path

from documents.reading import read_file
from duties.deadline import Years
from duties.intake import read_plan
from duties.papers import Cell, Document, Grid, Paragraph, Row
from duties.plan import DraftPlan, Source

SAMPLES = Path(__file__).parent.parent / "samples"
# what a careful clerk found in each of them
EXPECTED = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "expected").glob("*.json"))
]
HEADER = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành")


@cache
def sample(name: str) -> DraftPlan:
    """The plan in this file of `tests/samples`, read once."""
    return read_plan(read_file(SAMPLES / name))


def table(*rows: tuple[str, ...]) -> Grid:
    """A table of these rows, each numbered as a page numbers it."""
    numbered = enumerate(rows, 1)
    return Grid(tuple(Row(tuple(map(Cell, cells)), Source(row=row, table=1)) for row, cells in numbered))


def body(*lines: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, Source(row=row)) for row, line in enumerate(lines, 1))


def read_table(*rows: tuple[str, ...]) -> DraftPlan:
    """A table under the usual heading, of the year 2026."""
    return read_plan(Document("phụ lục", (table(HEADER, *rows),)), years=Years.of(2026))


def read_body(*lines: str) -> DraftPlan:
    """Text without a table, of the year 2026."""
    return read_plan(Document("kế hoạch", body(*lines)), years=Years.of(2026))
