"""The updates that were stored, handled one after the other, each once in effect."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session
from telegram import Bot
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, TelegramError

from bot.channels.strangers import answer_stranger, tell_place
from bot.channels.telegram import TELEGRAM, words
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import TelegramChannel, spoken_id
from bot.channels.telegram.letters import Found, find_letter, is_repeated, press_id, words_of
from bot.channels.telegram.menus import show_menu
from bot.channels.telegram.updates import (
    Admitted,
    Attachment,
    Event,
    Joined,
    Me,
    Moved,
    Presence,
    Pressed,
    Renamed,
    Spoke,
    Whereabouts,
    read_update,
)
from bot.world import World
from data import trail
from data.engine import transaction
from data.inbox import EDITED, is_album_known, newest_wording
from data.letters import put_letter
from data.people import Place, chat_at
from data.tables import Chat, ChatRole, LetterKind, PlatformUpdate
from data.updates import TRIES
from duties.message import Message
from scheduler.limits import Limit, take_turn
from scheduler.reach import chats_at, find_again, follow, lose

log = logging.getLogger(__name__)

TOAST_MOST = 200
WELCOME_EVERY = timedelta(days=1)


def _spoken_as(place: Place, spoke: Spoke) -> str:
    said_as = spoken_id(place.address, spoke.message_id)
    return f"{said_as}{EDITED}{spoke.edited}" if spoke.edited else said_as


class TooBig(Exception):
    """Telegram hands a bot no file of more than 20 MB."""


@dataclass(frozen=True)
class Understood:
    """What a press says, where, and under which letter."""

    place: Place
    says: str
    letter_id: int | None


class TelegramInbox:
    """Takes one stored update after the other to the conversation."""

    def __init__(self, world: World, bot: Bot, me: Me, channel: TelegramChannel, buttons: Buttons) -> None:
        self._world, self._bot, self._me = world, bot, me
        self._bot_id = str(me.number)
        self._channel, self._buttons = channel, buttons

    async def handle(self, update: PlatformUpdate) -> None:
        """What this update asks for, if it is anything that we know."""
        event = read_update(update.body, self._me)
        if event is not None:
            await self._take(event, update)

    @property
    def _now(self) -> datetime:
        return self._world.clock.now()

    def _place(self, where: Whereabouts) -> Place:
        return Place(TELEGRAM, self._bot_id, where.address, where.topic)

    async def _take(self, event: Event, update: PlatformUpdate) -> None:
        match event:
            case Spoke():
                await self._hear(event, is_last_try=update.tries + 1 >= TRIES)
            case Pressed():
                await self._take_press(event, update.platform_id)
            case Admitted():
                await asyncio.to_thread(self._admit, event)
            case Joined():
                if await asyncio.to_thread(self._may_welcome, event.where):
                    welcome = words.welcome(self._me.username)
                    await tell_place(self._world, self._channel, self._place(event.where), welcome)
            case Renamed():
                await asyncio.to_thread(self._rename, event.where)
            case Moved():
                await asyncio.to_thread(self._follow, event)

    # What people write and send.

    async def _hear(self, spoke: Spoke, *, is_last_try: bool) -> None:
        place, began = self._place(spoke.where), self._now
        if not spoke.is_for_us and not await asyncio.to_thread(self._knows_album, place, spoke.album):
            return
        is_known, quoted, edits_id = await asyncio.to_thread(self._look_up, place, spoke)
        name, file = "", None
        # a stranger's file is not even fetched
        if spoke.attachment is not None and is_known:
            name = spoke.attachment.name
            file = await self._fetch_or_say_why(place, spoke, spoke.attachment, is_last_try=is_last_try)
            name = name if file is not None else ""
        if spoke.attachment is None or name or spoke.text or not is_known:
            to_stranger = await self._world.take_in_lane(
                place,
                spoke.text,
                sender=spoke.sender,
                file_name=name,
                file=file,
                album=spoke.album,
                quoted_letter_id=quoted.letter_id if quoted else None,
                sender_id=spoke.sender_id,
                edits_id=edits_id,
                platform_id=_spoken_as(place, spoke),
            )
            await answer_stranger(self._world, self._channel, place, to_stranger)
        await self._keep_up(place, spoke.where, began)

    def _knows_album(self, place: Place, album: str) -> bool:
        """Whether a picture of it was said to be for us."""
        with transaction(self._world.engine) as session:
            return is_album_known(session, place, album)

    def _look_up(self, place: Place, spoke: Spoke) -> tuple[bool, Found | None, int | None]:
        """Whether we know the place, which letter of ours is quoted, and which message was changed."""
        with transaction(self._world.engine) as session:
            is_known = chat_at(session, place) is not None
            said_as = spoken_id(place.address, spoke.message_id)
            edits_id = newest_wording(session, place, said_as) if spoke.edited else None
            if spoke.quoted is None:
                return is_known, None, edits_id
            return is_known, find_letter(session, self._bot_id, place.address, spoke.quoted), edits_id

    async def _fetch_or_say_why(
        self, place: Place, spoke: Spoke, attachment: Attachment, *, is_last_try: bool
    ) -> bytes | None:
        """The file; None when it cannot be had, and that was said."""
        try:
            return await self._fetch(attachment)
        except TooBig:
            why = words.too_big(attachment.name)
        except TelegramError:
            if not is_last_try:
                raise
            why = words.not_fetched(attachment.name)
        await asyncio.to_thread(
            self._put, place, f"telegram:{spoken_id(place.address, spoke.message_id)}", why
        )
        return None

    async def _fetch(self, attachment: Attachment) -> bytes:
        if attachment.size > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise TooBig
        try:
            found = await self._bot.get_file(attachment.file_id)
        except BadRequest as error:
            if "too big" in error.message:
                raise TooBig from None
            raise
        return bytes(await found.download_as_bytearray())

    def _put(self, place: Place, key: str, message: Message) -> None:
        with transaction(self._world.engine) as session:
            chat = chat_at(session, place)
            if chat is not None:
                put_letter(session, chat, key, LetterKind.REPLY, self._now, message)

    async def _keep_up(self, place: Place, where: Whereabouts, began: datetime) -> None:
        """A chat that was just linked gets its name and its menu."""
        role = await asyncio.to_thread(self._newly_linked, place, where, began)
        if role is not None:
            await show_menu(self._bot, place.address, role)

    def _newly_linked(self, place: Place, where: Whereabouts, began: datetime) -> ChatRole | None:
        with transaction(self._world.engine) as session:
            chat = chat_at(session, place)
            if chat is None or chat.linked_at < began:
                return None
            chat.title = where.title or chat.title
            return chat.role

    # What people press.

    async def _take_press(self, press: Pressed, update_id: str) -> None:
        understood = await asyncio.to_thread(self._understand, press)
        if isinstance(understood, str):
            await self._answer(press, understood, alert=True)
            return
        await self._world.take_in_lane(
            understood.place,
            understood.says,
            sender=press.sender,
            sender_id=press.sender_id,
            quoted_letter_id=understood.letter_id,
            platform_id=press_id(press, update_id),
        )
        await self._answer(press, words.TAKEN)

    def _understand(self, press: Pressed) -> Understood | str:
        """What the button says and where; or why it is not taken."""
        with transaction(self._world.engine) as session:
            found = find_letter(session, self._bot_id, press.where.address, press.message_id)
            place = found.place if found else self._place(press.where)
            chat = chat_at(session, place)
            says = words_of(session, self._bot_id, self._buttons, press)
            if says is None:
                log.warning("forged button chat=%s", press.where.address)
                trail.note(session, self._now, "forged_button", chat, sender=press.sender, refused=True)
                return words.NOT_OUR_BUTTON
            if chat is None:
                return words.NOT_LINKED
            if is_repeated(session, self._bot_id, press, says, self._now):
                return words.TAKEN_BEFORE
            return Understood(place, says, found.letter_id if found else None)

    async def _answer(self, press: Pressed, text: str, *, alert: bool = False) -> None:
        """Stop the button from turning; too late to do so is no harm."""
        shown = text if len(text) <= TOAST_MOST else text[: TOAST_MOST - 1] + "…"
        try:
            await self._bot.answer_callback_query(press.query_id, shown, show_alert=alert)
        except TelegramError as error:
            log.info("press not answered: %s", type(error).__name__)

    # What happens to chats.

    def _admit(self, event: Admitted) -> None:
        with transaction(self._world.engine) as session:
            for chat in chats_at(session, TELEGRAM, self._bot_id, event.where.address):
                self._admit_to(session, chat, event)

    def _may_welcome(self, where: Whereabouts) -> bool:
        """A group that nobody linked yet hears once a day how to do it."""
        once = Limit(f"{TELEGRAM}:{self._bot_id}:{where.address}:welcome", WELCOME_EVERY)
        with transaction(self._world.engine) as session:
            chats = chats_at(session, TELEGRAM, self._bot_id, where.address)
            is_linked = any(chat.left_at is None or chat.lost for chat in chats)
            return not is_linked and take_turn(session, [once], self._now) is None

    def _admit_to(self, session: Session, chat: Chat, event: Admitted) -> None:
        match event.presence:
            case Presence.GONE:
                lose(session, chat, words.BLOCKED if event.where.is_private else words.REMOVED, self._now)
            case Presence.MUTED:
                lose(session, chat, words.MUTED, self._now)
            case _:
                find_again(session, chat, self._now)
                if event.presence is Presence.ADMIN:
                    trail.note(session, self._now, "made_admin", chat)

    def _rename(self, where: Whereabouts) -> None:
        with transaction(self._world.engine) as session:
            for chat in chats_at(session, TELEGRAM, self._bot_id, where.address):
                _, dot, topic = chat.title.partition(" · ")
                chat.title = where.title + (dot + topic if chat.topic else "")

    def _follow(self, moved: Moved) -> None:
        with transaction(self._world.engine) as session:
            for chat in chats_at(session, TELEGRAM, self._bot_id, moved.old):
                follow(session, chat, Place(TELEGRAM, self._bot_id, moved.new, chat.topic), self._now)
