"""Paragraphs and tables in the order of the paper, for readers of files that know where a paragraph ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from documents.cells import carries_on
from duties.outline import begins_item
from duties.papers import Block, Paragraph
from duties.plan import Source


@dataclass
class Flow:
    """What has been read so far; paragraphs and tables are counted from 1."""

    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def put_paragraph(self, lines: list[str]) -> None:
        """The lines of one paragraph; each that opens something new stands by itself."""
        self.paragraphs += bool(lines)
        for line in sentences(lines):
            self._put_line(line)

    def _put_line(self, line: str) -> None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Paragraph) and carries_on(last.text, line) and not begins_item(line):
            self.blocks[-1] = Paragraph(f"{last.text} {line}", last.source)
        else:
            self.blocks.append(Paragraph(line, Source(row=self.paragraphs)))


def sentences(lines: Iterable[str]) -> list[str]:
    """A line break inside a sentence does not end it."""
    whole: list[str] = []
    for line in lines:
        if whole and line[0].islower() and not begins_item(line):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole
