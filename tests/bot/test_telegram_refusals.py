"""What Telegram's refusals mean for a letter."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.refusals import refusal
from scheduler.channel import Address, Failure

GROUP = Address("telegram", "7100000001", "-100", "4")


def because_of(error: NetworkError, cause: Exception) -> NetworkError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Failure.PERMANENT),
        (Forbidden("Forbidden: something new"), Failure.PERMANENT),
        (BadRequest("Bad Request: chat not found"), Failure.PERMANENT),
        (BadRequest("Bad Request: message thread not found"), Failure.PERMANENT),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), Failure.PERMANENT),
        (BadRequest("Bad Request: message is too long"), Failure.REFUSED),
        (BadRequest("Bad Request: can't parse entities"), Failure.REFUSED),
        (RetryAfter(9), Failure.WAIT),
        (ChatMigrated(-1002), Failure.MOVED),
        (InvalidToken("Unauthorized"), Failure.RETRY),
        (NetworkError("Bad Gateway (502). Parsing the server response failed"), Failure.RETRY),
        (NetworkError("Internal Server Error"), Failure.UNKNOWN),
        (NetworkError("Gateway Timeout (504)"), Failure.UNKNOWN),
        (TimedOut(), Failure.UNKNOWN),
        (Conflict("something else"), Failure.UNKNOWN),
        (because_of(TimedOut(), httpx.ReadTimeout("")), Failure.UNKNOWN),
        (because_of(TimedOut(), httpx.WriteTimeout("")), Failure.UNKNOWN),
        (because_of(TimedOut(), httpx.ConnectTimeout("")), Failure.RETRY),
        (because_of(TimedOut(), httpx.PoolTimeout("")), Failure.RETRY),
        (because_of(NetworkError("httpx"), httpx.ConnectError("")), Failure.RETRY),
        (because_of(NetworkError("httpx"), httpx.ReadError("")), Failure.UNKNOWN),
        (because_of(NetworkError("httpx"), httpx.RemoteProtocolError("")), Failure.UNKNOWN),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_refusal_has_its_meaning(error: TelegramError, kind: Failure) -> None:
    assert refusal(error, GROUP).kind is kind


def test_how_long_to_wait_is_telegram_s_word() -> None:
    assert refusal(RetryAfter(timedelta(seconds=17)), GROUP).wait == timedelta(seconds=17)


def test_a_group_that_moved_is_followed_out_of_its_topics() -> None:
    assert refusal(ChatMigrated(-1002), GROUP).moved_to == Address("telegram", "7100000001", "-1002", "")


def test_the_office_reads_the_reason_in_its_own_language() -> None:
    assert str(refusal(Forbidden("Forbidden: bot was kicked from the group chat"), GROUP)) == (
        "bot đã bị đưa ra khỏi nhóm"
    )
