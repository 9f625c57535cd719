"""“/tin-nhac”: what went out, what waits, what is to come, what is sent by hand, and the bots; a tab in the address for each."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.pages.asking import Field, Kind, ask
from bot.pages.desk import Desk
from bot.pages.html import Tag, button
from bot.pages.letters.bots import draw_bots
from bot.pages.letters.by_hand import draw_by_hand
from bot.pages.letters.coming import draw_coming
from bot.pages.letters.post_facts import Pause, pause_of
from bot.pages.letters.sent import draw_sent
from bot.pages.letters.waiting import draw_waiting
from bot.pages.shell import Page
from duties.rights import Action
from duties.wording.dates import day

PATH = "/tin-nhac"


@dataclass(frozen=True)
class Tab:
    """A tab: its name in the address, its words, and how it is drawn. `needs`: what one must be allowed to do there."""

    name: str
    words: str
    draw: Callable[[Desk], Awaitable[None]]
    needs: Action = Action.SEE_ALL


TABS = (
    Tab("", "Đã gửi", draw_sent),
    Tab("dang-cho", "Đang chờ", draw_waiting),
    Tab("sap-gui", "Sắp gửi", draw_coming),
    Tab("gui-tin", "Gửi tin", draw_by_hand, Action.SEND),
    Tab("kenh-gui", "Kênh gửi", draw_bots),
)


async def draw(desk: Desk) -> None:
    tabs = [tab for tab in TABS if desk.reader.may(tab.needs)]
    chosen = next((tab for tab in tabs if tab.name == desk.query("xem")), tabs[0])
    with Tag("div", classes="page-head"):
        Tag("h1", "Tin nhắc")
        Tag(
            "p",
            "Chương trình đã nhắc ai, khi nào, đến nơi hay chưa; sắp nhắc gì; và khi cần thì dừng lại.",
            "about",
        )
    reader = desk.reader
    await desk.live(
        lambda session: pause_of(session, reader.agency_id, reader.now),
        lambda pause: _draw_pause(desk, pause),
    )
    with Tag("nav", classes="tab-links", aria_label="Phần của trang"):
        for tab in tabs:
            href = f"{PATH}?xem={tab.name}" if tab.name else PATH
            Tag("a", tab.words, "tab-link", href=href, aria_current="page" if tab is chosen else False)
    await chosen.draw(desk)


def _draw_pause(desk: Desk, pause: Pause) -> None:
    if not pause.is_on and not desk.reader.may(Action.PAUSE):
        return
    with Tag("div", classes="pause is-on" if pause.is_on else "pause"):
        until = f"đến hết ngày {day(pause.until)}" if pause.until else "đến khi Văn phòng cho tiếp tục"
        if pause.is_on:
            Tag(
                "p",
                f"Đang tạm dừng {until}. Tin nhắc và thông báo không đi; câu trả lời cho người nhắn vẫn đi.",
            )
        else:
            Tag("p", "Đang nhắc việc như thường.")
        if desk.reader.may(Action.PAUSE):
            with Tag("div", classes="row"):
                _draw_pause_buttons(desk, pause)


def _draw_pause_buttons(desk: Desk, pause: Pause) -> None:
    if pause.is_on:
        button("Tiếp tục nhắc", "main").on(
            "click", lambda: desk.say("tiếp tục"), throttle=1, trailing_events=False
        )
    else:
        button("Tạm dừng").on("click", lambda: desk.say("tạm dừng"), throttle=1, trailing_events=False)
    button("Đổi ngày hết tạm dừng" if pause.is_on else "Tạm dừng đến ngày…").on(
        "click", lambda: _ask_until(desk)
    )


def _ask_until(desk: Desk) -> None:
    async def until(said: Mapping[str, str]) -> None:
        await desk.say(f"tạm dừng đến {date.fromisoformat(said['den-ngay']):%d/%m/%Y}")

    last = Field("den-ngay", "Tạm dừng đến hết ngày", Kind.DATE, value=desk.reader.today.isoformat())
    ask(
        desk.aside,
        "Tạm dừng nhắc việc",
        "Hết ngày này chương trình tự nhắc trở lại.",
        [last],
        "Tạm dừng",
        until,
    )


PAGE = Page(
    PATH, "Tin nhắc", frozenset({Action.SEE_ALL, Action.SEND}), draw,
    menu="Tin nhắc", icon="letter", styles=("letters.css",),
)  # fmt: skip
