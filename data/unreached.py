"""Units that owe something and that nobody can be told in: all of them, and those the office has not heard of yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, func, select

from data.in_force import AWAITED
from data.once import slices
from data.tables import Chat, ChatUnit, Duty, Obligation, Occurrence, Plan, Unit

SLICE = 1000


def newly_unreached(session: Session, agency_id: int) -> list[tuple[Unit, int]]:
    """Those that the office has not heard of, each with how much it owes; in the order of the units."""
    return unreached(session, agency_id, col(Unit.unreached_at).is_(None))


def unreached(session: Session, agency_id: int, *conditions: ColumnElement[bool]) -> list[tuple[Unit, int]]:
    """Every unit that owes something and has no chat, with how much it owes; in the order of the units."""
    silent = select(Unit).where(Unit.agency_id == agency_id, ~_has_chat(), *conditions)
    units = session.exec(silent.order_by(col(Unit.id))).all()
    owed = _owed(session, [unit.id or 0 for unit in units])
    return [(unit, owed[unit.id]) for unit in units if unit.id in owed]


def _has_chat() -> ColumnElement[bool]:
    living = select(ChatUnit.unit_id).join(Chat, col(ChatUnit.chat_id) == Chat.id)
    return exists(living.where(ChatUnit.unit_id == Unit.id, col(Chat.left_at).is_(None)))


def _owed(session: Session, unit_ids: Sequence[int]) -> dict[int, int]:
    """How much they would be told of, by unit."""
    counted = (
        select(Obligation.unit_id, func.count(col(Obligation.id)))
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*AWAITED)
        .group_by(col(Obligation.unit_id))
    )
    found: dict[int, int] = {}
    for some in slices(unit_ids, SLICE):
        found.update(session.exec(counted.where(col(Obligation.unit_id).in_(some))).all())
    return found


def mark_unreached(session: Session, units: Iterable[Unit], now: datetime) -> None:
    """The office has heard of these."""
    for unit in units:
        unit.unreached_at = now
        session.add(unit)
    session.flush()


def forget_reached(session: Session, agency_id: int) -> None:
    """Who has a chat again is new to the office when it loses that one."""
    reached = select(Unit).where(
        Unit.agency_id == agency_id, col(Unit.unreached_at).is_not(None), _has_chat()
    )
    for unit in session.exec(reached).all():
        unit.unreached_at = None
        session.add(unit)
    session.flush()
