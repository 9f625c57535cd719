"""An agency's planning in slices, each a transaction of its own: between two of them answers get through."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from data.engine import transaction
from data.locks import in_turn, turn_in
from data.obligations import Office
from data.offices import office_of
from data.once import slices
from data.tables import Agency, Plan, PlanState
from duties.workdays import day_of
from scheduler.digest import put_digests
from scheduler.materialise import materialise_plan
from scheduler.nudge import SLICE, open_slot, put_slot_letters, write_slice
from scheduler.unit_changes import carry_out_coming
from scheduler.unreached import tell_of_unreached

# whoever waits for the database begins within it
BREATH = 0.005
PLANS_AT_ONCE = 10

Result = TypeVar("Result")


def plan_agency(engine: Engine, agency_id: int, now: datetime, *, is_new_day: bool) -> None:
    """Make what is coming exist, once a day; write what is to be told by now, and put the letters that tell it."""
    desk = Desk(engine, agency_id, now)
    if is_new_day:
        desk.turn(carry_out_coming)
        for some in slices(desk.turn(_plans_in_force), PLANS_AT_ONCE):
            desk.turn(partial(_make_coming, some))
            time.sleep(BREATH)
    while desk.turn(_write_slice) == SLICE:
        time.sleep(BREATH)
    desk.turn(_put_letters)


class Desk:
    """Where an agency's work is done, a turn at a time: each sees what was changed between it and the one before."""

    def __init__(self, engine: Engine, agency_id: int, now: datetime) -> None:
        self._engine, self._agency_id, self._now = engine, agency_id, now
        self._office: Office | None = None

    def turn(self, work: Callable[[Session, Agency, Office, datetime], Result]) -> Result:
        with transaction(self._engine) as session:
            in_turn(session, turn_in(self._agency_id))
            agency = session.get_one(Agency, self._agency_id)
            office = office_of(session, agency, day_of(self._now))
            # an office that is still the same remembers the ladders it has reckoned
            self._office = self._office if self._office == office else office
            return work(session, agency, self._office, self._now)


def _plans_in_force(session: Session, agency: Agency, _office: Office, _now: datetime) -> Sequence[int]:
    in_force = select(Plan.id).where(Plan.agency_id == agency.id, Plan.state == PlanState.CONFIRMED)
    return [plan_id for plan_id in session.exec(in_force.order_by(col(Plan.id))) if plan_id is not None]


def _make_coming(
    plan_ids: Sequence[int], session: Session, agency: Agency, office: Office, now: datetime
) -> int:
    # one may have been taken out of force a moment ago
    in_force = select(Plan).where(col(Plan.id).in_(plan_ids), Plan.state == PlanState.CONFIRMED)
    plans = session.exec(in_force.order_by(col(Plan.id)))
    return sum(materialise_plan(session, agency, office, plan, day_of(now)) for plan in plans)


def _write_slice(session: Session, agency: Agency, office: Office, now: datetime) -> int:
    slot = open_slot(agency, office, now)
    return 0 if slot is None else write_slice(session, agency.id or 0, office, day_of(now), slot)


def _put_letters(session: Session, agency: Agency, office: Office, now: datetime) -> None:
    slot = open_slot(agency, office, now)
    if slot is not None:
        put_slot_letters(session, agency.id or 0, slot, now)
    put_digests(session, agency, office, now)
    tell_of_unreached(session, agency.id or 0, office, now)
