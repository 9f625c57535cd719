"""WordprocessingML in small pieces: runs, paragraphs, tables and drawn rules, made from text that may hold anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from lxml.etree import _Element as Element

from documents.safe_text import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = {
    "w": W,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_DECLARED = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in _SPACES.items())
TWIPS_PER_MM = 1440 / 25.4
_EMU_PER_MM = 36_000
_RULE_STROKE_EMU = 9_525
_BELOW_EMU = 38_100


class Align(StrEnum):
    """Where the lines of a paragraph stand, as w:jc says it."""

    LEFT = "left"
    CENTRE = "center"


def twips(mm: float) -> int:
    """Millimetres as Word measures them: 1,440 to the inch."""
    return round(mm * TWIPS_PER_MM)


def elements(xml: str) -> list[Element]:
    """The pieces as elements that a document takes in."""
    pieces: Element = parse_xml(f"<w:pieces {_DECLARED}>{xml}</w:pieces>")
    return list(pieces)


@dataclass(frozen=True)
class Type:
    """How a run is set; `points` None is the style's own size."""

    points: float | None = None
    bold: bool = False
    italic: bool = False


PLAIN = Type()


def run(text: str, look: Type = PLAIN) -> str:
    """Words of one type; whatever is in them is escaped, line ends and tabs are kept."""
    lines = printable(text).split("\n")
    told = "<w:br/>".join(_tabbed(line) for line in lines)
    return f"<w:r>{_run_look(look)}{told}</w:r>"


def _tabbed(line: str) -> str:
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t"))
    return "<w:tab/>".join(parts)


def _run_look(look: Type) -> str:
    half_points = round(look.points * 2) if look.points else 0
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    marks = ("<w:b/><w:bCs/>" if look.bold else "") + ("<w:i/><w:iCs/>" if look.italic else "")
    return f"<w:rPr>{marks}{size}</w:rPr>" if marks or size else ""


@dataclass(frozen=True)
class Shape:
    """How a paragraph lies: spaces in points, `exactly` its height in millimetres."""

    align: Align = Align.LEFT
    before: float = 0
    after: float = 0
    indent: float = 0
    exactly: float = 0
    keep_next: bool = False


def paragraph(runs: str, shape: Shape) -> str:
    """A paragraph of runs that are XML already."""
    keep = "<w:keepNext/><w:keepLines/>" if shape.keep_next else ""
    exact = f' w:line="{twips(shape.exactly)}" w:lineRule="exact"' if shape.exactly else ""
    spacing = f'<w:spacing w:before="{round(shape.before * 20)}" w:after="{round(shape.after * 20)}"{exact}/>'
    indent = f'<w:ind w:left="{twips(shape.indent)}" w:right="0" w:firstLine="0"/>'
    return f'<w:p><w:pPr>{keep}{spacing}{indent}<w:jc w:val="{shape.align}"/></w:pPr>{runs}</w:p>'


@dataclass(frozen=True)
class Column:
    """A column of a table: what stands over it, how wide it is in millimetres, how its cells are set."""

    head: str
    mm: float
    align: Align = Align.LEFT


def cell(paragraphs: str, mm: float, *, across: int = 1, middle: bool = False) -> str:
    """A cell so many millimetres wide, over so many columns; `middle` puts its text half-way down."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    middled = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(mm)}" w:type="dxa"/>{span}{middled}</w:tcPr>{paragraphs}</w:tc>'


def row(cells: Iterable[str], *, is_head: bool = False) -> str:
    """A row stays on one page; a head comes again on each."""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[float], *, ruled: bool, padding: float = 0) -> str:
    """Rows of cells; `widths` of the columns and `padding` beside the text are in millimetres."""
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = 'w:val="single" w:sz="4" w:space="0" w:color="000000"' if ruled else 'w:val="nil"'
    borders = "".join(f"<w:{edge} {drawn}/>" for edge in edges)
    sides = "".join(f'<w:{side} w:w="{twips(padding)}" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    # With its names declared on itself a long table moves into a document at once, else each of its parts is looked up.
    return (
        f"<w:tbl {_DECLARED}>"
        f'<w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{sides}</w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def drawn_rule(mm: float, number: int, *, keep_next: bool = False) -> str:
    """A solid line of its own, in the middle of its column: neither underlining nor dashes."""
    wide = round(mm * _EMU_PER_MM)
    points = round(mm / 25.4 * 72, 1)
    line = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251659264" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{_BELOW_EMU}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Đường kẻ {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SPACES["wps"]}"><wps:wsp><wps:cNvCnPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="0"/></a:xfrm>'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{_RULE_STROKE_EMU}"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor>"
    )
    # Word before 2010 and some others know only the older way of drawing.
    older = (
        '<v:line style="position:absolute;mso-position-horizontal:center;mso-position-horizontal-relative:text;'
        f'mso-position-vertical-relative:text;margin-top:3pt" from="0,0" to="{points}pt,0" '
        'strokecolor="black" strokeweight=".75pt"/>'
    )
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{line}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{older}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    return paragraph(drawing, Shape(Align.CENTRE, exactly=3.5, keep_next=keep_next))
