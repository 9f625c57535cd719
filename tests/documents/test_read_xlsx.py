"""Excel files: what their reader sees on screen, made here part by part."""

import io
import zipfile

from documents.reading import read_bytes
from duties.papers import Document

SPACES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f"<styleSheet {SPACES}><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/>"
    "<numFmt numFmtId='165' formatCode='mm/yyyy'/></numFmts>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='2'/><xf numFmtId='165'/></cellXfs></styleSheet>"
)


def excel(
    rows: str,
    *,
    merged: str = "",
    state: str = "visible",
    shared: str = "",
    columns: str = "",
    properties: str = "",
) -> Document:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f"<workbook {SPACES}>{properties}<sheets><sheet name='Phụ lục' state='{state}' r:id='r1'/></sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f"<Relationships xmlns='{LINKS}'><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>",
        )
        sheet = f"<worksheet {SPACES}>{columns}<sheetData>{rows}</sheetData>{merged}</worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/sharedStrings.xml", f"<sst {SPACES}>{shared}</sst>")
    return read_bytes(file.getvalue(), "kh.xlsx")


def words(text: str) -> str:
    return f"<c t='inlineStr'><is><t>{text}</t></is></c>"


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.grids[0].rows]


def test_a_row_knows_its_sheet_and_number() -> None:
    source = excel(f"<row r='7'>{words('Họp')}</row>").grids[0].rows[0].source
    assert (source.sheet, source.row) == ("Phụ lục", 7)


def test_numbers_are_written_as_people_write_them() -> None:
    assert cells(excel("<row r='1'><c><v>2025</v></c><c><v>2025.0</v></c><c><v>1.1</v></c></row>")) == [
        ["2025", "2025", "1.1"]
    ]


def test_a_date_is_a_date() -> None:
    assert cells(excel("<row r='1'><c s='1'><v>46203</v></c><c s='2'><v>46203</v></c></row>")) == [
        ["30/06/2026", "46203"]
    ]


def test_a_formula_gives_its_value() -> None:
    assert cells(excel("<row r='1'><c t='str'><f>A1&amp;B1</f><v>Quý II</v></c></row>")) == [["Quý II"]]


def test_shared_words_are_looked_up_and_their_runs_joined() -> None:
    shared = "<si><t>Họp</t></si><si><r><t>Văn </t></r><r><t>phòng</t></r></si>"
    assert cells(excel("<row r='1'><c t='s'><v>1</v></c></row>", shared=shared)) == [["Văn phòng"]]


def test_a_cell_that_is_not_written_is_blank() -> None:
    assert cells(excel("<row r='1'><c r='A1'><v>1</v></c><c r='C1'><v>3</v></c></row>")) == [["1", "", "3"]]


def test_a_cell_merged_downwards_goes_on() -> None:
    rows = f"<row r='1'>{words('Văn phòng')}</row><row r='2'><c r='A2'/></row>"
    found = excel(rows, merged="<mergeCells><mergeCell ref='A1:A2'/></mergeCells>").grids[0]
    assert [row.cells[0].goes_on for row in found.rows] == [False, True]


def test_a_hidden_row_is_left_out_and_said_so() -> None:
    found = excel(f"<row r='1'>{words('Họp')}</row><row r='2' hidden='1'>{words('Ẩn')}</row>")
    assert [(left.text, left.why) for left in found.left_out] == [("Ẩn", "dòng bị ẩn trong trang tính")]
    assert cells(found) == [["Họp"]]


def test_an_error_value_is_no_word() -> None:
    assert cells(excel("<row r='1'><c t='e'><v>#REF!</v></c><c><v>1</v></c></row>")) == [["", "1"]]


def test_a_month_is_a_month_and_not_its_first_day() -> None:
    assert cells(excel("<row r='1'><c s='3'><v>46174</v></c></row>")) == [["06/2026"]]


def test_a_code_is_printed_with_the_places_of_its_format() -> None:
    assert cells(
        excel("<row r='1'><c s='2'><v>1.1000000000000001</v></c><c><v>1.1000000000000001</v></c></row>")
    ) == [["1.10", "1.1"]]


def test_a_book_may_count_its_days_from_1904() -> None:
    counted = excel("<row r='1'><c s='1'><v>44741</v></c></row>", properties="<workbookPr date1904='1'/>")
    assert cells(counted) == [["30/06/2026"]]


def test_a_hidden_column_is_not_read_and_asked_about() -> None:
    document = excel(
        f"<row r='1'>{words('Họp')}{words('ẩn')}</row>",
        columns="<cols><col min='2' max='2' hidden='1'/></cols>",
    )
    assert cells(document) == [["Họp"]]
    assert "cột ẩn (B)" in document.doubts[0].text


def test_a_hidden_row_is_asked_about() -> None:
    document = excel(f"<row r='1'>{words('Họp')}</row><row r='2' hidden='1'>{words('ẩn')}</row>")
    assert "1 dòng ẩn (từ dòng 2)" in document.doubts[0].text


def test_a_formula_without_a_value_is_asked_about() -> None:
    document = excel(f"<row r='1'>{words('Họp')}<c r='B1'><f>A1</f></c></row>")
    assert "ô B1 là công thức chưa có giá trị" in document.doubts[0].text
