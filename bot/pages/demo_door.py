"""“/vao/{code}” in the demo: whoever was invited on a page of the office comes in by the very same invitation."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.demo import DemoWorld
from bot.pages.demo_readers import DemoReaders
from bot.pages.entry import WRONG_CODE, invitation_page
from bot.pages.invitations import Invited, LetIn, Visitor, enter, look_at
from bot.pages.plain import plain_page, said
from bot.pages.visitors import visitor_of
from data.engine import transaction


def demo_door_routes(readers: DemoReaders) -> APIRouter:
    """Looking uses nothing up; the one click opens the unit's chat in the demo."""
    router = APIRouter()

    def world_of(request: Request) -> tuple[str, DemoWorld]:
        """The invitation was made in the agency that this browser looks at."""
        key = readers.key(request)
        return key, readers.demo.worlds[key]

    @router.get("/vao/{code}")
    def look(request: Request, code: str) -> Response:
        _, world = world_of(request)
        invited = _invited(world, code, request)
        return plain_page(invitation_page(invited, "")) if invited else _wrong()

    @router.post("/vao/{code}")
    async def redeemed(
        request: Request, code: str, ten: Annotated[str, Form(max_length=400)] = ""
    ) -> Response:
        key, world = world_of(request)
        found = await asyncio.to_thread(_redeem, world, code, Visitor(visitor_of(request), "", "", ten))
        if found is None:
            return _wrong()
        await world.deliver_within()
        answer = RedirectResponse("/tro-chuyen", 303)
        readers.choose(answer, key, found.chat_id)
        return answer

    return router


def _invited(world: DemoWorld, code: str, request: Request) -> Invited | None:
    with transaction(world.engine) as session:
        return look_at(session, code, visitor_of(request), world.clock.now())


def _redeem(world: DemoWorld, code: str, visitor: Visitor) -> LetIn | None:
    with transaction(world.engine) as session:
        return enter(session, code, visitor, world.clock.now())


def _wrong() -> Response:
    return plain_page(f"<h1>Nhắc việc CCHC</h1>{said(WRONG_CODE)}", 404)
