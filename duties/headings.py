"""The headings of columns and labels, in the many words offices use, and what each one holds."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from duties.papers import Cell, Row
from duties.spelling import fold


class Column(StrEnum):
    """What a column of a plan's table, or a label before a colon, holds."""

    CODE = "code"
    CONTENT = "content"
    FORMS = "forms"
    DELIVERABLES = "deliverables"
    ASSIGNMENT = "assignment"
    LEADS = "leads"
    PARTNERS = "partners"
    DEADLINE = "deadline"
    NOTES = "notes"


# The first pattern that fits wins, so the narrow ones stand before the wide ones.
_WORDS: tuple[tuple[Column, str], ...] = (
    (Column.CODE, r"(so |s )?tt|s ?t ?t|so thu tu|ma( so)?( nhiem vu)?"),
    (Column.NOTES, r"ghi chu.*|luu y"),
    (Column.ASSIGNMENT, r".*phan cong.*|.*chu tri.*phoi hop.*|trach nhiem( thuc hien)?|to chuc thuc hien"),
    (
        Column.DEADLINE,
        r".*(thoi (gian|han|diem|hang)|tien do|ngay (hoan thanh|thuc hien)|han (hoan thanh|bao cao|nop|cuoi)|lo trinh).*"
        r"|han( (?!che).*)?|tg( .*)?|moc|.*(moc|ky) hoan thanh|ky han|(ngay )?(bat dau|ket thuc)|hoan thanh",
    ),
    (Column.PARTNERS, r".*phoi hop.*|don vi tham gia"),
    (
        Column.LEADS,
        r".*chu tri.*|.*dau moi.*|(dv|don vi|co quan|bo phan|phong|nguoi|ca nhan|to chuc).*"
        r"(thuc hien|phu trach|tham muu|chiu trach nhiem|bao cao|duoc giao|giai quyet).*",
    ),
    (
        Column.LEADS,
        r"(cac )?(don vi|co quan|phong|bo phan)(,? (don vi|co quan|phong|bo phan))*|(?!.*lanh dao).*phu trach.*|thuc hien|trach nhiem chinh",
    ),
    (Column.FORMS, r".*hinh thuc.*|.*cach thuc.*|.*phuong thuc.*"),
    (Column.DELIVERABLES, r".*(san pham|dau ra).*|(du kien )?ket qua.*"),
    (
        Column.CONTENT,
        r".*(nhiem vu|noi dung|cong viec|hoat dong|giai phap|dau viec|ten viec|muc tieu|chi tieu|tieu chi).*|viec|(ten|loai) (bao cao|van ban|de an|chuong trinh|mo hinh|san pham).*",
    ),
)
_COLUMNS = tuple((column, re.compile(rf"(?:{words})\Z")) for column, words in _WORDS)
# A row that has its number is a row of work, however its words sound.
_IS_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?\Z")
_HEADING_WORDS = 14
_SPAN = re.compile(r"(?:quy (?:i{1,3}|iv|[1-4])|(?:thang|t) ?(?:0?[1-9]|1[0-2]))(?:[ /]+(?:nam )?20\d\d)?\Z")
_FIRST = {
    Column.CONTENT: ("nhiem vu|cong viec", "noi dung|hoat dong|giai phap"),
    Column.DEADLINE: ("hoan thanh|ket thuc|han", "thuc hien|tien do"),
}


@lru_cache(maxsize=4096)
def recognise(heading: str) -> Column | None:
    """The column that a heading or label names, if it names one."""
    plain = re.sub(r"[^\w, ]+", " ", fold(heading))
    plain = " ".join(re.sub(r"\s+,", ",", plain).split())
    if not plain or len(plain.split()) > _HEADING_WORDS:
        return None
    return next((column for column, words in _COLUMNS if words.match(plain)), None)


@dataclass(frozen=True)
class Header:
    """The heading rows of a table: which column is where, how many rows they take, and what else tells of the task.

    `spans` are columns of a quarter or month each, with a mark in the rows that are due then; `theme` is the column
    of what several rows have in common.
    """

    columns: dict[Column, int]
    rows: int
    names: tuple[str, ...] = ()
    details: tuple[int, ...] = ()
    spans: tuple[int, ...] = ()
    theme: int | None = None

    def __getitem__(self, column: Column) -> int | None:
        return self.columns.get(column)

    @property
    def told(self) -> int:
        """How much of the table the header explains."""
        return len(self.columns) + len(self.spans)

    @property
    def has_work(self) -> bool:
        """A table of duties says what is to be done and who does it, or until when."""
        who_or_when = {Column.LEADS, Column.ASSIGNMENT, Column.PARTNERS, Column.DEADLINE}
        return Column.CONTENT in self.columns and (
            bool(self.spans) or not who_or_when.isdisjoint(self.columns)
        )


def read_header(rows: Sequence[Row]) -> Header | None:
    """The header that the first of these rows opens, if it is one; two heading rows are read as one."""
    if not rows or any(_IS_NUMBER.match(cell.flat) for cell in rows[0].cells):
        return None
    one = _header([cell.flat for cell in rows[0].cells], 1)
    two = _header(_stacked(rows[0], rows[1]), 2) if len(rows) > 1 and _are_stacked(rows[0], rows[1]) else None
    best = two if two and (one is None or two.told > one.told) else one
    return best if best and best.has_work else None


def _header(names: Sequence[str], height: int) -> Header | None:
    found: dict[Column, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        column = recognise(name)
        if column:
            found[column].append(place)
    if len(found) < 2:
        return None
    columns = {
        column: min(places, key=lambda place: _rank(column, names[place])) for column, places in found.items()
    }
    details = (place for place in found[Column.CONTENT] if place != columns[Column.CONTENT])
    spans = tuple(place for place, name in enumerate(names) if _SPAN.match(fold(name)))
    return Header(columns, height, tuple(names), tuple(details), spans if len(spans) > 1 else ())


def _rank(column: Column, name: str) -> int:
    """Of two columns for one thing, which is it: “Nhiệm vụ” before “Nội dung”, “hoàn thành” before “bắt đầu”."""
    plain = fold(name)
    order = _FIRST.get(column, ())
    return next((rank for rank, words in enumerate(order) if re.search(words, plain)), len(order))


def _are_stacked(upper: Row, lower: Row) -> bool:
    """Below a merged heading stand its parts: short headings all; a title above a header is no heading."""
    names = _stacked(upper, lower)
    named = [name for name, cell in zip(names, lower.cells, strict=False) if cell.flat]
    known = all(recognise(name) or _SPAN.match(fold(name)) for name in named)
    return bool(named) and known and sum(bool(cell.flat) for cell in upper.cells) > 1


def _stacked(upper: Row, lower: Row) -> list[str]:
    wide = max(len(upper.cells), len(lower.cells))
    names: list[str] = []
    spanning = ""
    for place in range(wide):
        spanning = upper.cell(place).flat or spanning
        names.append(_span_name(spanning, lower.cell(place)) or _below(upper.cell(place), lower.cell(place)))
    return names


def _span_name(above: str, cell: Cell) -> str:
    """“Tháng thực hiện” over 1, 2, 3 …; “Quý” over I, II, III, IV."""
    number, plain = cell.flat, fold(above)
    if re.search(r"\bthang\b", plain) and re.fullmatch(r"0?[1-9]|1[0-2]", number):
        return f"Tháng {number}"
    if re.search(r"\bquy\b", plain) and re.fullmatch(r"[1-4]|I{1,3}|IV", number):
        return f"Quý {number}"
    return ""


def _below(upper: Cell, lower: Cell) -> str:
    return lower.flat or upper.flat


def is_other_header(row: Row) -> bool:
    """A row that opens a table of another shape: a place for numbers, and headings of which we know some."""
    known = [recognise(cell.flat) for cell in row.cells]
    return Column.CODE in known and len(set(known) - {None}) > 1


def is_header_again(row: Row, header: Header) -> bool:
    """A header that is printed once more at the top of a page."""
    own = [fold(name) for name in header.names]
    return [fold(cell.flat) for cell in row.cells] == own[: len(row.cells)] and not row.is_blank


_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[.;]\s))\s*(?:[-+–•]|[a-zđ]\))?\s*"
    r"(?P<label>(?:Đơn vị|Cơ quan|Bộ phận|Chủ trì|Phối hợp|Thời gian|Thời hạn|Tiến độ|Hạn|Hoàn thành|Trách nhiệm|"
    r"Phân công|Sản phẩm|Kết quả|Hình thức|Đầu mối|Người|Ghi chú)[^:.;\n]{0,60}?)\s*:",
    re.I,
)


@dataclass(frozen=True)
class Label:
    """“Đơn vị phối hợp: Sở Tư pháp” → what is labelled, and the words after the colon."""

    column: Column
    value: str


def read_labels(text: str) -> tuple[Label, ...]:
    """The labels of a line that begins with one; several may follow each other on it."""
    before, labels = part_labels(text)
    return () if before else labels


def part_labels(text: str) -> tuple[str, tuple[Label, ...]]:
    """“Họp tổng kết. Đơn vị chủ trì: Văn phòng. Thời gian: Quý IV” → the task, and its labels."""
    found = [(match, recognise(match["label"])) for match in _LABEL.finditer(text)]
    known = [(match, column) for match, column in found if column]
    ends = [match.start() for match, _ in known[1:]] + [len(text)]
    labels = tuple(
        Label(column, text[match.end() : end].strip(" ;"))
        for (match, column), end in zip(known, ends, strict=bool(known))
    )
    return (text[: known[0][0].start()].strip(), labels) if known else (text, ())
