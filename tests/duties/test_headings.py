"""The headings of columns and the labels of lists; `tests/corpus/headings.toml` is the specification."""

import tomllib
from pathlib import Path

import pytest

from duties.headings import Column, Label, read_header, read_labels, recognise
from duties.papers import Cell, Row
from duties.plan import Source

CORPUS = tomllib.loads(
    (Path(__file__).parent.parent / "corpus" / "headings.toml").read_text(encoding="utf-8")
)
WRITTEN = [
    (heading, Column(column)) for column, headings in CORPUS["columns"].items() for heading in headings
]


def row(*texts: str) -> Row:
    return Row(tuple(map(Cell, texts)), Source(row=1, table=1))


@pytest.mark.parametrize(("heading", "column"), WRITTEN, ids=lambda value: str(value).replace("\n", " "))
def test_it_knows_what_a_column_holds(heading: str, column: Column) -> None:
    assert recognise(heading) is column


@pytest.mark.parametrize("heading", CORPUS["none"]["headings"])
def test_it_takes_no_other_words_for_a_heading(heading: str) -> None:
    assert recognise(heading) is None


def test_a_header_says_which_column_is_where() -> None:
    header = read_header([row("Đơn vị thực hiện", "STT", "Nội dung", "Hạn hoàn thành")])
    assert header is not None
    assert (header[Column.LEADS], header[Column.CONTENT], header[Column.DEADLINE]) == (0, 2, 3)


def test_of_two_times_the_one_of_the_end_is_the_deadline() -> None:
    header = read_header([row("TT", "Nhiệm vụ", "Thời gian bắt đầu", "Thời gian hoàn thành")])
    assert header is not None
    assert header[Column.DEADLINE] == 3


def test_the_task_comes_before_the_details_of_it() -> None:
    header = read_header([row("TT", "Nội dung", "Nhiệm vụ", "Chủ trì")])
    assert header is not None
    assert (header[Column.CONTENT], header.details) == (2, (1,))


def test_a_row_of_work_that_sounds_like_headings_is_none() -> None:
    assert read_header([row("1", "Xây dựng nội dung", "Các đơn vị", "Theo tiến độ")]) is None


def test_a_table_without_who_or_when_has_no_header() -> None:
    assert read_header([row("STT", "Nội dung", "Kinh phí")]) is None


def test_two_rows_of_headings_are_one_header() -> None:
    header = read_header(
        [row("TT", "Nhiệm vụ", "Đơn vị", "", "Thời hạn"), row("", "", "Chủ trì", "Phối hợp", "")]
    )
    assert header is not None
    assert (header.rows, header[Column.LEADS], header[Column.PARTNERS]) == (2, 2, 3)


def test_a_label_has_its_value_after_the_colon() -> None:
    assert read_labels("- Đơn vị chủ trì: Sở Tư pháp.") == (Label(Column.LEADS, "Sở Tư pháp."),)


def test_labels_may_follow_each_other_on_a_line() -> None:
    found = read_labels("Đơn vị chủ trì: Văn phòng; Đơn vị phối hợp: Thanh tra; Thời hạn: Quý II")
    assert [(label.column, label.value) for label in found] == [
        (Column.LEADS, "Văn phòng"),
        (Column.PARTNERS, "Thanh tra"),
        (Column.DEADLINE, "Quý II"),
    ]


@pytest.mark.parametrize(
    "line", ["Chế độ báo cáo: Các cơ quan, đơn vị báo cáo.", "Văn phòng Sở: theo dõi.", "Quý II"]
)
def test_other_words_before_a_colon_are_no_label(line: str) -> None:
    assert read_labels(line) == ()
