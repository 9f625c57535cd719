"""What lies in an evidence pack, for whoever scores it: as a page that needs no network, and as an Excel file."""

import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import quote, urlsplit

from xlsxwriter import Workbook

from documents.safe_text import printable, printable_cell
from documents.xlsx_look import FIRST_ROW, HEAD_ROW, TYPE, height_of, looks, print_on_a4, write_heads
from duties.report import Report, Row
from duties.wording.dates import day
from duties.wording.report import due_words, duty, level, window_name

WORDS_OF_DUTY = 400
NO_PROOF, LOST = "Chưa có tài liệu kiểm chứng", "Không mở được tệp đã lưu"
HEADS = (
    ("TT", 5),
    ("Nhiệm vụ", 46),
    ("Đơn vị", 22),
    ("Hạn", 12),
    ("Mức độ", 17),
    ("Tệp kiểm chứng", 40),
    ("Văn bản", 16),
    ("Liên kết", 30),
)
_STYLE = """
body{font:16px/1.45 "Times New Roman",Times,serif;color:#1a1a1a;margin:1.5rem auto;max-width:75rem;padding:0 1rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:1px solid #777;padding:.35rem .5rem;text-align:left;vertical-align:top;
overflow-wrap:anywhere}th{background:#e7eef5}td.none{color:#8a2b00}ul{margin:0;padding-left:1.1rem}
@media(max-width:45rem){table,tbody,tr,td{display:block}thead{display:none}tr{border:1px solid #777;margin-bottom:1rem}
td{border:0}td::before{content:attr(data-head)": ";font-weight:bold}}
"""
# How much of the page's width each column has.
_SHARES = (4, 24, 14, 12, 12, 17, 8, 9)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Entry:
    """An obligation, where its files lie in the pack, and the names of those that could not be opened."""

    row: Row
    paths: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_proved(self) -> bool:
        return bool(self.paths or self.row.links or self.row.documents)

    @property
    def is_to_prove(self) -> bool:
        return not self.row.fact.not_applicable

    @property
    def lacks_proof(self) -> bool:
        return self.is_to_prove and not self.is_proved


def title(report: Report) -> str:
    return f"Tài liệu kiểm chứng {window_name(report)}{f' - {report.of}' if report.of else ''}"


def note(report: Report, entries: Sequence[Entry]) -> str:
    """Whose it is, until when, and how much is proved."""
    asked = [entry for entry in entries if entry.is_to_prove]
    proved = sum(entry.is_proved for entry in asked)
    until = f"tính đến hết ngày {day(report.summary.as_of)}"
    return f"{report.letterhead.agency}, {until}: {proved}/{len(asked)} phần việc có tài liệu kiểm chứng."


def index_html(report: Report, entries: Sequence[Entry]) -> str:
    """Every word of it is escaped; only http addresses become links."""
    heads = "".join(
        f'<th style="width:{share}%">{_told(head)}</th>'
        for (head, _), share in zip(HEADS, _SHARES, strict=True)
    )
    rows = "\n".join(_html_row(number, entry) for number, entry in enumerate(entries, 1))
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{_told(title(report))}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{_told(title(report))}</h1><p>{_told(note(report, entries))}</p>\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></body></html>\n"
    )


def _told(text: str) -> str:
    return html.escape(printable(text))


def _html_row(number: int, entry: Entry) -> str:
    row = entry.row
    plain = [str(number), duty(row.fact, WORDS_OF_DUTY), row.fact.unit, due_words(row.fact), level(row)]
    files = [_file(path) for path in entry.paths] + [_told(f"{LOST}: {name}") for name in entry.lost]
    listed = [_list(files), _list(map(_told, row.documents)), _list(map(_link, row.links))]
    if entry.lacks_proof:
        listed[0] = listed[0] or _told(NO_PROOF)
    cells = [*map(_told, plain), *listed]
    return f"<tr>{''.join(_cell(place, text, entry) for place, text in enumerate(cells))}</tr>"


def _cell(place: int, text: str, entry: Entry) -> str:
    lacking = ' class="none"' if HEADS[place][0] == "Tệp kiểm chứng" and entry.lacks_proof else ""
    return f'<td{lacking} data-head="{_told(HEADS[place][0])}">{text}</td>'


def _list(items: Iterable[str]) -> str:
    told = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{told}</ul>" if told else ""


def _file(path: str) -> str:
    return f'<a href="{_told(quote(path))}">{_told(path.rpartition("/")[2])}</a>'


def _link(address: str) -> str:
    if not _is_web(address):
        return _told(address)
    return f'<a href="{_told(address)}" rel="noopener noreferrer">{_told(address)}</a>'


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def index_xlsx(report: Report, entries: Sequence[Entry]) -> bytes:
    """The same as an Excel file."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(written, options | {"default_format_properties": TYPE}) as book:
        book.set_properties({"created": datetime.combine(report.made_on, time(), UTC)})
        look = looks(book)
        sheet = book.add_worksheet("Mục lục")
        write_heads(sheet, look, (title(report), note(report, entries)), HEADS)
        for place, entry in enumerate(entries):
            texts = [str(place + 1), *_texts(entry)]
            widths = [width for _, width in HEADS]
            sheet.set_row(FIRST_ROW + place, height_of(zip(texts, widths, strict=True)))
            for column, text in enumerate(texts):
                sheet.write_string(FIRST_ROW + place, column, printable_cell(text), look.text)
        last = FIRST_ROW + max(len(entries), 1) - 1
        sheet.autofilter(HEAD_ROW, 0, last, len(HEADS) - 1)
        sheet.freeze_panes(FIRST_ROW, 2)
        print_on_a4(sheet, last, len(HEADS) - 1)
    return written.getvalue()


def _texts(entry: Entry) -> list[str]:
    row = entry.row
    files = "\n".join([*entry.paths, *(f"{LOST}: {name}" for name in entry.lost)])
    lacking = NO_PROOF if entry.lacks_proof else ""
    what = [duty(row.fact, WORDS_OF_DUTY), row.fact.unit, due_words(row.fact), level(row)]
    return [*what, files or lacking, "\n".join(row.documents), "\n".join(row.links)]
