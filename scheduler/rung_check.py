"""Obligations whose next rung is not what their history says, or was reached and not told: found and mended."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Engine
from sqlalchemy import select as select_rows
from sqlmodel import Session, and_, col, or_, select

from data.alarms import Finding
from data.engine import transaction
from data.obligations import Office, hold, items, settle_all
from data.offices import office_of
from data.pauses import is_paused
from data.reckoning import Basis, History, bases, history_of, reached, rungs_of
from data.tables import Agency, Obligation
from duties.nudging import Slot, next_rung, slot_at
from duties.wording.alarms import Trouble
from duties.workdays import day_of
from scheduler.planning import plan_agency

SLICE = 1000
SLICES_A_ROUND = 20
LATE_AFTER = timedelta(minutes=30)


class RungCheck:
    """Looks at some of an agency's open obligations each time, and remembers how far it has got."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: dict[int, int] = {}

    def wrong(self, agency_id: int, now: datetime) -> Finding:
        """Those without a next rung are looked at each time, all others in turn."""
        wrong = self._mend(agency_id, now, self._slice(agency_id, _has_none(now)))
        last = self._seen.get(agency_id, 0)
        for _ in range(SLICES_A_ROUND):
            ids = self._slice(agency_id, col(Obligation.id) > last)
            wrong += self._mend(agency_id, now, ids)
            last = ids[-1] if len(ids) == SLICE else 0
            if not last:
                break
        self._seen[agency_id] = last
        return Finding(Trouble.RUNGLESS, wrong, repaired=wrong)

    def _slice(self, agency_id: int, which: ColumnElement[bool]) -> Sequence[int]:
        query = select(Obligation.id).where(_open(agency_id), which)
        with transaction(self._engine) as session:
            return [each or 0 for each in session.exec(query.order_by(col(Obligation.id)).limit(SLICE))]

    def _mend(self, agency_id: int, now: datetime, ids: Sequence[int]) -> int:
        with transaction(self._engine) as session:
            office = office_of(session, session.get_one(Agency, agency_id), day_of(now))
            seem = items(session, col(Obligation.id).in_(_wrong(session, ids, office)))
            # somebody may have answered between two of our looks
            hold(session, seem)
            wrong = set(_wrong(session, [each.id for each in seem], office))
            settle_all(session, [each for each in seem if each.id in wrong], office)
            return len(wrong)

    def late(self, agency_id: int, now: datetime) -> Finding:
        """What was to be told half an hour ago: nobody has planned since."""
        before = self._behind(agency_id, now)
        if not before:
            return Finding(Trouble.UNPLANNED, 0)
        plan_agency(self._engine, agency_id, now, is_new_day=True)
        return Finding(Trouble.UNPLANNED, before, repaired=before - self._behind(agency_id, now))

    def _behind(self, agency_id: int, now: datetime) -> int:
        then = now - LATE_AFTER
        with transaction(self._engine) as session:
            agency = session.get_one(Agency, agency_id)
            office = office_of(session, agency, day_of(now))
            slot = None if is_paused(agency, now) else slot_at(then, office.policy, office.calendar)
            return 0 if slot is None else len(reached(session, agency_id, day_of(then), slot, SLICE))


def _open(agency_id: int) -> ColumnElement[bool]:
    return and_(col(Obligation.agency_id) == agency_id, col(Obligation.is_open))


def _has_none(now: datetime) -> ColumnElement[bool]:
    """What is long past its due date has none by right, once it was left to the office."""
    is_coming = or_(col(Obligation.due).is_(None), col(Obligation.due) >= day_of(now))
    return and_(col(Obligation.next_rung_on).is_(None), ~col(Obligation.held), is_coming)


def _wrong(session: Session, ids: Sequence[int], office: Office) -> list[int]:
    """Those whose columns do not say what comes next."""
    looked_at = bases(session, col(Obligation.id).in_(ids)) if ids else []
    history, written = history_of(session, looked_at), _written(session, ids)
    return [basis.id for basis in looked_at if written[basis.id] != _meant(basis, history, office)]


def _meant(basis: Basis, history: History, office: Office) -> tuple[date | None, int]:
    coming = next_rung(rungs_of(basis, history, office), history.told_of(basis))
    return (coming.on, int(coming.slot)) if coming else (None, int(Slot.MORNING))


def _written(session: Session, ids: Sequence[int]) -> dict[int, tuple[date | None, int]]:
    columns = (col(Obligation.id), col(Obligation.next_rung_on), col(Obligation.next_slot))
    rows = session.execute(select_rows(*columns).where(col(Obligation.id).in_(ids)))
    return {row[0]: (row[1], row[2]) for row in rows}
