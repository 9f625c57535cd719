"""What letters ask of the database is done one piece after the other, and beside what everybody else asks."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Self

import pytest

from scheduler.doing import doing, what_is_done
from scheduler.post_room import in_post_room

pytestmark = pytest.mark.anyio
SOON = 5


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
async def _one_shared_thread() -> None:
    """So that whoever occupies it is noticed by everybody."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))


class Stuck:
    """Work that lasts until the block ends."""

    def __init__(self) -> None:
        self._has_begun, self._let_go = Event(), Event()

    def work(self) -> None:
        self._has_begun.set()
        self._let_go.wait()

    def has_begun(self) -> bool:
        return self._has_begun.wait(SOON)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go.set()


async def test_one_piece_of_work_is_done_after_the_other() -> None:
    heard = list[str]()

    def piece(number: int) -> None:
        heard.append(f"begin {number}")
        sleep(0.01)
        heard.append(f"end {number}")

    await asyncio.gather(*(in_post_room(piece, number) for number in range(3)))
    assert heard == ["begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2"]


async def test_letters_on_their_way_keep_nobody_else_out() -> None:
    with Stuck() as post:
        sending = asyncio.create_task(in_post_room(post.work))
        async with asyncio.timeout(SOON):
            assert await asyncio.to_thread(post.has_begun)
    await sending


async def test_who_keeps_everybody_else_out_does_not_hold_up_the_letters() -> None:
    with Stuck() as others:
        waiting = asyncio.create_task(asyncio.to_thread(others.work))
        async with asyncio.timeout(SOON):
            assert await in_post_room(others.has_begun)
    await waiting


async def test_it_is_logged_with_what_is_being_done() -> None:
    with doing(beat="deliver-7"):
        assert await in_post_room(what_is_done) == {"beat": "deliver-7"}


async def test_trouble_is_told_to_whoever_asked_and_the_next_piece_is_done() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_post_room(divmod, 1, 0)
    assert await in_post_room(divmod, 7, 2) == (3, 1)


async def test_words_are_handed_on_by_their_names() -> None:
    assert await in_post_room(sorted, [1, 3, 2], reverse=True) == [3, 2, 1]
