"""Who reads the demo's pages: whoever the visitor chooses to be, with the clock above every page."""

from collections.abc import Mapping

from fastapi import Request, Response
from nicegui import ui
from sqlmodel import Session

from bot.demo import Demo, DemoChat
from bot.pages.clock_bar import ClockBar
from bot.pages.invitations import Room
from bot.pages.passes import CHOSEN, Seat
from bot.pages.reader import Reader, Standing, reader_of
from bot.pages.winding import Winder
from data.engine import transaction

AGENCY = "co-quan"
LOOK_SECONDS = 0.5


class DemoReaders:
    """The cookies say of which agency and in which chat; the office's of the first agency at first."""

    has_door = False

    def __init__(self, demo: Demo, winders: Mapping[str, Winder]) -> None:
        self.demo, self.winders = demo, winders

    def key(self, request: Request) -> str:
        """The agency that is asked for, or was chosen before."""
        asked = request.query_params.get(AGENCY) or request.cookies.get(AGENCY, "")
        return asked if asked in self.winders else next(iter(self.winders))

    async def reader(self, request: Request) -> Reader | None:
        world = await self.demo.world(self.key(request))
        rooms = [_room(chat, world.agency_id, world.sample.agency) for chat in await world.chats()]
        with transaction(world.engine) as session:
            return reader_of(session, world, rooms, request.cookies.get(CHOSEN, ""), "")

    def choose(self, answer: Response, key: str, chat_id: int) -> None:
        """From now on the browser is in that chat of that agency."""
        answer.set_cookie(CHOSEN, str(chat_id), httponly=True, samesite="lax")
        answer.set_cookie(AGENCY, key, httponly=True, samesite="lax")

    def standing(self, session: Session, reader: Reader) -> Standing:
        """There is no door to be shown."""
        return Standing.SAME

    def draw_top(self, reader: Reader) -> None:
        key, world = next((key, world) for key, world in self.demo.worlds.items() if world is reader.world)
        winder = self.winders[key]
        titles = {each: other.title for each, other in self.demo.worlds.items()}
        bar = ClockBar(winder, titles, key, world.plan_title, goes_to=f"/vao-noi/0?{AGENCY}=")
        bar.draw()
        resets = winder.resets

        async def look() -> None:
            if winder.resets != resets:
                ui.navigate.reload()
            bar.show_day()

        bar.show_day()
        is_watched = False

        def watch() -> None:
            nonlocal is_watched
            if not is_watched:
                is_watched = True
                ui.timer(LOOK_SECONDS, look)

        # A timer waits for the connection, and with that NiceGUI hands out the page, built or not: it begins afterwards.
        ui.context.client.on_connect(watch)


def _room(chat: DemoChat, agency_id: int, agency: str) -> Room:
    return Room(Seat(chat.chat_id, chat.place.address), agency_id, agency, chat.role, chat.title)
