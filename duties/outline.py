"""The outline of a body: “III.”, “1.”, “a)”, “-” make headings, clauses and bullets of its paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duties.assignment import units_alone
from duties.papers import Paragraph, is_bullet, is_sub_bullet, without_bullet
from duties.plan import Source
from duties.spelling import fold

_NUMBERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"(?:PHẦN|Phần|MỤC|Mục|CHƯƠNG|Chương)\s+(?P<n>[IVXLC]+|\d+)\s*[.:)-]?\s+")),
    (1, re.compile(r"(?P<n>[IVXLC]+|[A-ZĐ](?=\.\s))\s*(?:[.)]|/(?!\s*\d))\s*(?=\S)")),
    (3, re.compile(r"(?P<n>\d+(?:\.\d+)+)\s*[.)]?\s*(?=\D)")),
    (2, re.compile(r"(?P<n>\d{1,3})\s*[.)/]\s*(?=[^\d\s/])")),
    (4, re.compile(r"(?P<n>[a-zđ])\s*[).]\s+(?=\S)")),
)
DASH, PLUS, PLAIN = 5, 6, 7
_LONGEST_HEADING = 45
_SUBJECTS_OF_TALK = (
    "muc dich|muc tieu|yeu cau|quan diem|chi tieu|doi tuong|pham vi|noi dung|hinh thuc|phuong thuc|kinh phi|nguon luc|"
    "thuc trang|danh gia tinh hinh|tinh hinh|can cu|khau hieu|thong diep|giai phap"
)
_NOT_WORK = re.compile(rf"(?:{_SUBJECTS_OF_TALK})\b")
_IS_WORK = re.compile(r"to chuc thuc hien|trach nhiem|phan cong|nhiem vu|che do (thong tin )?bao cao|tien do")


@dataclass(frozen=True)
class Item:
    """One paragraph of the body with its place in the outline: a number of the paper, or a bullet, or plain."""

    level: int
    number: str
    text: str
    source: Source
    path: tuple["Item", ...] = ()

    @property
    def heading(self) -> str:
        """As printed: “III. TỔ CHỨC THỰC HIỆN”."""
        return f"{self.number}. {self.text}" if self.level < 4 and self.number else self.text

    @property
    def is_heading(self) -> bool:
        """A line that says what stands below it; a clause ends like a sentence."""
        if self.level > 3:
            return False
        return not _ends_like_sentence(self.text) or self.names_units or self.text.isupper()

    @property
    def names_units(self) -> bool:
        """“2. Các phòng chuyên môn, nghiệp vụ và các đơn vị trực thuộc Sở”: units and no act."""
        bare = self.text.rstrip(" :.")
        return ":" not in bare and bool(units_alone(bare))

    @property
    def is_talk(self) -> bool:
        """A heading of aims, forms, contents or money: nothing below it is a duty by itself."""
        plain = fold(self.text)
        return self.is_heading and bool(_NOT_WORK.match(plain)) and not _IS_WORK.search(plain)

    @property
    def number_path(self) -> str:
        """“IV.2” for a dash under “2.” of section IV."""
        if "." in self.number:
            return self.number
        own = (self,) if self.number else ()
        return ".".join(item.number for item in (*self.path, *own) if item.number)


def _ends_like_sentence(text: str) -> bool:
    return text.rstrip("/ ").endswith((".", ";")) or len(text.split()) > _LONGEST_HEADING


def read_outline(paragraphs: Iterable[Paragraph]) -> tuple[Item, ...]:
    """Every paragraph with the headings that it stands under."""
    return tuple(_with_paths(map(_item, paragraphs)))


def _item(paragraph: Paragraph) -> Item:
    text = paragraph.text.strip()
    for level, pattern in _NUMBERS:
        match = pattern.match(text)
        if match:
            return Item(level, match["n"], text[match.end() :].strip(), paragraph.source)
    if is_sub_bullet(text):
        return Item(PLUS, "", without_bullet(text), paragraph.source)
    if is_bullet(text):
        return Item(DASH, "", without_bullet(text), paragraph.source)
    return Item(PLAIN, "", text, paragraph.source)


def _with_paths(items: Iterable[Item]) -> Iterator[Item]:
    open_items: list[Item] = []
    for item in items:
        while open_items and open_items[-1].level >= item.level:
            open_items.pop()
        placed = Item(item.level, item.number, item.text, item.source, tuple(open_items))
        yield placed
        if item.level <= DASH:
            open_items.append(placed)


def begins_item(text: str) -> bool:
    """Whether a line opens something new: a number, a letter, a bullet."""
    return is_bullet(text) or any(pattern.match(text) for _, pattern in _NUMBERS)
