"""The demo's clock: one winding at a time for each agency, seen by every reader who has its page open."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from scheduler.clock import Clock

logger = logging.getLogger(__name__)


OnStep = Callable[[date], None]


class Windable(Protocol):
    """What can be wound: the demo's world, or a double in a test."""

    @property
    def clock(self) -> Clock: ...
    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date: ...
    async def wind_to(self, day: date, on_step: OnStep | None = None) -> int: ...
    async def wind_to_next_event(self, on_step: OnStep | None = None) -> int: ...
    async def reset(self) -> None: ...


@dataclass
class Winder:
    """`turns` grows with every winding that ended, `resets` with every fresh start: pages compare them."""

    world: Windable
    is_busy: bool = False
    reached: date | None = None
    says: str = ""
    turns: int = 0
    resets: int = 0

    @property
    def today(self) -> date:
        return self.world.clock.now().date()

    async def by_days(self, days: int) -> None:
        await self.to_day(min(self.today + timedelta(days=days), self.world.ends))

    async def to_next_event(self) -> None:
        await self._wind(lambda: self.world.wind_to_next_event(self._step))

    async def to_day(self, day: date) -> None:
        if self.today < day <= self.world.ends:
            await self._wind(lambda: self.world.wind_to(day, self._step))

    async def reset(self) -> None:
        async def start_again() -> int:
            await self.world.reset()
            self.resets += 1
            return 0

        await self._wind(start_again)

    def _step(self, day: date) -> None:
        self.reached = day

    async def _wind(self, turn: Callable[[], Awaitable[int]]) -> None:
        if self.is_busy:
            return
        self.is_busy, self.reached, self.says = True, self.today, ""
        before = self.today
        try:
            letters = await turn()
            self.says = "" if self.today < before else result_in_words((self.today - before).days, letters)
        except Exception:
            # One demo agency that fails must not take the page with it.
            logger.exception("could not wind from=%s", before)
            self.says = "Có lỗi khi chạy đồng hồ; xin thử lại."
        finally:
            self.is_busy = False
            self.turns += 1


def result_in_words(days: int, letters: int) -> str:
    """What a winding did, in a few words."""
    went = f"Qua {days} ngày" if days > 0 else "Cùng ngày"
    return f"{went} · {letters} tin mới" if letters else f"{went} · không có tin mới"
