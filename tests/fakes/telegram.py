"""A small Telegram of our own: a stateful Bot API over HTTP, for the real python-telegram-bot to talk to."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

import httpx
from aiohttp import web
from telegram import Bot
from telegram.request import HTTPXRequest

from scheduler.clock import Clock, WallClock
from tests.fakes import telegram_account, telegram_messages
from tests.fakes.telegram_faults import (
    BAD_GATEWAY_PAGE,
    WRITES,
    Fault,
    Faults,
    Meter,
    Order,
    Trouble,
    Violation,
)
from tests.fakes.telegram_params import Params, read_params
from tests.fakes.telegram_people import SUPERGROUPS, Group, Person, Room
from tests.fakes.telegram_refusals import Refused
from tests.fakes.telegram_updates import Postman, Updates
from tests.fakes.telegram_world import Chat, User, World

Shape = dict[str, Any]

METHODS = telegram_account.METHODS | telegram_messages.METHODS
POLL_AT_MOST = 50


@dataclass
class Call:
    """One call of the bot, and what it was told."""

    method: str
    params: Shape
    at: datetime
    answer: Shape | None = None

    @property
    def chat(self) -> int | None:
        chat = self.params.get("chat_id")
        return chat if isinstance(chat, int) else None


class FakeTelegram:
    """`async with FakeTelegram() as telegram:` and give a bot its token, base_url and base_file_url."""

    def __init__(
        self,
        *,
        privacy: bool = True,
        clock: Clock | None = None,
        enforce_limits: bool = False,
        web: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.token = "7100000001:a-token-that-only-the-fake-telegram-knows"
        bot = User(7_100_000_001, "Nhắc việc", "nhacviec_thu_bot", is_bot=True)
        now = (clock or WallClock()).now
        self.world = World(bot, now, Updates(now), privacy=privacy)
        self.world.users[bot.id] = bot
        self.calls: list[Call] = []
        self.people: dict[str, Person] = {}
        self._faults, self._meter = Faults(), Meter(enforced=enforce_limits)
        self._web, self._bugs, self._closing = web, list[Exception](), asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=self.world.upload_limit + 1_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._postman = Postman(self.world.updates, self._web)
        self._delivery = asyncio.create_task(self._postman.work())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._delivery.cancel()
        with suppress(asyncio.CancelledError):
            await self._delivery
        self._closing.set()
        self.world.updates.stop()
        await self._postman.client.aclose()
        await self._runner.cleanup()
        if self._bugs and error is None:
            raise ExceptionGroup("the fake Telegram itself failed", self._bugs)

    # Where a bot finds it.

    @property
    def address(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    def bot(self) -> Bot:
        """The real bot talking to this Telegram; loading TLS certificates would take most of a test."""
        calls, polls = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
        return Bot(self.token, self.base_url, self.base_file_url, request=calls, get_updates_request=polls)

    # People and chats.

    def person(self, handle: str) -> Person:
        """Somebody by a made-up handle, the same each time."""
        if handle not in self.people:
            user = User(5_200_000_000 + next(self.world.ids), handle)
            self.people[handle] = Person(self.world, user)
        return self.people[handle]

    def group(self, title: str, *members: Person) -> Group:
        return self._group(Chat(-4_100_000_000 - next(self.world.ids), "group", title), members)

    def supergroup(self, title: str, *members: Person, forum: bool = False) -> Group:
        number = SUPERGROUPS - next(self.world.ids)
        return self._group(Chat(number, "supergroup", title, forum=forum), members)

    def channel(self, title: str) -> Group:
        return self._group(Chat(SUPERGROUPS - next(self.world.ids), "channel", title), ())

    def _group(self, chat: Chat, members: tuple[Person, ...]) -> Group:
        chat.members = {member.id: "member" for member in members}
        return Group(self.world, chat, self.person(f"chủ nhóm {chat.title}"))

    # What a test orders.

    def order(
        self, fault: Fault, *, method: str | None = None, chat: Room | None = None, times: int = 1
    ) -> None:
        """Let the next calls fail so: of one method or of any but getUpdates, to one chat or to all."""
        self._faults.orders.append(Order(fault, method.lower() if method else None, _id(chat), times))

    def recovers(self) -> None:
        """Nothing ordered before fails any more."""
        self._faults.orders.clear()

    def flood(self, seconds: float, *, chat: Room | None = None) -> None:
        """429 to everything written to that chat, or to all, until so long has passed on the clock."""
        self._meter.close(_id(chat), self.world.clock() + timedelta(seconds=seconds))

    def repeats_last_update(self) -> Shape:
        """The same update_id once more, even if it was confirmed."""
        return self.world.updates.repeat_last()

    def lets_a_quiet_week_pass(self, next_update_id: int) -> None:
        """After a week without updates the next id is any number."""
        self.world.updates.next_id = next_update_id

    # What a test looks at.

    @property
    def violations(self) -> list[Violation]:
        """Each message that broke a limit, or came while the bot was told to wait."""
        return self._meter.violations

    @property
    def updates(self) -> list[Shape]:
        """Every update there was for the bot."""
        return self.world.updates.given

    @property
    def conflicts(self) -> int:
        """How often two polled at once."""
        return self.world.updates.conflicts

    @property
    def unconfirmed(self) -> list[Shape]:
        return [pending.update for pending in self.world.updates.waiting]

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def answer_to(self, query: str) -> Shape | None:
        """What the bot answered to a press; None while the button still turns."""
        return self.world.queries[query].answer

    async def until(self, condition: Callable[[], object], within: float = 5.0) -> None:
        """Wait until something is so; TimeoutError if it does not come."""
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 - it may look at a database, which sets no event
                await asyncio.sleep(0.005)

    # The server.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._heard(request)
        except Refused as refused:
            return _no(refused)
        except Exception as bug:  # kept for the end of the test, which must not pass over it
            self._bugs.append(bug)
            raise

    async def _heard(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            raise Refused(401, "Unauthorized")
        params = await _read(request)
        call = Call(request.match_info["method"], params.said(), self.world.clock())
        self.calls.append(call)
        fault = self._faults.due(call.method.lower(), call.chat)
        if fault and not (isinstance(fault, Trouble) and fault.is_after):
            return await self._fail(call, fault, request)
        response = await self._answer(call, params)
        return await self._fail(call, fault, request) if fault else response

    async def _answer(self, call: Call, params: Params) -> web.StreamResponse:
        try:
            call.answer = {"ok": True, "result": await self._result(call, params)}
        except Refused as refused:
            call.answer = _said(refused)
            raise
        return web.json_response(call.answer)

    async def _result(self, call: Call, params: Params) -> object:
        method = call.method.lower()
        if method == "getupdates":
            return await self._poll(params)
        if method not in METHODS:
            raise Refused(404, "Not Found")
        if method in WRITES and call.chat and (wait := self._meter.take(call.chat, self.world.clock())):
            raise wait
        return METHODS[method](self.world, params)

    async def _poll(self, params: Params) -> list[Shape]:
        telegram_account.allow_updates(self.world, params)
        limit = params.number("limit") or 100
        timeout = min(params.number("timeout") or 0, POLL_AT_MOST)
        return await self.world.updates.poll(params.number("offset") or 0, min(max(limit, 1), 100), timeout)

    async def _fail(self, call: Call, fault: Fault, request: web.Request) -> web.StreamResponse:
        if isinstance(fault, Refused):
            if fault.parameters.get("retry_after"):
                self._told_to_wait(call, fault)
            call.answer = _said(fault)
            return _no(fault)
        if fault is Trouble.BAD_GATEWAY:
            return web.Response(status=502, text=BAD_GATEWAY_PAGE, content_type="text/html")
        if fault in (Trouble.SILENCE, Trouble.SILENCE_AFTER):
            await self._closing.wait()
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _told_to_wait(self, call: Call, refused: Refused) -> None:
        until = self.world.clock() + timedelta(seconds=refused.parameters["retry_after"])
        self._meter.warn(call.chat, until)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        stored, until = self.world.links.get(request.match_info["path"], (None, self.world.clock()))
        if request.match_info["token"] != self.token or stored is None or until < self.world.clock():
            return _no(Refused(404, "Not Found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _id(chat: Room | None) -> int | None:
    return chat.id if chat else None


async def _read(request: web.Request) -> Params:
    try:
        return await read_params(request)
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None


def _said(refused: Refused) -> Shape:
    said: Shape = {"ok": False, "error_code": refused.code, "description": refused.description}
    return {**said, "parameters": refused.parameters} if refused.parameters else said


def _no(refused: Refused) -> web.Response:
    return web.json_response(_said(refused), status=refused.code)


__all__ = ["Call", "FakeTelegram", "Group", "Person", "Room", "Trouble"]
