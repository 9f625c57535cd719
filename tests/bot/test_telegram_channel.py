"""Letters, changes and files, sent by the real library to the fake Telegram."""

import struct
from collections.abc import AsyncIterator

import pytest
from telegram.request import HTTPXRequest

from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import MOST_OUT, TelegramChannel, letter_id
from bot.channels.telegram.client import TelegramClient
from duties.message import Choice, Line, Look, Message
from scheduler.channel import Address, DeliveryError, Failure
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_judge import judge
from tests.fakes.telegram_people import Person, Room

pytestmark = pytest.mark.anyio
BUTTONS = Buttons("secret", "7100000001")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\x02\0\0\0"
HELLO = Message((Line("Kính gửi <Phòng> & bạn", Look.TITLE),), (Choice("Đã xong", "xong #A1"),))


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as opened:
        yield opened
        judge(opened)


@pytest.fixture
async def channel(telegram: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    calls, polls = (HTTPXRequest(httpx_kwargs={"verify": False}, read_timeout=0.3) for _ in range(2))
    bot = TelegramClient(
        telegram.token, telegram.base_url, telegram.base_file_url, request=calls, get_updates_request=polls
    )
    async with bot:
        yield TelegramChannel(bot, "7100000001", BUTTONS)


@pytest.fixture
def lan(telegram: FakeTelegram) -> Person:
    person = telegram.person("Lan")
    person.starts()
    return person


def at(room: Room, topic: str = "") -> Address:
    return Address("telegram", "7100000001", str(room.id), topic)


async def test_a_letter_arrives_as_it_was_meant(channel: TelegramChannel, lan: Person) -> None:
    sent = await channel.send(at(lan.private), HELLO)
    assert lan.private.texts == ["Kính gửi <Phòng> & bạn"]
    assert [entity["type"] for entity in lan.private.last.entities] == ["bold"]
    assert sent == letter_id(str(lan.id), lan.private.last.id)


async def test_a_button_carries_signed_words(channel: TelegramChannel, lan: Person) -> None:
    await channel.send(at(lan.private), HELLO)
    data = lan.private.last.buttons[0]["callback_data"]
    assert BUTTONS.words(str(lan.id), data) == "xong #A1"


async def test_a_letter_is_changed_in_place(channel: TelegramChannel, lan: Person) -> None:
    sent = await channel.send(at(lan.private), HELLO)
    await channel.edit(at(lan.private), sent, Message((Line("Đã xong"),)))
    assert (lan.private.texts, lan.private.last.labels) == (["Đã xong"], [])


async def test_a_change_that_changes_nothing_is_no_refusal(channel: TelegramChannel, lan: Person) -> None:
    sent = await channel.send(at(lan.private), HELLO)
    await channel.edit(at(lan.private), sent, HELLO)
    assert lan.private.last.labels == ["Đã xong"]


async def test_the_words_under_a_document_are_changed_too(lan: Person, channel: TelegramChannel) -> None:
    sent = await channel.send_file(at(lan.private), "lich.ics", b"BEGIN:VCALENDAR", HELLO)
    await channel.edit(at(lan.private), sent, Message((Line("Đã xong"),)))
    assert lan.private.last.text == "Đã xong"


async def test_a_letter_of_the_old_group_is_not_changed_in_the_new(
    channel: TelegramChannel, telegram: FakeTelegram, lan: Person
) -> None:
    group = telegram.group("Phòng KHTC", lan)
    group.add_bot()
    sent = await channel.send(at(group), HELLO)
    with pytest.raises(DeliveryError) as refused:
        await channel.edit(at(group.migrate()), sent, Message((Line("Đã xong"),)))
    assert refused.value.kind is Failure.REFUSED


async def test_a_file_arrives_under_its_name(channel: TelegramChannel, lan: Person) -> None:
    await channel.send_file(
        at(lan.private), "Tổng hợp quý II.docx", b"PK", Message((Line("Kính gửi báo cáo"),))
    )
    document = lan.private.last.content["document"]
    assert (document["file_name"], lan.private.last.text) == ("Tổng hợp quý II.docx", "Kính gửi báo cáo")


async def test_a_picture_is_seen_at_once(channel: TelegramChannel, lan: Person) -> None:
    await channel.send_file(at(lan.private), "bieu-do.png", PNG, Message((Line("Biểu đồ quý II"),)))
    assert lan.private.last.content["photo"]
    assert lan.private.last.text == "Biểu đồ quý II"


@pytest.mark.parametrize(
    "content", [PNG[:16] + struct.pack(">II", 4000, 9000) + PNG[24:], b"no picture"], ids=["long", "broken"]
)
async def test_what_is_no_photo_to_telegram_comes_as_a_file(
    channel: TelegramChannel, lan: Person, content: bytes
) -> None:
    await channel.send_file(at(lan.private), "bieu-do.png", content, Message((Line("Biểu đồ quý II"),)))
    assert lan.private.last.content["document"]["file_name"] == "bieu-do.png"


async def test_it_says_how_big_a_document_may_be(channel: TelegramChannel) -> None:
    assert channel.capabilities.biggest_document == MOST_OUT


@pytest.mark.parametrize(
    ("content", "caption"), [(bytes(MOST_OUT + 1), "Báo cáo"), (b"PK", "dài " * 300)], ids=["file", "caption"]
)
async def test_what_telegram_would_not_take_is_not_sent(
    channel: TelegramChannel, telegram: FakeTelegram, lan: Person, content: bytes, caption: str
) -> None:
    with pytest.raises(DeliveryError) as refused:
        await channel.send_file(at(lan.private), "a.zip", content, Message((Line(caption),)))
    assert refused.value.kind is Failure.REFUSED
    assert telegram.calls_of("sendDocument") == []


async def test_another_bot_s_chat_waits_for_its_own_token(channel: TelegramChannel, lan: Person) -> None:
    with pytest.raises(DeliveryError) as refused:
        await channel.send(at(lan.private)._replace(bot="1"), HELLO)
    assert refused.value.kind is Failure.WAIT


async def test_a_message_with_markup_too_long_for_a_phone_still_counts_as_it_is_read(
    channel: TelegramChannel, lan: Person
) -> None:
    await channel.send(at(lan.private), Message((Line("&" * 4096),)))
    assert lan.private.last.text == "&" * 4096


async def test_a_server_that_is_not_there_is_asked_again_later(lan: Person) -> None:
    request = HTTPXRequest(httpx_kwargs={"verify": False})
    nobody = TelegramClient("7100000001:x", "http://127.0.0.1:9/bot", request=request)
    with pytest.raises(DeliveryError) as refused:
        await TelegramChannel(nobody, "7100000001", BUTTONS).send(at(lan.private), HELLO)
    await request.shutdown()
    assert refused.value.kind is Failure.RETRY


async def test_a_group_is_asked_for_words_by_a_reply(
    channel: TelegramChannel, telegram: FakeTelegram, lan: Person
) -> None:
    group = telegram.group("Phòng KHTC", lan)
    group.add_bot()
    await channel.send(
        at(group), Message((Line("Đến ngày nào?"),), (Choice("Trợ giúp", "/trogiup"),), asks=True)
    )
    assert group.last.forces_reply
    assert "Trợ giúp: gõ “/trogiup”" in group.last.text


async def test_alone_with_somebody_a_question_keeps_its_buttons(
    channel: TelegramChannel, lan: Person
) -> None:
    await channel.send(at(lan.private), Message((Line("Đến ngày nào?"),), HELLO.choices, asks=True))
    assert lan.private.last.labels == ["Đã xong"]
