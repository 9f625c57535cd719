"""What Zalo's refusals mean for a letter. How sure each is: `docs/operations.md`, the checks on a real bot."""

import re
from http import HTTPStatus

from bot.channels.zalo.client import NoAnswer, Refused, ZaloError
from scheduler.channel import DeliveryError, Failure

# Zalo has one code for all that is wrong with a request; only its words tell whether the chat is gone
GONE = re.compile(
    r"(chat|user|group|recipient|conversation)\w*\W.*\b(not found|not exist|invalid|blocked|removed|deleted|deactivated)"
    r"|\b(blocked by|kicked)\b",
    re.IGNORECASE,
)


def refusal(error: ZaloError) -> DeliveryError:
    """The refusal as the outbox understands it; its words carry neither token nor address of the server."""
    match error:
        case Refused():
            return _refused(error)
        case NoAnswer(was_sent=False):
            return DeliveryError(f"chưa kết nối được Zalo ({error})", Failure.RETRY)
        case _:
            return DeliveryError(f"không rõ Zalo đã nhận chưa ({error})", Failure.UNKNOWN)


def _refused(error: Refused) -> DeliveryError:
    match error.code:
        case HTTPStatus.BAD_REQUEST if GONE.search(error.description):
            return DeliveryError("Zalo không còn gửi được đến nơi này", Failure.PERMANENT)
        case HTTPStatus.UNAUTHORIZED:
            return DeliveryError("Zalo không nhận token của bot", Failure.RETRY)
        case HTTPStatus.NOT_FOUND:
            return DeliveryError("Zalo không có lệnh này; xin kiểm tra địa chỉ máy chủ", Failure.RETRY)
        case HTTPStatus.TOO_MANY_REQUESTS:
            # without a wait: the outbox waits longer each time, and the whole bot with it
            return DeliveryError("Zalo báo hết lượt gửi", Failure.RETRY)
        case HTTPStatus.REQUEST_TIMEOUT:
            return DeliveryError("Zalo không trả lời kịp", Failure.UNKNOWN)
        case code if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return DeliveryError(f"không rõ Zalo đã nhận chưa ({code})", Failure.UNKNOWN)
        case _:
            return DeliveryError(f"Zalo từ chối tin này ({error.code})", Failure.REFUSED)
