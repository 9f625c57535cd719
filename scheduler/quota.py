"""Messages that a platform counts by the month: how many a bot has sent, and what waits when few are left."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import exists, or_, update
from sqlmodel import Session, col, select

from data.letters import put_letter
from data.once import insert_once
from data.people import chats_of_role
from data.tables import Chat, ChatRole, Letter, LetterKind, MonthlyCount, Nudge
from duties.wording.reach import nearly_used_up
from duties.workdays import HANOI, day_of
from scheduler.channel import Capabilities
from scheduler.routes import pending, told_in

WARN_AT = 80
# of what a bot may send, this share is kept for what cannot wait
KEPT_AT = 95
CANNOT_WAIT = ("due", "after:", "monday:")


@dataclass(frozen=True)
class Used:
    """How much of a month's messages a bot has used."""

    sent: int
    cap: int

    def is_past(self, percent: int) -> bool:
        return self.sent * 100 >= self.cap * percent


def used(session: Session, capabilities: Capabilities, chat: Chat, now: datetime) -> Used | None:
    """What the chat's bot has used this month; None where the platform does not count."""
    if capabilities.monthly_cap is None:
        return None
    query = select(MonthlyCount.sent).where(
        MonthlyCount.channel == chat.channel, MonthlyCount.bot == chat.bot, MonthlyCount.month == _month(now)
    )
    return Used(session.exec(query).first() or 0, capabilities.monthly_cap)


def sent_this_month(session: Session, agency_id: int, now: datetime) -> list[tuple[str, int]]:
    """What each of the agency's bots has sent this month, where its platform counts: the channel, how many."""
    theirs = exists().where(
        col(Chat.agency_id) == agency_id,
        col(Chat.channel) == MonthlyCount.channel,
        col(Chat.bot) == MonthlyCount.bot,
    )
    query = select(MonthlyCount.channel, MonthlyCount.sent).where(MonthlyCount.month == _month(now), theirs)
    return list(session.exec(query.order_by(MonthlyCount.channel, MonthlyCount.bot)).all())


def waits_for_next_month(session: Session, letter: Letter, chat: Chat, so_far: Used | None) -> bool:
    """Whether the few messages that are left are not for this letter; the office must hear that they are few."""
    if so_far is None or not so_far.is_past(KEPT_AT):
        return False
    if letter.kind is LetterKind.REPLY or chat.role is not ChatRole.UNIT:
        return False
    return letter.kind is LetterKind.NOTICE or not _has_something_due(session, chat)


def next_month(now: datetime) -> datetime:
    """The first morning of the month after."""
    day = day_of(now)
    first = (
        day.replace(year=day.year + 1, month=1, day=1)
        if day.month == 12
        else day.replace(month=day.month + 1, day=1)
    )
    return datetime.combine(first, time(0), HANOI)


def count_sent(session: Session, capabilities: Capabilities, chat: Chat, now: datetime) -> None:
    """One more was sent, or may have been; at four fifths of the cap the office is told, once a month."""
    if capabilities.monthly_cap is None:
        return
    insert_once(session, MonthlyCount(channel=chat.channel, bot=chat.bot, month=_month(now)))
    counted = session.execute(
        update(MonthlyCount)
        .where(
            col(MonthlyCount.channel) == chat.channel,
            col(MonthlyCount.bot) == chat.bot,
            col(MonthlyCount.month) == _month(now),
        )
        .values(sent=MonthlyCount.sent + 1)
        .returning(col(MonthlyCount.sent))
    )
    so_far = Used(counted.scalar_one(), capabilities.monthly_cap)
    for mark in (WARN_AT, KEPT_AT):
        if so_far.is_past(mark):
            _warn(session, chat, so_far, mark, now)


def _warn(session: Session, chat: Chat, so_far: Used, mark: int, now: datetime) -> None:
    key = f"notice:quota:{chat.channel}:{chat.bot}:{_month(now)}:{mark}"
    message = nearly_used_up(
        chat.channel, so_far.sent, so_far.cap, next_month(now).date(), is_kept=mark == KEPT_AT
    )
    for office in chats_of_role(session, chat.agency_id, ChatRole.OFFICE):
        put_letter(session, office, key, LetterKind.NOTICE, now, message)


def _has_something_due(session: Session, chat: Chat) -> bool:
    mine = told_in(session, chat)
    if mine is None:
        return False
    due = or_(*(col(Nudge.rung).startswith(rung) for rung in CANNOT_WAIT))
    return session.exec(select(Nudge.id).where(pending(chat.agency_id), mine, due)).first() is not None


def _month(now: datetime) -> str:
    return f"{day_of(now):%Y-%m}"
