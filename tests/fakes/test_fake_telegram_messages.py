"""Letters, buttons and files through the fake Telegram, sent by the real python-telegram-bot."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    ForceReply,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError

from scheduler.clock import StoppedClock
from tests.conftest import NOW
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_samples import PNG, button

pytestmark = pytest.mark.anyio
DONE = button("xong:2")


async def test_html_becomes_text_and_entities(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(
        unit.id, "Kính gửi <b>Phòng A &amp; B 📌</b>, <i>hạn 30/6</i>", ParseMode.HTML
    )
    assert sent.text == "Kính gửi Phòng A & B 📌, hạn 30/6"
    assert list(sent.parse_entities().values()) == ["Phòng A & B 📌", "hạn 30/6"]


async def test_a_link_keeps_its_address(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(
        unit.id, '  <a href="https://example.org/?a=1&amp;b=2">tệp</a>', ParseMode.HTML
    )
    assert [(entity.offset, entity.url) for entity in sent.entities] == [(0, "https://example.org/?a=1&b=2")]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("<b>đậm", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>đậm</i>", 'Unmatched end tag at byte offset 9, expected "</b>", found "</i>"'),
        ("đậm</b>", "Unexpected end tag at byte offset 6"),
        ("<p>đoạn</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("5 < 7", "at byte offset 2"),
    ],
)
async def test_broken_html_is_refused(bot: Bot, unit: Person, broken: str, why: str) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities") as refused:
        await bot.send_message(unit.id, broken, ParseMode.HTML)
    assert why.lower() in refused.value.message.lower()


@pytest.mark.parametrize("text", ["", "   \n", "<b> </b>"])
async def test_an_empty_text_is_refused(bot: Bot, unit: Person, text: str) -> None:
    with pytest.raises(BadRequest, match="text is empty"):
        await bot.send_message(unit.id, text, ParseMode.HTML)


async def test_tags_do_not_count_towards_the_limit(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(unit.id, f"<b>{'v' * 4096}</b>", ParseMode.HTML)
    assert len(sent.text or "") == 4096


async def test_one_character_more_is_too_long(bot: Bot, unit: Person) -> None:
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(unit.id, "v" * 4097)


async def test_a_reply_shows_what_it_answers(bot: Bot, unit: Person) -> None:
    said = unit.says(unit.private, "xong 2")
    sent = await bot.send_message(unit.id, "Đã ghi.", reply_parameters=ReplyParameters(said.id))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "xong 2"


async def test_a_reply_to_nothing_is_refused(bot: Bot, unit: Person) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(unit.id, "Đã ghi.", reply_parameters=ReplyParameters(999))


async def test_a_question_can_force_a_reply(bot: Bot, unit: Person) -> None:
    await bot.send_message(unit.id, "Lý do?", reply_markup=ForceReply(selective=True))
    assert unit.private.last.forces_reply


async def test_an_edit_changes_the_message_in_place(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    await sent.edit_text("Việc 2: đã xong")
    assert (unit.private.texts, unit.private.last.labels) == (["Việc 2: đã xong"], [])


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("Việc 2", reply_markup=DONE)


async def test_buttons_can_be_taken_away_once(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    await sent.edit_reply_markup()
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_reply_markup()


async def test_what_a_person_wrote_cannot_be_edited(bot: Bot, unit: Person) -> None:
    said = unit.says(unit.private, "xong 2")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("khác", unit.id, said.id)


async def test_a_deleted_message_cannot_be_edited(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(unit.id, "Việc 2")
    await sent.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("khác")


async def test_a_message_cannot_be_deleted_after_two_days(
    bot: Bot, unit: Person, clock: StoppedClock
) -> None:
    sent = await bot.send_message(unit.id, "Việc 2")
    clock.set(NOW + timedelta(days=3))
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await sent.delete()


async def test_typing_is_shown(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    await bot.send_chat_action(unit.id, ChatAction.TYPING)
    assert telegram.calls_of("sendChatAction")[0].params["action"] == "typing"


# Buttons


async def test_a_press_brings_its_data_and_its_message(bot: Bot, unit: Person) -> None:
    sent = await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    unit.presses(unit.private.last, "Đã xong")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.message) == ("xong:2", sent)


async def test_the_answer_to_a_press_is_seen(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    query = unit.presses(unit.private.last, "Đã xong")
    await bot.answer_callback_query(query, "Đã ghi.", show_alert=True)
    answer = telegram.answer_to(query)
    assert answer is not None
    assert answer["text"] == "Đã ghi."


async def test_a_press_answered_too_late_is_refused(bot: Bot, unit: Person, clock: StoppedClock) -> None:
    await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    query = unit.presses(unit.private.last, "Đã xong")
    clock.set(NOW + timedelta(hours=1))
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query)


async def test_an_unknown_press_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="query id is invalid"):
        await bot.answer_callback_query("77")


async def test_one_press_can_arrive_twice_with_two_update_ids(bot: Bot, unit: Person) -> None:
    await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    unit.presses(unit.private.last, "Đã xong")
    unit.presses(unit.private.last, "Đã xong")
    first, second = await bot.get_updates()
    assert first.update_id != second.update_id


async def test_a_press_on_an_old_message_brings_no_text(bot: Bot, unit: Person) -> None:
    await bot.send_message(unit.id, "Việc 2", reply_markup=DONE)
    unit.presses(unit.private.last, "Đã xong", too_old=True)
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_callback_data_holds_64_bytes(bot: Bot, unit: Person) -> None:
    await bot.send_message(unit.id, "Việc 2", reply_markup=button("x" * 64))
    assert unit.private.last.buttons[0]["callback_data"] == "x" * 64


@pytest.mark.parametrize("data", ["x" * 65, "ệ" * 22])
async def test_callback_data_of_more_bytes_is_refused(bot: Bot, unit: Person, data: str) -> None:
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(unit.id, "Việc 2", reply_markup=button(data))


# Files


async def test_a_document_goes_out_with_its_name(bot: Bot, unit: Person) -> None:
    sent = await bot.send_document(
        unit.id, b"PK...", "<b>Báo cáo</b>", parse_mode="HTML", filename="Báo cáo.docx"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("Báo cáo.docx", "Báo cáo")


async def test_a_document_is_sent_again_by_its_id(bot: Bot, unit: Person) -> None:
    sent = await bot.send_document(unit.id, b"PK...", filename="a.docx")
    assert sent.document is not None
    again = await bot.send_document(unit.id, sent.document.file_id)
    assert again.document == sent.document


async def test_a_document_that_is_too_large_is_refused(
    telegram: FakeTelegram, bot: Bot, unit: Person
) -> None:
    telegram.world.upload_limit = 1000
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(unit.id, b"x" * 1001, filename="a.docx")


async def test_the_limits_are_those_of_the_bot_api(telegram: FakeTelegram) -> None:
    world = telegram.world
    assert (world.upload_limit, world.photo_limit, world.download_limit) == (
        50_000_000,
        10_000_000,
        20_000_000,
    )


async def test_a_photo_has_its_sizes_the_largest_last(bot: Bot, unit: Person) -> None:
    sent = await bot.send_photo(unit.id, PNG, "Biểu đồ")
    assert [(size.width, size.height) for size in sent.photo] == [(90, 68), (640, 480)]


async def test_what_is_no_picture_is_refused_as_a_photo(bot: Bot, unit: Person) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(unit.id, b"PK...")


async def test_a_caption_holds_1024_characters(bot: Bot, unit: Person) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(unit.id, PNG, "v" * 1025)


async def test_a_caption_is_edited(bot: Bot, unit: Person) -> None:
    sent = await bot.send_photo(unit.id, PNG, "Biểu đồ", reply_markup=DONE)
    await sent.edit_caption("Biểu đồ quý II")
    assert unit.private.texts == ["Biểu đồ quý II"]


async def test_a_file_that_a_person_sent_is_downloaded(bot: Bot, unit: Person) -> None:
    unit.sends_document(unit.private, "Báo cáo.pdf", b"%PDF-1.7", "xong 3")
    message = _message(await bot.get_updates())
    assert message.document is not None
    assert await (await message.document.get_file()).download_as_bytearray() == b"%PDF-1.7"


async def test_a_photo_that_a_person_sent_is_downloaded(bot: Bot, unit: Person) -> None:
    unit.sends_photo(unit.private, PNG, "xong 3")
    message = _message(await bot.get_updates())
    assert await (await message.photo[-1].get_file()).download_as_bytearray() == PNG


async def test_a_file_too_large_to_download_is_refused(
    telegram: FakeTelegram, bot: Bot, unit: Person
) -> None:
    telegram.world.download_limit = 3
    said = unit.sends_document(unit.private, "a.pdf", b"%PDF")
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(said.content["document"]["file_id"])


async def test_a_download_link_dies_after_an_hour(bot: Bot, unit: Person, clock: StoppedClock) -> None:
    said = unit.sends_document(unit.private, "a.pdf", b"%PDF")
    file = await bot.get_file(said.content["document"]["file_id"])
    clock.set(NOW + timedelta(hours=2))
    with pytest.raises(InvalidToken):
        await file.download_as_bytearray()


def _message(updates: tuple[Update, ...]) -> Message:
    [update] = updates
    assert update.message is not None
    return update.message
