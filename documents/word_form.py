"""A Word form with named places, such as {{so_lieu}}: which names there are, and what a form lacks."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from documents.office_zip import open_package
from duties.errors import UnfitForm, UnreadablePlan

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
    {
        Place.SUPERIOR,
        Place.AGENCY,
        Place.SYMBOL,
        Place.DATED,
        Place.SUBJECT,
        Place.WINDOW,
        Place.DATA_UNTIL,
        Place.SIGNER,
        Place.ATTACHED,
    }
)
NEEDED = (Place.NUMBERS, Place.RESULTS, Place.SHORTCOMINGS, Place.COMING, Place.DUTIES, Place.UNITS)
NAMED = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_TORN = re.compile(r"\{\{|\}\}")
# what a damaged package makes its readers say
BROKEN = (
    UnreadablePlan,
    PackageNotFoundError,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    SyntaxError,
    RuntimeError,
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
)


def open_form(content: bytes) -> WordDocument:
    """The form as a document; what is no whole .docx is refused."""
    if len(content) > LARGEST:
        raise UnfitForm(f"Mẫu báo cáo lớn hơn {LARGEST // 1024 // 1024} MB; xin gửi mẫu .docx nhỏ hơn.")
    try:
        open_package(content, "mẫu báo cáo")
        return Document(io.BytesIO(content))
    except BROKEN:
        raise UnfitForm from None


def check_names(form: WordDocument) -> None:
    """Refuse a name that is not known, torn, or not where it can be filled in, and a form that lacks what it needs."""
    found = set()
    for paragraph in paragraphs(form):
        text = text_of(paragraph)
        for name in NAMED.findall(text):
            place = place_named(name)
            found.add(place)
            if place not in IN_LINE and not is_alone(text):
                raise UnfitForm(
                    f"Mẫu báo cáo: {braced(name)} phải đứng một mình trong một đoạn; xin sửa rồi gửi lại."
                )
        if _TORN.search(NAMED.sub("", text)):
            raise UnfitForm(
                f"Mẫu báo cáo: dấu ngoặc của tên chỗ điền chưa đóng ở “{text.strip()[:60]}”; xin sửa rồi gửi lại."
            )
    if lacking := [place for place in NEEDED if place not in found]:
        raise UnfitForm(f"Mẫu báo cáo thiếu {', '.join(map(braced, lacking))}; xin thêm vào mẫu rồi gửi lại.")


def place_named(name: str) -> Place:
    """Word likes to begin a line with a capital."""
    try:
        return Place(name.lower())
    except ValueError:
        known = ", ".join(map(braced, Place))
        raise UnfitForm(f"Mẫu báo cáo có tên chưa biết {braced(name)}; các tên dùng được: {known}.") from None


def braced(name: str) -> str:
    """“so_lieu” as it stands in a form."""
    return "{{" + name + "}}"


def paragraphs(form: WordDocument) -> Iterator[Element]:
    """Every paragraph of the form, those of its headers, footers and boxes too."""
    for part in form.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield from part.element.iter(qn("w:p"))


def texts(paragraph: Element) -> list[Element]:
    """Its own pieces of text, not those of a box that hangs on it."""
    own = (text for text in paragraph.iter(qn("w:t")))
    return [text for text in own if next(text.iterancestors(qn("w:p"))) is paragraph]


def text_of(paragraph: Element) -> str:
    return "".join(text.text or "" for text in texts(paragraph))


def is_alone(text: str) -> bool:
    """Whether a paragraph is nothing but one name."""
    return NAMED.fullmatch(text.strip()) is not None
