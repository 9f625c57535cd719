"""The evidence pack: folders by duty, names that any computer can hold, and an index that hides nothing that is missing."""

import io
import re
import tracemalloc
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from openpyxl import load_workbook

from documents.write_pack import INDEX_HTML, INDEX_XLSX, Packed, PackFile, write_pack
from duties.progress import Value
from duties.report import Proof, Report, Row
from tests.fakes.reports import PICTURE, fact, report_of

BOTH = report_of([fact(1), fact(2, unit=1, duty=1, value=Value.OVERDUE)])


def proof(name: str, number: int = 1, media_type: str = "application/pdf") -> Proof:
    return replace(PICTURE, name=name, sha256=f"{number:064}", media_type=media_type)


def handed_in(row: Row, name: str = "báo cáo.pdf", number: int = 1, content: bytes = b"%PDF") -> PackFile:
    return PackFile(row, proof(name, number), lambda: io.BytesIO(content))


def lost(row: Row) -> PackFile:
    def gone() -> BinaryIO:
        raise FileNotFoundError

    return PackFile(row, proof("mất.pdf"), gone)


def packed(*files: PackFile, of: Report = BOTH) -> ZipFile:
    target = io.BytesIO()
    write_pack(target, of, files)
    return ZipFile(target)


def paths(pack: ZipFile) -> list[str]:
    return [name for name in pack.namelist() if not name.startswith("00 - ")]


def page(pack: ZipFile) -> html.HtmlElement:
    return html.document_fromstring(pack.read(INDEX_HTML).decode())


def index_rows(pack: ZipFile) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(pack.read(INDEX_XLSX))).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


def test_a_file_lies_in_the_folder_of_its_duty_under_its_unit() -> None:
    (path,) = paths(packed(handed_in(BOTH.rows[0])))
    assert path == "01 - 1.1 Tuyên truyền mục tiêu, nội dung trọng tâm…/Văn phòng Sở - báo cáo.pdf"


def test_the_bytes_are_those_that_were_given() -> None:
    pack = packed(handed_in(BOTH.rows[0], content=b"mot hai ba"))
    assert pack.read(paths(pack)[0]) == b"mot hai ba"


def test_two_files_of_one_name_are_both_kept() -> None:
    row = BOTH.rows[0]
    names = [
        path.rpartition(" - ")[2] for path in paths(packed(handed_in(row), handed_in(row, "BÁO CÁO.pdf", 2)))
    ]
    assert names == ["báo cáo.pdf", "BÁO CÁO (2).pdf"]


def test_one_file_of_two_units_for_one_duty_lies_there_once() -> None:
    shared = report_of([fact(1), fact(2, unit=1)])
    pack = packed(*(handed_in(row) for row in shared.rows), of=shared)
    assert len(paths(pack)) == 1
    assert [row[5] for row in index_rows(pack)] == paths(pack) * 2


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\Windows\\a.exe",
        "a\0b.pdf",
        "CON.pdf",
        "...",
        " . ",
        "a:b|c?.pdf",
        "báo cáo\u202efdp.exe",
        "",
    ],
)
def test_no_name_leaves_its_folder(name: str) -> None:
    (path,) = paths(packed(handed_in(BOTH.rows[0], name)))
    folder, _, file = path.partition("/")
    assert folder.startswith("01 - ")
    assert not re.search(r'[<>:"\\|?*/\x00-\x1f\u202e]', file)


NAMES = st.text(max_size=150)


@given(NAMES, NAMES, NAMES)
@settings(max_examples=40, deadline=None)
def test_any_name_fits_windows_and_is_composed(name: str, unit: str, content: str) -> None:
    of = report_of([replace(fact(1), unit=unit, content=content)])
    (path,) = paths(packed(handed_in(of.rows[0], name), of=of))
    assert unicodedata.is_normalized("NFC", path)
    assert len(path) < 190
    assert all(part == part.strip(" .") and part for part in path.split("/"))


def test_vietnamese_names_are_marked_as_unicode() -> None:
    unicode_flag = 0x800
    pack = packed(handed_in(BOTH.rows[0]))
    assert all(info.flag_bits & unicode_flag for info in pack.infolist())


def test_a_file_carries_the_hour_in_which_it_was_given() -> None:
    pack = packed(handed_in(BOTH.rows[0]))
    assert pack.infolist()[0].date_time == (2022, 6, 1, 9, 0, 0)


@pytest.mark.parametrize(("media_type", "how"), [("image/jpeg", ZIP_STORED), ("text/plain", ZIP_DEFLATED)])
def test_what_is_packed_already_is_only_stored(media_type: str, how: int) -> None:
    file = PackFile(BOTH.rows[0], proof("a", media_type=media_type), lambda: io.BytesIO(b"a"))
    assert packed(file).infolist()[0].compress_type == how


def test_the_index_names_what_is_missing() -> None:
    pack = packed()
    assert [row[5] for row in index_rows(pack)] == ["", "Chưa có tài liệu kiểm chứng"]
    assert "1/2 phần việc có tài liệu kiểm chứng" in page(pack).text_content()


def test_what_does_not_apply_needs_no_proof() -> None:
    of = report_of([fact(1), replace(fact(2, value=Value.OPEN), not_applicable=True)])
    pack = packed(of=of)
    assert [row[5] for row in index_rows(pack)] == ["", ""]
    assert "1/1 phần việc có tài liệu kiểm chứng" in page(pack).text_content()


def test_a_file_that_was_lost_stops_nothing_and_is_named() -> None:
    target = io.BytesIO()
    done = write_pack(target, BOTH, [lost(BOTH.rows[0]), handed_in(BOTH.rows[1])])
    assert done == Packed(files=1, lost=("mất.pdf",))
    assert "Không mở được tệp đã lưu: mất.pdf" in page(ZipFile(target)).text_content()


def test_a_file_is_a_link_into_its_folder() -> None:
    pack = packed(handed_in(BOTH.rows[0], "số 1 & 2#.pdf"))
    hrefs = [link.get("href") for link in page(pack).iter("a")]
    assert unquote(str(hrefs[0])) == paths(pack)[0]


def with_links(*links: str) -> Report:
    return replace(BOTH, rows=(replace(BOTH.rows[0], links=links), BOTH.rows[1]))


def test_only_web_addresses_become_links() -> None:
    of = with_links("https://a.vn/1", "javascript:alert(1)", "http://[", "file:///etc/passwd")
    hrefs = [link.get("href") for link in page(packed(of=of)).iter("a")]
    assert hrefs == ["https://a.vn/1"]


def test_words_are_words_in_the_page() -> None:
    strange = report_of([replace(fact(1), unit="<script>alert(1)</script>", content='"><img src=x>')])
    tags = {each.tag for each in page(packed(of=strange)).iter()}
    assert not tags & {"script", "img"}


def test_the_page_may_fetch_nothing() -> None:
    policy = page(packed()).find(".//meta[@http-equiv]")
    assert policy is not None
    assert str(policy.get("content")).startswith("default-src 'none'")


def test_no_words_of_a_unit_become_a_formula() -> None:
    strange = report_of([replace(fact(1), unit="=1+1", content="@SUM(A1)")])
    sheet = load_workbook(io.BytesIO(packed(of=strange).read(INDEX_XLSX))).worksheets[0]
    assert {cell.data_type for cell in sheet[5] if cell.value} == {"s"}


def test_an_empty_window_gives_a_pack_with_its_index() -> None:
    assert packed(of=report_of([])).namelist() == [INDEX_XLSX, INDEX_HTML]


def test_progress_is_told_file_by_file() -> None:
    told: list[int] = []
    write_pack(io.BytesIO(), BOTH, [handed_in(row) for row in BOTH.rows], told.append)
    assert told == [1, 2]


def test_the_files_are_not_held_in_memory(tmp_path: Path) -> None:
    """Forty files of a megabyte, each made when it is asked for."""
    row, megabyte = BOTH.rows[0], b"x" * (1 << 20)
    files = (handed_in(row, "a.pdf", number, megabyte) for number in range(40))
    tracemalloc.start()
    with (tmp_path / "pack.zip").open("wb") as target:
        write_pack(target, BOTH, files)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * (1 << 20)


def test_the_same_files_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        write_pack(target, BOTH, [handed_in(row) for row in BOTH.rows])
    assert first.getvalue() == second.getvalue()
