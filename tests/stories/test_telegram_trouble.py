"""When things go wrong at Telegram or with us: nothing is lost, nothing is done twice, one chat's trouble is its own."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram.connection import TelegramConnection
from data.engine import transaction
from data.tables import Chat, LetterState
from tests.fakes.telegram import Trouble
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_refusals import slow_down
from tests.stories.telegram_office import PLANS, PRESS, TelegramOffice, office_on_telegram

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[TelegramOffice]:
    async with office_on_telegram(tmp_path) as opened:
        yield opened


@pytest.fixture
async def lan(office: TelegramOffice) -> Person:
    return await office.linked("Lan", PLANS)


@pytest.fixture
async def mai(office: TelegramOffice) -> Person:
    return await office.linked("Mai", PRESS)


# What comes in


async def test_what_was_said_while_we_were_down_is_handled_once(office: TelegramOffice, lan: Person) -> None:
    await office.stop()
    lan.says(lan.private, "xong 1")
    await office.start()
    await office.settled()
    await office.stop()
    await office.start()
    await office.settled()
    assert [each.text for each in office.heard()].count("xong 1") == 1
    assert office.is_done(PLANS)


async def test_an_update_is_confirmed_only_after_it_is_stored(office: TelegramOffice, lan: Person) -> None:
    before = office.stored()
    lan.says(lan.private, "xong 1")
    await office.settled()
    offsets = [int(call.params.get("offset") or 0) for call in office.telegram.calls_of("getUpdates")]
    assert office.stored() == before + 1
    assert offsets[-1] == office.telegram.updates[-1]["update_id"] + 1


async def test_what_was_stored_and_not_handled_is_handled_after_the_next_start(
    office: TelegramOffice, lan: Person
) -> None:
    await office.stop()
    lan.says(lan.private, "xong 1")
    await office.connection.store([office.telegram.updates[-1]])
    office.telegram.world.updates.waiting.clear()
    await office.start()
    await office.settled()
    assert office.is_done(PLANS)


async def test_the_same_update_twice_is_heard_once(office: TelegramOffice, lan: Person) -> None:
    lan.says(lan.private, "/viec")
    await office.settled()
    letters = len(lan.private.letters)
    office.telegram.repeats_last_update()
    await office.settled()
    assert len(lan.private.letters) == letters


async def test_the_same_message_under_another_update_is_heard_once(
    office: TelegramOffice, lan: Person
) -> None:
    lan.says(lan.private, "/viec")
    await office.settled()
    letters = len(lan.private.letters)
    await office.connection.store([{**office.telegram.updates[-1], "update_id": 5}])
    await office.settled()
    assert len(lan.private.letters) == letters


async def test_polling_goes_on_after_trouble(office: TelegramOffice, lan: Person) -> None:
    office.telegram.order(Trouble.RESET, method="getUpdates")
    lan.says(lan.private, "/viec")
    await office.settled()
    lan.says(lan.private, "xong 1")
    await office.settled()
    assert office.is_done(PLANS)


async def test_a_press_that_the_app_sends_again_is_one_answer(office: TelegramOffice, lan: Person) -> None:
    await office.at("2022-02-28 08:00")
    letter = lan.private.last
    lan.presses(letter, "Đã xong")
    again = lan.presses(letter, "Đã xong")
    await office.settled()
    assert [each.text for each in office.heard()].count("xong #A1") == 1
    assert "Đã nhận lần bấm trước" in (office.telegram.answer_to(again) or {})["text"]


async def test_a_question_may_be_pressed_again_later(office: TelegramOffice, lan: Person) -> None:
    await office.at("2022-02-28 08:00")
    letter = lan.private.last
    for _ in range(2):
        lan.presses(letter, "Xem danh sách")
        await office.settled()
        office.clock.set(office.clock.now() + timedelta(seconds=5))
    assert [each.text for each in office.heard()].count("/viec") == 2


async def test_ids_that_begin_anew_after_a_quiet_week_are_heard(office: TelegramOffice, lan: Person) -> None:
    office.telegram.lets_a_quiet_week_pass(next_update_id=17)
    lan.says(lan.private, "xong 1")
    await office.settled()
    assert office.is_done(PLANS)


async def test_a_press_on_a_month_old_button_is_understood(office: TelegramOffice, lan: Person) -> None:
    await office.at("2022-02-28 08:00")
    letter = lan.private.last
    await office.at("2022-03-31 17:30")
    press = lan.presses(letter, "Đã xong", too_old=True)
    await office.settled()
    assert office.is_done(PLANS)
    assert office.telegram.answer_to(press) is not None


async def test_a_forged_button_does_nothing_and_is_written_down(
    office: TelegramOffice, lan: Person, mai: Person
) -> None:
    await office.at("2022-02-28 08:00")
    stolen = mai.private.last.buttons[0]["callback_data"]
    press = lan.forges(lan.private.last, stolen)
    await office.settled()
    assert "Nút này không còn dùng được" in (office.telegram.answer_to(press) or {})["text"]
    assert (office.is_done(PRESS), office.refused()) == (False, ["forged_button"])


async def test_a_button_of_a_chat_that_was_unlinked_says_so(office: TelegramOffice, lan: Person) -> None:
    await office.at("2022-02-28 08:00")
    with transaction(office.engine) as session:
        session.get_one(Chat, office.chat_of(lan.private).id).left_at = office.clock.now()
    press = lan.presses(lan.private.last, "Đã xong")
    await office.settled()
    assert "không còn liên kết" in (office.telegram.answer_to(press) or {})["text"]
    assert not office.is_done(PLANS)


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_next(
    office: TelegramOffice, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        await office.connection.store([{"update_id": 1, "message": {"message_id": "?"}}])
        lan.says(lan.private, "xong 1")
        await office.settled()
    assert office.is_done(PLANS)


async def test_a_file_that_cannot_be_had_is_said_so_and_its_words_are_heard(
    office: TelegramOffice, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        office.telegram.order(Trouble.BAD_GATEWAY, method="getFile", times=3)
        lan.sends_document(lan.private, "bao-cao.docx", b"PK", "xong 1")
        await office.settled()
    assert any(text.startswith("Chưa tải được tệp “bao-cao.docx”") for text in lan.private.texts)
    assert office.is_done(PLANS)


# What goes out


async def test_a_busy_chat_waits_alone(office: TelegramOffice, lan: Person, mai: Person) -> None:
    office.telegram.order(slow_down(90), method="sendMessage", chat=lan.private)
    office.clock.set(office.clock.now() + timedelta(minutes=25))
    await office.world.tick()
    assert mai.private.last.text.startswith("Kính gửi")
    assert not lan.private.last.text.startswith("Kính gửi")
    await office.settled()
    assert lan.private.last.text.startswith("Kính gửi")
    assert office.telegram.violations == []


async def test_a_storm_of_refusals_loses_no_letter_and_no_chat(
    office: TelegramOffice, lan: Person, mai: Person
) -> None:
    for _ in range(12):
        office.telegram.order(slow_down(30), method="sendMessage", chat=lan.private)
    await office.at("2022-02-28 08:00")
    for minute in range(1, 10):
        await office.at(f"2022-02-28 08:{minute:02}")
    assert [text.startswith("Kính gửi") for text in lan.private.texts].count(True) == 1
    assert office.chat_of(lan.private).left_at is None
    assert office.telegram.violations == []


async def test_many_letters_keep_the_pace_of_chat_and_group(office: TelegramOffice, lan: Person) -> None:
    group = office.telegram.group("Phòng KHTC", lan)
    group.add_bot()
    lan.says(group, f"/dangky@nhacviec_thu_bot {office.code(PLANS)}")
    for _ in range(25):
        lan.says(group, "/viec@nhacviec_thu_bot")
        lan.says(lan.private, "/viec")
    await office.settled()
    assert len(group.letters) > 25
    assert office.telegram.violations == []


@pytest.mark.parametrize("trouble", [Trouble.RESET_AFTER, Trouble.SILENCE_AFTER])
async def test_a_letter_that_may_have_arrived_is_not_sent_again(
    office: TelegramOffice, lan: Person, trouble: Trouble
) -> None:
    office.telegram.order(trouble, method="sendMessage", chat=lan.private)
    await office.at("2022-02-28 08:00")
    await office.at("2022-02-28 09:00")
    assert [text.startswith("Kính gửi") for text in lan.private.texts].count(True) == 1
    assert office.letters()[-1].state is LetterState.UNKNOWN


async def test_a_gateway_that_took_nothing_is_asked_again(office: TelegramOffice, lan: Person) -> None:
    office.telegram.order(Trouble.BAD_GATEWAY, method="sendMessage", chat=lan.private, times=2)
    await office.at("2022-02-28 08:00")
    assert [text.startswith("Kính gửi") for text in lan.private.texts].count(True) == 1


async def test_hours_without_telegram_end_in_one_letter(office: TelegramOffice, lan: Person) -> None:
    office.telegram.order(Trouble.BAD_GATEWAY, method="sendMessage", times=1000)
    for moment in ("2022-02-28 08:00", "2022-02-28 10:00", "2022-02-28 14:00", "2022-03-01 08:00"):
        await office.at(moment)
    office.telegram.recovers()
    await office.at("2022-03-01 09:00")
    assert [text.startswith("Kính gửi") for text in lan.private.texts].count(True) == 1
    assert office.chat_of(lan.private).left_at is None


async def test_a_blocked_bot_tells_the_office_and_comes_back(office: TelegramOffice, lan: Person) -> None:
    chief = await office.linked("Chánh Văn phòng")
    lan.blocks_bot()
    await office.settled()
    assert f"“Lan” của {PLANS}: bot đã bị chặn" in chief.private.last.text
    lan.unblocks_bot()
    await office.settled()
    await office.at("2022-02-28 08:00")
    assert lan.private.last.text.startswith("Kính gửi")


async def test_a_unit_with_two_chats_is_told_in_the_other(office: TelegramOffice, lan: Person) -> None:
    other = await office.linked("Hoa", PLANS)
    lan.deletes_account()
    await office.at("2022-02-28 08:00")
    assert other.private.last.text.startswith(f"Kính gửi {PLANS}")


# One poller for a token, and a token that nobody sees


async def test_two_programs_never_poll_one_token(office: TelegramOffice) -> None:
    second = TelegramConnection(office.account)
    second.join(office.world)
    await second.start()
    await asyncio.sleep(0.1)
    await second.stop()
    assert office.telegram.world.updates.conflicts == 0
    assert len(office.telegram.calls_of("getMe")) == 1


async def test_the_token_is_in_no_log_line(
    office: TelegramOffice, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        office.telegram.order(Trouble.RESET, method="sendMessage")
        lan.says(lan.private, "/viec")
        await office.settled()
    assert "sendMessage" in caplog.text
    assert office.telegram.token.partition(":")[2] not in caplog.text
