"""A platform on loopback that keeps its limits to the millisecond: 30 messages a second for a bot, 20 a minute a group."""

import asyncio
import multiprocessing
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

import httpx
from aiohttp import web

A_SECOND, A_MINUTE = 1.0, 60.0
MOST_A_SECOND, MOST_A_MINUTE = 30, 20


@dataclass
class Counted:
    """What came, and what was refused."""

    arrived: list[float] = field(default_factory=list)
    refused: int = 0
    in_order: bool = True
    _newest: dict[str, int] = field(default_factory=dict)
    _groups: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take(self, chat: str, number: int, now: float) -> float:
        """Zero, or for how many seconds the sender is to be silent."""
        wait = max(
            self._wait(self.arrived[-MOST_A_SECOND:], MOST_A_SECOND, A_SECOND, now), self._group(chat, now)
        )
        if wait > 0:
            self.refused += 1
            return wait
        self.arrived.append(now)
        self._groups[chat].append(now)
        self.in_order &= self._newest.get(chat, -1) < number
        self._newest[chat] = number
        return 0.0

    def _group(self, chat: str, now: float) -> float:
        if not chat.startswith("-"):
            return 0.0
        return self._wait(list(self._groups[chat])[-MOST_A_MINUTE:], MOST_A_MINUTE, A_MINUTE, now)

    def _wait(self, newest: list[float], most: int, within: float, now: float) -> float:
        return max(newest[0] + within - now, 0.0) if len(newest) == most else 0.0

    @property
    def summary(self) -> dict[str, Any]:
        lasted = self.arrived[-1] - self.arrived[0] if len(self.arrived) > 1 else 0.0
        return {
            "arrived": len(self.arrived),
            "refused": self.refused,
            "in_order": self.in_order,
            "lasted": lasted,
        }


def _serve(answers_after: float, told: Connection) -> None:
    counted = Counted()

    async def send(request: web.Request) -> web.Response:
        said = await (request.json() if request.content_type == "application/json" else request.post())
        number = int("".join(letter for letter in str(said["text"]) if letter.isdigit()) or 0)
        wait = counted.take(str(said["chat_id"]), number, monotonic())
        if wait > 0:
            refusal = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry later"}
            return web.json_response({**refusal, "parameters": {"retry_after": int(wait) + 1}}, status=429)
        await asyncio.sleep(answers_after)
        chat = {"id": int(str(said["chat_id"])), "type": "private"}
        sent = {"message_id": len(counted.arrived), "date": 0, "chat": chat, "text": said["text"]}
        return web.json_response({"ok": True, "result": sent})

    async def say_who(_request: web.Request) -> web.Response:
        me = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
        return web.json_response({"ok": True, "result": me})

    async def tell(_request: web.Request) -> web.Response:
        return web.json_response(counted.summary)

    async def serve() -> None:
        app = web.Application()
        app.add_routes(
            [
                web.post("/bot{token}/sendMessage", send),
                web.post("/bot{token}/getMe", say_who),
                web.get("/counted", tell),
            ]
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        told.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


@dataclass(frozen=True)
class Platform:
    """Where it is reached."""

    url: str

    async def counted(self) -> dict[str, Any]:
        async with httpx.AsyncClient() as client:
            answer: dict[str, Any] = (await client.get(f"{self.url}/counted")).json()
            return answer


@asynccontextmanager
async def platform(answers_after: float = 0.05) -> AsyncIterator[Platform]:
    """A platform in a process of its own: whoever sends is not held up by it, nor it by the sender."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(answers_after, theirs), daemon=True
    )
    process.start()
    try:
        port = await asyncio.to_thread(ours.recv)
        yield Platform(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.join()
