"""After an event: a length of time counted from a day → the day it ends, and the occurrence that is due then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from duties.deadline import Deadline, Offset, OffsetUnit, Period, Reading
from duties.moments import months_later
from duties.occurrences import PlannedOccurrence
from duties.workdays import WorkCalendar

DAYS_IN_HALF_A_MONTH = 15


@dataclass(frozen=True)
class Happening:
    """The day on which an event happened; `due` is what the office says where the plan counts no days."""

    day: date
    due: date | None = None


def day_after(day: date, by: Offset, calendar: WorkCalendar) -> date:
    """The last day of a length of time; the day it begins on is not counted (Bộ luật Dân sự 2015, Điều 147 khoản 3).

    Months end on the same day of the month, or on its last day (Điều 148 khoản 3); half a month is 15 days
    (Điều 146 khoản 1); of half a day nothing is lost.
    """
    match by.unit:
        case OffsetUnit.DAY:
            return day + timedelta(ceil(by.n))
        case OffsetUnit.WORKING_DAY:
            return calendar.shift(day, ceil(by.n))
        case OffsetUnit.MONTH:
            whole = months_later(day, int(by.n))
            return whole + timedelta(round((by.n - int(by.n)) * 2 * DAYS_IN_HALF_A_MONTH))


def waits_for_event(deadline: Deadline) -> bool:
    """Whether its words count from an event, alone or beside dates."""
    return Reading.AFTER_EVENT in (deadline.reading, *deadline.also)


def after_events(
    deadline: Deadline, happened: Iterable[Happening], calendar: WorkCalendar
) -> tuple[PlannedOccurrence, ...]:
    """An occurrence for each time the event happened; none where nothing says how long after it."""
    if not waits_for_event(deadline):
        return ()
    dues = {event.day: due_of(deadline, event, calendar) for event in happened}
    return tuple(_occurrence(day, due) for day, due in sorted(dues.items()) if due is not None)


def due_of(deadline: Deadline, event: Happening, calendar: WorkCalendar) -> date | None:
    """The office's word, else so long after the event as the plan says."""
    if event.due is not None or deadline.offset is None:
        return event.due
    return day_after(event.day, deadline.offset, calendar)


def _occurrence(day: date, due: date) -> PlannedOccurrence:
    period = Period(day, due) if day <= due else None
    return PlannedOccurrence(f"event:{day.isoformat()}", due, due, None, period, window=None)
