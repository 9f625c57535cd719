"""A small Zalo Bot Platform of our own: its HTTP API as far as it is known, with its gaps, for our real client.

It binds to this machine only. What is not known for sure (which error code, which envelope) is a parameter.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import TracebackType
from typing import Any, Self

import httpx
from aiohttp import web

from scheduler.clock import Clock, WallClock
from tests.fakes.zalo_world import Bot, Person, Room, Sent, Shape, opaque

TOKEN = "8800000001:a-token-that-only-the-fake-zalo-knows"
TEXT_MOST = 2_000
PICTURE = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(64)


class Trouble(Enum):
    """Without an answer that can be read."""

    NOT_JSON = "200 with a page in HTML"
    SERVER_ERROR = "502 with a page in HTML"
    RESET = "the connection is cut before the call is taken"
    SILENCE_AFTER = "the call is taken, and no answer comes"


@dataclass(frozen=True)
class Refused(Exception):
    code: int
    description: str


@dataclass
class Order:
    fault: Trouble | Refused
    method: str
    chat: str
    times: int


@dataclass
class Call:
    bot: str
    method: str
    params: Shape
    at: datetime


@dataclass
class Envelope:
    """How webhooks are called: bare or as a result, with which secret (None: the one that was set)."""

    is_wrapped: bool = False
    secret: str | None = None
    answers: list[int] = field(default_factory=list)


class FakeZalo:
    """`async with FakeZalo() as zalo:` and give an account its token and api_url."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        web: httpx.AsyncBaseTransport | None = None,
        polling_refused_by_webhook: int = 400,
        webhook_missing: int | None = 404,
        probe_outcome: str = "webhook.ok",
    ) -> None:
        self.now = (clock or WallClock()).now
        self.bots: dict[str, Bot] = {}
        self.bot = self.add_bot(TOKEN, "Bot Nhắc Việc")
        self.calls: list[Call] = []
        self.rooms: dict[str, Room] = {}
        self.pictures: dict[str, bytes] = {"giay-moi.jpg": PICTURE}
        self.envelope = Envelope()
        self.most_polls_at_once = 0
        self._polls_now = 0
        self._orders: list[Order] = []
        self._web, self._arrived, self._closing = web, asyncio.Event(), asyncio.Event()
        self._posting: set[asyncio.Task[None]] = set()
        self._polling_refused, self._webhook_missing = polling_refused_by_webhook, webhook_missing
        self._probe_outcome = probe_outcome

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/photo/{name}", self._show)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._closing.set()
        self._arrived.set()
        for task in self._posting:
            task.cancel()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    # People and chats.

    def add_bot(self, token: str, name: str) -> Bot:
        self.bots[token] = Bot(token, name, "bot." + opaque()[-8:])
        return self.bots[token]

    def person(self, name: str, bot: Bot | None = None) -> Person:
        """Somebody who talks with that bot."""
        person = Person(name, bot or self.bot, self.now, self._take_in)
        self.rooms[person.id] = person.private
        return person

    def group(self, title: str) -> Room:
        room = Room(opaque("zgr-"), is_group=True, title=title)
        self.rooms[room.id] = room
        return room

    def picture(self, name: str, content: bytes = PICTURE) -> str:
        """The address of a picture that Zalo keeps."""
        self.pictures[name] = content
        return f"{self.address}/photo/{name}"

    # What a test orders.

    def order(
        self, fault: Trouble | Refused, *, method: str = "sendMessage", chat: str = "", times: int = 1
    ) -> None:
        """Let the next calls of that method fail so, to one chat or to all."""
        self._orders.append(Order(fault, method, chat, times))

    def recovers(self) -> None:
        self._orders.clear()

    def forgets(self) -> None:
        """Nobody asked for updates in time: what was said is gone."""
        for bot in self.bots.values():
            bot.queue.clear()
            bot.handed.clear()

    # What a test looks at.

    @property
    def unconfirmed(self) -> list[Shape]:
        """What nobody has fetched yet or may not have kept, or what is on its way to a webhook."""
        waiting = [update for bot in self.bots.values() for update in (*bot.queue, *bot.handed)]
        return waiting or [{} for task in self._posting if not task.done()]

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def until(self, condition: Callable[[], object], within: float = 5.0) -> None:
        """Wait until something is so; TimeoutError if it does not come."""
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 - it may look at a database, which sets no event
                await asyncio.sleep(0.005)

    # Updates on their way to a bot.

    def _take_in(self, bot: Bot, update: Shape) -> None:
        if bot.webhook:
            task = asyncio.create_task(self._post(bot, update))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)
        else:
            bot.queue.append(update)
            self._arrived.set()

    async def _post(self, bot: Bot, update: Shape) -> None:
        """Once; nothing is known of Zalo trying again."""
        body = {"ok": True, "result": update} if self.envelope.is_wrapped else update
        secret = bot.secret if self.envelope.secret is None else self.envelope.secret
        headers = {"X-Bot-Api-Secret-Token": secret} if secret else {}
        async with httpx.AsyncClient(transport=self._web) as http:
            answer = await http.post(bot.webhook, json=body, headers=headers)
        self.envelope.answers.append(answer.status_code)

    # The server.

    async def _show(self, request: web.Request) -> web.StreamResponse:
        content = self.pictures.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        bot = self.bots.get(request.match_info["token"])
        method = request.match_info["method"]
        if bot is None:
            return _no(Refused(401, "Unauthorized"))
        params = await _params(request)
        self.calls.append(Call(bot.id, method, params, self.now()))
        fault = self._due(method, str(params.get("chat_id", "")))
        try:
            if isinstance(fault, Refused):
                raise fault
            if fault in (Trouble.RESET, Trouble.SERVER_ERROR, Trouble.NOT_JSON):
                return self._fail(fault, request)
            result = await self._result(bot, method, params)
        except Refused as refused:
            return _no(refused)
        if fault is Trouble.SILENCE_AFTER:
            await self._closing.wait()
        return web.json_response({"ok": True, **({} if result is None else {"result": result})})

    def _due(self, method: str, chat: str) -> Trouble | Refused | None:
        for order in self._orders:
            if order.times and order.method == method and order.chat in ("", chat):
                order.times -= 1
                return order.fault
        return None

    @staticmethod
    def _fail(fault: Trouble | None, request: web.Request) -> web.StreamResponse:
        if fault is Trouble.RESET and request.transport:
            request.transport.abort()
        status = 200 if fault is Trouble.NOT_JSON else 502
        return web.Response(status=status, text="<html>Zalo</html>", content_type="text/html")

    async def _result(self, bot: Bot, method: str, params: Shape) -> object:
        match method:
            case "getMe":
                return {
                    "id": bot.id,
                    "account_name": bot.account_name,
                    "account_type": "BASIC",
                    "can_join_groups": True,
                    "display_name": bot.display_name,
                }
            case "getUpdates":
                return await self._poll(bot, params)
            case "sendMessage":
                return self._send(bot, params)
            case "sendChatAction":
                return None
            case "setWebhook":
                return self._set_webhook(bot, params)
            case "deleteWebhook":
                bot.webhook = bot.secret = ""
                return {"url": "", "updated_at": self._millis()}
            case "getWebhookInfo":
                if not bot.webhook and self._webhook_missing:
                    raise Refused(self._webhook_missing, "Not Found")
                return {"url": bot.webhook, "updated_at": self._millis()}
        raise Refused(404, "Not Found")

    async def _poll(self, bot: Bot, params: Shape) -> Shape:
        """One update, and it is gone; 408 when none came in time."""
        if bot.webhook:
            raise Refused(self._polling_refused, "Webhook is set")
        bot.handed.clear()
        self._polls_now += 1
        self.most_polls_at_once = max(self.most_polls_at_once, self._polls_now)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(float(params.get("timeout") or 30)):
                    while not bot.queue and not self._closing.is_set():
                        self._arrived.clear()
                        await self._arrived.wait()
        finally:
            self._polls_now -= 1
        if not bot.queue:
            raise Refused(408, "Request timeout")
        bot.handed.append(bot.queue.pop(0))
        return bot.handed[0]

    def _send(self, bot: Bot, params: Shape) -> Shape:
        text, chat = str(params.get("text") or ""), self.rooms.get(str(params.get("chat_id", "")))
        if not text or len(text.encode("utf-16-le")) // 2 > TEXT_MOST:
            raise Refused(400, "text must be 1-2000 characters")
        if chat is None:
            raise Refused(400, "chat not found")
        if bot.sent >= bot.monthly_cap:
            raise Refused(429, "Quota exceeded")
        bot.sent += 1
        sent = Sent(opaque(), text, self.now())
        chat.sent.append(sent)
        return {"message_id": sent.message_id, "date": self._millis()}

    def _set_webhook(self, bot: Bot, params: Shape) -> Shape:
        url, secret = str(params.get("url") or ""), str(params.get("secret_token") or "")
        if not url.startswith("https://") or not 8 <= len(secret) <= 256:
            raise Refused(400, "url must be https, secret_token 8-256 characters")
        bot.webhook, bot.secret = url, secret
        tried = {"ok": self._probe_outcome == "webhook.ok", "outcome": self._probe_outcome}
        return {"url": url, "updated_at": self._millis(), "verification": tried}

    def _millis(self) -> int:
        return int(self.now().timestamp() * 1000)


async def _params(request: web.Request) -> Shape:
    """By query, form or JSON: all are taken."""
    said: Shape = dict(request.query)
    if request.content_type == "application/json" and await request.read():
        body = await request.json()
        return {**said, **body} if isinstance(body, Mapping) else said
    if request.method == "POST":
        said |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return said


def _no(refused: Refused) -> web.Response:
    """The failure is told twice: by the status and in the body."""
    body: dict[str, Any] = {"ok": False, "description": refused.description, "error_code": refused.code}
    return web.json_response(body, status=refused.code)
