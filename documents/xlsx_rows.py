"""The sheet “Nhiệm vụ”: a row for each obligation, with real dates, to be filtered, checked and corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from documents.safe_text import printable_cell
from documents.xlsx_look import FIRST_ROW, HEAD_ROW, Looks, height_of, print_on_a4, write_heads
from duties.report import Report, Row
from duties.wording import report as words
from duties.wording.counting import NOTHING_IN_WINDOW, counted_as
from duties.wording.entries import counted
from duties.wording.summary import data_until

NAME = "Nhiệm vụ"
Shown = str | int | date | None


@dataclass(frozen=True)
class Line:
    """A row and whether it came from before the window."""

    row: Row
    carried_over: bool


@dataclass(frozen=True)
class Column:
    """A column: what stands over it, how many letters wide it is, what it shows of a row."""

    head: str
    width: float
    shown: Callable[[Line], Shown]


def _level(line: Line) -> str:
    return words.level_of(line.row.fact)


def _counted_as(line: Line) -> str:
    return counted_as(line.row.fact, carried_over=line.carried_over)


def _quotes(line: Line) -> str:
    return "\n".join(words.quoted([quote], most=len(quote.text) + 1) for quote in line.row.quotes)


# The first fifteen are printed; the others are for the screen.
COLUMNS = (
    Column("TT", 5, lambda line: line.row.number),
    Column("Mã", 6, lambda line: line.row.fact.code),
    Column("Nội dung nhiệm vụ", 34, lambda line: line.row.fact.content),
    Column("Đơn vị thực hiện", 18, lambda line: line.row.fact.unit),
    Column("Kỳ hạn", 8, lambda line: line.row.fact.period_name),
    Column("Hạn gốc", 11, lambda line: line.row.fact.original_last_day),
    Column("Gia hạn đến", 11, lambda line: line.row.extended_due),
    Column("Ngày hoàn thành", 11, lambda line: line.row.fact.done_on if line.row.fact.is_done else None),
    Column("Mức độ", 13, _level),
    Column("Tính vào", 11, _counted_as),
    Column("Kết quả đơn vị báo", 24, _quotes),
    Column("Số liệu", 10, lambda line: counted(line.row.quantities)),
    Column("Văn bản", 11, lambda line: "\n".join(line.row.documents)),
    Column("Vướng mắc", 15, lambda line: line.row.fact.obstacle),
    Column("Ghi chú", 14, lambda line: "\n".join(line.row.notes)),
    Column("Nhóm nhiệm vụ", 26, lambda line: line.row.fact.group),
    Column("Kế hoạch", 16, lambda line: line.row.fact.plan),
    Column("Hình thức", 26, lambda line: "\n".join(line.row.forms)),
    Column("Sản phẩm", 22, lambda line: "\n".join(line.row.deliverables)),
    Column("Chủ trì (theo kế hoạch)", 24, lambda line: "; ".join(line.row.leads)),
    Column("Phối hợp", 24, lambda line: "; ".join(line.row.partners)),
    Column("Liên kết", 28, lambda line: "\n".join(line.row.links)),
    Column("Tệp", 24, lambda line: "\n".join(proof.name for proof in line.row.files)),
    Column("Mã kỳ hạn", 9, lambda line: line.row.fact.occurrence_id),
)
PRINTED = 15
CENTRED = ("TT", "Mã", "Kỳ hạn", "Mức độ", "Tính vào", "Mã kỳ hạn")
FROZEN_COLUMNS = 3


@dataclass(frozen=True)
class Ranges:
    """Where the formulas find the columns of so many rows."""

    rows: int

    def of(self, head: str) -> str:
        """The cells under a heading of COLUMNS, as a formula names them."""
        place = next(place for place, column in enumerate(COLUMNS) if column.head == head)
        letter = xl_col_to_name(place)
        return f"'{NAME}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + max(self.rows, 1)}"


def write_rows(sheet: Worksheet, report: Report, look: Looks) -> Ranges:
    """Fill the sheet; where the formulas of the other sheets find its rows."""
    lines = [
        *(Line(row, carried_over=False) for row in report.rows),
        *(Line(row, carried_over=True) for row in report.carried_over),
    ]
    note = f"{data_until(report.summary.as_of)}. {report.letterhead.agency}"
    write_heads(sheet, look, (words.title(report), note), [(column.head, column.width) for column in COLUMNS])
    for place, line in enumerate(lines):
        _write_row(sheet, FIRST_ROW + place, line, look)
    if not lines:
        sheet.write_string(FIRST_ROW, 2, NOTHING_IN_WINDOW, look.text)
    last = FIRST_ROW + max(len(lines), 1) - 1
    sheet.autofilter(HEAD_ROW, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
    print_on_a4(sheet, last, PRINTED - 1)
    return Ranges(len(lines))


def _write_row(sheet: Worksheet, place: int, line: Line, look: Looks) -> None:
    shown = [column.shown(line) for column in COLUMNS]
    texts = (
        (text, column.width) for text, column in zip(shown, COLUMNS, strict=True) if isinstance(text, str)
    )
    sheet.set_row(place, height_of(texts))
    for column_place, (value, column) in enumerate(zip(shown, COLUMNS, strict=True)):
        _write(sheet, (place, column_place), value, look, is_centred=column.head in CENTRED)


def _write(sheet: Worksheet, cell: tuple[int, int], value: Shown, look: Looks, *, is_centred: bool) -> None:
    words_look = look.centred if is_centred else look.text
    match value:
        case date() as on:
            sheet.write_datetime(*cell, datetime.combine(on, time()), look.day)
        case int() as number:
            sheet.write_number(*cell, number, look.number)
        case str() as text if text:
            sheet.write_string(*cell, printable_cell(text), words_look)
        case _:
            sheet.write_blank(*cell, None, words_look)
