"""An agency's calendar, nudge policy and other settings, as the core's values."""

from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session, select

from data.obligations import Office
from data.office_days import DayChange, office_calendar
from data.tables import Agency, DayOff
from duties.nudging import Policy

POLICY = TypeAdapter(Policy)


def office_of(session: Session, agency: Agency, around: date) -> Office:
    """What reckoning needs of the agency, with a calendar of the years about `around`."""
    changes = [
        DayChange(row.day, row.is_off, row.note)
        for row in session.exec(select(DayOff).where(DayOff.agency_id == agency.id))
    ]
    years = range(around.year - 2, around.year + 3)
    return Office(calendar=office_calendar(years, changes), policy=policy_of(agency), lenient=agency.lenient)


def policy_of(agency: Agency) -> Policy:
    """The default policy with what the agency set otherwise (`settings["policy"]`: names and plain values)."""
    return POLICY.validate_python(agency.settings.get("policy", {}))
