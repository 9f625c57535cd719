"""A file that an office sends → a Document; what cannot be read is refused in one line that says what to do."""

from collections.abc import Callable
from pathlib import Path, PurePath

from documents.office_zip import damaged
from documents.read_docx import read_docx
from documents.read_text import read_text
from documents.read_xlsx import read_xlsx
from duties.errors import UnreadablePlan
from duties.papers import Document

LARGEST = 20 * 1024 * 1024
_TOO_MANY_CHARACTERS = 2_000_000
_WHAT_TO_DO = {
    ".doc": "là tệp Word đời cũ; xin mở bằng Word và lưu lại dưới dạng .docx",
    ".xls": "là tệp Excel đời cũ; xin lưu lại dưới dạng .xlsx",
    ".pdf": "là tệp PDF, bản này chưa đọc được; xin gửi tệp gốc dạng .docx hoặc .xlsx",
    ".zip": "là tệp nén; xin giải nén và gửi từng tệp",
    ".rar": "là tệp nén; xin giải nén và gửi từng tệp",
}


def read_file(path: Path) -> Document:
    """Read a plan from disk."""
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
    """Read a plan that came in a message."""
    _refuse_size(len(content), name)
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise UnreadablePlan(f"Tệp “{name}” rỗng; xin gửi lại tệp kế hoạch có nội dung.")
    document = _read(content, name)
    if document.is_blank:
        raise UnreadablePlan(f"Tệp “{name}” không có chữ nào đọc được; xin kiểm tra lại tệp kế hoạch.")
    return document


def _read(content: bytes, name: str) -> Document:
    reader = _reader(name)
    try:
        return reader(content, name)
    except (ValueError, RecursionError):
        raise UnreadablePlan(damaged(name)) from None


Reader = Callable[[bytes, str], Document]


def _reader(name: str) -> Reader:
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        what = _WHAT_TO_DO.get(
            suffix, "không phải loại tệp kế hoạch đọc được; xin gửi tệp .docx, .xlsx, .txt hoặc .md"
        )
        raise UnreadablePlan(f"Tệp “{name}” {what}.")
    return reader


def _text(content: bytes, name: str) -> Document:
    text = _decoded(content, name)
    if len(text) > _TOO_MANY_CHARACTERS:
        raise UnreadablePlan(f"Tệp “{name}” quá dài so với một kế hoạch; xin chỉ gửi kế hoạch và phụ lục.")
    return read_text(text, name)


_READERS: dict[str, Reader] = {
    ".txt": _text,
    ".md": _text,
    ".markdown": _text,
    ".docx": read_docx,
    ".xlsx": read_xlsx,
}


def _decoded(content: bytes, name: str) -> str:
    """Unicode only: other codes of Vietnamese would be guessed, and a wrong guess changes words."""
    code = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(code)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UnreadablePlan(f"Tệp “{name}” không phải chữ Unicode; xin mở tệp và lưu lại với mã UTF-8.")
    return text


def _refuse_size(size: int, name: str) -> None:
    if size > LARGEST:
        limit = LARGEST // (1024 * 1024)
        raise UnreadablePlan(
            f"Tệp “{name}” lớn hơn {limit} MB; xin chỉ gửi tệp kế hoạch và phụ lục, không kèm ảnh."
        )
