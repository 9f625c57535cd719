"""The appendices of a report: across the page, every obligation on a row, the units' totals those of the summary."""

from dataclasses import replace
from datetime import date

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from duties.report import Report
from tests.fakes.reports import carried_over, fact, report, report_of
from tests.fakes.word_papers import PAPER, line, type_of, written

PAPER_OF_40 = written(report(rows=40))


def test_the_appendices_lie_across_in_sections_of_their_own() -> None:
    assert [page.orientation for page in PAPER.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.LANDSCAPE,
    ]


def test_an_appendix_is_named_in_the_body_and_on_its_head() -> None:
    assert "Phụ lục I, theo từng đơn vị tại Phụ lục II" in line(PAPER, "Chi tiết từng nhiệm vụ").text
    assert type_of(line(PAPER, "Phụ lục I")) == (14, True, False)
    attached = line(PAPER, "(Kèm theo Báo cáo số")
    assert type_of(attached) == (14, False, True)
    assert attached.text.endswith("tháng 6 năm 2022 của Sở Thông tin và Truyền thông)")


@pytest.mark.parametrize("place", [2, 3])
def test_the_head_row_comes_again_on_each_page_and_no_row_is_torn(place: int) -> None:
    first, *others = PAPER.tables[place]._tbl.tr_lst
    assert first.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in (first, *others))


@pytest.mark.parametrize("place", [2, 3])
def test_an_appendix_is_as_wide_as_its_page(place: int) -> None:
    widths = [float(each.get(qn("w:w")) or 0) for each in PAPER.tables[place]._tbl.tblGrid]
    assert sum(widths) / 1440 * 25.4 == pytest.approx(252, abs=0.5)


def cells_of(of: Report, number: int) -> list[str]:
    """The row of the first appendix with this TT."""
    return next(
        [cell.text for cell in row.cells]
        for row in written(of).tables[2].rows
        if row.cells[0].text == str(number)
    )


def test_a_row_tells_all_that_is_known_of_an_obligation() -> None:
    known = cells_of(report_of([fact(1)]), 1)
    assert known[1].startswith("1.1 Tuyên truyền mục tiêu")
    assert known[3:] == [
        "Văn phòng Sở",
        "Các phòng, đơn vị thuộc Sở",
        "31/05/2022",
        "29/05/2022\n4 tin, 2 bài\n“Đã phổ biến tại giao ban, đăng Trang TTĐT” (29/05/2022)",
        "hoàn thành đúng hạn",
        "12/BC-VP\nanh hoi nghi.jpg\n1 liên kết",
        "",
    ]


def test_an_extension_keeps_both_days() -> None:
    given = replace(fact(1), extended=True, due=date(2022, 6, 10))
    assert cells_of(report_of([given]), 1)[5] == "31/05/2022\ngia hạn 10/06/2022"


def test_a_duty_of_two_units_is_told_in_full_once() -> None:
    both = report_of([fact(1), fact(2, unit=1)])
    assert cells_of(both, 2)[1] == "1.1 (như TT 1), quý II"


def test_what_came_from_before_stands_last_and_apart() -> None:
    rows = written(report_of([fact(1)], carried=[carried_over(2)])).tables[2].rows
    assert [rows[-2].cells[0].text, rows[-1].cells[0].text] == [
        "Kỳ trước chuyển sang (không tính vào tỷ lệ của kỳ)",
        "2",
    ]


def test_the_totals_of_the_units_are_those_of_the_summary() -> None:
    of = report(rows=40)
    total, duties = ([cell.text for cell in row.cells][2:8] for row in PAPER_OF_40.tables[3].rows[-2:])
    for printed, counts in ((total, of.summary.obligations), (duties, of.summary.occurrences)):
        assert printed[:5] == [str(number) for number in (counts.total, *counts.four)]
