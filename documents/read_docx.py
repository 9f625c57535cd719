""".docx → a Document: paragraphs with their automatic numbers, tables with merged cells, changes as accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents.cells import clean_cell, clean_line
from documents.flow import Flow
from documents.office_zip import damaged, open_package
from documents.word_numbering import Numbering, W, read_numbering
from duties.errors import UnreadablePlan
from duties.papers import Cell, Document, Grid, Row
from duties.plan import Source

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What a reader of the accepted paper does not see.
_UNSEEN = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", _FALLBACK, f"{W}pPr", f"{W}rPr"}
_BOX = f"{W}txbxContent"
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml"}


@dataclass
class _Reading(Flow):
    numbering: Numbering = field(default_factory=Numbering)


def read_docx(content: bytes, name: str) -> Document:
    """A Word file as its reader sees it on paper."""
    package = open_package(content, name)
    root = package.part("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadablePlan(damaged(name))
    reading = _Reading(
        numbering=read_numbering(package.part("word/numbering.xml"), package.part("word/styles.xml"))
    )
    for element in _unwrapped(body):
        _read_block(reading, element)
    return Document(name, tuple(reading.blocks))


def _unwrapped(parent: Element) -> Iterator[Element]:
    """The children, those inside content controls and accepted insertions too."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _read_block(reading: _Reading, element: Element) -> None:
    if element.tag == f"{W}tbl":
        reading.tables += 1
        reading.blocks.append(_grid(reading, element))
    elif element.tag == f"{W}p":
        reading.put_paragraph(_lines(reading, element))
        for boxed in _boxed(element):
            _read_block(reading, boxed)


def _lines(reading: _Reading, paragraph: Element) -> list[str]:
    text = "".join(_words(paragraph))
    if not text.strip():
        return []
    lines = (clean_line(line) for line in f"{reading.numbering.label(paragraph)}{text}".split("\n"))
    return [line for line in lines if line]


def _words(element: Element) -> Iterator[str]:
    """The words of a paragraph; hidden and deleted ones, and those of text boxes, are not in it."""
    for child in element:
        match child.tag:
            case tag if tag in _UNSEEN or tag == _BOX:
                continue
            case tag if tag == f"{W}r" and child.find(f"{W}rPr/{W}vanish") is not None:
                continue
            case tag if tag == f"{W}t":
                yield child.text or ""
            case tag if tag in {f"{W}br", f"{W}cr"}:
                yield "\n"
            case tag if tag == f"{W}tab":
                yield " "
            case tag if tag == f"{W}noBreakHyphen":
                yield "-"
            case _:
                yield from _words(child)


def _boxed(element: Element) -> Iterator[Element]:
    """The paragraphs of text boxes, each once: Word writes a box twice, for old readers too."""
    for child in element:
        if child.tag == _BOX:
            yield from _unwrapped(child)
        elif child.tag != _FALLBACK:
            yield from _boxed(child)


def _grid(reading: _Reading, table: Element) -> Grid:
    rows = [element for element in _unwrapped(table) if element.tag == f"{W}tr"]
    return Grid(
        tuple(
            Row(tuple(_cells(reading, row)), Source(row=place, table=reading.tables))
            for place, row in enumerate(rows, 1)
            if row.find(f"{W}trPr/{W}del") is None
        )
    )


def _cells(reading: _Reading, row: Element) -> Iterator[Cell]:
    """The cells of a row, as many as the columns they cover."""
    for _ in range(_number(row.find(f"{W}trPr/{W}gridBefore"), 0)):
        yield Cell()
    for cell in (element for element in _unwrapped(row) if element.tag == f"{W}tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        yield Cell(goes_on=True) if goes_on else Cell(clean_cell("\n".join(_cell_lines(reading, cell))))
        for _ in range(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1) - 1):
            yield Cell()


def _cell_lines(reading: _Reading, cell: Element) -> Iterator[str]:
    for element in _unwrapped(cell):
        if element.tag == f"{W}p":
            yield from _lines(reading, element)
            for boxed in _boxed(element):
                yield from _lines(reading, boxed)
        elif element.tag == f"{W}tbl":
            for inner in element.iter(f"{W}tc"):
                yield from _cell_lines(reading, inner)


def _number(element: Element | None, default: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), 60) if value.isdigit() else default
