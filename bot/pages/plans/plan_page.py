"""A plan's page: a draft to be checked, doubts first; a plan in force to be followed; what was withdrawn to be read."""

from dataclasses import dataclass
from urllib.parse import urlencode

from nicegui import ui
from sqlmodel import Session

from bot.pages.desk import Desk, NotThere
from bot.pages.html import Tag, button
from bot.pages.plans import words
from bot.pages.plans.comparing import Comparing
from bot.pages.plans.confirming import Confirming
from bot.pages.plans.copying import ask_copy
from bot.pages.plans.doubts import Doubts
from bot.pages.plans.dropping import ask_drop, ask_take_out
from bot.pages.plans.editor import Editor
from bot.pages.plans.history import draw_history
from bot.pages.plans.parts import Part
from bot.pages.plans.rows import rows_html
from bot.pages.plans.sheet import Sheet, SheetRow, sheet
from bot.pages.plans.unmatched import Unmatched
from bot.pages.shell import Page
from data.rows_left_out import RowOut
from data.tables import PlanState
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.entries import shortened

A_PAGE = 50
STATES = {
    PlanState.DRAFT: ("Chờ xác nhận", "late"),
    PlanState.CONFIRMED: ("Đang thực hiện", "on-time"),
    PlanState.WITHDRAWN: ("Đã rút", ""),
    PlanState.MERGED: ("Bản điều chỉnh đã áp dụng", ""),
}
PICK = """(event) => {
    const row = event.target.closest("[data-row]");
    if (row) emit(row.dataset.row);
}"""


@dataclass(frozen=True)
class Picked:
    """Which rows the address asks for, and which page of them."""

    which: str
    page: int

    def rows(self, found: Sheet) -> list[SheetRow]:
        match self.which:
            case "hoi":
                return [row for row in found.rows if row.is_asked]
            case "bo":
                return [row for row in found.rows if row.left_out]
            case _:
                return list(found.rows)

    def address(self, plan_id: int, *, which: str | None = None, page: int = 1) -> str:
        said = {"loc": self.which if which is None else which, "trang": str(page) if page > 1 else ""}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"/ke-hoach/{plan_id}" + (f"?{query}" if query else "") + "#nhiem-vu"


async def draw(desk: Desk) -> None:
    plan_id = desk.number("plan_id")
    sees_work = desk.reader.may(Action.SEE_ALL)
    found = await desk.read(sheet, desk.reader.agency_id, plan_id, desk.reader.today, with_work=sees_work)
    page = _PlanPage(desk, found)
    page.draw()
    await desk.live(lambda session: _sheet_now(session, desk, plan_id), page.show, "gone")
    if page.comparing is not None:
        await page.comparing.watch()
    await draw_history(desk, plan_id)


def _sheet_now(session: Session, desk: Desk, plan_id: int) -> Sheet | None:
    """None once somebody has thrown the draft away."""
    try:
        sees_work = desk.reader.may(Action.SEE_ALL)
        return sheet(session, desk.reader.agency_id, plan_id, desk.reader.today, with_work=sees_work)
    except NotThere:
        return None


class _PlanPage:
    def __init__(self, desk: Desk, found: Sheet) -> None:
        self.desk, self.found = desk, found
        said = desk.query("trang")
        page = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 1
        self.picked = Picked(desk.query("loc"), max(page, 1))
        self.may_change = desk.reader.may(Action.CHANGE_PLAN) and found.state is not PlanState.MERGED
        self.may_edit = self.may_change and found.state in (PlanState.DRAFT, PlanState.CONFIRMED)

    def draw(self) -> None:
        found = self.found
        self.editor = Editor(self.desk, found) if self.may_edit else None
        self._head = Part(self._draw_head, classes="page-head")
        self.comparing = Comparing(self.desk, found, may_change=self.may_change) if found.is_draft else None
        may_name = self.may_edit and self.desk.reader.may(Action.MANAGE_UNITS)
        self._unmatched = Unmatched(self.desk) if may_name else None
        self._doubts = Doubts(self.desk, found, self._edit, may_change=self.may_change)
        self._notes = Part(self._draw_notes)
        self._past = Part(self._draw_past)
        with Tag("section", classes="panel", aria_labelledby="nhiem-vu"):
            self._rows_head = Part(self._draw_rows_head, classes="panel-head")
            self._rows = ui.html("", sanitize=False).classes("pl-list")
            self._rows.on("click", lambda event: self._edit(int(event.args)), js_handler=PICK)
            self._pages = Part(self._draw_pages)
        with Tag("details", classes="panel pl-fold") as self._left_out_fold:
            self._left_out_count = Tag("summary", "")
            self._left_out = Part(self._draw_left_out)
        self._drawn = ""
        self.show(found)

    def show(self, found: Sheet | None) -> None:
        """Bring what has changed up to date; the rest stays where it is."""
        if found is None:
            ui.navigate.to("/ke-hoach")
            return
        if found.state is not self.found.state:
            base = self.found.changes if found.state is PlanState.MERGED else None
            ui.navigate.to(f"/ke-hoach/{base.id if base else found.id}")
            return
        self.found = found
        self._head.show(found)
        if self.comparing is not None:
            self.comparing.show(found)
        if self._unmatched is not None:
            self._unmatched.show(found)
        self._doubts.show(found)
        self._notes.show(found)
        self._past.show(found)
        self._rows_head.show(found)
        self._show_rows(found)
        self._pages.show(found)
        self._left_out.show(found.left_out)
        if self.editor is not None:
            self.editor.show(found)

    def _edit(self, place: int) -> None:
        if self.editor is not None:
            self.editor.open(place)

    def _draw_head(self, found: Sheet) -> None:
        Tag("a", "← Tất cả kế hoạch", href="/ke-hoach", classes="pl-back")
        Tag("h1", found.title or found.files[0])
        says, hue = STATES[found.state]
        with Tag("span", classes=f"state {hue}"):
            Tag("span", says)
        Tag("p", " · ".join(_about(found)), "about")
        Tag("p", _counted(found), "pl-counts")
        if found.silent and self.desk.reader.may(Action.MANAGE_UNITS):
            with Tag("p", classes="about"):
                Tag("span", f"Chưa có kênh nhận tin: {'; '.join(found.silent)}. ")
                Tag("a", "Mời các đơn vị", href="/don-vi")
        with Tag("div", classes="row"):
            self._draw_actions(found)

    def _draw_actions(self, found: Sheet) -> None:
        if not self.may_change:
            return
        match found.state:
            case PlanState.DRAFT:
                self._confirming = Confirming(self.desk, found)
                button("Xác nhận kế hoạch…", "main").on("click", self._confirming.open, throttle=2)
                if len(found.files) > 1:
                    last = found.files[-1]
                    button(f"Tách tệp “{shortened(last, 40)}”…").on(
                        "click", lambda: ask_take_out(self.desk, found.id, last), throttle=1
                    )
                button("Hủy bản này…").on("click", lambda: ask_drop(self.desk, found.id), throttle=1)
            case PlanState.CONFIRMED:
                button("Sao chép sang năm khác…").on("click", self._copy, throttle=1)
                if found.editions:
                    self._say("Rút bản điều chỉnh", words.about(found.id, "rút bản điều chỉnh"))
                self._say("Rút kế hoạch…", words.about(found.id, "rút kế hoạch"))
            case PlanState.WITHDRAWN:
                self._say("Khôi phục kế hoạch", words.about(found.id, "khôi phục kế hoạch"), "main")
            case _:
                pass

    def _copy(self) -> None:
        ask_copy(self.desk, self.found.id, self.found.years.first + 1)

    def _say(self, label: str, says: str, classes: str = "") -> None:
        button(label, classes).on("click", lambda: self.desk.say(says), throttle=1, trailing_events=False)

    def _draw_past(self, found: Sheet) -> None:
        if not found.held or not self.may_change:
            return
        with Tag("section", classes="panel pl-past", aria_label="Kỳ đã qua"):
            Tag("h2", f"{found.held} phần việc đã qua hạn trước ngày xác nhận, đang tạm giữ chưa nhắc")
            with Tag("div", classes="row"):
                for label, choice in PAST.items():
                    self._say(label, words.about(found.id, f"kỳ đã qua: {choice}"))

    def _draw_notes(self, found: Sheet) -> None:
        notes = [each for each in found.doubts if each not in found.questions]
        if not notes:
            return
        title = f"Lưu ý khi đọc tệp ({len(notes)})"
        with self.desk.unfolded.details("notes", title, "panel pl-fold"), Tag("ul", classes="pl-notes"):
            for each in notes:
                with Tag("li"):
                    if each.about and each.about != "plan":
                        Tag("strong", f"{each.about}: ")
                    Tag("span", each.text)

    def _draw_rows_head(self, found: Sheet) -> None:
        Tag("h2", "Các nhiệm vụ", id="nhiem-vu")
        asked = sum(row.is_asked for row in found.rows)
        gone = sum(row.left_out for row in found.rows)
        with Tag("nav", classes="pl-filters", aria_label="Lọc nhiệm vụ"):
            for which, says, count in (
                ("", "Tất cả", len(found.rows)),
                ("hoi", ASKED[found.is_draft], asked),
                ("bo", "Đã bỏ, đã gộp" if any(row.went_into for row in found.rows) else "Đã bỏ", gone),
            ):
                if count or which == self.picked.which:
                    Tag(
                        "a", f"{says} {count}", "pl-filter", href=self.picked.address(found.id, which=which),
                        aria_current="page" if which == self.picked.which else False,
                    )  # fmt: skip

    def _show_rows(self, found: Sheet) -> None:
        rows = self.picked.rows(found)
        start = (self.picked.page - 1) * A_PAGE
        shown = rows[start : start + A_PAGE]
        opens = self.desk.reader.may(Action.SEE_ALL)
        html = str(rows_html(found, shown, may_edit=self.may_edit, opens_duties=opens))
        if not rows:
            html = f'<p class="nothing">{_nothing(self.picked.which, is_draft=found.is_draft)}</p>'
        if html != self._drawn:
            self._drawn = html
            self._rows.set_content(html)

    def _draw_pages(self, found: Sheet) -> None:
        count = -(-len(self.picked.rows(found)) // A_PAGE)
        if count < 2:
            return
        with Tag("nav", classes="pl-pages row", aria_label="Các trang"):
            for page in range(1, count + 1):
                Tag(
                    "a", str(page), "button", href=self.picked.address(found.id, page=page),
                    aria_label=f"Trang {page}", aria_current="page" if page == self.picked.page else False,
                )  # fmt: skip

    def _draw_left_out(self, rows: tuple[RowOut, ...]) -> None:
        """Within its fold, so that it stays open while one row after the other is taken in."""
        may_take = self.may_change and self.found.is_draft
        self._left_out_count.text = f"Dòng không tính là nhiệm vụ ({len(rows)})"
        self._left_out_fold.show(bool(rows))
        if may_take:
            Tag("p", "Dòng nào là nhiệm vụ thì lấy lại, rồi ghi thời hạn và đơn vị.", "fine")
        with Tag("ul", classes="pl-notes"):
            for row in rows:
                with Tag("li", classes="pl-out"):
                    with Tag("span"):
                        Tag("span", f"{row.number}. “{row.text}”")
                        Tag("span", f" — {row.why}" + (f" ({row.where})" if row.where else ""), "fine")
                    if may_take:
                        self._draw_take_in(self.found, row)

    def _draw_take_in(self, found: Sheet, row: RowOut) -> None:
        pressed = button("Lấy lại", aria_label=f"Lấy lại dòng không tính {row.number}")
        pressed.on(
            "click",
            lambda: self.desk.say(words.take_in(found.id, row.number)),
            throttle=1,
            trailing_events=False,
        )


PAST = {"Đã xong": "đã xong", "Vẫn nhắc": "vẫn nhắc", "Không tính": "không tính"}
ASKED = {True: "Còn hỏi", False: "Chưa nhắc được"}


def _nothing(which: str, *, is_draft: bool) -> str:
    match which:
        case "hoi" if is_draft:
            return "<strong>Không còn dòng nào phải hỏi</strong>Có thể xác nhận kế hoạch."
        case "hoi":
            return "Nhiệm vụ nào cũng đã có hạn và đơn vị."
        case "bo":
            return "Không có nhiệm vụ nào bị bỏ."
        case _:
            return "Kế hoạch này không có nhiệm vụ nào."


def _about(found: Sheet) -> list[str]:
    said = [f"Số {found.number}" if found.number else "Chưa ghi số", f"năm {found.years}"]
    said += [f"ban hành {day(found.issued)}"] if found.issued else []
    said += [f"{found.signer} ký"] if found.signer else []
    said += [f"xác nhận {day(found.confirmed_on)}"] if found.confirmed_on else [f"nạp {day(found.put_on)}"]
    return [*said, f"tệp {', '.join(found.files)}"]


def _counted(found: Sheet) -> str:
    kept = found.kept
    dateless = sum(not row.has_date for row in kept)
    unitless = sum(not row.has_unit for row in kept)
    parts = [f"{len(kept)} nhiệm vụ"]
    parts += [f"{len(found.open_questions)} câu chờ trả lời"] if found.is_draft else _progress(found)
    parts += [f"{dateless} chưa có hạn"] if dateless else []
    parts += [f"{unitless} chưa có đơn vị"] if unitless else []
    return " · ".join(parts)


def _progress(found: Sheet) -> list[str]:
    shares = [share for row in found.rows for share in row.shares]
    counts = (
        (sum(share.done for share in shares), "đúng hạn"),
        (sum(share.late for share in shares), "xong muộn"),
        (sum(share.open for share in shares), "còn hạn"),
        (sum(share.overdue for share in shares), "quá hạn"),
    )
    return [f"{count} phần việc {words}" for count, words in counts if count]


PAGE = Page(
    "/ke-hoach/{plan_id}",
    "Kế hoạch",
    frozenset({Action.SEE_PLANS}),
    draw,
    icon="plan",
    styles=("plans.css",),
)
