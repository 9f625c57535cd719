"""The office's own days within a long duty on which its units are asked how it goes: set, and taken back."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from data.days_of_duties import keep_day, withdraw_day
from data.obligations import Heard
from data.tables import Duty, Milestone


def set_milestone(session: Session, duty: Duty, day: date, about: str, heard: Heard) -> Milestone:
    """The duty's milestone of that day; said again it only gets its new words."""
    row = keep_day(session, Milestone, duty, day, heard)
    row.about = about
    session.flush()
    return row


def drop_milestone(session: Session, duty: Duty, day: date, now: datetime) -> bool:
    """Take back a milestone; False when none is set on that day."""
    return withdraw_day(session, Milestone, duty, day, now)


def milestones_by_duty(session: Session, agency_id: int) -> dict[int, dict[date, str]]:
    """What is asked on which day, of every duty that has milestones, in the order of the days."""
    query = select(Milestone).where(Milestone.agency_id == agency_id, col(Milestone.withdrawn_at).is_(None))
    found: dict[int, dict[date, str]] = {}
    for row in session.exec(query.order_by(col(Milestone.day))):
        found.setdefault(row.duty_id, {})[row.day] = row.about
    return found
