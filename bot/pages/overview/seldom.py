"""A reading that is kept while nothing has happened: letters go out by the thousand, and change no number."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from sqlmodel import Session, col, select

from data.tables import Trail

T = TypeVar("T")

KEPT_SECONDS = 60


class Looks(Protocol):
    """Who looks: the reader of a page."""

    @property
    def agency_id(self) -> int: ...
    @property
    def today(self) -> date: ...
    @property
    def now(self) -> datetime: ...


class Seldom(Generic[T]):
    """Asks again when somebody of the agency did something, when the day turned, or after a minute.

    What is done for the agency is noted in its trail, in the same transaction.
    """

    def __init__(self, reader: Looks, ask: Callable[[Session], T]) -> None:
        self._reader, self._ask = reader, ask
        self._kept: tuple[tuple[date, int, int], T] | None = None

    def __call__(self, session: Session) -> T:
        mark = self._mark(session)
        if self._kept is None or self._kept[0] != mark:
            self._kept = mark, self._ask(session)
        return self._kept[1]

    def _mark(self, session: Session) -> tuple[date, int, int]:
        newest = select(Trail.id).where(Trail.agency_id == self._reader.agency_id)
        done = session.exec(newest.order_by(col(Trail.id).desc()).limit(1)).first() or 0
        return self._reader.today, done, int(self._reader.now.timestamp()) // KEPT_SECONDS
