"""The doubts of a draft, first of all on its page: each with its question and the answers as buttons."""

from collections.abc import Callable, Mapping

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button, icon_of
from bot.pages.plans import words
from bot.pages.plans.parts import Part
from bot.pages.plans.phrase_box import PhraseBox
from bot.pages.plans.sheet import DoubtShown, Sheet, SheetRow
from duties.plan import DoubtKind

AT_ONCE = 20
MOST_SOURCE = 3


class Doubts:
    """The panel: a doubt that is settled keeps its place until the page is opened again, so that nothing jumps."""

    def __init__(self, desk: Desk, sheet: Sheet, edit: Callable[[int], object], *, may_change: bool) -> None:
        self.desk, self.edit, self.may_change = desk, edit, may_change
        self.sheet = sheet
        self._shown = AT_ONCE
        self._order: list[int] = []
        self._cards: dict[int, Part[tuple[DoubtShown, SheetRow | None]]] = {}
        self._place, self._panel = Tag("div"), False
        self.show(sheet)

    def show(self, sheet: Sheet) -> None:
        """Bring every card up to date; what is asked newly stands last."""
        self.sheet = sheet
        new = [each for each in sheet.questions if each.number not in self._order]
        self._order += [each.number for each in sorted(new, key=lambda each: each.is_settled)]
        if not self._order:
            return
        if not self._panel:
            self._draw_panel()
        self._draw_some()
        left = len(sheet.open_questions)
        self._left.text = f"còn {left} câu" if left else "đã trả lời hết"
        by_number = {each.number: each for each in sheet.questions}
        for number, card in self._cards.items():
            doubt = by_number.get(number)
            card.place.show(doubt is not None)
            if doubt is not None:
                card.show((doubt, self._row(doubt)))

    def _draw_panel(self) -> None:
        self._panel = True
        with self._place, Tag("section", classes="panel pl-doubts", aria_labelledby="pl-hoi"):
            with Tag("div", classes="panel-head"):
                Tag("h2", "Xin Văn phòng trả lời", id="pl-hoi")
                self._left = Tag("span", "", "fine", role="status")
            self._list = Tag("ol", classes="pl-asked")
            self._more = button("Xem thêm câu hỏi").on("click", self._show_more)

    def _row(self, doubt: DoubtShown) -> SheetRow | None:
        return self.sheet.row(doubt.places[0]) if doubt.places else None

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self.show(self.sheet)

    def _draw_some(self) -> None:
        with self._list:
            for number in self._order[: self._shown]:
                if number not in self._cards:
                    self._cards[number] = Part(self._draw_card, "li", "pl-doubt", id=f"cau-{number}")
        self._more.show(len(self._order) > self._shown)

    def _draw_card(self, shown: tuple[DoubtShown, SheetRow | None]) -> None:
        doubt, row = shown
        with Tag("div", classes="pl-doubt-head"):
            Tag("strong", f"Câu {doubt.number}")
            if row is not None:
                Tag("span", f"nhiệm vụ {doubt.about}", "fine")
                Tag("span", row.where, "fine")
            if doubt.is_settled:
                with Tag("span", classes="state on-time"):
                    Tag("span", "Đã trả lời")
                if self.may_change:
                    self._button("Hỏi lại", words.ask_again(self.sheet.id, doubt.number), "plain")
        Tag("p", doubt.text, "pl-question")
        if row is not None:
            _draw_source(row)
        if self.may_change:
            self._draw_answers(doubt, row)

    def _draw_answers(self, doubt: DoubtShown, row: SheetRow | None) -> None:
        """The same answers before and after: what was said may be said otherwise, and nothing moves."""
        with Tag("div", classes="pl-answers"):
            match doubt.kind:
                case DoubtKind.DEADLINE if row:
                    self._deadline(row)
                case DoubtKind.LEAD if row:
                    self._lead(doubt, row)
                case DoubtKind.YEARS:
                    self._right(doubt, f"Đúng, năm {self.sheet.years}")
                    self._form("nam", "Năm khác", "number", "Đọc lại theo năm này", self._read_as_year)
                case DoubtKind.HEAD:
                    self._head(doubt)
                case _:
                    self._right(doubt, "Đúng như đã hiểu")
            if row is not None:
                button("Mở nhiệm vụ để sửa", "plain").on("click", lambda: self.edit(row.place), throttle=1)

    def _right(self, doubt: DoubtShown, label: str) -> None:
        pressed = self._button(label, words.right(self.sheet.id, doubt.number), "main")
        pressed.set(disabled=doubt.is_settled)

    def _button(self, label: str, says: str, classes: str = "") -> Tag:
        made = button(label, classes)
        made.on("click", lambda: self.desk.say(says), throttle=1, trailing_events=False)
        return made

    def _deadline(self, row: SheetRow) -> None:
        with Tag("form", classes="pl-form") as form:
            PhraseBox(self.sheet.years, row.meant, "Thời hạn là")
            Tag("button", "Ghi hạn", "button main", type="submit")
        self._on_submit(form, lambda said: words.deadline(self.sheet.id, row.place, said.get("phrase", "")))
        self._button("Bỏ nhiệm vụ này", words.leave_out(self.sheet.id, row.place))

    def _lead(self, doubt: DoubtShown, row: SheetRow) -> None:
        """What is asked about several duties is answered for all of them at once; one by one in their own sheets."""
        places = self._lacking(doubt) or [row.place]
        several = f"Giao {len(places)} nhiệm vụ chưa có đơn vị cho" if len(places) > 1 else "Giao cho"
        with Tag("form", classes="pl-form") as form:
            unit_select(self.sheet, several)
            Tag("button", "Giao", "button main", type="submit")
        self._on_submit(form, lambda said: words.leads(self.sheet.id, places, [said.get("unit", "")]))
        if len(doubt.places) == 1:
            self._button("Bỏ nhiệm vụ này", words.leave_out(self.sheet.id, row.place))

    def _lacking(self, doubt: DoubtShown) -> list[int]:
        """The duties that nobody of the house leads: a unit that leads beside the name that is asked about stays."""
        rows = [self.sheet.row(place) for place in doubt.places]
        return [row.place for row in rows if row and not row.left_out and not row.has_unit]

    def _head(self, doubt: DoubtShown) -> None:
        if "ghi số" in doubt.text:
            self._form("so", "Số kế hoạch", "text", "Ghi số", lambda said: f"số {words.one_line(said)}")
        if "ngày ban hành" in doubt.text:
            self._form(
                "ngay",
                "Ngày ban hành",
                "date",
                "Ghi ngày",
                lambda said: f"ngày ban hành {words.said_day(said)}",
            )

    def _read_as_year(self, said: str) -> str:
        return f"năm {said}"

    def _form(self, name: str, label: str, kind: str, does: str, says: Callable[[str], str]) -> None:
        with Tag("form", classes="pl-form") as form, Tag("div", classes="field"):
            caption = Tag("label", label)
            box = Tag("input", classes="input", name=name, type=kind, required=True, autocomplete="off")
            box.set(id=f"o-{box.id}")
            caption.set(**{"for": f"o-{box.id}"})
        with form:
            Tag("button", does, "button", type="submit")
        self._on_submit(form, lambda said: words.about(self.sheet.id, says(said.get(name, ""))))

    def _on_submit(self, form: Tag, says: Callable[[Mapping[str, str]], str]) -> None:
        async def take(event: object) -> None:
            said = getattr(event, "args", None) or {}
            await self.desk.say(says({name: str(value) for name, value in said.items()}))

        form.on("submit", take, js_handler=GATHER, throttle=1, trailing_events=False)


def unit_select(sheet: Sheet, label: str, name: str = "unit", *, value: str = "") -> Tag:
    """Units to choose among: those of the house, then the names that only the plan prints."""
    others = [each for each in sheet.printed_names if each not in sheet.units]
    with Tag("div", classes="field"):
        caption = Tag("label", label)
        with Tag("select", classes="select", name=name, required=True) as select:
            Tag("option", "Chọn đơn vị…", value="", selected=not value)
            for title, names in (("Đơn vị của cơ quan", sheet.units), ("Tên ghi trong kế hoạch", others)):
                if names:
                    with Tag("optgroup", label=title):
                        for each in names:
                            Tag("option", each, value=each, selected=each == value)
    select.set(id=f"o-{select.id}")
    caption.set(**{"for": f"o-{select.id}"})
    return select


def _draw_source(row: SheetRow) -> None:
    cells = row.cells
    with Tag("blockquote", classes="pl-quote"):
        icon_of("plan")
        with Tag("div"):
            for cell in cells[:MOST_SOURCE]:
                Tag("p", cell)
            if len(cells) > MOST_SOURCE:
                with Tag("details"):
                    Tag("summary", "Cả dòng")
                    for cell in cells[MOST_SOURCE:]:
                        Tag("p", cell)
