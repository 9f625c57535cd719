"""A real office's pages: the way in, the pages behind the door, and the secret addresses."""

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import app
from starlette.datastructures import Headers

from bot.pages.calendar import calendar_routes
from bot.pages.entry import entry_routes
from bot.pages.files import file_routes
from bot.pages.foundation import lay_foundation
from bot.pages.origin import is_from_elsewhere
from bot.pages.passes import Links
from bot.pages.reader import OfficeReaders
from bot.pages.shell import register_pages
from bot.pages.site_map import PAGES
from bot.pages.sockets import OwnPage
from bot.pages.upload import upload_routes
from bot.world import World

__all__ = ["Links", "register_office"]


def register_office(world: World, links: Links) -> None:
    """“/”, “/vao/{code}” and “/web/{token}” to come in, the pages of the site map, “/ra” to leave; secret addresses."""
    app.add_middleware(OwnPage, cookie=links.cookie, clock=world.clock)
    lay_foundation(world.files.most_bytes, links.base_url)
    readers = OfficeReaders(world, links)
    app.include_router(entry_routes(readers, frozenset(page.path for page in PAGES)))
    for routes in (file_routes, upload_routes, calendar_routes):
        app.include_router(routes(lambda: [world]))
    register_pages(readers, PAGES)

    @app.get("/vao-noi/{chat_id}")
    async def choose_room(request: Request, chat_id: int) -> RedirectResponse:
        answer = RedirectResponse("/", 303)
        if not is_from_elsewhere(Headers(scope=request.scope), links.base_url):
            links.choose(answer, chat_id)
        return answer
