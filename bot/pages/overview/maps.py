"""The map of a window: each duty by month, or each unit by report window; what a cell counts is what its list holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from bot.pages.overview.picks import month_of
from bot.pages.overview.readings import Read, scope_of
from bot.pages.overview.view import View
from data.summaries import facts_of_window
from duties.facts import Fact
from duties.progress import Value
from duties.summary import Counts, counts_of, is_counted, value_of_occurrence
from duties.windows import Window, report_windows
from duties.wording.phrases import capitalised
from duties.wording.summary_lists import about


@dataclass(frozen=True)
class Cell:
    """The obligations of one row in one column; `key` names the column in an address."""

    key: str
    counts: Counts

    @property
    def value(self) -> Value:
        """As the worst of them is: overdue, then open, then late."""
        held = [value for value, count in zip(Value, self.counts.four, strict=True) if count]
        return value_of_occurrence(held)


@dataclass(frozen=True)
class MapRow:
    """A duty or a unit; `group` is the heading it stands under, `reported` of `ongoing` what has no month."""

    id: int
    title: str
    full: str
    group: str
    cells: tuple[Cell | None, ...]
    reported: int = 0
    ongoing: int = 0


@dataclass(frozen=True)
class Column:
    """`short` is what stands above the cells, `name` what a screen reader says; `is_now`: today lies in it."""

    key: str
    short: str
    name: str
    is_now: bool


@dataclass(frozen=True)
class Laid:
    """A map: its columns, and the rows in the order of the plans."""

    columns: tuple[Column, ...]
    rows: tuple[MapRow, ...]

    @property
    def has_ongoing(self) -> bool:
        return any(row.ongoing for row in self.rows)


def duties_by_month(read: Read) -> Laid:
    """What is counted in the window, by duty and by the month in which it belongs; in the order of the plans."""
    known, summary = read.known, read.known.summary
    months = months_of(summary.window)
    counted, ongoing = _by_duty(summary.counted), _by_duty(summary.ongoing)
    order = {id: place for place, id in enumerate(read.ledger.duties)}
    ids = sorted({*counted, *ongoing}, key=lambda id: order.get(id, len(order)))
    laid = [_duty_row(counted.get(id, []), ongoing.get(id, []), months) for id in ids]
    several = len({plan for _, plan in laid}) > 1
    return Laid(
        tuple(_month_column(month, known.today, months) for month in months),
        tuple(_under_plan(row, plan) if several else row for row, plan in laid),
    )


def _by_duty(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.duty_id].append(fact)
    return found


def _duty_row(counted: Sequence[Fact], ongoing: Sequence[Fact], months: Sequence[str]) -> tuple[MapRow, str]:
    first = (*counted, *ongoing)[0]
    by_month: dict[str, list[Fact]] = defaultdict(list)
    for fact in counted:
        by_month[month_of(fact)].append(fact)
    row = MapRow(
        first.duty_id,
        f"{first.code} {first.content}".strip(),
        about(first, 400),
        first.group,
        tuple(_cell(month, by_month.get(month, ())) for month in months),
        sum(fact.reported for fact in ongoing),
        len(ongoing),
    )
    return row, first.plan


def _under_plan(row: MapRow, plan: str) -> MapRow:
    """Where several plans are shown together, a heading says whose it is."""
    group = f"{plan} · {row.group}" if row.group else plan
    return MapRow(row.id, row.title, row.full, group, row.cells, row.reported, row.ongoing)


def _cell(key: str, facts: Sequence[Fact]) -> Cell | None:
    return Cell(key, counts_of(facts)) if facts else None


def months_of(window: Window) -> tuple[str, ...]:
    """Every month that the window touches, as “2026-06”."""
    months, first = [], window.span.start.replace(day=1)
    while first <= window.span.end:
        months.append(f"{first:%Y-%m}")
        first = (first + timedelta(days=31)).replace(day=1)
    return tuple(months)


def _month_column(month: str, today: date, months: Sequence[str]) -> Column:
    year, number = int(month[:4]), int(month[5:])
    is_of_one_year = months[0][:4] == months[-1][:4]
    short = f"Th{number}" if is_of_one_year else f"{number}/{year % 100:02}"
    return Column(month, short, f"tháng {number}/{year}", f"{today:%Y-%m}" == month)


def units_by_window(session: Session, read: Read, view: View) -> Laid:
    """What each unit answered for in the report windows of the year, as it stood when the data of each closed."""
    windows = _windows_of_year(view.window)
    found: dict[int, dict[str, list[Fact]]] = {}
    names: dict[int, str] = {}
    for window in windows:
        for fact in _counted(session, read, view, window):
            names[fact.unit_id] = fact.unit
            found.setdefault(fact.unit_id, {}).setdefault(window.key, []).append(fact)
    rows = (
        MapRow(
            unit_id,
            names[unit_id],
            names[unit_id],
            "",
            tuple(_cell(window.key, cells.get(window.key, ())) for window in windows),
        )
        for unit_id, cells in found.items()
    )
    here = view.window.key
    columns = tuple(Column(each.key, _short(each), each.name, each.key == here) for each in windows)
    return Laid(columns, tuple(sorted(rows, key=lambda row: row.id)))


def _counted(session: Session, read: Read, view: View, window: Window) -> Sequence[Fact]:
    """What counts in a window; that of the window in view is known already."""
    if window.key == view.window.key:
        return read.known.summary.counted
    scope, today = scope_of(view), read.known.today
    facts = facts_of_window(session, read.agency.id or 0, read.ledger, read.office, window, today)
    return [fact for fact in facts if is_counted(fact) and scope.holds(fact)]


def _windows_of_year(window: Window) -> tuple[Window, ...]:
    """The report windows of its year, and the window itself where it is none of them."""
    of_year = report_windows(window.span.end.year, window.rules)
    is_one = window.key in {each.key for each in of_year}
    return of_year if is_one else (*of_year, window)


def _short(window: Window) -> str:
    """“Quý II”, “6 tháng đầu”, “Năm 2026”."""
    if ".." in window.key:
        return f"{window.span.start:%d/%m}–{window.span.end:%d/%m}"
    words = window.name.partition(" năm ")[0] if " năm " in window.name else window.name
    return capitalised(words)
