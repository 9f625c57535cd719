"""Web pages: what their reader sees, without menus, with merged cells and lists."""

from documents.reading import read_bytes
from duties.papers import Document


def page(body: str, head: str = "<meta charset='utf-8'>", code: str = "utf-8") -> Document:
    return read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(code), "kh.html")


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(document: Document) -> list[list[str]]:
    return [["^" if cell.goes_on else cell.text for cell in row.cells] for row in document.grids[0].rows]


HEADER = "<tr><th>TT</th><th>Nhiệm vụ</th><th>Chủ trì</th><th>Thời hạn</th></tr>"


def test_words_are_read_without_menus_and_scripts() -> None:
    menu = "<ul><li><a href='/'>Trang chủ</a></li><li><a>Tin tức</a></li><li><a>Liên hệ</a></li></ul>"
    document = page(f"<nav>Menu</nav>{menu}<script>var a;</script><p>KẾ HOẠCH</p><footer>Bản quyền</footer>")
    assert texts(document) == ["KẾ HOẠCH"]


def test_what_is_not_shown_is_not_read() -> None:
    assert texts(page("<p style='display: none'>ẩn</p><p hidden>ẩn</p><del>bỏ</del><p>hiện</p>")) == ["hiện"]


def test_line_breaks_of_the_source_are_spaces_and_br_is_a_line() -> None:
    assert texts(page("<p>Một\nhai.<br>Ba.</p>")) == ["Một hai.", "Ba."]


def test_items_of_a_list_get_their_signs() -> None:
    lists = "<ul><li>Họp</li><li>- Báo cáo</li></ul><ol start=2><li>Hai</li></ol><ol type=a><li>Một</li></ol>"
    assert texts(page(lists)) == ["- Họp", "- Báo cáo", "2. Hai", "a) Một"]


def test_the_bullets_of_word_are_bullets() -> None:
    marked = "<p><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Họp giao ban.</p>"
    assert texts(page(marked)) == ["- Họp giao ban."]


def test_merged_cells_keep_their_columns() -> None:
    rows = "<tr><td rowspan=2>1</td><td>Họp</td><td colspan=2>Văn phòng</td></tr><tr><td>Nghe</td><td>A</td><td>B</td></tr>"
    assert cells(page(f"<table>{HEADER}{rows}</table>"))[1:] == [
        ["1", "Họp", "Văn phòng", ""],
        ["^", "Nghe", "A", "B"],
    ]


def test_paragraphs_in_a_cell_are_lines() -> None:
    row = "<tr><td>1</td><td><p>- Họp</p><p>- Nghe</p></td><td>A<br>B</td><td></td></tr>"
    assert cells(page(f"<table>{HEADER}{row}</table>"))[1] == ["1", "- Họp\n- Nghe", "A\nB", ""]


def test_a_table_that_only_places_things_is_opened() -> None:
    inner = f"<table>{HEADER}<tr><td>1</td><td>Họp</td><td>A</td><td>Quý I</td></tr></table>"
    document = page(f"<table><tr><td>Menu</td><td><p>KẾ HOẠCH</p>{inner}</td></tr></table>")
    assert texts(document) == ["Menu", "KẾ HOẠCH"]
    assert cells(document)[1] == ["1", "Họp", "A", "Quý I"]


def test_a_page_in_the_vietnamese_code_is_read() -> None:
    decomposed = "<p>Ke\u0302\u0301 hoạch</p>".replace("e\u0302", "ê").replace("ạ", "a\u0323")
    document = page(decomposed, "<meta charset=windows-1258>", "cp1258")
    assert texts(document) == ["Kế hoạch"]


def test_a_page_under_the_name_of_a_word_file_is_read() -> None:
    found = read_bytes("<html><body><p>Kế hoạch</p></body></html>".encode(), "kh.doc")
    assert texts(found) == ["Kế hoạch"]


def test_a_page_saved_with_its_pictures_is_read() -> None:
    saved = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Kế hoạch</p>\r\n--X--\r\n"
    )
    assert texts(read_bytes(saved.encode(), "kh.mht")) == ["Kế hoạch"]


def test_tables_deep_in_one_another_are_read_at_once() -> None:
    deep = "<table><tr><td>" * 60 + "Họp" + "</td></tr></table>" * 60
    assert texts(page(deep)) == ["Họp"]
