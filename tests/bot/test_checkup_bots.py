"""What `nhacviec doctor` finds of the bots, asked at fake platforms that behave like the real ones."""

from pathlib import Path

import pytest

from bot.checkup.bots import check_bots
from bot.checkup.finding import Finding, State
from bot.settings import Settings
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import TOKEN, FakeZalo

pytestmark = pytest.mark.anyio

WEB = "https://nhacviec.example"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def on_telegram(telegram: FakeTelegram, token: str = "", **more: str) -> Finding:
    told = {"telegram_api_url": telegram.address, "telegram_token": token or telegram.token, "web_url": WEB}
    return (await check_bots(Settings.model_validate({**told, **more})))[0]


async def on_zalo(zalo: FakeZalo, token: str = TOKEN, **more: str) -> Finding:
    told = {"zalo_api_url": zalo.address, "zalo_tokens": token, "web_url": WEB}
    return (await check_bots(Settings.model_validate({**told, **more})))[0]


async def test_without_a_token_nobody_is_asked() -> None:
    assert list(await check_bots(Settings())) == []


async def test_a_telegram_bot_that_may_be_polled_is_well() -> None:
    async with FakeTelegram() as telegram:
        finding = await on_telegram(telegram)
        assert (finding.state, "@nhacviec_thu_bot" in finding.says) == (State.WELL, True)


async def test_asking_changes_nothing_at_telegram() -> None:
    async with FakeTelegram() as telegram:
        await on_telegram(telegram)
        assert {call.method.lower() for call in telegram.calls} == {"getme", "getwebhookinfo"}


async def test_a_telegram_webhook_in_the_way_is_told() -> None:
    async with FakeTelegram() as telegram, telegram.bot() as bot:
        await bot.set_webhook("https://cu.example/hook", secret_token="x" * 8)
        finding = await on_telegram(telegram)
        assert (finding.state, "cu.example" in finding.says) == (State.DOUBTFUL, True)


async def test_a_telegram_webhook_that_is_ours_is_well() -> None:
    async with FakeTelegram() as telegram, telegram.bot() as bot:
        await bot.set_webhook(f"{WEB}/telegram/7100000001", secret_token="x" * 8)
        assert (await on_telegram(telegram, telegram_mode="webhook")).state is State.WELL


async def test_a_token_that_telegram_refuses_is_not_shown() -> None:
    async with FakeTelegram() as telegram:
        finding = await on_telegram(telegram, "7100000001:another-token-that-nobody-may-see")
        assert (finding.state, "NHACVIEC_TELEGRAM_TOKEN" in finding.todo) == (State.WRONG, True)
        assert "nobody-may-see" not in repr(finding)


async def test_a_telegram_that_is_not_reached_is_told_without_the_token() -> None:
    async with FakeTelegram() as telegram:
        finding = await on_telegram(telegram, telegram_api_url="http://127.0.0.1:1")
        assert (finding.state, telegram.token in repr(finding)) == (State.WRONG, False)


async def test_a_zalo_bot_that_may_be_polled_is_well() -> None:
    async with FakeZalo() as zalo:
        finding = await on_zalo(zalo)
        assert (finding.state, "Bot Nhắc Việc" in finding.says) == (State.WELL, True)


async def test_a_zalo_webhook_in_the_way_is_wrong_unless_we_may_take_over() -> None:
    async with FakeZalo() as zalo:
        zalo.bot.webhook = "https://cu.example/hook"
        assert (await on_zalo(zalo)).state is State.WRONG
        assert (await on_zalo(zalo, zalo_polling_takes_over="true")).state is State.DOUBTFUL


async def test_a_zalo_webhook_that_is_ours_is_well() -> None:
    async with FakeZalo() as zalo:
        zalo.bot.webhook = f"{WEB}/zalo/8800000001"
        assert (await on_zalo(zalo, zalo_mode="webhook")).state is State.WELL


async def test_a_token_that_zalo_refuses_is_not_shown() -> None:
    async with FakeZalo() as zalo:
        finding = await on_zalo(zalo, "8800000009:another-token-that-nobody-may-see")
        assert (finding.state, "NHACVIEC_ZALO_TOKENS" in finding.todo) == (State.WRONG, True)
        assert "nobody-may-see" not in repr(finding)


async def test_a_zalo_that_is_not_reached_is_told_without_the_token() -> None:
    async with FakeZalo() as zalo:
        finding = await on_zalo(zalo, zalo_api_url="http://127.0.0.1:1")
        assert (finding.state, TOKEN in repr(finding)) == (State.WRONG, False)
