"""What each of Telegram's faults means for a letter, by the real library over real HTTP."""

from collections.abc import AsyncIterator

import pytest
from telegram.request import HTTPXRequest

from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from duties.message import Line, Message
from scheduler.channel import Address, DeliveryError, Failure
from tests.fakes.telegram import FakeTelegram, Trouble
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_refusals import Refused, bad_request, forbidden, slow_down

pytestmark = pytest.mark.anyio

LETTER = Message((Line("Kính gửi Phòng Kế hoạch - Tài chính"),))


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as opened:
        yield opened


@pytest.fixture
async def channel(telegram: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    calls, polls = (HTTPXRequest(httpx_kwargs={"verify": False}, read_timeout=0.3) for _ in range(2))
    bot = TelegramClient(
        telegram.token, telegram.base_url, telegram.base_file_url, request=calls, get_updates_request=polls
    )
    async with bot:
        yield TelegramChannel(bot, "7100000001", Buttons("secret", "7100000001"))


@pytest.fixture
def lan(telegram: FakeTelegram) -> Person:
    person = telegram.person("Lan")
    person.starts()
    return person


async def refused(telegram: FakeTelegram, channel: TelegramChannel, lan: Person, fault: Fault) -> Failure:
    telegram.order(fault, method="sendMessage")
    with pytest.raises(DeliveryError) as error:
        await channel.send(Address("telegram", "7100000001", str(lan.id)), LETTER)
    return error.value.kind


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (slow_down(30), Failure.WAIT),
        (Refused(429, "Too Many Requests"), Failure.WAIT),
        (forbidden("bot was blocked by the user"), Failure.PERMANENT),
        (
            bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001),
            Failure.MOVED,
        ),
        (bad_request("chat not found"), Failure.PERMANENT),
        (bad_request("can't parse entities"), Failure.REFUSED),
        (Refused(401, "Unauthorized"), Failure.RETRY),
        (Trouble.BAD_GATEWAY, Failure.RETRY),
        (Refused(503, "Service Unavailable"), Failure.RETRY),
        # it broke while it was at it: whether the letter went out nobody knows
        (Refused(500, "Internal Server Error"), Failure.UNKNOWN),
        (Refused(504, "Gateway Timeout"), Failure.UNKNOWN),
        (Trouble.RESET, Failure.UNKNOWN),
        (Trouble.RESET_AFTER, Failure.UNKNOWN),
        (Trouble.SILENCE, Failure.UNKNOWN),
        (Trouble.SILENCE_AFTER, Failure.UNKNOWN),
    ],
    ids=str,
)
async def test_a_fault_is_understood(
    telegram: FakeTelegram, channel: TelegramChannel, lan: Person, fault: Fault, kind: Failure
) -> None:
    assert await refused(telegram, channel, lan, fault) is kind
