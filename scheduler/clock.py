"""The one question to the wall clock, in Asia/Ho_Chi_Minh; and clocks that stand in for it."""

import time
from datetime import datetime, timedelta
from typing import Protocol

from duties.workdays import HANOI


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in Hanoi time."""
        ...


class WallClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(HANOI)


class WoundClock:
    """A clock that is set by hand and then runs at the ordinary pace, so that what is said in turn stays in turn."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def set(self, moment: datetime) -> None:
        self._set_to = moment.astimezone(HANOI)
        self._set_at = time.monotonic()

    def now(self) -> datetime:
        return self._set_to + timedelta(seconds=time.monotonic() - self._set_at)


class StoppedClock:
    """A clock that shows what it was last set to: every test knows the moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(HANOI)

    def set(self, moment: datetime) -> None:
        self.moment = moment.astimezone(HANOI)

    def now(self) -> datetime:
        return self.moment
