"""A long list goes on from page to page: which part of it is shown, and the links to the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.pages.html import Tag
from duties.wording.numbers import whole

AT_ONCE = 50
T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """The rows of one page of `count` in all; `number` of `last`, from 1."""

    rows: tuple[T, ...]
    count: int
    number: int
    last: int


def page_of(rows: Sequence[T], number: int) -> Paged[T]:
    """That page; the last one where the list has grown shorter meanwhile."""
    last = max(1, -(-len(rows) // AT_ONCE))
    number = min(max(number, 1), last)
    return Paged(tuple(rows[(number - 1) * AT_ONCE : number * AT_ONCE]), len(rows), number, last)


def draw_pages(page: Paged[T], what: str, link: Callable[[int], str]) -> None:
    """Links to the pages before and after; nothing where all is on one. `what` is counted, `link` gives a page's address."""
    if page.last == 1:
        return
    with Tag("nav", classes="row pages", aria_label="Trang của danh sách"):
        if page.number > 1:
            Tag("a", "Trang trước", "button", href=link(page.number - 1))
        Tag("span", f"Trang {page.number}/{page.last}, {whole(page.count)} {what}", "fine")
        if page.number < page.last:
            Tag("a", "Trang sau", "button", href=link(page.number + 1))
