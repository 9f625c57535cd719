"""The signed report: what Nghị định 30/2020/NĐ-CP asks of its form, read from the written file."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.default_form import SHIPPED, default_form
from documents.times_widths import named_in_lines, width_mm
from documents.write_docx import write_docx
from duties.progress import Value
from duties.report import Letterhead, Report
from tests.fakes.reports import LETTERHEAD, MADE_ON, carried_over, fact, report, report_of

FACES = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
EMU_PER_MM = 36_000


def written(of: Report, form: bytes | None = None) -> WordDocument:
    return Document(io.BytesIO(write_docx(of, form)))


PAPER = written(report())


def signed(letterhead: Letterhead) -> WordDocument:
    return written(replace(report(), letterhead=letterhead))


def line(paper: WordDocument, start: str) -> Paragraph:
    return next(each for each in paper.paragraphs if each.text.startswith(start))


def lines_of(cell: _Cell) -> list[str]:
    return [each.text for each in cell.paragraphs if each.text]


def head(paper: WordDocument) -> Table:
    return paper.tables[0]


def foot(paper: WordDocument) -> Table:
    return paper.tables[1]


def in_mm(*lengths: Length | None) -> list[int]:
    return [round((length or 0) / EMU_PER_MM) for length in lengths]


def type_of(paragraph: Paragraph) -> tuple[float | None, bool, bool]:
    font = paragraph.runs[0].font
    return (font.size.pt if font.size else None, bool(font.bold), bool(font.italic))


def rules(paper: WordDocument) -> list[float]:
    """How long the drawn lines are, in millimetres."""
    extents = paper.element.body.iter(qn("wp:extent"))
    return [round(int(extent.get("cx")) / EMU_PER_MM, 1) for extent in extents]


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


def test_the_nation_stands_on_one_line_at_13_points() -> None:
    nation, motto = head(PAPER).cell(0, 1).paragraphs[:2]
    assert (nation.text, type_of(nation)) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, True, False))
    assert (motto.text, type_of(motto)) == ("Độc lập - Tự do - Hạnh phúc", (13, True, False))


def test_a_short_name_leaves_the_nation_at_13_points() -> None:
    paper = signed(replace(LETTERHEAD, agency="Sở Nội vụ"))
    assert type_of(head(paper).cell(0, 1).paragraphs[0]) == (13, True, False)


@pytest.mark.parametrize(
    "agency", ["Sở Nội vụ", "Sở Thông tin và Truyền thông", "Sở Lao động – Thương binh và Xã hội"]
)
def test_the_nation_has_room_in_its_column(agency: str) -> None:
    cell = head(signed(replace(LETTERHEAD, agency=agency))).cell(0, 1)
    nation = cell.paragraphs[0]
    size = type_of(nation)[0]
    assert size is not None
    assert cell.width is not None
    assert width_mm(nation.text, size, bold=True) + 4 < cell.width / EMU_PER_MM


def test_the_superior_is_upright_and_the_agency_bold() -> None:
    superior, *agency = [each for each in head(PAPER).cell(0, 0).paragraphs if each.text]
    assert (superior.text, type_of(superior)) == ("UBND TỈNH KHÁNH HÒA", (12, False, False))
    assert [each.text for each in agency] == ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]
    assert {type_of(each) for each in agency} == {(12, True, False)}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("UBND TỈNH KHÁNH HÒA", ["UBND TỈNH KHÁNH HÒA"]),
        ("SỞ Y TẾ VÀ DÂN SỐ TỈNH KHÁNH HÒA", ["SỞ Y TẾ VÀ DÂN SỐ", "TỈNH KHÁNH HÒA"]),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", ["SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"]),
        ("BAN QUẢN LÝ KHU KINH TẾ TỈNH KON TUM", ["BAN QUẢN LÝ KHU KINH TẾ", "TỈNH KON TUM"]),
    ],
)  # fmt: skip
def test_an_office_s_name_breaks_where_its_parts_begin(name: str, lines: list[str]) -> None:
    assert named_in_lines(name, 12, 69, bold=True) == lines


def test_rules_are_drawn_as_long_as_the_decree_says() -> None:
    under_agency, under_motto, under_subject = rules(PAPER)
    assert under_motto == round(width_mm("Độc lập - Tự do - Hạnh phúc", 13, bold=True), 1)
    assert 1 / 3 <= under_agency / width_mm("SỞ THÔNG TIN VÀ", 12, bold=True) <= 1 / 2
    title = line(PAPER, "Kết quả tuyên truyền").text
    assert 1 / 3 <= under_subject / width_mm(title, 14, bold=True) <= 1 / 2


def test_no_rule_is_underlining_or_dashes() -> None:
    xml = etree.tostring(PAPER.element.body, encoding="unicode")
    assert "<w:u " not in xml
    assert "---" not in xml
    assert "___" not in xml


def test_the_head_has_no_borders_and_no_padding() -> None:
    look = head(PAPER)._tbl.tblPr
    borders = look.find(qn("w:tblBorders"))
    assert borders is not None
    assert {edge.get(qn("w:val")) for edge in borders} == {"nil"}
    padding = look.find(qn("w:tblCellMar"))
    assert padding is not None
    assert {side.get(qn("w:w")) for side in padding} == {"0"}


def test_the_number_is_left_to_the_clerk() -> None:
    number = head(PAPER).cell(1, 0).paragraphs[0]
    assert (number.text, type_of(number)) == ("Số:      /BC-STTTT", (13, False, False))


def test_an_agency_without_a_code_is_numbered_bc() -> None:
    assert head(signed(replace(LETTERHEAD, code=""))).cell(1, 0).text == "Số:      /BC"


def test_the_day_is_left_blank_in_italics_on_the_line_of_the_number() -> None:
    dated = head(PAPER).cell(1, 1).paragraphs[0]
    assert (dated.text, type_of(dated)) == ("Khánh Hòa, ngày     tháng 6 năm 2022", (13, False, True))


def test_the_first_two_months_have_a_nought() -> None:
    paper = written(replace(report(), made_on=date(2023, 2, 16)))
    assert head(paper).cell(1, 1).text == "Khánh Hòa, ngày     tháng 02 năm 2023"


def test_the_kind_and_the_subject_are_bold_and_centred() -> None:
    for words in ("BÁO CÁO", "Kết quả tuyên truyền cải cách hành chính quý II năm 2022"):
        found = line(PAPER, words)
        assert (type_of(found), found.alignment) == ((14, True, False), WD_ALIGN_PARAGRAPH.CENTER)


def test_one_addressee_stands_on_the_same_line() -> None:
    assert line(PAPER, "Kính gửi").text == "Kính gửi: UBND tỉnh Khánh Hòa."


def test_several_addressees_stand_each_on_a_line() -> None:
    paper = signed(replace(LETTERHEAD, addressed_to=("UBND tỉnh", "Sở Nội vụ")))
    texts = [each.text for each in paper.paragraphs]
    at = texts.index("Kính gửi:")
    assert texts[at + 1 : at + 3] == ["- UBND tỉnh;", "- Sở Nội vụ."]


def test_a_report_to_nobody_has_no_line_for_it() -> None:
    assert "Kính gửi" not in "".join(
        each.text for each in signed(replace(LETTERHEAD, addressed_to=())).paragraphs
    )


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


def style_of(paragraph: Paragraph) -> str | None:
    return paragraph.style.name if paragraph.style else None


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


def test_whom_it_goes_to_is_listed_in_small_type() -> None:
    cell = foot(PAPER).cell(0, 0)
    assert lines_of(cell) == [
        "Nơi nhận:",
        "- Như trên;",
        "- Sở Nội vụ;",
        "- Ban Giám đốc Sở;",
        "- Các phòng, đơn vị thuộc Sở;",
        "- Lưu: VT, VP.",
    ]
    assert [type_of(each) for each in cell.paragraphs[:2]] == [(12, True, True), (11, False, False)]


def test_without_an_addressee_nobody_is_as_above() -> None:
    assert "- Như trên;" not in lines_of(foot(signed(replace(LETTERHEAD, addressed_to=()))).cell(0, 0))


def test_the_office_may_say_itself_where_it_is_kept() -> None:
    paper = signed(replace(LETTERHEAD, recipients=("Lưu: VT, CNTT (A,02).",)))
    assert lines_of(foot(paper).cell(0, 0))[-1] == "- Lưu: VT, CNTT (A,02)."


def test_the_signer_has_30_millimetres_under_the_authority() -> None:
    cell = foot(PAPER).cell(0, 1)
    assert lines_of(cell) == ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Phạm Duy Lộc"]
    assert {type_of(each) for each in cell.paragraphs if each.text} == {(14, True, False)}
    (room,) = [each for each in cell.paragraphs if not each.text]
    spacing = room._p.find(f".//{qn('w:spacing')}")
    assert spacing is not None
    assert float(spacing.get(qn("w:line")) or 0) / 1440 * 25.4 >= 30


def test_the_signature_is_not_torn_and_keeps_the_last_words_with_it() -> None:
    assert foot(PAPER)._tbl.find(f".//{qn('w:cantSplit')}") is not None
    closing = line(PAPER, "Trên đây là").style
    assert closing is not None
    assert closing.element.find(f".//{qn('w:keepNext')}") is not None


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


PAPER_OF_40 = written(report(rows=40))


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
