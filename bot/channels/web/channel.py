"""The built-in chat as a channel: a letter is delivered by being in the database, where its page reads it."""

from uuid import uuid4

from duties.message import Message
from scheduler.channel import Address, Capabilities

WEB = "web"


class WebChannel:
    """Nothing leaves the house here, so nothing can fail: the page shows whatever the outbox calls sent."""

    capabilities = Capabilities(documents_out=True, caption_limit=20_000)

    async def send(self, address: Address, message: Message) -> str:
        return uuid4().hex

    async def send_file(self, address: Address, name: str, content: bytes, caption: Message) -> str:
        """The page offers it from the files' folder."""
        return uuid4().hex
