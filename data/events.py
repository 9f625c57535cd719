"""The days on which events happened that duties wait for: recorded, moved, taken back, with who and when."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from data.obligations import Heard
from data.tables import Duty, DutyEvent
from duties.events import Happening


def record_event(
    session: Session, duty: Duty, happening: Happening, heard: Heard, *, instead_of: date | None = None
) -> DutyEvent:
    """The duty's event of that day; said again it only gets its new due date. `instead_of` is the day that was wrong."""
    assert duty.id is not None
    if instead_of is not None and instead_of != happening.day:
        forget_event(session, duty, instead_of, heard.at)
    event = event_on(session, duty.id, happening.day)
    if event is None:
        event = DutyEvent(agency_id=duty.agency_id, duty_id=duty.id, day=happening.day, at=heard.at)
    event.due, event.withdrawn_at = happening.due, None
    event.chat_id, event.sender, event.at = heard.chat.id if heard.chat else None, heard.sender, heard.at
    session.add(event)
    session.flush()
    return event


def forget_event(session: Session, duty: Duty, day: date, now: datetime) -> bool:
    """Take back an event; False when none was recorded for that day."""
    event = event_on(session, duty.id or 0, day)
    if event is None or event.withdrawn_at is not None:
        return False
    event.withdrawn_at = now
    session.add(event)
    session.flush()
    return True


def event_on(session: Session, duty_id: int, day: date) -> DutyEvent | None:
    return session.exec(
        select(DutyEvent).where(DutyEvent.duty_id == duty_id, DutyEvent.day == day)
    ).one_or_none()


def happened(session: Session, duty_id: int) -> list[Happening]:
    """Every day of a duty's event that was not taken back, in order."""
    query = select(DutyEvent).where(DutyEvent.duty_id == duty_id, col(DutyEvent.withdrawn_at).is_(None))
    return [Happening(row.day, row.due) for row in session.exec(query.order_by(col(DutyEvent.day)))]
