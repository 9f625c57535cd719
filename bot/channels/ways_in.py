"""How updates come to us, the same for every platform: asked for, or brought to a webhook behind a secret."""

import hmac
import json
from enum import StrEnum
from hashlib import sha256
from typing import Any

from fastapi import Request

MOST_BYTES = 2**20
MOST_LEVELS = 40


class Mode(StrEnum):
    """We ask for updates, or the platform calls us."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def made_secret(secret: str, purpose: str) -> str:
    """A secret for one purpose, made of the program's own: the same each time, and telling nothing of it."""
    return hmac.digest(secret.encode(), purpose.encode(), sha256).hex()


def object_of(body: bytes) -> dict[str, Any] | None:
    """The JSON object in a body; None for what is none, or nests deeper than anything a platform says."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and _is_shallow(read, MOST_LEVELS) else None


def _is_shallow(said: object, levels: int) -> bool:
    match said:
        case dict():
            return levels > 0 and all(_is_shallow(each, levels - 1) for each in said.values())
        case list():
            return levels > 0 and all(_is_shallow(each, levels - 1) for each in said)
        case _:
            return True


async def body_of(request: Request) -> bytes:
    """The body, or nothing when it is longer than any update."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return b""
    return bytes(body)
