"""The post room: one thread for all that letters ask of the database, so that hundreds on their way keep nobody else out.

In the threads that everything shares, what people said would stand in line behind what becomes of every letter.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

_ROOM = ThreadPoolExecutor(1, "post")

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


async def in_post_room(work: Callable[Asked, Told], *args: Asked.args, **more: Asked.kwargs) -> Told:
    """As `asyncio.to_thread`, one piece of work after the other."""
    loop, around = asyncio.get_running_loop(), copy_context()
    return await loop.run_in_executor(_ROOM, partial(around.run, work, *args, **more))
