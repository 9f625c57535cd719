"""What goes wrong at Telegram on a test's order, its limits, and its webhook."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.conftest import started
from tests.fakes.telegram import FakeTelegram, Trouble
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_refusals import bad_request, forbidden, slow_down
from tests.fakes.telegram_updates import SECRET_HEADER

pytestmark = pytest.mark.anyio
SECRET = "khoa-webhook_1"


@pytest.fixture(autouse=True)
def timedelta_of_ptb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it python-telegram-bot 22 warns each time it is told to wait."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def other(telegram: FakeTelegram) -> Person:
    return started(telegram, "đầu mối Phòng B")


# Faults


async def test_it_asks_to_slow_down_once(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    telegram.order(slow_down(7))
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(unit.id, "một")
    await bot.send_message(unit.id, "hai")
    assert (refused.value.retry_after, unit.private.texts) == (timedelta(seconds=7), ["hai"])


async def test_who_does_not_wait_is_noticed(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    telegram.order(slow_down(7))
    with pytest.raises(RetryAfter):
        await bot.send_message(unit.id, "một")
    await bot.send_message(unit.id, "hai")
    assert [violation.limit for violation in telegram.violations] == ["told to wait"]


async def test_who_waits_is_not_blamed(
    telegram: FakeTelegram, bot: Bot, unit: Person, clock: StoppedClock
) -> None:
    telegram.order(slow_down(7))
    with pytest.raises(RetryAfter):
        await bot.send_message(unit.id, "một")
    clock.set(NOW + timedelta(seconds=7))
    await bot.send_message(unit.id, "hai")
    assert telegram.violations == []


async def test_a_flooded_chat_is_closed_until_its_time(
    telegram: FakeTelegram, bot: Bot, unit: Person, other: Person, clock: StoppedClock
) -> None:
    telegram.flood(30, chat=unit.private)
    await bot.send_message(other.id, "một")
    with pytest.raises(RetryAfter):
        await bot.send_message(unit.id, "hai")
    clock.set(NOW + timedelta(seconds=30))
    await bot.send_message(unit.id, "ba")
    assert (other.private.texts, unit.private.texts) == (["một"], ["ba"])


async def test_a_flood_can_stop_the_whole_bot(
    telegram: FakeTelegram, bot: Bot, unit: Person, other: Person
) -> None:
    telegram.flood(30)
    for person in (unit, other):
        with pytest.raises(RetryAfter):
            await bot.send_message(person.id, "một")
    assert telegram.calls_of("sendMessage")[-1].answer is not None


async def test_a_refusal_is_ordered_for_one_chat(
    telegram: FakeTelegram, bot: Bot, unit: Person, other: Person
) -> None:
    telegram.order(forbidden("bot was blocked by the user"), chat=unit.private)
    await bot.send_message(other.id, "một")
    with pytest.raises(Forbidden):
        await bot.send_message(unit.id, "hai")


async def test_a_refusal_is_ordered_for_one_method(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    telegram.order(bad_request("wrong"), method="editMessageText", times=2)
    sent = await bot.send_message(unit.id, "một")
    for _ in range(2):
        with pytest.raises(BadRequest, match="Wrong"):
            await sent.edit_text("hai")
    await sent.edit_text("ba")
    assert unit.private.texts == ["ba"]


async def test_a_gateway_answers_with_a_page(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    telegram.order(Trouble.BAD_GATEWAY)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(unit.id, "một")
    assert unit.private.texts == []


@pytest.mark.parametrize(
    ("trouble", "taken"), [(Trouble.RESET, []), (Trouble.RESET_AFTER, ["một"])], ids=["before", "after"]
)
async def test_a_connection_is_cut(
    telegram: FakeTelegram, bot: Bot, unit: Person, trouble: Trouble, taken: list[str]
) -> None:
    telegram.order(trouble)
    with pytest.raises(NetworkError):
        await bot.send_message(unit.id, "một")
    assert unit.private.texts == taken


@pytest.mark.parametrize(
    ("trouble", "taken"), [(Trouble.SILENCE, []), (Trouble.SILENCE_AFTER, ["một"])], ids=["before", "after"]
)
async def test_no_answer_comes(
    telegram: FakeTelegram, bot: Bot, unit: Person, trouble: Trouble, taken: list[str]
) -> None:
    telegram.order(trouble)
    with pytest.raises(TimedOut):
        await bot.send_message(unit.id, "một", read_timeout=0.1)
    assert unit.private.texts == taken


async def test_polling_does_not_eat_a_fault(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    telegram.order(Trouble.BAD_GATEWAY)
    await bot.get_updates()
    with pytest.raises(NetworkError):
        await bot.send_message(unit.id, "một")


async def test_polling_fails_when_it_is_named(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.order(Trouble.BAD_GATEWAY, method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()


async def test_a_fault_of_its_own_is_not_passed_over() -> None:
    telegram = await FakeTelegram().__aenter__()
    del telegram.world.menus
    async with telegram.bot() as bot:
        with pytest.raises(NetworkError):
            await bot.get_my_commands()
    with pytest.raises(ExceptionGroup, match="the fake Telegram itself failed"):
        await telegram.__aexit__(None, None, None)


# Limits


async def test_two_letters_a_second_to_one_chat_are_counted(
    telegram: FakeTelegram, bot: Bot, unit: Person
) -> None:
    for text in ("một", "hai"):
        await bot.send_message(unit.id, text)
    assert [violation.limit for violation in telegram.violations] == ["1 a second in one chat"]


async def test_one_letter_a_second_to_one_chat_is_right(
    telegram: FakeTelegram, bot: Bot, unit: Person, clock: StoppedClock
) -> None:
    for second in range(3):
        clock.set(NOW + timedelta(seconds=second))
        await bot.send_message(unit.id, "một")
    assert telegram.violations == []


async def test_a_group_takes_twenty_letters_a_minute(
    telegram: FakeTelegram, bot: Bot, unit: Person, clock: StoppedClock
) -> None:
    group = telegram.group("Tổ cải cách hành chính", unit)
    group.add_bot()
    for turn in range(21):
        clock.set(NOW + timedelta(seconds=2 * turn))
        await bot.send_message(group.id, "một")
    assert [violation.limit for violation in telegram.violations] == ["20 a minute in one group"]


async def test_the_whole_bot_sends_thirty_letters_a_second(telegram: FakeTelegram, bot: Bot) -> None:
    for number in range(31):
        await bot.send_message(started(telegram, f"đầu mối đơn vị {number}").id, "một")
    assert [violation.limit for violation in telegram.violations] == ["30 a second"]


async def test_limits_that_are_enforced_say_how_long_to_wait(clock: StoppedClock) -> None:
    async with FakeTelegram(clock=clock, enforce_limits=True) as strict, strict.bot() as bot:
        unit = started(strict, "đầu mối Phòng A")
        await bot.send_message(unit.id, "một")
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(unit.id, "hai")
    assert (refused.value.retry_after, unit.private.texts) == (timedelta(seconds=1), ["một"])


# Webhook


@dataclass
class Office:
    """A web server that takes updates, after failing as often as it is told."""

    failures: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get(SECRET_HEADER))
        if self.failures:
            self.failures -= 1
            return web.Response(status=503)
        self.taken.append(await request.json())
        return web.Response()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
async def hook(office: Office) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/telegram", office.take)
    async with TestServer(app) as server:
        yield str(server.make_url("/telegram"))


async def test_updates_are_brought_with_the_secret(
    telegram: FakeTelegram, bot: Bot, unit: Person, hook: str, office: Office
) -> None:
    await bot.set_webhook(hook, secret_token=SECRET)
    unit.says(unit.private, "xong 2")
    await telegram.until(lambda: office.taken)
    assert (office.taken[0]["message"]["text"], office.secrets) == ("xong 2", [SECRET])


async def test_what_waited_is_brought_as_well(
    telegram: FakeTelegram, bot: Bot, unit: Person, hook: str, office: Office
) -> None:
    unit.says(unit.private, "xong 2")
    await bot.set_webhook(hook)
    await telegram.until(lambda: not telegram.unconfirmed)
    assert [update["message"]["text"] for update in office.taken] == ["xong 2"]


async def test_an_update_is_brought_until_it_is_taken(
    telegram: FakeTelegram, bot: Bot, unit: Person, hook: str, office: Office
) -> None:
    office.failures = 2
    await bot.set_webhook(hook)
    unit.says(unit.private, "một")
    unit.says(unit.private, "hai")
    await telegram.until(lambda: not telegram.unconfirmed)
    assert [update["message"]["text"] for update in office.taken] == ["một", "hai"]


async def test_updates_can_be_brought_to_an_app_without_a_server(office: Office, clock: StoppedClock) -> None:
    async def take(request: httpx.Request) -> httpx.Response:
        office.taken.append(json.loads(request.content))
        return httpx.Response(200)

    async with FakeTelegram(clock=clock, web=httpx.MockTransport(take)) as telegram, telegram.bot() as bot:
        await bot.set_webhook("https://bot.example/telegram")
        telegram.person("đầu mối Phòng A").starts()
        await telegram.until(lambda: office.taken)
    assert office.taken[0]["message"]["text"] == "/start"


async def test_a_failure_is_shown_in_the_webhook_info(
    telegram: FakeTelegram, bot: Bot, unit: Person, hook: str, office: Office
) -> None:
    office.failures = 1
    await bot.set_webhook(hook)
    unit.says(unit.private, "một")
    await telegram.until(lambda: office.taken)
    told = (await bot.get_webhook_info()).last_error_message
    assert told == "Wrong response from the webhook: 503 Service Unavailable"


async def test_polling_is_refused_while_there_is_a_webhook(bot: Bot, hook: str) -> None:
    await bot.set_webhook(hook)
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()


async def test_polling_is_taken_again_without_the_webhook(bot: Bot, unit: Person, hook: str) -> None:
    await bot.set_webhook(hook)
    await bot.delete_webhook()
    unit.says(unit.private, "xong 2")
    [update] = await bot.get_updates()
    assert update.message is not None


async def test_the_backlog_can_be_dropped(bot: Bot, unit: Person) -> None:
    unit.says(unit.private, "xong 2")
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


@pytest.mark.parametrize("secret", ["có dấu", "x" * 257])
async def test_a_secret_of_other_letters_is_refused(bot: Bot, hook: str, secret: str) -> None:
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(hook, secret_token=secret)


async def test_a_webhook_elsewhere_must_be_https(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided"):
        await bot.set_webhook("http://bot.example/telegram")


async def test_nothing_leaves_this_machine(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    await bot.set_webhook("https://bot.example/telegram")
    unit.says(unit.private, "xong 2")
    hook = telegram.world.updates.webhook
    await telegram.until(lambda: hook and hook.error)
    assert (await bot.get_webhook_info()).last_error_message == (
        "Failed to resolve host: Name or service not known"
    )
