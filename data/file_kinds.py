"""What a file is, by its bytes and never by its name: only the kinds that an office sends are taken."""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from data.far_parts import FetchesByItself, fetches_by_itself
from duties.errors import DutyError
from duties.file_names import last_part, name_on_disk, suffix_of

LOOKED_AT = 4096
MOST_ENTRIES = 5_000
MOST_UNPACKED = 2 * 2**30
TAKEN = "tệp Word, Excel, PowerPoint, PDF, văn bản, ảnh, âm thanh, video hoặc .zip"


class EmptyFile(DutyError):
    """Tệp không có nội dung nên không lưu; xin kiểm tra và gửi lại."""


class UnsafeFile(DutyError):
    """Loại tệp này không được nhận vì lý do an toàn."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Không nhận tệp “{name}” vì lý do an toàn; xin gửi {TAKEN}.")


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type and the endings that tell the truth about it, the usual one first."""

    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
PPTX = Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",))
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
ODP = Kind("application/vnd.oasis.opendocument.presentation", ("odp",))
OLD_OFFICE = Kind("application/x-ole-storage", ("doc", "xls", "ppt"))
RTF = Kind("application/rtf", ("rtf", "doc"))
JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jfif"))
PNG = Kind("image/png", ("png",))
GIF = Kind("image/gif", ("gif",))
TIFF = Kind("image/tiff", ("tif", "tiff"))
WEBP = Kind("image/webp", ("webp",))
HEIC = Kind("image/heic", ("heic", "heif"))
MP4 = Kind("video/mp4", ("mp4", "m4v", "mov", "3gp"))
M4A = Kind("audio/mp4", ("m4a",))
MP3 = Kind("audio/mpeg", ("mp3",))
OGG = Kind("audio/ogg", ("ogg", "oga", "opus"))
WAV = Kind("audio/wav", ("wav",))
ZIP = Kind("application/zip", ("zip",))
TEXT = Kind("text/plain", ("txt", "csv", "md", "ics", "eml", "vtt", "srt"))

KINDS = (
    PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, OLD_OFFICE, RTF, JPEG, PNG, GIF, TIFF, WEBP, HEIC, MP4, M4A, MP3, OGG, WAV, ZIP, TEXT,
)  # fmt: skip
# What a browser offers to choose from.
ENDINGS = ",".join(dict.fromkeys(f".{ending}" for kind in KINDS for ending in kind.endings))
# A browser shows these without running anything that is in them.
PICTURES = frozenset(kind.media_type for kind in (JPEG, PNG, GIF, WEBP))
SHOWN_INLINE = PICTURES | {PDF.media_type}

BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", RTF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"OggS", OGG),
    (b"ID3", MP3),
)
OFFICE_FOLDERS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))
OFFICE_KINDS = frozenset(kind for _, kind in OFFICE_FOLDERS)
OPEN_DOCUMENTS = {kind.media_type.encode(): kind for kind in (ODT, ODS, ODP)}
STILL_PICTURES = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"})
SOUND_ONLY = frozenset({b"M4A ", b"M4B "})
# What starts by itself, or runs in a browser, wherever it comes from; also inside a .zip.
_DANGEROUS = """
    ade adp apk app appimage application appref-ms asp aspx bash bat bin cab chm class cmd com cpl deb desktop dll dmg
    docm dotm elf exe gadget hta htm html hlp inf ins iso jar js jse jsp ksh lib lnk mde msc mshtml msi msp mst ocx php
    phtml pif potm ppam ppsm pptm ps1 ps1xml ps2 psc1 psm1 py pyc pyz rb reg rpm run scf scr sct sh shtml sldm so svg
    svgz swf sys url vb vbe vbs vhd vhdx vxd wasm wsc wsf wsh xhtml xht xla xlam xll xlm xlsb xlsm xltm xml xsl xslt
"""
DANGEROUS = frozenset(_DANGEROUS.split())
# A browser that guesses would run it; “<5 tin>” is only writing.
MARKUP = re.compile(
    rb"\A\s*<[!?%/a-z]|<\s*(?:!doctype|html|script|svg|iframe|object|embed|meta|body)\b|<\?(?:php|=)",
    re.IGNORECASE,
)

# what a damaged archive makes its reader say
BROKEN = (
    BadZipFile,
    LargeZipFile,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
    RuntimeError,
    zlib.error,
)


def kind_of(name: str, content: bytes) -> Kind:
    """The kind of a file; raises EmptyFile, UnsafeFile for what no office sends, or FetchesByItself."""
    if not content:
        raise EmptyFile
    kind = _by_bytes(content)
    if kind is None or suffix_of(name) in DANGEROUS:
        raise UnsafeFile(safe_name(name))
    if kind in OFFICE_KINDS and _fetches(content):
        raise FetchesByItself(safe_name(name))
    return kind


def _fetches(content: bytes) -> bool:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return fetches_by_itself(archive)
    except BROKEN:
        return True


def _by_bytes(content: bytes) -> Kind | None:
    head = content[:LOOKED_AT]
    for beginning, begun in BEGINNINGS:
        if head.startswith(beginning):
            return begun
    return next((kind for look in _LOOKS if (kind := look(head, content)) is not None), None)


def _zipped(head: bytes, content: bytes) -> Kind | None:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _of_entries(archive)
    except BROKEN:
        return None


def _of_entries(archive: ZipFile) -> Kind | None:
    """An office document, or an archive of harmless names that does not burst when it is unpacked."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    for inside, kind in OFFICE_FOLDERS:
        if {inside, "[Content_Types].xml"} <= names:
            return kind
    if entries and entries[0].filename == "mimetype" and entries[0].file_size <= LOOKED_AT:
        return OPEN_DOCUMENTS.get(archive.read(entries[0]).strip())
    return ZIP if all(_is_harmless(entry) for entry in entries) else None


def _is_harmless(entry: ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename.replace("\\", "/"))
    leaves = parts.is_absolute() or ".." in parts.parts or ":" in entry.filename
    return not leaves and suffix_of(entry.filename) not in DANGEROUS


def _riff(head: bytes, _content: bytes) -> Kind | None:
    return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12]) if head.startswith(b"RIFF") else None


def _boxed(head: bytes, _content: bytes) -> Kind | None:
    """ISO media, https://mp4ra.org/registered-types/brands: pictures of phones, sound, film."""
    if head[4:8] != b"ftyp":
        return None
    brand = head[8:12]
    return HEIC if brand in STILL_PICTURES else M4A if brand in SOUND_ONLY else MP4


def _sound(head: bytes, _content: bytes) -> Kind | None:
    """An MP3 without a title begins with a frame: eleven bits that are set, and layer III."""
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return MP3 if is_frame else None


def _text(head: bytes, content: bytes) -> Kind | None:
    """Plain writing in one of the usual codes, with no markup or script in it."""
    try:
        words = content.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return TEXT if _is_old_writing(content) else None
    if "\x00" in words or words.startswith("#!") or MARKUP.search(words.encode()):
        return None
    return TEXT


def _is_old_writing(content: bytes) -> bool:
    """TCVN3 or Windows-1258: letters above 127, but none of the bytes that only programs hold."""
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content) and not MARKUP.search(content)


Look = Callable[[bytes, bytes], Kind | None]
_LOOKS: tuple[Look, ...] = (_zipped, _riff, _boxed, _sound, _text)


def safe_name(raw: str, kind: Kind | None = None) -> str:
    """A file's own name: no folders, nothing unseen, not too long, with an ending that tells what it is."""
    name = name_on_disk(last_part(raw), otherwise="tep")
    if kind and suffix_of(name) not in kind.endings:
        name = f"{name}.{kind.endings[0]}"
    return name_on_disk(name)
