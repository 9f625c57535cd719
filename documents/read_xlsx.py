""".xlsx → a Document: each visible sheet as a grid, with merged cells, real dates and the values of formulas."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from documents.cells import MOST_COLUMNS, MOST_ROWS, clean_cell
from documents.office_zip import Package, damaged, open_package
from duties.errors import UnreadablePlan
from duties.papers import Cell, Document, Grid, Row
from duties.plan import Doubt, LeftOut, Source

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_PLACE = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<row>\d{1,7})\Z")
# Number formats 14–22 and 45–47 of ECMA-376 §18.8.30 are dates and times.
_DATE_FORMATS = frozenset({*range(14, 23), *range(45, 48)})
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"(?:^|[^a-z])(?:d{1,4}|m{1,4}|y{2,4})(?:[^a-z]|$)", re.I)
_DAY_ZERO = date(1899, 12, 30)
# A book made on an old Mac counts from here.
_DAY_ZERO_1904 = date(1904, 1, 1)
_FIXED = re.compile(r"(?:#,##)?0\.(?P<places>0+)\Z")
_MONTH_AND_YEAR = 17
_FORMATS_FIXED = {2: 2, 4: 2}


@dataclass(frozen=True)
class _Book:
    """What cells refer to: the shared words, the styles of dates and of months, the places others show, the day 0."""

    words: tuple[str, ...]
    dates: frozenset[int]
    months: frozenset[int]
    places: dict[int, int]
    day_zero: date


@dataclass
class _Sheet:
    title: str
    hidden: bool
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    no_value: list[str] = field(default_factory=list)
    goes_on: set[tuple[int, int]] = field(default_factory=set)


def read_xlsx(content: bytes, name: str) -> Document:
    """An Excel file as its reader sees it on screen; what is hidden is left out, and said so."""
    package = open_package(content, name)
    sheets = list(_sheets(package))
    shown = tuple(_grid(sheet) for sheet in sheets if not sheet.hidden)
    left_out = tuple(left for sheet in sheets for left in _hidden(sheet))
    return Document(name, shown, left_out, tuple(doubt for sheet in sheets for doubt in _asked(sheet)))


def _asked(sheet: _Sheet) -> Iterator[Doubt]:
    """What is hidden, or was never reckoned, may hold work: the office is asked once for each sheet."""
    where = f"Trang tính “{sheet.title}”"
    has_words = any(cell for cells in sheet.rows.values() for cell in cells.values())
    if sheet.hidden and has_words:
        yield Doubt("plan", f"{where} bị ẩn nên không đọc; trong đó có nhiệm vụ nào không?")
        return
    rows = sorted(row for row in sheet.hidden_rows if any(sheet.rows.get(row, {}).values()))
    if rows:
        yield Doubt(
            "plan", f"{where} có {len(rows)} dòng ẩn (từ dòng {rows[0]}) nên không đọc; có cần đọc không?"
        )
    columns = [column for column in sorted(sheet.hidden_columns) if _has_words(sheet, column)]
    if columns:
        names = ", ".join(map(_letters, columns))
        yield Doubt("plan", f"{where} có cột ẩn ({names}) nên không đọc; có cần đọc không?")
    if sheet.no_value:
        places = ", ".join(sheet.no_value[:5])
        yield Doubt(
            "plan", f"{where}: ô {places} là công thức chưa có giá trị hoặc bị lỗi; giá trị đúng là gì?"
        )


def _has_words(sheet: _Sheet, column: int) -> bool:
    return any(cells.get(column) for cells in sheet.rows.values())


def _sheets(package: Package) -> Iterator[_Sheet]:
    path = package.main_part("xl/workbook.xml")
    folder, _, own_name = path.rpartition("/")
    workbook, links = package.part(path), package.part(f"{folder}/_rels/{own_name}.rels")
    if workbook is None or links is None:
        raise UnreadablePlan(damaged(package.name))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    styles = package.part(f"{folder}/styles.xml")
    book = _Book(
        _words(package.part(f"{folder}/sharedStrings.xml")),
        _date_styles(styles),
        _month_styles(styles),
        _places(styles),
        _day_zero(workbook),
    )
    for entry in workbook.iter(f"{S}sheet"):
        path = targets.get(entry.get(f"{_R}id", ""), "")
        root = package.part(path.lstrip("/") if path.startswith("/") else f"{folder}/{path}")
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
    custom = {kind for kind, code in _codes(styles) if _DATE_LETTERS.search(code)}
    return _styles_of(styles, custom | _DATE_FORMATS)


def _month_styles(styles: Element | None) -> frozenset[int]:
    """Styles that show “06/2026” of a date: Excel keeps a month as its first day."""
    if styles is None:
        return frozenset()
    letters = ((kind, set(code.lower())) for kind, code in _codes(styles))
    custom = {kind for kind, known in letters if {"m", "y"} <= known and "d" not in known}
    return _styles_of(styles, custom | {_MONTH_AND_YEAR})


def _codes(styles: Element) -> Iterator[tuple[int, str]]:
    """The formats of the book's own, each with its code without the words and conditions in it."""
    for one in styles.iter(f"{S}numFmt"):
        yield int(one.get("numFmtId", "0")), _ASIDE.sub("", one.get("formatCode", ""))


def _styles_of(styles: Element, kinds: Container[int]) -> frozenset[int]:
    return frozenset(place for place, kind in enumerate(_kinds(styles)) if kind in kinds)


def _kinds(styles: Element) -> list[int]:
    """The number format of each style of cells, in the order by which cells name them."""
    formats = styles.find(f"{S}cellXfs")
    return [int(one.get("numFmtId", "0")) for one in formats] if formats is not None else []


def _places(styles: Element | None) -> dict[int, int]:
    """How many decimal places a style shows: a code 1.1 may be printed as 1.10."""
    if styles is None:
        return {}
    shown = dict(_FORMATS_FIXED)
    for one in styles.iter(f"{S}numFmt"):
        fixed = _FIXED.match(one.get("formatCode", ""))
        if fixed:
            shown[int(one.get("numFmtId", "0"))] = len(fixed["places"])
    return {place: shown[kind] for place, kind in enumerate(_kinds(styles)) if kind in shown}


def _day_zero(workbook: Element) -> date:
    properties = workbook.find(f"{S}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    return _DAY_ZERO_1904 if is_1904 else _DAY_ZERO


def _sheet(root: Element, sheet: _Sheet, book: _Book) -> _Sheet:
    for column in root.iter(f"{S}col"):
        if column.get("hidden") in {"1", "true"}:
            last = min(int(column.get("max", "0")), MOST_COLUMNS)
            sheet.hidden_columns.update(range(int(column.get("min", "1")), last + 1))
    row_number = 0
    for row in root.iter(f"{S}row"):
        row_number = int(row.get("r", row_number + 1))
        if row_number > MOST_ROWS:
            break
        sheet.rows[row_number] = _cells(row, book)
        sheet.no_value += [cell.get("r", "") for cell in row.iter(f"{S}c") if _lacks_value(cell)]
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
        if column <= MOST_COLUMNS:
            cells[column] = clean_cell(_value(cell, book))
    return cells


def _lacks_value(cell: Element) -> bool:
    """A formula that was never reckoned, or an error such as #REF!."""
    return cell.get("t") == "e" or (cell.find(f"{S}f") is not None and cell.find(f"{S}v") is None)


def _value(cell: Element, book: _Book) -> str:
    """A cell as its reader sees it: words, 2025 and not 2025.0, 30/06/2026 and not 46203."""
    kind, stored = cell.get("t", "n"), cell.findtext(f"{S}v", "")
    inline = cell.find(f"{S}is")
    if inline is not None:
        return _text(inline)
    if kind == "s":
        return book.words[int(stored)] if stored.isdigit() and int(stored) < len(book.words) else ""
    if kind == "d":
        return _iso_day(stored)
    if kind != "n" or not stored:
        return "" if kind == "e" else stored
    try:
        number = float(stored)
    except ValueError:
        return stored
    style = int(cell.get("s", "0"))
    if style in book.dates and 0 < number < 200_000:
        form = "%m/%Y" if style in book.months else "%d/%m/%Y"
        return (book.day_zero + timedelta(days=int(number))).strftime(form)
    if style in book.places and not number.is_integer():
        return f"{number:.{book.places[style]}f}"
    return str(int(number)) if number.is_integer() else repr(round(number, 10))


def _iso_day(stored: str) -> str:
    try:
        return f"{datetime.fromisoformat(stored):%d/%m/%Y}"
    except ValueError:
        return stored


def _merged_down(span: str) -> Iterator[tuple[int, int]]:
    """The cells that continue the one above them in a merged range."""
    first, _, last = span.partition(":")
    start, end = _PLACE.match(first), _PLACE.match(last)
    if start and end:
        for row in range(int(start["row"]) + 1, min(int(end["row"]), MOST_ROWS) + 1):
            yield row, _column(start["letters"])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def _grid(sheet: _Sheet) -> Grid:
    wide = max((max(cells, default=0) for cells in sheet.rows.values()), default=0)
    shown = [column for column in range(1, wide + 1) if column not in sheet.hidden_columns]
    return Grid(
        tuple(
            Row(
                tuple(_cell(sheet, row, column) for column in shown),
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
