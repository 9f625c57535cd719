"""Channels that remember, and channels that fail."""

from collections.abc import Iterator

from duties.message import Message
from scheduler.channel import Address, Capabilities, DeliveryError

PLAIN = Capabilities(documents_out=True)


class RecordingChannel:
    """Takes every letter and remembers it."""

    capabilities = PLAIN

    def __init__(self) -> None:
        self.sent: list[tuple[Address, Message]] = []
        self.files: list[tuple[str, bytes]] = []

    async def send(self, address: Address, message: Message) -> str:
        self.sent.append((address, message))
        return f"m{len(self.sent)}"

    async def send_file(self, address: Address, name: str, content: bytes, caption: Message) -> str:
        self.files.append((name, content))
        return await self.send(address, caption)

    def to(self, address: Address) -> list[str]:
        """The words of the letters sent to one address, in order."""
        return [message.text for sent_to, message in self.sent if sent_to == address]


class FaultyChannel(RecordingChannel):
    """Fails with each given error in turn, then takes every letter."""

    def __init__(self, *errors: DeliveryError) -> None:
        super().__init__()
        self._errors: Iterator[DeliveryError] = iter(errors)

    async def send(self, address: Address, message: Message) -> str:
        for error in self._errors:
            raise error
        return await super().send(address, message)
