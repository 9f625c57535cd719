"""Word files: what their reader sees on paper, made here part by part."""

import io
import zipfile

import pytest

from documents.office_zip import LARGEST_PART
from documents.reading import read_bytes
from duties.errors import UnreadablePlan
from duties.papers import Document

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
NUMBERING = (
    f"<w:numbering {SPACES}><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val=''/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
)


def packed(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def word(body: str, **parts: str) -> Document:
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    return read_bytes(packed(document=document, **parts), "kh.docx")


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def listed(level: int) -> str:
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_paragraphs_are_read_in_order_and_counted() -> None:
    found = word(p("KẾ HOẠCH") + p("") + p("I. MỤC TIÊU")).paragraphs
    assert [(one.text, one.source.row) for one in found] == [("KẾ HOẠCH", 1), ("I. MỤC TIÊU", 2)]


def test_automatic_numbers_are_words_of_the_paper() -> None:
    body = (
        p("TỔ CHỨC", listed(0))
        + p("Văn phòng", listed(1))
        + p("Họp", listed(2))
        + p("Thanh tra", listed(1))
        + p("KHÁC", listed(0))
    )
    assert texts(word(body, numbering=NUMBERING)) == [
        "I. TỔ CHỨC",
        "1. Văn phòng",
        "- Họp",
        "2. Thanh tra",
        "II. KHÁC",
    ]


def test_deleted_words_are_gone_and_inserted_ones_are_there() -> None:
    changed = "<w:p><w:del><w:r><w:delText>Quý I</w:delText></w:r></w:del><w:ins><w:r><w:t>Quý II</w:t></w:r></w:ins></w:p>"
    assert texts(word(changed)) == ["Quý II"]


def test_hidden_words_are_not_seen() -> None:
    assert texts(word(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>{p('hiện')}")) == [
        "hiện"
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Số: 12/KH-SNV')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert texts(word(f"<w:p><w:r>{drawn}</w:r></w:p>")) == ["Số: 12/KH-SNV"]


def test_a_sentence_cut_by_a_page_is_one_paragraph() -> None:
    assert texts(word(p("các cơ quan, đơn vị, địa phương") + p("liên quan."))) == [
        "các cơ quan, đơn vị, địa phương liên quan."
    ]


def test_a_line_break_in_a_cell_is_a_line() -> None:
    cell = "<w:tc><w:p><w:r><w:t>- Họp</w:t><w:br/><w:t>- Tập huấn</w:t></w:r></w:p></w:tc>"
    assert word(f"<w:tbl>{tr(cell)}</w:tbl>").grids[0].rows[0].cells[0].lines == ("- Họp", "- Tập huấn")


def test_a_merged_row_covers_all_its_columns() -> None:
    rows = tr(tc("1"), tc("Họp"), tc("Quý I")) + tr(tc("A. Nhóm", "<w:gridSpan w:val='3'/>"))
    assert [len(row.cells) for row in word(f"<w:tbl>{rows}</w:tbl>").grids[0].rows] == [3, 3]


def test_a_cell_merged_downwards_goes_on() -> None:
    rows = tr(tc("Văn phòng", "<w:vMerge w:val='restart'/>")) + tr(tc("", "<w:vMerge/>"))
    assert [row.cells[0].goes_on for row in word(f"<w:tbl>{rows}</w:tbl>").grids[0].rows] == [False, True]


def test_a_table_inside_a_cell_is_text_of_that_cell() -> None:
    inner = f"<w:tc><w:tbl>{tr(tc('Văn phòng'))}</w:tbl>{p('Thanh tra')}</w:tc>"
    assert word(f"<w:tbl>{tr(inner)}</w:tbl>").grids[0].rows[0].cells[0].text == "Văn phòng\nThanh tra"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no zip", b"plain words", packed(other="<a/>"), packed(document="<not closed")]
)
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePlan, match="bị hỏng"):
        read_bytes(content, "kh.docx")


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="mật khẩu"):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "kh.docx")


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="quá lớn"):
        read_bytes(packed(document=" " * (LARGEST_PART + 1)), "kh.docx")


def test_a_file_of_tags_without_end_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="quá lớn"):
        read_bytes(packed(document=f"<a>{'<p/>' * 1_000_001}</a>"), "kh.docx")


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_an_entity_bomb_far_into_a_part_is_refused(code: str) -> None:
    hidden = (
        f'<?xml version="1.0" encoding="{code}"?><!--{" " * 9999}--><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'
    )
    with pytest.raises(UnreadablePlan, match="bị hỏng"):
        read_bytes(packed(document=hidden.encode(code)), "kh.docx")


def test_an_entity_bomb_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="bị hỏng"):
        read_bytes(packed(document='<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'), "kh.docx")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_changes_that_nobody_accepted_are_asked_about() -> None:
    [doubt] = word(f"<w:p><w:ins>{run('Quý II')}</w:ins></w:p>").doubts
    assert "Track Changes" in doubt.text


def test_small_letters_that_word_shows_as_capitals_are_capitals() -> None:
    assert texts(word(f"<w:p>{run('Kế hoạch', '<w:caps/>')}</w:p>")) == ["KẾ HOẠCH"]


def test_a_control_gives_its_words_and_not_its_prompt() -> None:
    filled = f"<w:sdt><w:sdtContent>{run('Quý I')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Bấm vào đây')}</w:sdtContent></w:sdt>"
    assert texts(word(f"<w:p>{filled}{prompt}</w:p>")) == ["Quý I"]


def test_a_table_of_contents_is_no_text_of_the_plan() -> None:
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('I. MỤC TIÊU 2')}</w:sdtContent></w:sdt>"
    )
    assert texts(word(contents + p("I. MỤC TIÊU"))) == ["I. MỤC TIÊU"]


def test_a_bullet_of_a_symbol_font_is_a_bullet() -> None:
    symbol = "<w:r><w:sym w:font='Symbol' w:char='F0B7'/></w:r>"
    assert texts(word(f"<w:p>{symbol}{run(' Họp giao ban')}</w:p>")) == ["• Họp giao ban"]


def test_a_frame_around_a_table_is_opened() -> None:
    inner = f"<w:tbl>{tr(tc('TT'), tc('Nhiệm vụ'), tc('Chủ trì'))}</w:tbl>"
    framed = word(f"<w:tbl><w:tr><w:tc>{p('KẾ HOẠCH')}{inner}</w:tc></w:tr></w:tbl>")
    assert texts(framed) == ["KẾ HOẠCH"]
    assert len(framed.grids[0].rows[0].cells) == 3


def test_a_running_head_is_kept_apart() -> None:
    head = f"<w:hdr {SPACES}>{p('Sở Nội vụ')}</w:hdr>"
    document = word(p("KẾ HOẠCH"), header1=head)
    assert (texts(document), document.margins) == (["KẾ HOẠCH"], ("Sở Nội vụ",))


def test_a_letterhead_in_the_running_head_is_read() -> None:
    head = f"<w:hdr {SPACES}>{p('Số: 12/KH-SNV')}</w:hdr>"
    assert texts(word(p("KẾ HOẠCH"), header1=head)) == ["Số: 12/KH-SNV", "KẾ HOẠCH"]


def test_a_strict_file_is_read() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    content = packed(document=f"<w:document {strict}><w:body>{p('KẾ HOẠCH')}</w:body></w:document>")
    assert texts(read_bytes(content, "kh.docx")) == ["KẾ HOẠCH"]
