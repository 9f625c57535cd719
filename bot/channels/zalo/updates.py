"""What Zalo tells us, checked once and made ours: who spoke where, or sent what never reaches us."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

TEXT, IMAGE = "message.text.received", "message.image.received"
GROUP = "GROUP"


class Sent(StrEnum):
    """What comes without what is in it. A kind that Zalo does not hand on is most often a document."""

    DOCUMENT = "message.unsupported.received"
    VOICE = "message.voice.received"
    STICKER = "message.sticker.received"


@dataclass(frozen=True)
class Spoke:
    """Words, a picture, or a picture under its words."""

    address: str
    is_group: bool
    sender: str
    sender_id: str
    message_id: str
    text: str
    picture_url: str = ""


@dataclass(frozen=True)
class Unseen:
    """Something was sent that we do not get to see: a document, a voice, a sticker."""

    address: str
    is_group: bool
    message_id: str
    sent: Sent


Event = Spoke | Unseen


def unwrapped(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The event itself: it comes bare, or as the result of an answer."""
    inner = body.get("result")
    return inner if "event_name" not in body and isinstance(inner, dict) else body


def update_id(event: Mapping[str, Any]) -> str:
    """The name under which an update is known again: its message's, or one made of all it says."""
    message = event.get("message")
    number = message.get("message_id") if isinstance(message, dict) else None
    return str(number) if number else sha256(dumps(event, sort_keys=True).encode()).hexdigest()[:40]


def read_update(event: Mapping[str, Any], names: Sequence[str]) -> Event | None:
    """What happened, if it concerns us; `names` are the bot's, taken out of what is said to it in a group."""
    message, what = event.get("message"), event.get("event_name")
    if not isinstance(message, dict) or _of(message, "from").get("is_bot") is True:
        return None
    chat = _of(message, "chat")
    address, is_group = _text(chat.get("id")), str(chat.get("chat_type", "")).upper() == GROUP
    if not address:
        return None
    if what in set(Sent):
        return Unseen(address, is_group, update_id(event), Sent(what))
    if what not in (TEXT, IMAGE):
        return None
    said = _text(message.get("text")) or _text(message.get("caption"))
    sender = _of(message, "from")
    return Spoke(
        address=address,
        is_group=is_group,
        sender=_text(sender.get("display_name")) or _text(sender.get("name")),
        sender_id=_text(sender.get("id")),
        message_id=update_id(event),
        text=without_mention(said, names) if is_group else unicodedata.normalize("NFC", said).strip(),
        picture_url=_text(message.get("photo_url")) or _text(message.get("photo")) if what == IMAGE else "",
    )


def without_mention(said: str, names: Sequence[str]) -> str:
    """The words without “@name” wherever it stands; the spaces within a name may be gone."""
    left = unicodedata.normalize("NFC", said)
    for name in sorted(names, key=len, reverse=True):
        letters = r"\s*".join(re.escape(part) for part in unicodedata.normalize("NFC", name).split())
        left = re.sub(rf"@\s?{letters}(?!\w)", " ", left, flags=re.IGNORECASE)
    return re.sub(r"[ \t]{2,}", " ", left).strip()


def _of(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = message.get(name)
    return found if isinstance(found, dict) else {}


def _text(found: object) -> str:
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""
