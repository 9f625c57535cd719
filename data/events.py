"""The days on which events happened that duties wait for: recorded, moved, taken back, with who and when."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from data.days_of_duties import keep_day, kept_day, withdraw_day
from data.obligations import Heard
from data.tables import Duty, DutyEvent
from duties.events import Happening


def record_event(
    session: Session, duty: Duty, happening: Happening, heard: Heard, *, instead_of: date | None = None
) -> DutyEvent:
    """The duty's event of that day; said again it only gets its new due date. `instead_of` is the day that was wrong."""
    if instead_of is not None and instead_of != happening.day:
        forget_event(session, duty, instead_of, heard.at)
    event = keep_day(session, DutyEvent, duty, happening.day, heard)
    event.due = happening.due
    session.flush()
    return event


def forget_event(session: Session, duty: Duty, day: date, now: datetime) -> bool:
    """Take back an event; False when none was recorded for that day."""
    return withdraw_day(session, DutyEvent, duty, day, now)


def event_on(session: Session, duty_id: int, day: date) -> DutyEvent | None:
    """The event of that day, also one that was taken back."""
    return kept_day(session, DutyEvent, duty_id, day)


def happened(session: Session, duty_id: int) -> list[Happening]:
    """Every day of a duty's event that was not taken back, in order."""
    query = select(DutyEvent).where(DutyEvent.duty_id == duty_id, col(DutyEvent.withdrawn_at).is_(None))
    return [Happening(row.day, row.due) for row in session.exec(query.order_by(col(DutyEvent.day)))]
