"""The seam to the platforms: Channel, Capabilities, DeliveryError."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from data.people import Place as Address
from duties.message import Message

__all__ = ["Address", "Capabilities", "Channel", "DeliveryError", "Failure"]


class Failure(StrEnum):
    """What a refusal means for the letter."""

    PERMANENT = "permanent"
    WAIT = "wait"
    RETRY = "retry"
    UNKNOWN = "unknown"
    MOVED = "moved"


class DeliveryError(Exception):
    """A channel could not take the letter; `kind` says whether it may be tried again."""

    def __init__(
        self, reason: str, kind: Failure, *, wait: timedelta | None = None, moved_to: Address | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.wait, self.moved_to = wait, moved_to


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do; the core asks this and never the channel's name. `text_limit` is in UTF-16 units."""

    text_limit: int
    buttons: bool
    documents_in: bool
    documents_out: bool
    edits: bool = False
    knows_quoted: bool = False


class Channel(Protocol):
    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, address: Address, message: Message) -> str:
        """Send one message; the platform's id for it. Raises DeliveryError."""
        ...
