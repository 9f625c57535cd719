"""The updates that were stored, taken to the conversation one after the other."""

import asyncio
import logging
from datetime import datetime

from bot.channels.strangers import answer_stranger
from bot.channels.zalo import ZALO, words
from bot.channels.zalo.account import Account
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import Me
from bot.channels.zalo.numbers import Chosen, chosen
from bot.channels.zalo.pictures import NotFetched, fetch_picture
from bot.channels.zalo.updates import Sent, Spoke, Unseen, read_update
from bot.world import World
from data.access_links import has_pages
from data.engine import transaction
from data.letters import put_letter
from data.people import Place, chat_at
from data.tables import Agency, Chat, LetterKind, PlatformUpdate
from data.updates import TRIES
from duties.message import Message
from scheduler.reach import chats_at, find_again

log = logging.getLogger(__name__)


class ZaloInbox:
    """Takes one stored update after the other to the conversation."""

    def __init__(self, world: World, account: Account, me: Me, channel: ZaloChannel) -> None:
        self._world, self._account, self._me, self._channel = world, account, me, channel

    @property
    def _now(self) -> datetime:
        return self._world.clock.now()

    def _place(self, address: str) -> Place:
        return Place(ZALO, self._account.bot_id, address)

    async def handle(self, update: PlatformUpdate) -> None:
        """What this update asks for, if it is anything that we know."""
        match read_update(update.body, self._me.names):
            case Spoke() as spoke:
                await self._hear(spoke, is_last_try=update.tries + 1 >= TRIES)
            case Unseen() as unseen:
                await asyncio.to_thread(self._explain, unseen)
            case None:
                log.info("zalo update=%s is none of ours", update.platform_id)

    async def _hear(self, spoke: Spoke, *, is_last_try: bool) -> None:
        place = self._place(spoke.address)
        chat = await asyncio.to_thread(self._chat, place)
        name, picture = "", None
        # a stranger's picture is not even fetched
        if spoke.picture_url and chat is not None:
            try:
                name, picture = await self._fetch(spoke)
            except NotFetched as failure:
                if not failure.for_good and not is_last_try:
                    raise
                await asyncio.to_thread(self._put, place, spoke.message_id, words.not_fetched(str(failure)))
                return
        choice = await asyncio.to_thread(self._chosen, place, spoke.text) if not picture else None
        to_stranger = await self._world.take_in_lane(
            place,
            choice.says if choice else spoke.text,
            sender=spoke.sender,
            sender_id=spoke.sender_id,
            file_name=name,
            file=picture,
            quoted_letter_id=choice.letter_id if choice else None,
            platform_id=spoke.message_id,
        )
        await answer_stranger(self._world, self._channel, place, to_stranger)
        if chat is None:
            await asyncio.to_thread(self._name, place, spoke)

    async def _fetch(self, spoke: Spoke) -> tuple[str, bytes]:
        ending, content = await fetch_picture(
            spoke.picture_url,
            self._account.image_hosts,
            plain_http=self._account.api_url.startswith("http://"),
        )
        return f"anh-{self._now:%Y%m%d-%H%M%S}{ending}", content

    def _chat(self, place: Place) -> Chat | None:
        """Zalo tells nobody's coming back: whoever writes to us again lets us in again."""
        with transaction(self._world.engine) as session:
            for chat in chats_at(session, *place[:3]):
                find_again(session, chat, self._now)
            return chat_at(session, place)

    def _chosen(self, place: Place, said: str) -> Chosen | None:
        with transaction(self._world.engine) as session:
            chat = chat_at(session, place)
            return chosen(session, chat, said, self._now) if chat else None

    def _name(self, place: Place, spoke: Spoke) -> None:
        """A chat that was just linked gets the name of whoever linked it; Zalo tells no group's."""
        with transaction(self._world.engine) as session:
            chat = chat_at(session, place)
            if chat is not None and not chat.title:
                chat.title = f"Nhóm Zalo của {spoke.sender}" if spoke.is_group else spoke.sender

    def _explain(self, unseen: Unseen) -> None:
        """Alone with somebody we say what cannot reach us, and what can; a group is left in peace."""
        place = self._place(unseen.address)
        match unseen.sent:
            case Sent.DOCUMENT if not unseen.is_group:
                self._put(place, unseen.message_id, words.not_carried(has_pages=self._has_pages(place)))
            case Sent.VOICE if not unseen.is_group:
                self._put(place, unseen.message_id, words.no_voice())

    def _has_pages(self, place: Place) -> bool:
        with transaction(self._world.engine) as session:
            chat = chat_at(session, place)
            return chat is not None and has_pages(session.get_one(Agency, chat.agency_id))

    def _put(self, place: Place, message_id: str, message: Message) -> None:
        with transaction(self._world.engine) as session:
            chat = chat_at(session, place)
            if chat is not None:
                put_letter(session, chat, f"{ZALO}:{message_id}", LetterKind.REPLY, self._now, message)
