"""What can go wrong at Telegram, ordered by a test, and the limits it keeps."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from tests.fakes.telegram_refusals import Refused, slow_down

BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
)
WRITES = {
    "sendmessage",
    "senddocument",
    "sendphoto",
    "editmessagetext",
    "editmessagecaption",
    "editmessagereplymarkup",
}


class Trouble(Enum):
    """Without an answer in JSON."""

    BAD_GATEWAY = "502 with a page in HTML"
    RESET = "the connection is cut before the call is taken"
    RESET_AFTER = "the call is taken, then the connection is cut"
    SILENCE = "no answer, and the call is not taken"
    SILENCE_AFTER = "the call is taken, and no answer comes"

    @property
    def is_after(self) -> bool:
        return self in (Trouble.RESET_AFTER, Trouble.SILENCE_AFTER)


Fault = Refused | Trouble


@dataclass
class Order:
    fault: Fault
    method: str | None
    chat: int | None
    times: int

    def fits(self, method: str, chat: int | None) -> bool:
        if self.times == 0 or (self.chat is not None and self.chat != chat):
            return False
        # Polling goes on by itself and would eat a fault that is meant for a call of the bot.
        return self.method == method if self.method else method != "getupdates"


@dataclass
class Faults:
    orders: list[Order] = field(default_factory=list)

    def due(self, method: str, chat: int | None) -> Fault | None:
        for order in self.orders:
            if order.fits(method, chat):
                order.times -= 1
                return order.fault
        return None


@dataclass(frozen=True)
class Limit:
    """So many messages in so long a time, whatever the counter is for."""

    name: str
    most: int
    within: timedelta


# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
A_BOT = Limit("30 a second", 30, timedelta(seconds=1))
A_CHAT = Limit("1 a second in one chat", 1, timedelta(seconds=1))
A_GROUP = Limit("20 a minute in one group", 20, timedelta(minutes=1))
# A clock of the wall wavers on the way; a sender that keeps the second is not blamed for 50 ms.
SLACK = timedelta(milliseconds=50)


@dataclass(frozen=True)
class Violation:
    limit: str
    chat: int
    at: datetime


@dataclass
class Meter:
    """Counts messages against the limits; refuses what is too much if it is told to."""

    enforced: bool = False
    violations: list[Violation] = field(default_factory=list)
    _taken: dict[tuple[Limit, int], deque[datetime]] = field(default_factory=dict)
    _closed_until: dict[int, datetime] = field(default_factory=dict)
    _warned_until: dict[int, datetime] = field(default_factory=dict)

    def close(self, chat: int | None, until: datetime) -> None:
        """Everything to that chat, or to all, waits until then."""
        self._closed_until[chat or 0] = until

    def warn(self, chat: int | None, until: datetime) -> None:
        """A test ordered a 429: what comes before its time is taken, and counted as a violation."""
        self._warned_until[chat or 0] = until

    def take(self, chat: int, now: datetime) -> Refused | None:
        """Count one message; a refusal if it must wait."""
        if any(until > now for until in self._told(chat)):
            self.violations.append(Violation("told to wait", chat, now))
        if until := self._closed(chat, now):
            return slow_down(math.ceil((until - now).total_seconds()))
        limits = [(A_BOT, 0), (A_CHAT, chat), *([(A_GROUP, chat)] if chat < 0 else [])]
        wait = max(self._wait_counted(limit, place, chat, now) for limit, place in limits)
        if wait and self.enforced:
            self.close(chat, now + timedelta(seconds=wait))
            return slow_down(math.ceil(wait))
        for key in limits:
            self._taken.setdefault(key, deque()).append(now)
        return None

    def _told(self, chat: int) -> list[datetime]:
        told = (self._closed_until, self._warned_until)
        return [until[place] for until in told for place in (chat, 0) if place in until]

    def _closed(self, chat: int, now: datetime) -> datetime | None:
        until = max((self._closed_until.get(place, now) for place in (chat, 0)), default=now)
        return until if until > now else None

    def _wait_counted(self, limit: Limit, place: int, chat: int, now: datetime) -> float:
        taken = self._taken.setdefault((limit, place), deque())
        while taken and taken[0] + limit.within - SLACK <= now:
            taken.popleft()
        if len(taken) < limit.most:
            return 0.0
        self.violations.append(Violation(limit.name, chat, now))
        return (taken[0] + limit.within - now).total_seconds()
