"""What Telegram's refusals mean for a letter."""

import re
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.not_sent import NOT_SENT
from scheduler.channel import Address, DeliveryError, Failure

# The office reads these in “Không gửi được tin đến …: <lý do>”.
FORBIDDEN = (
    ("blocked", "bot đã bị chặn"),
    ("kicked", "bot đã bị đưa ra khỏi nhóm"),
    ("deactivated", "tài khoản Telegram không còn hoạt động"),
    ("not a member", "bot không còn trong nhóm"),
    ("initiate", "người nhận chưa bấm Start với bot"),
)
GONE = (
    ("chat not found", "cuộc trò chuyện không còn"),
    ("chat was deactivated", "nhóm đã giải tán"),
    ("user not found|peer_id_invalid", "tài khoản Telegram không còn"),
    ("thread not found|topic_deleted|topic_id_invalid", "chủ đề trong nhóm đã bị xóa"),
    ("topic_closed", "chủ đề trong nhóm đã đóng"),
    ("rights to send|write_forbidden|chat_restricted|chat_send_", "bot không được quyền gửi tin trong nhóm"),
    ("upgraded to a supergroup", "nhóm đã được nâng cấp"),
)
# The gateway answered that nobody behind it took the request.
NOBODY_TOOK_IT = re.compile(r"(Bad Gateway|Service Unavailable)\b")

# A gateway in between says so, too, and does not know for how long.
WITHOUT_SAYING_HOW_LONG = re.compile(r"Too Many Requests\b")


def refusal(error: TelegramError, address: Address) -> DeliveryError:
    """The refusal as the outbox understands it; its words carry neither token nor address of the server."""
    match error:
        case RetryAfter(retry_after=wait):
            span = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return DeliveryError("Telegram yêu cầu chờ", Failure.WAIT, wait=span)
        case ChatMigrated(new_chat_id=number):
            moved_to = Address(address.channel, address.bot, str(number))
            return DeliveryError("nhóm đã được nâng cấp", Failure.MOVED, moved_to=moved_to)
        case Forbidden():
            why = _why(FORBIDDEN, error) or "Telegram không cho bot gửi vào đây"
            return DeliveryError(why, Failure.PERMANENT)
        case BadRequest():
            return _bad_request(error)
        case InvalidToken():
            return DeliveryError("Telegram không nhận token của bot", Failure.RETRY)
        case NetworkError():
            return _network(error)
        case _:
            return DeliveryError(type(error).__name__, Failure.UNKNOWN)


def _bad_request(error: BadRequest) -> DeliveryError:
    """The chat is gone, or this one letter is not to Telegram's liking: then the chat is not to blame."""
    why = _why(GONE, error)
    return DeliveryError(why, Failure.PERMANENT) if why else DeliveryError(error.message, Failure.REFUSED)


def _network(error: NetworkError) -> DeliveryError:
    cause = error.__cause__
    if WITHOUT_SAYING_HOW_LONG.match(error.message):
        return DeliveryError("Telegram yêu cầu chờ", Failure.WAIT)
    if isinstance(cause, NOT_SENT) or NOBODY_TOOK_IT.match(error.message):
        return DeliveryError(f"chưa kết nối được Telegram ({_kind(error)})", Failure.RETRY)
    return DeliveryError(f"không rõ Telegram đã nhận chưa ({_kind(error)})", Failure.UNKNOWN)


def _kind(error: NetworkError) -> str:
    return type(error.__cause__ or error).__name__


def _why(reasons: tuple[tuple[str, str], ...], error: TelegramError) -> str:
    return next((why for pattern, why in reasons if re.search(pattern, error.message, re.IGNORECASE)), "")
