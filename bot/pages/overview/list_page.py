"""A list behind a number of the overview: the same filters, the same count, fifty rows at a time."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markupsafe import Markup
from nicegui import ui
from sqlmodel import Session

from bot.pages.days import short_day
from bot.pages.desk import Desk, NotThere
from bot.pages.html import Tag
from bot.pages.overview.accepting import NO_REPORTS, Reports, draw_accept_all, reports_of
from bot.pages.overview.draw_glance import BY_DUTY
from bot.pages.overview.draw_lists import duty_link
from bot.pages.overview.filters import filters_html
from bot.pages.overview.page import draw_case
from bot.pages.overview.parts import Owed, Waits, owed, waiting
from bot.pages.overview.picks import VALUE_OF, Known, Narrow, Pick, picked, shared
from bot.pages.overview.pieces import NOTHING, cell, head, joined, link, state
from bot.pages.overview.readings import House, check_part, house_of, read
from bot.pages.overview.seldom import Seldom
from bot.pages.overview.view import LIST, OVERVIEW, View, read_view
from bot.pages.shell import Page
from duties.facts import Fact
from duties.progress import Value
from duties.rights import Action
from duties.spelling import fold
from duties.summary import value_of_occurrence
from duties.wording.dates import day
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised

A_PAGE = 50
LONGEST_SEARCH = 100
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


class Order(StrEnum):
    """What the rows are sorted by, as the address names it; "" is the list's own order."""

    OWN = ""
    DUE = "han"
    UNIT = "don-vi"
    STATE = "trang-thai"


@dataclass(frozen=True)
class Asked:
    """Which list, which part of it, how it is sorted, and which page."""

    pick: Pick
    narrow: Narrow
    by_duty: bool = False
    words: str = ""
    order: Order = Order.OWN
    page: int = 1


@dataclass(frozen=True)
class Row:
    """A row: an obligation, or an occurrence with the units that answer for it. `value` is None for what has no date."""

    owed: Owed
    units: tuple[tuple[int, str], ...]
    due: date | None
    value: Value | None
    about: str


@dataclass(frozen=True)
class Listing:
    """One page of a list: `count` rows match, of `total` behind the number; a list may have grown shorter meanwhile."""

    total: int
    count: int
    page: int
    rows: tuple[Row, ...]
    waits: tuple[Waits, ...] = ()
    reports: Reports = NO_REPORTS


def read_asked(query: Callable[[str], str]) -> Asked:
    """What the address asks for. NotThere: there is no such list."""
    try:
        pick = Pick(query("muc") or Pick.COUNTED)
        order = Order(query("xep"))
        on = date.fromisoformat(query("ngay")) if query("ngay") else None
        duty_id, page = int(query("nv") or 0), int(query("trang") or 1)
    except ValueError:
        raise NotThere from None
    if not (0 <= duty_id < 10**18 and 0 < page < 10**6):
        raise NotThere
    if query("thang") and not MONTH.fullmatch(query("thang")):
        raise NotThere
    narrow = Narrow(duty_id, query("thang"), on)
    words = query("tim").strip()[:LONGEST_SEARCH]
    return Asked(pick, narrow, query("theo") == BY_DUTY, words, order, page)


def listing(session: Session, agency_id: int, view: View, asked: Asked, today: date) -> Listing:
    """One page of the list, read from the same numbers as the overview."""
    return listed(session, agency_id, read(session, agency_id, view, today).known, asked)


def listed(session: Session, agency_id: int, known: Known, asked: Asked) -> Listing:
    """The same of what was read already."""
    groups = grouped(known, asked)
    found = ordered([group for group in groups if _matches(group, asked.words)], asked.order)
    page = min(asked.page, max(1, -(-len(found) // A_PAGE)))
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    facts = [group[0] for group in shown]
    is_waiting = asked.pick is Pick.WAITING and not asked.by_duty
    return Listing(
        len(groups),
        len(found),
        page,
        tuple(_row(group, known) for group in shown),
        waiting(session, agency_id, known, facts) if is_waiting else (),
        reports_of([group[0] for group in found]) if is_waiting else NO_REPORTS,
    )


def grouped(known: Known, asked: Asked) -> list[list[Fact]]:
    """Each obligation by itself, or the obligations of each occurrence together."""
    if not asked.by_duty:
        return [[fact] for fact in picked(known, asked.pick, asked.narrow)]
    if asked.pick not in VALUE_OF:
        return list(shared(picked(known, asked.pick, asked.narrow)).values())
    together = shared(picked(known, Pick.COUNTED, asked.narrow)).values()
    return [group for group in together if _value(group) is VALUE_OF[asked.pick]]


def _value(group: Sequence[Fact]) -> Value | None:
    """Of an occurrence as of its obligations together."""
    values = [fact.value for fact in group if fact.value]
    return value_of_occurrence(values) if values else None


def _matches(group: Sequence[Fact], words: str) -> bool:
    """Whether every word stands in it, with or without its marks."""
    wanted = fold(words).split()
    if not wanted:
        return True
    first = group[0]
    said = (first.code, first.content, first.group, first.plan, first.period_name, first.receiver)
    whose = (part for fact in group for part in (fact.unit, fact.short_code, f"#{fact.short_code}"))
    known = fold(" ".join((*said, *whose)))
    return all(word in known for word in wanted)


def ordered(groups: list[list[Fact]], order: Order) -> list[list[Fact]]:
    """Sorted as wanted; what is equal stays in the order it had."""
    match order:
        case Order.DUE:
            return sorted(groups, key=lambda group: min(_due(fact) for fact in group))
        case Order.UNIT:
            return sorted(groups, key=lambda group: fold(group[0].unit))
        case Order.STATE:
            return sorted(groups, key=_urgency)
        case Order.OWN:
            return groups


def _due(fact: Fact) -> date:
    return fact.due or date.max


URGENT_FIRST = (Value.OVERDUE, Value.OPEN, Value.LATE, Value.ON_TIME, None)


def _urgency(group: Sequence[Fact]) -> int:
    return URGENT_FIRST.index(_value(group))


def _row(group: Sequence[Fact], known: Known) -> Row:
    first = group[0]
    units = tuple(dict.fromkeys((fact.unit_id, fact.unit) for fact in group))
    return Row(owed(first, known), units, first.due, _value(group), _about(first) if len(group) == 1 else "")


def _about(fact: Fact) -> str:
    """What is to be said beside the state."""
    said = (
        ("đã báo cáo" if fact.reported else "chưa báo cáo") if fact.ongoing else "",
        f"xong ngày {day(fact.done_on)}" if fact.done_on else "",
        "không áp dụng" if fact.not_applicable else "",
        "đang làm" if fact.in_progress else "",
        "Văn phòng trả lại" if fact.returned else "",
        f"gia hạn từ {day(fact.original_last_day)}" if fact.extended and fact.original_last_day else "",
        f"vướng: {fact.obstacle}" if fact.obstacle else "",
        "chờ Văn phòng quyết định" if fact.waiting else "",
    )
    return "; ".join(words for words in said if words)


async def draw(desk: Desk) -> None:
    house = await desk.read(house_of, desk.reader.agency_id, desk.reader.today)
    view, asked = read_view(desk.query, desk.reader.today, house.rules), read_asked(desk.query)
    check_part(house, view)
    await _Drawing(desk, view, asked, house).draw()


class _Drawing:
    def __init__(self, desk: Desk, view: View, asked: Asked, house: House) -> None:
        self.desk, self.view, self.asked, self.house = desk, view, asked, house

    async def draw(self) -> None:
        reader = self.desk.reader
        with Tag("div", classes="page-head ov-head"):
            Tag("h1", self.asked.pick.words)
            Tag("a", "← Tổng quan", "button", href=self.view.address(OVERVIEW))
            Tag("p", self._about(), "about")
        _html(filters_html(self.view, self.house, reader.today, LIST, **self._said()))
        _html(self._search())
        read_list = Seldom(
            reader, lambda session: listing(session, reader.agency_id, self.view, self.asked, reader.today)
        )
        await self.desk.live(read_list, self._draw_list)

    def _about(self) -> str:
        asked, window = self.asked, self.view.window
        when = (
            f"Tính đến hôm nay, {day(self.desk.reader.today)}"
            if asked.pick.is_of_today
            else capitalised(window.name)
        )
        parts = [
            when,
            self.house.unit(self.view.unit_id),
            self.house.plan(self.view.plan_id),
            self.view.group,
            f"tháng {asked.narrow.month[5:].lstrip('0')}/{asked.narrow.month[:4]}"
            if asked.narrow.month
            else "",
            f"đến hạn ngày {day(asked.narrow.day)}" if asked.narrow.day else "",
            "một nhiệm vụ" if asked.narrow.duty_id else "",
        ]
        return " · ".join(part for part in parts if part)

    def _said(self, **but: str) -> dict[str, str]:
        """What the address says of the list, with some of it said otherwise."""
        asked = self.asked
        said = {
            "muc": asked.pick.value,
            "nv": str(asked.narrow.duty_id or ""),
            "thang": asked.narrow.month,
            "ngay": asked.narrow.day.isoformat() if asked.narrow.day else "",
            "theo": BY_DUTY if asked.by_duty else "",
            "tim": asked.words,
            "xep": asked.order.value,
        }
        return {**said, **but}

    def _search(self) -> Markup:
        kept = {
            "ky": self.view.window.key,
            "ke-hoach": str(self.view.plan_id or ""),
            "don-vi": str(self.view.unit_id or ""),
            "nhom": self.view.group,
            **self._said(tim=""),
        }
        hidden = joined(
            [
                Markup('<input type="hidden" name="{}" value="{}">').format(*each)
                for each in kept.items()
                if each[1]
            ]
        )
        clear = link("Bỏ tìm", self._address(tim=""), "button plain") if self.asked.words else NOTHING
        return Markup(
            '<form class="search" method="get" action="{}" role="search">{}<label class="sr" for="ov-tim">Tìm trong danh sách</label>'
            '<input class="input" type="search" id="ov-tim" name="tim" value="{}" maxlength="100" placeholder="Tìm theo nội dung, đơn vị, mã việc; có dấu hoặc không">'
            '<button class="button" type="submit">Tìm</button>{}</form>'
        ).format(LIST, hidden, self.asked.words, clear)

    def _address(self, **but: str) -> str:
        return self.view.address(LIST, **self._said(**but))

    def _draw_list(self, found: Listing) -> None:
        self._draw_count(found)
        if not found.rows:
            self._draw_nothing(found)
            return
        if found.waits:
            draw_accept_all(self.desk, found.reports)
            with Tag("ul", classes="panel ov-cases ov-cases-wide"):
                for each in found.waits:
                    draw_case(self.desk, each, self.house)
        else:
            _html(self._table(found))
        _html(self._pages(found))

    def _draw_count(self, found: Listing) -> None:
        what = "nhiệm vụ" if self.asked.by_duty else "phần việc"
        matching = f"{whole(found.count)} trong " if self.asked.words else ""
        with Tag("p", classes="ov-found", role="status"):
            Tag("strong", f"{matching}{whole(found.total)}", "ov-total")
            Tag("span", f" {what}")

    def _draw_nothing(self, found: Listing) -> None:
        with Tag("div", classes="panel nothing"):
            if found.total:
                Tag("strong", "Không có việc nào khớp")
                Tag("span", "Thử ít chữ hơn, hoặc bỏ tìm.")
            else:
                Tag("strong", "Danh sách này trống")
                Tag("span", "Chọn kỳ khác, bỏ lọc, hoặc trở về Tổng quan.")

    def _table(self, found: Listing) -> Markup:
        return Markup(
            '<section class="panel"><div class="table-place"><table class="table ov-rows" role="table"><caption class="sr">{}</caption>'
            '<thead role="rowgroup"><tr role="row">{}{}{}{}{}</tr></thead><tbody role="rowgroup">{}</tbody></table></div></section>'
        ).format(
            self.asked.pick.words,
            head("Việc"),
            self._head("Đơn vị", Order.UNIT),
            self._head("Hạn", Order.DUE),
            self._head("Trạng thái", Order.STATE),
            head("Ghi chú"),
            joined([self._row(row) for row in found.rows]),
        )

    def _head(self, words: str, order: Order) -> Markup:
        is_sorted = self.asked.order is order
        sorts = Markup(' aria-sort="ascending"') if is_sorted else NOTHING
        href = self._address(xep="" if is_sorted else order.value)
        label = f"{words}: {'bỏ sắp xếp' if is_sorted else 'sắp xếp'}"
        return head(link(f"{words} {'↑' if is_sorted else '↕'}", href, "ov-sort", label), more=sorts)

    def _row(self, row: Row) -> Markup:
        today = self.desk.reader.today
        units = joined(
            [Markup('<a href="/don-vi/{}">{}</a>').format(*unit) for unit in row.units[:4]], ", "
        ) + (f" và {len(row.units) - 4} đơn vị khác" if len(row.units) > 4 else "")
        return Markup('<tr role="row">{}{}{}{}{}</tr>').format(
            cell(duty_link(row.owed)),
            cell(units, "Đơn vị"),
            cell(short_day(row.due, today) if row.due else "–", "Hạn"),
            cell(state(row.value) if row.value else "–", "Trạng thái"),
            cell(row.about, "Ghi chú"),
        )

    def _pages(self, found: Listing) -> Markup:
        last = -(-found.count // A_PAGE)
        if last < 2:
            return NOTHING
        page = found.page
        before = link("‹ Trang trước", self._address(trang=str(page - 1)), "button") if page > 1 else NOTHING
        after = link("Trang sau ›", self._address(trang=str(page + 1)), "button") if page < last else NOTHING
        return Markup(
            '<nav class="ov-pages" aria-label="Các trang">{}<span>Trang {} / {}</span>{}</nav>'
        ).format(before, page, last, after)


def _html(piece: Markup) -> None:
    if piece:
        ui.html(str(piece), sanitize=False)


PAGE = Page(LIST, "Danh sách việc", frozenset({Action.SEE_ALL}), draw, styles=("overview.css",))
