"""The rows of a table → duties, group headings, or left out with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from duties.assignment import Assignment, read_assignment, read_unit_column, units_alone
from duties.deadline import Years
from duties.grammar import read_deadline
from duties.headings import Column, Header, is_header_again
from duties.papers import Cell, Row, is_bullet, without_bullet
from duties.plan import Doubt, DoubtKind, DraftDuty, LeftOut, Role
from duties.spelling import fold
from duties.when_in_prose import find_firm_when

_CODE = re.compile(r"(?:[IVXLC]+|[A-Za-zĐđ]|\d{1,3}(?:\.\d{1,3})*|[IVXLC]+\.\d{1,3})(?:\s*[.)])?\Z")
# “C.” and “D.” come after “B.”, not below it.
_SMALL_ROMAN = re.compile(r"[IVX]+\Z")
_LEADING_CODE = re.compile(
    r"(?P<code>(?:[IVXLC]+|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*))\s*[.)]\s+(?P<text>\S.*)", re.S
)
_NUMBER_OF_GROUP = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\.\s+")
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,2}\)?\Z")
_MARK = re.compile(r"(?:x+|v|\+|\*|✓|✔|√|•|●|■|co)\Z")
_TIME_OF_GROUP = re.compile(
    r"(?:[ivx]+\. )?(?:(?:nhiem vu |cong viec )?(?:trong )?)?(?:thang|quy) ?(?:\d{1,2}|[ivx]+)\b"
)
_TOTAL = re.compile(r"(?:tong (?:cong|so)|cong)\b")


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
    numbered = sum(_is_code(row.cell(header[Column.CODE]).flat) for row in kept) * 2 > len(kept)
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
    if sum(map(_is_code, first)) * 2 <= len(first):
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
    goes_on = bool(reading.duties) and _goes_on(row, reading.duties[-1], header, numbered)
    if is_header_again(row, header):
        reading.leave(row, "dòng tiêu đề của bảng in lặp lại")
    elif _is_column_numbers(row):
        reading.leave(row, "dòng đánh số cột")
    elif numbered and _is_code(row.text) and row.text == row.cell(header[Column.CODE]).flat:
        reading.leave(row, "dòng chỉ có số thứ tự, không có nội dung")
    elif _TOTAL.match(fold(row.text)):
        reading.leave(row, "dòng tổng cộng")
    elif _is_group(row, below, header) or (
        numbered and not goes_on and _is_unnumbered_group(row, below, header)
    ):
        reading.open_group(_code(row, header), _group_text(row, header))
        reading.group_rows.append((row, _group_text(row, header)))
        _leave_strays(reading, row, header)
    elif goes_on:
        reading.duties[-1] = _continued(reading.duties[-1], row, header, years)
    else:
        groups = (reading.group_of(_code(row, header)), row.cell(header.theme).flat)
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


def _is_code(text: str) -> bool:
    return bool(_CODE.match(text))


def _is_column_numbers(row: Row) -> bool:
    named = [cell.flat for cell in row.cells if cell.flat]
    return len(named) >= 3 and all(_COLUMN_NUMBERS.match(text) for text in named)


def _is_group(row: Row, below: Sequence[Row], header: Header) -> bool:
    """A row that only says what the rows below it are about."""
    code = _code(row, header)
    if _merged_text(row, header):
        return True
    if _filled(
        row, header, (Column.LEADS, Column.ASSIGNMENT, Column.PARTNERS, Column.DELIVERABLES, Column.FORMS)
    ):
        return False
    if re.fullmatch(r"[IVXLC]+|[A-ZĐ]", code):
        return any(_is_below(code, _code(other, header)) for other in below)
    if _filled(row, header, (Column.DEADLINE,)) or not code or not below:
        return False
    first = _code(below[0], header)
    return first.startswith(f"{code}.") or (
        code.isdigit() and (first[:1].islower() or is_bullet(below[0].text))
    )


def _is_below(group: str, code: str) -> bool:
    return code[:1].isdigit() or code.startswith(f"{group}.")


def _is_unnumbered_group(row: Row, below: Sequence[Row], header: Header) -> bool:
    """Among numbered tasks, a line without a number that says nothing but a title, right above a number."""
    content = row.cell(header[Column.CONTENT]).flat
    alone = [cell.flat for cell in row.cells if cell.flat] == [content]
    if not alone or not below or row.cell(header[Column.CONTENT]).goes_on or _begins_midway(content):
        return False
    return not content.endswith((".", ";", ",")) and _is_code(below[0].cell(header[Column.CODE]).flat)


def _merged_text(row: Row, header: Header) -> str:
    """A heading that is merged over the whole row stands in its first cell, or is repeated in all of them."""
    texts = list(dict.fromkeys(cell.flat for cell in row.cells if cell.flat))
    first = row.cell(0).flat
    if (
        len(texts) == 1
        and first == texts[0]
        and len(row.cells) > 1
        and header[Column.CONTENT] != 0
        and not _is_code(first)
    ):
        return first
    return ""


def _filled(row: Row, header: Header, columns: Sequence[Column]) -> bool:
    return any(not row.cell(header[column]).is_blank for column in columns)


def _code(row: Row, header: Header) -> str:
    text = row.cell(header[Column.CODE]).flat
    if _is_code(text):
        return text.rstrip(" .)")
    merged = _LEADING_CODE.match(text)
    return merged["code"] if merged else ""


def _group_text(row: Row, header: Header) -> str:
    merged = _merged_text(row, header)
    if merged:
        return merged
    code = row.cell(header[Column.CODE]).flat
    content = row.cell(header[Column.CONTENT]).flat
    details = (row.cell(place).flat for place in header.details)
    text = without_bullet(next(filter(None, (content, *details)), ""))
    return f"{code.rstrip(' .)')}. {text}" if code else text


def _leave_strays(reading: _Reading, row: Row, header: Header) -> None:
    stray = row.cell(header[Column.DEADLINE]).flat
    if stray and not _merged_text(row, header):
        reading.leave(row, "chữ còn sót ở dòng tên nhóm, không phải thời hạn của nhiệm vụ nào", stray)


def _goes_on(row: Row, last: DraftDuty, header: Header, numbered: bool) -> bool:
    """A row without a number that only carries the rest of the row above."""
    if row.cell(header[Column.CONTENT]).goes_on:
        return True
    if not numbered or row.cell(header[Column.CODE]).flat:
        return False
    content = row.cell(header[Column.CONTENT]).flat
    if not _filled(row, header, (Column.CONTENT,)):
        return True
    return _begins_midway(content) or last.content.rstrip().endswith((";", ",", ":"))


def _begins_midway(text: str) -> bool:
    return text[:1].islower() or text.startswith(("(", "+", "-", "–"))


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
    return _begins_midway(cell.flat) and fold(", ".join(leads)).endswith(fold(cell.flat))


def _and_more(above: tuple[str, ...], cell: Cell, below: tuple[str, ...]) -> tuple[str, ...]:
    """Names cut by a page: “…, Bộ Nông” + “nghiệp và Phát triển nông thôn, …”."""
    if above and _begins_midway(cell.flat):
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
