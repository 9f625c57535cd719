"""A Report → an Excel file: a row for each obligation, totals by formulas that follow it, and how they are counted."""

import io
from datetime import UTC, datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.safe_text import printable
from documents.xlsx_look import TITLE_ROW, TYPE, Looks, height_of, looks, print_on_a4
from documents.xlsx_rows import NAME, write_rows
from documents.xlsx_totals import BY_DUTY, BY_UNIT, Totals, write_by_duty, write_by_unit
from duties.report import Report
from duties.wording import report as words
from duties.wording.counting import how_counted

HOW_COUNTED = "Cách tính"
WIDTH_OF_WORDS = 110
_PLAIN_CELLS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(report: Report) -> bytes:
    """The same report gives the same bytes."""
    written = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": TYPE, **_PLAIN_CELLS}
    with Workbook(written, options) as book:
        book.set_properties(_properties(report))
        look = looks(book)
        sheets = {name: book.add_worksheet(name) for name in (NAME, BY_UNIT, BY_DUTY, HOW_COUNTED)}
        ranges = write_rows(sheets[NAME], report, look)
        write_by_unit(Totals(sheets[BY_UNIT], look, ranges), report)
        write_by_duty(Totals(sheets[BY_DUTY], look, ranges), report)
        _write_how_counted(sheets[HOW_COUNTED], report, look)
    return written.getvalue()


def _properties(report: Report) -> dict[str, object]:
    return {
        "title": printable(words.title(report))[:255],
        "author": printable(report.letterhead.agency)[:255],
        "created": datetime.combine(report.made_on, time(), UTC),
    }


def _write_how_counted(sheet: Worksheet, report: Report, look: Looks) -> None:
    sheet.set_column(0, 0, WIDTH_OF_WORDS)
    sheet.write_string(TITLE_ROW, 0, HOW_COUNTED, look.title)
    lines = how_counted(report)
    for place, line in enumerate(lines, TITLE_ROW + 1):
        sheet.set_row(place, height_of([(line, WIDTH_OF_WORDS)]))
        sheet.write_string(place, 0, line, look.paragraph)
    print_on_a4(sheet, len(lines), 0)
