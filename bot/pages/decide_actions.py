"""What the office can decide of one piece of work with a click: accept, send back, more time, or whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.pages.asking import Field, Heard, Kind, ask
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.work_actions import one_line
from duties.progress import Said
from duties.rights import Action


@dataclass(frozen=True)
class Case:
    """An obligation that waits for the office: `asks` is what the unit wants of it, `wanted` the day it asked for."""

    short_code: str
    about: str
    asks: Said
    due: date | None = None
    wanted: date | None = None

    @property
    def code(self) -> str:
        return f"#{self.short_code}"


def draw_decide_actions(desk: Desk, case: Case, units: Mapping[str, str]) -> None:
    """The buttons of a case, where its reader may decide. `units`: name → name, of those it may be given to."""
    if not desk.reader.may(Action.DECIDE):
        return
    buttons = _Decisions(desk, case, units)
    with Tag("div", classes="decide-actions", role="group", aria_label=f"Quyết định việc {case.code}"):
        match case.asks:
            case Said.EXTENSION:
                buttons.draw_extension()
            case Said.NOT_OURS:
                buttons.draw_disowned()
            case _:
                buttons.draw_report()


class _Decisions:
    def __init__(self, desk: Desk, case: Case, units: Mapping[str, str]) -> None:
        self.desk, self.case, self.units = desk, case, units

    def draw_report(self) -> None:
        accept = self._button("Chấp nhận", "main")
        accept.on(
            "click", lambda: self.desk.say(f"duyệt {self.case.code}"), throttle=1, trailing_events=False
        )
        self._button("Trả lại…").on("click", self._ask_to_return)

    def draw_extension(self) -> None:
        self._button("Gia hạn…", "main").on("click", self._ask_until)
        self._button("Không gia hạn…").on("click", self._ask_to_refuse)

    def draw_disowned(self) -> None:
        self._button("Giao đơn vị khác…", "main").on("click", self._ask_to_whom)
        self._button("Vẫn giao đơn vị này…").on("click", self._ask_to_refuse)

    def _button(self, words: str, classes: str = "") -> Tag:
        return button(words, classes, aria_label=f"{words.rstrip('…')} việc {self.case.code}")

    def _ask_to_return(self) -> None:
        async def send_back(said: Mapping[str, str]) -> None:
            until = said["han-moi"]
            due = f", hạn mới {date.fromisoformat(until):%d/%m/%Y}" if until else ""
            await self.desk.say(f"trả lại {self.case.code} vì {one_line(said['ly-do'])}{due}")

        why = Field("ly-do", "Lý do trả lại", Kind.NOTE, hint="Ví dụ: thiếu số liệu tháng 5")
        until = Field("han-moi", "Hạn báo cáo lại", Kind.DATE, is_needed=False)
        self._ask("Trả lại báo cáo", [why, until], "Trả lại", send_back)

    def _ask_until(self) -> None:
        async def extend(said: Mapping[str, str]) -> None:
            await self.desk.say(
                f"gia hạn {self.case.code} đến {date.fromisoformat(said['den-ngay']):%d/%m/%Y}"
            )

        later = max(self.case.due or self.desk.reader.today, self.desk.reader.today) + timedelta(days=7)
        until = Field(
            "den-ngay", "Gia hạn đến ngày", Kind.DATE, value=(self.case.wanted or later).isoformat()
        )
        self._ask("Gia hạn", [until], "Gia hạn", extend)

    def _ask_to_refuse(self) -> None:
        async def refuse(said: Mapping[str, str]) -> None:
            why = one_line(said["ly-do"])
            await self.desk.say(f"từ chối {self.case.code}{f' vì {why}' if why else ''}")

        is_extension = self.case.asks is Said.EXTENSION
        title = "Không gia hạn" if is_extension else "Vẫn giao đơn vị này"
        why = Field("ly-do", "Lý do", Kind.NOTE, is_needed=False, hint="Đơn vị sẽ đọc lý do này")
        self._ask(title, [why], title, refuse)

    def _ask_to_whom(self) -> None:
        async def give(said: Mapping[str, str]) -> None:
            await self.desk.say(f"chuyển {self.case.code} sang {said['don-vi']}")

        to = Field("don-vi", "Giao cho đơn vị", Kind.CHOICE, choices=self.units)
        self._ask("Giao đơn vị khác", [to], "Giao việc", give)

    def _ask(self, title: str, fields: list[Field], does: str, heard: Heard) -> None:
        ask(self.desk.aside, title, f"{self.case.code} · {self.case.about}", fields, does, heard)
