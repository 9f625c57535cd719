"""The overview: where an office begins its day. How far the window is, who holds what is late, what waits, what comes."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from markupsafe import Markup
from nicegui import ui
from sqlmodel import Session

from bot.pages.decide_actions import Case, draw_decisions
from bot.pages.desk import Desk
from bot.pages.html import Tag
from bot.pages.overview.draw_glance import glance_html
from bot.pages.overview.draw_lists import coming_html, duty_html, late_html, notes_html, said_of, silent_html
from bot.pages.overview.draw_map import map_html
from bot.pages.overview.filters import filters_html
from bot.pages.overview.papers import Closing, Papers
from bot.pages.overview.parts import Glance, Overview, WaitList, Waits, overview
from bot.pages.overview.picks import Pick
from bot.pages.overview.readings import Begun, House, check_part, house_of
from bot.pages.overview.seldom import Seldom
from bot.pages.overview.view import LIST, OVERVIEW, View, read_view
from bot.pages.shell import Page
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.numbers import whole
from duties.wording.phrases import capitalised

T = TypeVar("T")


async def draw(desk: Desk) -> None:
    house = await desk.read(house_of, desk.reader.agency_id, desk.reader.today)
    view = read_view(desk.query, desk.reader.today, house.rules)
    check_part(house, view)
    await _Drawing(desk, view, house).draw()


class _Drawing:
    def __init__(self, desk: Desk, view: View, house: House) -> None:
        self.desk, self.view, self.house = desk, view, house
        reader = desk.reader
        self.read = Seldom(reader, lambda session: overview(session, reader.agency_id, view, reader.today))

    def _part(self, part: Callable[[Overview], T]) -> Callable[[Session], T]:
        """One reading of the window for all the parts of the page."""
        return lambda session: part(self.read(session))

    async def draw(self) -> None:
        with Tag("div", classes="page-head ov-head"):
            Tag("h1", "Tổng quan")
            Papers(self.desk, self.view, self.house).draw()
            await self.desk.live(self._part(lambda all: all.glance), self._draw_about, "about")
        _html(filters_html(self.view, self.house, self.desk.reader.today))
        await self.desk.live(self._part(lambda all: all.notes), lambda notes: _html(notes_html(notes)))
        await self.desk.live(self._part(lambda all: (all.glance, all.begun)), self._draw_glance)
        with Tag("div", classes="ov-two"):
            with Tag("div"):
                await self._live(lambda all: all.late, self._dated(late_html))
                await self._live(lambda all: all.coming, self._dated(coming_html))
            with Tag("div"):
                await self.desk.live(self._part(_once_begun(lambda all: all.waiting)), self._draw_waiting)
                await self._live(lambda all: all.silent, silent_html)
        await self._live(lambda all: all.map, lambda laid: map_html(laid, self.view))

    async def _live(self, part: Callable[[Overview], T], html: Callable[[T], Markup]) -> None:
        """A part that is one piece of HTML; nothing before a plan is in force."""

        def draw(found: T | None) -> None:
            if found is not None:
                _html(html(found))

        await self.desk.live(self._part(_once_begun(part)), draw)

    def _dated(self, html: Callable[[T, View, date], Markup]) -> Callable[[T], Markup]:
        """Drawn as of the day on which it is drawn."""
        return lambda found: html(found, self.view, self.desk.reader.today)

    def _draw_about(self, found: Glance) -> None:
        """Which window, until when its numbers are, and whether they were closed."""
        window = self.view.window
        name = capitalised(window.name)
        by = f" ({found.frozen_by})" if found.frozen_by else ""
        with Tag("p", classes="ov-about"):
            Tag("strong", name)
            Tag("span", f" · số liệu tính đến hết ngày {day(found.as_of)}")
            if found.frozen_on:
                Tag("span", f", đã chốt ngày {day(found.frozen_on)}{by}", "ov-frozen")
        if found.changed:
            words = f"{whole(found.changed)} việc đổi sau khi chốt"
            Tag("a", words, href=self.view.address(LIST, muc=Pick.CHANGED.value))
        Closing(self.desk, self.view).draw(found)

    def _draw_glance(self, found: tuple[Glance, Begun]) -> None:
        glance, begun = found
        if begun is Begun.IN_FORCE:
            _html(glance_html(glance, self.view))
        else:
            self._draw_beginning(is_sent=begun is Begun.UNCONFIRMED)

    def _draw_beginning(self, *, is_sent: bool) -> None:
        """What to do before there is anything to count."""
        with Tag("section", classes="panel nothing"):
            Tag("strong", "Kế hoạch đang chờ xác nhận" if is_sent else "Chưa có kế hoạch nào")
            if not self.desk.reader.may(Action.CHANGE_PLAN):
                Tag("span", "Số liệu sẽ hiện ở đây sau khi Văn phòng gửi và xác nhận kế hoạch.")
                return
            read_it = "Xem lại nhiệm vụ, đơn vị, thời hạn đã đọc rồi xác nhận; sau đó tin nhắc mới được gửi."
            send_it = "Gửi kế hoạch đã ký (Word, Excel, PDF…): chương trình đọc nhiệm vụ, đơn vị và thời hạn."
            Tag("span", read_it if is_sent else send_it)
            with Tag("div", classes="row ov-start"):
                Tag("a", "Xem và xác nhận" if is_sent else "Gửi kế hoạch", "button main", href="/ke-hoach")

    def _draw_waiting(self, found: WaitList | None) -> None:
        if found is None:
            return
        with Tag("section", classes="panel ov-waiting", aria_labelledby="ov-cho"):
            with Tag("div", classes="panel-head"):
                Tag("h2", "Chờ Văn phòng quyết định", id="ov-cho")
                if found.count:
                    is_more = found.count > len(found.shown)
                    words = f"Xem cả {whole(found.count)} việc" if is_more else f"{whole(found.count)} việc"
                    href = self.view.address(LIST, muc=Pick.WAITING.value)
                    Tag("a", words, "ov-all", href=href)
            if not found.count:
                with Tag("div", classes="nothing"):
                    Tag("strong", "Không có việc nào chờ")
                    Tag("span", "Đề nghị gia hạn và báo cáo mới của đơn vị sẽ hiện ở đây.")
            with Tag("ul", classes="ov-cases"):
                for each in found.shown:
                    draw_case(self.desk, each, self.house)


def _once_begun(part: Callable[[Overview], T]) -> Callable[[Overview], T | None]:
    """Nothing is late and nothing waits where there is no plan in force: then nothing is said of it."""
    return lambda all: part(all) if all.begun is Begun.IN_FORCE else None


def draw_case(desk: Desk, each: Waits, house: House) -> None:
    """What waits for the office, what was said of it, and the buttons to decide it."""
    owed = each.owed
    with Tag("li", classes="ov-case"):
        _html(duty_html(owed, each.owed.unit))
        Tag("p", said_of(each, desk.reader.today), "ov-said")
        if desk.reader.may(Action.DECIDE):
            draw_decisions(desk, case_of(each, house))


def case_of(each: Waits, house: House) -> Case:
    """What there is to decide about it."""
    owed, wanted = each.owed, each.said.wanted_due if each.said else None
    others = tuple(name for name in house.living if name != owed.unit)
    return Case(owed.short_code, f"{owed.unit}: {owed.about}", each.asks, owed.due, wanted, others)


def _html(piece: Markup) -> None:
    if piece:
        ui.html(str(piece), sanitize=False)


PAGE = Page(
    OVERVIEW, "Tổng quan", frozenset({Action.SEE_ALL}), draw,
    menu="Tổng quan", icon="overview", styles=("overview.css",),
)  # fmt: skip
