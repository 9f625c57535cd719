""".pdf with text → a Document: paragraphs from lines, tables over pages, without page numbers and running heads."""

import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.table import Table as FoundTable
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from documents.pdf_bounds import bounded
from documents.pdf_lines import Line, Placed, Reach, Word, in_reading_order, lines_of, paragraphs_of, words_of
from documents.pdf_loose import Loose, loose_table
from documents.pdf_rules import closing_rules
from documents.pdf_tables import Table, carries_table_on, carry_on, grid_of, table_on_page
from documents.progress import PAGES_READ
from duties.errors import UnreadablePlan
from duties.papers import Block, Document, Paragraph
from duties.plan import Doubt, DoubtKind, LeftOut, Source

MOST_PAGES = 300
MOST_SECONDS = 60.0
MOST_RULES = 8_000
_LEAST_LETTERS = 40
# One letter in so many: bullets of symbol fonts are fewer, a font without its table has more.
_ENOUGH_UNMAPPED = 25
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\x00-\x08\ue000-\uf8ff\ufffd]")
_PAGE_NUMBER = re.compile(r"\W*(?:Trang|Page)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\W*\Z", re.I)
# What a browser prints around a page: “22/11/2026, 08:15 Kế hoạch”, “https://… 1/3”.
_BROWSER = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}|(?:https?|file)://\S*\s*\d+/\d+\Z|about:blank"
)
_EDGE = 0.09
_EDGE_LINES = 2
_LEAST_WIDE, _WIDEST = 0.7, 0.99


@dataclass
class _Sheet:
    """A page: its lines outside tables and its tables, from the top."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[float, Table]] = field(default_factory=list)
    is_image: bool = False
    loose: Loose | None = None


def read_pdf(content: bytes, name: str, first: int | None = None) -> Document:
    """A PDF as its reader sees it on paper, if it holds text; only its `first` pages where that is enough."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with bounded(), pdfplumber.open(io.BytesIO(content)) as pdf:
            if first is None and len(pdf.pages) > MOST_PAGES:
                raise UnreadablePlan(
                    f"Tệp “{name}” có {len(pdf.pages)} trang, quá dài so với một kế hoạch; xin chỉ gửi kế hoạch và phụ lục."
                )
            sheets = _sheets(pdf.pages[:first], name)
    except (PdfminerException, PDFException, MalformedPDFException) as error:
        raise UnreadablePlan(_refusal(error, name)) from None
    _refuse_images(sheets, name)
    return _document(sheets, name)


def _refusal(error: Exception, name: str) -> str:
    inner = error.args[0] if error.args else None
    if isinstance(error, PDFPasswordIncorrect) or isinstance(inner, PDFPasswordIncorrect):
        return f"Tệp “{name}” có đặt mật khẩu; xin bỏ mật khẩu, lưu lại rồi gửi lại."
    return f"Tệp “{name}” bị hỏng hoặc không phải PDF; xin xuất lại từ Word rồi gửi lại."


def _sheets(pages: Sequence[Page], name: str) -> list[_Sheet]:
    started = monotonic()
    sheets: list[_Sheet] = []
    for page in pages:
        if monotonic() - started > MOST_SECONDS:
            raise UnreadablePlan(
                f"Tệp “{name}” quá phức tạp để đọc trong {MOST_SECONDS:.0f} giây; xin gửi tệp gốc dạng .docx hoặc .xlsx."
            )
        sheets.append(_sheet(_upright(page), name))
        page.close()
        PAGES_READ.get()(len(sheets), len(pages))
    return sheets


def _upright(page: Page) -> Page:
    """A page whose words run up or down is turned, as its reader would turn it."""
    turned = [char for char in page.chars if not char["upright"]]
    if len(turned) * 2 <= len(page.chars):
        return page
    runs_up = turned[0]["matrix"][1] > 0
    # the picture of the page is turned by the one, its paper by the other
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.rotation + (90 if runs_up else 270)) % 360
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _sheet(page: Page, name: str) -> _Sheet:
    printed = page.filter(_FirstPrint())
    words = words_of(printed.extract_words(x_tolerance_ratio=0.15), printed.chars)
    said = "".join(word.text for word in words)
    if len(_UNMAPPED.findall(said)) * _ENOUGH_UNMAPPED > max(len(said), 1):
        raise UnreadablePlan(
            f"Chữ trong tệp “{name}” không kèm bảng mã nên máy không đọc được; xin gửi tệp gốc dạng .docx hoặc .xlsx."
        )
    sheet = _Sheet(
        page.page_number,
        float(page.width),
        float(page.height),
        is_image=len(said) < _LEAST_LETTERS and bool(page.images),
    )
    taken: list[Word] = []
    for found in _tables_of(page):
        table = table_on_page(found.cells, words, page.page_number)
        # A single box is a frame around text.
        if len(table.edges) > 2:
            sheet.tables.append((found.bbox[1], table))
            taken += [word for word in words if word.is_in(found.bbox)]
    inside = set(taken)
    sheet.lines = lines_of((word for word in words if word not in inside), page.page_number)
    _take_loose_table(sheet)
    return sheet


class _FirstPrint:
    """Bold made by printing a letter again where it stands: only the first print counts."""

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], list[tuple[float, float]]] = {}

    def __call__(self, item: dict[str, Any]) -> bool:
        if item["object_type"] != "char":
            return True
        letter = (item["text"], item["fontname"], item["size"], item["upright"])
        x, y = item["x0"], item["doctop"]
        # at the same height, and the same again where it is reckoned over the border of a whole number
        near = [self._seen.setdefault((*letter, round(y) + step), []) for step in (-1, 0, 1)]
        if any(abs(x - left) <= 1 and abs(y - top) <= 1 for row in near for left, top in row):
            return False
        near[1].append((x, y))
        return True


def _take_loose_table(sheet: _Sheet) -> None:
    """A table without rules is read only where its columns are sure; it is asked about in any case."""
    found = loose_table(sheet.lines)
    sheet.loose = found
    if found and found.table:
        sheet.tables.append((found.lines[0].top, found.table))
        sheet.lines = [line for line in sheet.lines if line not in found.lines]


def _tables_of(page: Page) -> list[FoundTable]:
    """The ruled tables; a map or a drawing has more lines than any of them."""
    if len(page.edges) > MOST_RULES:
        return []
    return page.find_tables({"explicit_horizontal_lines": closing_rules(page)})


def _refuse_images(sheets: Sequence[_Sheet], name: str) -> None:
    if sheets and all(sheet.is_image or not (sheet.lines or sheet.tables) for sheet in sheets):
        raise UnreadablePlan(
            f"Tệp “{name}”: bản PDF này là ảnh quét, không có chữ để đọc; xin gửi tệp gốc dạng .docx, .xlsx hoặc bản PDF xuất từ Word."
        )


# --- running heads and page numbers


def _running(sheets: Sequence[_Sheet]) -> Callable[[_Sheet, Line], bool]:
    """Which lines at the edges of pages are printed on every page, or only number it."""
    edges = {sheet.number: _at_edges(sheet) for sheet in sheets}
    counted = Counter(_shape(line) for lines in edges.values() for line in lines)
    enough = max(2, len(sheets) // 3)

    def is_running(sheet: _Sheet, line: Line) -> bool:
        if line not in edges[sheet.number]:
            return False
        alone = bool(_PAGE_NUMBER.match(line.text) or _BROWSER.search(line.text))
        return alone or counted[_shape(line)] >= enough

    return is_running


def _at_edges(sheet: _Sheet) -> list[Line]:
    top = [line for line in sheet.lines[:_EDGE_LINES] if line.bottom < sheet.height * _EDGE]
    foot = [line for line in sheet.lines[-_EDGE_LINES:] if line.top > sheet.height * (1 - _EDGE)]
    return [*top, *foot]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


# --- the paper in order


@dataclass
class _Paper:
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Placed] = field(default_factory=list)
    table: Table | None = None
    tables: int = 0
    paragraphs: int = 0

    def put_lines(self, lines: Sequence[Line], reach: Reach) -> None:
        if lines:
            self.end_table()
            self.waiting += in_reading_order(lines, reach)

    def put_table(self, table: Table) -> None:
        if self.table is not None and not self.waiting and carries_table_on(self.table, table):
            carry_on(self.table, table)
            return
        self.end_table()
        self.end_text()
        self.table = table

    def end_table(self) -> None:
        if self.table is not None:
            self.tables += 1
            self.blocks.append(grid_of(self.table, self.tables))
            self.table = None

    def end_text(self) -> None:
        for text, first in paragraphs_of(self.waiting):
            if text:
                self.paragraphs += 1
                self.blocks.append(Paragraph(text, Source(row=self.paragraphs, page=first.page)))
        self.waiting = []


def _document(sheets: Sequence[_Sheet], name: str) -> Document:
    is_running = _running(sheets)
    paper = _Paper()
    margins: list[str] = []
    for sheet in sheets:
        margins += [line.text for line in sheet.lines if is_running(sheet, line)]
        sheet.lines = [line for line in sheet.lines if not is_running(sheet, line)]
    for sheet in sheets:
        own, reach = sheet.lines, _reach(sheet, sheets)
        for top, table in sorted(sheet.tables, key=lambda found: found[0]):
            paper.put_lines([line for line in own if line.top < top], reach)
            own = [line for line in own if line.top >= top]
            paper.put_table(table)
        paper.put_lines(own, reach)
    paper.end_table()
    paper.end_text()
    scanned = list(_scanned(sheets))
    doubts = (*_asked(scanned), *_asked_of_loose(sheets))
    return Document(name, tuple(paper.blocks), tuple(scanned), doubts, tuple(margins))


def _reach(sheet: _Sheet, sheets: Sequence[_Sheet]) -> Reach:
    """Between which edges the text of pages of this width stands; it leaves no more than a broad margin free."""
    alike = [line for other in sheets if other.width == sheet.width for line in other.lines]
    left = min((line.x0 for line in alike), default=0.0)
    right = max((line.x1 for line in alike if line.x1 < sheet.width * _WIDEST), default=0.0)
    return left, max(right, sheet.width * _LEAST_WIDE)


def _scanned(sheets: Sequence[_Sheet]) -> Iterator[LeftOut]:
    for sheet in sheets:
        if sheet.is_image:
            why = "trang là ảnh quét, không có chữ để đọc"
            yield LeftOut(f"Trang {sheet.number}", why, Source(row=1, page=sheet.number))


def _asked(scanned: Sequence[LeftOut]) -> Iterator[Doubt]:
    if scanned:
        pages = ", ".join(str(left.source.page) for left in scanned)
        text = f"Trang {pages} là ảnh quét nên chưa đọc được; trên đó có nhiệm vụ nào không?"
        yield Doubt("plan", text, scanned[0].source, DoubtKind.NOTE)


def _asked_of_loose(sheets: Sequence[_Sheet]) -> Iterator[Doubt]:
    for sheet in sheets:
        if sheet.loose:
            read = "đã xếp theo cột" if sheet.loose.table else "chưa chia được cột"
            ask = "xin kiểm tra lại" if sheet.loose.table else "xin gửi tệp gốc dạng .docx hoặc .xlsx"
            text = f"Trang {sheet.number} có bảng không kẻ khung, {read}; {ask}."
            yield Doubt("plan", text, Source(row=1, page=sheet.number), DoubtKind.NOTE)
