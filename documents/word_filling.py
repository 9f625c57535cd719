"""Filling a form in: words within a line, paragraphs in the format of their place, tables as wide as their page."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import cast

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml.etree import _Element as Element

from documents.safe_text import printable
from documents.word_form import NAMED, Place, is_alone, paragraphs, place_named, text_of, texts
from documents.word_head import ROOM
from documents.word_xml import TWIPS_PER_MM, elements, run
from duties.message import Line, Look


@dataclass(frozen=True)
class Filling:
    """What comes to a place: within a line `text`; alone in a paragraph `lines` in its format, or pieces `drawn` to the room."""

    text: str | None = None
    lines: tuple[Line, ...] | None = None
    drawn: Callable[[float], str] | None = None


def fill(form: WordDocument, fillings: Mapping[Place, Filling]) -> None:
    """Put what belongs there in every place of the form: body, tables, text boxes, headers and footers."""
    for paragraph in list(paragraphs(form)):
        text = text_of(paragraph)
        names = NAMED.findall(text)
        if not names:
            continue
        only = fillings[place_named(names[0])]
        if is_alone(text) and (only.lines is not None or only.drawn):
            _replace(paragraph, _pieces(paragraph, only, form), form)
        else:
            _write_in(paragraph, fillings)


def _pieces(paragraph: Element, filling: Filling, form: WordDocument) -> list[Element]:
    if filling.drawn:
        return elements(filling.drawn(_room(paragraph, form)))
    return [_in_format_of(paragraph, line) for line in filling.lines or ()]


def _in_format_of(paragraph: Element, line: Line) -> Element:
    """A paragraph set as the place was: what the office does to the place, it does to the text."""
    made, (words,) = elements("<w:p/>")[0], elements(run(line.text))
    shape = paragraph.find(qn("w:pPr"))
    if shape is not None:
        made.append(_copied(shape, is_title=line.look is Look.TITLE))
    look = next((text.getprevious() for text in texts(paragraph)), None)
    if look is not None and look.tag == qn("w:rPr"):
        words.insert(0, deepcopy(look))
    made.append(words)
    return made


def _copied(shape: Element, *, is_title: bool) -> Element:
    """A title stays with what it stands over."""
    copied = deepcopy(shape)
    for section in copied.findall(qn("w:sectPr")):
        copied.remove(section)
    if is_title and copied.find(qn("w:keepNext")) is None:
        style = copied.find(qn("w:pStyle"))
        copied.insert(0 if style is None else 1, elements("<w:keepNext/>")[0])
    return copied


def _replace(paragraph: Element, pieces: list[Element], form: WordDocument) -> None:
    """The place goes, unless a paragraph is needed there: to end a section or a cell, or behind a table."""
    for piece in pieces:
        paragraph.addprevious(piece)
    is_behind_table = bool(pieces) and pieces[-1].tag == qn("w:tbl")
    if is_behind_table or _ends_section(paragraph) or _must_stay(paragraph):
        _empty(paragraph, form)
    else:
        _remove(paragraph)


def _holds_more(paragraph: Element) -> bool:
    """A picture, a box, or the end of a section."""
    return _ends_section(paragraph) or any(True for _ in paragraph.iter(qn("w:drawing"), qn("w:pict")))


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _empty(paragraph: Element, form: WordDocument) -> None:
    """So low that it makes no page of its own; two tables without it would become one."""
    for text in texts(paragraph):
        text.text = ""
    shape = Paragraph(cast("CT_P", paragraph), form).paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(1)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _must_stay(paragraph: Element) -> bool:
    """A cell, a box or a header ends with a paragraph."""
    before, parent = paragraph.getprevious(), paragraph.getparent()
    closes = paragraph.getnext() is None and parent is not None and parent.tag != qn("w:body")
    return closes and (before is None or before.tag != qn("w:p"))


def _write_in(paragraph: Element, fillings: Mapping[Place, Filling]) -> None:
    """Write within the line; from the last name to the first, so that what was written is not read again."""
    for found in reversed(list(NAMED.finditer(text_of(paragraph)))):
        words = printable(fillings[place_named(found[1])].text or "").replace("\n", " ")
        _splice(texts(paragraph), found.start(), found.end(), words)
    if not text_of(paragraph).strip() and not (_must_stay(paragraph) or _holds_more(paragraph)):
        _remove(paragraph)


def _splice(pieces: list[Element], start: int, end: int, words: str) -> None:
    """A name may be torn over several runs: the one it begins in gives the type."""
    for text in pieces:
        told = text.text or ""
        begins_here = 0 <= start < len(told)
        text.text = told[: max(start, 0)] + (words if begins_here else "") + told[max(end, 0) :]
        text.set(qn("xml:space"), "preserve")
        start, end = start - len(told), end - len(told)


def _room(paragraph: Element, form: WordDocument) -> float:
    """How wide the page is between its margins, in millimetres, where the paragraph stands."""
    section = _section_of(paragraph, form)
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return ROOM
    wide = _twips(page, "w:w") - _twips(margins, "w:left") - _twips(margins, "w:right")
    return wide / TWIPS_PER_MM if wide > 0 else ROOM


def _twips(element: Element, name: str) -> float:
    return float(element.get(qn(name)) or 0)


def _section_of(paragraph: Element, form: WordDocument) -> Element:
    """The first section that ends at or after the paragraph; the body's own ends the last one."""
    passed = False
    for each in form.element.body.iter(qn("w:p")):
        passed = passed or each is paragraph
        section: Element | None = each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if passed and section is not None:
            return section
    last: Element = form.element.body.get_or_add_sectPr()
    return last
