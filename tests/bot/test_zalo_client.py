"""Our client against the small Zalo, and another reader of the same pages against it too."""

from collections.abc import AsyncIterator

import pytest
import zalo_bot

from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.secrecy import hide_secrets
from duties.message import Choice, Line, Message
from scheduler.channel import Address, DeliveryError, Failure
from tests.fakes.zalo import FakeZalo, Refused, Trouble
from tests.stories.zalo_office import account

pytestmark = pytest.mark.anyio
HELLO = Message((Line("Kính gửi Phòng Báo chí"),))


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo() as fake:
        yield fake


@pytest.fixture
async def client(zalo: FakeZalo) -> AsyncIterator[ZaloClient]:
    client = ZaloClient(account(zalo))
    yield client
    await client.close()


async def failed(zalo: FakeZalo, client: ZaloClient, message: Message = HELLO) -> DeliveryError:
    lan = zalo.person("Lan")
    channel = ZaloChannel({zalo.bot.id: client}, 0)
    with pytest.raises(DeliveryError) as refused:
        await channel.send(Address("zalo", zalo.bot.id, lan.id), message)
    return refused.value


async def test_another_reader_of_the_same_pages_gets_along_with_the_fake(zalo: FakeZalo) -> None:
    lan = zalo.person("Lan")
    async with zalo_bot.Bot(zalo.bot.token, base_url=zalo.address) as other:
        sent = await other.send_message(lan.id, "Kính chào")
        lan.says("xong 2")
        update = await other.get_update(timeout=1)
    assert (sent.message_id, update.message.text) == (lan.private.last.message_id, "xong 2")


async def test_who_the_bot_is_and_how_it_is_called(zalo: FakeZalo, client: ZaloClient) -> None:
    me = await client.me()
    assert (me.number, me.names) == (zalo.bot.id, (zalo.bot.display_name, zalo.bot.account_name))


async def test_nothing_new_is_no_trouble(zalo: FakeZalo) -> None:
    client = ZaloClient(account(zalo, poll_wait=zalo.now() - zalo.now()))
    zalo.order(Refused(408, "Request timeout"), method="getUpdates")
    assert await client.fetch_updates() == ()
    await client.close()


@pytest.mark.parametrize(("fault", "kind"), [
    (Refused(400, "text must be 1-2000 characters"), Failure.REFUSED),
    (Refused(400, "chat not found"), Failure.PERMANENT),
    (Refused(400, "chat_id is invalid"), Failure.PERMANENT),
    (Refused(400, "bot was blocked by the user"), Failure.PERMANENT),
    (Refused(400, "too long for a user"), Failure.REFUSED),
    (Refused(401, "Unauthorized"), Failure.RETRY),
    (Refused(403, "Internal server error"), Failure.REFUSED),
    (Refused(404, "Not Found"), Failure.RETRY),
    (Refused(408, "Request timeout"), Failure.UNKNOWN),
    (Refused(429, "Quota exceeded"), Failure.RETRY),
    (Refused(500, "Server error"), Failure.UNKNOWN),
    (Trouble.SERVER_ERROR, Failure.UNKNOWN),
    (Trouble.NOT_JSON, Failure.UNKNOWN),
    (Trouble.RESET, Failure.UNKNOWN),
    (Trouble.SILENCE_AFTER, Failure.UNKNOWN),
])  # fmt: skip
async def test_each_refusal_means_one_thing_for_the_letter(
    zalo: FakeZalo, client: ZaloClient, fault: Refused | Trouble, kind: Failure
) -> None:
    zalo.order(fault)
    assert (await failed(zalo, client)).kind is kind


async def test_a_server_that_is_not_there_surely_took_nothing(zalo: FakeZalo) -> None:
    client = ZaloClient(account(zalo, api_url="http://127.0.0.1:9"))
    assert (await failed(zalo, client)).kind is Failure.RETRY
    await client.close()


async def test_a_chat_of_a_bot_that_is_not_connected_waits(zalo: FakeZalo) -> None:
    channel = ZaloChannel({}, 0)
    with pytest.raises(DeliveryError) as refused:
        await channel.send(Address("zalo", "7", "1"), HELLO)
    assert refused.value.kind is Failure.WAIT


async def test_the_token_is_in_no_log_line(
    zalo: FakeZalo, client: ZaloClient, caplog: pytest.LogCaptureFixture
) -> None:
    hide_secrets()
    caplog.set_level("DEBUG")
    zalo.order(Trouble.RESET)
    await failed(zalo, client)
    await client.me()
    assert zalo.bot.token.partition(":")[2] not in caplog.text


async def test_a_token_is_in_no_text_of_a_client_s_or_its_troubles(
    zalo: FakeZalo, client: ZaloClient
) -> None:
    zalo.order(Trouble.RESET)
    trouble = await failed(zalo, client)
    secret = zalo.bot.token.partition(":")[2]
    assert secret not in f"{trouble!r}{trouble.__cause__!r}{account(zalo)!r}"


async def test_a_long_letter_comes_in_parts_that_zalo_takes(zalo: FakeZalo, client: ZaloClient) -> None:
    lan, channel = zalo.person("Lan"), ZaloChannel({zalo.bot.id: client}, 0)
    long = Message(tuple(Line("Đề nghị gửi số liệu 👩‍🔬 " * 9) for _ in range(20)), (Choice("Đồng ý", "ok"),))
    for part in channel.capabilities.parts(long):
        await channel.send(Address("zalo", zalo.bot.id, lan.id), part)
    assert lan.private.last.text.endswith("1. Đồng ý\nTrả lời bằng số.")
