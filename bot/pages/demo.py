"""The demo: every unit's chat and the office's side by side, and a clock to wind through the year."""

import asyncio

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import app, ui

from bot.demo import Demo, DemoChat, DemoWorld
from bot.pages.calendar import calendar_routes
from bot.pages.chat_list import ChatList
from bot.pages.clock_bar import ClockBar
from bot.pages.demo_door import demo_door_routes
from bot.pages.demo_readers import DemoReaders
from bot.pages.files import file_routes
from bot.pages.foundation import lay_foundation
from bot.pages.frame import dress_page
from bot.pages.html import Tag
from bot.pages.passes import CHOSEN
from bot.pages.shell import register_pages
from bot.pages.site_map import PAGES
from bot.pages.talk import OFFICE_CHIPS, UNIT_CHIPS, Talk, Voice
from bot.pages.upload import upload_routes
from bot.pages.winding import Winder
from data.tables import ChatRole

POLL_SECONDS = 0.5
TICKS_BETWEEN_LOOKS = 2
TICKS_BETWEEN_COUNTS = 20
TABS = (("list", "Các đơn vị"), ("unit", "Đơn vị"), ("office", "Điều phối"))


def register_demo(demo: Demo) -> None:
    """The page “/”; `?co-quan=` chooses the agency."""
    lay_foundation()
    for routes in (file_routes, upload_routes, calendar_routes):
        app.include_router(routes(demo.begun))
    winders = {key: Winder(world) for key, world in demo.worlds.items()}
    agencies = {key: world.title for key, world in demo.worlds.items()}

    @ui.page("/", title="Nhắc việc CCHC · bản dùng thử", language="vi", dark=False, response_timeout=60)
    async def demo_page(request: Request) -> None:
        asked = request.query_params.get("co-quan", "")
        chosen = asked if asked in winders else next(iter(winders))
        world = await demo.world(chosen)
        plan = await asyncio.to_thread(lambda: world.plan_title)
        bar = ClockBar(winders[chosen], agencies, chosen, plan)
        await DemoPage(world, winders[chosen], bar).draw()

    readers = DemoReaders(demo, winders)
    register_pages(readers, PAGES)
    app.include_router(demo_door_routes(readers))

    @app.get("/vao-noi/{chat_id}")
    async def choose_room(request: Request, chat_id: int) -> RedirectResponse:
        """Be the office or a unit; 0: the office of the agency asked for."""
        request.cookies[CHOSEN] = str(chat_id)
        reader = await readers.reader(request)
        answer = RedirectResponse(reader.home if reader else "/", 303)
        readers.choose(answer, readers.key(request), chat_id)
        return answer


class DemoPage:
    """One reader's page: the clock above, the list, the chosen unit's chat and the office's."""

    def __init__(self, world: DemoWorld, winder: Winder, bar: ClockBar) -> None:
        self.world, self.winder, self._bar = world, winder, bar
        self._list = ChatList(self._choose)
        self._talks: dict[str, Talk] = {}
        self._read: dict[int, int] = {}
        self._counted: list[int] = []
        self._ticks, self._turns, self._resets = 0, winder.turns, winder.resets
        self._choosing, self._looking = asyncio.Lock(), asyncio.Lock()

    async def draw(self) -> None:
        dress_page()
        chats = await self.world.chats()
        self._read = {chat.chat_id: await self.world.version(chat.chat_id) for chat in chats}
        office = next(chat for chat in chats if chat.role is ChatRole.OFFICE)
        with Tag("div", classes="demo"):
            self._bar.draw()
            with Tag("div", classes="chats", data_shown="list") as self._chats:
                self._draw_tabs()
                self._list.draw(chats)
                self._places = {kind: Tag("div", classes=f"place {kind}") for kind in ("unit", "office")}
        await self._open("office", office)
        first = max(
            (chat for chat in chats if chat.role is ChatRole.UNIT),
            key=lambda chat: chat.open_count,
            default=None,
        )
        if first is not None:
            await self._open("unit", first)
        await self._count()
        ui.timer(POLL_SECONDS, self._tick)

    def _draw_tabs(self) -> None:
        with Tag("div", classes="tabs", role="group", aria_label="Khung đang xem"):
            self._tabs = {kind: Tag("button", words, "tab", type="button") for kind, words in TABS}
        for kind, tab in self._tabs.items():
            tab.on("click", lambda kind=kind: self._turn_to(kind))
        self._turn_to("list")

    def _turn_to(self, kind: str) -> None:
        """On a phone one part is seen at a time; on a desk all are."""
        self._chats.set(data_shown=kind)
        for each, tab in self._tabs.items():
            tab.set(aria_pressed="true" if each == kind else "false")

    async def _choose(self, chat: DemoChat) -> None:
        kind = "unit" if chat.role is ChatRole.UNIT else "office"
        if self._talks[kind].voice.chat_id != chat.chat_id:
            await self._open(kind, chat)
        self._turn_to(kind)
        self._talks[kind].focus()
        await self._count()

    async def _open(self, kind: str, chat: DemoChat) -> None:
        async with self._choosing:
            place = self._places[kind]
            place.clear()
            self._talks[kind] = Talk(self.world, _voice(chat), kind)
            with place:
                await self._talks[kind].draw()
            if kind == "unit":
                self._tabs[kind].text = chat.title

    async def _tick(self) -> None:
        self._ticks += 1
        if self._resets != self.winder.resets:
            ui.navigate.reload()
            return
        has_turned = self._turns != self.winder.turns
        self._bar.show_day()
        if self._looking.locked() or not (has_turned or self._ticks % TICKS_BETWEEN_LOOKS == 0):
            return
        async with self._looking:
            self._turns = self.winder.turns
            for talk in self._talks.values():
                await talk.refresh()
            has_news = self._counted != self._versions
            if has_turned or has_news or self._ticks % TICKS_BETWEEN_COUNTS == 0:
                await self._count()

    @property
    def _versions(self) -> list[int]:
        return [talk.version for talk in self._talks.values()]

    async def _count(self) -> None:
        """The list's badges and dots, and the four values."""
        self._counted = self._versions
        chats = await self.world.chats()
        shown = {talk.voice.chat_id for talk in self._talks.values()}
        unread = {}
        for chat in chats:
            version = await self.world.version(chat.chat_id)
            if chat.chat_id in shown:
                self._read[chat.chat_id] = version
            unread[chat.chat_id] = version > self._read.get(chat.chat_id, 0)
        self._list.show(chats, self._talks["unit"].voice.chat_id if "unit" in self._talks else 0, unread)
        self._bar.show_day()
        self._bar.show_counts(await self.world.window_so_far())


def _voice(chat: DemoChat) -> Voice:
    if chat.role is ChatRole.UNIT:
        about, chips = "Đơn vị trả lời tại đây", UNIT_CHIPS
        empty = (
            "Tin nhắc sẽ đến đây khi gần hạn. Bấm “Sự kiện kế tiếp” ở trên, hoặc gõ /viec để xem các việc."
        )
    else:
        about, chips = "Văn phòng theo dõi, quyết định và tổng hợp", OFFICE_CHIPS
        empty = "Gửi tệp kế hoạch vào đây để bắt đầu, hoặc gõ /trogiup để xem các lệnh."
    return Voice(chat.chat_id, chat.place, chat.title, about, chips, empty)
