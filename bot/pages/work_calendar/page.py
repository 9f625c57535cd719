"""“/lich-lam-viec”: a year's days off and worked Saturdays, report windows, how reminders go out, milestones."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.pages.asking import GATHER, Field, Kind, ask
from bot.pages.days import day_in_words
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.query import day_said
from bot.pages.shell import Page
from bot.pages.work_calendar.effect import Effect, scrolled_table
from bot.pages.work_calendar.facts import (
    MilestoneSet,
    Origin,
    Reports,
    Year,
    milestones_of,
    origin_of,
    reminding,
    reports_of,
    year_of,
)
from bot.pages.work_calendar.policy_form import PolicyForm, typed_in
from bot.pages.work_calendar.words import day_orders, window_codes, window_name, window_orders
from bot.pages.work_calendar.year_map import year_map
from duties.rights import Action
from duties.wording.calendar import SpecialDay
from duties.wording.dates import day, named_day
from duties.workdays import WEEKEND, day_of

FIRST_YEAR, LAST_YEAR = 2015, 2045
SECTIONS = (("nam", "Ngày nghỉ"), ("ky", "Kỳ báo cáo"), ("nhac", "Lịch nhắc"), ("moc", "Mốc theo dõi"))
MARK_A_DAY = "Nhiệm vụ dài chưa có hạn gần? Đặt mốc để đơn vị được hỏi giữa chừng."
PRESSED = """(event) => {
    const day = event.target.closest("[data-day]")?.dataset.day;
    if (day) emit(day);
}"""
STATES = {
    "off": "Cơ quan nghỉ",
    "worked": "Cơ quan làm việc (làm bù)",
    "common": "Theo lịch chung (bỏ thay đổi của Văn phòng)",
}


async def draw(desk: Desk) -> None:
    drawing = _Drawing(desk, year_asked(desk.query("nam"), desk.reader.today))
    may_see_plans = desk.reader.may(Action.SEE_PLANS)
    with Tag("div", classes="page-head"):
        Tag("h1", "Lịch và mốc nhắc")
        with Tag("nav", classes="row sections", aria_label="Các phần của trang"):
            for name, words in SECTIONS if may_see_plans else SECTIONS[:2]:
                Tag("a", words, href=f"#{name}")
    drawing.effect.draw()
    agency_id = desk.reader.agency_id
    await desk.live(lambda session: year_of(session, agency_id, drawing.year), drawing.draw_year)
    await desk.live(lambda session: reports_of(session, agency_id, drawing.year), drawing.draw_windows)
    if may_see_plans:
        with Tag("section", classes="panel", id="nhac"):
            Tag("h2", "Lịch nhắc")
            number = desk.query("ke-hoach")
            await desk.live(
                lambda session: reminding(session, agency_id, number, desk.reader.now),
                PolicyForm(desk, drawing.effect).draw,
            )
        await desk.live(lambda session: milestones_of(session, agency_id), drawing.draw_milestones)


def year_asked(said: str, today: date) -> int:
    """The year of the address, where the page knows it; else this one."""
    is_year = said.isascii() and said.isdigit() and len(said) == 4
    return int(said) if is_year and FIRST_YEAR <= int(said) <= LAST_YEAR else today.year


class _Drawing:
    """The page's parts, as its reader may see and press them."""

    def __init__(self, desk: Desk, year: int) -> None:
        self.desk, self.year, self.effect = desk, year, Effect(desk)
        self.may_change = desk.reader.may(Action.CHANGE_CALENDAR)
        self.may_mark = desk.reader.may(Action.CHANGE_POLICY)

    def draw_year(self, year: Year) -> None:
        with Tag("section", classes="panel", id="nam"):
            self._draw_year_head(year)
            if not year.is_announced:
                self._draw_not_announced(year)
            pressed = Tag("div", classes="year-place")
            with pressed:
                # written by us alone, every word in it escaped
                ui.html(
                    str(year_map(year, self.desk.reader.today, may_change=self.may_change)), sanitize=False
                )
            if self.may_change:
                pressed.on("click", lambda event: self._ask_day(year, str(event.args)), js_handler=PRESSED)
            _draw_legend()
            self._draw_days(year)
            self._draw_rules(year)

    def _draw_year_head(self, year: Year) -> None:
        with Tag("div", classes="panel-head"):
            Tag("h2", f"Ngày nghỉ và ngày làm bù năm {year.number}")
            with Tag("nav", classes="row", aria_label="Năm khác"):
                Tag("a", f"← {year.number - 1}", "button small", href=f"/lich-lam-viec?nam={year.number - 1}")
                Tag("a", f"{year.number + 1} →", "button small", href=f"/lich-lam-viec?nam={year.number + 1}")
            if self.may_change:
                button("Thêm ngày nghỉ, làm bù", "main").on("click", lambda: self._ask_day(year, ""))

    def _draw_not_announced(self, year: Year) -> None:
        with Tag("div", classes="not-announced"):
            Tag(
                "p",
                f"Năm {year.number} chưa có thông báo nghỉ lễ, Tết và hoán đổi ngày làm việc: các ngày dưới đây tính theo luật.",
            )
            if self.may_change:
                said = f"đã có thông báo nghỉ {year.number}"
                button("Đã có thông báo, đã ghi đủ", "small").on("click", lambda: self.desk.say(said))

    def _ask_day(self, year: Year, iso: str) -> None:
        """Asked about the pressed day, or about any."""

        async def look(values: Mapping[str, str]) -> None:
            orders = day_orders(values["first"], values["last"], values["state"], values["note"])
            await self.effect.look(orders)

        pressed = day_said(iso)
        special = next((each for each in year.days if each.day == pressed), None)
        states = STATES if pressed is None or (special and special.at) else {
            name: words for name, words in STATES.items() if name != "common"
        }  # fmt: skip
        fields = [
            Field("first", "Ngày", Kind.DATE, value=iso),
            Field("last", "Đến hết ngày, nếu nhiều ngày", Kind.DATE, is_needed=False),
            Field("state", "Là ngày", Kind.CHOICE, value=_other(pressed, special), choices=states),
            Field("note", "Lý do", is_needed=False, hint="Theo Thông báo số …"),
        ]
        title = day_in_words(pressed) if pressed else "Thêm ngày nghỉ, làm bù"
        ask(self.desk.aside, title, _about(special), fields, "Xem trước", look)

    def _draw_days(self, year: Year) -> None:
        words = f"Danh sách {len(year.days)} ngày khác thường"
        with (
            self.desk.unfolded.details("ngay", words, "day-list", at_first=True),
            scrolled_table("Các ngày khác thường"),
            Tag("table", classes="table folding"),
        ):
            with Tag("thead"), Tag("tr"):
                for words in ("Ngày", "Cơ quan", "Vì sao", "Nguồn"):
                    Tag("th", words, scope="col")
                with Tag("th", scope="col"):
                    Tag("span", "Thao tác", "sr")
            with Tag("tbody"):
                for each in year.days:
                    self._draw_day(each)

    def _draw_day(self, each: SpecialDay) -> None:
        with Tag("tr"):
            Tag("td", named_day(each.day), "days")
            Tag("td", "nghỉ" if each.is_off else "làm việc")
            Tag("td", each.name or "—")
            Tag("td", _source(each), data_label="Nguồn")
            with Tag("td", classes="does"):
                if self.may_change and each.at is not None:
                    button("Bỏ", "small", aria_label=f"Bỏ thay đổi ngày {day(each.day)}").on(
                        "click", partial(self.effect.look, day_orders(each.day.isoformat(), "", "common", ""))
                    )

    def _draw_rules(self, year: Year) -> None:
        with Tag("dl", classes="rules"):
            with Tag("div"):
                Tag("dt", "Hạn rơi vào ngày nghỉ")
                how = (
                    "được tính đến hết ngày làm việc tiếp theo (Bộ luật Dân sự 2015, Điều 148 khoản 5)"
                    if year.lenient
                    else "vẫn tính đúng ngày ghi trong kế hoạch, không lùi"
                )
                self._draw_rule(how, f"hạn rơi ngày nghỉ: {'không lùi' if year.lenient else 'lùi'}")
            with Tag("div"):
                Tag("dt", "Ngày Văn hóa Việt Nam 24/11 hằng năm")
                how = "cơ quan nghỉ" if year.culture_day_off else "cơ quan làm việc"
                self._draw_rule(how, f"24/11 hằng năm: {'không nghỉ' if year.culture_day_off else 'nghỉ'}")

    def _draw_rule(self, how: str, other: str) -> None:
        with Tag("dd"):
            Tag("span", how)
            if self.may_change:
                button("Đổi lại", "small", aria_label=f"Đổi thành “{other}”").on(
                    "click", partial(self.effect.look, [other])
                )

    def draw_windows(self, reports: Reports) -> None:
        with Tag("section", classes="panel", id="ky"):
            Tag("h2", f"Kỳ báo cáo năm {self.year}")
            with scrolled_table("Các kỳ báo cáo"), Tag("table", classes="table folding"):
                with Tag("thead"), Tag("tr"):
                    for words in (
                        "Kỳ",
                        "Thuộc kỳ: hạn trong",
                        "Số liệu lấy từ",
                        "Chốt số liệu",
                        "Gửi báo cáo",
                    ):
                        Tag("th", words, scope="col")
                with Tag("tbody"):
                    for window in reports.windows:
                        with Tag("tr"):
                            Tag("th", window.name, scope="row")
                            Tag(
                                "td",
                                f"{day(window.span.start)} – {day(window.span.end)}",
                                "days",
                                data_label="Hạn trong",
                            )
                            Tag(
                                "td",
                                f"{day(window.data.start)} – {day(window.data.end)}",
                                "days",
                                data_label="Số liệu",
                            )
                            Tag("td", day(window.cut_off), "days", data_label="Chốt số liệu")
                            Tag("td", day(window.report_due), "days", data_label="Gửi báo cáo")
            if self.may_change:
                self._draw_windows_form(reports)

    def _draw_windows_form(self, reports: Reports) -> None:
        rules = reports.rules

        async def take(event: GenericEventArguments) -> None:
            await self.effect.look(window_orders(typed_in(event), rules))

        with self.desk.unfolded.details("sua-ky", "Sửa kỳ báo cáo"):
            with Tag("form", classes="windows", aria_label="Sửa kỳ báo cáo") as form:
                _draw_day_number(form, "cut_off", "Chốt số liệu ngày", rules.cut_off_day)
                _draw_day_number(form, "report", "Gửi báo cáo ngày (của tháng cuối kỳ)", rules.report_day)
                with Tag("fieldset"):
                    Tag("legend", "Các kỳ phải báo cáo")
                    for code in window_codes(rules):
                        with Tag("label", classes="check"):
                            Tag("input", type="checkbox", name=code, value="x", checked=code in rules.reports)
                            Tag("span", window_name(code))
                Tag("button", "Xem trước thay đổi", "button main", type="submit")
            form.on("submit", take, js_handler=GATHER, throttle=1, trailing_events=False)

    def draw_milestones(self, found: tuple[MilestoneSet, ...]) -> None:
        with Tag("section", classes="panel", id="moc"):
            with Tag("div", classes="panel-head"):
                Tag("h2", "Mốc theo dõi")
                if self.may_mark:
                    button("Đặt mốc").on("click", self._ask_milestone)
            Tag(
                "p",
                "Ngày hỏi tiến độ của nhiệm vụ dài hoặc thường xuyên; không phải hạn và không tính vào tỷ lệ.",
                "fine",
            )
            if not found:
                with Tag("div", classes="nothing"):
                    Tag("strong", "Chưa đặt mốc nào")
                    Tag(
                        "p",
                        MARK_A_DAY
                        if self.may_mark
                        else "Văn phòng đặt mốc để hỏi giữa chừng về nhiệm vụ dài.",
                    )
            with Tag("ul", classes="lines"):
                for each in found:
                    self._draw_milestone(each)

    def _draw_milestone(self, each: MilestoneSet) -> None:
        with Tag("li"):
            with Tag("div"):
                Tag("p", f"{named_day(each.day)}{f': {each.about}' if each.about else ''}")
                Tag("p", f"{each.code} {each.content}"[:160], "fine")
            if self.may_mark:
                button("Bỏ", "small", aria_label=f"Bỏ mốc {day(each.day)} của {each.code}").on(
                    "click", partial(self.effect.look, [f"bỏ mốc {each.code} ngày {day(each.day)}"])
                )

    def _ask_milestone(self) -> None:
        async def look(values: Mapping[str, str]) -> None:
            on = day_said(values["on"])
            about = f": {values['about']}" if values["about"] else ""
            words = f"mốc {values['duty']} ngày {day(on) if on else values['on']}{about}"
            await self.effect.look([" ".join(words.split())])

        fields = [
            Field("duty", "Nhiệm vụ: mã trong kế hoạch hoặc mã việc", hint="2.3 hoặc #A12"),
            Field("on", "Ngày hỏi", Kind.DATE),
            Field("about", "Hỏi về điều gì", is_needed=False, hint="xong dự thảo"),
        ]
        ask(self.desk.aside, "Đặt mốc theo dõi", "", fields, "Xem trước", look)


def _other(pressed: date | None, special: SpecialDay | None) -> str:
    """What a pressed day is not: that is what is likely wanted of it."""
    is_weekend = pressed is not None and pressed.weekday() in WEEKEND
    is_off = special.is_off if special is not None else is_weekend
    return "worked" if is_off else "off"


def _about(special: SpecialDay | None) -> str:
    if special is None:
        return "Trước khi ghi, trang cho xem những tin nào chuyển ngày theo."
    name = f": {special.name}" if special.name else ""
    return f"Đang là ngày {'nghỉ' if special.is_off else 'làm việc'}{name} ({_source(special)})."


def _source(each: SpecialDay) -> str:
    origin = origin_of(each)
    if origin is not Origin.OFFICE or each.at is None:
        return origin.value
    by = f"{each.by}, " if each.by else ""
    return f"{origin.value} ({by}{day(day_of(each.at))})"


def _draw_legend() -> None:
    with Tag("ul", classes="legend", aria_label="Chú giải"):
        for classes, words in (
            ("off", "Nghỉ lễ, Tết, hoán đổi"),
            ("worked", "Làm bù, làm việc dù cuối tuần"),
            ("off own", "Văn phòng ghi (có chấm)"),
            ("weekend", "Cuối tuần"),
            ("is-today", "Hôm nay"),
        ):
            with Tag("li"):
                Tag("span", "8", f"day-cell {classes}", aria_hidden="true")
                Tag("span", words)


def _draw_day_number(form: Tag, name: str, label: str, value: int) -> None:
    number = f"{form.html_id}-{name}"
    with Tag("div", classes="field"):
        Tag("label", label, **{"for": number})
        Tag(
            "input",
            classes="input",
            type="number",
            min="1",
            max="31",
            name=name,
            id=number,
            value=str(value),
            required=True,
        )


PAGE = Page(
    "/lich-lam-viec",
    "Lịch và mốc nhắc",
    frozenset({Action.SEE_CALENDAR}),
    draw,
    menu="Lịch và mốc nhắc",
    icon="calendar",
    styles=("work_calendar.css",),
)
