"""The updates waiting for the bot: long polling, and delivery to its webhook."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.fakes.telegram_refusals import Refused, conflict

Shape = dict[str, Any]

KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
}
# Only asked for by name: https://core.telegram.org/bots/api#getupdates
DEFAULT_KINDS = frozenset(KINDS - {"chat_member"})
LIFE = timedelta(hours=24)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Pending:
    update: Shape
    chat: int
    at: datetime
    again: bool = False

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


@dataclass
class Webhook:
    url: str
    secret: str | None = None
    max_connections: int = 40
    error: tuple[datetime, str] | None = None


@dataclass
class Updates:
    """One queue, as one bot has at Telegram."""

    clock: Callable[[], datetime]
    next_id: int = 870_000_001
    allowed: frozenset[str] = DEFAULT_KINDS
    waiting: list[Pending] = field(default_factory=list)
    given: list[Shape] = field(default_factory=list)
    webhook: Webhook | None = None
    conflicts: int = 0
    retry_after: float = 0.05
    answer_within: float = 60.0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    _poller: asyncio.Future[Refused | None] | None = None

    def put(self, kind: str, shape: Shape, chat: int, at: datetime) -> None:
        if kind not in self.allowed:
            return
        self._queue(Pending({"update_id": self.next_id, kind: shape}, chat, at))
        self.given.append(self.waiting[-1].update)
        self.next_id += 1

    def repeat_last(self) -> Shape:
        """The last update once more with its own id, whatever the bot has confirmed."""
        update = self.given[-1]
        self._queue(Pending(update, 0, self.clock(), again=True))
        return update

    def _queue(self, pending: Pending) -> None:
        self.waiting.append(pending)
        self.news.set()
        self._wake(None)

    def _wake(self, verdict: Refused | None) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(verdict)

    def interrupt(self, by: str) -> None:
        """End a poll that waits; Telegram ends the older one."""
        if self._poller and not self._poller.done():
            self.conflicts += 1
            self._wake(conflict(f"terminated by {by}"))

    def forget_old(self) -> None:
        self.waiting = [pending for pending in self.waiting if self.clock() - pending.at < LIFE]

    def confirm(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset <= self.next_id + 10:  # farther ahead: Telegram starts over, the ids have jumped
            self.waiting = [pending for pending in self.waiting if pending.again or pending.id >= offset]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Shape]:
        if self.webhook:
            why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise conflict(why)
        self.interrupt("other getUpdates request; make sure that only one bot instance is running")
        self._poller = mine = asyncio.get_running_loop().create_future()
        self.forget_old()
        self.confirm(offset)
        try:
            if not self.waiting:
                await asyncio.wait([mine], timeout=seconds)
            if mine.done() and (refused := mine.result()):
                raise refused
        finally:
            mine.cancel()  # a poller that hung up is nobody to conflict with
        return self._batch(limit)

    def _batch(self, limit: int) -> list[Shape]:
        batch = self.waiting[:limit]
        self.waiting[:limit] = [replace(pending, again=False) for pending in batch]
        return [pending.update for pending in batch]

    def stop(self) -> None:
        self._wake(None)


class Postman:
    """Brings updates to the webhook, in order within a chat, again and again until it says 2xx."""

    def __init__(self, updates: Updates, web: httpx.AsyncBaseTransport | None) -> None:
        self.updates = updates
        self.reaches_everything = web is not None
        self.client = httpx.AsyncClient(transport=web, verify=False, timeout=updates.answer_within)
        self._not_before: dict[int, float] = {}

    async def work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self.updates.news.clear()
            ready = [
                pending
                for pending in self.updates.waiting
                if self._not_before.get(pending.chat, 0) <= loop.time()
            ]
            if self.updates.webhook and ready:
                await self._bring(self.updates.webhook, ready[0])
                continue
            pause = self.updates.retry_after if self.updates.waiting else None
            await _first_of(self.updates.news, pause)

    async def _bring(self, webhook: Webhook, pending: Pending) -> None:
        trouble = await self._post(webhook, pending.update)
        if trouble is None:
            self.updates.waiting = [other for other in self.updates.waiting if other is not pending]
            return
        webhook.error = (self.updates.clock(), trouble)
        self._not_before[pending.chat] = asyncio.get_running_loop().time() + self.updates.retry_after

    async def _post(self, webhook: Webhook, update: Shape) -> str | None:
        if not self.reaches_everything and not is_here(webhook.url):
            return "Failed to resolve host: Name or service not known"  # the fake never leaves this machine
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            answer = await self.client.post(webhook.url, json=update, headers=headers)
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.TransportError:
            return "Connection refused"
        if answer.is_success:
            return None
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"


def is_here(url: str) -> bool:
    return httpx.URL(url).host in ("127.0.0.1", "localhost")


async def _first_of(event: asyncio.Event, pause: float | None) -> None:
    try:
        await asyncio.wait_for(event.wait(), pause)
    except TimeoutError:
        return
