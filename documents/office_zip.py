"""The parts of a .docx or .xlsx package, with limits on what they unpack to."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from documents.kinds import OLE
from duties.errors import UnreadablePlan

LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_PART = 60 * 1024 * 1024
_MOST_PARTS = 5_000
# Each takes a hundred bytes of memory; the longest plan seen has eighteen thousand.
_MOST_TAGS = 1_000_000
# “Strict” files name the same things by other addresses.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
# Office writes no DTD; one that is there, in whatever code and however far in, could only be an entity bomb.
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True)
class Package:
    """An opened office file."""

    name: str
    archive: zipfile.ZipFile

    def part(self, path: str) -> ElementTree.Element | None:
        """One part as XML; None where the package has no such part."""
        try:
            content = self.archive.read(path)
            if any(sign in content for sign in _DOCTYPE):
                raise UnreadablePlan(damaged(self.name))
            if content.count(b"<") > _MOST_TAGS:
                raise UnreadablePlan(too_big(self.name))
            for strict, usual in _STRICT if b"purl.oclc.org" in content else ():
                content = content.replace(strict, usual)
            return ElementTree.fromstring(content)
        except KeyError:
            return None
        except (ElementTree.ParseError, LookupError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise UnreadablePlan(damaged(self.name)) from None
        except (RuntimeError, NotImplementedError):
            raise UnreadablePlan(locked(self.name)) from None

    def main_part(self, usual: str) -> str:
        """The path of the document itself, which not every program calls as Word does."""
        links = self.part("_rels/.rels")
        for link in links.iter(_RELATION) if links is not None else ():
            if link.get("Type", "").endswith("/officeDocument"):
                return link.get("Target", usual).lstrip("/")
        return usual

    def parts_named(self, start: str) -> list[ElementTree.Element]:
        """Parts such as word/header1.xml, word/header2.xml."""
        names = sorted(name for name in self.archive.namelist() if name.startswith(start))
        found = (self.part(name) for name in names if name.endswith(".xml"))
        return [part for part in found if part is not None]


def open_package(content: bytes, name: str) -> Package:
    """The package; UnreadablePlan where it is not whole, is locked or too big. `name` is what the sender calls it."""
    # a locked Office file is an OLE container, not a zip
    if content.startswith(OLE):
        raise UnreadablePlan(locked(name))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        raise UnreadablePlan(damaged(name)) from None
    sizes = [part.file_size for part in archive.infolist()]
    if sum(sizes) > LARGEST_UNPACKED or max(sizes, default=0) > LARGEST_PART or len(sizes) > _MOST_PARTS:
        raise UnreadablePlan(too_big(name))
    return Package(name, archive)


def too_big(name: str) -> str:
    return f"Tệp “{name}” giải nén ra quá lớn so với một kế hoạch; xin gửi tệp kế hoạch gốc."


def damaged(name: str) -> str:
    return f"Tệp “{name}” bị hỏng hoặc không đúng loại; xin mở bằng Word hoặc Excel, lưu lại rồi gửi lại."


def locked(name: str) -> str:
    return f"Tệp “{name}” có đặt mật khẩu hoặc là tệp Office đời cũ; xin bỏ mật khẩu, lưu lại dạng mới rồi gửi lại."
