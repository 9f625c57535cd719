"""How far the reading of a long file has come, for whoever waits for it."""

from collections.abc import Callable
from contextvars import ContextVar


def _nobody_waits(_done: int, _of: int) -> None:
    """Most files are read at once."""


# `PAGES_READ.set(heard)` before the work is handed to a thread: `heard(done, of)` is called from there after each page
PAGES_READ: ContextVar[Callable[[int, int], None]] = ContextVar("pages_read", default=_nobody_waits)
