"""One Zalo bot connected: what comes in is stored, handled and answered until we stop."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from sqlmodel import select

from bot.channels.reception import Reception
from bot.channels.ways_in import Mode
from bot.channels.zalo import ZALO
from bot.channels.zalo.account import Account
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import Me, ZaloClient, ZaloError
from bot.channels.zalo.inbox import ZaloInbox
from bot.channels.zalo.polling import Poller, pause_after
from bot.channels.zalo.returning import note_asked
from bot.channels.zalo.updates import unwrapped, update_id
from bot.channels.zalo.webhook import webhook_routes
from bot.secrecy import hide_secrets
from bot.world import World
from data.engine import transaction
from data.people import ZALO_NAMES
from data.tables import Agency

log = logging.getLogger(__name__)

PAUSE_FOR_OPERATOR = timedelta(minutes=1)


class WebhookInTheWay(Exception):
    """A webhook is set that we did not set: polling would steal what somebody else waits for."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"a webhook is set ({url}): delete it, or set NHACVIEC_ZALO_MODE=webhook, "
            "or NHACVIEC_ZALO_POLLING_TAKES_OVER=true"
        )


class ZaloConnection:
    """Several bots, one channel: `channel` goes to the outbox, `routes` to the web server."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        hide_secrets()
        clients = {account.bot_id: ZaloClient(account) for account in accounts}
        self.channel = ZaloChannel(
            clients, min((each.monthly_cap for each in accounts if each.monthly_cap), default=0)
        )
        self.bots = [
            ZaloBot(account, clients[account.bot_id], self.channel)
            for account in {each.bot_id: each for each in accounts}.values()
        ]

    def routes(self) -> APIRouter:
        """The webhooks, which store even while another process is the one that handles."""
        router = APIRouter()
        for bot in self.bots:
            router.include_router(bot.routes())
        return router

    def join(self, world: World) -> None:
        for bot in self.bots:
            bot.reception.join(world)

    async def start(self) -> None:
        for bot in self.bots:
            bot.reception.open()

    async def stop(self) -> None:
        for bot in self.bots:
            await bot.stop()


class ZaloBot:
    """One of the office's bots."""

    def __init__(self, account: Account, client: ZaloClient, channel: ZaloChannel) -> None:
        self.account, self._client, self._channel = account, client, channel
        self.reception = Reception(ZALO, account.bot_id, self._serve)

    def routes(self) -> APIRouter:
        return webhook_routes(self.account.webhook_path, self.account.header, self.store)

    async def stop(self) -> None:
        await self.reception.close()
        await self._client.close()

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep what came, each message once, however it was wrapped."""
        events = [unwrapped(each) for each in updates]
        await self.reception.store([(update_id(event), event) for event in events])

    async def _serve(self) -> None:
        me = await self._introduce()
        inbox = ZaloInbox(self.reception.world, self.account, me, self._channel)
        if self.account.mode is Mode.WEBHOOK:
            await self.reception.receive(inbox.handle)
        else:
            poller = Poller(self._client, self.store, self._asked)
            await self.reception.receive(inbox.handle, poller.run)

    async def _introduce(self) -> Me:
        """Who we are and how updates come; again and again until Zalo has taken it."""
        failures = 0
        while True:
            try:
                return await self._say_who_we_are()
            except WebhookInTheWay as trouble:
                log.error("zalo bot=%s: %s", self.account.bot_id, trouble)
                await asyncio.sleep(PAUSE_FOR_OPERATOR.total_seconds())
            except ZaloError as error:
                failures += 1
                log.warning("Zalo not reached yet: %s", error)
                await asyncio.sleep(pause_after(error, failures).total_seconds())

    async def _say_who_we_are(self) -> Me:
        me = await self._client.me()
        if self.account.mode is Mode.WEBHOOK:
            url = self.account.web_url.rstrip("/") + self.account.webhook_path
            trouble = await self._client.set_webhook(url, self.account.header)
            if trouble:
                log.error("Zalo cannot reach %s: %s", url, trouble)
        elif found := await self._client.webhook():
            if not self.account.takes_over:
                raise WebhookInTheWay(found)
            await self._client.delete_webhook()
        await asyncio.to_thread(self._open_door, me)
        log.info("zalo bot=%s by %s, groups: %s", self.account.bot_id, self.account.mode, me.can_join_groups)
        return me

    def _open_door(self, me: Me) -> None:
        """Invitations say under which name the bot is found."""
        if not me.names:
            log.warning("zalo bot=%s has no name: mentions of it stay in what is said", self.account.bot_id)
            return
        with transaction(self.reception.world.engine) as session:
            for agency in session.exec(select(Agency).with_for_update()):
                known = dict(agency.settings.get(ZALO_NAMES, {}))
                agency.settings = {
                    **agency.settings,
                    ZALO_NAMES: {**known, self.account.bot_id: me.names[0]},
                }

    async def _asked(self) -> None:
        def note() -> int:
            with transaction(self.reception.world.engine) as session:
                return note_asked(session, self.account.bot_id, self.reception.world.clock.now())

        await asyncio.to_thread(note)
