"""A written report, opened again to be read as Word reads it."""

import io
from dataclasses import replace

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Length
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from documents.write_docx import write_docx
from duties.report import Letterhead, Report
from tests.fakes.reports import report

EMU_PER_MM = 36_000


def written(of: Report) -> WordDocument:
    """The report as a Word file, opened again."""
    return Document(io.BytesIO(write_docx(of)))


PAPER = written(report())


def signed(letterhead: Letterhead) -> WordDocument:
    """A report under this letterhead, opened again."""
    return written(replace(report(), letterhead=letterhead))


def line(paper: WordDocument, start: str) -> Paragraph:
    """The first paragraph that begins so."""
    return next(each for each in paper.paragraphs if each.text.startswith(start))


def lines_of(cell: _Cell) -> list[str]:
    return [each.text for each in cell.paragraphs if each.text]


def in_mm(*lengths: Length | None) -> list[int]:
    return [round((length or 0) / EMU_PER_MM) for length in lengths]


def type_of(paragraph: Paragraph) -> tuple[float | None, bool, bool]:
    """The size in points, whether bold, whether italic."""
    font = paragraph.runs[0].font
    return (font.size.pt if font.size else None, bool(font.bold), bool(font.italic))


def style_of(paragraph: Paragraph) -> str | None:
    return paragraph.style.name if paragraph.style else None
