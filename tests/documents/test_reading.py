"""Files of every kind at the door: read, or refused in one line that says what to do."""

from pathlib import Path

import pytest

from documents.reading import LARGEST, read_bytes, read_file
from duties.errors import UnreadablePlan
from duties.papers import join

SAMPLES = Path(__file__).parent.parent / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(UnreadablePlan) as refused:
        read_bytes(content, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "what_to_do"),
    [
        ("kh.doc", "lưu lại dưới dạng .docx"),
        ("kh.xls", "lưu lại dưới dạng .xlsx"),
        ("kh.zip", "giải nén"),
        ("kh.rtf", "lưu lại dưới dạng .docx"),
        ("kh.pptx", "bản trình chiếu"),
        ("kh.jpg", "là ảnh"),
        ("kh.exe", "không phải loại tệp kế hoạch"),
        ("kh", "không phải loại tệp kế hoạch"),
    ],
)
def test_a_file_of_another_kind_is_told_what_to_do(name: str, what_to_do: str) -> None:
    said = refusal(b"PK", name)
    assert what_to_do in said
    assert f"“{name}”" in said


@pytest.mark.parametrize("content", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "rỗng" in refusal(content, "kh.txt")


def test_a_file_of_marks_alone_has_no_text() -> None:
    assert "không có chữ nào" in refusal(b"---\n***\n", "kh.md")


@pytest.mark.parametrize("content", ["Kế hoạch".encode("cp1258", "replace") + b"\xff\xd0", b"KH\x00\x01\x02"])
def test_a_file_in_another_code_is_asked_for_again_in_utf8(content: bytes) -> None:
    assert "UTF-8" in refusal(content, "kh.txt")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_unicode_text_is_read(code: str) -> None:
    assert read_bytes("Kế hoạch".encode(code), "kh.txt").paragraphs[0].text == "Kế hoạch"


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "lớn hơn 20 MB" in refusal(b"x" * (LARGEST + 1), "kh.txt")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePlan, match="Không thấy tệp"):
        read_file(tmp_path / "kh.txt")


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePlan, match="là thư mục"):
        read_file(tmp_path)


def test_body_and_annex_are_one_plan(tmp_path: Path) -> None:
    body, annex = tmp_path / "kh.txt", tmp_path / "phu-luc.md"
    body.write_text("KẾ HOẠCH", encoding="utf-8")
    annex.write_text("| TT | Nhiệm vụ |\n| 1 | Họp |", encoding="utf-8")
    assert len(join([read_file(body), read_file(annex)]).blocks) == 2


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "kh.docx", "Word đời cũ"),
        (OLE + "Workbook".encode("utf-16-le"), "kh.xlsx", "Excel đời cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "kh.docx", "đặt mật khẩu"),
        (b"{\\rtf1 x}", "kh.docx", "tệp RTF"),
        (b"\x89PNG....", "kh.pdf", "là ảnh"),
        (b"Rar!\x1a", "kh.docx", "tệp nén"),
        (b"%PDF-1.4 broken", "kh.docx", "bị hỏng"),
    ],
)
def test_a_file_is_known_by_its_bytes_whatever_its_name(content: bytes, name: str, what: str) -> None:
    assert what in refusal(content, name)


def test_a_word_file_under_another_name_is_read() -> None:
    content = (SAMPLES / "ha-tinh-stnmt-2024.docx").read_bytes()
    assert read_bytes(content, "ke-hoach.pdf").grids


@pytest.mark.parametrize(
    ("typed", "font"),
    [
        (
            "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc. KÕ ho¹ch c¶i c¸ch hµnh chÝnh n¨m ®ît mét",
            "TCVN3",
        ),
        (
            "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM, keá hoaïch caûi caùch haønh chính naêm, ñôn vò thöïc hieän",
            "VNI",
        ),
    ],
)
def test_words_in_an_old_font_are_refused_by_its_name(typed: str, font: str) -> None:
    assert font in refusal(f"{typed}. {typed}.".encode(), "kh.txt")


def test_a_refusal_is_one_line() -> None:
    assert "\n" not in refusal(b"", "kh.txt")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<table>" + b"<tr><td>a" * 100_001),
        ("a.csv", b"1,2\n" * 50_001),
        ("a.txt", b"- a\n" * 50_001),
    ],
)
def test_what_takes_minutes_to_read_is_refused_at_once(name: str, content: bytes) -> None:
    with pytest.raises(UnreadablePlan, match="so với một kế hoạch"):
        read_bytes(content, name)
