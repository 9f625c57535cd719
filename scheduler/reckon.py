"""After the office changed how it nudges: everything open is reckoned anew, and no rung is made up for days gone by."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from data.obligations import SLICE, Item, Office, items, reckoned_from, rungs_of, settle, standing_of, told
from data.once import insert_once
from data.tables import Nudge, Obligation


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
        for item in still_open:
            was = item.obligation.next_rung_on
            _pass_over(session, item, before, after, today)
            settle(session, item, after)
            moved += item.obligation.next_rung_on != was
        total += len(still_open)
        if len(still_open) < SLICE:
            return Reckoned(total, moved)
        last = still_open[-1].id


def _pass_over(session: Session, item: Item, before: Office, after: Office, today: date) -> None:
    """What the new policy would have told on a day that has passed was never due: it is written down as dropped."""
    state = standing_of(session, item)
    known = {rung.key for rung in rungs_of(session, item, state, before)} | told(session, item)
    for rung in rungs_of(session, item, state, after):
        if rung.on < today and rung.key not in known:
            row = Nudge(
                agency_id=item.obligation.agency_id,
                obligation_id=item.id,
                reckoned_from=reckoned_from(item),
                rung=rung.key,
                audience=rung.audience,
                on=rung.on,
                dropped=True,
            )
            insert_once(session, row)
