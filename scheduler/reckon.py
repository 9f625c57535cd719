"""After the office changed how it nudges: everything open is reckoned anew, and no rung is made up for days gone by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col

from data.obligations import SLICE, Item, Office, items, settle_all
from data.once import insert_all_once
from data.reckoning import history_of, rungs_of
from data.tables import Nudge, Obligation
from scheduler.nudge import as_nudge


@dataclass(frozen=True)
class Reckoned:
    """How many obligations are open, and how many of them are nudged on another day now."""

    total: int
    moved: int


def reckon_anew(session: Session, agency_id: int, before: Office, after: Office, today: date) -> Reckoned:
    """Bring every next rung in line with what holds now, in slices."""
    total = moved = last = 0
    mine = (col(Obligation.agency_id) == agency_id, col(Obligation.is_open).is_(True))
    while True:
        still_open = items(session, *mine, after=last, limit=SLICE)
        was = [item.obligation.next_rung_on for item in still_open]
        insert_all_once(session, Nudge, list(_passed_over(session, still_open, before, after, today)))
        settle_all(session, still_open, after)
        moved += sum(item.obligation.next_rung_on != on for item, on in zip(still_open, was, strict=True))
        total += len(still_open)
        if len(still_open) < SLICE:
            return Reckoned(total, moved)
        last = still_open[-1].id


def _passed_over(
    session: Session, still_open: Sequence[Item], before: Office, after: Office, today: date
) -> Iterator[dict[str, Any]]:
    """What the new policy would have told on a day that has passed was never due: it is written down as dropped."""
    bases = [item.basis for item in still_open]
    history = history_of(session, bases)
    for basis in bases:
        known = {rung.key for rung in rungs_of(basis, history, before)} | history.told_of(basis)
        for rung in rungs_of(basis, history, after):
            if rung.on < today and rung.key not in known:
                yield as_nudge(basis, rung) | {"dropped": True}
