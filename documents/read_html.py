""".html → a Document: what the reader of a page sees, without menus; tables with their merged cells."""

import email
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email import policy

import lxml.html
from lxml.html import HtmlElement

from documents.cells import MOST_COLUMNS, MOST_ROWS, clean_cell, clean_line
from documents.coding import decoded
from documents.flow import Flow, sentences
from documents.office_zip import damaged, too_big
from documents.word_numbering import roman
from duties.errors import UnreadablePlan
from duties.headings import read_header
from duties.outline import begins_item
from duties.papers import Cell, Document, Grid, Row
from duties.plan import Source

# Word writes ten for a cell, and a portal hundreds around the plan; more takes minutes to read.
_MOST_TAGS = 200_000
_HEADING_ROWS, _LONGEST_HEADING = 12, 200
_PARTS = {"thead", "tbody", "tfoot", "tr"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_UNSEEN = {
    *(
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
    ),
    *("svg", "iframe", "object", "del", "textarea", "title"),
}
_INLINE = {
    *("a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "s"),
    *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|footer|banner|social|share|related|comments?|"
    r"search|login|copyright|pagination|skip|tin-?lien-?quan|tin-?khac)(?:$|[\s_-])",
    re.I,
)
_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.I)
_BULLETS = {"·", "o", "§", "ü", "Ø", "v", "•", "¨", "–", "-", "+", "*", "▪", "●"}
_MOST_LINKS = 0.6


def read_html(content: bytes, name: str) -> Document:
    """A page as its reader sees it."""
    found = _CHARSET.search(content[:4096])
    text = decoded(content, name, found[1].decode() if found else "")
    return _read(text, name)


def read_mht(content: bytes, name: str) -> Document:
    """A page that a browser or Word saved with its pictures in one file."""
    message = email.message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            assert isinstance(page, bytes)
            return read_html(page, name)
    raise UnreadablePlan(damaged(name))


def _read(text: str, name: str) -> Document:
    if text.count("<") > _MOST_TAGS:
        raise UnreadablePlan(too_big(name))
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    root = lxml.html.document_fromstring(bare or "<p></p>", parser=lxml.html.HTMLParser(huge_tree=False))
    page = _Page()
    page.walk(root)
    page.end_paragraph()
    return Document(name, tuple(page.flow.blocks))


@dataclass
class _Page:
    """The page read from its top; `line` gathers the words of the open paragraph."""

    flow: Flow = field(default_factory=Flow)
    line: list[str] = field(default_factory=list)

    def walk(self, element: HtmlElement) -> None:
        """Read what is inside an element, in order."""
        for child in _children(element):
            if isinstance(child, str):
                self.line.append(child)
            elif child.tag == "table" and not _is_layout(child):
                self.end_paragraph()
                self._put_table(child)
            elif child.tag in _INLINE:
                self.line.append(_marker(child)) if _is_marker(child) else self.walk(child)
            elif child.tag == "br":
                self.line.append("\n")
            else:
                self._walk_block(child)

    def _walk_block(self, child: HtmlElement) -> None:
        self.end_paragraph()
        label = _label(child)
        self.line.append(label)
        self.walk(child)
        if label and begins_item("".join(self.line)[len(label) :].strip()):
            self.line.remove(label)
        self.end_paragraph()

    def end_paragraph(self) -> None:
        lines = (clean_line(line) for line in "".join(self.line).split("\n"))
        self.line = []
        self.flow.put_paragraph([line for line in lines if line.strip("-•+* ")])

    def _put_table(self, table: HtmlElement) -> None:
        self.flow.tables += 1
        self.flow.blocks.append(_grid(table, self.flow.tables))


def _children(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """The words and elements inside, in order; source line breaks are spaces, what is not shown is not there."""
    keeps = element.tag == "pre"
    yield _spaced(element.text, keeps)
    for child in element:
        if isinstance(child.tag, str) and not _is_unseen(child):
            yield child
        yield _spaced(child.tail, keeps)


def _spaced(text: str | None, keeps_lines: bool) -> str:
    return (text or "") if keeps_lines else re.sub(r"\s+", " ", text or "")


def _is_unseen(element: HtmlElement) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    if element.get("role") in {"navigation", "banner", "search", "contentinfo"}:
        return True
    if "msoDel" in element.get("class", "") or _HIDDEN.search(element.get("style", "")):
        return True
    return _is_boilerplate(element)


def _is_boilerplate(element: HtmlElement) -> bool:
    """A menu by its name or because it is nearly all links; never what holds a table of work."""
    if element.tag not in {"div", "ul", "ol", "section", "header", "table", "td", "p"}:
        return False
    named = bool(_BOILERPLATE.search(f"{element.get('class', '')} {element.get('id', '')}"))
    if not named and element.tag not in {"div", "ul", "ol"}:
        return False
    said = len(element.text_content().strip())
    links = element.findall(".//a")
    linked = sum(len(link.text_content().strip()) for link in links)
    if len(links) >= 3 and linked > said * _MOST_LINKS:
        return True
    return named and said < 2_000 and not element.findall(".//table")


def _is_marker(element: HtmlElement) -> bool:
    return bool(_MARKER.search(element.get("style", "")))


def _marker(element: HtmlElement) -> str:
    """Word's own bullet or number before an item of a list."""
    sign = clean_line(element.text_content())
    return "- " if sign in _BULLETS else f"{sign} "


def _label(element: HtmlElement) -> str:
    """The bullet or number that a browser draws before an item of a list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None:
        return ""
    if parent.tag != "ol":
        return "- "
    first = parent.get("start", "1")
    place = sum(sibling.tag == "li" for sibling in element.itersiblings(preceding=True))
    return f"{_numbered((int(first) if first.isdigit() else 1) + place, parent.get('type', '1'))} "


def _numbered(number: int, kind: str) -> str:
    match kind:
        case "a" | "A" if number <= 26:
            letter = chr(ord("a") + number - 1)
            return f"{letter})" if kind == "a" else f"{letter.upper()}."
        case "I" | "i":
            return f"{roman(number).upper()}."
        case _:
            return f"{number}."


# --- tables


def _is_layout(table: HtmlElement) -> bool:
    """A table that only places things: it holds a table of its own, or is a single column."""
    if any(read_header(_headings(table)[place:]) for place in range(_HEADING_ROWS)):
        return False
    inner = table.findall(".//table")
    return bool(inner) or all(len(_cells(row)) <= 1 for row in _own_rows(table))


def _headings(table: HtmlElement) -> tuple[Row, ...]:
    """The first rows with their bare words, however deep tables lie in one another."""
    return _grid(table, 1, _own_rows(table)[: _HEADING_ROWS + 1], _bare_words).rows


def _bare_words(cell: HtmlElement) -> str:
    return clean_line(cell.text_content()[:_LONGEST_HEADING])


def _own_rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of this table and not of one inside it."""
    parts = ([part] if part.tag == "tr" else part for part in table if part.tag in _PARTS)
    return [row for part in parts for row in part if row.tag == "tr" and not _is_unseen(row)]


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"} and not _HIDDEN.search(cell.get("style", ""))]


def _grid(
    table: HtmlElement,
    number: int,
    own: Sequence[HtmlElement] = (),
    words: Callable[[HtmlElement], str] | None = None,
) -> Grid:
    rows: list[Row] = []
    covered: dict[int, int] = {}
    own = own or _own_rows(table)[:MOST_ROWS]
    for place, row in enumerate(own, 1):
        cells = _placed(_cells(row), covered, len(own) - place + 1, words or _cell_text)
        rows.append(Row(tuple(cells), Source(row=place, table=number)))
    wide = max((len(row.cells) for row in rows), default=0)
    return Grid(tuple(Row((*row.cells, *[Cell()] * (wide - len(row.cells))), row.source) for row in rows))


def _placed(
    cells: Sequence[HtmlElement], covered: dict[int, int], left: int, words: Callable[[HtmlElement], str]
) -> list[Cell]:
    """The cells of a row in their columns; `covered` are the columns that rows above still take."""
    placed: list[Cell] = []
    waiting = list(cells)
    while (waiting or covered.get(len(placed), 0)) and len(placed) < MOST_COLUMNS:
        if covered.get(len(placed), 0):
            covered[len(placed)] -= 1
            placed.append(Cell(goes_on=True))
            continue
        cell = waiting.pop(0)
        high = min(_span(cell, "rowspan") or left, left)
        for place in range(max(_span(cell, "colspan"), 1)):
            covered[len(placed)] = high - 1
            placed.append(Cell(words(cell)) if place == 0 else Cell())
    return placed


def _span(cell: HtmlElement, name: str) -> int:
    written = cell.get(name, "1").strip()
    return min(int(written), MOST_COLUMNS if name == "colspan" else MOST_ROWS) if written.isdigit() else 1


def _cell_text(cell: HtmlElement) -> str:
    inside = _Cell()
    inside.walk(cell)
    inside.end_paragraph()
    return clean_cell("\n".join(inside.lines))


class _Cell(_Page):
    """The inside of a cell: each paragraph a line, a table in it as its words."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def end_paragraph(self) -> None:
        lines = (clean_line(line) for line in "".join(self.line).split("\n"))
        self.line = []
        self.lines += sentences(line for line in lines if line)

    def _put_table(self, table: HtmlElement) -> None:
        for row in _own_rows(table):
            for cell in _cells(row):
                self.lines += _cell_text(cell).splitlines()
