"""The library's bot, with two things of our own: it hides its token, and hands over updates as they came."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from telegram import Bot

from bot.channels.telegram.updates import WANTED
from bot.secrecy import HIDDEN

ANSWERED_WITHIN = timedelta(seconds=10)


class TelegramClient(Bot):
    """Talks to Telegram; its text says nothing of its token."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}[{HIDDEN}]"

    async def fetch_updates(self, offset: int | None, wait: timedelta) -> Sequence[Mapping[str, Any]]:
        """What waits from that number on, unparsed: an update we cannot read must not hide the others."""
        data = {"offset": offset, "timeout": int(wait.total_seconds()), "allowed_updates": WANTED}
        answered_within = (wait + ANSWERED_WITHIN).total_seconds()
        fetched = await self._post("getUpdates", data, read_timeout=answered_within)
        return cast("Sequence[Mapping[str, Any]]", fetched)
