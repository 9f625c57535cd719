""".docx → a Document: paragraphs with their automatic numbers, tables with merged cells, changes as accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents.cells import MOST_COLUMNS, clean_cell, clean_line
from documents.flow import Flow
from documents.office_zip import Package, damaged, open_package
from documents.word_numbering import Numbering, W, read_numbering
from duties.errors import UnreadablePlan
from duties.papers import Cell, Document, Grid, Row
from duties.plan import Doubt, Source

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What a reader of the accepted paper does not see.
_UNSEEN = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", _FALLBACK, f"{W}pPr", f"{W}rPr"}
_BOX = f"{W}txbxContent"
_CHANGES = {f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"}
_STATE = re.compile(r"C[ỘO]NG H(?:ÒA|OÀ) XÃ HỘI|^\W*Số\s*:", re.I)
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml"}


@dataclass
class _Reading(Flow):
    numbering: Numbering = field(default_factory=Numbering)


def read_docx(content: bytes, name: str) -> Document:
    """A Word file as its reader sees it on paper."""
    package = open_package(content, name)
    path = package.main_part("word/document.xml")
    root = package.part(path)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadablePlan(damaged(name))
    folder = path.rpartition("/")[0] or "word"
    reading = _Reading(
        numbering=read_numbering(
            package.part(f"{folder}/numbering.xml"), package.part(f"{folder}/styles.xml")
        )
    )
    margins = _read_headers(reading, package, folder)
    for element in _unwrapped(body):
        _read_block(reading, element)
    return Document(name, tuple(reading.blocks), doubts=_asked(body), margins=margins)


def _read_headers(reading: _Reading, package: Package, folder: str) -> tuple[str, ...]:
    """Running heads are no text of the plan, but for a letterhead that was put there."""
    lines: list[str] = []
    for header in package.parts_named(f"{folder}/header"):
        own = [line for paragraph in header.iter(f"{W}p") for line in _lines(reading, paragraph)]
        lines += own
        if any(map(_STATE.search, own)):
            for element in _unwrapped(header):
                _read_block(reading, element)
    return tuple(lines)


def _asked(body: Element) -> tuple[Doubt, ...]:
    if not any(element.tag in _CHANGES for element in body.iter()):
        return ()
    text = "Tệp còn sửa đổi chưa chấp nhận (Track Changes); đã đọc theo bản chấp nhận hết, có đúng không?"
    return (Doubt("plan", text),)


def _unwrapped(parent: Element) -> Iterator[Element]:
    """The children, those inside content controls and accepted insertions too."""
    for child in parent:
        if child.tag in _WRAPPERS:
            if not _is_placeholder(child):
                yield from _unwrapped(child)
        else:
            yield child


def _is_placeholder(control: Element) -> bool:
    """“Bấm vào đây để nhập”, or a table of contents: what Word put there by itself."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    is_contents = gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
    return is_contents or control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _read_block(reading: _Reading, element: Element) -> None:
    if element.tag == f"{W}tbl" and _is_layout(element):
        for cell in element.iterfind(f"{W}tr/{W}tc"):
            for inside in _unwrapped(cell):
                _read_block(reading, inside)
    elif element.tag == f"{W}tbl":
        reading.tables += 1
        reading.blocks.append(_grid(reading, element))
    elif element.tag == f"{W}p":
        reading.put_paragraph(_lines(reading, element))
        for boxed in _boxed(element):
            _read_block(reading, boxed)


def _is_layout(table: Element) -> bool:
    """A frame of one cell in a row around a table of several columns."""
    rows = table.findall(f"{W}tr")
    inner = table.findall(f"{W}tr/{W}tc/{W}tbl/{W}tr")
    return any(len(row.findall(f"{W}tc")) > 2 for row in inner) and all(
        len(row.findall(f"{W}tc")) < 2 for row in rows
    )


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
            case tag if tag == f"{W}r" and _is_on(child, "vanish"):
                continue
            case tag if tag == f"{W}r" and _is_on(child, "caps"):
                yield "".join(_words(child)).upper()
            case tag if tag == f"{W}sdt" and _is_placeholder(child):
                continue
            case tag if tag == f"{W}sym":
                yield chr(int(child.get(f"{W}char", "2022"), 16))
            case tag if tag == f"{W}t":
                yield child.text or ""
            case tag if tag in {f"{W}br", f"{W}cr"}:
                yield "\n"
            case tag if tag in {f"{W}tab", f"{W}ptab"}:
                yield " "
            case tag if tag == f"{W}noBreakHyphen":
                yield "-"
            case _:
                yield from _words(child)


def _is_on(run: Element, property_name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{property_name}")
    return found is not None and found.get(f"{W}val", "1") not in {"0", "false", "off"}


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
    return min(int(value), MOST_COLUMNS) if value.isdigit() else default
