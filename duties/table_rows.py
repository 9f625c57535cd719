"""The rows of a table → duties, group headings, or left out with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from duties.assignment import Assignment, read_assignment, read_unit_column, units_alone
from duties.deadline import Years
from duties.grammar import read_deadline
from duties.headings import Column, Header, is_header_again
from duties.papers import Cell, Row, without_bullet
from duties.plan import Doubt, DoubtKind, DraftDuty, LeftOut, Role
from duties.row_kinds import (
    begins_midway,
    code_of,
    goes_on,
    group_text,
    is_code,
    is_column_numbers,
    is_group,
    is_total,
    is_unnumbered_group,
    merged_text,
)
from duties.spelling import fold
from duties.when_in_prose import find_firm_when

# “C.” and “D.” come after “B.”, not below it.
_SMALL_ROMAN = re.compile(r"[IVX]+\Z")
_NUMBER_OF_GROUP = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\.\s+")
_MARK = re.compile(r"(?:x+|v|\+|\*|✓|✔|√|•|●|■|co)\Z")
_TIME_OF_GROUP = re.compile(
    r"(?:[ivx]+\. )?(?:(?:nhiem vu |cong viec )?(?:trong )?)?(?:thang|quy) ?(?:\d{1,2}|[ivx]+)\b"
)


@dataclass(frozen=True)
class RowsRead:
    """What the rows of one table gave."""

    duties: tuple[DraftDuty, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass
class _Reading:
    groups: list[tuple[str, str]] = field(default_factory=list)
    group_rows: list[tuple[Row, str]] = field(default_factory=list)
    duties: list[DraftDuty] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def group_of(self, code: str) -> str:
        """The headings that a row with this code stands under; those that it has left are closed."""
        while self.groups and not _is_above(self.groups[-1][0], code):
            self.groups.pop()
        return " / ".join(text for _, text in self.groups)

    def open_group(self, code: str, text: str) -> None:
        self.group_of(code)
        self.groups = [*self.groups, (code, text)] if code else [("", text)]

    def leave(self, row: Row, why: str, text: str = "") -> None:
        self.left_out.append(LeftOut(text or row.text, why, row.source))


def read_rows(rows: Sequence[Row], header: Header, years: Years | None) -> RowsRead:
    """Every row below the header, in order."""
    reading = _Reading()
    header = _with_parts(rows, _with_codes(rows, header))
    kept = [row for row in _unmerged(rows, header) if not row.is_blank]
    numbered = sum(is_code(row.cell(header[Column.CODE]).flat) for row in kept) * 2 > len(kept)
    for place, row in enumerate(kept):
        _read_row(reading, row, kept[place + 1 :], header, years, numbered)
    _leave_empty_groups(reading)
    return RowsRead(tuple(reading.duties), tuple(reading.left_out), tuple(reading.doubts))


def _with_codes(rows: Sequence[Row], header: Header) -> Header:
    """A first column without a heading that holds numbers holds the numbers of the tasks."""
    has_words = header[Column.CONTENT] == 0 and header.details
    if header[Column.CODE] is not None or (0 in header.columns.values() and not has_words):
        return header
    first = [row.cell(0).flat for row in rows if row.cell(0).flat]
    if sum(map(is_code, first)) * 2 <= len(first):
        return header
    content, *more = header.details if has_words else (header[Column.CONTENT] or 0, *header.details)
    columns = {**header.columns, Column.CODE: 0, Column.CONTENT: content}
    return replace(header, columns=columns, details=tuple(place for place in more if place))


def _with_parts(rows: Sequence[Row], header: Header) -> Header:
    """“Nhiệm vụ chung” merged over several rows, each with work, a unit and a time of its own, is their group."""
    content = header[Column.CONTENT]
    merged = [row for row in rows if row.cell(content).goes_on]
    own = [place for place in header.details if all(_is_own(row.cell(place)) for row in merged)]
    if not merged or not own or not all(_is_own(row.cell(header[Column.DEADLINE])) for row in merged):
        return header
    details = tuple(place for place in header.details if place != own[0])
    return replace(header, columns={**header.columns, Column.CONTENT: own[0]}, details=details, theme=content)


def _is_own(cell: Cell) -> bool:
    return not cell.goes_on and not cell.is_blank


def _leave_empty_groups(reading: _Reading) -> None:
    """A heading without a task below it, or a remark under the table, is said too."""
    for row, text in reading.group_rows:
        if not any(text in duty.group for duty in reading.duties):
            reading.leave(row, "dòng tên nhóm không có nhiệm vụ nào bên dưới")


def _unmerged(rows: Sequence[Row], header: Header) -> list[Row]:
    """A cell merged over several tasks counts for each; one task over several rows stays one."""
    filled: list[Row] = []
    for row in rows:
        if filled and not row.cell(header[Column.CONTENT]).goes_on:
            above = filled[-1]
            cells = (
                above.cell(at) if cell.goes_on or _is_ditto(cell) else cell
                for at, cell in enumerate(row.cells)
            )
            row = Row(tuple(cells), row.source)
        filled.append(row)
    return filled


def _is_ditto(cell: Cell) -> bool:
    """“nt”, “-nt-”, “như trên”: the same as above."""
    return fold(cell.flat).strip(' -."“”') in {"nt", "n/t", "nhu tren"}


def _read_row(
    reading: _Reading, row: Row, below: Sequence[Row], header: Header, years: Years | None, numbered: bool
) -> None:
    continues = bool(reading.duties) and goes_on(row, reading.duties[-1], header, numbered)
    if is_header_again(row, header):
        reading.leave(row, "dòng tiêu đề của bảng in lặp lại")
    elif is_column_numbers(row):
        reading.leave(row, "dòng đánh số cột")
    elif numbered and is_code(row.text) and row.text == row.cell(header[Column.CODE]).flat:
        reading.leave(row, "dòng chỉ có số thứ tự, không có nội dung")
    elif is_total(row):
        reading.leave(row, "dòng tổng cộng")
    elif is_group(row, below, header) or (
        numbered and not continues and is_unnumbered_group(row, below, header)
    ):
        reading.open_group(code_of(row, header), group_text(row, header))
        reading.group_rows.append((row, group_text(row, header)))
        _leave_strays(reading, row, header)
    elif continues:
        reading.duties[-1] = _continued(reading.duties[-1], row, header, years)
    else:
        groups = (reading.group_of(code_of(row, header)), row.cell(header.theme).flat)
        reading.duties.append(_duty(row, header, years, " / ".join(filter(None, groups))))
        reading.doubts += _other_times(reading.duties[-1], row, header)
        reading.doubts += _run_together(reading.duties[-1], row)


def _other_times(duty: DraftDuty, row: Row, header: Header) -> list[Doubt]:
    """A rhythm or a date in another column does not replace the deadline; it is asked about."""
    said = duty.deadline.phrase
    for column in (Column.ASSIGNMENT, Column.LEADS, Column.CONTENT, Column.NOTES):
        text = row.cell(header[column]).flat
        when = find_firm_when(text) if column is not Column.CONTENT or "báo cáo" in text.lower() else ""
        if when and when.casefold() != said.casefold():
            ask = f"Cột thời hạn ghi “{said or '(trống)'}”, nhưng trong dòng còn có “{when}”; có nhắc thêm theo “{when}” không?"
            return [Doubt(duty.code, ask, row.source, DoubtKind.TIMES)]
    return []


def _run_together(duty: DraftDuty, row: Row) -> list[Doubt]:
    """Two names with nothing between them were parted by us, not by the paper."""
    names = (*pairwise(duty.leads), *pairwise(duty.partners))
    printed = " ".join(row.text.split())
    return [
        Doubt(
            duty.code,
            f"“{one} {other}” viết liền nhau, đã hiểu là hai đơn vị; có đúng không?",
            row.source,
            DoubtKind.READING,
        )
        for one, other in names
        if f"{one} {other}" in printed
    ]


def _is_above(group: str, code: str) -> bool:
    """“I” stands above “1”, “1” above “1.1”, “a” and “-”; a heading without a code above all."""
    if not group or not code:
        return True
    if group[0].isdigit():
        return code.startswith(f"{group}.") or code[0].islower()
    return (
        code[0].isdigit()
        or code[0].islower()
        or (len(group) == 1 and group not in "IVX" and bool(_SMALL_ROMAN.match(code)))
    )


def _leave_strays(reading: _Reading, row: Row, header: Header) -> None:
    stray = row.cell(header[Column.DEADLINE]).flat
    if stray and not merged_text(row, header):
        reading.leave(row, "chữ còn sót ở dòng tên nhóm, không phải thời hạn của nhiệm vụ nào", stray)


def _continued(last: DraftDuty, row: Row, header: Header, years: Years | None) -> DraftDuty:
    more = _duty(row, header, years, last.group)
    helping = row.cell(header[Column.PARTNERS])
    return replace(
        last,
        content=_joined(last.content, more.content),
        forms=(*last.forms, *more.forms),
        deliverables=(*last.deliverables, *more.deliverables),
        leads=_and_more(last.leads, row.cell(header[Column.LEADS]), more.leads),
        partners=last.partners
        if _repeats(last.leads, helping)
        else _and_more(last.partners, helping, more.partners),
        deadline=last.deadline if last.deadline.phrase else more.deadline,
        notes=_joined(last.notes, more.notes),
    )


def _joined(above: str, below: str) -> str:
    """The words of both rows; a page that prints the last words once more adds nothing."""
    return above if fold(above).endswith(fold(below)) else f"{above} {below}".strip()


def _repeats(leads: tuple[str, ...], cell: Cell) -> bool:
    """The end of the leads, printed once more one column too far."""
    return begins_midway(cell.flat) and fold(", ".join(leads)).endswith(fold(cell.flat))


def _and_more(above: tuple[str, ...], cell: Cell, below: tuple[str, ...]) -> tuple[str, ...]:
    """Names cut by a page: “…, Bộ Nông” + “nghiệp và Phát triển nông thôn, …”."""
    if above and begins_midway(cell.flat):
        return read_assignment(Cell(_joined(", ".join(above), cell.flat))).leads
    return tuple(dict.fromkeys((*above, *below)))


def _duty(row: Row, header: Header, years: Years | None, group: str) -> DraftDuty:
    content = row.cell(header[Column.CONTENT])
    assigned = _assigned(row, header)
    details = (row.cell(place).text for place in header.details)
    return DraftDuty(
        code=row.cell(header[Column.CODE]).flat.strip(" .)-–+"),
        content="\n".join(filter(None, (without_bullet(content.text), *details))),
        source=row.source,
        deadline=read_deadline(_when(row, header, group), years),
        group=group,
        forms=row.cell(header[Column.FORMS]).bullets,
        deliverables=row.cell(header[Column.DELIVERABLES]).bullets,
        leads=assigned.leads or _of_group(group, header),
        partners=assigned.partners,
        parts=assigned.parts,
        notes=row.cell(header[Column.NOTES]).flat,
    )


def _when(row: Row, header: Header, group: str) -> str:
    """The deadline cell; else the quarters that are marked; without either, the group “THÁNG 3” that the row is in."""
    said = row.cell(header[Column.DEADLINE])
    if not said.is_blank:
        return said.flat
    marked = [(header.names[place], row.cell(place).flat) for place in header.spans if row.cell(place).flat]
    if marked:
        return ", ".join(name if _MARK.match(fold(mark)) else mark for name, mark in marked)
    above = group.rpartition(" / ")[2]
    has_column = header[Column.DEADLINE] is not None or header.spans
    return above if not has_column and _TIME_OF_GROUP.match(fold(above)) else said.flat


def _assigned(row: Row, header: Header) -> Assignment:
    """Lead, partner and “phân công” columns as one assignment."""
    mixed = read_assignment(row.cell(header[Column.ASSIGNMENT]))
    leads = read_unit_column(row.cell(header[Column.LEADS]))
    partners = read_unit_column(row.cell(header[Column.PARTNERS]), Role.PARTNER)
    named = tuple(dict.fromkeys((*leads.leads, *mixed.leads, *partners.leads)))
    helping = dict.fromkeys((*leads.partners, *mixed.partners, *partners.partners))
    parts = (*leads.parts, *mixed.parts, *partners.parts)
    return Assignment(named, tuple(helping), parts)


def _of_group(group: str, header: Header) -> tuple[str, ...]:
    """A table without a column for units, in groups “I. Văn phòng Sở”, “II. Thanh tra Sở”: the group says who."""
    who = {Column.LEADS, Column.PARTNERS, Column.ASSIGNMENT}
    name = _NUMBER_OF_GROUP.sub("", group.rpartition(" / ")[2]).rstrip(" :.")
    return () if who & header.columns.keys() else units_alone(name)
