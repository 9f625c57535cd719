"""Moments around a due date, and what was said at them."""

from datetime import date, datetime, time

from duties.progress import Answer, Said
from duties.workdays import HANOI

DUE = date(2022, 6, 30)


def moment(day: date, hour: int = 9) -> datetime:
    """At that hour of a day in Hanoi."""
    return datetime.combine(day, time(hour), HANOI)


def june(day: int, hour: int = 9) -> datetime:
    """A moment of June 2022, in which the obligation falls due."""
    return moment(date(2022, 6, day), hour)


def july(day: int) -> datetime:
    """A moment of the month after."""
    return moment(date(2022, 7, day))


def done(at: datetime, id: int = 1) -> Answer:
    """The unit says that it is done."""
    return Answer(id, Said.DONE, at)
