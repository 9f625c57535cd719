"""What is counted for those who watch from outside: a handful of queries, however much there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, case, col, select

from data.heartbeats import last_beats
from data.in_force import AWAITED
from data.tables import Alarm, Chat, Duty, Inbox, Letter, LetterState, Obligation, Occurrence, Plan

NO_TIME = timedelta()


@dataclass(frozen=True)
class Gauges:
    """`lag`: how long the oldest letter that may go has waited, by channel; `unheard_for`: the same of what came in."""

    letters: Mapping[tuple[str, LetterState], int]
    lag: Mapping[str, timedelta]
    open: int
    overdue: int
    unheard: int
    unheard_for: timedelta
    alarms: Mapping[str, int]
    beats: Mapping[str, datetime]


def gauges_of(session: Session, now: datetime, today: date) -> Gauges:
    """Everything that is counted, of all agencies together."""
    open_now, overdue = _obligations(session, today)
    unheard, oldest = _unheard(session)
    return Gauges(
        letters=_letters(session),
        lag={channel: now - since for channel, since in _waiting_since(session, now).items()},
        open=open_now,
        overdue=overdue,
        unheard=unheard,
        unheard_for=max(now - oldest, NO_TIME) if oldest else NO_TIME,
        alarms=_alarms(session),
        beats=last_beats(session),
    )


def _letters(session: Session) -> dict[tuple[str, LetterState], int]:
    query = (
        select(Chat.channel, Letter.state, func.count(col(Letter.id)))
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .group_by(col(Chat.channel), col(Letter.state))
    )
    return {(channel, LetterState(state)): count for channel, state, count in session.exec(query)}


def _waiting_since(session: Session, now: datetime) -> dict[str, datetime]:
    """Of those that may go now."""
    query = (
        select(Chat.channel, func.min(col(Letter.next_try_at)))
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(Letter.state == LetterState.WAITING, col(Letter.next_try_at) <= now)
        .group_by(col(Chat.channel))
    )
    return dict(session.exec(query).all())


def _obligations(session: Session, today: date) -> tuple[int, int]:
    """Open ones of the plans in force, and those of them whose due date has passed."""
    is_late: ColumnElement[bool] = col(Obligation.due) < today
    query = (
        select(func.count(col(Obligation.id)), func.count(case((is_late, col(Obligation.id)))))
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*AWAITED)
    )
    return session.exec(query).one()


def _unheard(session: Session) -> tuple[int, datetime | None]:
    """What came in and is not handled, and since when the oldest of it waits."""
    query = select(func.count(col(Inbox.id)), func.min(col(Inbox.received_at)))
    return session.exec(query.where(col(Inbox.handled_at).is_(None))).one()


def _alarms(session: Session) -> dict[str, int]:
    query = select(Alarm.about, func.count(col(Alarm.id))).where(col(Alarm.closed_at).is_(None))
    return dict(session.exec(query.group_by(col(Alarm.about))).all())
