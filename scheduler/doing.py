"""What is being done just now: named in every log line that is written meanwhile, in threads begun by it, too."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})
_DOING: ContextVar[Mapping[str, str]] = ContextVar("doing", default=_NOTHING)


@contextmanager
def doing(**parts: object) -> Iterator[None]:
    """Until the block ends every log line carries these parts beside those of the blocks around it."""
    before = _DOING.set({**_DOING.get(), **{name: str(value) for name, value in parts.items()}})
    try:
        yield
    finally:
        _DOING.reset(before)


def what_is_done() -> Mapping[str, str]:
    """The parts of all blocks around the caller, the outermost first."""
    return _DOING.get()
