"""Make the occurrences and obligations of the plans in force exist. Run twice, it gives the same rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from data.obligations import Item, Office, settle, short_code
from data.people import living_units
from data.plans import confirmed_plans, deadline_of, duties_of, units_of_duty, years_of
from data.tables import Agency, Duty, DutyUnit, Obligation, Occurrence, Plan, Unit
from duties.occurrences import PlannedOccurrence, occurrences_of
from duties.plan import Role
from duties.spelling import fold
from duties.units import collective_kinds, is_collective
from duties.windows import window_of_key
from duties.workdays import day_of

HORIZON = timedelta(days=400)


@dataclass(frozen=True)
class Owed:
    """A unit that answers for a duty, and for which bullets of it (none named: all)."""

    unit: Unit
    bullets: tuple[int, ...] = ()


def materialise(session: Session, agency: Agency, office: Office, today: date) -> int:
    """Make what falls due from now until about a year ahead; how many obligations are new.

    What a plan of several years owes later is made when its time comes, for the units living then.
    """
    assert agency.id is not None
    # two makers at once (a confirmation and the tick, two processes) take turns: short codes are given once
    session.refresh(agency, with_for_update=True)
    units = living_units(session, agency.id, today)
    made = 0
    for plan in confirmed_plans(session, agency.id):
        making = Making(session, agency, office, plan, today)
        for duty in duties_of(session, plan.id or 0):
            owed = _owed_by(duty, units_of_duty(session, duty.id or 0), units)
            made += making.make(duty, owed)
    return made


@dataclass(frozen=True)
class Making:
    """The making of one plan's occurrences and obligations."""

    session: Session
    agency: Agency
    office: Office
    plan: Plan
    today: date

    @property
    def confirmed(self) -> date:
        return day_of(self.plan.confirmed_at) if self.plan.confirmed_at else self.today

    def make(self, duty: Duty, owed: Sequence[Owed]) -> int:
        """Whatever of one duty is not there yet; how many obligations are new."""
        made, starts = 0, self.confirmed
        there, has = self._there(duty), self._has(duty)
        for planned in occurrences_of(deadline_of(duty), years_of(self.plan)):
            if _is_coming(planned, self.confirmed, self.today):
                occurrence = there.get(planned.period_key) or self._put_occurrence(duty, planned)
                for each in owed:
                    if (occurrence.id, each.unit.id) not in has:
                        self._put_obligation(duty, occurrence, each, _starts(planned, starts))
                        made += 1
            starts = max(starts, planned.last_day or starts)
        return made

    def _there(self, duty: Duty) -> dict[str, Occurrence]:
        rows = self.session.exec(select(Occurrence).where(Occurrence.duty_id == duty.id))
        return {row.period_key: row for row in rows}

    def _has(self, duty: Duty) -> set[tuple[int | None, int | None]]:
        query = (
            select(Obligation.occurrence_id, Obligation.unit_id)
            .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
            .where(Occurrence.duty_id == duty.id)
        )
        return set(self.session.exec(query))

    def _put_occurrence(self, duty: Duty, planned: PlannedOccurrence) -> Occurrence:
        assert duty.id is not None
        occurrence = Occurrence(
            agency_id=duty.agency_id,
            duty_id=duty.id,
            period_key=planned.period_key,
            stated=planned.stated,
            last_day=planned.last_day,
            at=planned.at,
            period_start=planned.period.start if planned.period else None,
            period_end=planned.period.end if planned.period else None,
            window=planned.window,
        )
        self.session.add(occurrence)
        self.session.flush()
        return occurrence

    def _put_obligation(self, duty: Duty, occurrence: Occurrence, owed: Owed, starts: date) -> None:
        assert occurrence.id is not None
        assert owed.unit.id is not None
        self.agency.codes_given += 1
        row = Obligation(
            agency_id=duty.agency_id,
            occurrence_id=occurrence.id,
            unit_id=owed.unit.id,
            short_code=short_code(self.agency.codes_given),
            bullets=list(owed.bullets),
            since=self.confirmed,
            starts=starts,
            held=occurrence.last_day is not None and occurrence.last_day < self.confirmed,
            due=occurrence.last_day,
        )
        self.session.add_all([self.agency, row])
        self.session.flush()
        settle(self.session, Item(row, occurrence, duty, owed.unit), self.office)


def _is_coming(planned: PlannedOccurrence, confirmed: date, today: date) -> bool:
    """A dated one up to the horizon, past ones too (the office is asked about those); a question only while it is one."""
    if planned.window is not None:
        window = window_of_key(planned.window)
        return confirmed <= window.cut_off and window.span.start <= today + HORIZON
    return planned.last_day is not None and planned.last_day <= today + HORIZON


def _starts(planned: PlannedOccurrence, after: date) -> date:
    """The day the time for it begins, for the choice of rungs.

    A rhythm whose day lies inside its period (each quarter, before the 15th of its last month) runs as long as
    the period does, from due date to due date; a lone date from the confirmation or the duty's previous due.
    """
    if planned.period is None or planned.last_day is None:
        return planned.period.start if planned.period else after
    return min(planned.period.start, planned.last_day - timedelta(days=planned.period.days - 1))


def _owed_by(duty: Duty, named: Sequence[DutyUnit], units: Sequence[Unit]) -> list[Owed]:
    """Every unit that answers for a duty, each once: the leads named, then those whom a collective name means."""
    living = {unit.id: unit for unit in units}
    leads = [name for name in named if name.role is Role.LEAD]
    owed: dict[int, Owed] = {}
    for name in leads:
        unit = living.get(name.unit_id)
        if unit is not None:
            owed.setdefault(unit.id or 0, Owed(unit, tuple(name.bullets)))
    for name in leads:
        if name.unit_id is None and is_collective(name.printed):
            for unit in _meant(name.printed, duty, units):
                owed.setdefault(unit.id or 0, Owed(unit, tuple(name.bullets)))
    return list(owed.values())


def _meant(collective: str, duty: Duty, units: Sequence[Unit]) -> Iterator[Unit]:
    """The units a collective name means, less the one the report is made to: it does not report to itself."""
    kinds = collective_kinds(collective)
    receiver = fold(duty.receiver)
    return (unit for unit in units if unit.kind in kinds and not (receiver and unit.name_key in receiver))
