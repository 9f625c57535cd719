"""A change of units is taken back: everything as it was before, while nobody has built on it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from data.obligations import Item, Office, item, items, settle
from data.once import insert_once
from data.people import NEVER_LIVED, rename_unit
from data.tables import (
    Agency,
    ChangeState,
    ChatUnit,
    Decision,
    FormerName,
    FormerOwner,
    Obligation,
    Unit,
    UnitChange,
)
from data.unit_changes import hand_over_nudges, mean_instead, touched_since, unlink
from duties.workdays import day_of
from scheduler.materialise import materialise


def is_touched(session: Session, change: UnitChange) -> int:
    """Of how many obligations that changed hands something was said or decided since; of what it made, too."""
    assert change.done_at is not None
    passed = [row[0] for what in ("passed", "widened") for row in change.did.get(what, [])]
    made = [row[0] for row in change.did.get("made", [])]
    theirs = session.exec(select(Obligation.id).where(col(Obligation.unit_id).in_(made)))
    return touched_since(session, {*passed, *(each for each in theirs if each)}, change.done_at)


def take_back(session: Session, agency: Agency, office: Office, change: UnitChange, now: datetime) -> None:
    """As it was before; whoever calls has seen that nobody built on it."""
    did = change.did
    for unit_id, name in did.get("renamed", []):
        _name_again(session, session.get_one(Unit, unit_id), name, change.on)
    _owe_again(session, office, change)
    for unit_id, *_ in did.get("ended", []):
        unit = session.get_one(Unit, unit_id)
        unit.valid_to, unit.successor_id = None, None
        session.add(unit)
    for unit_id, *_ in did.get("made", []):
        _never_was(session, office, session.get_one(Unit, unit_id), now)
        mean_instead(agency, unit_id, [row[0] for row in did.get("ended", [])])
    unlink(session, did.get("linked", []))
    for chat_id, unit_id in did.get("unlinked", []):
        insert_once(session, ChatUnit(chat_id=chat_id, unit_id=unit_id))
    change.state = ChangeState.DROPPED
    session.add_all([agency, change])
    session.flush()
    materialise(session, agency, office, day_of(now))


def _name_again(session: Session, unit: Unit, name: str, on: date) -> None:
    rename_unit(session, unit, name)
    eve = on - timedelta(days=1)
    for row in session.exec(select(FormerName).where(FormerName.unit_id == unit.id, FormerName.until == eve)):
        session.delete(row)
    session.flush()


def _owe_again(session: Session, office: Office, change: UnitChange) -> None:
    did, eve = change.did, change.on - timedelta(days=1)
    for decision_id, *_ in did.get("decided", []):
        decision = session.get_one(Decision, decision_id)
        decision.undone_at = decision.at
        session.add(decision)
    for obligation_id, unit_id, bullets in did.get("passed", []):
        row = session.get_one(Obligation, obligation_id)
        hand_over_nudges(session, [obligation_id], row.unit_id, unit_id)
        row.unit_id, row.bullets = unit_id, _numbers(bullets)
        former = select(FormerOwner).where(
            FormerOwner.obligation_id == obligation_id, FormerOwner.until == eve
        )
        for owner in session.exec(former):
            session.delete(owner)
        session.add(row)
    for obligation_id, bullets, was_withdrawn in did.get("widened", []):
        row = session.get_one(Obligation, obligation_id)
        row.bullets = _numbers(bullets)
        row.withdrawn_at = change.done_at if was_withdrawn else None
        session.add(row)
    session.flush()
    for touched in _touched(session, change):
        settle(session, touched, office)


def _touched(session: Session, change: UnitChange) -> Iterator[Item]:
    decided = [session.get_one(Decision, row[0]).obligation_id for row in change.did.get("decided", [])]
    ids = [row[0] for what in ("passed", "widened") for row in change.did.get(what, [])]
    for obligation_id in dict.fromkeys([*decided, *ids]):
        found = item(session, obligation_id)
        if found is not None:
            yield found


def _numbers(said: str) -> list[int]:
    return [int(number) for number in said.split(",") if number]


def _never_was(session: Session, office: Office, unit: Unit, now: datetime) -> None:
    unit.valid_to = NEVER_LIVED
    session.add(unit)
    session.flush()
    for owed in items(session, col(Obligation.unit_id) == unit.id):
        owed.obligation.withdrawn_at = now
        settle(session, owed, office)
