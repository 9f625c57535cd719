"""An agency's calendar, nudge policy and other settings, as the core's values."""

from collections.abc import Iterable
from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session, select

from data.obligations import Office
from data.office_days import DayChange, office_calendar
from data.tables import Agency, DayOff
from duties.nudging import Policy
from duties.windows import WindowRules
from duties.workdays import WorkCalendar

POLICY = TypeAdapter(Policy)
WINDOWS = TypeAdapter(WindowRules)


def office_of(session: Session, agency: Agency, around: date) -> Office:
    """What reckoning needs of the agency, with a calendar of the years about `around`."""
    return Office(
        calendar=calendar_of(session, agency, range(around.year - 2, around.year + 3)),
        policy=policy_of(agency),
        lenient=agency.lenient,
        windows=windows_of(agency),
    )


def calendar_of(session: Session, agency: Agency, years: Iterable[int]) -> WorkCalendar:
    """The State's days, the agency's settings about them, and its own changes, which win."""
    changes = [
        DayChange(row.day, row.is_off, row.note)
        for row in session.exec(select(DayOff).where(DayOff.agency_id == agency.id))
    ]
    return office_calendar(
        years,
        changes,
        announced=agency.settings.get("announced", ()),
        culture_day_off=bool(agency.settings.get("culture_day_off", True)),
    )


def windows_of(agency: Agency) -> WindowRules:
    """The standard report windows with what the agency set otherwise (`settings["windows"]`)."""
    return WINDOWS.validate_python(agency.settings.get("windows", {}))


def policy_of(agency: Agency) -> Policy:
    """The default policy with what the agency set otherwise (`settings["policy"]`: names and plain values)."""
    return POLICY.validate_python(agency.settings.get("policy", {}))
