"""A bot's door: who goes out at which turn, how many at once, and nobody while the platform is silent."""

import asyncio

import pytest

from scheduler import pace
from scheduler.pace import FEW, Door

MANY = 100_000

pytestmark = pytest.mark.anyio


class Queue:
    """Letters at one door, and the order in which they went out."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.out: list[str] = []
        self.moments: list[float] = []
        self._tasks: list[asyncio.Task[bool]] = []

    async def put(
        self, name: str, turn_in: float = 0, ready_in: float = 0, *, is_answer: bool = False
    ) -> None:
        self._tasks.append(asyncio.create_task(self._go(name, turn_in, ready_in, is_answer=is_answer)))
        await asyncio.sleep(0)

    async def _go(self, name: str, turn_in: float, ready_in: float, *, is_answer: bool) -> bool:
        went = await self.door.go_out(turn_in=turn_in, ready_in=ready_in, is_answer=is_answer)
        if went:
            self.out.append(name)
            self.moments.append(asyncio.get_running_loop().time())
            await self.door.back(answered=True)
        return went

    async def all(self) -> list[bool]:
        async with asyncio.timeout(5):
            return list(await asyncio.gather(*self._tasks))


@pytest.fixture
def queue() -> Queue:
    return Queue(Door(MANY))


async def test_each_goes_at_its_turn(queue: Queue) -> None:
    await queue.put("hai", 0.06)
    await queue.put("một", 0.02)
    began = asyncio.get_running_loop().time()
    await queue.all()
    assert [moment - began >= turn for moment, turn in zip(queue.moments, (0.015, 0.055), strict=True)]
    assert len(queue.out) == 2


async def test_an_answer_takes_the_turn_of_what_nobody_waits_for(queue: Queue) -> None:
    for n in range(3):
        await queue.put(f"tin {n}", 0.1 + 0.02 * n)
    await queue.put("trả lời", 0.3, is_answer=True)
    await queue.all()
    assert queue.out == ["trả lời", "tin 0", "tin 1", "tin 2"]


async def test_an_answer_whose_chat_must_wait_lets_others_go_meanwhile(queue: Queue) -> None:
    await queue.put("trả lời", 0.0, ready_in=0.2, is_answer=True)
    await queue.put("tin", 0.02)
    await queue.all()
    assert queue.out == ["tin", "trả lời"]


async def test_none_goes_before_its_chat_is_ready(queue: Queue) -> None:
    began = asyncio.get_running_loop().time()
    await queue.put("tin", 0.0, ready_in=0.05)
    await queue.all()
    assert queue.moments[0] - began >= 0.049


async def test_what_has_waited_for_long_is_as_urgent_as_an_answer(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "PATIENCE", 0.0)
    await queue.put("tin", 0.1)
    await queue.put("trả lời", 0.12, is_answer=True)
    await queue.all()
    assert queue.out == ["tin", "trả lời"]


async def test_until_the_platform_answers_one_goes_to_see() -> None:
    door = Door(MANY)
    leaving = [
        asyncio.create_task(door.go_out(turn_in=0, ready_in=0, is_answer=False)) for _ in range(FEW + 5)
    ]
    await asyncio.sleep(0.02)
    assert sum(each.done() for each in leaving) == 1
    await door.back(answered=True)
    await asyncio.sleep(0.02)
    assert sum(each.done() for each in leaving) == 1 + FEW
    await door.back(answered=False)
    assert [await each for each in leaving].count(False) == 4


async def test_who_comes_back_unsent_tells_nothing_of_the_platform() -> None:
    door = Door(MANY)
    assert await door.go_out(turn_in=0, ready_in=0, is_answer=False)
    await door.back(None)
    assert (door.may_be, door.on_the_way) == (1, 0)


async def test_no_second_has_more_than_the_bot_may_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "A_SECOND", 0.1)
    queue, began = Queue(Door(5)), asyncio.get_running_loop().time()
    for n in range(12):
        await queue.put(str(n), is_answer=n % 3 == 0)
    await queue.all()
    assert len(queue.out) == 12
    assert [queue.moments[n] - began >= at for n, at in ((4, 0), (5, 0.099), (10, 0.199))] == [True] * 3


async def test_what_was_held_up_goes_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "A_SECOND", 0.8)
    queue, began = Queue(Door(4)), asyncio.get_running_loop().time()
    for n in range(4):
        await queue.put(str(n))
    await queue.all()
    # late they may be, on a busy machine, and never early
    assert all(moment - began >= 0.099 * n for n, moment in enumerate(queue.moments))


async def test_a_letter_that_is_given_up_takes_no_turn_from_the_others(queue: Queue) -> None:
    given_up = asyncio.create_task(queue.door.go_out(turn_in=0.01, ready_in=0, is_answer=True))
    await asyncio.sleep(0)
    await queue.put("tin", 0.03)
    given_up.cancel()
    assert (await queue.all(), queue.out) == ([True], ["tin"])


async def test_a_letter_that_is_given_up_as_there_is_room_for_it_is_passed_over() -> None:
    door = Door(MANY)
    await door.go_out(turn_in=0, ready_in=0, is_answer=False)
    given_up = asyncio.create_task(door.go_out(turn_in=0, ready_in=0, is_answer=False))
    await asyncio.sleep(0.02)
    await door.back(answered=True)
    given_up.cancel()
    await asyncio.wait([given_up])
    assert (given_up.cancelled(), door.on_the_way) == (True, 0)


async def test_a_letter_that_is_given_up_as_it_goes_out_leaves_its_room_to_others() -> None:
    door = Door(MANY)
    given_up = asyncio.create_task(door.go_out(turn_in=0, ready_in=0, is_answer=False))
    for _ in range(MANY):
        if not door.on_the_way:
            await asyncio.sleep(0)
    given_up.cancel()
    async with asyncio.timeout(1):
        assert await door.go_out(turn_in=0, ready_in=0, is_answer=False)
