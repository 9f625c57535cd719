"""The form that is used until the office sends its own; `python -m documents.default_form` writes it anew into forms/."""

import io
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section

from documents.same_bytes import same_bytes
from documents.word_form import Place, braced
from documents.word_xml import PLAIN, Align, Shape, Type, elements, paragraph, run, twips

SHIPPED = Path(__file__).parent / "forms" / "bao-cao.docx"
FONT = "Times New Roman"
PAGE_NUMBER = 13
_FONTS = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
_FACE = f"<w:rFonts {_FONTS}/>"
_SIZE = '<w:sz w:val="28"/><w:szCs w:val="28"/>'
_STYLES = f"""
<w:docDefaults><w:rPrDefault><w:rPr>{_FACE}<w:color w:val="000000"/>{_SIZE}
<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:rPr>{_FACE}<w:color w:val="000000"/>{_SIZE}</w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>
</w:tblCellMar></w:tblPr></w:style>
<w:style w:type="paragraph" w:styleId="Noidung"><w:name w:val="Nội dung"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr>
<w:rPr>{_FACE}{_SIZE}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Ketthuc"><w:name w:val="Kết thúc"/><w:basedOn w:val="Noidung"/>
<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="240"/></w:pPr><w:rPr>{_FACE}{_SIZE}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Noidung"/><w:next w:val="Noidung"/>
<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr>{_FACE}<w:b/><w:bCs/>{_SIZE}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Noidung"/><w:next w:val="Noidung"/>
<w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="1"/></w:pPr>
<w:rPr>{_FACE}<w:b/><w:bCs/>{_SIZE}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr>{_FACE}</w:rPr></w:style>
"""
# Without it Word opens the paper in its compatibility mode of 2007.
_COMPATIBLE = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_BODY: tuple[tuple[str, str], ...] = (
    ("Noidung", braced(Place.OPENING)),
    ("Heading1", "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"),
    ("Noidung", braced(Place.GUIDANCE)),
    ("Heading1", "II. KẾT QUẢ THỰC HIỆN"),
    ("Heading2", "1. Kết quả chung"),
    ("Noidung", braced(Place.NUMBERS)),
    ("Heading2", "2. Kết quả theo từng nhóm nhiệm vụ"),
    ("Noidung", braced(Place.RESULTS)),
    ("Heading2", "3. Số liệu do các đơn vị báo cáo"),
    ("Noidung", braced(Place.AMOUNTS)),
    ("Heading1", "III. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
    ("Noidung", braced(Place.SHORTCOMINGS)),
    ("Heading1", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"),
    ("Noidung", braced(Place.COMING)),
    ("Heading1", "V. ĐỀ XUẤT, KIẾN NGHỊ"),
    ("Noidung", braced(Place.PROPOSALS)),
    ("Ketthuc", braced(Place.CLOSING)),
)


def default_form() -> bytes:
    """The form as a .docx; made twice it has the same bytes."""
    form = Document()
    _set_styles(form)
    _set_properties(form)
    body = form.element.body
    for child in list(body):
        body.remove(child)
    for piece in elements(_paper() + _appendix_one() + _appendix_two()):
        body.append(piece)
    _number_pages(form.sections[0])
    saved = io.BytesIO()
    form.save(saved)
    return same_bytes(saved.getvalue())


def _set_styles(form: WordDocument) -> None:
    styles, settings = form.styles.element, form.settings.element
    for child in list(styles):
        styles.remove(child)
    for piece in elements(_STYLES):
        styles.append(piece)
    for old in settings.findall(qn("w:compat")):
        settings.replace(old, elements(_COMPATIBLE)[0])


def _set_properties(form: WordDocument) -> None:
    known = form.core_properties
    known.author = known.last_modified_by = known.comments = known.keywords = ""
    known.title = "Mẫu báo cáo"
    known.created = known.modified = datetime(2026, 1, 1, tzinfo=UTC)


def _number_pages(section: Section) -> None:
    """In the top margin, centred; the later sections have the same head."""
    section.header.is_linked_to_previous = False
    (line,) = section.header.paragraphs
    field = f'<w:fldSimple w:instr=" PAGE ">{run("2", Type(PAGE_NUMBER))}</w:fldSimple>'
    line._p.getparent().replace(line._p, elements(paragraph(field, Shape(Align.CENTRE)))[0])


def _paper() -> str:
    kind = paragraph(run("BÁO CÁO", Type(14, bold=True)), Shape(Align.CENTRE, before=12, keep_next=True))
    head = (
        _place(Place.HEAD)
        + kind
        + _place(Place.SUBJECT, Type(14, bold=True))
        + _place(Place.ADDRESSEES, Type(14))
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>' for style, text in _BODY
    )
    return head + body + _place(Place.FOOT) + _ends(_PORTRAIT)


def _place(place: Place, look: Type = PLAIN) -> str:
    return paragraph(run(braced(place), look), Shape(Align.CENTRE))


def _appendix_one() -> str:
    return (
        _appendix_head("Phụ lục I", "KẾT QUẢ THỰC HIỆN TỪNG NHIỆM VỤ")
        + _place(Place.DUTIES)
        + _ends(_LANDSCAPE)
    )


def _appendix_two() -> str:
    return _appendix_head("Phụ lục II", "TỔNG HỢP KẾT QUẢ THEO ĐƠN VỊ") + _place(Place.UNITS) + _LANDSCAPE


def _appendix_head(number: str, title: str) -> str:
    centred, bold = Shape(Align.CENTRE, keep_next=True), Type(14, bold=True)
    window = f"<w:r><w:rPr><w:b/><w:bCs/><w:caps/>{_SIZE}</w:rPr><w:t>{braced(Place.WINDOW)}</w:t></w:r>"
    attached = run(braced(Place.ATTACHED), Type(14, italic=True))
    return (
        paragraph(run(number, bold), centred)
        + paragraph(run(f"{title} ", bold) + window, centred)
        + paragraph(attached, Shape(Align.CENTRE, after=8, keep_next=True))
    )


def _ends(section: str) -> str:
    """A section's last paragraph, too low to make a page of its own."""
    return f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'


def _section(wide: float, high: float, turned: str = "") -> str:
    """A4 with the margins of Nghị định 30; numbered from 1, the number not shown on the first page."""
    return (
        f'<w:sectPr><w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{turned}/>'
        f'<w:pgMar w:top="{twips(20)}" w:right="{twips(15)}" w:bottom="{twips(20)}" w:left="{twips(30)}" '
        f'w:header="{twips(10)}" w:footer="{twips(10)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


_PORTRAIT, _LANDSCAPE = _section(210, 297), _section(297, 210, ' w:orient="landscape"')


if __name__ == "__main__":
    SHIPPED.write_bytes(default_form())
