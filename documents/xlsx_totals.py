"""The totals of a report in Excel: formulas over its rows, each with the number that it gives today."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from documents.safe_text import printable_cell
from documents.xlsx_look import FIRST_ROW, Looks, height_of, print_on_a4, write_heads
from documents.xlsx_rows import Ranges
from duties.facts import Fact
from duties.progress import Value
from duties.report import Report
from duties.summary import Counts, UnitLine, by_occurrence, value_of_occurrence
from duties.wording.counting import CARRIED, DUTIES, IN_WINDOW, ONGOING, PARTS
from duties.wording.report import duty, level_of_ongoing, window_name
from duties.wording.summary import data_until

BY_UNIT, BY_DUTY = "Theo đơn vị", "Theo nhiệm vụ"
VALUES = tuple(value.label.capitalize() for value in Value)
UNIT_HEADS = (
    ("TT", 5),
    ("Đơn vị", 46),
    ("Phần việc đến hạn", 12),
    *((label, 14) for label in VALUES),
    ("Tỷ lệ hoàn thành", 11),
    ("Tỷ lệ đúng hạn", 11),
    ("Thường xuyên: đã báo cáo", 13),
    ("Thường xuyên: tất cả", 13),
    ("Kỳ trước chuyển sang", 12),
)
DUTY_HEADS = (
    ("TT", 5),
    ("Mã kỳ hạn", 8),
    ("Nội dung nhiệm vụ", 60),
    ("Số phần việc", 10),
    *((label, 14) for label in VALUES),
    ("Mức độ của nhiệm vụ", 24),
)
MOST_WORDS = 1_000
NOTHING = "Không có nhiệm vụ nào đến hạn trong kỳ."
# The columns in which both sheets have their numbers.
TOTAL, FIRST_VALUE, LAST_VALUE, RATE, ON_TIME_RATE = 2, 3, 6, 7, 8


@dataclass(frozen=True)
class Totals:
    """A sheet of totals that is being written."""

    sheet: Worksheet
    look: Looks
    ranges: Ranges

    def where(self, *conditions: tuple[str, str]) -> str:
        """How many rows fulfil all conditions. Not COUNTIFS: for it a name with * or < would be a pattern."""
        parts = "*".join(f"({self.ranges.of(head)}={wanted})" for head, wanted in conditions)
        return f"=SUMPRODUCT({parts if len(conditions) > 1 else f'{parts}*1'})"

    def number(self, row: int, column: int, formula: str, value: float, *, is_total: bool = False) -> None:
        """A formula with the number that it gives today, for programs that do not reckon."""
        self.sheet.write_formula(
            row, column, formula, self.look.total if is_total else self.look.number, value
        )

    def rates(self, row: int, counts: Counts, *, is_total: bool = False) -> None:
        """The share done and the share done on time; nothing to do has no share."""
        look = self.look.total_share if is_total else self.look.share
        total = xl_rowcol_to_cell(row, TOTAL)
        on_time, late = xl_rowcol_to_cell(row, FIRST_VALUE), xl_rowcol_to_cell(row, FIRST_VALUE + 1)
        for column, done, share in (
            (RATE, f"{on_time}+{late}", counts.rate),
            (ON_TIME_RATE, on_time, counts.on_time_rate),
        ):
            known: float | str = "–" if share is None else share
            self.sheet.write_formula(row, column, f'=IF({total}=0,"–",({done})/{total})', look, known)


def text(words: str) -> str:
    """As a constant of a formula."""
    return '"' + words.replace('"', '""') + '"'


def write_by_unit(totals: Totals, report: Report) -> None:
    """The units' obligations, their sum, and beneath it the duties of the plan."""
    summary = report.summary
    titles = (f"Tổng hợp theo đơn vị {window_name(report)}", _note(report))
    write_heads(totals.sheet, totals.look, titles, UNIT_HEADS)
    for place, unit in enumerate(summary.by_unit):
        _unit_row(totals, FIRST_ROW + place, place + 1, unit)
    if not summary.by_unit:
        totals.sheet.write_string(FIRST_ROW, 1, NOTHING, totals.look.text)
    sums = FIRST_ROW + max(len(summary.by_unit), 1)
    _sums(totals, sums, report)
    _duties_row(totals, sums + 1, report)
    totals.sheet.freeze_panes(FIRST_ROW, 2)
    print_on_a4(totals.sheet, sums + 1, len(UNIT_HEADS) - 1)


def _note(report: Report) -> str:
    return f"{data_until(report.summary.as_of)}. Các số là công thức trên trang “Nhiệm vụ”."


def _unit_row(totals: Totals, row: int, number: int, unit: UnitLine) -> None:
    named = ("Đơn vị thực hiện", xl_rowcol_to_cell(row, 1, col_abs=True))
    totals.sheet.set_row(row, height_of([(unit.unit, UNIT_HEADS[1][1])]))
    totals.sheet.write_number(row, 0, number, totals.look.number)
    totals.sheet.write_string(row, 1, printable_cell(unit.unit), totals.look.text)
    totals.number(row, TOTAL, f"=SUM({xl_range(row, FIRST_VALUE, row, LAST_VALUE)})", unit.counts.total)
    for place, (value, count) in enumerate(zip(Value, unit.counts.four, strict=True)):
        formula = totals.where(named, ("Tính vào", text(IN_WINDOW)), ("Mức độ", text(value.label)))
        totals.number(row, FIRST_VALUE + place, formula, count)
    totals.rates(row, unit.counts)
    ongoing = (named, ("Tính vào", text(ONGOING)))
    reported = totals.where(*ongoing, ("Mức độ", text(level_of_ongoing(is_reported=True))))
    totals.number(row, ON_TIME_RATE + 1, reported, unit.ongoing_reported)
    totals.number(row, ON_TIME_RATE + 2, totals.where(*ongoing), unit.ongoing_total)
    totals.number(row, ON_TIME_RATE + 3, totals.where(named, ("Tính vào", text(CARRIED))), unit.carried_over)


def _sums(totals: Totals, row: int, report: Report) -> None:
    summary = report.summary
    beside = (summary.ongoing_reported, summary.ongoing_total, len(summary.carried_over))
    known = (summary.obligations.total, *summary.obligations.four)
    totals.sheet.write_blank(row, 0, None, totals.look.total)
    totals.sheet.write_string(row, 1, PARTS, totals.look.total_text)
    columns = [*range(TOTAL, LAST_VALUE + 1), *range(ON_TIME_RATE + 1, len(UNIT_HEADS))]
    for column, value in zip(columns, (*known, *beside), strict=True):
        formula = f"=SUM({xl_range(FIRST_ROW, column, row - 1, column)})"
        totals.number(row, column, formula, value, is_total=True)
    totals.rates(row, summary.obligations, is_total=True)


def _duties_row(totals: Totals, row: int, report: Report) -> None:
    """The other denominator: the occurrences, as the sheet by duty has them."""
    counts = report.summary.occurrences
    levels = _levels(max(counts.total, 1))
    totals.sheet.write_blank(row, 0, None, totals.look.total)
    totals.sheet.write_string(row, 1, DUTIES, totals.look.total_text)
    totals.number(
        row, TOTAL, f"=SUM({xl_range(row, FIRST_VALUE, row, LAST_VALUE)})", counts.total, is_total=True
    )
    for place, (value, count) in enumerate(zip(Value, counts.four, strict=True)):
        formula = f"=SUMPRODUCT(('{BY_DUTY}'!{levels}={text(value.label)})*1)"
        totals.number(row, FIRST_VALUE + place, formula, count, is_total=True)
    totals.rates(row, counts, is_total=True)


def _levels(rows: int) -> str:
    column = len(DUTY_HEADS) - 1
    return str(xl_range(FIRST_ROW, column, FIRST_ROW + rows - 1, column))


def write_by_duty(totals: Totals, report: Report) -> None:
    """A duty of the plan at one due date, done when every unit is."""
    titles = (f"Tổng hợp theo nhiệm vụ {window_name(report)}", _note(report))
    write_heads(totals.sheet, totals.look, titles, DUTY_HEADS)
    shared = by_occurrence(report.summary.counted)
    for place, facts in enumerate(shared):
        _duty_row(totals, FIRST_ROW + place, place + 1, facts)
    if not shared:
        totals.sheet.write_string(FIRST_ROW, 2, NOTHING, totals.look.text)
    totals.sheet.freeze_panes(FIRST_ROW, 3)
    print_on_a4(totals.sheet, FIRST_ROW + max(len(shared), 1) - 1, len(DUTY_HEADS) - 1)


def _duty_row(totals: Totals, row: int, number: int, facts: Sequence[Fact]) -> None:
    values = [fact.value for fact in facts if fact.value]
    key = ("Mã kỳ hạn", xl_rowcol_to_cell(row, 1, col_abs=True))
    what = printable_cell(duty(facts[0], MOST_WORDS))
    totals.sheet.set_row(row, height_of([(what, DUTY_HEADS[2][1]), (Value.OPEN.label, DUTY_HEADS[-1][1])]))
    totals.sheet.write_number(row, 0, number, totals.look.number)
    totals.sheet.write_number(row, 1, facts[0].occurrence_id, totals.look.number)
    totals.sheet.write_string(row, 2, what, totals.look.text)
    first, last = 4, 4 + len(VALUES) - 1
    totals.number(row, 3, f"=SUM({xl_range(row, first, row, last)})", len(values))
    for place, value in enumerate(Value):
        formula = totals.where(key, ("Tính vào", text(IN_WINDOW)), ("Mức độ", text(value.label)))
        totals.number(row, first + place, formula, values.count(value))
    totals.sheet.write_formula(
        row, last + 1, _level_of_duty(row, first), totals.look.centred, value_of_occurrence(values).label
    )


def _level_of_duty(row: int, first: int) -> str:
    """Done when all are done, on time when all were; overdue when any is; without rows it is nothing."""
    on_time, late, _open, overdue = (xl_rowcol_to_cell(row, first + place) for place in range(4))
    total = xl_rowcol_to_cell(row, 3)
    done = f"IF({on_time}={total},{text(Value.ON_TIME.label)},{text(Value.LATE.label)})"
    waiting = f"IF({overdue}>0,{text(Value.OVERDUE.label)},{text(Value.OPEN.label)})"
    return f'=IF({total}=0,"",IF({on_time}+{late}={total},{done},{waiting}))'
