"""How updates come to us, the same for every platform: asked for, or brought to a webhook behind a secret."""

import hmac
from enum import StrEnum
from hashlib import sha256

from fastapi import Request

MOST_BYTES = 2**20


class Mode(StrEnum):
    """We ask for updates, or the platform calls us."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def made_secret(secret: str, purpose: str) -> str:
    """A secret for one purpose, made of the program's own: the same each time, and telling nothing of it."""
    return hmac.digest(secret.encode(), purpose.encode(), sha256).hex()


async def body_of(request: Request) -> bytes:
    """The body, or nothing when it is longer than any update."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return b""
    return bytes(body)
