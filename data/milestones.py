"""The office's own days within a long duty on which its units are asked how it goes: set, and taken back."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from data.obligations import Heard
from data.tables import Duty, Milestone


def set_milestone(session: Session, duty: Duty, day: date, about: str, heard: Heard) -> Milestone:
    """The duty's milestone of that day; said again it only gets its new words."""
    assert duty.id is not None
    row = milestone_on(session, duty.id, day)
    if row is None:
        row = Milestone(agency_id=duty.agency_id, duty_id=duty.id, day=day, at=heard.at)
    row.about, row.withdrawn_at, row.at = about, None, heard.at
    row.chat_id, row.sender = heard.chat.id if heard.chat else None, heard.sender
    session.add(row)
    session.flush()
    return row


def drop_milestone(session: Session, duty: Duty, day: date, now: datetime) -> bool:
    """Take back a milestone; False when none is set on that day."""
    row = milestone_on(session, duty.id or 0, day)
    if row is None or row.withdrawn_at is not None:
        return False
    row.withdrawn_at = now
    session.add(row)
    session.flush()
    return True


def milestone_on(session: Session, duty_id: int, day: date) -> Milestone | None:
    query = select(Milestone).where(Milestone.duty_id == duty_id, Milestone.day == day)
    return session.exec(query).one_or_none()


def milestones_by_duty(session: Session, agency_id: int) -> dict[int, dict[date, str]]:
    """What is asked on which day, of every duty that has milestones, in the order of the days."""
    query = select(Milestone).where(Milestone.agency_id == agency_id, col(Milestone.withdrawn_at).is_(None))
    found: dict[int, dict[date, str]] = {}
    for row in session.exec(query.order_by(col(Milestone.day))):
        found.setdefault(row.duty_id, {})[row.day] = row.about
    return found
