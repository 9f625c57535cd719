"""Nothing is dropped in silence: every row and line is a duty, or is told with the reason."""

from hypothesis import given
from hypothesis import strategies as st

from duties.deadline import Years
from duties.intake import read_plan
from duties.papers import Document
from tests.fakes.papers import HEADER, read_body, read_table, sample, table


def test_it_leaves_out_an_assignment_without_a_time_with_that_reason() -> None:
    left = {left.text[:27]: left.why for left in sample("binh-dinh-sldtbxh-2023.txt").left_out}
    assert left["Công đoàn cơ sở, Đoàn Thanh"] == "nêu việc của đơn vị nhưng không nêu thời hạn"


def test_it_leaves_out_the_aims_in_one_line() -> None:
    left = [left.text for left in sample("binh-dinh-sldtbxh-2023.txt").left_out]
    assert left.count("I. MỤC ĐÍCH, YÊU CẦU") == 1


def test_it_leaves_out_a_table_without_work_row_by_row() -> None:
    prices = table(("Mặt hàng", "Đơn giá"), ("Giấy A4", "70.000"))
    draft = read_plan(Document("bảng giá", (prices,)), years=Years.of(2026))
    assert [left.source.row for left in draft.left_out] == [1, 2]


def test_it_keeps_a_row_whose_other_cells_are_blank() -> None:
    draft = read_table(
        ("1", "Rà soát thủ tục hành chính", "", "", ""), ("2", "Họp giao ban", "Văn phòng", "", "Hằng quý")
    )
    assert [duty.code for duty in draft.duties] == ["1", "2"]


def test_it_says_that_the_header_was_printed_again() -> None:
    draft = read_table(
        ("1", "Họp", "Văn phòng", "", "Quý I"), HEADER, ("2", "Họp", "Văn phòng", "", "Quý II")
    )
    assert [left.why for left in draft.left_out] == ["dòng tiêu đề của bảng in lặp lại"]


def test_it_says_that_the_columns_were_numbered() -> None:
    draft = read_table(("(1)", "(2)", "(3)", "(4)", "(5)"), ("1", "Họp", "Văn phòng", "", "Quý I"))
    assert [left.why for left in draft.left_out] == ["dòng đánh số cột"]


CELLS = st.sampled_from(
    ["", "-", "nt", "Văn phòng", "- Thanh tra;\n- Văn phòng.", "Quý I", "(5) và các việc khác", "Tổng cộng"]
)
CODES = st.sampled_from(["", "I", "1", "1.", "1.1", "a", "-", "A.", "2", "A. Nhóm việc"])


@given(st.lists(st.tuples(CODES, st.booleans(), CELLS, CELLS, CELLS), max_size=8))
def test_no_row_is_dropped_in_silence(rows: list[tuple[str, bool, str, str, str]]) -> None:
    told = [
        (code, f"Việc số {place}." if has else "", *rest) for place, (code, has, *rest) in enumerate(rows)
    ]
    draft = read_table(*told)
    kept = " ".join(
        [f"{duty.group} {duty.content}" for duty in draft.duties] + [left.text for left in draft.left_out]
    )
    assert all(row[1] in kept for row in told)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_it_reads_any_text_without_an_error(lines: list[str]) -> None:
    assert read_body(*lines).head.years == Years.of(2026)
