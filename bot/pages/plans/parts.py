"""A part of a page that is drawn anew only when what it shows has changed, so that nothing else moves."""

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.pages.html import Tag

T = TypeVar("T")


class Part(Generic[T]):
    """`draw` draws it in its place from what it is given, as often as that has changed."""

    def __init__(
        self, draw: Callable[[T], object], tag: str = "div", classes: str = "", **attributes: str
    ) -> None:
        self._draw = draw
        self.place = Tag(tag, classes=classes, **attributes)
        self._shown: T | None = None

    def show(self, fresh: T) -> None:
        if fresh == self._shown:
            return
        self._shown = fresh
        self.place.clear()
        with self.place:
            self._draw(fresh)
