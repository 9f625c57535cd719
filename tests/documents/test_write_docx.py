"""The signed report: what Nghị định 30/2020/NĐ-CP asks of its form, read from the written file."""

import io
from dataclasses import replace
from datetime import UTC, datetime, time
from zipfile import ZipFile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.default_form import SHIPPED, default_form
from documents.write_docx import write_docx
from duties.progress import Value
from tests.fakes.reports import LETTERHEAD, MADE_ON, fact, report, report_of
from tests.fakes.word_papers import PAPER, in_mm, line, style_of, written

FACES = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")


def test_the_paper_is_a4_with_the_margins_of_the_decree() -> None:
    page = PAPER.sections[0]
    assert in_mm(page.page_width, page.page_height) == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert in_mm(*margins) == [20, 20, 30, 15]


@pytest.mark.parametrize("place", [qn("w:rPrDefault"), "Normal", "Nội dung", "heading 1", "heading 2"])
def test_times_new_roman_is_set_for_every_script(place: str) -> None:
    styles = PAPER.styles.element.iter(qn("w:style"), qn("w:rPrDefault"))
    found = next(each for each in styles if place in (name_of(each), each.tag))
    fonts = found.find(f".//{qn('w:rFonts')}")
    assert fonts is not None
    assert {fonts.get(qn(face)) for face in FACES} == {"Times New Roman"}


def style(name: str) -> dict[str, str | None]:
    """The settings of a style of the form, by their names and attributes."""
    found = next(each for each in PAPER.styles.element.iter(qn("w:style")) if name_of(each) == name)
    every = (each for each in found.iter() if each.attrib)
    return {f"{tag(each)}.{tag(key)}": value for each in every for key, value in each.attrib.items()}


def name_of(style: etree._Element) -> str | None:
    name = style.find(qn("w:name"))
    return None if name is None else name.get(qn("w:val"))


def tag(of: etree._Element | str) -> str:
    return etree.QName(of).localname


def test_the_body_is_justified_with_a_first_line_and_6_points_between() -> None:
    known = style("Nội dung")
    assert (known["jc.val"], known["ind.firstLine"], known["spacing.after"], known["sz.val"]) == (
        "both",
        "720",
        "120",
        "28",
    )


def test_the_text_is_set_in_the_style_of_the_body() -> None:
    assert {style_of(line(PAPER, start)) for start in ("Thực hiện", "Trong kỳ", "Nhiệm vụ chưa")} == {
        "Nội dung"
    }


def test_parts_are_in_bold_capitals_and_letters_upright() -> None:
    parts = [each.text for each in PAPER.paragraphs if style_of(each) == "Heading 1"]
    assert [part.partition(".")[0] for part in parts] == ["I", "II", "III", "IV", "V"]
    assert all(part.isupper() for part in parts)
    assert not line(PAPER, "a) Tuyên truyền cho cán bộ").runs[0].font.bold


def test_the_text_ends_with_its_sign() -> None:
    assert line(PAPER, "Trên đây là").text.endswith("của Sở Thông tin và Truyền thông./.")


def test_the_first_page_has_no_number_and_each_section_counts_from_1() -> None:
    for page in PAPER.sections:
        assert page.different_first_page_header_footer
        start = page._sectPr.find(qn("w:pgNumType"))
        assert start is not None
        assert start.get(qn("w:start")) == "1"


def test_the_number_stands_in_the_top_margin_in_the_middle() -> None:
    (number,) = PAPER.sections[0].header.paragraphs
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    field = number._p.find(qn("w:fldSimple"))
    assert field is not None
    assert field.get(qn("w:instr")) == " PAGE "
    assert field.find(f".//{qn('w:sz')}").get(qn("w:val")) == "26"
    assert in_mm(PAPER.sections[0].header_distance) == [10]


def test_an_empty_window_says_so_in_every_part() -> None:
    texts = [each.text for each in written(report_of([])).paragraphs]
    for said in (
        "- Trong kỳ không có phần việc nào giao cho các đơn vị.",
        "Trong kỳ (số liệu đến hết ngày 14/06/2022) không có nhiệm vụ nào đến hạn.",
        "Các đơn vị chưa báo cáo số liệu.",
        "Không có nhiệm vụ quá hạn; các đơn vị không nêu khó khăn, vướng mắc.",
    ):
        assert said in texts


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_docx(report()) == write_docx(report())


def test_the_paper_names_its_agency_and_not_its_program() -> None:
    known = PAPER.core_properties
    assert (known.author, known.created) == (LETTERHEAD.agency, datetime.combine(MADE_ON, time(), UTC))


TEXTS = st.text(max_size=60)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=25, deadline=None)
def test_whatever_people_write_the_file_is_whole(content: str, obstacle: str, name: str) -> None:
    strange = replace(
        fact(1, value=Value.OVERDUE), content=content, obstacle=obstacle, unit=name, group=obstacle
    )
    paper = written(report_of([strange], letterhead=replace(LETTERHEAD, agency=name, signer=content)))
    assert len(paper.tables) == 4


def test_braces_in_the_words_of_a_unit_are_words() -> None:
    strange = replace(fact(1, value=Value.OVERDUE), obstacle="{{so_lieu}} {{la}}")
    assert "“{{so_lieu}} {{la}}”" in line(written(report_of([strange])), "- Văn phòng Sở").text


def test_the_shipped_form_is_the_one_we_build() -> None:
    """After a change: `python -m documents.default_form`."""
    with ZipFile(SHIPPED) as shipped, ZipFile(io.BytesIO(default_form())) as built:
        assert {name: shipped.read(name) for name in shipped.namelist()} == {
            name: built.read(name) for name in built.namelist()
        }
