"""Today's nudges → rows → one letter a chat and slot."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from data.letters import chats_with, put_letters
from data.lineage import lineage_of
from data.obligations import Office
from data.once import insert_all_once
from data.pauses import is_paused
from data.reckoning import QUESTIONS, Basis, History, history_of, reached, rungs_of
from data.tables import Agency, DutyUnit, Letter, LetterKind, Nudge, Obligation
from duties.nudging import Audience, Firmness, Rung, Slot, due_rungs, next_rung, slot_at
from duties.plan import Role
from duties.unit_changes import Lineage
from duties.workdays import day_of
from scheduler.routes import routes_of, waiting

SLICE = 1000
HOURS = {Slot.MORNING: "08", Slot.AFTERNOON: "14"}
LAST_CALL = "due:14h"
AFTERNOON_KEY = f"T{HOURS[Slot.AFTERNOON]}"


def open_slot(agency: Agency, office: Office, now: datetime) -> Slot | None:
    """The slot whose letters may go out now; None while everything is paused."""
    return None if is_paused(agency, now) else slot_at(now, office.policy, office.calendar)


def write_slice(session: Session, agency_id: int, office: Office, today: date, slot: Slot) -> int:
    """A row for each rung reached of the next thousand obligations, each moved on to its next; how many obligations.

    Less than a full slice was the last.
    """
    bases = reached(session, agency_id, today, slot, SLICE)
    if not bases:
        return 0
    history = history_of(session, bases)
    steps = [_step(basis, history, office, today, slot) for basis in bases]
    rows = [as_nudge(step.basis, rung) for step in steps for rung in step.rungs]
    insert_all_once(session, Nudge, [*rows, *_to_partners(session, agency_id, steps, today)])
    _move_on(session, steps)
    return len(bases)


@dataclass(frozen=True)
class Step:
    """What is told of one obligation now, and what comes next; `first`: the rung that is the first of its due date."""

    basis: Basis
    rungs: tuple[Rung, ...]
    coming: Rung | None
    first: Rung | None


def _step(basis: Basis, history: History, office: Office, today: date, slot: Slot) -> Step:
    told = history.told_of(basis)
    rungs = rungs_of(basis, history, office)
    due = due_rungs(rungs, told, today, slot)
    coming = next_rung(rungs, told.union(rung.key for rung in due))
    return Step(
        basis, due, coming, None if _was_reminded(told) else next(filter(_concerns_partners, due), None)
    )


def _was_reminded(told: Collection[str]) -> bool:
    return not all(key.startswith(QUESTIONS) for key in told)


def as_nudge(basis: Basis, rung: Rung, partner_id: int = 0) -> dict[str, Any]:
    """The row of a rung that is told now."""
    return {
        "agency_id": basis.agency_id,
        "obligation_id": basis.id,
        "reckoned_from": basis.reckoned_from,
        "rung": rung.key,
        "partner_id": partner_id,
        "audience": rung.audience,
        "to_unit_id": (partner_id or basis.unit_id) if rung.audience is Audience.UNIT else None,
        "on": rung.on,
        "dropped": False,
    }


def _to_partners(
    session: Session, agency_id: int, steps: Iterable[Step], today: date
) -> list[dict[str, Any]]:
    """A partner is told once, with the lead's first rung; a collective partner is not told (design: never nagged)."""
    firsts = [(step.basis, step.first) for step in steps if step.first is not None]
    lineage = lineage_of(session, agency_id, today)
    partners = _partners(session, lineage, {basis.duty_id for basis, _ in firsts})
    shared = [(basis, rung) for basis, rung in firsts if basis.duty_id in partners]
    told = _told_partners(session, [basis.id for basis, _ in shared])
    return [
        as_nudge(basis, rung, partner)
        for basis, rung in shared
        if basis.id not in told
        for partner in sorted(partners[basis.duty_id] - {basis.unit_id})
    ]


def _concerns_partners(rung: Rung) -> bool:
    return rung.audience is Audience.UNIT and rung.firmness is not Firmness.ASK


def _partners(session: Session, lineage: Lineage, duty_ids: Collection[int]) -> dict[int, set[int]]:
    """The units that help with each duty; for one that is no more whoever came after it, and who leads is no partner."""
    found: dict[tuple[int, Role], set[int]] = {}
    if duty_ids:
        query = select(DutyUnit.duty_id, DutyUnit.role, DutyUnit.unit_id).where(
            col(DutyUnit.duty_id).in_(duty_ids), col(DutyUnit.unit_id).is_not(None)
        )
        for duty_id, role, unit_id in session.exec(query):
            heir = lineage.heir(unit_id or 0, duty_id)
            found.setdefault((duty_id, Role(role)), set()).update({heir} if heir else ())
    helping = {duty_id: units for (duty_id, role), units in found.items() if role is Role.PARTNER}
    return {duty_id: units - found.get((duty_id, Role.LEAD), set()) for duty_id, units in helping.items()}


def _told_partners(session: Session, ids: Sequence[int]) -> set[int]:
    if not ids:
        return set()
    query = select(Nudge.obligation_id).where(col(Nudge.obligation_id).in_(ids), Nudge.partner_id != 0)
    return set(session.exec(query))


def _move_on(session: Session, steps: Iterable[Step]) -> None:
    """Only the day of the next rung is written: all else about an obligation is for `settle`."""
    which = update(Obligation).where(col(Obligation.id) == bindparam("owed"))
    next_rung_is = which.values(next_rung_on=bindparam("on"), next_slot=bindparam("slot"))
    session.connection().execute(
        next_rung_is,
        [
            {
                "owed": step.basis.id,
                "on": step.coming.on if step.coming else None,
                "slot": int(step.coming.slot if step.coming else Slot.MORNING),
            }
            for step in steps
        ],
    )


def put_slot_letters(session: Session, agency_id: int, slot: Slot, now: datetime) -> int:
    """A letter for each chat that is to be told something in this slot, its words to come; how many are new."""
    told = waiting(session, agency_id, LAST_CALL)
    if not told:
        return 0
    routes, today = routes_of(session, agency_id), day_of(now)
    chats = routes.chats_for(told.keys())
    if slot is Slot.AFTERNOON:
        # who had a letter in the morning hears in the afternoon only of what ends today
        last_calls = routes.chats_for([to for to, is_last_call in told.items() if is_last_call])
        chats -= chats_with(session, chats - last_calls, slot_key(today, Slot.MORNING))
    key = slot_key(today, slot)
    new = sorted(chats - chats_with(session, chats, key))
    return put_letters(session, agency_id, new, key, LetterKind.SLOT, now)


def slot_key(day: date, slot: Slot) -> str:
    return f"slot:{day.isoformat()}T{HOURS[slot]}"


def told_only_last_calls(session: Session, letter: Letter) -> bool:
    """Whether this is the afternoon's letter of a chat that had one in the morning."""
    if not letter.key.endswith(AFTERNOON_KEY):
        return False
    morning = letter.key.removesuffix(AFTERNOON_KEY) + f"T{HOURS[Slot.MORNING]}"
    return bool(chats_with(session, [letter.chat_id], morning))
