"""The webhook: the secret is compared first, the update is stored, and only then it is acknowledged."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from secrets import compare_digest
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.channels.ways_in import body_of, object_of
from bot.channels.zalo.updates import unwrapped

log = logging.getLogger(__name__)

HEADER = "X-Bot-Api-Secret-Token"

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


def webhook_routes(path: str, secret: str, store: Store) -> APIRouter:
    """The route that Zalo calls."""
    router = APIRouter()

    @router.post(path, include_in_schema=False)
    async def receive(request: Request) -> Response:
        said = request.headers.get(HEADER)
        if said is not None and not compare_digest(said.encode(), secret.encode()):
            log.warning("zalo webhook called with a wrong secret")
            return Response(status_code=403)
        event = _event(await body_of(request))
        if said is None:
            # Zalo tries a new address without the secret: it is answered, and nothing is done
            return Response(status_code=403 if event else 200)
        if event is None:
            return Response(status_code=400)
        if event:
            await store([event])
        return Response(status_code=200)

    return router


def _event(body: bytes) -> Mapping[str, Any] | None:
    """The event; empty for a body that is nothing but a trial; None for what is no JSON object."""
    if not body.strip():
        return {}
    read = object_of(body)
    if read is None:
        return None
    event = unwrapped(read)
    return event if "event_name" in event else {}
