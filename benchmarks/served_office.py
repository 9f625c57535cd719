"""The pages of a benchmark's office, served to whoever asks: `python -m benchmarks.served_office <database> <port>`."""

import asyncio
import gc
import sys

from fastapi import Request
from nicegui import ui
from sqlmodel import Session

from benchmarks.offices import AGENCY
from benchmarks.summary import NOW
from bot.pages.foundation import lay_foundation
from bot.pages.invitations import Room
from bot.pages.passes import Seat
from bot.pages.reader import Reader, Standing, reader_of
from bot.pages.shell import register_pages
from bot.pages.site_map import PAGES
from bot.world import World
from data.engine import open_engine, transaction
from data.people import Place, chats_of_role
from data.tables import ChatRole
from scheduler.clock import StoppedClock


class OneReader:
    """Everybody is the office."""

    has_door = False

    def __init__(self, world: World) -> None:
        self.world = world

    async def reader(self, request: Request) -> Reader | None:
        return await asyncio.to_thread(self._reader)

    def _reader(self) -> Reader | None:
        with transaction(self.world.engine) as session:
            chat = chats_of_role(session, AGENCY, ChatRole.OFFICE)[0]
            place = Place(chat.channel, chat.bot, chat.address, chat.topic)
            room = Room(Seat(chat.id or 0, place.address), AGENCY, "Sở", ChatRole.OFFICE, "Văn phòng")
            return reader_of(session, self.world, [room], "", "")

    def standing(self, session: Session, reader: Reader) -> Standing:
        return Standing.SAME

    def draw_top(self, reader: Reader) -> None:
        """Nothing."""


def main(database: str, port: int) -> None:
    gc.freeze()  # as `nhacviec run` does
    gc.set_threshold(50_000, 20, 50)
    world = World(open_engine(database), StoppedClock(NOW), {}, AGENCY)
    lay_foundation(world.files.most_bytes, "")
    register_pages(OneReader(world), PAGES)
    ui.run(
        host="127.0.0.1", port=port, show=False, reload=False, tailwind=False, show_welcome_message=False,
        log_config=None,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
