"""The stamp of a state secret: MẬT, TỐI MẬT, TUYỆT MẬT, as stamped on a paper and not as a word of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from duties.errors import SecretPaper
from duties.papers import Document, Grid

_HEAD_LINES = 40
_MARK = r"(?:TUYỆT\s*MẬT|TỐI\s*MẬT|MẬT)"
_STAMP = re.compile(rf"\W*{_MARK}\W*\Z")
_LABELLED = re.compile(r"\W*(?:độ|mức độ|cấp độ)\s+mật\s*:?\s*(?:tuyệt mật|tối mật|mật)\W*\Z", re.I)
_BESIDE = re.compile(
    rf"\W*{_MARK}\s+(?:Số|SỐ|Bản số|CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG|KẾ HOẠCH)\b|.*\S\s{{2,}}{_MARK}\W*\Z"
)
# “T Ố I  M Ậ T”: a stamp typed with spaces between its letters.
_SPACED = re.compile(r"(?:\w\s+){2,}\w\W*\Z")


def refuse_secret(document: Document) -> None:
    """A paper with the stamp is not for a chat (Luật Bảo vệ bí mật nhà nước 2018, Điều 8)."""
    if any(is_stamp(line) for line in _lines(document)) or any(map(_is_beside, _head(document))):
        raise SecretPaper()


def is_stamp(line: str) -> bool:
    """“TỐI MẬT”, “Độ mật: Mật”, “M Ậ T”: a stamp stands alone on its line."""
    text = _joined(line)
    return bool(_STAMP.match(text) or _LABELLED.match(text))


def _is_beside(line: str) -> bool:
    return bool(_BESIDE.match(_joined(line)))


def _joined(line: str) -> str:
    text = unicodedata.normalize("NFC", line).strip()
    return re.sub(r"\s+", "", text) if _SPACED.match(text) else text


def _lines(document: Document) -> Iterator[str]:
    """Every line that stands by itself: of the text, the margins, and the cells of a table above its own rows."""
    yield from document.margins
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from _cells(block)
        else:
            yield block.text


def _cells(grid: Grid) -> Iterator[str]:
    for row in grid.rows:
        for cell in row.cells:
            yield from cell.lines


def _head(document: Document) -> Iterable[str]:
    return (paragraph.text for paragraph in document.paragraphs[:_HEAD_LINES])
