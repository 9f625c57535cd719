"""Called by Telegram instead of asking it: the secret first, then stored, then acknowledged."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.telegram.webhook import HEADER, webhook_path
from bot.channels.ways_in import MOST_BYTES, Mode
from data.engine import transaction
from data.tables import PlatformUpdate
from tests.stories.telegram_office import PLANS, TelegramOffice, office_on_telegram

pytestmark = pytest.mark.anyio
UPDATE = {"update_id": 7}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[TelegramOffice]:
    async with office_on_telegram(tmp_path, Mode.WEBHOOK) as opened:
        yield opened


@pytest.fixture
async def caller(office: TelegramOffice) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who calls the webhook's address by themselves."""
    web = FastAPI()
    web.include_router(office.connection.routes())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(web, raise_app_exceptions=False), base_url="https://cchc.example"
    ) as client:
        yield client


def path(office: TelegramOffice) -> str:
    return webhook_path(office.account.bot_id)


def signed(office: TelegramOffice) -> dict[str, str]:
    return {HEADER: office.account.header}


async def test_the_story_goes_through_the_webhook(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    lan.presses(lan.private.last, "Đã xong")
    await office.settled()
    assert office.is_done(PLANS)
    assert office.telegram.calls_of("getUpdates") == []


async def test_telegram_is_told_the_address_the_secret_and_the_kinds(office: TelegramOffice) -> None:
    [call] = office.telegram.calls_of("setWebhook")
    assert call.params["url"] == f"https://cchc.example{path(office)}"
    assert call.params["secret_token"] == office.account.header
    assert "drop_pending_updates" not in call.params


async def test_what_waits_at_telegram_is_brought_after_the_start(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.stop()
    lan.says(lan.private, "xong 1")
    await office.start()
    await office.settled()
    assert office.is_done(PLANS)


@pytest.mark.parametrize("secret", ["", "another", "é"])
async def test_a_wrong_secret_is_turned_away_before_anything_is_read(
    office: TelegramOffice, caller: httpx.AsyncClient, secret: str
) -> None:
    answer = await caller.post(path(office), json=UPDATE, headers=[(HEADER.encode(), secret.encode())])
    assert (answer.status_code, office.stored()) == (403, 0)


def nested(depth: int) -> bytes:
    return b'{"update_id": 7, "message": %s1%s}' % (b"[" * depth, b"]" * depth)


NO_UPDATES = (
    b"",
    b"{",
    b"[]",
    b'{"update_id": "7"}',
    b"\xff",
    b" " * (MOST_BYTES + 1),
    nested(600),
    nested(90_000),
)


@pytest.mark.parametrize("body", NO_UPDATES, ids=lambda body: repr(body[:24]))
async def test_what_is_no_update_is_not_kept(
    office: TelegramOffice, caller: httpx.AsyncClient, body: bytes
) -> None:
    answer = await caller.post(path(office), content=body, headers=signed(office))
    assert (answer.status_code, office.stored()) == (400, 0)


async def test_an_update_brought_twice_is_kept_once(
    office: TelegramOffice, caller: httpx.AsyncClient
) -> None:
    answers = [await caller.post(path(office), json=UPDATE, headers=signed(office)) for _ in range(2)]
    assert ([answer.status_code for answer in answers], office.stored()) == ([200, 200], 1)


async def test_what_could_not_be_stored_is_not_acknowledged(
    office: TelegramOffice, caller: httpx.AsyncClient
) -> None:
    await office.stop()
    with transaction(office.engine) as session:
        table = PlatformUpdate.__tablename__
        session.connection().exec_driver_sql(f"ALTER TABLE {table} RENAME TO elsewhere")
    answer = await caller.post(path(office), json=UPDATE, headers=signed(office))
    assert answer.status_code == 500


async def test_the_secret_is_made_of_our_own_when_none_is_set(office: TelegramOffice) -> None:
    assert len(office.account.header) == 64
    assert office.account.secret not in office.account.header
