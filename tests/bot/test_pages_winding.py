"""Winding the demo's clock: one at a time, never back, never past the end."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from bot.pages.winding import OnStep, Winder, result_in_words
from duties.workdays import HANOI
from scheduler.clock import StoppedClock


class Year:
    """A world whose clock moves a day at a time and where a letter goes out every Monday."""

    starts, ends = date(2022, 2, 28), date(2022, 12, 31)

    def __init__(self) -> None:
        self.clock = StoppedClock(datetime(2022, 2, 28, 8, tzinfo=HANOI))
        self.breaks = False

    async def wind_to(self, day: date, on_step: OnStep | None = None) -> int:
        letters = 0
        while self.clock.now().date() < day:
            if self.breaks:
                raise RuntimeError("the world broke")
            self.clock.set(self.clock.now() + timedelta(days=1))
            if on_step is not None:
                on_step(self.clock.now().date())
            letters += self.clock.now().weekday() == 0
            await asyncio.sleep(0)
        return letters

    async def wind_to_next_event(self, on_step: OnStep | None = None) -> int:
        return await self.wind_to(self.clock.now().date() + timedelta(days=7), on_step)

    async def reset(self) -> None:
        self.clock.set(datetime(2022, 2, 28, 8, tzinfo=HANOI))


@pytest.fixture
def winder() -> Winder:
    return Winder(Year())


def test_a_week_passes_and_its_letters_are_told(winder: Winder) -> None:
    asyncio.run(winder.by_days(7))
    assert (winder.today, winder.says) == (date(2022, 3, 7), "Qua 7 ngày · 1 tin mới")


def test_it_stops_at_the_end_of_the_year(winder: Winder) -> None:
    asyncio.run(winder.by_days(1000))
    assert winder.today == Year.ends


@pytest.mark.parametrize("day", [date(2022, 2, 28), date(2021, 1, 1), date(2023, 6, 1)])
def test_it_goes_neither_back_nor_past_the_end(winder: Winder, day: date) -> None:
    asyncio.run(winder.to_day(day))
    assert (winder.today, winder.turns) == (Year.starts, 0)


def test_every_reader_sees_how_far_it_is(winder: Winder) -> None:
    asyncio.run(winder.to_next_event())
    assert winder.reached == date(2022, 3, 7)


def test_two_readers_pressing_at_once_wind_it_once(winder: Winder) -> None:
    async def both() -> None:
        await asyncio.gather(winder.by_days(7), winder.by_days(7))

    asyncio.run(both())
    assert (winder.today, winder.turns) == (date(2022, 3, 7), 1)


def test_a_winding_that_fails_says_so_and_frees_the_clock() -> None:
    year = Year()
    year.breaks = True
    winder = Winder(year)
    asyncio.run(winder.by_days(1))
    assert (winder.is_busy, winder.says) == (False, "Có lỗi khi chạy đồng hồ; xin thử lại.")


def test_a_fresh_start_is_seen_by_every_page(winder: Winder) -> None:
    asyncio.run(winder.by_days(7))
    asyncio.run(winder.reset())
    assert (winder.today, winder.resets) == (Year.starts, 1)


@pytest.mark.parametrize(
    ("days", "letters", "words"),
    [
        (7, 12, "Qua 7 ngày · 12 tin mới"),
        (1, 0, "Qua 1 ngày · không có tin mới"),
        (0, 3, "Cùng ngày · 3 tin mới"),
    ],
)
def test_the_result_is_said_shortly(days: int, letters: int, words: str) -> None:
    assert result_in_words(days, letters) == words
