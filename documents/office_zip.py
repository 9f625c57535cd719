"""The parts of a .docx or .xlsx package, with limits on what they unpack to."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from duties.errors import UnreadablePlan

LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_PART = 60 * 1024 * 1024
# A locked Office file is an OLE container, not a zip.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Package:
    """An opened office file."""

    name: str
    archive: zipfile.ZipFile

    def part(self, path: str) -> ElementTree.Element | None:
        """One part as XML; None where the package has no such part."""
        try:
            content = self.archive.read(path)
            # Office writes no DTD; one that is there could only be an entity bomb.
            if b"<!DOCTYPE" in content[:4096]:
                raise UnreadablePlan(damaged(self.name))
            return ElementTree.fromstring(content)
        except KeyError:
            return None
        except (ElementTree.ParseError, zipfile.BadZipFile, EOFError, OSError):
            raise UnreadablePlan(damaged(self.name)) from None
        except RuntimeError:
            raise UnreadablePlan(locked(self.name)) from None


def open_package(content: bytes, name: str) -> Package:
    """The package, if it is whole, unlocked and of a bearable size."""
    if content.startswith(_OLE):
        raise UnreadablePlan(locked(name))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise UnreadablePlan(damaged(name)) from None
    sizes = [part.file_size for part in archive.infolist()]
    if sum(sizes) > LARGEST_UNPACKED or max(sizes, default=0) > LARGEST_PART:
        raise UnreadablePlan(
            f"Tệp “{name}” giải nén ra quá lớn so với một kế hoạch; xin gửi tệp kế hoạch gốc."
        )
    return Package(name, archive)


def damaged(name: str) -> str:
    return f"Tệp “{name}” bị hỏng hoặc không đúng loại; xin mở bằng Word hoặc Excel, lưu lại rồi gửi lại."


def locked(name: str) -> str:
    return f"Tệp “{name}” có đặt mật khẩu hoặc là tệp Office đời cũ; xin bỏ mật khẩu, lưu lại dạng mới rồi gửi lại."
