"""The seam to the platforms: Channel, Capabilities, DeliveryError."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol, TypeGuard

from data.people import Place as Address
from duties.message import Message
from scheduler.limits import Limit

__all__ = [
    "SILENT",
    "Address",
    "Capabilities",
    "Channel",
    "DeliveryError",
    "DocumentChannel",
    "EditingChannel",
    "Failure",
    "can_carry",
    "can_edit",
]


class Failure(StrEnum):
    """What a refusal means for the letter. PERMANENT: the chat is gone; REFUSED: this letter only is not taken."""

    PERMANENT = "permanent"
    WAIT = "wait"
    RETRY = "retry"
    UNKNOWN = "unknown"
    MOVED = "moved"
    REFUSED = "refused"


# The platform did not answer, or not in words.
SILENT = (Failure.RETRY, Failure.UNKNOWN)


class DeliveryError(Exception):
    """A channel could not take the letter; `kind` says whether it may be tried again."""

    def __init__(
        self, reason: str, kind: Failure, *, wait: timedelta | None = None, moved_to: Address | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.wait, self.moved_to = wait, moved_to


def whole(message: Message) -> Sequence[Message]:
    """A channel that takes any message as it is."""
    return (message,)


def unlimited(_address: Address) -> Sequence[Limit]:
    """A channel that may be written to at any pace."""
    return ()


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do; the core asks this and never the channel's name.

    `limits`: what must have a free turn before an address is written to, the chat's own first, the bot's last. `parts`:
    a message cut into as many as the platform needs, each of which becomes a letter. `caption_limit`: how long, in
    UTF-16 units, the words may be that go with a document; `biggest_document`: how many bytes one may
    have, None where the platform sets no limit. `monthly_cap`: how many messages a bot may send in a month.
    """

    documents_out: bool
    edits: bool = False
    caption_limit: int = 1000
    biggest_document: int | None = None
    monthly_cap: int | None = None
    limits: Callable[[Address], Sequence[Limit]] = unlimited
    parts: Callable[[Message], Sequence[Message]] = whole


class Channel(Protocol):
    @property
    def capabilities(self) -> Capabilities: ...

    async def send(self, address: Address, message: Message) -> str:
        """Send one message; the platform's id for it. Raises DeliveryError."""
        ...


class EditingChannel(Channel, Protocol):
    async def edit(self, address: Address, platform_id: str, message: Message) -> None:
        """Show other words in the place of a message sent before. Raises DeliveryError."""
        ...


def can_edit(channel: Channel) -> TypeGuard[EditingChannel]:
    return channel.capabilities.edits


class DocumentChannel(Channel, Protocol):
    async def send_file(self, address: Address, name: str, content: bytes, caption: Message) -> str:
        """Send a document under its name, with a short message; the platform's id for it. Raises DeliveryError."""
        ...


def can_carry(channel: Channel) -> TypeGuard[DocumentChannel]:
    return channel.capabilities.documents_out


def is_too_big_for(channel: Channel, size: int) -> bool:
    """Whether a channel that carries documents cannot carry one of so many bytes."""
    biggest = channel.capabilities.biggest_document
    return biggest is not None and size > biggest
