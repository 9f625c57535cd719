"""What the database knows of the platforms' limits: when a bot or a chat may be written to again, in every process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.once import insert_all_once
from data.tables import Allowance


@dataclass(frozen=True)
class Limit:
    """One message `every` so often under that name; after a rest `burst` of them may come at once."""

    name: str
    every: timedelta
    burst: int = 1


def after_turn(limit: Limit, next_allowed_at: datetime, now: datetime) -> datetime:
    """When the next turn may be taken, once one was taken now."""
    saved_up = limit.every * (limit.burst - 1)
    return max(next_allowed_at + saved_up, now) + limit.every - saved_up


def free_at(session: Session, limits: Sequence[Limit], now: datetime) -> datetime:
    """The moment from which all the limits allow a message; `now` when they do already."""
    found = select(Allowance.next_allowed_at).where(col(Allowance.name).in_([each.name for each in limits]))
    moments: list[datetime] = [now, *session.exec(found)]
    return max(moments)


def take_turn(session: Session, limits: Sequence[Limit], now: datetime) -> datetime | None:
    """Take a turn under each limit, or under none: None when taken, else the moment to come back."""
    # A plain look first: rows are locked only by whoever is likely to go, and is done right after.
    if (wait_until := free_at(session, limits, now)) > now:
        return wait_until
    turns = Turns(session, limits, now)
    if (wait_until := turns.free_at(limits)) > now:
        return wait_until
    turns.take(limits, now)
    return None


def next_turn(
    session: Session, limits: Sequence[Limit], now: datetime, patience: timedelta
) -> datetime | None:
    """The moment of a turn under each limit, taken ahead; None, and none taken, when it would come too late."""
    turns = Turns(session, limits, now)
    moment = turns.free_at(limits)
    if moment > now + patience:
        return None
    turns.take(limits, moment)
    return moment


def halt(session: Session, limit: Limit, until: datetime, now: datetime) -> None:
    """Nobody takes a turn under this limit before that moment: the platform said so."""
    row = _locked(session, [limit], now)[limit.name]
    row.next_allowed_at = max(row.next_allowed_at, until)


def give_back(session: Session, limits: Sequence[Limit], now: datetime) -> None:
    """A turn that was taken and not used."""
    rows = _locked(session, limits, now)
    for limit in limits:
        rows[limit.name].next_allowed_at -= limit.every


class Turns:
    """The turns of many messages, read and taken together; others wait for what is locked until the transaction ends."""

    def __init__(self, session: Session, limits: Sequence[Limit], now: datetime) -> None:
        self._now = now
        self._rows = _locked(session, limits, now)

    def free_at(self, limits: Sequence[Limit]) -> datetime:
        """The moment from which all these limits allow a message."""
        return max([self._now, *(self._rows[limit.name].next_allowed_at for limit in limits)])

    def take(self, limits: Sequence[Limit], at: datetime) -> None:
        """Take a turn under each of them, for a message that goes at that moment."""
        for limit in limits:
            row = self._rows[limit.name]
            row.next_allowed_at = after_turn(limit, row.next_allowed_at, at)


def _locked(session: Session, limits: Sequence[Limit], now: datetime) -> dict[str, Allowance]:
    by_name = {limit.name: limit for limit in limits}
    # in one order: two that insert the same names the other way round would wait for one another
    rows = [{"name": name, "next_allowed_at": _rested(by_name[name], now)} for name in sorted(by_name)]
    insert_all_once(session, Allowance, rows)
    query = select(Allowance).where(col(Allowance.name).in_(by_name)).order_by(col(Allowance.name))
    # whoever waited for the lock reads what the other wrote, not what it remembers
    found = session.exec(query.with_for_update().execution_options(populate_existing=True))
    return {row.name: row for row in found}


def _rested(limit: Limit, now: datetime) -> datetime:
    """As if nothing had been sent for long: a burst may come at once."""
    return now - limit.every * (limit.burst - 1)
