"""The demo's top bar: which agency, what day it is, how to move on, and the four values of the window."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from bot.demo import WindowSoFar
from bot.pages.days import day_in_words, months_between
from bot.pages.frame import mark_address
from bot.pages.html import Tag, button, icon_button, icon_of
from bot.pages.winding import Winder

VALUES = (
    ("on_time", "Xong đúng hạn", "--hue: var(--good)"),
    ("late", "Xong quá hạn", "--hue: var(--late)"),
    ("open", "Chưa xong, còn hạn", "--hue: var(--open)"),
    ("overdue", "Chưa xong, quá hạn", "--hue: var(--bad)"),
)


class ClockBar:
    """`draw` once; `show_day` and `show_counts` whenever they may have changed."""

    def __init__(
        self, winder: Winder, agencies: dict[str, str], chosen: str, plan: str, goes_to: str = "/?co-quan="
    ) -> None:
        self.winder, self.agencies, self.chosen, self.plan = winder, agencies, chosen, plan
        self._goes_to = goes_to
        self._drawn: object = None
        self._counted: object = None

    def draw(self) -> None:
        with Tag("header", classes="top"):
            with Tag("div", classes="top-line"):
                self._draw_names()
            with Tag("div", classes="top-line clock"):
                self._draw_clock()
            self._year = Tag("div", classes="year", role="group", aria_label="Chạy tới tháng")

    def _draw_names(self) -> None:
        is_side_by_side = self._goes_to.startswith("/?")
        # a page of the office has a heading of its own
        with Tag("h1" if is_side_by_side else "p", classes="brand"):
            Tag("img", src=mark_address(), alt="", width="30", height="30")
            Tag("span", "Nhắc việc CCHC")
        Tag("span", "Bản dùng thử", "tag")
        Tag("a", "Trang làm việc" if is_side_by_side else "Mọi cuộc trò chuyện", "button wide",
            href=f"{'/vao-noi/0' if is_side_by_side else '/'}?co-quan={self.chosen}")  # fmt: skip
        with Tag("select", classes="select", aria_label="Cơ quan").on(
            "change",
            lambda event: ui.navigate.to(f"{self._goes_to}{event.args}"),
            js_handler="(event) => emit(event.target.value)",
        ):
            for key, title in self.agencies.items():
                Tag("option", title, value=key, selected=key == self.chosen)
        Tag("p", self.plan, "plan-name", title=self.plan)
        Tag("span", classes="spread")
        again = icon_button("again", "Bắt đầu lại từ ngày gửi kế hoạch", "plain")
        again.on("click", self._ask_to_reset)
        icon_button("theme", "Đổi nền sáng, tối", "plain").on("click", js_handler="() => nv.swapTheme()")

    def _draw_clock(self) -> None:
        with Tag("div", classes="moment"):
            self._today = Tag("p", "", "today", aria_live="polite")
            self._status = Tag("p", "", "winding", role="status")
        self._movers = [
            self._mover("+1 ngày", lambda: self.winder.by_days(1)),
            self._mover("+1 tuần", lambda: self.winder.by_days(7)),
            self._mover("Sự kiện kế tiếp", self.winder.to_next_event, "main", "next"),
        ]
        chooser = icon_button("calendar", "Chạy tới một ngày")
        with chooser, ui.menu() as menu:
            self._draw_calendar(menu)
        self._movers.append(chooser)
        Tag("span", classes="spread")
        self._counts = Tag("div", classes="counts")

    def _mover(
        self, words: str, move: Callable[[], Awaitable[None]], classes: str = "", icon: str = ""
    ) -> Tag:
        made = button("" if icon else words, f"wide {classes}")
        if icon:
            with made:
                Tag("span", words)
                icon_of(icon)
        made.on("click", move, throttle=0.4, trailing_events=False)
        return made

    def _draw_calendar(self, menu: ui.menu) -> None:
        async def go(day: str | None) -> None:
            menu.close()
            if day:
                self._calendar.value = None
                await self.winder.to_day(date.fromisoformat(day))

        self._calendar = ui.date(on_change=lambda event: go(event.value)).props("minimal")

    def _ask_to_reset(self) -> None:
        async def reset() -> None:
            dialog.close()
            await self.winder.reset()

        with ui.dialog() as dialog, Tag("div", classes="ask q-card"):
            Tag("h2", "Bắt đầu lại từ ngày gửi kế hoạch?")
            Tag("p", "Mọi tin đã gửi và câu trả lời trong bản dùng thử của cơ quan này sẽ bị xóa.")
            with Tag("div", classes="row-end"):
                button("Thôi").on("click", dialog.close)
                button("Bắt đầu lại", "main").on("click", reset)
        dialog.open()

    def show_day(self) -> None:
        """The day, what the winding is doing, and what can be pressed meanwhile."""
        winder = self.winder
        today = winder.reached if winder.is_busy and winder.reached else winder.today
        if self._drawn == (today, winder.is_busy, winder.says):
            return
        self._drawn = (today, winder.is_busy, winder.says)
        self._today.text = day_in_words(today)
        self._status.text = "Đang chạy đồng hồ…" if winder.is_busy else winder.says or "Bấm để chạy đồng hồ"
        for mover in self._movers:
            mover.set(disabled=winder.is_busy or today >= winder.world.ends)
        self._show_calendar(today)
        self._show_year(today)

    def _show_calendar(self, today: date) -> None:
        ends = self.winder.world.ends
        self._calendar.props[":options"] = f"(day) => day > '{today:%Y/%m/%d}' && day <= '{ends:%Y/%m/%d}'"
        self._calendar.props["default-year-month"] = f"{today:%Y/%m}"

    def _show_year(self, today: date) -> None:
        self._year.clear()
        with self._year:
            for month in months_between(self.winder.world.starts, self.winder.world.ends, today):
                drawn = Tag(
                    "button", month.label, "month", type="button", disabled=self.winder.is_busy or month.first <= today,
                    aria_label=f"{month.label}: chạy tới {month.first:%d/%m/%Y}", title=f"Chạy tới {month.first:%d/%m/%Y}",
                )  # fmt: skip
                drawn.set(aria_current="date" if month.is_current else False)
                drawn.style(f"--filled: {month.gone:.1%}")
                drawn.on(
                    "click",
                    lambda day=month.first: self.winder.to_day(day),
                    throttle=0.4,
                    trailing_events=False,
                )

    def show_counts(self, window: WindowSoFar) -> None:
        if self._counted == window:
            return
        self._counted = window
        self._counts.clear()
        with self._counts:
            with Tag("p", classes="counts-name"):
                Tag("span", f"Kỳ báo cáo {window.name}")
                if window.carried_over:
                    Tag("span", f"Kỳ trước chuyển sang {window.carried_over}", "carried")
            with Tag("dl"):
                for name, label, hue in VALUES:
                    with Tag("div", classes="count").style(hue):
                        Tag("dt", label)
                        Tag("dd", str(getattr(window.counts, name)) if window.counts.total else "–")
