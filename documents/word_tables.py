"""The appendices of the report: every duty with its result, and the totals of each unit."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from documents.word_xml import Align, Column, Shape, Type, cell, paragraph, row, run, table
from duties.facts import Fact
from duties.report import Report, Row
from duties.summary import Counts, UnitLine
from duties.wording import counting
from duties.wording.dates import day
from duties.wording.entries import shortened
from duties.wording.numbers import whole
from duties.wording.report import duty, level_of, quoted, share, uncited

TEXT = 11
WORDS, CONTENT = 300, 900
CARRIED = "Kỳ trước chuyển sang (không tính vào tỷ lệ của kỳ)"
_PADDING = 1.0
DUTIES = (
    Column("TT", 9, Align.CENTRE),
    Column("Nội dung nhiệm vụ", 48),
    Column("Hình thức/\nSản phẩm", 31),
    Column("Đơn vị\nchủ trì", 26),
    Column("Đơn vị\nphối hợp", 23),
    Column("Thời hạn\n(gốc; gia hạn)", 22, Align.CENTRE),
    Column("Kết quả\n(ngày, số liệu)", 29),
    Column("Mức độ", 19, Align.CENTRE),
    Column("Tài liệu\nkiểm chứng", 22),
    Column("Ghi chú,\nvướng mắc", 23),
)
UNITS = (
    Column("TT", 10, Align.CENTRE),
    Column("Đơn vị", 68),
    Column("Phần việc\nđến hạn", 20, Align.CENTRE),
    Column("Hoàn thành\nđúng hạn", 23, Align.CENTRE),
    Column("Hoàn thành\nquá hạn", 23, Align.CENTRE),
    Column("Chưa hoàn\nthành, còn hạn", 26, Align.CENTRE),
    Column("Chưa hoàn\nthành, quá hạn", 26, Align.CENTRE),
    Column("Tỷ lệ\nhoàn thành", 20, Align.CENTRE),
    Column("Thường xuyên\nđã báo cáo", 20, Align.CENTRE),
    Column("Kỳ trước\nchuyển sang", 16, Align.CENTRE),
)


def duties_table(report: Report, room: float) -> str:
    """One row for what each unit answers for, by the plan's groups; what came from before stands last.

    `room` is the width of the page in millimetres.
    """
    columns = _fitted(DUTIES, room)
    lines = [*_grouped(report, columns)]
    if report.carried_over:
        lines += [_across(CARRIED, columns), *_rows(report.carried_over, columns)]
    return _table(columns, lines or [_across(counting.NOTHING_IN_WINDOW, columns, bold=False)])


def units_table(report: Report, room: float) -> str:
    """A row for each unit, and two of totals; `room` is the page's width in millimetres."""
    columns = _fitted(UNITS, room)
    summary = report.summary
    lines = [_line(columns, _unit(place, unit)) for place, unit in enumerate(summary.by_unit, 1)]
    if not lines:
        return _table(columns, [_across(counting.NOTHING_IN_WINDOW, columns, bold=False)])
    ongoing = f"{summary.ongoing_reported}/{summary.ongoing_total}" if summary.ongoing_total else "–"
    carried = str(len(summary.carried_over) or "–")
    total = _line(columns, ["", counting.PARTS, *_counts(summary.obligations), ongoing, carried], bold=True)
    duties = _line(columns, ["", counting.DUTIES, *_counts(summary.occurrences), "", ""], bold=True)
    return _table(columns, [*lines, total, duties])


def _fitted(columns: Sequence[Column], room: float) -> list[Column]:
    """The columns stretched or pressed to the width of the page they come to stand on."""
    scale = room / sum(column.mm for column in columns)
    return [Column(column.head, column.mm * scale, column.align) for column in columns]


def _table(columns: Sequence[Column], lines: Iterable[str]) -> str:
    widths = [column.mm for column in columns]
    heads = [_text_cell(column.head, column.mm, Align.CENTRE, bold=True, middle=True) for column in columns]
    return table([row(heads, is_head=True), *lines], widths, ruled=True, padding=_PADDING)


def _across(text: str, columns: Sequence[Column], *, bold: bool = True) -> str:
    """A line over the whole table; a heading stays with the row beneath it."""
    shown = paragraph(run(text, Type(TEXT, bold=bold)), Shape(before=2, after=2, keep_next=bold))
    return row([cell(shown, sum(column.mm for column in columns), across=len(columns))])


def _line(columns: Sequence[Column], texts: Sequence[str], *, bold: bool = False) -> str:
    return row(
        _text_cell(text, column.mm, column.align, bold=bold)
        for column, text in zip(columns, texts, strict=True)
    )


def _text_cell(text: str, mm: float, align: Align, *, bold: bool = False, middle: bool = False) -> str:
    shape = Shape(align, before=1, after=1)
    lines = (paragraph(run(line, Type(TEXT, bold=bold)), shape) for line in text.split("\n"))
    return cell("".join(lines), mm, middle=middle)


def _grouped(report: Report, columns: Sequence[Column]) -> Iterator[str]:
    """A line for each plan where there are several, and one for each group, before their rows."""
    several = len({row.fact.plan for row in report.rows}) > 1
    for plan, of_plan in groupby(report.rows, key=lambda row: row.fact.plan):
        if several:
            yield _across(f"Kế hoạch {plan}" if plan else "Nhiệm vụ khác", columns)
        for group, rows in groupby(of_plan, key=lambda row: row.fact.group):
            if group:
                yield _across(group, columns)
            yield from _rows(list(rows), columns)


def _rows(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[str]:
    """A duty that several units answer for is told in full once; the others point to that row."""
    told: dict[int, int] = {}
    for each in rows:
        first = told.setdefault(each.fact.duty_id, each.number)
        what = _what(each) if first == each.number else _again(each.fact, first)
        yield _line(columns, [str(each.number), *what, *_how_it_went(each)])


def _what(each: Row) -> list[str]:
    """The duty as its plan prints it, and who is to do it."""
    products = [f"- {text}" for text in (*each.forms, *each.deliverables)]
    return [duty(each.fact, CONTENT), "\n".join(products), each.fact.unit, "; ".join(each.partners)]


def _again(fact: Fact, first: int) -> list[str]:
    period = f", {fact.period_name}" if fact.period_name else ""
    return [f"{fact.code} (như TT {first}){period}".strip(), "", fact.unit, ""]


def _how_it_went(each: Row) -> list[str]:
    return [_due(each), _told(each), level_of(each.fact), _proof(each), _remarks(each)]


def _due(each: Row) -> str:
    """The first due date; beneath it the one the office gave."""
    first = each.fact.original_last_day
    given = f"gia hạn {day(each.extended_due)}" if each.extended_due else ""
    return "\n".join(text for text in (day(first) if first else "", given) if text)


def _told(each: Row) -> str:
    fact = each.fact
    done = day(fact.done_on) if fact.done_on and fact.value and fact.value.is_done else ""
    return "\n".join(part for part in (done, uncited(each), quoted(each.quotes, WORDS)) if part)


def _proof(each: Row) -> str:
    """The papers by their numbers, the files by their names; addresses are of use only on a screen."""
    links = [f"{len(each.links)} liên kết"] if each.links else []
    files = [shortened(proof.name, 60) for proof in each.files]
    return "\n".join([*each.documents, *files, *links])


def _remarks(each: Row) -> str:
    obstacle = [f"Vướng mắc: “{shortened(each.fact.obstacle, WORDS)}”"] if each.fact.obstacle else []
    return "\n".join([*obstacle, *each.notes])


def _unit(place: int, unit: UnitLine) -> list[str]:
    ongoing = f"{unit.ongoing_reported}/{unit.ongoing_total}" if unit.ongoing_total else "–"
    return [str(place), unit.unit, *_counts(unit.counts), ongoing, str(unit.carried_over or "–")]


def _counts(counts: Counts) -> list[str]:
    return [whole(number) for number in (counts.total, *counts.four)] + [share(counts)]
