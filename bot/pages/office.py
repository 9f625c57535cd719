"""The real chat page: one chat, full height, for whoever was let in by an invitation."""

import asyncio

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import app, ui

from bot.pages.calendar import calendar_routes
from bot.pages.entry import entry_routes
from bot.pages.files import file_routes
from bot.pages.foundation import lay_foundation
from bot.pages.frame import dress_page, mark_address
from bot.pages.html import Tag, icon_button
from bot.pages.invitations import Room, rooms_of
from bot.pages.passes import COOKIE, Links, Pass
from bot.pages.talk import OFFICE_CHIPS, UNIT_CHIPS, Talk, Voice
from bot.pages.upload import upload_routes
from bot.world import World
from data.engine import transaction
from data.tables import ChatRole

__all__ = ["Links", "register_office"]

POLL_SECONDS = 1.0
POLLS_BETWEEN_CHECKS = 5


def register_office(world: World, links: Links) -> None:
    """“/” and “/vao/{code}” to come in, “/tro-chuyen” to talk, “/ra” to leave; secret addresses."""
    lay_foundation(world.files.most_bytes)
    app.include_router(entry_routes(world.engine, world.clock, links, world.deliver))
    for routes in (file_routes, upload_routes, calendar_routes):
        app.include_router(routes(lambda: [world]))

    @ui.page("/tro-chuyen", title="Nhắc việc CCHC", language="vi", dark=False, response_timeout=30)
    async def chat_page(request: Request) -> RedirectResponse | None:
        held = links.read(request.cookies.get(COOKIE))
        rooms = await asyncio.to_thread(_rooms, world, held)
        if not rooms:
            return RedirectResponse("/?vi=da-dong" if held.seats else "/?vi=chua-vao", 303)
        asked = request.query_params.get("c", "")
        room = next((each for each in rooms if str(each.seat.chat_id) == asked), rooms[0])
        await ChatPage(world, held, rooms, room).draw()
        return None


def _rooms(world: World, held: Pass) -> list[Room]:
    with transaction(world.engine) as session:
        return rooms_of(session, held)


class ChatPage:
    """One reader's page of one chat."""

    def __init__(self, world: World, held: Pass, rooms: list[Room], room: Room) -> None:
        self.world, self.held, self.rooms, self.room = world, held, rooms, room
        self._talk = Talk(world, _voice(room, held.name), "only")
        self._polls = 0

    async def draw(self) -> None:
        dress_page()
        with Tag("div", classes="alone"):
            with Tag("header", classes="alone-head"), Tag("div"):
                self._draw_head()
            await self._talk.draw()
        ui.timer(POLL_SECONDS, self._poll)

    def _draw_head(self) -> None:
        Tag("img", src=mark_address(), alt="", width="34", height="34")
        with Tag("div", classes="names"):
            if len(self.rooms) > 1:
                self._draw_rooms()
            Tag("h1", self.room.whom, "sr" if len(self.rooms) > 1 else "")
            Tag("p", self.room.agency or "Nhắc việc CCHC")
        icon_button("theme", "Đổi nền sáng, tối", "plain").on("click", js_handler="() => nv.swapTheme()")
        with Tag("form", method="post", action="/ra"):
            Tag("button", "Ra", "button", type="submit", title="Ra khỏi trò chuyện trên trình duyệt này")

    def _draw_rooms(self) -> None:
        with Tag("select", classes="select", aria_label="Cuộc trò chuyện").on(
            "change",
            lambda event: ui.navigate.to(f"/tro-chuyen?c={int(event.args)}"),
            js_handler="(event) => emit(event.target.value)",
        ):
            for room in self.rooms:
                Tag("option", room.whom, value=str(room.seat.chat_id), selected=room == self.room)

    async def _poll(self) -> None:
        """Show what is new; a reader whose chat was withdrawn meanwhile is sent out."""
        self._polls += 1
        if self._polls % POLLS_BETWEEN_CHECKS == 0:
            rooms = await asyncio.to_thread(_rooms, self.world, self.held)
            if self.room.seat not in [room.seat for room in rooms]:
                ui.navigate.to("/?vi=da-dong")
                return
        await self._talk.refresh()


def _voice(room: Room, name: str) -> Voice:
    is_unit = room.role is ChatRole.UNIT
    empty = (
        "Tin nhắc sẽ đến đây khi gần hạn. Gõ /viec để xem các việc của đơn vị, /trogiup để xem cách trả lời."
        if is_unit
        else "Gửi tệp kế hoạch đã ký vào đây để bắt đầu, hoặc gõ /trogiup để xem các lệnh."
    )
    chips = UNIT_CHIPS if is_unit else OFFICE_CHIPS
    return Voice(room.seat.chat_id, room.seat.place, room.whom, room.agency, chips, empty, name)
