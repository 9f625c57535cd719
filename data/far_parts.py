"""Office documents that fetch something from another machine as soon as they are opened, before anybody clicks."""

import re
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import ZipFile

from duties.errors import DutyError

MOST_OF_LINKS = 2 * 2**20
# ECMA-376 part 1, 15.2 and 18: what Word and its kin load by themselves; pictures and links that are clicked are let be.
LOADED = ("attachedtemplate", "oleobject", "frame", "subdocument")
A_SCHEME, A_DRIVE = re.compile(r"[a-z][a-z0-9+.-]+:"), re.compile(r"/*[a-z][:|]")


class FetchesByItself(DutyError):
    """Tệp tự tải nội dung từ nơi khác khi mở."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Không nhận tệp “{name}”: tệp tự tải mẫu hoặc đối tượng từ máy khác khi mở. Xin lưu thành PDF rồi gửi lại."
        )


def fetches_by_itself(archive: ZipFile) -> bool:
    """Whether opening it loads a template or an object from elsewhere; what cannot be read does so, too."""
    links = [each for each in archive.infolist() if each.filename.lower().endswith(".rels")]
    if sum(each.file_size for each in links) > MOST_OF_LINKS:
        return True
    return any(_loads_from_afar(archive.read(each)) for each in links)


def _loads_from_afar(links: bytes) -> bool:
    try:
        found = [element.attrib for element in fromstring(links).iter()]
    except (ParseError, ValueError, LookupError):
        return True
    return any(_is_loaded(each) and is_far(each.get("Target", "")) for each in found)


def _is_loaded(link: dict[str, str]) -> bool:
    kind = link.get("Type", "").rpartition("/")[2].lower()
    return link.get("TargetMode", "").lower() == "external" and kind in LOADED


def is_far(target: str) -> bool:
    """Whether the address leads to another machine: most documents name a template on the disk of whoever wrote them."""
    said = unquote(target).strip().lower().replace("\\", "/")
    if said.startswith("file:"):
        path = said.removeprefix("file:")
        return path.startswith("//") and not A_DRIVE.match(path)
    return said.startswith("//") or (bool(A_SCHEME.match(said)) and not A_DRIVE.match(said))
