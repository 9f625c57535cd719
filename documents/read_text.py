"""Plain text and Markdown → a Document: paragraphs, and tables written with tabs, one cell a line, or bars."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.cells import (
    LONGEST_PARAGRAPH,
    MOST_COLUMNS,
    carries_on,
    clean_cell,
    clean_line,
    stands_alone,
    without_marks,
    without_tags,
)
from duties.headings import read_labels, recognise
from duties.outline import begins_item
from duties.papers import Block, Cell, Document, Grid, Paragraph, Row
from duties.plan import Source

_WRAPPED_AT = 110
_FULL_LINE = 50
_HEADINGS_OF_TABLE = 3
_ENDS = (".", ";", ":", "!", "?", "/", "|")
_RULE = re.compile(r"[\s|:_*=–—-]*\Z")
_BAR_RULE = re.compile(r"\|?[\s|:-]*-{3,}[\s|:-]*\|?\Z")


@dataclass
class _Lines:
    """The lines of a file, read from the top; `row` is the line's number in the file, from 1."""

    texts: Sequence[str]
    at: int = 0
    tables: int = 0
    blocks: list[Block] = field(default_factory=list)

    @property
    def row(self) -> int:
        return self.at + 1

    @property
    def here(self) -> str:
        return self.texts[self.at]

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.texts)


def read_text(text: str, name: str) -> Document:
    """A .txt or .md file as a document."""
    lines = _Lines(_without_comments(text).split("\n"))
    wrapped = _is_wrapped(lines.texts)
    while not lines.is_done:
        if not (_read_tabs(lines) or _read_cell_lines(lines) or _read_bars(lines)):
            _read_paragraph(lines, wrapped)
    return Document(name, tuple(lines.blocks))


def _without_comments(text: str) -> str:
    """Comments are no words of the plan; their line breaks stay, so that rows keep their numbers."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u000b", "\n")
    return re.sub(r"<!--.*?-->", lambda found: "\n" * found.group().count("\n"), plain, flags=re.S)


def _is_wrapped(texts: Sequence[str]) -> bool:
    """A file whose lines were all broken at some width."""
    prose = [len(text) for text in texts if text.strip() and "|" not in text and "\t" not in text]
    return bool(prose) and max(prose) <= _WRAPPED_AT


# --- paragraphs


def _read_paragraph(lines: _Lines, wrapped: bool) -> None:
    start = lines.row
    text = _prose(lines.here)
    lines.at += 1
    if not text:
        return
    beside = wrapped and start >= 2 and bool(_prose(lines.texts[start - 2]))
    last = lines.blocks[-1] if lines.blocks else None
    full = beside and len(lines.texts[start - 2]) >= _FULL_LINE
    if isinstance(last, Paragraph) and (
        _goes_on(last.text, text, beside) or (full and _is_next_sentence(last.text, text))
    ):
        lines.blocks[-1] = Paragraph(f"{last.text} {text}", last.source)
    else:
        lines.blocks.append(Paragraph(text, Source(row=start)))


def _prose(line: str) -> str:
    text = clean_line(without_marks(without_tags(line))).strip("|").strip()
    return "" if _RULE.match(text) else text


def _goes_on(above: str, below: str, beside: bool) -> bool:
    """Whether a line only carries on the sentence above it, over a wrapped line or a page break."""
    if len(above) > LONGEST_PARAGRAPH or begins_item(below) or read_labels(below):
        return False
    if below[0].islower():
        return beside or carries_on(above, below)
    return (
        beside
        and not above.endswith(_ENDS)
        and above.isupper() == below.isupper()
        and not stands_alone(above, below)
    )


def _is_next_sentence(above: str, below: str) -> bool:
    return above.endswith(".") and not below.isupper() and not begins_item(below) and not read_labels(below)


# --- tables with tabs between the cells of a row


def _read_tabs(lines: _Lines) -> bool:
    header = _cells(lines.here)
    if len(header) < _HEADINGS_OF_TABLE or _known_headings(header) < _HEADINGS_OF_TABLE:
        return False
    rows = [_row(header, lines.row, lines)]
    lines.at += 1
    while not lines.is_done:
        cells = _cells(lines.here)
        if len(cells) >= 2:
            rows.append(_row(_fitted(cells, len(header)), lines.row, lines))
        elif lines.here.strip() and not _carry_on(rows, lines.here):
            break
        lines.at += 1
    _put_grid(lines, rows)
    return True


def _cells(line: str) -> list[str]:
    return line.split("\t", MOST_COLUMNS)[:MOST_COLUMNS] if "\t" in line else []


def _fitted(cells: list[str], wide: int) -> list[str]:
    """A row has as many cells as the header; trailing ones that are missing are blank."""
    return [*cells, *[""] * (wide - len(cells))] if len(cells) < wide else cells


def _carry_on(rows: list[Row], line: str) -> bool:
    """A cell that goes on over a line break; a heading or a finished sentence ends the table."""
    filled = [place for place, cell in enumerate(rows[-1].cells) if cell.flat]
    if not filled or len(rows) < 2 or _is_after_table(line):
        return False
    cells = list(rows[-1].cells)
    cells[filled[-1]] = Cell(clean_cell(f"{cells[filled[-1]].text}\n{line}"))
    rows[-1] = Row(tuple(cells), rows[-1].source)
    return True


def _is_after_table(line: str) -> bool:
    text = _prose(line)
    return bool(
        re.match(r"(?:[IVXLC]+\.\s|Nơi nhận|PHỤ LỤC|Phụ lục|Ghi chú\s*:|Trên đây|[A-ZĐ]\.\s)", text)
    ) or (text.isupper() and len(text) > 12)


# --- tables with one cell on each line, that begins with a tab


def _read_cell_lines(lines: _Lines) -> bool:
    run = _cell_run(lines)
    header = [text for _, text in run]
    if len(header) < _HEADINGS_OF_TABLE or _known_headings(header) < _HEADINGS_OF_TABLE:
        return False
    rows = [_row(header, lines.row, lines)]
    wide = len(header)
    start = 0
    cells: list[str] = []
    blank = True
    while not lines.is_done:
        line = lines.here
        if line.startswith("\t"):
            if cells and (len(cells) >= wide or (blank and _is_code(line))):
                rows.append(_row(_fitted(cells, wide), start, lines))
                cells = []
            start = start if cells else lines.row
            cells.append(line.strip())
        elif line.strip():
            if not cells or (len(cells) >= wide and blank and _ends_here(line)):
                break
            cells[-1] += f"\n{line}"
        blank = not line.strip()
        lines.at += 1
    if cells:
        rows.append(_row(_fitted(cells, wide), start, lines))
    _put_grid(lines, rows)
    return True


def _cell_run(lines: _Lines) -> list[tuple[int, str]]:
    """The cells that stand together here, up to a blank line; moves past them if they are a header."""
    run: list[tuple[int, str]] = []
    at = lines.at
    while at < len(lines.texts) and lines.texts[at].strip():
        text = lines.texts[at]
        if text.startswith("\t"):
            run.append((at, text.strip()))
        elif run:
            run[-1] = (run[-1][0], f"{run[-1][1]} {text.strip()}")
        else:
            return []
        at += 1
    if _known_headings([text for _, text in run]) >= _HEADINGS_OF_TABLE:
        lines.at = at
    return run


def _is_code(line: str) -> bool:
    return bool(re.fullmatch(r"(?:\d{1,3}(?:\.\d+)*|[IVXLC]+|[A-Z])\s*[.)]?", line.strip()))


def _ends_here(line: str) -> bool:
    return _is_after_table(line) or not re.match(r"\s*[-+–•]", line)


# --- Markdown tables


def _read_bars(lines: _Lines) -> bool:
    if not _is_bar_row(lines.here):
        return False
    rows: list[Row] = []
    while not lines.is_done and (_is_bar_row(lines.here) or (rows and _breaks_row(lines))):
        if not _BAR_RULE.match(lines.here.strip()) and _is_bar_row(lines.here):
            rows.append(_row(_bar_cells(lines.here), lines.row, lines))
        lines.at += 1
    _put_grid(lines, rows)
    return True


def _is_bar_row(line: str) -> bool:
    text = line.strip()
    return text.startswith("|") and text.endswith("|") and text.count("|") >= 3


def _breaks_row(lines: _Lines) -> bool:
    """A blank line inside a table: the next row stands right below it."""
    return (
        not lines.here.strip() and lines.at + 1 < len(lines.texts) and _is_bar_row(lines.texts[lines.at + 1])
    )


def _bar_cells(line: str) -> list[str]:
    return [without_marks(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]


# --- shared


def _known_headings(names: Sequence[str]) -> int:
    return len({column for name in names if (column := recognise(name))})


def _row(cells: Sequence[str], row: int, lines: _Lines) -> Row:
    return Row(tuple(Cell(clean_cell(cell)) for cell in cells), Source(row=row, table=lines.tables + 1))


def _put_grid(lines: _Lines, rows: Sequence[Row]) -> None:
    """Rows of a table are counted in the table, from its header."""
    if not rows:
        return
    lines.tables += 1
    numbered = (Row(row.cells, Source(row=place, table=lines.tables)) for place, row in enumerate(rows, 1))
    lines.blocks.append(Grid(tuple(numbered)))
