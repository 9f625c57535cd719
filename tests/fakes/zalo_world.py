"""Who there is on the small Zalo, what they say, and what the bot said to them."""

import itertools
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Shape = dict[str, Any]
Now = Callable[[], datetime]

_numbers = itertools.count(1)


def opaque(prefix: str = "") -> str:
    """Ids are opaque strings: twenty hex digits, a group's behind its mark."""
    return f"{prefix}{next(_numbers) * 7_919_191_919:020x}"


@dataclass
class Sent:
    """A message of the bot's."""

    message_id: str
    text: str
    at: datetime


@dataclass
class Room:
    """A private chat or a group, as one bot sees it."""

    id: str
    is_group: bool
    title: str = ""
    sent: list[Sent] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.sent]

    @property
    def last(self) -> Sent:
        return self.sent[-1]


@dataclass
class Bot:
    """One bot: its queue or its webhook, and what it sent this month. `handed`: given, and not asked since for more."""

    token: str
    display_name: str
    account_name: str
    queue: list[Shape] = field(default_factory=list)
    handed: list[Shape] = field(default_factory=list)
    webhook: str = ""
    secret: str = ""
    monthly_cap: int = 3_000
    sent: int = 0

    @property
    def id(self) -> str:
        return self.token.partition(":")[0]


class Person:
    """Somebody with a phone; alone with each bot in a chat of its own."""

    def __init__(self, name: str, bot: Bot, now: Now, deliver: Callable[[Bot, Shape], None]) -> None:
        self.id, self.name = opaque(), name
        self._bot, self._now, self._deliver = bot, now, deliver
        self.private = Room(self.id, is_group=False)

    def says(
        self, text: str, *, to: Room | None = None, mentioned: str | None = None, number: str = ""
    ) -> str:
        """Write it, alone with the bot or in a group; `mentioned`: as the picker puts the bot's name, or without.

        `number`: the message's id, where Zalo is to hand on one message twice.
        """
        room = to or self.private
        if room.is_group:
            text = f"@{self._bot.display_name if mentioned is None else mentioned} {text}"
        return self._update(
            "message.text.received", room, message_type="CHAT_MESSAGE", number=number, text=text
        )

    def shows(self, url: str, caption: str = "", *, to: Room | None = None, named: str = "photo_url") -> str:
        """Send a picture."""
        more = {"caption": caption} if caption else {}
        return self._update(
            "message.image.received", to or self.private, message_type="CHAT_PHOTO", **{named: url}, **more
        )

    def sends_document(self, *, to: Room | None = None) -> str:
        """Send a PDF: of its content nothing arrives."""
        return self._update("message.unsupported.received", to or self.private)

    def sends_voice(self) -> str:
        return self._update("message.voice.received", self.private, voice_url="https://voice.example/x.aac")

    def sends_sticker(self) -> str:
        return self._update("message.sticker.received", self.private, sticker="7f", url="https://s.example/x")

    def _update(self, event: str, room: Room, number: str = "", **more: str) -> str:
        message_id = number or opaque()
        message = {
            "message_id": message_id,
            "date": int(self._now().timestamp() * 1000),
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": room.id, "chat_type": "GROUP" if room.is_group else "PRIVATE"},
            **{name: unicodedata.normalize("NFD", value) for name, value in more.items()},
        }
        self._deliver(self._bot, {"event_name": event, "message": message})
        return message_id
