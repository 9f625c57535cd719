"""Office files made from the plans of `tests/corpus/plans.toml`: Word, Excel and a web page of one text."""

import html
import io
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

CORPUS = Path(__file__).parent.parent / "corpus" / "plans.toml"
ABOVE, LEFT = "^", "<"


@dataclass(frozen=True)
class PrintedCell:
    """A cell with the columns and rows that it covers."""

    text: str
    wide: int = 1
    high: int = 1


@dataclass
class PrintedTable:
    rows: list[list[str]] = field(default_factory=list)

    def cells(self) -> Iterator[tuple[int, int, PrintedCell]]:
        """The cells that stand on the paper, with their row and column."""
        for down, row in enumerate(self.rows):
            for across, text in enumerate(row):
                if text not in {ABOVE, LEFT}:
                    yield down, across, PrintedCell(text, self._wide(down, across), self._high(down, across))

    def _wide(self, down: int, across: int) -> int:
        row = self.rows[down]
        return next(
            (place for place in range(1, len(row) - across) if row[across + place] != LEFT), len(row) - across
        )

    def _high(self, down: int, across: int) -> int:
        below = [row[across] for row in self.rows[down + 1 :]]
        return next((place for place, text in enumerate(below) if text != ABOVE), len(below)) + 1


def plans() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["plan"]
    return found


def blocks_of(text: str) -> list[str | PrintedTable]:
    blocks: list[str | PrintedTable] = []
    for line in text.strip().splitlines():
        if not line.startswith("|"):
            blocks.append(line)
            continue
        if not blocks or isinstance(blocks[-1], str):
            blocks.append(PrintedTable())
        table = blocks[-1]
        assert isinstance(table, PrintedTable)
        cells = [cell.strip().replace(" // ", "\n") for cell in line.strip().strip("|").split("|")]
        table.rows.append(cells)
    return blocks


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for block in blocks_of(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Table Grid")
        for down, across, printed in block.cells():
            cell = table.cell(down, across)
            if printed.wide > 1 or printed.high > 1:
                cell = cell.merge(table.cell(down + printed.high - 1, across + printed.wide - 1))
            cell.text = printed.text.split("\n")[0]
            for line in printed.text.split("\n")[1:]:
                cell.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_html(text: str) -> bytes:
    page = [
        "<html><head><meta charset='utf-8'></head><body><ul class='menu'><li><a href='/'>Trang chủ</a></li></ul>"
    ]
    page += [
        f"<p>{html.escape(block)}</p>" if isinstance(block, str) else _html_table(block)
        for block in blocks_of(text)
    ]
    return "".join([*page, "</body></html>"]).encode()


def _html_table(table: PrintedTable) -> str:
    rows = [""] * len(table.rows)
    for down, _, cell in table.cells():
        text = html.escape(cell.text).replace("\n", "<br>")
        rows[down] += f"<td colspan={cell.wide} rowspan={cell.high}><p>{text}</p></td>"
    # Word saves the heading rows apart, and closes the table with a row that only widths stand in
    first = max(cell.high for down, _, cell in table.cells() if down == 0)
    head, body = ("".join(f"<tr>{row}</tr>" for row in part) for part in (rows[:first], rows[first:]))
    return f"<table border=1><thead>{head}</thead>{body}<tr height=0><td></td></tr></table>"


def as_xlsx(text: str) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        plain = book.add_format()
        for number, part in enumerate(_sheets(text), 1):
            sheet = book.add_worksheet(f"Trang {number}")
            at = 0
            for block in part:
                if isinstance(block, str):
                    sheet.write_string(at, 0, block)
                    at += 1
                    continue
                for down, across, cell in block.cells():
                    if cell.wide > 1 or cell.high > 1:
                        last = (at + down + cell.high - 1, across + cell.wide - 1)
                        sheet.merge_range(at + down, across, *last, cell.text, plain)
                    elif cell.text.isdigit():
                        sheet.write_number(at + down, across, int(cell.text))
                    elif cell.text:
                        sheet.write_string(at + down, across, cell.text)
                at += len(block.rows)
    return file.getvalue()


def _sheets(text: str) -> Iterator[list[str | PrintedTable]]:
    """A sheet holds one table; the text above it stands above it."""
    part: list[str | PrintedTable] = []
    for block in blocks_of(text):
        part.append(block)
        if isinstance(block, PrintedTable):
            yield part
            part = []
    if part:
        yield part


FORMS: dict[str, Callable[[str], bytes]] = {".docx": as_docx, ".html": as_html, ".xlsx": as_xlsx}
