"""The channels that the settings name, and the bots behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from bot.channels.telegram import TELEGRAM
from bot.channels.telegram import account as telegram
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.ways_in import Mode
from bot.channels.web.channel import WEB, WebChannel
from bot.channels.zalo import ZALO
from bot.channels.zalo import account as zalo
from bot.channels.zalo.connection import ZaloConnection
from bot.settings import Settings
from bot.world import World
from data.heartbeats import polling
from scheduler.channel import Channel


@dataclass(frozen=True)
class Connections:
    """What goes out by which channel, and what listens; `routes` are the webhooks of those that are called."""

    channels: Mapping[str, Channel]
    bots: Sequence[TelegramConnection | ZaloConnection] = ()
    routes: Sequence[APIRouter] = ()

    def join(self, world: World) -> None:
        """The world whose letters go out here and whose conversation is led."""
        for bot in self.bots:
            bot.join(world)


def polled(settings: Settings) -> list[str]:
    """The bots that are to be polled, by the names under which their polling beats."""
    telegram_token = settings.telegram_token.get_secret_value()
    on_telegram = [telegram_token] if telegram_token and Mode(settings.telegram_mode) is Mode.POLLING else []
    on_zalo = settings.zalo_bots if Mode(settings.zalo_mode) is Mode.POLLING else []
    bots = [*((TELEGRAM, token) for token in on_telegram), *((ZALO, token) for token in on_zalo)]
    return [polling(channel, token.partition(":")[0]) for channel, token in bots]


def connections_of(settings: Settings, secret: str) -> Connections:
    """The web chat always; Telegram and Zalo where there is a token."""
    channels: dict[str, Channel] = {WEB: WebChannel()}
    bots: list[TelegramConnection | ZaloConnection] = []
    routes: list[APIRouter] = []
    if token := settings.telegram_token.get_secret_value():
        on_telegram = TelegramConnection(telegram_account(settings, token, secret))
        channels[TELEGRAM] = on_telegram.channel
        bots.append(on_telegram)
        routes += [on_telegram.routes()] if Mode(settings.telegram_mode) is Mode.WEBHOOK else []
    if tokens := settings.zalo_bots:
        on_zalo = ZaloConnection([zalo_account(settings, each, secret) for each in tokens])
        channels[ZALO] = on_zalo.channel
        bots.append(on_zalo)
        routes += [on_zalo.routes()] if Mode(settings.zalo_mode) is Mode.WEBHOOK else []
    return Connections(channels, bots, routes)


def telegram_account(settings: Settings, token: str, secret: str) -> telegram.Account:
    return telegram.Account(
        token=token,
        secret=secret,
        mode=Mode(settings.telegram_mode),
        web_url=settings.base_url,
        webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
        api_url=settings.telegram_api_url,
    )


def zalo_account(settings: Settings, token: str, secret: str) -> zalo.Account:
    return zalo.Account(
        token=token,
        secret=secret,
        mode=Mode(settings.zalo_mode),
        web_url=settings.base_url,
        webhook_secret=settings.zalo_webhook_secret.get_secret_value(),
        api_url=settings.zalo_api_url,
        takes_over=settings.zalo_polling_takes_over,
        monthly_cap=settings.zalo_monthly_cap,
        image_hosts=settings.zalo_hosts,
    )
