"""A fake Telegram whose every answer is judged, and the real python-telegram-bot in front of it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_judge import judged
from tests.fakes.telegram_people import Person


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
async def telegram(clock: StoppedClock) -> AsyncIterator[FakeTelegram]:
    async with judged(clock) as opened:
        yield opened


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with telegram.bot() as opened:
        yield opened


@pytest.fixture
def unit(telegram: FakeTelegram) -> Person:
    """A unit's focal point who has opened the bot."""
    return started(telegram, "đầu mối Phòng A")


def started(telegram: FakeTelegram, handle: str) -> Person:
    """A person who has opened the bot; that it was told so is forgotten."""
    person = telegram.person(handle)
    person.starts()
    telegram.world.updates.waiting.clear()
    return person
