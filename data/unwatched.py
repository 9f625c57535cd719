"""Duties of plans in force that nobody can be told of: they have no date, or no unit answers for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from data.collectives import is_one_of
from data.events import happened
from data.people import living_units
from data.plans import deadline_of, units_of_duty
from data.tables import Agency, Duty, DutyEvent, DutyUnit, Obligation, Occurrence, Plan, PlanState, Unit
from duties.deadline import Reading
from duties.plan import Role
from duties.windows import Window
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
    return _unwatched(session, plan.agency_id, today, col(Plan.id) == plan.id)


def unwatched_in(session: Session, agency_id: int, window: Window, today: date) -> list[Unwatched]:
    """The same of every plan in force in the years of a window: its numbers alone would hide them."""
    years = (col(Plan.first_year) <= window.span.end.year, col(Plan.last_year) >= window.span.start.year)
    return _unwatched(session, agency_id, today, col(Plan.state) == PlanState.CONFIRMED, *years)


def _unwatched(session: Session, agency_id: int, today: date, *plans: ColumnElement[bool]) -> list[Unwatched]:
    """Read at once, as a summary of hundreds of duties asks for it."""
    meant = (col(Plan.agency_id) == agency_id, col(Duty.left_out).is_(False), *plans)
    duties = session.exec(
        select(Duty)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*meant)
        .order_by(col(Duty.plan_id), col(Duty.position))
    ).all()
    led, happening = _led(session, agency_id, today, meant), _happening(session, meant)
    states = [Unwatched(duty, _reads_date(duty) or duty.id in happening, duty.id in led) for duty in duties]
    return [state for state in states if not (state.has_date and state.has_unit)]


def _led(session: Session, agency_id: int, today: date, meant: Sequence[ColumnElement[bool]]) -> set[int]:
    """The duties that a living unit leads."""
    living, agency = living_units(session, agency_id, today), session.get(Agency, agency_id)
    named = session.execute(
        columns(col(DutyUnit.duty_id), col(DutyUnit.unit_id), col(DutyUnit.printed))
        .join(Duty, col(DutyUnit.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*meant, col(DutyUnit.role) == Role.LEAD)
    ).all()
    known: dict[tuple[int | None, str], bool] = {}
    for _, unit_id, printed in named:
        if (unit_id, printed) not in known:
            known[unit_id, printed] = _is_somebody(agency, unit_id, printed, living)
    return {duty_id for duty_id, unit_id, printed in named if known[unit_id, printed]}


def _happening(session: Session, meant: Sequence[ColumnElement[bool]]) -> set[int]:
    """The duties whose event has happened."""
    query = (
        select(DutyEvent.duty_id)
        .join(Duty, col(DutyEvent.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*meant, col(DutyEvent.withdrawn_at).is_(None))
    )
    return set(session.exec(query))


def has_date(session: Session, duty: Duty) -> bool:
    """Whether its words give dates or report windows, or its event has happened."""
    return _reads_date(duty) or bool(happened(session, duty.id or 0))


def _reads_date(duty: Duty) -> bool:
    """Whether its words give dates or report windows."""
    deadline = deadline_of(duty)
    return not {Reading.DATED, Reading.ONGOING}.isdisjoint((deadline.reading, *deadline.also))


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
    agency = session.get(Agency, duty.agency_id)
    return any(
        _is_somebody(agency, name.unit_id, name.printed, living) for name in named if name.role is Role.LEAD
    )


def _is_somebody(agency: Agency | None, unit_id: int | None, printed: str, living: Sequence[Unit]) -> bool:
    if unit_id is not None:
        return any(unit.id == unit_id for unit in living)
    return any(is_one_of(agency, printed, unit) for unit in living)
