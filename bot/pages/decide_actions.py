"""What the office can decide of one piece of work with a click: accept, send back, more time, or whose it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.pages.asking import Field, Heard, Kind, NotTaken, ask
from bot.pages.days import short_day
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.one_thing import say_of
from bot.pages.work_actions import one_line
from duties.intents import SendBack
from duties.progress import Said
from duties.replies import read_reply

A_WEEK = timedelta(days=7)
# What is decided leaves its list: the second half of a double click would fall on the case that came up.
ONE_CLICK = "(event) => event.detail < 2 && emit()"


class AnotherDay(NotTaken):
    """Chưa trả lại: ngày trong lý do dễ hiểu thành hạn mới. Xin chọn ngày ở ô “Hạn báo cáo lại”, hoặc bỏ ngày ấy khỏi lý do."""


@dataclass(frozen=True)
class Case:
    """An obligation the office may decide of. `asks`: what waits for an answer, if anything; `wanted`: the day asked for.

    `about` is how it is named in a dialog; `others` are the units it may be given to.
    """

    short_code: str
    about: str
    asks: Said | None
    due: date | None = None
    wanted: date | None = None
    others: Sequence[str] = ()

    @property
    def code(self) -> str:
        return f"#{self.short_code}"


def returned(code: str, why: str, until: str = "") -> str:
    """The office's words that send a report back, and by when it is wanted again (ISO)."""
    return f"trả lại {code} vì {one_line(why)}{f', hạn mới {_in_words(until)}' if until else ''}"


def says_no_other_day(words: str, until: str, today: date) -> bool:
    """Whether no day but `until` (ISO or "") would be taken for the new date: “thiếu số liệu ngày 15/7” names one too."""
    meant = date.fromisoformat(until) if until else None
    sent_back = (each for each in read_reply(words, today).intents if isinstance(each, SendBack))
    return all(each.due == meant for each in sent_back)


def refused(code: str, why: str) -> str:
    """The words that turn a request down."""
    return f"từ chối {code}{_because(why)}"


def extended(code: str, until: str) -> str:
    """The words that give more time, until that day (ISO)."""
    return f"gia hạn {code} đến {_in_words(until)}"


def dismissed(code: str, why: str) -> str:
    """The words that take it out of every count."""
    return f"không tính {code}{_because(why)}"


def moved(code: str, unit: str) -> str:
    """The words that give it to another unit."""
    return f"chuyển {code} sang {one_line(unit)}"


def _because(why: str) -> str:
    return f" vì {one_line(why)}" if why else ""


def _in_words(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


class Decisions:
    """The buttons of a case and the dialogs they open; all of it is said in words about this case alone."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk, self.case, self.code = desk, case, case.code

    def draw_answers(self) -> None:
        """The buttons that answer what waits; none where nothing does."""
        match self.case.asks:
            case None:
                return
            case Said.EXTENSION:
                self._draw_extension()
            case Said.NOT_OURS:
                self.asking("Giao đơn vị khác", self.ask_to_whom, "main")
                self.asking("Vẫn giao đơn vị này", lambda: self._ask_to_refuse("Vẫn giao đơn vị này"))
            case _:
                self.saying("Chấp nhận", f"duyệt {self.code}", "main")
                self.asking("Trả lại", self.ask_to_return)

    def _draw_extension(self) -> None:
        """The day on the button is the day that is given, whatever the unit asks for meanwhile."""
        wanted, today = self.case.wanted, self.desk.reader.today
        if wanted is not None and wanted >= today:
            self.saying(
                f"Gia hạn đến {short_day(wanted, today)}", extended(self.code, wanted.isoformat()), "main"
            )
            self.asking("Ngày khác", self.ask_until)
        else:
            self.asking("Gia hạn", self.ask_until, "main")
        self.asking("Không gia hạn", lambda: self._ask_to_refuse("Không gia hạn"))

    def saying(self, label: str, words: str, classes: str = "") -> None:
        """A button that says it at once; pressed twice it says it once, and nothing of what moved into its place."""
        made = button(label, classes, aria_label=f"{label} việc {self.code}")
        made.on("click", lambda: self.say(words), throttle=1, trailing_events=False, js_handler=ONE_CLICK)

    def asking(self, label: str, opens: Callable[[], None], classes: str = "") -> None:
        """A button that first asks for what is still needed."""
        button(f"{label}…", classes, aria_label=f"{label} việc {self.code}").on("click", opens)

    async def say(self, words: str) -> None:
        await say_of(self.desk, self.case.short_code, words)

    def ask_to_return(self) -> None:
        async def send_back(said: Mapping[str, str]) -> None:
            words, until = returned(self.code, said["ly-do"], said["han-moi"]), said["han-moi"]
            if not says_no_other_day(words, until, self.desk.reader.today):
                raise AnotherDay
            await self.say(words)

        why = Field("ly-do", "Lý do, cần bổ sung gì", Kind.NOTE, hint="Ví dụ: thiếu số liệu quý II")
        until = Field("han-moi", "Hạn báo cáo lại", Kind.DATE, is_needed=False)
        self.ask("Trả lại để bổ sung", [why, until], "Trả lại", send_back)

    def ask_until(self) -> None:
        async def extend(said: Mapping[str, str]) -> None:
            await self.say(extended(self.code, said["den-ngay"]))

        today = self.desk.reader.today
        day = self.case.wanted or max(self.case.due or today, today) + A_WEEK
        until = Field("den-ngay", "Gia hạn đến ngày", Kind.DATE, value=day.isoformat())
        self.ask("Gia hạn", [until], "Gia hạn", extend)

    def _ask_to_refuse(self, title: str) -> None:
        async def refuse(said: Mapping[str, str]) -> None:
            await self.say(refused(self.code, said["ly-do"]))

        why = Field("ly-do", "Lý do", Kind.NOTE, is_needed=False, hint="Đơn vị sẽ đọc lý do này")
        self.ask(title, [why], title, refuse)

    def ask_to_whom(self) -> None:
        async def give(said: Mapping[str, str]) -> None:
            await self.say(moved(self.code, said["don-vi"]))

        choices = {"": "Chọn đơn vị", **{name: name for name in self.case.others}}
        to = Field("don-vi", "Giao cho đơn vị", Kind.CHOICE, choices=choices)
        self.ask("Giao đơn vị khác", [to], "Giao việc", give)

    def ask_to_dismiss(self) -> None:
        async def dismiss(said: Mapping[str, str]) -> None:
            await self.say(dismissed(self.code, said["ly-do"]))

        why = Field("ly-do", "Lý do", Kind.NOTE, is_needed=False)
        self.ask("Không tính việc này vào tổng hợp", [why], "Không tính", dismiss)

    def ask(self, title: str, fields: list[Field], does: str, heard: Heard) -> None:
        ask(self.desk.aside, title, f"{self.code} {self.case.about}", fields, does, heard)


def draw_decisions(desk: Desk, case: Case) -> None:
    """What waits, to be answered in a list of such cases."""
    with Tag("div", classes="row decide-actions", role="group", aria_label=f"Quyết định việc {case.code}"):
        Decisions(desk, case).draw_answers()
