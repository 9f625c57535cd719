"""Duties of plans in force that nobody can be told of: they have no date, or no unit answers for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from data.events import happened
from data.people import living_units
from data.plans import confirmed_plans, deadline_of, duties_of, units_of_duty
from data.tables import Duty, DutyUnit, Obligation, Occurrence, Plan, Unit
from duties.deadline import Reading
from duties.plan import Role
from duties.units import is_meant
from duties.wording.unwatched import Lacking


@dataclass(frozen=True)
class Unwatched:
    """A duty in force that lacks a date, a unit, or both."""

    duty: Duty
    has_date: bool
    has_unit: bool

    @property
    def in_words(self) -> Lacking:
        return Lacking(
            self.duty.code, self.duty.content, self.has_date, self.has_unit, phrase=self.duty.phrase
        )


def unwatched_of(session: Session, plan: Plan, today: date) -> list[Unwatched]:
    """The duties of one plan that lack something, in the plan's order."""
    units = living_units(session, plan.agency_id, today)
    states = [
        Unwatched(duty, has_date(session, duty), has_unit(session, duty, units))
        for duty in duties_of(session, plan.id or 0)
    ]
    return [state for state in states if not (state.has_date and state.has_unit)]


def unwatched(session: Session, agency_id: int, today: date) -> list[Unwatched]:
    """The same of every plan in force whose time is not over."""
    plans = [plan for plan in confirmed_plans(session, agency_id) if plan.last_year >= today.year]
    return [state for plan in plans for state in unwatched_of(session, plan, today)]


def has_date(session: Session, duty: Duty) -> bool:
    """Whether its words give dates or report windows, or its event has happened."""
    deadline = deadline_of(duty)
    if not {Reading.DATED, Reading.ONGOING}.isdisjoint((deadline.reading, *deadline.also)):
        return True
    return bool(happened(session, duty.id or 0))


def is_owed(session: Session, duty_id: int) -> bool:
    """Whether any unit owes it, or did."""
    query = (
        select(Obligation.id)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .where(Occurrence.duty_id == duty_id, col(Obligation.withdrawn_at).is_(None))
    )
    return session.exec(query).first() is not None


def has_unit(session: Session, duty: Duty, living: Sequence[Unit]) -> bool:
    """Whether a lead of it, named or meant by a collective name, lives today."""
    named = units_of_duty(session, duty.id or 0)
    return any(_is_somebody(name, living) for name in named if name.role is Role.LEAD)


def _is_somebody(name: DutyUnit, living: Sequence[Unit]) -> bool:
    if name.unit_id is not None:
        return any(unit.id == name.unit_id for unit in living)
    return any(is_meant(name.printed, unit.name, unit.kind) for unit in living)
