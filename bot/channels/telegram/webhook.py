"""The webhook: the secret is compared first, the update is stored, and only then it is acknowledged."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from secrets import compare_digest
from typing import Any

from fastapi import APIRouter, Request, Response

from bot.channels.ways_in import body_of, object_of

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


def webhook_path(bot_id: str) -> str:
    return f"/telegram/{bot_id}"


def webhook_routes(bot_id: str, secret: str, store: Store) -> APIRouter:
    """The route that Telegram calls."""
    router = APIRouter()

    @router.post(webhook_path(bot_id), include_in_schema=False)
    async def receive(request: Request) -> Response:
        if not compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            log.warning("webhook called without its secret")
            return Response(status_code=403)
        update = _update(await body_of(request))
        if update is None:
            return Response(status_code=400)
        # when this fails the answer is 500, and Telegram sends the update again
        await store([update])
        return Response(status_code=200)

    return router


def _update(body: bytes) -> dict[str, Any] | None:
    read = object_of(body)
    return read if read is not None and isinstance(read.get("update_id"), int) else None
