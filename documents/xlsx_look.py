"""How the sheets of a report look: type, column heads, and the page they are printed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.safe_text import printable_cell
from documents.times_widths import broken

FONT, SIZE = "Times New Roman", 11
# What every cell has that is not set otherwise.
TYPE = {"font_name": FONT, "font_size": SIZE}
TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 3, 4
_A4 = 9
_BOLD_SHARE = 0.85
_LINE_POINTS, _TALLEST = 14.5, 409
# A column as wide as one digit, in millimetres; a part of it is its edge.
_MM_PER_DIGIT, _EDGE_MM = 1.9, 1.5


@dataclass(frozen=True)
class Looks:
    """The formats of one workbook. Text is marked as text: even edited by hand it does not become a formula."""

    title: Format
    note: Format
    head: Format
    text: Format
    centred: Format
    day: Format
    number: Format
    share: Format
    total: Format
    total_text: Format
    total_share: Format
    paragraph: Format


def looks(book: Workbook) -> Looks:
    """The formats of a workbook; Excel wants each made once in it."""
    cell: dict[str, object] = {"border": 1, "valign": "top"}
    words = cell | {"text_wrap": True, "quote_prefix": True}
    middle = cell | {"align": "center"}
    bold = middle | {"bold": True}
    return Looks(
        title=book.add_format({"bold": True, "font_size": 14, "quote_prefix": True}),
        note=book.add_format({"italic": True, "quote_prefix": True}),
        head=book.add_format(bold | {"text_wrap": True, "valign": "vcenter", "bg_color": "#E7EEF5"}),
        text=book.add_format(words),
        centred=book.add_format(words | {"align": "center"}),
        day=book.add_format(middle | {"num_format": "dd/mm/yyyy"}),
        number=book.add_format(middle | {"num_format": "0"}),
        share=book.add_format(middle | {"num_format": "0.0%"}),
        total=book.add_format(bold | {"num_format": "0"}),
        total_text=book.add_format(words | {"bold": True}),
        total_share=book.add_format(bold | {"num_format": "0.0%"}),
        paragraph=book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
    )


def write_heads(
    sheet: Worksheet, look: Looks, titles: tuple[str, str], columns: Sequence[tuple[str, float]]
) -> None:
    """The title, the note beneath it, and the row of heads that stays in sight and comes again on each page."""
    sheet.write_string(TITLE_ROW, 0, printable_cell(titles[0]), look.title)
    sheet.write_string(NOTE_ROW, 0, printable_cell(titles[1]), look.note)
    for place, (head, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(HEAD_ROW, place, head, look.head)
    sheet.set_row(HEAD_ROW, height_of((head, width * _BOLD_SHARE) for head, width in columns))


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """How high a row must be for its wrapped texts, each in a column so wide: not every program finds out by itself."""
    most = max((_lines_of(text, width) for text, width in texts), default=1)
    return min(most * _LINE_POINTS + 1.5, _TALLEST)


def _lines_of(text: str, width: float) -> int:
    room = width * _MM_PER_DIGIT - _EDGE_MM
    return sum(max(1, len(broken(line, SIZE, room))) for line in text.split("\n"))


def print_on_a4(sheet: Worksheet, last_row: int, last_column: int) -> None:
    """Lying, as wide as the page, with the heads on every page; the numbers of rows and columns begin with 0."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.set_footer(f'&C&"{FONT},Regular"&10Trang &P/&N')
