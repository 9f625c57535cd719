"""The head and the foot of a signed report: the nation, the agency, number and day, whom it goes to, who signs."""

from dataclasses import replace
from datetime import date

import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

from documents.times_widths import named_in_lines, width_mm
from tests.fakes.reports import LETTERHEAD, report
from tests.fakes.word_papers import EMU_PER_MM, PAPER, line, lines_of, signed, type_of, written


def head(paper: WordDocument) -> Table:
    return paper.tables[0]


def foot(paper: WordDocument) -> Table:
    return paper.tables[1]


def rules(paper: WordDocument) -> list[float]:
    """How long the drawn lines are, in millimetres."""
    extents = paper.element.body.iter(qn("wp:extent"))
    return [round(int(extent.get("cx")) / EMU_PER_MM, 1) for extent in extents]


def test_the_nation_stands_on_one_line_above_its_motto() -> None:
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


# --- the foot


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
