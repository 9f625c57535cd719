"""What a reader can do about one part of a duty: the unit answers, the office decides; all of it as words."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.pages.asking import Field, Heard, Kind, ask
from bot.pages.desk import Desk
from bot.pages.duty.facts import Chosen, DutyShown
from bot.pages.html import Tag, button
from bot.pages.one_thing import say_of
from bot.pages.work_actions import draw_work_actions, one_line
from duties.rights import Action
from duties.wording.entries import titled

A_WEEK = timedelta(days=7)


def draw_actions(desk: Desk, shown: DutyShown, chosen: Chosen, back: str) -> None:
    """Only the buttons that would not be refused; `back` is where an upload returns to."""
    if desk.reader.may(Action.REQUEST):
        draw_work_actions(desk, chosen.entry, back)
        with Tag("div", classes="row"):
            _says(desk, "Hoàn tác", "hoàn tác", "plain")
    elif desk.reader.may(Action.DECIDE):
        _OfficeActions(desk, shown, chosen).draw()


def _says(desk: Desk, label: str, words: str, classes: str = "") -> None:
    button(label, classes).on("click", lambda: desk.say(words), throttle=1, trailing_events=False)


class _OfficeActions:
    """The office's buttons: first what answers what waits, then what it may do by itself."""

    def __init__(self, desk: Desk, shown: DutyShown, chosen: Chosen) -> None:
        self.desk, self.shown, self.chosen = desk, shown, chosen
        self.entry, self.code = chosen.entry, f"#{chosen.part.code}"

    def draw(self) -> None:
        with Tag(
            "div", classes="row office-actions", role="group", aria_label=f"Quyết định về việc {self.code}"
        ):
            if self.entry.is_owed:
                self._draw_answers()
                if self.chosen.part.is_open:
                    self._draw_open()
                self._button("Không tính", self._ask_dismiss, "plain")
            self._draw_of_duty()
            _says(self.desk, "Hoàn tác", "hoàn tác", "plain")

    def _draw_answers(self) -> None:
        entry = self.entry
        if entry.is_asked:
            if not entry.disowned:
                until = f" đến {entry.asked_due:%d/%m/%Y}" if entry.asked_due else ""
                _says(self.desk, f"Đồng ý lùi{until}", f"duyệt {self.code}", "main")
            self._button("Từ chối", self._ask_refuse)
        elif entry.done_on is not None:
            if not self.chosen.is_accepted:
                _says(self.desk, "Duyệt kết quả", f"duyệt {self.code}", "main")
            self._button("Trả lại", self._ask_return)

    def _draw_open(self) -> None:
        if self.entry.due is not None:
            self._button("Cho ngày khác" if self.entry.is_asked else "Lùi hạn", self._ask_extension)
        if not self.entry.is_asked:
            _says(self.desk, "Nhắc ngay", f"nhắc {self.code}")
            self._button("Ghi đã xong thay đơn vị", self._ask_done)
        self._button("Chuyển đơn vị khác", self._ask_move)

    def _draw_of_duty(self) -> None:
        self._button("Ghi lại thời hạn", self._ask_deadline, "plain")
        if self.shown.wording.needs_evidence:
            _says(self.desk, "Không bắt buộc minh chứng", f"không bắt buộc minh chứng {self.code}", "plain")
        else:
            _says(self.desk, "Bắt buộc minh chứng", f"bắt buộc minh chứng {self.code}", "plain")

    def _button(self, label: str, opens: Callable[[], None], classes: str = "") -> None:
        button(label, classes).on("click", opens)

    def _ask_return(self) -> None:
        async def send_back(said: Mapping[str, str]) -> None:
            until = f", hạn mới {_in_words(said['han-moi'])}" if said["han-moi"] else ""
            await self._say(f"trả lại {self.code} vì {one_line(said['ly-do'])}{until}")

        fields = [
            Field("ly-do", "Lý do, cần bổ sung gì", Kind.NOTE, hint="Ví dụ: thiếu số liệu quý II"),
            Field("han-moi", "Hạn mới", Kind.DATE, is_needed=False),
        ]
        self._ask("Trả lại để bổ sung", fields, "Trả lại", send_back)

    def _ask_refuse(self) -> None:
        async def refuse(said: Mapping[str, str]) -> None:
            await self._say(f"từ chối {self.code} vì {one_line(said['ly-do'])}")

        self._ask("Từ chối đề nghị", [Field("ly-do", "Lý do", Kind.NOTE)], "Từ chối", refuse)

    def _ask_extension(self) -> None:
        async def extend(said: Mapping[str, str]) -> None:
            await self._say(f"gia hạn {self.code} đến {_in_words(said['den-ngay'])}")

        wanted = self.entry.asked_due or max(self.entry.due or self.shown.today, self.shown.today) + A_WEEK
        until = Field("den-ngay", "Lùi hạn đến ngày", Kind.DATE, value=wanted.isoformat())
        self._ask("Lùi hạn", [until], "Lùi hạn", extend)

    def _ask_done(self) -> None:
        async def done(said: Mapping[str, str]) -> None:
            words = one_line(said["ket-qua"])
            await self._say(f"xong {self.code}: {words}" if words else f"xong {self.code}")

        result = Field(
            "ket-qua", "Kết quả đơn vị đã báo", Kind.NOTE, is_needed=False,
            hint="Ví dụ: 4 tin, 2 bài; báo cáo số 12/BC-VP",
        )  # fmt: skip
        self._ask("Ghi đã xong thay đơn vị", [result], "Ghi đã xong", done)

    def _ask_move(self) -> None:
        async def move(said: Mapping[str, str]) -> None:
            await self._say(f"chuyển {self.code} sang {one_line(said['don-vi'])}")

        others = {name: name for name in self.chosen.others}
        unit = Field("don-vi", "Đơn vị nhận việc", Kind.CHOICE, choices=others)
        self._ask("Chuyển đơn vị khác", [unit], "Chuyển", move)

    def _ask_dismiss(self) -> None:
        async def dismiss(said: Mapping[str, str]) -> None:
            why = one_line(said["ly-do"])
            await self._say(f"không tính {self.code} vì {why}" if why else f"không tính {self.code}")

        why = Field("ly-do", "Lý do", Kind.NOTE, is_needed=False)
        self._ask("Không tính việc này vào tổng hợp", [why], "Không tính", dismiss)

    def _ask_deadline(self) -> None:
        async def correct(said: Mapping[str, str]) -> None:
            await self._say(f"{self.code} hạn {one_line(said['han'])}")

        phrase = Field(
            "han", "Thời hạn của nhiệm vụ, như trong văn bản", value=self.shown.wording.set_to or self.shown.wording.phrase,
            hint="Ví dụ: trước ngày 15 tháng cuối quý",
        )  # fmt: skip
        self._ask("Ghi lại thời hạn của cả nhiệm vụ", [phrase], "Ghi lại", correct)

    async def _say(self, words: str) -> None:
        await say_of(self.desk, self.entry.short_code, words)

    def _ask(self, title: str, fields: list[Field], does: str, heard: Heard) -> None:
        ask(
            self.desk.aside,
            title,
            f"{self.code} {self.entry.unit}: {titled(self.entry)}",
            fields,
            does,
            heard,
        )


def _in_words(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
