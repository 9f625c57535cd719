""".xlsx → a Document: each visible sheet as a grid, with merged cells, real dates and the values of formulas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from documents.cells import clean_cell
from documents.office_zip import Package, damaged, open_package
from duties.errors import UnreadablePlan
from duties.papers import Cell, Document, Grid, Row
from duties.plan import LeftOut, Source

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MOST_ROWS, _MOST_COLUMNS = 20_000, 60
_PLACE = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<row>\d{1,7})\Z")
# Number formats 14–22 and 45–47 of ECMA-376 §18.8.30 are dates and times.
_DATE_FORMATS = frozenset({*range(14, 23), *range(45, 48)})
_DATE_LETTERS = re.compile(r"(?:^|[^a-z])(?:d{1,4}|m{1,4}|y{2,4})(?:[^a-z]|$)", re.I)
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class _Book:
    """What cells refer to: the shared words, and which styles are dates."""

    words: tuple[str, ...]
    dates: frozenset[int]


@dataclass
class _Sheet:
    title: str
    hidden: bool
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    goes_on: set[tuple[int, int]] = field(default_factory=set)


def read_xlsx(content: bytes, name: str) -> Document:
    """An Excel file as its reader sees it on screen; what is hidden is left out, and said so."""
    package = open_package(content, name)
    sheets = list(_sheets(package))
    shown = tuple(_grid(sheet) for sheet in sheets if not sheet.hidden)
    return Document(name, shown, tuple(left for sheet in sheets for left in _hidden(sheet)))


def _sheets(package: Package) -> Iterator[_Sheet]:
    workbook, links = package.part("xl/workbook.xml"), package.part("xl/_rels/workbook.xml.rels")
    if workbook is None or links is None:
        raise UnreadablePlan(damaged(package.name))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    book = _Book(_words(package.part("xl/sharedStrings.xml")), _date_styles(package.part("xl/styles.xml")))
    for entry in workbook.iter(f"{S}sheet"):
        path = targets.get(entry.get(f"{_R}id", ""), "")
        root = package.part(path.lstrip("/") if path.startswith("/") else f"xl/{path}")
        if root is not None and path.endswith(".xml") and "worksheet" in path:
            yield _sheet(
                root, _Sheet(entry.get("name", ""), entry.get("state", "visible") != "visible"), book
            )


def _words(shared: Element | None) -> tuple[str, ...]:
    return tuple(map(_text, shared.iter(f"{S}si"))) if shared is not None else ()


def _text(item: Element) -> str:
    """The words of a string; the small readings above Japanese letters (rPh) are none."""
    runs = [item, *item.iter(f"{S}r")]
    return "".join(part.text or "" for run in runs for part in run.findall(f"{S}t"))


def _date_styles(styles: Element | None) -> frozenset[int]:
    if styles is None:
        return frozenset()
    custom = {
        int(one.get("numFmtId", "0"))
        for one in styles.iter(f"{S}numFmt")
        if _DATE_LETTERS.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", one.get("formatCode", "")))
    }
    formats = styles.find(f"{S}cellXfs")
    kinds = [int(one.get("numFmtId", "0")) for one in formats] if formats is not None else []
    return frozenset(place for place, kind in enumerate(kinds) if kind in custom or kind in _DATE_FORMATS)


def _sheet(root: Element, sheet: _Sheet, book: _Book) -> _Sheet:
    row_number = 0
    for row in root.iter(f"{S}row"):
        row_number = int(row.get("r", row_number + 1))
        if row_number > _MOST_ROWS:
            break
        sheet.rows[row_number] = _cells(row, book)
        if row.get("hidden") in {"1", "true"}:
            sheet.hidden_rows.add(row_number)
    for merged in root.iter(f"{S}mergeCell"):
        sheet.goes_on.update(_merged_down(merged.get("ref", "")))
    return sheet


def _cells(row: Element, book: _Book) -> dict[int, str]:
    cells: dict[int, str] = {}
    column = 0
    for cell in row.iter(f"{S}c"):
        place = _PLACE.match(cell.get("r", ""))
        column = _column(place["letters"]) if place else column + 1
        if column <= _MOST_COLUMNS:
            cells[column] = clean_cell(_value(cell, book))
    return cells


def _value(cell: Element, book: _Book) -> str:
    """A cell as its reader sees it: words, 2025 and not 2025.0, 30/06/2026 and not 46203."""
    kind, stored = cell.get("t", "n"), cell.findtext(f"{S}v", "")
    inline = cell.find(f"{S}is")
    if inline is not None:
        return _text(inline)
    if kind == "s":
        return book.words[int(stored)] if stored.isdigit() and int(stored) < len(book.words) else ""
    if kind != "n" or not stored:
        return "" if kind == "e" else stored
    try:
        number = float(stored)
    except ValueError:
        return stored
    if int(cell.get("s", "0")) in book.dates and 0 < number < 200_000:
        return f"{_DAY_ZERO + timedelta(days=int(number)):%d/%m/%Y}"
    return str(int(number)) if number.is_integer() else stored


def _merged_down(span: str) -> Iterator[tuple[int, int]]:
    """The cells that continue the one above them in a merged range."""
    first, _, last = span.partition(":")
    start, end = _PLACE.match(first), _PLACE.match(last)
    if start and end:
        for row in range(int(start["row"]) + 1, min(int(end["row"]), _MOST_ROWS) + 1):
            yield row, _column(start["letters"])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _grid(sheet: _Sheet) -> Grid:
    wide = max((max(cells, default=0) for cells in sheet.rows.values()), default=0)
    return Grid(
        tuple(
            Row(
                tuple(_cell(sheet, row, column) for column in range(1, wide + 1)),
                Source(row=row, sheet=sheet.title),
            )
            for row in sorted(sheet.rows)
            if row not in sheet.hidden_rows
        )
    )


def _cell(sheet: _Sheet, row: int, column: int) -> Cell:
    return Cell(goes_on=True) if (row, column) in sheet.goes_on else Cell(sheet.rows[row].get(column, ""))


def _hidden(sheet: _Sheet) -> Iterator[LeftOut]:
    why = "trang tính bị ẩn" if sheet.hidden else "dòng bị ẩn trong trang tính"
    for row, cells in sorted(sheet.rows.items()):
        text = " | ".join(" ".join(cell.split()) for cell in cells.values() if cell.strip())
        if text and (sheet.hidden or row in sheet.hidden_rows):
            yield LeftOut(text, why, Source(row=row, sheet=sheet.title))
