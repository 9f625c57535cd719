"""Whom the rows of a draft named before the office gave them to others, so that this can be taken back wholly."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from data.doubts import answered_in, ask_again_rows
from data.merged_rows import named_in_row, put_names
from data.plans import rematch
from data.tables import Duty, Plan
from duties.plan import DoubtKind, Role

NOTES = "leads_before"
KINDS = (DoubtKind.LEAD, DoubtKind.READING)


def remember_leads(session: Session, plan: Plan, duties: Sequence[Duty]) -> None:
    """Keep who is named in these rows, and which questions about them are answered."""
    answered, before = answered_in(plan, [duty.position for duty in duties]), _noted(plan)
    rows = {
        str(duty.position): [
            *before.get(str(duty.position), ()),
            {"units": named_in_row(session, duty), "answered": answered[duty.position]},
        ]
        for duty in duties
    }
    _note(session, plan, {**before, **rows})


def put_back_leads(session: Session, plan: Plan, duties: Sequence[Duty], leads: Sequence[str]) -> set[int]:
    """Those of these rows that were led by these before they were given to others last are as they were then; their places."""
    before = _noted(plan)
    last = {
        duty.position: (duty, rows[-1])
        for duty in duties
        if (rows := before.get(str(duty.position), [])) and _leads(rows[-1]) == list(leads)
    }
    for duty, row in last.values():
        put_names(session, duty, row["units"])
    ask_again_rows(session, plan, {place: row["answered"] for place, (_, row) in last.items()}, KINDS)
    rest = {place: rows[:-1] if int(place) in last else rows for place, rows in before.items()}
    _note(session, plan, {place: rows for place, rows in rest.items() if rows})
    rematch(session, plan)
    return set(last)


def _leads(row: Mapping[str, Any]) -> list[str]:
    return [name for name, role, _ in row["units"] if role == Role.LEAD]


def _noted(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = plan.notes.get(NOTES, {})
    return found


def _note(session: Session, plan: Plan, rows: Mapping[str, Any]) -> None:
    # another value, not the same one changed: so the database is told
    plan.notes = {**plan.notes, NOTES: dict(rows)}
    session.add(plan)
    session.flush()
