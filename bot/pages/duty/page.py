"""“/nhiem-vu/{duty_id}”: a duty with its wording, the units' parts of it, and one part's history in full."""

from urllib.parse import urlencode

from sqlmodel import Session

from bot.pages.desk import Desk, NotThere
from bot.pages.duty.actions import draw_actions
from bot.pages.duty.events import draw_history
from bot.pages.duty.facts import Asked, Chosen, DutyShown, Part, duty_shown
from bot.pages.duty.wording import draw_wording
from bot.pages.html import Tag
from bot.pages.paging import draw_pages
from bot.pages.query import number_said
from bot.pages.shell import Page
from data.tables import PlanState
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.entries import flags, when
from duties.wording.phrases import capitalised
from duties.workdays import ONE_DAY

PATH = "/nhiem-vu/{duty_id}"


async def draw(desk: Desk) -> None:
    page = _DutyPage(desk, desk.number("duty_id"), _asked(desk))
    await desk.live(page.ask, page.draw, "duty")


def _asked(desk: Desk) -> Asked:
    return Asked(
        number_said(desk.query("don-vi")), number_said(desk.query("ky")), desk.query("viec").upper().lstrip("#")[:12],
        max(number_said(desk.query("trang")), 1),
    )  # fmt: skip


class _DutyPage:
    def __init__(self, desk: Desk, duty_id: int, asked: Asked) -> None:
        self.desk, self.duty_id, self.asked = desk, duty_id, asked
        self._shown: DutyShown | None = None

    def ask(self, session: Session) -> DutyShown:
        """What is shown stays when nothing of it is the reader's any more: the next page that is opened says so."""
        reader = self.desk.reader
        units = None if reader.may(Action.SEE_ALL) else reader.unit_ids
        try:
            self._shown = duty_shown(session, reader.agency_id, self.duty_id, self.asked, reader.now, units)
        except NotThere:
            if self._shown is None:
                raise
        return self._shown

    def draw(self, shown: DutyShown) -> None:
        self._draw_head(shown)
        draw_wording(shown.wording)
        if shown.units:
            with Tag("div", classes="duty-work"):
                self._draw_parts(shown)
                if shown.chosen is not None:
                    self._draw_chosen(shown, shown.chosen)
        else:
            _draw_nobody(shown)

    def _draw_head(self, shown: DutyShown) -> None:
        wording = shown.wording
        with Tag("div", classes="page-head"):
            Tag("h1", wording.title)
            with Tag("p", classes="about"):
                if self.desk.reader.may(Action.SEE_PLANS):
                    Tag("a", f"Kế hoạch {wording.plan}", href=f"/ke-hoach/{wording.plan_id}")
                else:
                    Tag("span", f"Kế hoạch {wording.plan}")
                if wording.heading:
                    Tag("span", f" · {wording.heading}")

    def _draw_parts(self, shown: DutyShown) -> None:
        with Tag("section", classes="panel duty-parts", aria_label="Kỳ hạn và đơn vị"):
            Tag("h2", "Kỳ hạn và đơn vị")
            if len(shown.units) > 1 or len(shown.occasions) > 1:
                self._draw_filter(shown)
            with Tag("ul", classes="parts"):
                for part in shown.parts.rows:
                    self._draw_part(part, is_chosen=shown.chosen is not None and shown.chosen.part == part)
            if not shown.parts.rows:
                Tag("p", "Không có phần việc nào khớp. Chọn lại đơn vị hoặc kỳ hạn.", "nothing")
            draw_pages(shown.parts, "phần việc", lambda number: self._link(trang=str(number)))

    def _draw_filter(self, shown: DutyShown) -> None:
        with Tag("form", classes="part-filter", method="get", action=f"/nhiem-vu/{self.duty_id}"):
            if len(shown.units) > 1:
                _draw_select("don-vi", "Đơn vị", "Mọi đơn vị", shown.units, self.asked.unit_id)
            if len(shown.occasions) > 1:
                _draw_select("ky", "Kỳ hạn", "Mọi kỳ hạn", shown.occasions, self.asked.occurrence_id)
            Tag("button", "Lọc", "button", type="submit")

    def _draw_part(self, part: Part, *, is_chosen: bool) -> None:
        with (
            Tag("li"),
            Tag("a", classes="part", href=self._link(viec=part.code), aria_current=is_chosen and "true"),
        ):
            with Tag("span", classes="part-head"):
                Tag("span", part.occasion, "part-occasion")
                Tag("span", f"#{part.code}", "part-code")
            Tag("span", part.unit, "part-unit")
            Tag("span", part.state, f"state {part.hue}")

    def _link(self, **changed: str) -> str:
        kept = {
            "don-vi": str(self.asked.unit_id or ""),
            "ky": str(self.asked.occurrence_id or ""),
            "trang": str(self.asked.page) if self.asked.page > 1 else "",
        }
        query = urlencode({name: value for name, value in (kept | changed).items() if value})
        return f"/nhiem-vu/{self.duty_id}?{query}{'#viec' if 'viec' in changed else ''}"

    def _draw_chosen(self, shown: DutyShown, chosen: Chosen) -> None:
        part = chosen.part
        with Tag("section", classes="panel duty-part", id="viec", aria_label=f"Việc #{part.code}"):
            with Tag("div", classes="panel-head"):
                Tag("h2", f"#{part.code} · {part.unit}")
                Tag("span", part.state, f"state {part.hue}")
            _draw_standing(shown, chosen)
            draw_actions(self.desk, shown, chosen, self._link(viec=part.code))
            Tag("h3", "Diễn biến")
            draw_history(self.desk, chosen.history)


def _draw_select(
    name: str, label: str, every: str, choices: tuple[tuple[int, str], ...], chosen: int
) -> None:
    with Tag("div", classes="field"):
        Tag("label", label, **{"for": f"loc-{name}"})
        with Tag("select", classes="select", id=f"loc-{name}", name=name):
            Tag("option", every, value="")
            for value, words in choices:
                Tag("option", words, value=str(value), selected=value == chosen)


def _draw_standing(shown: DutyShown, chosen: Chosen) -> None:
    part, entry = chosen.part, chosen.entry
    with Tag("dl", classes="standing"):
        _draw_fact("Kỳ hạn", part.occasion)
        if part.is_open:
            _draw_fact("Thời hạn", capitalised(when(entry, shown.today).removeprefix("hạn ")))
        elif part.done_on:
            _draw_fact("Hoàn thành", day(part.done_on))
        if chosen.dues:
            _draw_fact("Hạn đã thay đổi", " → ".join(chosen.dues))
        for flag in flags(entry):
            _draw_fact("Lưu ý", capitalised(flag))
        for piece in chosen.pieces:
            _draw_fact("Phần của đơn vị", piece)
        _draw_fact("Nơi nhận tin", "; ".join(chosen.told_at) or "Chưa có; tin nhắc gửi về Văn phòng")
        if part.is_open:
            _draw_fact("Lần nhắc tới", _next(shown, chosen))


def _next(shown: DutyShown, chosen: Chosen) -> str:
    if chosen.next_on is None:
        return "Không còn lần nhắc nào"
    on = max(chosen.next_on, shown.today + ONE_DAY) if chosen.next_on < shown.today else chosen.next_on
    put_off = ", theo hẹn của đơn vị" if chosen.snoozed_until == chosen.next_on else ""
    return f"{day(on)}{put_off}"


def _draw_fact(name: str, value: str) -> None:
    with Tag("div"):
        Tag("dt", name)
        Tag("dd", value)


def _draw_nobody(shown: DutyShown) -> None:
    wording = shown.wording
    with Tag("div", classes="panel nothing"):
        if wording.plan_state is PlanState.DRAFT:
            Tag("strong", "Kế hoạch chưa được xác nhận")
            Tag("span", "Xác nhận kế hoạch thì các kỳ hạn và phần việc của từng đơn vị sẽ hiện ở đây.")
        elif wording.left_out:
            Tag("strong", "Nhiệm vụ này đã được bỏ khỏi kế hoạch")
            Tag("span", "Không đơn vị nào phải thực hiện.")
        else:
            Tag("strong", "Chưa có phần việc nào")
            Tag("span", "Nhiệm vụ chưa có hạn hoặc chưa giao đơn vị nào; ghi lại thời hạn ở trang kế hoạch.")


PAGE = Page(
    PATH, "Nhiệm vụ", frozenset({Action.SEE_ALL, Action.SEE_OWN}), draw, styles=("own_work.css", "duty.css")
)
