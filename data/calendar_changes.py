"""The office's own changes to its calendar, with who made them and when."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, col, select

from data.obligations import Heard
from data.tables import DayOff


def change_days(
    session: Session, agency_id: int, days: Iterable[date], heard: Heard, *, is_off: bool, note: str
) -> None:
    """Close or open the office on those days; what was said of a day before gives way."""
    for day in days:
        row = _change_of(session, agency_id, day)
        if row is None:
            row = DayOff(agency_id=agency_id, day=day, is_off=is_off, at=heard.at)
        row.is_off, row.note, row.at = is_off, note, heard.at
        row.chat_id, row.sender = heard.chat.id if heard.chat else None, heard.sender
        session.add(row)
    session.flush()


def forget_days(session: Session, agency_id: int, days: Iterable[date]) -> list[date]:
    """Drop the office's changes of those days; which of them there were."""
    rows = [row for day in days if (row := _change_of(session, agency_id, day)) is not None]
    for row in rows:
        session.delete(row)
    session.flush()
    return [row.day for row in rows]


def changes_in(session: Session, agency_id: int, year: int) -> Sequence[DayOff]:
    """The office's changes of a year, in order."""
    in_year = (col(DayOff.day) >= date(year, 1, 1), col(DayOff.day) <= date(year, 12, 31))
    query = select(DayOff).where(DayOff.agency_id == agency_id, *in_year)
    return session.exec(query.order_by(col(DayOff.day))).all()


def changes_on(session: Session, agency_id: int, days: Iterable[date]) -> list[DayOff]:
    """What the office said before of some days."""
    return [row for day in days if (row := _change_of(session, agency_id, day)) is not None]


def _change_of(session: Session, agency_id: int, day: date) -> DayOff | None:
    return session.exec(select(DayOff).where(DayOff.agency_id == agency_id, DayOff.day == day)).one_or_none()
