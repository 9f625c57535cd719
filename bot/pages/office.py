"""A real office's pages: the way in, the pages behind the door, and the secret addresses."""

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import app

from bot.pages.calendar import calendar_routes
from bot.pages.entry import entry_routes
from bot.pages.files import file_routes
from bot.pages.foundation import lay_foundation
from bot.pages.passes import Links
from bot.pages.reader import CHOSEN, OfficeReaders
from bot.pages.shell import register_pages
from bot.pages.site_map import PAGES
from bot.pages.upload import upload_routes
from bot.world import World

__all__ = ["Links", "register_office"]


def register_office(world: World, links: Links) -> None:
    """“/” and “/vao/{code}” to come in, the pages of the site map, “/ra” to leave; secret addresses."""
    lay_foundation(world.files.most_bytes)
    app.include_router(entry_routes(world.engine, world.clock, links, world.deliver))
    for routes in (file_routes, upload_routes, calendar_routes):
        app.include_router(routes(lambda: [world]))
    readers = OfficeReaders(world, links)
    register_pages(readers, PAGES)

    @app.get("/vao-noi/{chat_id}")
    async def choose_room(request: Request, chat_id: int) -> RedirectResponse:
        answer = RedirectResponse("/", 303)
        answer.set_cookie(CHOSEN, str(chat_id), httponly=True, samesite="lax", secure=links.is_https)
        return answer
