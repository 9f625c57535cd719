"""One duty of a plan in a sheet at the side: its source words, and every part of it that may be changed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from nicegui import ui

from bot.pages.asking import GATHER
from bot.pages.desk import Desk
from bot.pages.html import Tag, button, icon_button
from bot.pages.plans import words
from bot.pages.plans.doubts import unit_select
from bot.pages.plans.parts import Part
from bot.pages.plans.phrase_box import PhraseBox
from bot.pages.plans.sheet import Sheet, SheetRow
from duties.message import Choice
from duties.rights import Action
from duties.wording.dates import day
from duties.wording.entries import shortened

NEAR = 3
MOST_LABEL = 90


class Editor:
    """`open` shows a row; after each change it is drawn again as it now is, with what was answered."""

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        self.desk, self.sheet = desk, sheet
        self._row: SheetRow | None = None
        self._parts: list[tuple[Part[object], Callable[[SheetRow], object]]] = []
        with desk.aside:
            self._dialog = ui.dialog().props("position=right full-height aria-label='Sửa nhiệm vụ'")
        with self._dialog, Tag("div", classes="q-card pl-editor"):
            self._place = Tag("div", classes="pl-editor-in")
            self._told = Tag("div", classes="pl-told gone", role="status", aria_live="polite")

    def open(self, place: int) -> None:
        """Show that row."""
        self._tell("", ())
        self._draw(self.sheet.row(place))
        self._dialog.open()

    def show(self, sheet: Sheet) -> None:
        """The plan as it is now; what is being typed stays where that very thing has not changed."""
        self.sheet = sheet
        if self._row is None or not self._dialog.value:
            return
        self._row = sheet.row(self._row.place)
        if self._row is None:
            self._dialog.close()
            return
        self._show_parts(self._row)

    def _draw(self, row: SheetRow | None) -> None:
        self._row = row
        self._place.clear()
        if row is None:
            self._dialog.close()
            return
        with self._place:
            self._parts = [
                (self._part(self._draw_head), lambda row: (row.called, row.content)),
                (self._part(self._draw_source), lambda row: (row.where, row.cells)),
                (self._part(self._draw_deadline), lambda row: (row.phrase, row.meant)),
                (
                    self._part(self._draw_leads),
                    lambda row: (row.leads, row.partners, bool(row.shares), self.sheet.units),
                ),
                (
                    self._part(self._draw_own),
                    lambda row: (row.content, row.milestones, row.event, row.waits_for_event),
                ),
                (self._part(self._draw_rest), lambda row: (row.needs_evidence, row.left_out)),
                (self._part(self._draw_rows), lambda row: (row.holds, row.left_out, self._others(row))),
            ]
        self._show_parts(row)

    def _part(self, draw: Callable[[SheetRow], None]) -> Part[object]:
        return Part(lambda _: draw(self._row) if self._row else None)

    def _show_parts(self, row: SheetRow) -> None:
        for part, shown_of in self._parts:
            part.show(shown_of(row))

    def _draw_own(self, row: SheetRow) -> None:
        if self.sheet.is_draft:
            self._draw_content(row)
        else:
            self._draw_course(row)

    def _draw_head(self, row: SheetRow) -> None:
        with Tag("div", classes="pl-editor-head"):
            Tag("h2", f"Nhiệm vụ {row.called}")
            icon_button("close", "Đóng", "plain").on("click", self._dialog.close)
        if not self.sheet.is_draft:
            Tag("p", row.content)
            Tag("a", "Xem diễn biến của nhiệm vụ", href=f"/nhiem-vu/{row.id}")

    def _draw_source(self, row: SheetRow) -> None:
        with Tag("section", classes="pl-source", aria_label="Nguyên văn trong tệp", tabindex="0"):
            Tag("p", f"Trong tệp ({row.where})" if row.where else "Trong tệp", "pl-label")
            for cell in row.cells:
                Tag("p", cell)

    def _draw_deadline(self, row: SheetRow) -> None:
        with Tag("form", classes="pl-part") as form:
            PhraseBox(self.sheet.years, row.meant or row.phrase, "Thời hạn")
            with Tag("div", classes="row"):
                Tag("button", "Ghi hạn", "button main", type="submit")
                if row.meant:
                    self._button("Như kế hoạch ghi", words.deadline_as_printed(self.sheet.id, row.place))
        self._on_submit(form, lambda said: words.deadline(self.sheet.id, row.place, said.get("phrase", "")))

    def _draw_leads(self, row: SheetRow) -> None:
        may_give = self.sheet.is_draft or not row.shares
        with Tag("section", classes="pl-part", aria_label="Đơn vị chủ trì"):
            Tag("h3", "Đơn vị chủ trì")
            with Tag("ul", classes="pl-chips"):
                for name in row.leads:
                    self._draw_lead(row, name)
            if not row.leads:
                Tag("p", "Chưa có đơn vị nào.", "fine")
            if row.partners:
                Tag("p", f"Phối hợp: {'; '.join(row.partners)}", "fine")
            if may_give:
                self._draw_giving(row)
            else:
                Tag("p", "Chuyển phần việc sang đơn vị khác ở trang của nhiệm vụ.", "fine")

    def _draw_lead(self, row: SheetRow, name: str) -> None:
        with Tag("li", classes="pl-chip"):
            Tag("span", name)
            others = [each for each in row.leads if each != name]
            if others and self.sheet.is_draft:
                icon_button("close", f"Thôi giao {name}", "plain").on(
                    "click", lambda: self.say(words.leads(self.sheet.id, [row.place], others)), throttle=1
                )

    def _draw_giving(self, row: SheetRow) -> None:
        with Tag("form", classes="pl-form") as form:
            unit_select(self.sheet, "Thay bằng đơn vị" if row.leads else "Giao cho đơn vị")
            Tag("button", "Thay" if row.leads else "Giao", "button", type="submit")
        self._on_submit(form, lambda said: words.leads(self.sheet.id, [row.place], [said.get("unit", "")]))
        if row.leads and self.sheet.is_draft:
            with Tag("form", classes="pl-form") as more:
                unit_select(self.sheet, "Thêm đơn vị cùng chủ trì")
                Tag("button", "Thêm", "button", type="submit")
            self._on_submit(
                more,
                lambda said: words.leads(self.sheet.id, [row.place], [*row.leads, said.get("unit", "")]),
            )
        if self.desk.reader.may(Action.MANAGE_UNITS):
            self._draw_new_unit(row)

    def _draw_new_unit(self, row: SheetRow) -> None:
        with Tag("details"):
            Tag("summary", "Đơn vị chưa có trong danh sách")
            with Tag("form", classes="pl-form") as form, Tag("div", classes="field"):
                caption = Tag("label", "Tên đơn vị mới")
                box = Tag(
                    "input", classes="input", name="unit", required=True, maxlength="120", autocomplete="off"
                )
                box.set(id=f"o-{box.id}")
                caption.set(**{"for": f"o-{box.id}"})
            with form:
                Tag("button", "Thêm đơn vị và giao", "button", type="submit")

        async def take(said: Mapping[str, str]) -> None:
            name = words.one_line(said.get("unit", ""))
            if await self.say(f"thêm đơn vị: {name}"):
                await self.say(words.leads(self.sheet.id, [row.place], [name]))

        self._hear(form, take)

    def _draw_content(self, row: SheetRow) -> None:
        with Tag("form", classes="pl-part") as form:
            with Tag("div", classes="field"):
                caption = Tag("label", "Nội dung")
                box = Tag(
                    "textarea", row.content, "input", name="text", rows="4", maxlength="3000", required=True
                )
                box.set(id=f"o-{box.id}")
                caption.set(**{"for": f"o-{box.id}"})
            Tag("button", "Ghi nội dung", "button", type="submit")
        self._on_submit(form, lambda said: words.content(self.sheet.id, row.place, said.get("text", "")))

    def _draw_course(self, row: SheetRow) -> None:
        """Of a duty in force: the event it waits for, and the days on which its units are asked."""
        if row.waits_for_event:
            self._draw_event(row)
        with Tag("section", classes="pl-part", aria_label="Mốc hỏi tiến độ"):
            Tag("h3", "Mốc hỏi tiến độ")
            with Tag("ul", classes="pl-chips"):
                for on, text in row.milestones:
                    with Tag("li", classes="pl-chip"):
                        Tag("span", f"{day(on)}{f': {text}' if text else ''}")
                        icon_button("close", f"Bỏ mốc {day(on)}", "plain").on(
                            "click",
                            lambda on=on: self.say(
                                words.drop_milestone(self.sheet.id, row.place, on.isoformat())
                            ),
                            throttle=1,
                        )
            with Tag("form", classes="pl-form") as form:
                self._date("ngay", "Ngày")
                self._line("text", "Hỏi về (không bắt buộc)")
                Tag("button", "Đặt mốc", "button", type="submit")
        self._on_submit(
            form,
            lambda said: words.milestone(
                self.sheet.id, row.place, said.get("ngay", ""), said.get("text", "")
            ),
        )

    def _draw_event(self, row: SheetRow) -> None:
        with Tag("section", classes="pl-part", aria_label="Sự kiện"):
            Tag("h3", "Sự kiện mà thời hạn chờ")
            Tag("p", row.event or row.phrase, "fine")
            with Tag("form", classes="pl-form") as form:
                self._date("ngay", "Ngày xảy ra")
                self._date("han", "Hạn (khi kế hoạch không nêu số ngày)", is_needed=False)
                Tag("button", "Ghi sự kiện", "button main", type="submit")
        self._on_submit(
            form,
            lambda said: words.event(self.sheet.id, row.place, said.get("ngay", ""), said.get("han", "")),
        )

    def _draw_rest(self, row: SheetRow) -> None:
        plan_id, place = self.sheet.id, row.place
        needs = row.needs_evidence
        with Tag("section", classes="pl-part row", aria_label="Việc khác"):
            self._button(
                "Thôi bắt buộc minh chứng" if needs else "Bắt buộc minh chứng",
                words.evidence(plan_id, place, is_needed=not needs),
            )
            if self.sheet.is_draft:
                self._button(
                    "Lấy lại nhiệm vụ này" if row.left_out else "Bỏ nhiệm vụ này",
                    words.leave_out(plan_id, place, back=row.left_out),
                )

    def _others(self, row: SheetRow) -> tuple[tuple[int, str], ...]:
        """The rows that may be put to this one: those that stand next to it first."""
        others = [each for each in self.sheet.kept if each.place != row.place]
        near = sorted(others, key=lambda each: (abs(each.place - row.place) > NEAR, each.place))
        return tuple((each.place, shortened(f"{each.called} {each.content}", MOST_LABEL)) for each in near)

    def _draw_rows(self, row: SheetRow) -> None:
        """Of a draft: another row that is the same duty, and the way back."""
        if not self.sheet.is_draft or row.left_out:
            return
        with Tag("section", classes="pl-part", aria_label="Gộp dòng"):
            Tag("h3", "Gộp dòng khác vào nhiệm vụ này")
            if row.holds:
                Tag("p", f"Đã gộp: {', '.join(row.holds)}.", "fine")
                self._button("Tách ra như trước", words.part(self.sheet.id, row.place))
            if others := self._others(row):
                with Tag("form", classes="pl-form") as form:
                    self._choose_row(others)
                    Tag("button", "Gộp", "button", type="submit")
                self._on_submit(
                    form,
                    lambda said: words.merge(self.sheet.id, row.place, int(said.get("row") or 0)),
                )

    def _choose_row(self, others: Sequence[tuple[int, str]]) -> None:
        with Tag("div", classes="field"):
            caption = Tag("label", "Dòng cùng một nhiệm vụ")
            with Tag("select", classes="select", name="row", required=True) as select:
                Tag("option", "Chọn dòng…", value="")
                for place, label in others:
                    Tag("option", label, value=str(place))
        select.set(id=f"o-{select.id}")
        caption.set(**{"for": f"o-{select.id}"})

    def _date(self, name: str, label: str, *, is_needed: bool = True) -> None:
        self._line(name, label, "date", is_needed=is_needed)

    def _line(self, name: str, label: str, kind: str = "text", *, is_needed: bool = False) -> None:
        with Tag("div", classes="field"):
            caption = Tag("label", label)
            box = Tag(
                "input",
                classes="input",
                name=name,
                type=kind,
                required=is_needed,
                maxlength="200",
                autocomplete="off",
            )
        box.set(id=f"o-{box.id}")
        caption.set(**{"for": f"o-{box.id}"})

    def _button(self, label: str, says: str, classes: str = "") -> None:
        button(label, classes).on("click", lambda: self.say(says), throttle=1, trailing_events=False)

    def _on_submit(self, form: Tag, says: Callable[[Mapping[str, str]], str]) -> None:
        async def take(said: Mapping[str, str]) -> None:
            await self.say(says(said))

        self._hear(form, take)

    def _hear(self, form: Tag, take: Callable[[Mapping[str, str]], Awaitable[None]]) -> None:
        async def heard(event: object) -> None:
            said = getattr(event, "args", None) or {}
            await take({name: str(value).strip() for name, value in said.items()})

        form.on("submit", heard, js_handler=GATHER, throttle=1, trailing_events=False)

    async def say(self, says: str) -> bool:
        """Say it, and show the answer here; whether it was carried out."""
        said = await self.desk.ask_quietly(says)
        back = [each for answer in said.answers for each in answer.choices if "hoàn tác" in each.says]
        self._tell(said.text, back)
        return not said.is_refused

    def _tell(self, text: str, choices: tuple[Choice, ...] | list[Choice]) -> None:
        self._told.clear()
        self._told.show(bool(text))
        with self._told:
            for line in text.splitlines()[:6]:
                Tag("p", line)
            for choice in choices:
                self._button(choice.label, choice.says)
