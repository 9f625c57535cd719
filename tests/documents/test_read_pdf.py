"""PDF files: what their reader sees on paper, and which are refused."""

from pathlib import Path

import pytest

from documents import read_pdf
from documents.reading import read_bytes, read_file
from duties.deadline import Years
from duties.errors import UnreadablePlan
from duties.intake import read_plan
from duties.papers import Document
from tests.fakes.pdf_pages import PdfPage, pdf

REFUSED = Path(__file__).parent.parent / "samples" / "refused"
ACROSS = (40, 80, 300, 450, 550)
HEADER = ("TT", "Nhiem vu", "Chu tri", "Thoi han")


def read(*pages: PdfPage) -> Document:
    return read_bytes(pdf(*pages), "kh.pdf")


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in document.grids for row in grid.rows]


def page(*lines: str, top: float = 100) -> PdfPage:
    made = PdfPage()
    for place, line in enumerate(lines):
        made.write(60, top + 15 * place, line)
    return made


LONG = "Van phong So chu tri, phoi hop voi cac phong, don vi thuoc So trien khai cac nhiem vu tai"


def test_lines_that_filled_the_page_are_one_paragraph() -> None:
    assert texts(read(page(LONG, "Ke hoach nay va bao cao."))) == [f"{LONG} Ke hoach nay va bao cao."]


def test_a_line_that_had_room_ends_its_paragraph() -> None:
    assert texts(read(page(LONG, "Ke hoach nay.", "Thanh tra So kiem tra."))) == [
        f"{LONG} Ke hoach nay.",
        "Thanh tra So kiem tra.",
    ]


def test_a_bullet_begins_a_paragraph() -> None:
    assert texts(read(page(LONG, "- Hop giao ban."))) == [LONG, "- Hop giao ban."]


def test_a_sentence_goes_on_over_the_page() -> None:
    assert texts(read(page(LONG), page("ke hoach nay."))) == [f"{LONG} ke hoach nay."]


def test_page_numbers_and_running_heads_are_no_text() -> None:
    pages = [
        page(f"Noi dung {number}.").write(290, 820, str(number)).write(60, 40, "So Noi vu")
        for number in (1, 2)
    ]
    document = read(*pages)
    assert texts(document) == ["Noi dung 1.", "Noi dung 2."]
    assert "So Noi vu" in document.margins


def test_what_stands_side_by_side_is_read_column_by_column() -> None:
    head = PdfPage().write(60, 80, "UBND TINH").write(330, 80, "CONG HOA XA HOI CHU NGHIA VIET NAM")
    head.write(60, 95, "So: 12/KH-SNV").write(360, 95, "Doc lap - Tu do - Hanh phuc")
    assert texts(read(head)) == [
        "UBND TINH",
        "So: 12/KH-SNV",
        "CONG HOA XA HOI CHU NGHIA VIET NAM",
        "Doc lap - Tu do - Hanh phuc",
    ]


def test_a_ruled_table_is_a_table() -> None:
    assert cells(read(PdfPage().table(100, ACROSS, [HEADER, ("1", "Hop", "Van phong", "Quy I")]))) == [
        list(HEADER),
        ["1", "Hop", "Van phong", "Quy I"],
    ]


def test_a_cell_that_wraps_is_one_line() -> None:
    row = ("1", "To chuc hoi nghi tong ket cong tac cai\ncach hanh chinh", "Van phong", "Quy I")
    assert cells(read(PdfPage().table(100, ACROSS, [HEADER, row])))[1][1] == row[1].replace("\n", " ")


def test_a_table_goes_on_over_the_page_with_its_header_once() -> None:
    first = PdfPage().table(700, ACROSS, [HEADER, ("1", "Hop", "Van phong", "Quy I")])
    second = PdfPage().table(60, ACROSS, [HEADER, ("2", "Tap huan", "Thanh tra", "Quy II")])
    assert [row[0] for row in cells(read(first, second))] == ["TT", "1", "2"]


def test_a_row_that_the_page_end_cut_is_one_row() -> None:
    first = PdfPage().table(700, ACROSS, [HEADER, ("1", "To chuc hoi nghi", "Van phong", "Quy I")])
    second = PdfPage().table(
        60, ACROSS, [("", "tong ket nam", "", ""), ("2", "Tap huan", "Thanh tra", "Quy II")]
    )
    assert [row[1] for row in cells(read(first, second))] == [
        "Nhiem vu",
        "To chuc hoi nghi tong ket nam",
        "Tap huan",
    ]


def test_a_table_left_open_at_the_page_end_is_closed() -> None:
    open_table = PdfPage().table(700, ACROSS, [HEADER, ("1", "Hop", "Van phong", "Quy I")])
    for x in ACROSS:
        open_table.rule(x, 760, x, 790)
    open_table.write(43, 772, "2").write(83, 772, "Tap huan")
    assert [row[0] for row in cells(read(open_table))] == ["TT", "1", "2"]


def test_a_row_knows_its_page() -> None:
    first = PdfPage().table(700, ACROSS, [HEADER, ("1", "Hop", "Van phong", "Quy I")])
    second = PdfPage().table(60, ACROSS, [("2", "Tap huan", "Thanh tra", "Quy II")])
    grid = read(first, second).grids[0]
    assert [(row.source.page, row.source.row) for row in grid.rows] == [(1, 1), (1, 2), (2, 3)]


def test_a_page_whose_words_run_upwards_is_turned() -> None:
    turned = PdfPage().write(100, 60, "Mot.", turned=True).write(100, 80, "Hai.", turned=True)
    assert texts(read(turned)) == ["Mot.", "Hai."]


def test_a_printed_plan_gives_dates() -> None:
    sheet = PdfPage().table(100, ACROSS, [HEADER, ("1", "Hop", "Van phong", "30/6/2026")])
    [duty] = read_plan(read(sheet), years=Years.of(2026)).duties
    assert (duty.leads, duty.deadline.phrase, duty.source.page) == (("Van phong",), "30/6/2026", 1)


# --- refused


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadablePlan) as refused:
        read_bytes(content, "kh.pdf")
    return str(refused.value)


def test_a_scanned_file_is_refused() -> None:
    assert "bản PDF này là ảnh quét" in refusal(pdf(PdfPage().picture(), PdfPage().picture()))


def test_one_scanned_page_among_others_is_asked_about() -> None:
    document = read(page(LONG), PdfPage().picture())
    assert "Trang 2 là ảnh quét" in document.doubts[0].text
    assert [left.source.page for left in document.left_out] == [2]


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="đặt mật khẩu"):
        read_file(REFUSED / "co-mat-khau.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7 and no more", pdf(page(LONG))[:300]])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    assert "bị hỏng" in refusal(content) or "không có chữ" in refusal(content)


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_pdf, "MOST_PAGES", 2)
    assert "có 3 trang" in refusal(pdf(page("a"), page("b"), page("c")))


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_pdf, "MOST_SECONDS", -1.0)
    assert "quá phức tạp" in refusal(pdf(page("a")))


def test_words_without_a_table_of_letters_are_refused() -> None:
    unmapped = (
        pdf(page(LONG))
        .replace(b"/Encoding /WinAnsiEncoding ", b"/Encoding /Identity-H ")
        .replace(b"/Type1", b"/Type0")
    )
    said = refusal(unmapped)
    assert "bảng mã" in said or "không có chữ" in said or "bị hỏng" in said


# --- narrow cells, and tables without rules

PRINTED = Path(__file__).parent.parent / "samples" / "printed"


def test_words_that_narrow_cells_broke_are_whole_again() -> None:
    duties = read_plan(read_file(PRINTED / "bang-12-thang.pdf")).duties
    assert [(duty.content, duty.leads, duty.deadline.phrase) for duty in duties] == [
        ("Phát thanh trên loa xã", ("Phòng Truyền thông",), "Tháng 1, Tháng 4, Tháng 7, Tháng 10"),
        ("Hội nghị khách hàng", ("Văn phòng",), "Tháng 6"),
    ]


def test_a_table_without_rules_is_read_by_its_columns() -> None:
    duties = read_plan(read_file(PRINTED / "bang-khong-ke.pdf")).duties
    assert [(duty.code, duty.leads, duty.partners, duty.deadline.phrase) for duty in duties] == [
        ("1", ("Văn phòng Sở",), ("Các phòng, đơn vị",), "30/01/2026"),
        ("2", ("Phòng Nội chính",), (), "Quý II/2026"),
        ("3", ("Thanh tra Sở",), ("Văn phòng Sở",), "Tháng 9/2026"),
    ]


def loose(*rows: tuple[str, ...]) -> Document:
    made = PdfPage()
    for down, row in enumerate((HEADER, *rows)):
        for across, text in zip((40, 80, 300, 450), row, strict=True):
            if text:
                made.write(across, 100 + 15 * down, text)
    return read(made)


def test_a_table_without_rules_is_asked_about() -> None:
    read_so = loose(("1", "Hop giao ban", "Van phong", "Quy II"), ("2", "Kiem tra", "Thanh tra", "Quy III"))
    assert [doubt.text for doubt in read_so.doubts] == [
        "Trang 1 có bảng không kẻ khung, đã xếp theo cột; xin kiểm tra lại."
    ]


def test_numbers_in_the_middle_of_rows_leave_a_loose_table_unread() -> None:
    document = loose(
        ("", "Hop giao", "Van phong", ""),
        ("1", "ban", "So", "Quy II"),
        ("2", "noi bo", "Thanh tra", "Quy III"),
    )
    assert "chưa chia được cột" in document.doubts[0].text
