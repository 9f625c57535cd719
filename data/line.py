"""A line: whoever comes first is served first, also by a lock that is let go and asked for again at once."""

from collections import deque
from threading import Lock, get_ident


class Line:
    """A lock that its threads get in the order in which they asked; whoever has it may take it once more."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._holder: int | None = None
        self._depth = 0
        self._waiting = deque[tuple[int, Lock]]()

    @property
    def waiting(self) -> int:
        """How many stand in it."""
        return len(self._waiting)

    def acquire(self, timeout: float) -> bool:
        """False when it did not become this thread's turn within so many seconds."""
        me = get_ident()
        with self._guard:
            if self._holder in {None, me}:
                self._holder, self._depth = me, self._depth + 1
                return True
            called = Lock()
            called.acquire()
            self._waiting.append((me, called))
        return called.acquire(timeout=timeout) or not self._leave((me, called))

    def release(self) -> None:
        """To be called by the thread that has it, as often as it was taken."""
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            self._holder = None
            if self._waiting:
                self._holder, called = self._waiting.popleft()
                self._depth = 1
                called.release()

    def _leave(self, place: tuple[int, Lock]) -> bool:
        """Whether it still stood in line: it may have been called at the last moment."""
        with self._guard:
            if place not in self._waiting:
                return False
            self._waiting.remove(place)
            return True
