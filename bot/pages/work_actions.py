"""What a unit can say of one piece of work with a click: done, being done, stuck, more time, a file that proves it."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

from nicegui import ui

from bot.pages.asking import Field, Heard, Kind, ask
from bot.pages.desk import Desk
from bot.pages.files import upload_path
from bot.pages.html import Tag, button
from bot.pages.one_thing import say_of
from duties.rights import Action
from duties.wording.entries import Entry, titled


def draw_work_actions(desk: Desk, entry: Entry, back: str) -> None:
    """The buttons for one obligation of the reader's own unit, as it stands; `back` is where an upload returns to."""
    actions = _WorkActions(desk, entry, back)
    with Tag("div", classes="work-actions", role="group", aria_label=f"Báo cáo việc #{entry.short_code}"):
        if desk.reader.may(Action.REPORT) and entry.is_owed:
            actions.draw_report()
        if desk.reader.may(Action.REQUEST) and entry.is_owed and entry.done_on is None and not entry.is_asked:
            actions.draw_requests()


class _WorkActions:
    def __init__(self, desk: Desk, entry: Entry, back: str) -> None:
        self.desk, self.entry, self.back = desk, entry, back

    @property
    def code(self) -> str:
        return f"#{self.entry.short_code}"

    def draw_report(self) -> None:
        if self.entry.done_on is None:
            button("Đã xong", "main").on("click", self._ask_done)
            if not self.entry.in_progress:
                self._says("Đang làm", f"{self.code} đang làm")
            if self.entry.obstacle:
                self._says("Hết vướng mắc", f"{self.code} hết vướng")
            else:
                button("Vướng mắc").on("click", self._ask_obstacle)
        button("Nộp minh chứng").on("click", self._bring)

    def draw_requests(self) -> None:
        if self.entry.due is not None:
            button("Xin lùi hạn").on("click", self._ask_extension)
        button("Không thuộc đơn vị", "plain").on("click", self._ask_disown)

    def _says(self, label: str, words: str) -> None:
        button(label).on("click", lambda: self.desk.say(words), throttle=1, trailing_events=False)

    def _ask_done(self) -> None:
        async def done(said: Mapping[str, str]) -> None:
            words = one_line(said["ket-qua"])
            await self._say(f"xong {self.code}: {words}" if words else f"xong {self.code}")

        result = Field(
            "ket-qua", "Kết quả", Kind.NOTE, is_needed=False,
            hint="Ví dụ: 4 tin, 2 bài; báo cáo số 12/BC-VP; liên kết bài đăng",
        )  # fmt: skip
        self._ask("Báo đã xong", [result], "Báo đã xong", done)

    def _ask_obstacle(self) -> None:
        async def stuck(said: Mapping[str, str]) -> None:
            await self._say(f"{self.code} vướng: {one_line(said['vuong'])}")

        what = Field("vuong", "Vướng ở đâu, cần gì", Kind.NOTE, hint="Ví dụ: chưa có kinh phí")
        self._ask("Báo vướng mắc", [what], "Gửi", stuck)

    def _ask_extension(self) -> None:
        async def more_time(said: Mapping[str, str]) -> None:
            until, why = date.fromisoformat(said["den-ngay"]), one_line(said["ly-do"])
            await self._say(f"việc {self.code} xin lùi đến {until:%d/%m/%Y} vì {why}")

        due = self.entry.due or self.desk.reader.today
        later = max(due, self.desk.reader.today) + timedelta(days=7)
        fields = [
            Field("den-ngay", "Xin lùi đến ngày", Kind.DATE, value=later.isoformat()),
            Field("ly-do", "Lý do", Kind.NOTE, hint="Ví dụ: chờ số liệu của các phòng"),
        ]
        self._ask("Xin lùi hạn", fields, "Gửi Văn phòng", more_time)

    def _ask_disown(self) -> None:
        async def not_ours(said: Mapping[str, str]) -> None:
            await self._say(f"{self.code} không phải việc của đơn vị tôi vì {one_line(said['ly-do'])}")

        why = Field("ly-do", "Lý do, hoặc đơn vị nào phụ trách", Kind.NOTE)
        self._ask("Báo không thuộc đơn vị", [why], "Gửi Văn phòng", not_ours)

    async def _say(self, words: str) -> None:
        await say_of(self.desk, self.entry.short_code, words)

    def _ask(self, title: str, fields: list[Field], does: str, heard: Heard) -> None:
        ask(self.desk.aside, title, titled(self.entry), fields, does, heard)

    async def _bring(self) -> None:
        reader = self.desk.reader
        await self.desk.check()
        path = await asyncio.to_thread(upload_path, reader.world, reader.chat_id, self.entry.id, self.back)
        ui.navigate.to(path)


def one_line(words: str) -> str:
    """What was typed, as one line: each line of a message may be an order of its own."""
    return " ".join(words.split())
