"""What kind of file these bytes are, whatever their name says."""

import io
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath


class Kind(StrEnum):
    """The kinds that are read, then those that are refused with what to do."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"
    MHT = "mht"
    CSV = "csv"
    TEXT = "text"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    SLIDES = "ppt"
    RICH_TEXT = "rtf"
    OPEN_TEXT = "odt"
    OPEN_SHEET = "ods"
    IMAGE = "image"
    ARCHIVE = "zip"
    LOCKED = "locked"
    UNKNOWN = "unknown"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names of streams in an OLE file are in UTF-16.
_STREAMS = (
    ("EncryptedPackage", Kind.LOCKED),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.OLD_EXCEL),
    ("Book", Kind.OLD_EXCEL),
    ("PowerPoint Document", Kind.SLIDES),
)
_STARTS = (
    (b"{\\rtf", Kind.RICH_TEXT),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
)
_PARTS = (
    ("word/", Kind.DOCX),
    ("xl/", Kind.XLSX),
    ("ppt/", Kind.SLIDES),
)
_SUFFIXES = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), Kind.DOCX),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), Kind.XLSX),
    **dict.fromkeys((".htm", ".html", ".xhtml"), Kind.HTML),
    **dict.fromkeys((".mht", ".mhtml"), Kind.MHT),
    **dict.fromkeys((".txt", ".md", ".markdown"), Kind.TEXT),
    **dict.fromkeys((".csv", ".tsv"), Kind.CSV),
    **dict.fromkeys((".ppt", ".pptx", ".pps", ".ppsx"), Kind.SLIDES),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), Kind.IMAGE),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), Kind.ARCHIVE),
    **dict.fromkeys((".doc", ".dot", ".wps"), Kind.OLD_WORD),
    **dict.fromkeys((".xls", ".xlt", ".et"), Kind.OLD_EXCEL),
    ".pdf": Kind.PDF,
    ".rtf": Kind.RICH_TEXT,
    ".odt": Kind.OPEN_TEXT,
    ".ods": Kind.OPEN_SHEET,
}
_HEAD = 4096
_MARKUP = re.compile(rb"<!doctype html|<html[\s>]|<table[\s>]|<body[\s>]", re.I)


def kind_of(content: bytes, name: str) -> Kind:
    """The kind by the bytes; only plain text is told apart by its name."""
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(OLE):
        return _of_ole(content)
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(content, name)
    by_start = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    if by_start or head[8:12] == b"WEBP" or head[4:12] in {b"ftypheic", b"ftypmif1"}:
        return by_start or Kind.IMAGE
    return _of_text(head, name)


def named_kind(name: str) -> Kind:
    """The kind that a file's name claims."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), Kind.UNKNOWN)


def _of_ole(content: bytes) -> Kind:
    found = (kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in content)
    return next(found, Kind.LOCKED)


def _of_zip(content: bytes, name: str) -> Kind:
    """A damaged package is still of the kind that its name says, and refused as damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
            packed_as = archive.read("mimetype")[:60] if "mimetype" in parts else b""
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError):
        return named_kind(name)
    if packed_as.startswith(b"application/vnd.oasis"):
        return Kind.OPEN_SHEET if b"spreadsheet" in packed_as else Kind.OPEN_TEXT
    within = (kind for start, kind in _PARTS if any(part.startswith(start) for part in parts))
    by_name = named_kind(name)
    return next(within, by_name if by_name in {Kind.DOCX, Kind.XLSX} else Kind.ARCHIVE)


def _of_text(head: bytes, name: str) -> Kind:
    """Portals save pages under the names of Word and Excel files."""
    named = named_kind(name)
    plain = head.replace(b"\0", b"")
    if b"multipart/related" in plain and b"MIME-Version" in plain:
        return Kind.MHT
    if named in {Kind.HTML, Kind.OLD_WORD, Kind.OLD_EXCEL, Kind.DOCX, Kind.XLSX} and _MARKUP.search(plain):
        return Kind.HTML
    return named
