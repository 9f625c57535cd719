"""A Word form with named places, such as {{so_lieu}}: which names there are, what a form lacks, and filling it in."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from documents.office_zip import open_package
from documents.safe_text import printable
from documents.word_head import ROOM
from documents.word_xml import TWIPS_PER_MM, elements, run
from duties.errors import UnfitForm, UnreadablePlan
from duties.message import Line, Look

LARGEST = 10 * 1024 * 1024


class Place(StrEnum):
    """The names that a form may have; the office writes each between double braces."""

    HEAD = "dau_van_ban"
    SUPERIOR = "co_quan_chu_quan"
    AGENCY = "co_quan"
    SYMBOL = "ky_hieu"
    DATED = "dia_danh_ngay"
    SUBJECT = "trich_yeu"
    WINDOW = "ky"
    DATA_UNTIL = "so_lieu_den"
    ADDRESSEES = "kinh_gui"
    OPENING = "mo_dau"
    GUIDANCE = "chi_dao"
    NUMBERS = "so_lieu"
    RESULTS = "ket_qua"
    AMOUNTS = "san_luong"
    SHORTCOMINGS = "ton_tai"
    COMING = "phuong_huong"
    PROPOSALS = "kien_nghi"
    CLOSING = "ket_thuc"
    FOOT = "chu_ky"
    SIGNER = "nguoi_ky"
    ATTACHED = "kem_theo"
    DUTIES = "phu_luc_1"
    UNITS = "phu_luc_2"


# These are words within a line; all others fill a paragraph or more, and stand alone in one.
IN_LINE = frozenset(
    [
        "co_quan_chu_quan",
        "co_quan",
        "ky_hieu",
        "dia_danh_ngay",
        "trich_yeu",
        "ky",
        "so_lieu_den",
        "nguoi_ky",
        "kem_theo",
    ]
)
NEEDED = (Place.NUMBERS, Place.RESULTS, Place.SHORTCOMINGS, Place.COMING, Place.DUTIES, Place.UNITS)
_NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_TORN = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True)
class Filling:
    """What comes to a place: within a line `text`; alone in a paragraph `lines` in its format, or pieces `drawn` to the room."""

    text: str | None = None
    lines: tuple[Line, ...] | None = None
    drawn: Callable[[float], str] | None = None


def open_form(content: bytes) -> WordDocument:
    """The form as a document; what is no whole .docx is refused."""
    if len(content) > LARGEST:
        raise UnfitForm(f"Mẫu báo cáo lớn hơn {LARGEST // 1024 // 1024} MB; xin gửi mẫu .docx nhỏ hơn.")
    try:
        open_package(content, "mẫu báo cáo")
        return Document(io.BytesIO(content))
    except (UnreadablePlan, PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile):
        raise UnfitForm from None


def check_names(form: WordDocument) -> None:
    """Refuse a name that is not known, torn, or not where it can be filled in, and a form that lacks what it needs."""
    found = set()
    for paragraph in _paragraphs(form):
        text = _text(paragraph)
        for name in _NAMED.findall(text):
            found.add(_known(name))
            if name not in IN_LINE and not _is_alone(text):
                raise UnfitForm(
                    f"Mẫu báo cáo: {braced(name)} phải đứng một mình trong một đoạn; xin sửa rồi gửi lại."
                )
        if _TORN.search(_NAMED.sub("", text)):
            raise UnfitForm(
                f"Mẫu báo cáo: dấu ngoặc của tên chỗ điền chưa đóng ở “{text.strip()[:60]}”; xin sửa rồi gửi lại."
            )
    if lacking := [place for place in NEEDED if place not in found]:
        raise UnfitForm(f"Mẫu báo cáo thiếu {', '.join(map(braced, lacking))}; xin thêm vào mẫu rồi gửi lại.")


def _known(name: str) -> Place:
    try:
        return Place(name)
    except ValueError:
        known = ", ".join(map(braced, Place))
        raise UnfitForm(f"Mẫu báo cáo có tên chưa biết {braced(name)}; các tên dùng được: {known}.") from None


def braced(name: str) -> str:
    return "{{" + name + "}}"


def fill(form: WordDocument, fillings: Mapping[Place, Filling]) -> None:
    """Put what belongs there in every place of the form: body, tables, text boxes, headers and footers."""
    for paragraph in list(_paragraphs(form)):
        text = _text(paragraph)
        names = _NAMED.findall(text)
        if not names:
            continue
        only = fillings[Place(names[0])]
        if _is_alone(text) and (only.lines is not None or only.drawn):
            _replace(paragraph, _pieces(paragraph, only, form))
        else:
            _write_in(paragraph, fillings)


def _paragraphs(form: WordDocument) -> Iterator[Element]:
    for part in form.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield from part.element.iter(qn("w:p"))


def _texts(paragraph: Element) -> list[Element]:
    """Its own pieces of text, not those of a box that hangs on it."""
    own = (text for text in paragraph.iter(qn("w:t")))
    return [text for text in own if next(text.iterancestors(qn("w:p"))) is paragraph]


def _text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _is_alone(text: str) -> bool:
    return _NAMED.fullmatch(text.strip()) is not None


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
    look = next((text.getprevious() for text in _texts(paragraph)), None)
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


def _replace(paragraph: Element, pieces: list[Element]) -> None:
    """A section that ends with the place ends behind what came there; a cell keeps the paragraph it must end with."""
    for piece in pieces:
        paragraph.addprevious(piece)
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None or _must_stay(paragraph):
        for text in _texts(paragraph):
            text.text = ""
    else:
        _remove(paragraph)


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
    for found in reversed(list(_NAMED.finditer(_text(paragraph)))):
        words = printable(fillings[Place(found[1])].text or "").replace("\n", " ")
        _splice(_texts(paragraph), found.start(), found.end(), words)
    if not _text(paragraph).strip() and not _must_stay(paragraph):
        _remove(paragraph)


def _splice(texts: list[Element], start: int, end: int, words: str) -> None:
    """A name may be torn over several runs: the one it begins in gives the type."""
    for text in texts:
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
