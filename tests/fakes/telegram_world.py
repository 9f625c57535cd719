"""What the fake Telegram knows: people, chats, messages, files, and who may hear whom."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.fakes.telegram_updates import Updates

Shape = dict[str, Any]

# Service messages of this account stand for a group itself; code that skips every bot misses them.
GROUP_ITSELF = 1087968824


@dataclass
class User:
    id: int
    first_name: str
    username: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def shape(self) -> Shape:
        said = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            said["username"] = self.username
        return said if self.is_bot else {**said, "language_code": "vi"}


@dataclass
class Topic:
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False)
class Chat:
    id: int
    kind: str
    title: str
    username: str | None = None
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    hears_all: bool = False
    muted: bool = False
    last_bot: int | None = None
    migrated_to: int | None = None
    next_message_id: int = 1

    @property
    def is_private(self) -> bool:
        return self.kind == "private"

    def shape(self) -> Shape:
        said: Shape = {"id": self.id, "type": self.kind}
        said["first_name" if self.is_private else "title"] = self.title
        if self.username:
            said["username"] = self.username
        return {**said, "is_forum": True} if self.forum else said


@dataclass(eq=False)
class Message:
    chat: Chat
    id: int
    sender: User | None
    date: datetime
    content: Shape
    thread: int | None = None
    reply_to: "Message | None" = None
    markup: Shape | None = None
    edited: datetime | None = None
    deleted: bool = False
    heard: bool = False

    @property
    def text(self) -> str:
        """The words of the message, or of its caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Shape]:
        return list(self.content.get("entities") or self.content.get("caption_entities") or [])

    @property
    def buttons(self) -> list[Shape]:
        """The inline buttons under it, row by row."""
        return [button for row in (self.markup or {}).get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for button in self.buttons]

    @property
    def forces_reply(self) -> bool:
        return bool((self.markup or {}).get("force_reply"))

    @property
    def by_bot(self) -> bool:
        return self.sender is not None and self.sender.is_bot

    def shape(self, *, nested: bool = False) -> Shape:
        said: Shape = {"message_id": self.id, "date": stamp(self.date), "chat": self.chat.shape()}
        if self.sender:
            said["from"] = self.sender.shape()
        if (self.sender and self.sender.id == GROUP_ITSELF) or self.chat.kind == "channel":
            said["sender_chat"] = self.chat.shape()
        if self.edited:
            said["edit_date"] = stamp(self.edited)
        return said | self._place(nested) | self.content | self._keyboard()

    def inaccessible(self) -> Shape:
        """What a press on a message too old for Telegram brings."""
        return {"message_id": self.id, "date": 0, "chat": self.chat.shape()}

    def _place(self, nested: bool) -> Shape:
        said: Shape = {}
        if self.thread:
            said["message_thread_id"] = self.thread
        if self.thread in self.chat.topics:
            said["is_topic_message"] = True
        # Inside a topic Telegram shows the message that opened it as replied to, where nothing was.
        answered = self.reply_to or (self.chat.messages.get(self.thread or 0) if self.chat.forum else None)
        if answered and answered is not self and not nested:
            said["reply_to_message"] = answered.shape(nested=True)
        return said

    def _keyboard(self) -> Shape:
        return {"reply_markup": self.markup} if self.buttons else {}


@dataclass(frozen=True)
class StoredFile:
    id: str
    unique_id: str
    path: str
    data: bytes
    name: str
    mime: str

    def shape(self) -> Shape:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass
class Query:
    """A button that was pressed, and what the bot answered to it."""

    person: User
    data: str
    at: datetime
    answer: Shape | None = None


@dataclass
class World:
    bot: User
    clock: Callable[[], datetime]
    updates: Updates
    privacy: bool = True
    # BotFather promises mentions under privacy mode, the FAQ is silent: a test may try both.
    mentions_are_heard: bool = True
    upload_limit: int = 50_000_000
    photo_limit: int = 10_000_000
    download_limit: int = 20_000_000
    # How long a press may wait for its answer is not published.
    press_lives: timedelta = timedelta(minutes=1)
    link_lives: timedelta = timedelta(hours=1)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    links: dict[str, tuple[StoredFile, datetime]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    menus: dict[tuple[str, int, int, str], list[Shape]] = field(default_factory=dict)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    message_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def is_admin(self, chat: Chat) -> bool:
        return chat.members.get(self.bot.id) == "administrator"

    def is_in(self, chat: Chat) -> bool:
        return chat.members.get(self.bot.id) in ("member", "administrator") and not chat.migrated_to

    def write(
        self,
        chat: Chat,
        sender: User | None,
        content: Shape,
        *,
        thread: int | None = None,
        reply_to: Message | None = None,
        markup: Shape | None = None,
    ) -> Message:
        """Put a message into a chat; supergroups and channels count for themselves, the rest together."""
        if chat.kind in ("supergroup", "channel"):
            number, chat.next_message_id = chat.next_message_id, chat.next_message_id + 1
        else:
            number = next(self.message_ids)
        message = Message(chat, number, sender, self.clock(), content, thread, reply_to, markup)
        chat.messages[number] = message
        if sender and sender.is_bot and sender.id != GROUP_ITSELF:
            chat.last_bot = sender.id
        return message

    def keep(self, data: bytes, name: str, mime: str, folder: str) -> StoredFile:
        number = next(self.ids)
        ending = name.rsplit(".", 1)[-1] if "." in name else "bin"
        path = f"{folder}/file_{number}.{ending}"
        stored = StoredFile(f"BQACAgUAAx{number:06}", f"AgAD{number:06}", path, data, name, mime)
        self.files[stored.id] = stored
        return stored

    def announce(self, message: Message) -> None:
        """Tell the bot of a message, if it may hear it."""
        message.heard = self.hears(message)
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        if message.edited:
            kind = f"edited_{kind}"
        if message.heard:
            self.updates.put(kind, message.shape(), message.chat.id, self.clock())

    def announce_membership(self, chat: Chat, by: User, user: User, old: str, new: str) -> None:
        changed = {
            "chat": chat.shape(),
            "from": by.shape(),
            "date": stamp(self.clock()),
            "old_chat_member": member_shape(user, old),
            "new_chat_member": member_shape(user, new),
        }
        if user.id == self.bot.id:
            self.updates.put("my_chat_member", changed, chat.id, self.clock())
        elif self.is_admin(chat):
            self.updates.put("chat_member", changed, chat.id, self.clock())

    def hears(self, message: Message) -> bool:
        """Privacy mode, as BotFather and the FAQ describe it."""
        chat = message.chat
        if not self.is_in(chat):
            return False
        if chat.kind in ("private", "channel") or chat.hears_all or self.is_admin(chat):
            return True
        is_service = not (message.text or message.content.keys() & {"document", "photo"})
        answers_us = message.reply_to is not None and (
            message.reply_to.heard or message.reply_to.sender is self.bot
        )
        return is_service or answers_us or self._is_called(message)

    def _is_called(self, message: Message) -> bool:
        ours = f"@{self.bot.username}".lower()
        words = message.text.split(maxsplit=1)[0].lower() if message.text else ""
        if any(entity["type"] == "bot_command" and entity["offset"] == 0 for entity in message.entities):
            return words.endswith(ours) or ("@" not in words and message.chat.last_bot in (None, self.bot.id))
        mentioned = any(entity["type"] == "mention" for entity in message.entities)
        return self.mentions_are_heard and mentioned and ours in message.text.lower()


def stamp(moment: datetime) -> int:
    return int(moment.timestamp())


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)


def member_shape(user: User, status: str) -> Shape:
    said = {"user": user.shape(), "status": status}
    match status:
        case "administrator":
            rights = dict.fromkeys(_RIGHTS, True)
            return {**said, "can_be_edited": False, "is_anonymous": False, **rights}
        case "creator":
            return {**said, "is_anonymous": False}
        case "kicked":
            return {**said, "until_date": 0}
    return said
