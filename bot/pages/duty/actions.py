"""What a reader can do about one part of a duty: the unit answers, the office decides; all of it as words."""

from collections.abc import Mapping

from bot.pages.asking import Field, Kind
from bot.pages.decide_actions import Case, Decisions
from bot.pages.desk import Desk
from bot.pages.duty.facts import Chosen, DutyShown
from bot.pages.html import Tag, button
from bot.pages.work_actions import draw_work_actions, one_line
from duties.progress import Said
from duties.rights import Action
from duties.wording.entries import Entry, titled


def draw_actions(desk: Desk, shown: DutyShown, chosen: Chosen, back: str) -> None:
    """Only the buttons that would not be refused; `back` is where an upload returns to."""
    if desk.reader.may(Action.REQUEST):
        draw_work_actions(desk, chosen.entry, back)
        with Tag("div", classes="row"):
            _draw_undo(desk)
    elif desk.reader.may(Action.DECIDE):
        _OfficeActions(desk, shown, chosen).draw()


def _draw_undo(desk: Desk) -> None:
    """“Hoàn tác” is about the reader's newest word, whatever it was about."""
    undo = button("Hoàn tác", "plain")
    undo.on("click", lambda: desk.say("hoàn tác"), throttle=1, trailing_events=False)


def case_of(chosen: Chosen) -> Case:
    """What there is to decide about the part in view."""
    entry = chosen.entry
    about = f"{entry.unit}: {titled(entry)}"
    asks = _asked(entry, is_accepted=chosen.is_accepted)
    return Case(entry.short_code, about, asks, entry.due, entry.asked_due, chosen.others)


def _asked(entry: Entry, *, is_accepted: bool) -> Said | None:
    if entry.is_asked:
        return Said.NOT_OURS if entry.disowned else Said.EXTENSION
    return Said.DONE if entry.done_on is not None and not is_accepted else None


class _OfficeActions:
    """The office's buttons: first what answers what waits, then what it may do by itself."""

    def __init__(self, desk: Desk, shown: DutyShown, chosen: Chosen) -> None:
        self.desk, self.shown, self.chosen, self.entry = desk, shown, chosen, chosen.entry
        self.case = case_of(chosen)
        self.decisions = Decisions(desk, self.case)

    def draw(self) -> None:
        label = f"Quyết định việc {self.case.code}"
        with Tag("div", classes="row office-actions", role="group", aria_label=label):
            if self.entry.is_owed:
                self.decisions.draw_answers()
                self._draw_owed()
                self.decisions.asking("Không tính", self.decisions.ask_to_dismiss, "plain")
            self._draw_of_duty()
            _draw_undo(self.desk)

    def _draw_owed(self) -> None:
        """What it may do unasked."""
        decisions = self.decisions
        if self.entry.done_on is not None and self.case.asks is None:
            decisions.asking("Trả lại", decisions.ask_to_return)
        if not self.chosen.part.is_open:
            return
        if self.case.asks is None:
            if self.entry.due is not None:
                decisions.asking("Gia hạn", decisions.ask_until)
            decisions.saying("Nhắc ngay", f"nhắc {self.case.code}")
            decisions.asking("Ghi đã xong thay đơn vị", self._ask_done)
        if self.case.asks is not Said.NOT_OURS:
            decisions.asking("Giao đơn vị khác", decisions.ask_to_whom)

    def _draw_of_duty(self) -> None:
        self.decisions.asking("Ghi lại thời hạn", self._ask_deadline, "plain")
        says = "Không bắt buộc" if self.shown.wording.needs_evidence else "Bắt buộc"
        label = f"{says} minh chứng"
        self.decisions.saying(label, f"{label.lower()} {self.case.code}", "plain")

    def _ask_done(self) -> None:
        async def done(said: Mapping[str, str]) -> None:
            words = one_line(said["ket-qua"])
            await self.decisions.say(f"xong {self.case.code}: {words}" if words else f"xong {self.case.code}")

        result = Field(
            "ket-qua", "Kết quả đơn vị đã báo", Kind.NOTE, is_needed=False,
            hint="Ví dụ: 4 tin, 2 bài; báo cáo số 12/BC-VP",
        )  # fmt: skip
        self.decisions.ask("Ghi đã xong thay đơn vị", [result], "Ghi đã xong", done)

    def _ask_deadline(self) -> None:
        async def correct(said: Mapping[str, str]) -> None:
            await self.decisions.say(f"{self.case.code} hạn {one_line(said['han'])}")

        phrase = Field(
            "han", "Thời hạn của nhiệm vụ, như trong văn bản", value=self.shown.wording.set_to or self.shown.wording.phrase,
            hint="Ví dụ: trước ngày 15 tháng cuối quý",
        )  # fmt: skip
        self.decisions.ask("Ghi lại thời hạn của cả nhiệm vụ", [phrase], "Ghi lại", correct)
