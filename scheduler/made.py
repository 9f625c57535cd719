"""What of some duties is there already, and which units answer for each; read for many duties at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from data.collectives import is_one_of
from data.plans import units_of_duties
from data.tables import Agency, Duty, DutyUnit, Obligation, Occurrence, Unit
from duties.plan import Role
from duties.spelling import fold
from duties.units import is_collective


@dataclass(frozen=True)
class Owed:
    """A unit that answers for a duty, and for which bullets of it (none named: all)."""

    unit: Unit
    bullets: tuple[int, ...] = ()


@dataclass(frozen=True)
class Made:
    """The occurrences of some duties by duty and period; whether what a unit owes of one was withdrawn."""

    occurrences: Mapping[tuple[int, str], Occurrence]
    withdrawn: Mapping[tuple[int | None, int | None], bool]

    def occurrence(self, duty: Duty, period_key: str) -> Occurrence | None:
        return self.occurrences.get((duty.id or 0, period_key))

    def has(self, occurrence: Occurrence, unit: Unit) -> bool:
        return self.withdrawn.get((occurrence.id, unit.id)) is False

    def had(self, occurrence: Occurrence, unit: Unit) -> bool:
        return self.withdrawn.get((occurrence.id, unit.id)) is True


def made_of(session: Session, duties: Sequence[Duty]) -> Made:
    """In two queries."""
    ids = [duty.id for duty in duties]
    rows = session.scalars(select(Occurrence).where(col(Occurrence.duty_id).in_(ids)))
    owing = (
        select(
            col(Obligation.occurrence_id), col(Obligation.unit_id), col(Obligation.withdrawn_at).is_not(None)
        )
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .where(col(Occurrence.duty_id).in_(ids))
    )
    return Made(
        {(row.duty_id, row.period_key): row for row in rows},
        {(row[0], row[1]): row[2] for row in session.execute(owing)},
    )


class OwedBy:
    """Who answers for each of some duties; what a collective name means is found out once."""

    def __init__(self, session: Session, duties: Sequence[Duty], units: Sequence[Unit]) -> None:
        self._named = units_of_duties(session, [duty.id or 0 for duty in duties])
        self._units = units
        self._agency = session.get_one(Agency, duties[0].agency_id) if duties else None
        self._living = {unit.id: unit for unit in units}
        self._meant: dict[tuple[str, str], list[Unit]] = {}
        self._owed: dict[int, list[Owed]] = {}

    def units(self, duty: Duty) -> list[Owed]:
        """Every unit that answers for a duty, each once: the leads named, then those whom a collective name means."""
        assert duty.id is not None
        if duty.id not in self._owed:
            leads = [name for name in self._named.get(duty.id, ()) if name.role is Role.LEAD]
            owed: dict[int, Owed] = {}
            for name, unit in (*self._by_name(leads), *self._by_collective(leads, duty)):
                owed.setdefault(unit.id or 0, Owed(unit, tuple(name.bullets)))
            self._owed[duty.id] = list(owed.values())
        return self._owed[duty.id]

    def _by_name(self, leads: Sequence[DutyUnit]) -> Iterator[tuple[DutyUnit, Unit]]:
        return ((name, self._living[name.unit_id]) for name in leads if name.unit_id in self._living)

    def _by_collective(self, leads: Sequence[DutyUnit], duty: Duty) -> Iterator[tuple[DutyUnit, Unit]]:
        for name in leads:
            if name.unit_id is None and is_collective(name.printed):
                yield from ((name, unit) for unit in self._meant_by(name.printed, fold(duty.receiver)))

    def _meant_by(self, collective: str, receiver: str) -> list[Unit]:
        """The units a collective name means, less the one the report is made to: it does not report to itself."""
        if (collective, receiver) not in self._meant:
            self._meant[collective, receiver] = [
                unit
                for unit in self._units
                if is_one_of(self._agency, collective, unit) and not (receiver and unit.name_key in receiver)
            ]
        return self._meant[collective, receiver]
