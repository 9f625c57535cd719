"""The line in which a file's writers stand: in order, again by whoever has it, and not for ever."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from data.line import Line

SOON = 5.0


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[Thread]:
    thread = Thread(target=work)
    thread.start()
    yield thread
    thread.join(SOON)
    assert not thread.is_alive()


def stand_in(line: Line, many: int) -> None:
    """Wait until so many stand in it."""
    ends = time.monotonic() + SOON
    while line.waiting != many:
        assert time.monotonic() < ends
        time.sleep(0.001)


@pytest.fixture
def line() -> Line:
    return Line()


def test_who_has_it_may_take_it_once_more(line: Line) -> None:
    assert line.acquire(SOON)
    assert line.acquire(0)


def test_it_is_free_once_it_was_let_go_as_often_as_it_was_taken(line: Line) -> None:
    took: list[bool] = []
    for _ in range(2):
        line.acquire(SOON)
    line.release()
    with beside(lambda: took.append(line.acquire(0.05))):
        pass
    line.release()
    with beside(lambda: took.append(line.acquire(0.05))):
        pass
    assert took == [False, True]


def test_each_has_it_in_the_order_in_which_they_asked(line: Line) -> None:
    served: list[int] = []

    def stand(number: int) -> None:
        line.acquire(SOON)
        served.append(number)
        line.release()

    line.acquire(SOON)
    threads = [Thread(target=stand, args=(number,)) for number in range(5)]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        stand_in(line, number)
    line.release()
    for thread in threads:
        thread.join(SOON)
    assert served == [0, 1, 2, 3, 4]


def test_who_asks_again_at_once_stands_behind_who_waited(line: Line) -> None:
    served: list[str] = []

    def stand() -> None:
        line.acquire(SOON)
        served.append("waited")
        line.release()

    line.acquire(SOON)
    with beside(stand):
        stand_in(line, 1)
        line.release()
        line.acquire(SOON)
        served.append("again")
        line.release()
    assert served == ["waited", "again"]


def test_who_gives_up_leaves_the_line(line: Line) -> None:
    gave_up, took = Event(), list[bool]()

    def stand() -> None:
        took.append(line.acquire(0.01))
        gave_up.set()

    line.acquire(SOON)
    with beside(stand):
        gave_up.wait(SOON)
    line.release()
    assert (took, line.waiting, line.acquire(0)) == ([False], 0, True)


def test_many_threads_are_never_in_it_at_once(line: Line) -> None:
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(200):
            line.acquire(SOON)
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1
            line.release()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert (most, inside, line.waiting) == ([1], [0], 0)
