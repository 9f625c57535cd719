"""An outside judge of the fake Telegram: the types of aiogram must know everything it says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiogram import methods
from aiogram.types import TelegramObject, Update
from pydantic import BaseModel, TypeAdapter

from scheduler.clock import Clock
from tests.fakes.telegram import Call, FakeTelegram

KNOWN: dict[str, type[methods.TelegramMethod[Any]]] = {
    kind.__api_method__.lower(): kind
    for kind in vars(methods).values()
    if isinstance(kind, type)
    and issubclass(kind, methods.TelegramMethod)
    and kind is not methods.TelegramMethod
}


@asynccontextmanager
async def judged(clock: Clock | None = None) -> AsyncIterator[FakeTelegram]:
    """A fake Telegram whose every word is judged at the end."""
    async with FakeTelegram(clock=clock) as telegram:
        yield telegram
        judge(telegram)


def judge(telegram: FakeTelegram) -> None:
    """Every update and every answer so far is one that aiogram takes, without a field it never heard of."""
    for update in telegram.updates:
        assert not unknown_fields(Update.model_validate(update)), update
    for call in telegram.calls:
        _judge_answer(call)


def _judge_answer(call: Call) -> None:
    kind = KNOWN.get(call.method.lower())
    if kind is None or call.answer is None:
        return
    if call.answer["ok"]:
        result = TypeAdapter[object](kind.__returning__).validate_python(call.answer["result"])
        assert not unknown_fields(result), call.answer
    else:
        assert not unknown_fields(methods.Response[bool].model_validate(call.answer)), call.answer


def unknown_fields(value: object) -> list[str]:
    """Fields that are not in the Bot API, at any depth."""
    if isinstance(value, list | tuple):
        return [name for each in value for name in unknown_fields(each)]
    if not isinstance(value, TelegramObject | BaseModel):
        return []
    parts = [getattr(value, name) for name in type(value).model_fields]
    return [*(value.model_extra or {}), *unknown_fields(parts)]
