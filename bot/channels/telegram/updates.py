"""An update of Telegram → what it means for us; what is not meant for us is None."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, UpdateType

# Always passed: without it Telegram keeps whatever was asked for last.
WANTED = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]
COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?")


@dataclass(frozen=True)
class Me:
    """Our own bot, as others see it."""

    number: int
    username: str


@dataclass(frozen=True)
class Whereabouts:
    """A chat and the topic in it, as it is named there."""

    address: str
    topic: str
    title: str
    is_private: bool


@dataclass(frozen=True)
class Attachment:
    file_id: str
    name: str
    size: int


@dataclass(frozen=True)
class Spoke:
    """Somebody wrote to us, or sent a file; `edited` is the moment, as Telegram counts it, at which they changed it.

    Of an album in a group one picture may name us; the others, not `is_for_us` by themselves, go with it.
    """

    where: Whereabouts
    message_id: int
    sender: str
    text: str
    sender_id: str = ""
    edited: int | None = None
    quoted: int | None = None
    attachment: Attachment | None = None
    album: str = ""
    is_for_us: bool = True


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button under a message."""

    query_id: str
    where: Whereabouts
    message_id: int
    sender: str
    data: str
    sender_id: str = ""


class Presence(StrEnum):
    """What we may do in a chat."""

    MEMBER = "member"
    ADMIN = "admin"
    MUTED = "muted"
    GONE = "gone"


@dataclass(frozen=True)
class Admitted:
    """We were added or removed, blocked or unblocked, given or denied a right."""

    where: Whereabouts
    presence: Presence


@dataclass(frozen=True)
class Joined:
    """We were seen to come into a group. A group that becomes a supergroup admits us too, but nobody came."""

    where: Whereabouts


@dataclass(frozen=True)
class Renamed:
    where: Whereabouts


@dataclass(frozen=True)
class Moved:
    """A group became a supergroup, which has another number."""

    old: str
    new: str


Event = Spoke | Pressed | Admitted | Joined | Renamed | Moved


def read_update(body: Mapping[str, Any], me: Me) -> Event | None:
    """What the update means; None for what is not for us: channels, other bots, talk among people."""
    # what was not asked for is not even looked at: a newer kind of it might not be readable
    wanted = {name: part for name, part in body.items() if name in ("update_id", *WANTED)}
    update = Update.de_json(wanted, None)
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.my_chat_member is not None:
        return _admitted(update.my_chat_member)
    if update.edited_message is not None:
        return _edited(update.edited_message, me)
    return _message(update.message, me) if update.message is not None else None


def _edited(message: Message, me: Me) -> Event | None:
    """Changed words; that a place moves or a game was played changes none."""
    if message.chat.type == ChatType.CHANNEL or message.edit_date is None or message.location is not None:
        return None
    spoke = _spoke(message, me)
    return replace(spoke, edited=int(message.edit_date.timestamp())) if spoke is not None else None


def _where(chat: Chat, message: Message | None = None) -> Whereabouts:
    # outside a topic a thread number only says that something is a reply
    is_topic = message is not None and message.is_topic_message and message.message_thread_id is not None
    topic = str(message.message_thread_id) if message is not None and is_topic else ""
    name = _topic_name(message) if topic else ""
    title = chat.title or chat.full_name or ""
    return Whereabouts(
        str(chat.id), topic, f"{title} · {name}" if name else title, chat.type == ChatType.PRIVATE
    )


def _topic_name(message: Message | None) -> str:
    """In a topic a message that answers nobody “replies” to the one that opened the topic."""
    first = message.reply_to_message if message is not None else None
    return first.forum_topic_created.name if first is not None and first.forum_topic_created else ""


def _message(message: Message, me: Me) -> Event | None:
    if message.chat.type == ChatType.CHANNEL:
        return None
    if message.migrate_to_chat_id is not None:
        return Moved(str(message.chat.id), str(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return Moved(str(message.migrate_from_chat_id), str(message.chat.id))
    if message.new_chat_title is not None:
        return Renamed(_where(message.chat))
    if message.group_chat_created or any(user.id == me.number for user in message.new_chat_members):
        return Joined(_where(message.chat))
    return _spoke(message, me)


def _spoke(message: Message, me: Me) -> Spoke | None:
    sender = _sender(message)
    text = unicodedata.normalize("NFC", message.text or message.caption or "").replace("\x00", "").strip()
    attachment = _attachment(message)
    where = _where(message.chat, message)
    is_empty = not text and attachment is None
    if sender is None or (is_empty and (not where.is_private or _is_service(message))):
        return None
    is_for_us = where.is_private or _is_for_us(message, text, me)
    if not is_for_us and (message.media_group_id is None or text):
        return None
    said = _said_to_us(text, me)
    return (
        None
        if said is None
        else Spoke(
            where,
            message.message_id,
            sender,
            said,
            sender_id=_sender_id(message),
            quoted=_quoted(message, me),
            attachment=attachment,
            album=message.media_group_id or "",
            is_for_us=is_for_us,
        )
    )


def _is_service(message: Message) -> bool:
    """Something happened in the chat (pinned, joined, a timer set); nobody spoke."""
    return message.effective_attachment is None


def _sender(message: Message) -> str | None:
    """Who wrote; None for bots and for what a channel posts into its group. A nameless admin speaks as the group."""
    if message.sender_chat is not None:
        is_group_itself = message.sender_chat.id == message.chat.id
        return (message.author_signature or "Quản trị nhóm") if is_group_itself else None
    if message.from_user is None or message.from_user.is_bot:
        return None
    return message.from_user.full_name


def _sender_id(message: Message) -> str:
    """The person; nameless admins are told apart by nothing but their signature."""
    if message.sender_chat is not None:
        return f"{message.sender_chat.id}:{message.author_signature or ''}"
    return str(message.from_user.id) if message.from_user else ""


def _is_for_us(message: Message, text: str, me: Me) -> bool:
    """In a group: a command, a mention, or a reply to us. People may talk in peace even where we can read all."""
    return text.startswith("/") or _mention(me).search(text) is not None or _quoted(message, me) is not None


def _mention(me: Me) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(me.username)}\b", re.IGNORECASE)


def _said_to_us(text: str, me: Me) -> str | None:
    """The words without our name in them; None for a command to another bot."""
    command = COMMAND.match(text)
    if command and command["bot"] and command["bot"].lower() != me.username.lower():
        return None
    return _mention(me).sub("", text).strip() if me.username else text


def _quoted(message: Message, me: Me) -> int | None:
    """The message of ours that this one answers."""
    quoted = message.reply_to_message
    if quoted is None or quoted.from_user is None or quoted.from_user.id != me.number:
        return None
    return quoted.message_id if quoted.forum_topic_created is None else None


def _attachment(message: Message) -> Attachment | None:
    """A file with a name fit to be kept: photographs have none of their own."""
    number = message.message_id
    if message.document is not None:
        sent = message.document
        return Attachment(sent.file_id, sent.file_name or f"tep-{number}", sent.file_size or 0)
    if message.photo:
        largest = message.photo[-1]
        return Attachment(largest.file_id, f"anh-{number}.jpg", largest.file_size or 0)
    if message.video is not None:
        film = message.video
        return Attachment(film.file_id, film.file_name or f"video-{number}.mp4", film.file_size or 0)
    return None


def _pressed(query: CallbackQuery) -> Pressed | None:
    """A press under an old message comes with its chat and number alone."""
    if query.message is None or query.data is None:
        return None
    message = query.message if isinstance(query.message, Message) else None
    where = _where(query.message.chat, message)
    return Pressed(
        query.id,
        where,
        query.message.message_id,
        query.from_user.full_name,
        query.data,
        str(query.from_user.id),
    )


def _admitted(change: ChatMemberUpdated) -> Admitted | None:
    if change.chat.type == ChatType.CHANNEL:
        return None
    return Admitted(_where(change.chat), _presence(change.new_chat_member))


def _presence(member: ChatMember) -> Presence:
    if isinstance(member, ChatMemberRestricted):
        return Presence.MEMBER if member.is_member and member.can_send_messages else Presence.MUTED
    if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return Presence.GONE
    is_admin = member.status in (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)
    return Presence.ADMIN if is_admin else Presence.MEMBER
