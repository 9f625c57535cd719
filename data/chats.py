"""Linked chats of units: which is first, moved, dropped; and the invitation codes that are still out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import Session, col, select

from data.companions import close_page, shut_links
from data.once import insert_once
from data.tables import (
    Answer,
    Chat,
    ChatRole,
    ChatUnit,
    Invitation,
    Letter,
    LetterKind,
    LetterState,
    LinkPurpose,
    Obligation,
    Unit,
)

UNLINKED = "unlinked"
LATELY = timedelta(days=180)


def put_first(session: Session, chat: Chat, unit_id: int) -> None:
    """From now on the unit is told in this chat before its others."""
    places = session.exec(select(func.min(ChatUnit.place)).where(ChatUnit.unit_id == unit_id)).one()
    mine = (col(ChatUnit.chat_id) == chat.id, col(ChatUnit.unit_id) == unit_id)
    session.execute(update(ChatUnit).where(*mine).values(place=(places or 0) - 1))


def drop(session: Session, chat: Chat, unit_id: int, now: datetime) -> None:
    """The chat serves this unit no more; one that serves nobody is unlinked. Its calendar follows by itself."""
    assert chat.id is not None
    session.execute(
        delete(ChatUnit).where(col(ChatUnit.chat_id) == chat.id, col(ChatUnit.unit_id) == unit_id)
    )
    shut_links(session, chat, now, (LinkPurpose.DOWNLOAD, LinkPurpose.UPLOAD))
    _forget_waiting(session, chat)
    if session.exec(select(ChatUnit.id).where(ChatUnit.chat_id == chat.id)).first() is None:
        unlink(session, chat, now)


def move(session: Session, chat: Chat, unit_id: int, to: int, now: datetime) -> None:
    """The chat serves another unit in place of this one; who was let into its page is not let into the other's work."""
    assert chat.id is not None
    session.execute(
        delete(ChatUnit).where(col(ChatUnit.chat_id) == chat.id, col(ChatUnit.unit_id) == unit_id)
    )
    insert_once(session, ChatUnit(chat_id=chat.id, unit_id=to))
    close_page(session, chat, now)
    _forget_waiting(session, chat)


def unlink(session: Session, chat: Chat, now: datetime) -> None:
    """Nothing is told here any more until it is linked anew."""
    chat.left_at, chat.lost = now, False
    session.add(chat)
    _forget_waiting(session, chat)
    session.flush()


def _forget_waiting(session: Session, chat: Chat) -> None:
    """What waits to be told here was meant for whom it served; our answers still go out."""
    waiting = (
        col(Letter.chat_id) == chat.id,
        col(Letter.state) == LetterState.WAITING,
        col(Letter.kind) != LetterKind.REPLY,
    )
    session.execute(update(Letter).where(*waiting).values(state=LetterState.FAILED, failure=UNLINKED))


def outstanding(session: Session, agency_id: int, now: datetime) -> Sequence[tuple[Invitation, str]]:
    """The codes that may still be used, each with its unit's name; a role has none."""
    query = (
        select(Invitation, func.coalesce(Unit.name, ""))
        .join(Unit, col(Invitation.unit_id) == Unit.id, isouter=True)
        .where(Invitation.agency_id == agency_id, *_usable(now))
    )
    return session.exec(query.order_by(col(Invitation.id))).all()


def _usable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Invitation.used_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        col(Invitation.expires_at) > now,
    )


def withdraw(session: Session, found: Sequence[Invitation], now: datetime) -> None:
    """Those codes open nothing any more."""
    for invitation in found:
        invitation.withdrawn_at = now
        session.add(invitation)
    session.flush()


def is_of(invitation: Invitation, role: ChatRole, unit_id: int | None) -> bool:
    return invitation.role is role and invitation.unit_id == unit_id


def who_answered(session: Session, unit_id: int, now: datetime, most: int = 5) -> list[str]:
    """The people who lately answered for a unit, as their platform names them, the busiest first."""
    query = (
        select(Answer.sender, func.count())
        .join(Obligation, col(Obligation.id) == Answer.obligation_id)
        .where(
            Obligation.unit_id == unit_id,
            col(Answer.on_behalf).is_(False),
            Answer.sender != "",
            Answer.at >= now - LATELY,
        )
        .group_by(col(Answer.sender))
        .order_by(func.count().desc(), col(Answer.sender))
        .limit(most)
    )
    return [name for name, _ in session.exec(query)]
