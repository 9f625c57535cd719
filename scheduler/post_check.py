"""Letters that do not get away, channels that fall silent, and what came in and was not handled."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, select

from data.alarms import Finding
from data.obligations import Office
from data.pauses import is_paused
from data.tables import (
    Agency,
    Allowance,
    Chat,
    Inbox,
    Letter,
    LetterKind,
    LetterState,
    PlatformUpdate,
)
from duties.nudging import may_send, opening, slot_at
from duties.wording.alarms import Trouble
from scheduler.quota import next_month

STUCK_AFTER, UNHEARD_AFTER, REFUSED_WITHIN = timedelta(hours=1), timedelta(minutes=15), timedelta(days=1)
FARTHEST, LEASE_AGAIN = timedelta(days=1), timedelta(minutes=5)


def held_back(session: Session, agency_id: int, office: Office, now: datetime) -> Finding:
    """What waits for a moment that no rule of ours sets: a clock ran ahead and was put back. It waits no longer."""
    mine = col(Letter.agency_id) == agency_id
    opens = opening(now, office.policy, office.calendar)
    # what its platform counts by the month may wait for the next one
    too_far = update(Letter).where(
        mine,
        col(Letter.state) == LetterState.WAITING,
        col(Letter.next_try_at) > opens + FARTHEST,
        col(Letter.next_try_at) != next_month(now),
    )
    leased = update(Letter).where(
        mine, col(Letter.state) == LetterState.SENDING, col(Letter.lease_until) > now + FARTHEST
    )
    limits = update(Allowance).where(col(Allowance.next_allowed_at) > now + FARTHEST)
    freed = (
        session.connection().execute(too_far.values(next_try_at=opens)).rowcount
        + session.connection().execute(leased.values(lease_until=now + LEASE_AGAIN)).rowcount
        + session.connection().execute(limits.values(next_allowed_at=now)).rowcount
    )
    return Finding(Trouble.HELD_BACK, freed, repaired=freed)


def overdue_letters(
    session: Session, agency: Agency, office: Office, channels: Collection[str], now: datetime
) -> Iterator[Finding]:
    """By channel: silent where nothing goes out or comes in at all, else so many letters are stuck."""
    counted = (
        select(Chat.channel, func.count(col(Letter.id)))
        .join(Chat, col(Letter.chat_id) == Chat.id)
        .where(
            Letter.agency_id == agency.id,
            col(Chat.channel).in_(list(channels)),
            _overdue(agency, office, now),
        )
        .group_by(Chat.channel)
    )
    stuck = 0
    for channel, count in session.exec(counted).all():
        if _is_silent(session, channel, now - STUCK_AFTER):
            yield Finding(Trouble.SILENT, count, channel=channel)
        else:
            stuck += count
    yield Finding(Trouble.STUCK, stuck)


def _overdue(agency: Agency, office: Office, now: datetime) -> ColumnElement[bool]:
    """Put long ago, may go, and did not; notices and slot letters only if their hours were open then."""
    then = now - STUCK_AFTER
    may_go = [LetterKind.REPLY]
    if not is_paused(agency, now) and may_send(then, office.policy, office.calendar):
        may_go.append(LetterKind.NOTICE)
    if not is_paused(agency, now) and slot_at(then, office.policy, office.calendar) is not None:
        may_go.append(LetterKind.SLOT)
    is_tried = or_(
        col(Letter.next_try_at) <= then, and_(col(Letter.attempts) > 0, col(Letter.put_at) <= then)
    )
    return or_(
        and_(col(Letter.state) == LetterState.WAITING, col(Letter.kind).in_(may_go), is_tried),
        and_(col(Letter.state) == LetterState.SENDING, col(Letter.lease_until) <= then),
    )


def _is_silent(session: Session, channel: str, since: datetime) -> bool:
    sent = select(Letter.id).join(Chat, col(Letter.chat_id) == Chat.id)
    heard = select(Inbox.id).where(Inbox.channel == channel, Inbox.received_at > since)
    went = sent.where(Chat.channel == channel, col(Letter.sent_at) > since)
    return session.exec(went.limit(1)).first() is None and session.exec(heard.limit(1)).first() is None


def refusing(session: Session, agency_id: int, now: datetime) -> Iterator[Finding]:
    """By channel: the chats whose last letter of a day was not taken, though nobody said that they are gone."""
    later = aliased(Letter)
    went = exists().where(
        col(later.chat_id) == Letter.chat_id, col(later.id) > Letter.id, col(later.state) == LetterState.SENT
    )
    query = (
        select(Chat.channel, Chat.title)
        .join(Letter, col(Letter.chat_id) == Chat.id)
        .where(
            Letter.agency_id == agency_id,
            Letter.state == LetterState.FAILED,
            Letter.put_at > now - REFUSED_WITHIN,
            col(Chat.left_at).is_(None),
            ~went,
        )
        .group_by(Chat.channel, Chat.title, col(Chat.id))
        .order_by(Chat.channel, col(Chat.id))
    )
    titles: dict[str, list[str]] = {}
    for channel, title in session.exec(query):
        titles.setdefault(channel, []).append(title)
    for channel, names in titles.items():
        yield Finding(Trouble.REFUSED, len(names), channel=channel, names=tuple(names))


def unheard(session: Session, now: datetime) -> Finding:
    """What people wrote a while ago and nobody has handled."""
    then = now - UNHEARD_AFTER
    messages = select(func.count(col(Inbox.id))).where(
        col(Inbox.handled_at).is_(None), Inbox.received_at <= then
    )
    updates = select(func.count(col(PlatformUpdate.id))).where(
        col(PlatformUpdate.handled_at).is_(None), PlatformUpdate.received_at <= then
    )
    return Finding(Trouble.UNHEARD, session.exec(messages).one() + session.exec(updates).one())
