"""What people do at Telegram, as sentences: a person says, presses, blocks; a group is renamed, migrates."""

import mimetypes
from typing import Any

from tests.fakes.telegram_account import menu_seen
from tests.fakes.telegram_messages import document_content, photo_content
from tests.fakes.telegram_text import found_in
from tests.fakes.telegram_world import GROUP_ITSELF, Chat, Message, Query, Topic, User, World

Shape = dict[str, Any]

SUPERGROUPS = -1_002_100_000_000


class Room:
    """A chat, looked at from outside: what was written in it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.chat = world, chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        return [message for message in self.chat.messages.values() if not message.deleted]

    @property
    def letters(self) -> list[Message]:
        """What the bot wrote here and did not delete, in order."""
        return [message for message in self.messages if message.sender is self.world.bot]

    @property
    def last(self) -> Message:
        return self.letters[-1]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.letters]


class Person:
    """Somebody with the app in hand. Every action may become an update for the bot."""

    def __init__(self, world: World, user: User) -> None:
        self.world, self.user = world, user
        chat = Chat(user.id, "private", user.first_name, user.username, members={user.id: "member"})
        world.users[user.id], world.chats[user.id] = user, chat
        self.private = Room(world, chat)

    @property
    def id(self) -> int:
        return self.user.id

    def starts(self, payload: str = "") -> Message:
        """Open the bot by its link, t.me/<bot>?start=<payload>; this unblocks it."""
        if self.private.chat.members.get(self.world.bot.id) == "kicked":
            self.unblocks_bot()
        return self.says(self.private, f"/start {payload}".strip())

    def says(
        self, room: Room, text: str, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        return self._writes(room, _worded("text", "entities", text), reply_to, thread)

    def sends_document(
        self,
        room: Room,
        name: str,
        data: bytes,
        caption: str = "",
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        content = document_content(self.world.keep(data, name, mime, "documents"))
        return self._writes(room, content | _worded("caption", "caption_entities", caption), reply_to, thread)

    def sends_album(
        self, room: Room, *pictures: bytes, caption: str = "", reply_to: Message | None = None
    ) -> list[Message]:
        """Several pictures at once: a message each, under one number; the words stand under the first."""
        album = str(next(self.world.ids))
        sent = []
        for n, data in enumerate(pictures):
            content = photo_content(self.world.keep(data, "photo.jpg", "image/jpeg", "photos"))
            worded = _worded("caption", "caption_entities", caption if n == 0 else "")
            sent.append(self._writes(room, content | worded | {"media_group_id": album}, reply_to, None))
        return sent

    def sends_photo(
        self,
        room: Room,
        data: bytes,
        caption: str = "",
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        content = photo_content(self.world.keep(data, "photo.jpg", "image/jpeg", "photos"))
        return self._writes(room, content | _worded("caption", "caption_entities", caption), reply_to, thread)

    def edits(self, message: Message, text: str) -> Message:
        words = ("text", "entities") if "text" in message.content else ("caption", "caption_entities")
        kept = {name: part for name, part in message.content.items() if name not in words}
        message.content = kept | _worded(*words, text)
        message.edited = self.world.clock()
        self.world.announce(message)
        return message

    def presses(self, message: Message, button: str, *, too_old: bool = False) -> str:
        """Press a button by its label; the id of the query. Too old: Telegram sends an empty message along."""
        if button not in message.labels:
            raise ValueError(f"there is no button {button!r} but {message.labels}")
        pressed = message.buttons[message.labels.index(button)]
        return self.forges(message, pressed["callback_data"], too_old=too_old)

    def forges(self, message: Message, data: str, *, too_old: bool = False) -> str:
        """Send any callback data, as a changed app can."""
        number = str(4_400_000_000_000_000 + next(self.world.ids))
        self.world.queries[number] = Query(self.user, data, self.world.clock())
        pressed = {
            "id": number,
            "from": self.user.shape(),
            "message": message.inaccessible() if too_old else message.shape(),
            "chat_instance": str(7_000_000_000 + abs(message.chat.id)),
            "data": data,
        }
        if self.world.is_in(message.chat):
            self.world.updates.put("callback_query", pressed, message.chat.id, self.world.clock())
        return number

    def blocks_bot(self) -> None:
        self._lets_bot("kicked")

    def unblocks_bot(self) -> None:
        self._lets_bot("member")

    def deletes_account(self) -> None:
        self.user.deactivated = True

    def menu(self, room: Room) -> list[str]:
        """The commands the app offers this person there."""
        return [str(command["command"]) for command in menu_seen(self.world, room.chat, self.id)]

    def _lets_bot(self, status: str) -> None:
        members, bot = self.private.chat.members, self.world.bot
        old, members[bot.id] = members.get(bot.id, "left"), status
        self.world.announce_membership(self.private.chat, self.user, bot, old, status)

    def _writes(self, room: Room, content: Shape, reply_to: Message | None, thread: int | None) -> Message:
        chat, bot = room.chat, self.world.bot.id
        if chat.members.get(self.id, "left") in ("left", "kicked") or chat.migrated_to:
            raise ValueError(f"{self.user.first_name} is not in this chat any more")
        if chat.is_private and chat.members.setdefault(bot, "member") == "kicked":
            raise ValueError(f"{self.user.first_name} has blocked the bot and must unblock it first")
        thread = thread or _thread_of(chat, reply_to)
        message = self.world.write(chat, self.user, content, thread=thread, reply_to=reply_to)
        self.world.announce(message)
        return message


class Group(Room):
    """A group, supergroup or channel, with what its administrators do."""

    def __init__(self, world: World, chat: Chat, owner: Person) -> None:
        super().__init__(world, chat)
        self.owner = owner
        world.chats[chat.id] = chat
        chat.members.setdefault(owner.id, "creator")

    @property
    def has_bot(self) -> bool:
        return self.world.is_in(self.chat)

    def add_bot(self) -> None:
        """Privacy is that of the moment: turning it off later changes nothing in groups already joined."""
        self.chat.hears_all = not self.world.privacy
        self._set_bot("administrator" if self.chat.kind == "channel" else "member")
        if self.chat.kind != "channel":
            self._service({"new_chat_members": [self.world.bot.shape()]})

    def remove_bot(self) -> None:
        """Telegram tells of it by my_chat_member; a basic group shows it as a message too."""
        bot = self.world.bot
        self._set_bot("kicked")
        if self.chat.kind == "group":
            message = self.world.write(self.chat, self.owner.user, {"left_chat_member": bot.shape()})
            self.world.updates.put("message", message.shape(), self.id, self.world.clock())

    def promote_bot(self) -> None:
        self._set_bot("administrator")

    def mute_bot(self) -> None:
        """Only administrators may write from now on."""
        self.chat.muted = True

    def another_bot_speaks(self) -> None:
        """From now on a plain /command is for that bot."""
        other = User(6_900_000_001, "bot khác", "another_bot", is_bot=True)
        self.world.write(self.chat, other, {"text": "…"})

    def add(self, *people: Person) -> None:
        for person in people:
            self.chat.members[person.id] = "member"
            self.world.announce_membership(self.chat, self.owner.user, person.user, "left", "member")
            self._service({"new_chat_members": [person.user.shape()]})

    def remove(self, person: Person) -> None:
        self.chat.members[person.id] = "kicked"
        self.world.announce_membership(self.chat, self.owner.user, person.user, "member", "kicked")
        self._service({"left_chat_member": person.user.shape()})

    def rename(self, title: str) -> None:
        self.chat.title = title
        self._service({"new_chat_title": title})

    def posts(self, text: str) -> Message:
        """A post of a channel has no sender."""
        message = self.world.write(self.chat, None, _worded("text", "entities", text))
        self.world.announce(message)
        return message

    def open_topic(self, name: str) -> int:
        """The id of the thread: the message that opened it."""
        number = self.chat.next_message_id
        self.chat.topics[number] = Topic(name)
        self._service({"forum_topic_created": {"name": name, "icon_color": 7322096}}, thread=number)
        return number

    def close_topic(self, thread: int) -> None:
        self.chat.topics[thread].closed = True
        self._service({"forum_topic_closed": {}}, thread=thread)

    def reopen_topic(self, thread: int) -> None:
        self.chat.topics[thread].closed = False
        self._service({"forum_topic_reopened": {}}, thread=thread)

    def delete_topic(self, thread: int) -> None:
        """Telegram sends no update about it."""
        self.chat.topics[thread].deleted = True

    def migrate(self, *, quietly: bool = False) -> "Group":
        """Become a supergroup: another id, an empty history. Quietly: the updates are lost."""
        new = Chat(SUPERGROUPS - next(self.world.ids), "supergroup", self.chat.title)
        new.members, new.hears_all = dict(self.chat.members), self.chat.hears_all
        group, was = Group(self.world, new, self.owner), self.has_bot
        farewell = self.world.write(self.chat, self.owner.user, {"migrate_to_chat_id": new.id})
        itself = User(GROUP_ITSELF, "Group", "GroupAnonymousBot", is_bot=True)
        welcome = self.world.write(new, itself, {"migrate_from_chat_id": self.id})
        if was and not quietly:
            self.world.announce_membership(
                new, self.owner.user, self.world.bot, "left", new.members[self.world.bot.id]
            )
            self.world.announce(farewell)
            self.world.announce(welcome)
        self.chat.migrated_to = new.id
        return group

    def _set_bot(self, status: str) -> None:
        bot = self.world.bot
        old, self.chat.members[bot.id] = self.chat.members.get(bot.id, "left"), status
        self.world.announce_membership(self.chat, self.owner.user, bot, old, status)

    def _service(self, content: Shape, thread: int | None = None) -> None:
        self.world.announce(self.world.write(self.chat, self.owner.user, content, thread=thread))


def _worded(words: str, entities: str, text: str) -> Shape:
    found = found_in(text)
    said: Shape = {words: text} if text else {}
    return {**said, entities: found} if found else said


def _thread_of(chat: Chat, reply_to: Message | None) -> int | None:
    """A reply stays in its topic; in a supergroup without topics a chain of replies is a thread as well."""
    if reply_to is None or chat.kind != "supergroup":
        return None
    return reply_to.thread or (None if chat.forum else reply_to.id)
