"""After the office changed how it nudges: everything open is reckoned anew, and no rung is made up for days gone by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from data.obligations import SLICE, Office, hold, items, settle_all
from data.once import insert_all_once
from data.reckoning import Basis, History, history_of, rungs_of
from data.tables import Nudge, Obligation
from duties.nudging import Rung
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
    while still_open := items(session, *mine, after=last, limit=SLICE):
        hold(session, still_open)
        was = [item.obligation.next_rung_on for item in still_open]
        _pass_over(session, [item.basis for item in still_open], before, after, today)
        settle_all(session, still_open, after)
        now = [item.obligation.next_rung_on for item in still_open]
        total += len(still_open)
        moved += sum(a != b for a, b in zip(was, now, strict=True))
        last = still_open[-1].id
    return Reckoned(total, moved)


def _pass_over(
    session: Session, still_open: Sequence[Basis], before: Office, after: Office, today: date
) -> None:
    """What the new policy would have told on a day that has passed was never due: it is written down as dropped."""
    history = history_of(session, still_open)
    never_due = [
        {**as_nudge(basis, rung), "dropped": True}
        for basis in still_open
        for rung in _made_up(basis, history, before, after)
        if rung.on < today
    ]
    insert_all_once(session, Nudge, never_due)


def _made_up(basis: Basis, history: History, before: Office, after: Office) -> Iterator[Rung]:
    """The rungs that only the new policy knows."""
    known = {rung.key for rung in rungs_of(basis, history, before)} | history.told_of(basis)
    return (rung for rung in rungs_of(basis, history, after) if rung.key not in known)
