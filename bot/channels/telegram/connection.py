"""One bot connected: what comes in is stored, handled and answered until we stop."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from sqlmodel import col, select
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.reception import Reception
from bot.channels.telegram import TELEGRAM
from bot.channels.telegram.account import Account
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.inbox import TelegramInbox
from bot.channels.telegram.menus import show_menu, show_menus
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.updates import WANTED, Me
from bot.channels.telegram.webhook import webhook_path, webhook_routes
from bot.channels.ways_in import Mode
from bot.secrecy import hide_secrets
from bot.world import World
from data.engine import transaction
from data.heartbeats import beat, polling
from data.tables import Agency, Chat, ChatRole
from scheduler.pace import MOST_ON_THE_WAY

log = logging.getLogger(__name__)

PAUSE_AT_START = timedelta(seconds=5)
PAUSE_FOR_TOKEN = timedelta(minutes=1)
CONNECTIONS = MOST_ON_THE_WAY + 16  # what is said besides letters: edits, menus, answers to buttons
SEND_FILE_WITHIN = 120.0


class TelegramConnection:
    """`channel` goes to the outbox, `routes` to the web server, `start` and `stop` to the program."""

    def __init__(self, account: Account) -> None:
        hide_secrets()
        self.account = account
        self._calls, self._polls = request_of(account, CONNECTIONS), request_of(account, 2)
        api = account.api_url.rstrip("/")
        self._bot = TelegramClient(
            account.token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )
        self._buttons = Buttons(account.secret, account.bot_id)
        self.channel = TelegramChannel(self._bot, account.bot_id, self._buttons)
        self._reception = Reception(TELEGRAM, account.bot_id, self._serve)

    def routes(self) -> APIRouter:
        """The webhook, which stores even while another process is the one that handles."""
        return webhook_routes(self.account.bot_id, self.account.header, self.store)

    def join(self, world: World) -> None:
        """The world whose letters go out here and whose conversation is led."""
        self._reception.join(world)

    async def start(self) -> None:
        self._reception.open()

    async def stop(self) -> None:
        """What is stored and not handled is handled after the next start."""
        await self._reception.close()
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep what came, then let it be handled."""
        await self._reception.store([(str(each["update_id"]), each) for each in updates])

    async def _serve(self) -> None:
        me = await self._introduce()
        inbox = TelegramInbox(self._reception.world, self._bot, me, self.channel, self._buttons)
        if self.account.mode is Mode.WEBHOOK:
            await self._reception.receive(inbox.handle)
        else:
            # it answered who we are; the first poll is answered half a minute later when nobody writes
            await self._asked()
            poller = Poller(self._bot, self._polls, self.store, self.account.poll_wait, self._asked)
            await self._reception.receive(inbox.handle, poller.run)

    async def _asked(self) -> None:
        def note() -> None:
            with transaction(self._reception.world.engine) as session:
                name = polling(TELEGRAM, self.account.bot_id)
                beat(session, name, self._reception.world.clock.now())

        await asyncio.to_thread(note)

    async def _introduce(self) -> Me:
        """Who we are, how updates come, which commands there are; again and again until Telegram has taken it."""
        while True:
            try:
                return await self._say_who_we_are()
            except InvalidToken:
                log.error("Telegram refuses the bot's token: see NHACVIEC_TELEGRAM_TOKEN")
                await asyncio.sleep(PAUSE_FOR_TOKEN.total_seconds())
            except TelegramError as error:
                log.warning("Telegram not reached yet: %s", type(error.__cause__ or error).__name__)
                await asyncio.sleep(PAUSE_AT_START.total_seconds())

    async def _say_who_we_are(self) -> Me:
        await self._calls.initialize()
        await self._polls.initialize()
        user = await self._bot.get_me()
        if self.account.mode is Mode.WEBHOOK:
            url = self.account.web_url.rstrip("/") + webhook_path(self.account.bot_id)
            await self._bot.set_webhook(url, secret_token=self.account.header, allowed_updates=WANTED)
        else:
            await self._bot.delete_webhook()
        await show_menus(self._bot)
        for address, role in await asyncio.to_thread(self._roles):
            await show_menu(self._bot, address, role)
        await asyncio.to_thread(self._open_door, f"{user.link}?start=")
        log.info("telegram bot=%s by %s", self.account.bot_id, self.account.mode.value)
        return Me(user.id, user.username or "")

    def _roles(self) -> list[tuple[str, ChatRole]]:
        with transaction(self._reception.world.engine) as session:
            linked = select(Chat).where(
                Chat.channel == TELEGRAM,
                Chat.bot == self.account.bot_id,
                col(Chat.left_at).is_(None),
                Chat.role != ChatRole.UNIT,
            )
            return [(chat.address, chat.role) for chat in session.exec(linked)]

    def _open_door(self, link: str) -> None:
        """Invitations name the link that opens the bot with their code."""
        with transaction(self._reception.world.engine) as session:
            for agency in session.exec(select(Agency)):
                agency.settings = {**agency.settings, "telegram_link": link}


def request_of(account: Account, connections: int) -> HTTPXRequest:
    """What carries the calls to the account's server."""
    # a server next door is not reached by TLS, and reading certificates takes most of a second
    plain = {"verify": False} if account.api_url.startswith("http://") else None
    return HTTPXRequest(
        connections,
        read_timeout=account.read_within,
        media_write_timeout=SEND_FILE_WITHIN,
        httpx_kwargs=plain,
    )
