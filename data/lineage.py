"""Who goes on for units that are no more, and what units were called and owed on a day gone by."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session, col, select

from data.people import lives_on
from data.tables import ChangeState, FormerName, FormerOwner, Unit, UnitChange
from duties.unit_changes import ChangeKind, Lineage


def lineage_of(session: Session, agency_id: int, today: date) -> Lineage:
    """The agency's units as they follow one another."""
    living = session.exec(select(Unit.id).where(lives_on(agency_id, today)))
    followed = select(Unit.id, Unit.successor_id).where(
        Unit.agency_id == agency_id, col(Unit.successor_id).is_not(None)
    )
    return Lineage(
        frozenset(unit_id for unit_id in living if unit_id is not None),
        {unit_id: coming for unit_id, coming in session.exec(followed) if unit_id and coming},
        _shares(session, agency_id),
    )


def _shares(session: Session, agency_id: int) -> dict[tuple[int, int], int]:
    """Of a unit that was split: (unit, duty) → who goes on with it, where that is not its successor."""
    done = select(UnitChange).where(
        UnitChange.agency_id == agency_id,
        UnitChange.kind == ChangeKind.SPLIT,
        UnitChange.state == ChangeState.DONE,
    )
    return {
        (change.unit_ids[0], int(duty_id)): unit_id
        for change in session.exec(done)
        for duty_id, unit_id in change.did.get("shares", {}).items()
    }


class NamesOfTheDay:
    """What each unit was called on a day: the office's papers keep the name of their day."""

    def __init__(self, session: Session, agency_id: int) -> None:
        rows = session.exec(
            select(FormerName).where(FormerName.agency_id == agency_id).order_by(col(FormerName.until))
        )
        self._former: dict[int, list[FormerName]] = defaultdict(list)
        for row in rows:
            self._former[row.unit_id].append(row)

    def on(self, day: date, unit_id: int, now: str) -> str:
        """`now` is what it is called today."""
        return next((row.name for row in self._former.get(unit_id, ()) if row.until >= day), now)


class OwnersOfTheDay:
    """Who answered for an obligation on a day, where that was another unit than today."""

    def __init__(self, session: Session, agency_id: int) -> None:
        rows = session.exec(
            select(FormerOwner).where(FormerOwner.agency_id == agency_id).order_by(col(FormerOwner.until))
        )
        self._former: dict[int, list[FormerOwner]] = defaultdict(list)
        for row in rows:
            self._former[row.obligation_id].append(row)

    def on(self, day: date, obligation_id: int, now: int) -> int:
        return next((row.unit_id for row in self._former.get(obligation_id, ()) if row.until >= day), now)
