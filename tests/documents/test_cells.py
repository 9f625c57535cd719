"""What is cleaned away from a cell, and what becomes a line of its own."""

import unicodedata

import pytest

from documents.cells import clean_cell, clean_line, without_marks
from duties.papers import Cell


def test_text_is_composed_and_its_spaces_are_plain() -> None:
    decomposed = unicodedata.normalize("NFD", "Thường  xuyên\u00a0trong\u200b năm")
    assert clean_line(decomposed) == "Thường xuyên trong năm"


@pytest.mark.parametrize(
    ("printed", "lines"),
    [
        (
            "<ul style='x'>- Họp giao ban;- Cập nhật tin, bài.</ul>",
            ["- Họp giao ban;", "- Cập nhật tin, bài."],
        ),
        (
            "<p>- Văn bản hướng dẫn; - Văn bản triển khai.</p>",
            ["- Văn bản hướng dẫn;", "- Văn bản triển khai."],
        ),
        ("<ul><li>Họp</li><li>Tập huấn</li></ul>", ["- Họp", "- Tập huấn"]),
        ("Kế hoạch (<i>ban hành kèm theo</i>)", ["Kế hoạch (ban hành kèm theo)"]),
        ("Công khai: + Thông báo; + Mô hình", ["Công khai:", "+ Thông báo;", "+ Mô hình"]),
        ("Quý I<br/>Quý II", ["Quý I", "Quý II"]),
        ("giai đoạn 2021 - 2030", ["giai đoạn 2021 - 2030"]),
        ("TT&amp;TT", ["TT&TT"]),
        ("dưới 5 < 10 ngày", ["dưới 5 < 10 ngày"]),
    ],
)
def test_each_paragraph_or_bullet_of_a_cell_is_a_line(printed: str, lines: list[str]) -> None:
    assert clean_cell(printed).split("\n") == lines


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("**IV. TỔ CHỨC**", "IV. TỔ CHỨC"),
        ("## KẾ HOẠCH", "KẾ HOẠCH"),
        ("*Đơn vị phối hợp: *Sở Tư pháp", "Đơn vị phối hợp: Sở Tư pháp"),
        ("* Họp giao ban", "- Họp giao ban"),
    ],
)
def test_marks_of_markdown_are_no_words(line: str, bare: str) -> None:
    assert without_marks(line) == bare


def test_a_sub_bullet_belongs_to_the_bullet_above_it() -> None:
    assert Cell("- Kế hoạch:\n+ PAPI\n+ PCI\n- Báo cáo").bullets == ("Kế hoạch: + PAPI + PCI", "Báo cáo")


@pytest.mark.parametrize("text", ["", " ", "-", "…", "..."])
def test_a_dash_or_dots_is_a_blank_cell(text: str) -> None:
    assert Cell(text).is_blank
