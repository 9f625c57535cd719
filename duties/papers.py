"""A Document: what a reader of files hands to intake, paragraphs and grids in the order of the paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from duties.plan import Doubt, LeftOut, Source

_BULLET = re.compile(r"^\s*([-–—•*▪●+])\s*(?=\S)")


def is_bullet(line: str) -> bool:
    """Whether a line opens with “-”, “+”, “•” or the like."""
    return bool(_BULLET.match(line))


def is_sub_bullet(line: str) -> bool:
    """Whether it is a “+” beneath a “-”."""
    return line.lstrip().startswith("+")


def without_bullet(line: str) -> str:
    """The words of a line behind its bullet."""
    return _BULLET.sub("", line, count=1).strip()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body, on one line."""

    text: str
    source: Source


@dataclass(frozen=True)
class Cell:
    """The text of a cell, a line for each paragraph or bullet in it; `goes_on` if it is merged with the cell above."""

    text: str = ""
    goes_on: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    @property
    def flat(self) -> str:
        """The whole cell on one line."""
        return " ".join(self.lines)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(" \n\t.…-–—")

    @property
    def bullets(self) -> tuple[str, ...]:
        """The cell's bullets, a “+” kept with the “-” above it; a cell without dashes counts each line."""
        marked = any(is_bullet(line) and not is_sub_bullet(line) for line in self.lines)
        found: list[str] = []
        for line in self.lines:
            begins = is_bullet(line) and not is_sub_bullet(line) if marked else not is_sub_bullet(line)
            if begins or not found:
                found.append(without_bullet(line))
            else:
                found[-1] = f"{found[-1]} {line}"
        return tuple(found)


@dataclass(frozen=True)
class Row:
    """A row of a table, and its place on the paper."""

    cells: tuple[Cell, ...]
    source: Source

    def cell(self, column: int | None) -> Cell:
        """The cell of a column; blank where the row is short or the table has no such column."""
        return Cell() if column is None or column >= len(self.cells) else self.cells[column]

    @property
    def text(self) -> str:
        return " | ".join(cell.flat for cell in self.cells if cell.flat)

    @property
    def is_blank(self) -> bool:
        return not self.text


@dataclass(frozen=True)
class Grid:
    """A table: its rows, the heading rows too."""

    rows: tuple[Row, ...]


Block = Paragraph | Grid


@dataclass(frozen=True)
class Document:
    """A plan as a reader saw it.

    `left_out` is what the reader did not take, such as hidden rows; `doubts` what it must ask about, such as tracked
    changes; `margins` the running heads and feet of its pages, where a stamp may stand.
    """

    name: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    margins: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @property
    def printed(self) -> dict[Source, tuple[str, ...]]:
        """The words at each place, cell by cell; what is merged with the cell above is not said again."""
        found: dict[Source, tuple[str, ...]] = {each.source: (each.text,) for each in self.paragraphs}
        for grid in self.grids:
            for row in grid.rows:
                found[row.source] = tuple("" if cell.goes_on else cell.text.strip() for cell in row.cells)
        return found

    @property
    def is_blank(self) -> bool:
        return not any(self._texts())

    @property
    def length(self) -> int:
        """How many characters were read."""
        return sum(map(len, self._texts()))

    def _texts(self) -> Iterator[str]:
        for block in self.blocks:
            yield from (row.text for row in block.rows) if isinstance(block, Grid) else [block.text]


def join(documents: list[Document]) -> Document:
    """Several files as one plan: its tables and paragraphs counted through, each with the name of its file."""
    if len(documents) == 1:
        return documents[0]
    joined = _Joining()
    for document in documents:
        joined.put(document)
    return Document(
        ", ".join(document.name for document in documents),
        tuple(joined.blocks),
        tuple(joined.left_out),
        tuple(joined.doubts),
        tuple(line for document in documents for line in document.margins),
    )


@dataclass
class _Joining:
    """What has been put together so far."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    tables: int = 0
    rows: int = 0

    def put(self, document: Document) -> None:
        name, rows = document.name, self.rows
        self.blocks += [self._placed(block, name, rows) for block in document.blocks]
        self.left_out += [replace(each, source=replace(each.source, file=name)) for each in document.left_out]
        self.doubts += [
            replace(each, source=replace(each.source, file=name) if each.source else None)
            for each in document.doubts
        ]

    def _placed(self, block: Block, name: str, rows: int) -> Block:
        if isinstance(block, Grid):
            self.tables += 1
            return Grid(tuple(replace(row, source=self._in_table(row.source, name)) for row in block.rows))
        # the order of paragraphs goes by their number, through all files
        self.rows = max(self.rows, rows + block.source.row)
        return replace(block, source=replace(block.source, row=rows + block.source.row, file=name))

    def _in_table(self, source: Source, name: str) -> Source:
        """A sheet has its name; other tables are counted through the files."""
        return replace(source, file=name, table=None if source.sheet else self.tables)
