"""An agency's calendar, nudge policy and other settings, as the core's values."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, select

from data.milestones import milestones_by_duty
from data.obligations import Office
from data.office_days import DayChange, office_calendar
from data.tables import Agency, DayOff, Plan, PlanState
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
        plans=policies_of_plans(session, agency),
        milestones=milestones_by_duty(session, agency.id or 0),
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


def policy_of(agency: Agency, differs: Mapping[str, Any] | None = None) -> Policy:
    """The default policy with what the agency (`settings["policy"]`: names and plain values) and a plan set otherwise."""
    return POLICY.validate_python({**agency.settings.get("policy", {}), **(differs or {})})


def policies_of_plans(session: Session, agency: Agency) -> dict[int, Policy]:
    """The policies of plans in force that differ from the agency's; when letters go out is the agency's alone."""
    query = select(Plan.id, Plan.settings).where(
        Plan.agency_id == agency.id, Plan.state == PlanState.CONFIRMED
    )
    own = {plan_id: settings.get("policy") for plan_id, settings in session.exec(query)}
    return {plan_id: policy_of(agency, differs) for plan_id, differs in own.items() if plan_id and differs}
