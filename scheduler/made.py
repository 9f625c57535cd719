"""What of some duties is there already, and which units answer for each; read for many duties at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from data.collectives import is_one_of
from data.lineage import lineage_of
from data.people import lives_on
from data.tables import Agency, Duty, DutyUnit, Obligation, Occurrence, Unit
from duties.occurrences import PlannedOccurrence
from duties.plan import Role, UnitKind
from duties.spelling import fold
from duties.unit_changes import Lineage, united
from duties.units import is_collective


class Held(NamedTuple):
    """An occurrence as it is kept."""

    id: int
    duty_id: int
    period_key: str
    stated: date | None
    last_day: date | None
    at: time | None
    period_start: date | None
    period_end: date | None
    window: str | None

    def is_as(self, planned: PlannedOccurrence) -> bool:
        return self[2:] == tuple(columns(planned).values())


def columns(planned: PlannedOccurrence) -> dict[str, Any]:
    """What is kept of an occurrence, in the order of the table."""
    return {
        "period_key": planned.period_key,
        "stated": planned.stated,
        "last_day": planned.last_day,
        "at": planned.at,
        "period_start": planned.period.start if planned.period else None,
        "period_end": planned.period.end if planned.period else None,
        "window": planned.window,
    }


@dataclass(frozen=True)
class Made:
    """The occurrences of some duties by duty and period; whether what a unit owes of one was withdrawn."""

    occurrences: Mapping[tuple[int, str], Held]
    withdrawn: Mapping[tuple[int, int], bool]

    def occurrence(self, duty: Duty, period_key: str) -> Held | None:
        return self.occurrences.get((duty.id or 0, period_key))

    def has(self, occurrence_id: int, unit_id: int) -> bool:
        return self.withdrawn.get((occurrence_id, unit_id)) is False

    def is_taken(self, occurrence_id: int, owed: "Owed") -> bool:
        """Whether it owes this already, or whoever it goes on for did it before."""
        return any(self.has(occurrence_id, unit_id) for unit_id in (owed.unit_id, *owed.goes_on_for))

    def had(self, occurrence_id: int, unit_id: int) -> bool:
        return self.withdrawn.get((occurrence_id, unit_id)) is True


def made_of(session: Session, duties: Sequence[Duty]) -> Made:
    """In two queries, of rows that are plain values: there may be a hundred thousand."""
    theirs = col(Occurrence.duty_id).in_([duty.id for duty in duties])
    of_an_occurrence: tuple[Any, ...] = tuple(getattr(Occurrence, name) for name in Held._fields)
    occurrences = [Held(*row) for row in session.execute(select(*of_an_occurrence).where(theirs))]
    owing = (
        select(
            col(Obligation.occurrence_id), col(Obligation.unit_id), col(Obligation.withdrawn_at).is_not(None)
        )
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .where(theirs)
    )
    return Made(
        {(held.duty_id, held.period_key): held for held in occurrences},
        {(row[0], row[1]): row[2] for row in session.execute(owing)},
    )


@dataclass(frozen=True)
class Owed:
    """A unit that answers for a duty, and for which bullets of it (none named: all).

    `goes_on_for`: units that are no more. What fell due before `begins` was not yet its own.
    """

    unit_id: int
    bullets: tuple[int, ...] = ()
    begins: date | None = None
    goes_on_for: tuple[int, ...] = ()


class Named(NamedTuple):
    """A lead as the plan prints it."""

    printed: str
    unit_id: int | None
    bullets: Sequence[int]


class Living(NamedTuple):
    """A unit of the agency, on the day the work is made."""

    id: int
    name: str
    name_key: str
    kind: UnitKind
    valid_from: date | None


class OwedBy:
    """Who answers for each of some duties; what a collective name means is found out once."""

    def __init__(self, session: Session, agency_id: int, duties: Sequence[Duty], today: date) -> None:
        self._session, self._agency_id, self._today = session, agency_id, today
        self._agency = session.get(Agency, agency_id)
        self._leads = _leads(session, duties)
        self._meant: dict[tuple[str, str], list[int]] = {}

    def units(self, duty: Duty) -> list[Owed]:
        """Every unit that answers for a duty, each once: the leads named, then those whom a collective name means."""
        leads, owed = self._leads.get(duty.id or 0, ()), dict[int, Owed]()
        for name, unit_id in self._by_name(leads, duty.id or 0):
            before = owed.get(unit_id)
            bullets = united((before.bullets, name.bullets)) if before else tuple(name.bullets)
            owed[unit_id] = self._owed(unit_id, bullets, duty.id or 0)
        for name, unit_id in self._by_collective(leads, fold(duty.receiver)):
            owed.setdefault(unit_id, self._owed(unit_id, tuple(name.bullets), duty.id or 0))
        return list(owed.values())

    def _owed(self, unit_id: int, bullets: tuple[int, ...], duty_id: int) -> Owed:
        unit = self._living.get(unit_id)
        return Owed(
            unit_id,
            bullets,
            unit.valid_from if unit else None,
            self._lineage.came_before(unit_id, duty_id),
        )

    def _by_name(self, leads: Sequence[Named], duty_id: int) -> Iterator[tuple[Named, int]]:
        for name in leads:
            heir = self._lineage.heir(name.unit_id, duty_id) if name.unit_id is not None else None
            if heir is not None:
                yield name, heir

    def _by_collective(self, leads: Sequence[Named], receiver: str) -> Iterator[tuple[Named, int]]:
        for name in leads:
            if name.unit_id is None and is_collective(name.printed):
                yield from ((name, unit_id) for unit_id in self._meant_by(name.printed, receiver))

    def _meant_by(self, collective: str, receiver: str) -> list[int]:
        """The units a collective name means, less the one the report is made to: it does not report to itself."""
        if (collective, receiver) not in self._meant:
            self._meant[collective, receiver] = [
                unit.id
                for unit in self._living.values()
                if is_one_of(self._agency, collective, unit) and not (receiver and unit.name_key in receiver)
            ]
        return self._meant[collective, receiver]

    @cached_property
    def _lineage(self) -> Lineage:
        return lineage_of(self._session, self._agency_id, self._today)

    @cached_property
    def _living(self) -> dict[int, Living]:
        query = select(col(Unit.id), col(Unit.name), col(Unit.name_key), col(Unit.kind), col(Unit.valid_from))
        living = query.where(lives_on(self._agency_id, self._today)).order_by(col(Unit.id))
        return {row[0] or 0: Living(row[0] or 0, *row[1:]) for row in self._session.execute(living)}


def _leads(session: Session, duties: Sequence[Duty]) -> dict[int, list[Named]]:
    query = (
        select(col(DutyUnit.duty_id), col(DutyUnit.printed), col(DutyUnit.unit_id), col(DutyUnit.bullets))
        .where(col(DutyUnit.duty_id).in_([duty.id for duty in duties]), col(DutyUnit.role) == Role.LEAD)
        .order_by(col(DutyUnit.id))
    )
    found: dict[int, list[Named]] = {}
    for duty_id, *named in session.execute(query):
        found.setdefault(duty_id, []).append(Named(*named))
    return found
