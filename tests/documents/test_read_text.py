"""Plain text and Markdown: paragraphs over wrapped lines, and tables written in three ways."""

from documents.read_text import read_text
from duties.papers import Document, Grid


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in grid.rows]


TABS = "TT\tNhiệm vụ\tChủ trì\tThời hạn\n"
LINES = "\tTT\n\tNhiệm vụ\n\tĐơn vị \nchủ trì\n\tThời hạn\n\n"


def test_a_sentence_cut_by_a_page_is_one_paragraph() -> None:
    cut = "Phổ biến quyền, nghĩa vụ\n\nvà trách nhiệm của cá nhân, tổ chức trong việc giám sát cải cách hành chính ở địa phương mình.\n"
    assert len(texts(read_text(cut, "kh.txt"))) == 1


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Sở Nội vụ chủ trì, phối hợp với\nSở Tư pháp thực hiện Kế hoạch.\n\n- Gạch đầu dòng\n- Gạch nữa\n"
    )
    assert texts(read_text(wrapped, "kh.md")) == [
        "Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp thực hiện Kế hoạch.",
        "- Gạch đầu dòng",
        "- Gạch nữa",
    ]


def test_a_paragraph_knows_its_line_in_the_file() -> None:
    assert [paragraph.source.row for paragraph in read_text("\n\nMột.\n\nHai.", "kh.txt").paragraphs] == [
        3,
        5,
    ]


def test_a_comment_is_no_text_and_moves_no_line() -> None:
    found = read_text("<!-- nguồn:\nweb -->\nKẾ HOẠCH", "kh.md").paragraphs
    assert [(one.text, one.source.row) for one in found] == [("KẾ HOẠCH", 3)]


def test_a_table_with_tabs_gets_its_missing_cells_back() -> None:
    found = read_text(f"{TABS}1\tHọp giao ban\n", "kh.txt").grids[0]
    assert cells(found)[1] == ["1", "Họp giao ban", "", ""]


def test_a_table_with_tabs_goes_on_over_blank_lines() -> None:
    found = read_text(f"{TABS}1\tHọp\tVăn phòng\tQuý I\n\n2\tTập huấn\tThanh tra\tQuý II\n", "kh.txt").grids
    assert [row[0] for row in cells(found[0])] == ["TT", "1", "2"]


def test_a_heading_ends_a_table_with_tabs() -> None:
    document = read_text(f"{TABS}1\tHọp\tVăn phòng\tQuý I\n\nIII. TỔ CHỨC THỰC HIỆN\n", "kh.txt")
    assert texts(document) == ["III. TỔ CHỨC THỰC HIỆN"]


def test_a_cell_with_tabs_goes_on_over_a_line_break() -> None:
    found = read_text(f"{TABS}1\tHọp\tVăn phòng\tQuý I\nvà quý II\n", "kh.txt").grids[0]
    assert cells(found)[1][3] == "Quý I\nvà quý II"


def test_one_cell_a_line_makes_a_table_too() -> None:
    text = f"{LINES}\t1\n\tHọp giao ban\n\t- Văn phòng;\n\n- Thanh tra.\n\tQuý II, IV\n\n\t2\n\tTập huấn\n\tVăn phòng\n\tQuý I\n"
    assert cells(read_text(text, "kh.txt").grids[0])[1:] == [
        ["1", "Họp giao ban", "- Văn phòng;\n- Thanh tra.", "Quý II, IV"],
        ["2", "Tập huấn", "Văn phòng", "Quý I"],
    ]


def test_a_row_of_single_cells_that_lacks_its_last_ends_at_the_next_number() -> None:
    text = f"{LINES}\t1\n\tHọp giao ban\n\tVăn phòng\n\n\t2\n\tTập huấn\n\tVăn phòng\n\tQuý I\n"
    assert [row[0] for row in cells(read_text(text, "kh.txt").grids[0])] == ["TT", "1", "2"]


def test_text_below_a_table_of_single_cells_is_text_again() -> None:
    text = f"{LINES}\t1\n\tHọp giao ban\n\tVăn phòng\n\tQuý I\n\nTrên đây là Kế hoạch của Sở.\n"
    assert texts(read_text(text, "kh.txt")) == ["Trên đây là Kế hoạch của Sở."]


def test_a_letterhead_with_tabs_is_no_table() -> None:
    assert read_text("\tUBND TỈNH HÀ TĨNH\n\nSỞ TÀI CHÍNH\n\tCỘNG HÒA XÃ HỘI\n", "kh.txt").grids == ()


def test_a_table_with_bars_is_a_table() -> None:
    found = read_text("| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| **1.** | Họp | |\n", "kh.md").grids[0]
    assert cells(found) == [["TT", "Nhiệm vụ", "Chủ trì"], ["1.", "Họp", ""]]


def test_rows_are_counted_in_their_table() -> None:
    document = read_text(f"{TABS}1\tHọp\n\nIII. KHÁC\n\n{TABS}1\tHọp\n", "kh.txt")
    assert [(row.source.table, row.source.row) for grid in document.grids for row in grid.rows] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]
