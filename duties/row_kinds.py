"""What kind of row of a table it is: a task, a group, a total, the rest of the row above."""

import re
from collections.abc import Sequence

from duties.headings import Column, Header
from duties.papers import Row, is_bullet, without_bullet
from duties.plan import DraftDuty
from duties.spelling import fold

_CODE = re.compile(r"(?:[IVXLC]+|[A-Za-zĐđ]|\d{1,3}(?:\.\d{1,3})*|[IVXLC]+\.\d{1,3})(?:\s*[.)])?\Z")
_LEADING_CODE = re.compile(
    r"(?P<code>(?:[IVXLC]+|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*))\s*[.)]\s+(?P<text>\S.*)", re.S
)
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,2}\)?\Z")
_TOTAL = re.compile(r"(?:tong (?:cong|so)|cong)\b")


def is_code(text: str) -> bool:
    """“I”, “1.2”, “a)”: the number of a row alone."""
    return bool(_CODE.match(text))


def is_column_numbers(row: Row) -> bool:
    """“(1) (2) (3)”: the columns are only numbered."""
    named = [cell.flat for cell in row.cells if cell.flat]
    return len(named) >= 3 and all(_COLUMN_NUMBERS.match(text) for text in named)


def is_total(row: Row) -> bool:
    """“Tổng cộng: 12 nhiệm vụ”."""
    return bool(_TOTAL.match(fold(row.text)))


def is_group(row: Row, below: Sequence[Row], header: Header) -> bool:
    """A row that only says what the rows below it are about."""
    code = code_of(row, header)
    if merged_text(row, header):
        return True
    if _filled(
        row, header, (Column.LEADS, Column.ASSIGNMENT, Column.PARTNERS, Column.DELIVERABLES, Column.FORMS)
    ):
        return False
    if re.fullmatch(r"[IVXLC]+|[A-ZĐ]", code):
        return any(_is_below(code, code_of(other, header)) for other in below)
    if _filled(row, header, (Column.DEADLINE,)) or not code or not below:
        return False
    first = code_of(below[0], header)
    return first.startswith(f"{code}.") or (
        code.isdigit() and (first[:1].islower() or is_bullet(below[0].text))
    )


def _is_below(group: str, code: str) -> bool:
    return code[:1].isdigit() or code.startswith(f"{group}.")


def is_unnumbered_group(row: Row, below: Sequence[Row], header: Header) -> bool:
    """Among numbered tasks, a line without a number that says nothing but a title, right above a number."""
    content = row.cell(header[Column.CONTENT]).flat
    alone = [cell.flat for cell in row.cells if cell.flat] == [content]
    if not alone or not below or row.cell(header[Column.CONTENT]).goes_on or begins_midway(content):
        return False
    return not content.endswith((".", ";", ",")) and is_code(below[0].cell(header[Column.CODE]).flat)


def merged_text(row: Row, header: Header) -> str:
    """A heading that is merged over the whole row stands in its first cell, or is repeated in all of them."""
    texts = list(dict.fromkeys(cell.flat for cell in row.cells if cell.flat))
    first = row.cell(0).flat
    if (
        len(texts) == 1
        and first == texts[0]
        and len(row.cells) > 1
        and header[Column.CONTENT] != 0
        and not is_code(first)
    ):
        return first
    return ""


def _filled(row: Row, header: Header, columns: Sequence[Column]) -> bool:
    return any(not row.cell(header[column]).is_blank for column in columns)


def code_of(row: Row, header: Header) -> str:
    """The number of a row, without its full stop; “” where it has none."""
    text = row.cell(header[Column.CODE]).flat
    if is_code(text):
        return text.rstrip(" .)")
    merged = _LEADING_CODE.match(text)
    return merged["code"] if merged else ""


def group_text(row: Row, header: Header) -> str:
    """What a row that is a group says, with its number in front."""
    merged = merged_text(row, header)
    if merged:
        return merged
    code = row.cell(header[Column.CODE]).flat
    content = row.cell(header[Column.CONTENT]).flat
    details = (row.cell(place).flat for place in header.details)
    text = without_bullet(next(filter(None, (content, *details)), ""))
    return f"{code.rstrip(' .)')}. {text}" if code else text


def goes_on(row: Row, last: DraftDuty, header: Header, numbered: bool) -> bool:
    """A row without a number that only carries the rest of the row above."""
    if row.cell(header[Column.CONTENT]).goes_on:
        return True
    if not numbered or row.cell(header[Column.CODE]).flat:
        return False
    content = row.cell(header[Column.CONTENT]).flat
    if not _filled(row, header, (Column.CONTENT,)):
        return True
    return begins_midway(content) or last.content.rstrip().endswith((";", ",", ":"))


def begins_midway(text: str) -> bool:
    """The end of something that began above."""
    return text[:1].islower() or text.startswith(("(", "+", "-", "–"))
