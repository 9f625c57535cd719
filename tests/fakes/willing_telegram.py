"""A Telegram that says yes to everything, at once and without a network; it remembers the buttons it was given."""

import json
from itertools import count
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.fakes.telegram_samples import PNG


class WillingTelegram(BaseRequest):
    """What python-telegram-bot asks, answered in its own words."""

    def __init__(self, bot: int) -> None:
        self._bot = bot
        self._messages = count(1)
        self.buttons: list[tuple[int, int, str]] = []

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        if "/file/" in url:
            return 200, PNG
        said = dict(request_data.parameters) if request_data else {}
        result = self._answer(url.rpartition("/")[2], said)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _answer(self, method: str, said: dict[str, Any]) -> dict[str, Any] | bool:
        match method:
            case "getMe":
                return {
                    "id": self._bot,
                    "is_bot": True,
                    "first_name": "Nhắc việc",
                    "username": "nhacviec_bot",
                }
            case "getFile":
                return {
                    "file_id": "f",
                    "file_unique_id": "u",
                    "file_path": "minh-chung.png",
                    "file_size": len(PNG),
                }
            case "editMessageText" | "sendMessage" | "sendDocument" | "sendPhoto":
                return self._message(said)
            case _:
                return True

    def _message(self, said: dict[str, Any]) -> dict[str, Any]:
        number, chat = said.get("message_id") or next(self._messages), int(said["chat_id"])
        markup = said.get("reply_markup") or {}
        rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", ())
        self.buttons += [
            (chat, number, each["callback_data"]) for row in rows for each in row if "callback_data" in each
        ]
        kind = "private" if chat > 0 else "supergroup"
        return {"message_id": number, "date": 1, "chat": {"id": chat, "type": kind}, "text": "x"}
