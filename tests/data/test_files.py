"""Files are kept once, whole, and only of the kinds that an office sends."""

from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from data.file_kinds import EmptyFile, UnsafeFile, kind_of, safe_name
from data.files import FileLost, FilesFolder, FileTooBig, folder_beside, keep, stored
from data.tables import Agency
from tests.conftest import NOW

PDF = b"%PDF-1.7\n1 0 obj\n"


def zipped(*names: str, content: bytes = b"x") -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return held.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> FilesFolder:
    return FilesFolder(tmp_path / "files", most_bytes=2**20)


HARMLESS = {
    "bao-cao.pdf": (PDF, "application/pdf"),
    "bao-cao.docx": (zipped("[Content_Types].xml", "word/document.xml"), "wordprocessingml.document"),
    "so-lieu.xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet"),
    "bao-cao.odt": (zipped("mimetype", content=b"application/vnd.oasis.opendocument.text"), "opendocument.text"),
    "cong-van.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "application/x-ole-storage"),
    "anh.jpg": (b"\xff\xd8\xff\xe1\0\x10Exif\0\0", "image/jpeg"),
    "anh.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
    "anh.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
    "anh.webp": (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    "hop.mp4": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "video/mp4"),
    "ghi-am.mp3": (b"\xff\xfb\x90\x44" + bytes(40), "audio/mpeg"),
    "ghi-chu.txt": ("Đã họp ngày 5/3, <5 tin & 2 bài>".encode(), "text/plain"),
    "cu.txt": (b"C\xf4ng h\xf2a x\xe3 h\xe9i", "text/plain"),
    "so.csv": ("Tên,Số\nA,1".encode("utf-16"), "text/plain"),
    "ho-so.zip": (zipped("phu-luc/anh.jpg", "bao cao.docx"), "application/zip"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_a_kind_is_known_by_its_bytes(name: str) -> None:
    content, media_type = HARMLESS[name]
    assert kind_of(name, content).media_type.endswith(media_type)


HOSTILE = {
    "bao-cao.pdf": b"MZ\x90\0" + bytes(100),
    "bao-cao.doc": b"\x7fELF" + bytes(100),
    "anh.jpg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "ghi-chu.txt": b"  <html><body>",
    "du-lieu.csv": b"a,b\n<script>alert(1)</script>",
    "chay.txt": b"#!/bin/sh\nrm -rf /",
    "lenh.bat": b"echo off",
    "cai-dat.exe": PDF,
    "anh.jpg\u202egpj.exe": b"\xff\xd8\xff\xe0",
    "ten.exe. . ": PDF,
    "macro.docx": zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "ho-so.zip": zipped("bao-cao.pdf", "cai/setup.EXE"),
    "leo.zip": zipped("../../etc/passwd"),
    "o-dia.zip": zipped("C:\\Windows\\a.txt"),
    "hong.zip": b"PK\x03\x04" + bytes(60),
    "la.bin": bytes(range(256)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_run_is_refused_whatever_it_calls_itself(name: str) -> None:
    with pytest.raises(UnsafeFile, match="vì lý do an toàn; xin gửi"):
        kind_of(name, HOSTILE[name])


def test_an_archive_that_bursts_is_refused() -> None:
    archive = zipped(*(f"{n}.txt" for n in range(5_001)), content=b"")
    with pytest.raises(UnsafeFile):
        kind_of("bom.zip", archive)


def test_an_archive_that_claims_to_be_huge_is_refused() -> None:
    archive = bytearray(zipped(*(f"{n}.txt" for n in range(3))))
    start = archive.index(b"PK\x01\x02")
    while start >= 0:  # the unpacked size, as the archive's directory tells it
        archive[start + 24 : start + 28] = (2**31 - 1).to_bytes(4, "little")
        start = archive.find(b"PK\x01\x02", start + 4)
    with pytest.raises(UnsafeFile):
        kind_of("bom.zip", bytes(archive))


def test_an_empty_file_is_no_file() -> None:
    with pytest.raises(EmptyFile, match="không có nội dung"):
        kind_of("trong.pdf", b"")


NAMES = {
    "../../etc/bao cao.pdf": "bao cao.pdf",
    "C:\\Users\\Lan\\bao cao.pdf": "bao cao.pdf",
    "a\x00b\x1f\u202ec.pdf": "abc.pdf",
    "  hai   khoảng\ncách .pdf": "hai khoảng cách.pdf",
    '<b>"x"|?*:.pdf': "b x.pdf",
    "...": "tep.pdf",
    "": "tep.pdf",
    "bao-cao.docx": "bao-cao.docx.pdf",
    "không đuôi": "không đuôi.pdf",
    "e\u0302.PDF": "ê.PDF",
    "CON.pdf": "_CON.pdf",
}


@pytest.mark.parametrize("raw", NAMES)
def test_a_name_is_made_clean_and_tells_the_truth(raw: str) -> None:
    assert safe_name(raw, kind_of("x.pdf", PDF)) == NAMES[raw]


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("dài " * 100 + ".pdf")
    assert (len(name) <= 120, name.endswith(".pdf")) == (True, True)


@given(st.text(max_size=200))
def test_no_name_keeps_a_folder_or_anything_unseen(raw: str) -> None:
    name = safe_name(raw, kind_of("x.pdf", PDF))
    assert name.lower().endswith(".pdf")
    assert 4 < len(name) <= 120
    assert not set(name) & set('/\\<>:"|?*\x00\n\r\t\u202e\u200f')


@given(st.sampled_from([content for content, _ in HARMLESS.values()]), st.data())
def test_bytes_of_any_kind_are_known_or_refused(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, max(len(content) - 1, 0)))
    mangled = content[:at] + data.draw(st.binary(max_size=12)) + content[at + 1 :]
    with suppress(UnsafeFile, EmptyFile):
        assert kind_of("tệp.bin.pdf", mangled).media_type


def test_a_file_is_kept_under_its_hash_for_its_owner_alone(folder: FilesFolder) -> None:
    sha256 = folder.write(PDF)
    place = folder.place(sha256)
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (PDF, 0o600)


def test_the_same_bytes_are_written_once(folder: FilesFolder) -> None:
    first = folder.place(folder.write(PDF)).stat().st_mtime_ns
    again = folder.place(folder.write(PDF)).stat().st_mtime_ns
    assert (first, len(list(folder.path.rglob("*.*")))) == (again, 0)


def test_half_a_file_is_written_anew(folder: FilesFolder) -> None:
    folder.place(folder.write(PDF)).write_bytes(PDF[:4])
    assert folder.read(folder.write(PDF)) == PDF


def test_a_name_that_is_no_hash_leads_nowhere(folder: FilesFolder) -> None:
    with pytest.raises(FileLost):
        folder.read("../../" + "a" * 58)


def test_files_live_beside_the_database() -> None:
    assert folder_beside("sqlite:////srv/cchc/nhacviec.db") == Path("/srv/cchc/files")
    assert folder_beside("postgresql+psycopg://u@h/cchc") == Path("var/files")


def test_a_file_that_is_too_big_is_not_kept(session: Session, agency: Agency, folder: FilesFolder) -> None:
    with pytest.raises(FileTooBig, match="lớn hơn 1 MB"):
        keep(session, folder, agency.id or 0, "to.pdf", PDF + bytes(2**20), NOW)


def test_the_same_file_twice_is_one_file(session: Session, agency: Agency, folder: FilesFolder) -> None:
    first = keep(session, folder, agency.id or 0, "a.pdf", PDF, NOW)
    again = keep(session, folder, agency.id or 0, "b.pdf", PDF, NOW + timedelta(days=1))
    assert (first.file_id, again.name) == (again.file_id, "b.pdf")


def test_two_agencies_share_the_bytes_and_not_the_file(
    session: Session, agency: Agency, folder: FilesFolder
) -> None:
    other = Agency(name="Sở Tư pháp", created_at=NOW)
    session.add(other)
    session.flush()
    mine = keep(session, folder, agency.id or 0, "a.pdf", PDF, NOW)
    theirs = keep(session, folder, other.id or 0, "a.pdf", PDF, NOW)
    assert mine.file_id != theirs.file_id
    assert stored(session, agency.id or 0, theirs.file_id) is None
    assert len([path for path in folder.path.rglob("*") if path.is_file()]) == 1
