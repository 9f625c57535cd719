"""A Document → a DraftPlan: duties with their words and sources, doubts, and what was left out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from duties.clauses import read_clauses
from duties.deadline import Years
from duties.headings import Header, is_header_again, is_other_header, read_header
from duties.labelled import read_labelled
from duties.outline import read_outline
from duties.papers import Document, Grid, Paragraph, Row
from duties.plan import Doubt, DoubtKind, DraftDuty, DraftPlan, LeftOut, PlanHead
from duties.plan_head import read_head
from duties.questions import questions
from duties.state_secret import refuse_secret
from duties.table_rows import RowsRead, read_rows
from duties.units import How, KnownUnit, match_unit

_HEADER_WITHIN = 400
_TITLE_ROWS = 10
_OPENS_BODY = re.compile(r"(?:[IVX]+|1|A)\s*[.)]\s*\S|(?:Điều|Phần|PHẦN|Mục)\s+(?:\d|[IVX])")
_ENDS_BODY = re.compile(
    r"\W*(?:[Nn]ơi nhận|NƠI NHẬN)\b|(?:(?:TM|KT|TL|TUQ)\.|[TK]/[MTL])\s*\w|(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG BAN|CHI CỤC TRƯỞNG|CỤC TRƯỞNG|CHÁNH VĂN PHÒNG)\s*\Z"
)
_ANNEX = re.compile(r"\W*(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu)\b")
_NEXT_SECTION = re.compile(
    r"(?:[IVX]+|\d{1,2}|[A-Z])\s*\.\s*(?:tổ chức thực hiện|chế độ (?:thông tin )?báo cáo)\W*\Z", re.I
)
_FRAME = re.compile(
    r"cộng hòa xã hội|cộng hoà xã hội|đảng cộng sản việt nam\Z|nơi nhận|độc lập\s*-|^số\s*:|giám đốc|chủ tịch|trưởng ban",
    re.I,
)


@dataclass
class _Sheets:
    """The document sorted: the running text, and the tables of duties with their headers."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[tuple[Sequence[Row], Header]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_plan(
    document: Document, *, years: Years | None = None, known: Sequence[KnownUnit] = ()
) -> DraftPlan:
    """What a plan says; `years` of the office wins over the head's."""
    refuse_secret(document)
    sheets = _sorted(document)
    lines = [paragraph.text for paragraph in sheets.paragraphs]
    head, doubts = read_head(lines)
    head, more = _with_years(head, years)
    read = _read(sheets, head.years)
    matched = tuple(_with_matches(duty, known) for duty in read.duties)
    draft = DraftPlan(
        head, matched, (*doubts, *more, *document.doubts, *sheets.doubts, *read.doubts), read.left_out
    )
    return replace(draft, doubts=(*draft.doubts, *questions(draft)), printed=document.printed)


def _sorted(document: Document) -> _Sheets:
    sheets = _Sheets(left_out=list(document.left_out))
    for block in document.blocks:
        if isinstance(block, Paragraph):
            sheets.paragraphs.append(block)
        else:
            _sort_grid(sheets, block)
    return sheets


def _sort_grid(sheets: _Sheets, grid: Grid) -> None:
    """A grid may hold text, a table, a signature and the next table, one under the other."""
    rows: Sequence[Row] = grid.rows
    found = _next_header(rows)
    if found is None:
        _sort_headless(sheets, grid)
    while found:
        place, header = found
        below = rows[place + header.rows :]
        end = _end(below, header)
        sheets.paragraphs += _as_paragraphs(rows[:place])
        sheets.tables.append((below[:end], header))
        rows = below[end:]
        found = _next_header(rows)
        if found is None:
            _sort_rest(sheets, rows)


def _sort_rest(sheets: _Sheets, rows: Sequence[Row]) -> None:
    """Below the last table of duties stand words, or tables of money and blank forms."""
    other = next((place for place, row in enumerate(rows) if is_other_header(row)), len(rows))
    sheets.paragraphs += _as_paragraphs(rows[:other])
    _leave_table(sheets, rows[other:])


def _next_header(rows: Sequence[Row]) -> tuple[int, Header] | None:
    headers = ((place, read_header(rows[place:])) for place in range(min(_HEADER_WITHIN, len(rows))))
    return next(((place, header) for place, header in headers if header), None)


def _sort_headless(sheets: _Sheets, grid: Grid) -> None:
    if _is_frame(grid) or _is_running_text(grid):
        sheets.paragraphs += _as_paragraphs(grid.rows)
    elif sheets.tables and _same_width(grid, sheets.tables[-1]):
        rows, header = sheets.tables[-1]
        sheets.tables[-1] = ((*rows, *grid.rows), header)
    else:
        _leave_table(sheets, grid.rows)


def _leave_table(sheets: _Sheets, rows: Iterable[Row]) -> None:
    why = "bảng không có cột nhiệm vụ cùng cột đơn vị hoặc thời hạn"
    left = [LeftOut(row.text, why, row.source) for row in rows if not row.is_blank]
    sheets.left_out += left
    if len(left) > 1:
        text = f"Bảng bắt đầu từ {left[0].source} ({len(left)} dòng) không có cột đơn vị hoặc thời hạn nên bỏ qua; trong đó có nhiệm vụ nào không?"
        sheets.doubts.append(Doubt("plan", text, left[0].source))


def _end(rows: Sequence[Row], header: Header) -> int:
    """Where a signature begins, or a table of another shape: it is below this table and no part of it."""
    ends = (place for place, row in enumerate(rows) if _ends_table(rows, place, row, header))
    return next(ends, len(rows))


def _ends_table(rows: Sequence[Row], place: int, row: Row, header: Header) -> bool:
    if any(_ENDS_BODY.match(cell.flat) for cell in row.cells) or _is_next_section(row):
        return True
    if not is_other_header(row) or is_header_again(row, header):
        return False
    other = read_header(rows[place:])
    return other is not None and other.columns != header.columns


def _is_next_section(row: Row) -> bool:
    """On a sheet the next annex, or how the plan is carried out, stands below the table."""
    alone = row.cell(0).flat == row.text
    return alone and bool(_ANNEX.match(row.text) or _NEXT_SECTION.match(row.text))


def _is_frame(grid: Grid) -> bool:
    """A table without borders that only lays out the letterhead or the signature."""
    lines = [line for row in grid.rows for cell in row.cells for line in cell.lines]
    return any(_FRAME.search(line) for line in lines)


def _is_running_text(grid: Grid) -> bool:
    """A sheet with the sections of the plan, a line in each row."""
    alone = all(row.text == row.cell(0).flat for row in grid.rows)
    return alone and any(_OPENS_BODY.match(row.text) for row in grid.rows)


def _same_width(grid: Grid, table: tuple[Sequence[Row], Header]) -> bool:
    """A table that goes on after a page break, without its header."""
    if not grid.rows or len(grid.rows[0].cells) != len(table[1].names):
        return False
    return not any(map(is_other_header, grid.rows[:_TITLE_ROWS]))


def _as_paragraphs(rows: Iterable[Row]) -> list[Paragraph]:
    return [Paragraph(line, row.source) for row in rows for cell in row.cells for line in cell.lines]


def _with_years(head: PlanHead, years: Years | None) -> tuple[PlanHead, tuple[Doubt, ...]]:
    if years is None or years == head.years:
        return head, ()
    read = head.years
    doubts = (
        (
            Doubt(
                "plan",
                f"Kế hoạch ghi {read}, Văn phòng chọn {years}; đã tính theo {years}, có đúng không?",
                kind=DoubtKind.YEARS,
            ),
        )
        if read
        else ()
    )
    return replace(head, years=years), doubts


def _read(sheets: _Sheets, years: Years | None) -> RowsRead:
    """The tables first, then the running text, each in the order of the paper."""
    # A paper without a single number or table is read from its first line.
    body = _body(sheets.paragraphs) or ([] if sheets.tables else sheets.paragraphs)
    items = read_outline(body)
    labelled, used = read_labelled(items, years)
    clauses = read_clauses([item for item in items if item not in used], years)
    tables = [read_rows(rows, header, years) for rows, header in sheets.tables]
    prose = sorted((*labelled, *clauses.duties), key=lambda duty: duty.source.row)
    return RowsRead(
        duties=(*(duty for table in tables for duty in table.duties), *prose),
        left_out=(*clauses.left_out, *sheets.left_out, *(row for table in tables for row in table.left_out)),
        doubts=tuple(doubt for table in tables for doubt in table.doubts),
    )


def _body(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The running text from the first section to the signature, without the heads of annexes."""
    body: list[Paragraph] = []
    open_body = False
    for paragraph in paragraphs:
        if _OPENS_BODY.match(paragraph.text):
            open_body = True
        elif _ENDS_BODY.match(paragraph.text) or (_ANNEX.match(paragraph.text) and len(paragraph.text) < 60):
            open_body = False
        if open_body:
            body.append(paragraph)
    return body


def _with_matches(duty: DraftDuty, known: Sequence[KnownUnit]) -> DraftDuty:
    """Where a printed name means a known unit of another spelling, say which."""
    names = dict.fromkeys((*duty.leads, *duty.partners, *(part.unit for part in duty.parts)))
    found = {name: match_unit(name, known) for name in names}
    other = {
        name: match.unit.name for name, match in found.items() if match.unit and match.how is not How.EXACT
    }
    return replace(duty, matched=other) if other else duty
