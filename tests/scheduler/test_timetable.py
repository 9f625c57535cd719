"""Beats that begin at once, go on whatever happens, and say what is wrong once."""

import asyncio
import logging
from datetime import timedelta

import pytest

from scheduler.timetable import Guard, Job, Timetable

pytestmark = pytest.mark.anyio


class Trying:
    """Work that fails as often as it is told to."""

    def __init__(self, *troubles: Exception) -> None:
        self._troubles = list(troubles)
        self.done = asyncio.Event()

    async def run(self) -> None:
        if self._troubles:
            raise self._troubles.pop(0)
        self.done.set()


async def said(caplog: pytest.LogCaptureFixture, work: Trying, beats: int) -> list[str]:
    guard = Guard(Job("deliver", work.run, every_seconds=1))
    with caplog.at_level(logging.INFO):
        for _ in range(beats):
            await guard.run()
    return [record.message for record in caplog.records]


async def test_the_first_beat_does_not_wait() -> None:
    work = Trying()
    beats = Timetable([Job("tick", work.run, every_seconds=3600)])
    beats.start()
    await asyncio.wait_for(work.done.wait(), 5)
    await beats.stop(timedelta(seconds=5))


async def test_a_beat_under_way_is_not_broken_off() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def take_a_while() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        ended.set()

    beats = Timetable([Job("deliver", take_a_while, every_seconds=3600)])
    beats.start()
    await begun.wait()
    await beats.stop(timedelta(seconds=5))
    assert ended.is_set()


async def test_trouble_that_lasts_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    lines = await said(caplog, Trying(OSError("full"), OSError("full"), OSError("full")), beats=3)
    assert lines == ["job=deliver failed, and is tried again at every beat"]


async def test_its_end_is_told_with_the_number_of_failures(caplog: pytest.LogCaptureFixture) -> None:
    lines = await said(caplog, Trying(OSError("full"), OSError("full")), beats=4)
    assert lines[1:] == ["job=deliver is done again, after 2 failures"]


async def test_another_trouble_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    lines = await said(caplog, Trying(OSError("full"), ValueError("?")), beats=2)
    assert len(lines) == 2
