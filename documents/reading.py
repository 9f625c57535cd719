"""A file that an office sends → a Document; what cannot be read is refused in one line that says what to do."""

from collections.abc import Callable
from pathlib import Path

from documents.aside import laid_out
from documents.coding import decoded, refuse_old_fonts
from documents.kinds import Kind, kind_of
from documents.office_zip import damaged
from documents.read_csv import read_csv
from documents.read_docx import read_docx
from documents.read_html import read_html, read_mht
from documents.read_pdf import read_pdf
from documents.read_text import read_text
from documents.read_xlsx import read_xlsx
from duties.errors import UnreadablePlan
from duties.papers import Document

_HEAD_PAGES = 2
LARGEST = 20 * 1024 * 1024
_TOO_MANY_CHARACTERS = 2_000_000
# Before a line is read: the longest plan seen has a thousand.
_MOST_LINES = 50_000
_OF_LINES = (Kind.TEXT, Kind.CSV)
_WHAT_TO_DO = {
    Kind.OLD_WORD: "là tệp Word đời cũ; xin mở bằng Word và lưu lại dưới dạng .docx",
    Kind.OLD_EXCEL: "là tệp Excel đời cũ; xin lưu lại dưới dạng .xlsx",
    Kind.SLIDES: "là bản trình chiếu; xin gửi kế hoạch dạng .docx, .xlsx hoặc .pdf",
    Kind.RICH_TEXT: "là tệp RTF; xin mở bằng Word và lưu lại dưới dạng .docx",
    Kind.OPEN_TEXT: "là tệp OpenDocument; xin lưu lại dưới dạng .docx",
    Kind.OPEN_SHEET: "là tệp OpenDocument; xin lưu lại dưới dạng .xlsx",
    Kind.IMAGE: "là ảnh, máy không đọc được chữ; xin gửi tệp gốc dạng .docx, .xlsx hoặc .pdf có chữ",
    Kind.ARCHIVE: "là tệp nén; xin giải nén và gửi từng tệp",
    Kind.LOCKED: "có đặt mật khẩu; xin bỏ mật khẩu, lưu lại rồi gửi lại",
    Kind.UNKNOWN: "không phải loại tệp kế hoạch đọc được; xin gửi tệp .docx, .xlsx, .pdf, .html hoặc .txt",
}


def read_file(path: Path) -> Document:
    """Read a plan from disk; UnreadablePlan says in Vietnamese what is wrong with the file and what to do."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadablePlan(f"“{path.name}” là thư mục; xin chỉ tên từng tệp kế hoạch.")
        _refuse_size(size, path.name)
        return read_bytes(path.read_bytes(), path.name)
    except FileNotFoundError:
        raise UnreadablePlan(f"Không thấy tệp “{path}”; xin kiểm tra lại tên tệp.") from None
    except OSError:
        raise UnreadablePlan(f"Không mở được tệp “{path.name}”; xin kiểm tra quyền đọc tệp.") from None


def read_bytes(content: bytes, name: str) -> Document:
    """Read a plan that came in a message; `name` as its sender calls it. Refused as `read_file` refuses."""
    return laid_out(content, name, whole=True) or _read_now(content, name)


def _read_now(content: bytes, name: str) -> Document:
    _refuse_size(len(content), name)
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadablePlan(f"Tệp “{name}” rỗng; xin gửi lại tệp kế hoạch có nội dung.")
    document = _read(content, name)
    if document.is_blank:
        raise UnreadablePlan(f"Tệp “{name}” không có chữ nào đọc được; xin kiểm tra lại tệp kế hoạch.")
    _refuse_length(document.length, name)
    refuse_old_fonts(document, name)
    return document


def read_head(content: bytes, name: str) -> Document:
    """Where a stamp would stand: of a PDF the first pages, of other files all that can be read."""
    if found := laid_out(content, name, whole=False):
        return found
    if kind_of(content, name) is Kind.PDF:
        return read_pdf(content, name, first=_HEAD_PAGES)
    return _read_now(content, name)


def _read(content: bytes, name: str) -> Document:
    kind = kind_of(content, name)
    if kind in _OF_LINES and content.count(b"\n") > _MOST_LINES:
        raise UnreadablePlan(_too_long(name))
    reader = _READERS.get(kind)
    if reader is None:
        raise UnreadablePlan(f"Tệp “{name}” {_WHAT_TO_DO[kind]}.")
    try:
        return reader(content, name)
    except (ValueError, RecursionError):
        raise UnreadablePlan(damaged(name)) from None


def _text(content: bytes, name: str) -> Document:
    text = decoded(content, name)
    _refuse_length(len(text), name)
    return read_text(text, name)


_READERS: dict[Kind, Callable[[bytes, str], Document]] = {
    Kind.TEXT: _text,
    Kind.CSV: read_csv,
    Kind.HTML: read_html,
    Kind.MHT: read_mht,
    Kind.PDF: read_pdf,
    Kind.DOCX: read_docx,
    Kind.XLSX: read_xlsx,
}


def _refuse_length(characters: int, name: str) -> None:
    if characters > _TOO_MANY_CHARACTERS:
        raise UnreadablePlan(_too_long(name))


def _too_long(name: str) -> str:
    return f"Tệp “{name}” quá dài so với một kế hoạch; xin chỉ gửi kế hoạch và phụ lục."


def _refuse_size(size: int, name: str) -> None:
    if size > LARGEST:
        limit = LARGEST // (1024 * 1024)
        raise UnreadablePlan(
            f"Tệp “{name}” lớn hơn {limit} MB; xin chỉ gửi tệp kế hoạch và phụ lục, không kèm ảnh."
        )
