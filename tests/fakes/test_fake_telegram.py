"""The real python-telegram-bot drives every method of the fake Telegram; aiogram judges what it says."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import BadRequest, Conflict, InvalidToken
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes

from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_judge import judge
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_samples import button

Context = ContextTypes.DEFAULT_TYPE
pytestmark = pytest.mark.anyio
DONE = button("xong:2")


async def test_the_bot_knows_itself(telegram: FakeTelegram, bot: Bot) -> None:
    assert (bot.username, bot.can_read_all_group_messages) == (telegram.world.bot.username, False)


async def test_another_token_is_refused(telegram: FakeTelegram) -> None:
    stranger = Bot("1:another", telegram.base_url)
    with pytest.raises(InvalidToken, match="rejected"):
        await stranger.__aenter__()


async def test_a_method_it_does_not_have_is_not_found(bot: Bot, unit: Person) -> None:
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.send_dice(unit.id)


# Updates


async def test_what_a_person_says_comes_with_its_command_marked(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.person("đầu mối Phòng A").starts("MA7")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}


async def test_an_update_is_given_again_until_a_higher_offset_confirms_it(bot: Bot, unit: Person) -> None:
    unit.says(unit.private, "xong 2")
    [first] = await bot.get_updates()
    [again] = await bot.get_updates()
    assert first.update_id == again.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == ()


async def test_a_negative_offset_keeps_only_the_last_updates(bot: Bot, unit: Person) -> None:
    for text in ("một", "hai", "ba"):
        unit.says(unit.private, text)
    assert _texts(await bot.get_updates(offset=-1)) == ["ba"]


async def test_updates_come_in_portions(bot: Bot, unit: Person) -> None:
    for text in ("một", "hai", "ba"):
        unit.says(unit.private, text)
    assert _texts(await bot.get_updates(limit=2)) == ["một", "hai"]


async def test_a_long_poll_ends_with_the_first_news(bot: Bot, unit: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    unit.says(unit.private, "xong 2")
    assert _texts(await poll) == ["xong 2"]


async def test_only_the_kinds_asked_for_are_kept(bot: Bot, unit: Person) -> None:
    await bot.get_updates(allowed_updates=[Update.CALLBACK_QUERY])
    unit.says(unit.private, "xong 2")
    assert await bot.get_updates() == ()


async def test_an_update_is_forgotten_after_a_day(bot: Bot, unit: Person, clock: StoppedClock) -> None:
    unit.says(unit.private, "xong 2")
    clock.set(NOW + timedelta(hours=24))
    assert await bot.get_updates() == ()


async def test_the_older_of_two_pollers_is_ended(telegram: FakeTelegram, bot: Bot) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=5))
    await telegram.until(lambda: telegram.calls_of("getUpdates"))
    async with telegram.bot() as newer:
        await newer.get_updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older
    assert telegram.conflicts == 1


async def test_ids_that_jump_after_a_quiet_week_still_arrive(
    telegram: FakeTelegram, bot: Bot, unit: Person
) -> None:
    unit.says(unit.private, "một")
    [before] = await bot.get_updates()
    await bot.get_updates(offset=before.update_id + 1)
    telegram.lets_a_quiet_week_pass(next_update_id=12_000_000)
    unit.says(unit.private, "hai")
    assert _texts(await bot.get_updates(offset=before.update_id + 1)) == ["hai"]


async def test_an_update_can_come_again_after_it_was_confirmed(
    telegram: FakeTelegram, bot: Bot, unit: Person
) -> None:
    unit.says(unit.private, "xong 2")
    [first] = await bot.get_updates()
    telegram.repeats_last_update()
    [again] = await bot.get_updates(offset=first.update_id + 1)
    assert again.update_id == first.update_id
    assert await bot.get_updates(offset=first.update_id + 1) == ()


async def test_the_real_application_polls_and_answers(telegram: FakeTelegram, unit: Person) -> None:
    async with _at_work(telegram):
        unit.says(unit.private, "/viec")
        await telegram.until(lambda: unit.private.letters)
    assert (unit.private.texts, telegram.conflicts) == (["Không có việc nào."], 0)


async def test_what_is_said_while_the_application_is_down_waits_for_it(
    telegram: FakeTelegram, unit: Person
) -> None:
    async with _at_work(telegram):
        await telegram.until(lambda: telegram.calls_of("getUpdates"))
    unit.says(unit.private, "/viec")
    async with _at_work(telegram):
        await telegram.until(lambda: unit.private.letters)
    assert telegram.unconfirmed == []


# Menus


async def test_a_menu_is_kept_for_its_scope(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("viec", "Việc của đơn vị")], BotCommandScopeAllGroupChats())
    assert await bot.get_my_commands() == ()
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats()) == (
        BotCommand("viec", "Việc của đơn vị"),
    )


async def test_a_person_sees_the_menu_of_the_nearest_scope(bot: Bot, unit: Person) -> None:
    await bot.set_my_commands([BotCommand("viec", "Việc của đơn vị")])
    await bot.set_my_commands([BotCommand("tonghop", "Tổng hợp")], BotCommandScopeChat(unit.id))
    assert unit.menu(unit.private) == ["tonghop"]


async def test_a_command_with_vietnamese_marks_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("việc", "Việc của đơn vị")])


async def test_a_menu_is_taken_away(bot: Bot, unit: Person) -> None:
    await bot.set_my_commands([BotCommand("viec", "Việc của đơn vị")])
    await bot.delete_my_commands()
    assert unit.menu(unit.private) == []


# The judge and the wire


async def test_the_judge_finds_a_field_that_is_not_telegrams(telegram: FakeTelegram, unit: Person) -> None:
    stranger = unit.says(unit.private, "xong 2").content
    telegram.updates[-1]["message"]["colour"] = stranger
    with pytest.raises(AssertionError, match="colour"):
        judge(telegram)
    del telegram.updates[-1]["message"]["colour"]


async def test_a_call_may_be_json_or_a_query(telegram: FakeTelegram, unit: Person) -> None:
    async with httpx.AsyncClient(base_url=f"{telegram.base_url}{telegram.token}") as plain:
        await plain.post("/sendMessage", json={"chat_id": unit.id, "text": "một"})
        await plain.get("/sendmessage", params={"chat_id": unit.id, "text": "hai"})
    assert unit.private.texts == ["một", "hai"]


async def test_every_call_is_recorded(
    telegram: FakeTelegram, bot: Bot, unit: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    await bot.send_message(unit.id, "123")
    [call] = telegram.calls_of("sendMessage")
    assert (call.params["text"], call.chat, call.at) == ("123", unit.id, NOW)


async def _answer(update: Update, context: Context) -> None:
    assert update.message is not None
    await update.message.reply_text("Không có việc nào.")


@asynccontextmanager
async def _at_work(telegram: FakeTelegram) -> AsyncIterator[None]:
    """The real application, polling."""
    application = ApplicationBuilder().bot(telegram.bot()).build()
    application.add_handler(CommandHandler("viec", _answer))
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling()
        yield
        await application.updater.stop()
        await application.stop()


def _texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]
