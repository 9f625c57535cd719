"""Days of a duty: kept once for each day, said again with what is new, taken back without being lost."""

from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, select

from data.obligations import Heard
from data.tables import Duty, DutyEvent, Milestone

Kept = TypeVar("Kept", DutyEvent, Milestone)


def keep_day(session: Session, kind: type[Kept], duty: Duty, day: date, heard: Heard) -> Kept:
    """The row of that day, in force again if it was taken back; what it says is left to the caller, who flushes."""
    assert duty.id is not None
    row = kept_day(session, kind, duty.id, day)
    if row is None:
        row = kind(agency_id=duty.agency_id, duty_id=duty.id, day=day, at=heard.at)
    row.withdrawn_at, row.at = None, heard.at
    row.chat_id, row.sender = heard.chat.id if heard.chat else None, heard.sender
    session.add(row)
    return row


def withdraw_day(session: Session, kind: type[Kept], duty: Duty, day: date, now: datetime) -> bool:
    """Take a day back; False when none of that kind is in force."""
    row = kept_day(session, kind, duty.id or 0, day)
    if row is None or row.withdrawn_at is not None:
        return False
    row.withdrawn_at = now
    session.add(row)
    session.flush()
    return True


def kept_day(session: Session, kind: type[Kept], duty_id: int, day: date) -> Kept | None:
    """The row of that day, in force or taken back."""
    return session.exec(select(kind).where(kind.duty_id == duty_id, kind.day == day)).one_or_none()
