"""The Excel file of a report, opened again: rows, real dates, formulas with their numbers, and text that stays text."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.write_xlsx import write_xlsx
from duties.progress import Value
from duties.report import Report
from duties.summary import Counts
from tests.fakes.reports import AS_OF, MADE_ON, WINDOW, carried_over, fact, report, report_of

FIRST = 5
ROWS, BY_UNIT, BY_DUTY, HOW = "Nhiệm vụ", "Theo đơn vị", "Theo nhiệm vụ", "Cách tính"


def opened(of: Report, *, numbers: bool = True) -> Workbook:
    """With the numbers that formulas give, or with the formulas themselves."""
    return load_workbook(io.BytesIO(write_xlsx(of)), data_only=numbers)


def sheet(of: Report, name: str = ROWS, *, numbers: bool = True) -> Worksheet:
    found = opened(of, numbers=numbers)[name]
    assert isinstance(found, Worksheet)
    return found


def column(of: Worksheet, head: str) -> str:
    return next(cell.column_letter for cell in of[FIRST - 1] if cell.value == head)


def value(of: Worksheet, head: str, row: int = FIRST) -> object:
    return of[f"{column(of, head)}{row}"].value


def test_each_obligation_has_a_row_in_the_order_of_the_report() -> None:
    of = report(rows=12)
    units = [row[3].value for row in sheet(of).iter_rows(min_row=FIRST)]
    assert units == [row.fact.unit for row in of.rows]


def test_dates_are_dates() -> None:
    extended = replace(fact(1), extended=True, due=date(2022, 6, 10))
    known = sheet(report_of([extended]))
    days = [value(known, head) for head in ("Hạn gốc", "Gia hạn đến", "Ngày hoàn thành")]
    assert days == [datetime(2022, 5, 31), datetime(2022, 6, 10), datetime(2022, 5, 29)]  # noqa: DTZ001
    assert known[f"{column(known, 'Hạn gốc')}{FIRST}"].number_format == "dd/mm/yyyy"


def test_what_is_not_counted_says_why() -> None:
    ongoing = replace(
        fact(2, value=None), ongoing=True, window=WINDOW.key, original_last_day=None, period=None
    )
    dropped = replace(fact(3, value=None), not_applicable=True)
    known = sheet(report_of([fact(1), ongoing, dropped], carried=[carried_over(4)]))
    assert [value(known, "Tính vào", row) for row in range(FIRST, FIRST + 4)] == [
        "đến hạn trong kỳ",
        "thường xuyên",
        "không áp dụng",
        "kỳ trước chuyển sang",
    ]


def test_the_words_of_a_unit_are_whole() -> None:
    of = report_of([fact(1)])
    long = "rất dài " * 200
    told = replace(of.rows[0], quotes=(replace(of.rows[0].quotes[0], text=long),))
    assert long.strip() in str(value(sheet(replace(of, rows=(told,))), "Kết quả đơn vị báo"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "{=1}", "https://a.vn"]
)
def test_no_words_of_a_unit_become_a_formula(text: str) -> None:
    strange = replace(
        fact(1, value=Value.OVERDUE), content=text, obstacle=text, unit=text, code=text, group=text
    )
    known = sheet(report_of([strange]), numbers=False)
    shown = [cell for cell in known[FIRST] if cell.value == text]
    assert {(cell.data_type, cell.hyperlink, cell.quotePrefix) for cell in shown} == {("s", None, True)}
    assert len(shown) == 6


def four(of: Worksheet, row: int) -> tuple[object, ...]:
    return tuple(cell.value for cell in of[row][3:7])


def last_rows(of: Report) -> tuple[int, int]:
    """Where the sum of the obligations stands, and beneath it the duties."""
    units = max(len(of.summary.by_unit), 1)
    return FIRST + units, FIRST + units + 1


@pytest.mark.parametrize("rows", [1, 7, 60])
def test_the_four_values_are_those_of_the_summary_for_each_unit_and_in_all(rows: int) -> None:
    of = report(rows=rows)
    known = sheet(of, BY_UNIT)
    for place, unit in enumerate(of.summary.by_unit):
        assert (known[FIRST + place][1].value, four(known, FIRST + place)) == (unit.unit, unit.counts.four)
    units, duties = last_rows(of)
    assert (four(known, units), four(known, duties)) == (
        of.summary.obligations.four,
        of.summary.occurrences.four,
    )


def test_every_total_is_a_formula() -> None:
    of = report(rows=12)
    known = sheet(of, BY_UNIT, numbers=False)
    for row in range(FIRST, last_rows(of)[1] + 1):
        assert {cell.data_type for cell in known[row][2:9]} == {"f"}


def test_nothing_to_do_has_no_share() -> None:
    known = sheet(report_of([]), BY_UNIT)
    assert known[last_rows(report_of([]))[0]][7].value == "–"


def test_a_duty_is_as_late_as_its_latest_unit() -> None:
    both = report_of([fact(1), fact(2, unit=1, value=Value.LATE)])
    known = sheet(both, BY_DUTY)
    assert (known[FIRST][3].value, known[FIRST][8].value) == (2, "hoàn thành quá hạn")
    assert both.summary.occurrences == Counts(late=1)


def test_it_tells_how_it_counts() -> None:
    said = "\n".join(str(row[0].value) for row in sheet(report(), HOW).iter_rows())
    assert f"Số liệu tính đến hết ngày {AS_OF:%d/%m/%Y}" in said
    assert "sửa cột “Mức độ” hoặc “Tính vào”" in said


@pytest.mark.parametrize("name", [ROWS, BY_UNIT, BY_DUTY, HOW])
def test_each_sheet_prints_on_a4_across_with_its_page_number(name: str) -> None:
    page = sheet(report(), name)
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.HeaderFooter.oddFooter is not None
    assert str(page.HeaderFooter.oddFooter.center.text).endswith("Trang &P/&N")


@pytest.mark.parametrize("name", [ROWS, BY_UNIT, BY_DUTY])
def test_the_heads_stay_in_sight_and_come_again_on_each_page(name: str) -> None:
    page = sheet(report(), name)
    assert str(page.freeze_panes)[1:] == str(FIRST)
    assert page.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"


def test_the_rows_can_be_filtered() -> None:
    assert sheet(report(rows=12)).auto_filter.ref == f"A{FIRST - 1}:X{FIRST + 11}"


def test_it_is_written_in_times_new_roman() -> None:
    book = opened(report())
    assert {
        cell.font.name for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value
    } == {"Times New Roman"}


def test_an_empty_window_says_so() -> None:
    assert sheet(report_of([]))[f"C{FIRST}"].value == "Không có nhiệm vụ nào trong kỳ."


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_xlsx(report()) == write_xlsx(report())


def test_it_is_dated_by_the_report_and_not_by_the_hour_of_writing() -> None:
    created = opened(report()).properties.created
    assert created is not None
    assert created.date() == MADE_ON


TEXTS = st.text(max_size=60)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=25, deadline=None)
def test_whatever_people_write_the_file_is_whole(content: str, obstacle: str, name: str) -> None:
    strange = replace(
        fact(1, value=Value.OVERDUE), content=content, obstacle=obstacle, unit=name, group=obstacle
    )
    known = sheet(report_of([strange]), BY_UNIT)
    assert four(known, FIRST) == (0, 0, 0, 1)


def test_words_longer_than_a_cell_are_cut_with_a_sign() -> None:
    known = sheet(report_of([replace(fact(1), content="dài " * 10_000)]))
    shown = str(value(known, "Nội dung nhiệm vụ"))
    assert (len(shown), shown[-1]) == (32_767, "…")
