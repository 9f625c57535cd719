"""Changes of units in the database: shown, confirmed, done when their day has come."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from data.collectives import MEANT
from data.once import insert_once
from data.tables import (
    Agency,
    Answer,
    ChangeState,
    ChatUnit,
    Decision,
    Invitation,
    Nudge,
    Obligation,
    UnitChange,
)


def shown(session: Session, agency_id: int, chat_id: int | None, since: datetime) -> UnitChange | None:
    """What this chat was shown last and has not confirmed."""
    query = select(UnitChange).where(
        UnitChange.agency_id == agency_id,
        UnitChange.state == ChangeState.SHOWN,
        UnitChange.chat_id == chat_id,
        UnitChange.at >= since,
    )
    return session.exec(query.order_by(col(UnitChange.id).desc())).first()


def drop_shown(session: Session, agency_id: int, chat_id: int | None) -> None:
    """What was shown and not confirmed gives way to what is shown now."""
    waiting = (
        col(UnitChange.agency_id) == agency_id,
        col(UnitChange.state) == ChangeState.SHOWN,
        col(UnitChange.chat_id) == chat_id if chat_id else col(UnitChange.chat_id).is_(None),
    )
    session.execute(update(UnitChange).where(*waiting).values(state=ChangeState.DROPPED))


def coming(session: Session, agency_id: int, today: date) -> Sequence[UnitChange]:
    """What is confirmed and whose day has come, in its order."""
    query = select(UnitChange).where(
        UnitChange.agency_id == agency_id,
        UnitChange.state == ChangeState.CONFIRMED,
        UnitChange.on <= today,
    )
    return session.exec(query.order_by(col(UnitChange.on), col(UnitChange.id))).all()


def changes_of(session: Session, agency_id: int) -> Sequence[UnitChange]:
    """All that was confirmed or done, oldest first."""
    kept = (ChangeState.CONFIRMED, ChangeState.DONE)
    query = select(UnitChange).where(UnitChange.agency_id == agency_id, col(UnitChange.state).in_(kept))
    return session.exec(query.order_by(col(UnitChange.id))).all()


def later_than(session: Session, change: UnitChange) -> bool:
    """Whether something else was done to units since."""
    query = select(UnitChange.id).where(
        UnitChange.agency_id == change.agency_id,
        UnitChange.state == ChangeState.DONE,
        col(UnitChange.id) != change.id,
        col(UnitChange.done_at) >= change.done_at,
        col(UnitChange.id) > change.id,
    )
    return session.exec(query).first() is not None


def link_instead(session: Session, unit_id: int, heirs: Sequence[int], *, stays: bool) -> list[list[int]]:
    """The chats of a unit serve its heirs; what was linked newly, as pairs of chat and unit."""
    links = session.exec(select(ChatUnit).where(ChatUnit.unit_id == unit_id)).all()
    new = []
    for link in links:
        for heir in heirs:
            before = session.exec(
                select(ChatUnit).where(ChatUnit.chat_id == link.chat_id, ChatUnit.unit_id == heir)
            ).first()
            if before is None:
                insert_once(session, ChatUnit(chat_id=link.chat_id, unit_id=heir))
                new.append([link.chat_id, heir])
        if not stays:
            session.delete(link)
    session.flush()
    return new


def linked_chats(session: Session, unit_id: int) -> list[int]:
    return [link.chat_id for link in session.exec(select(ChatUnit).where(ChatUnit.unit_id == unit_id))]


def unlink(session: Session, pairs: Collection[Sequence[int]]) -> None:
    for chat_id, unit_id in pairs:
        mine = select(ChatUnit).where(ChatUnit.chat_id == chat_id, ChatUnit.unit_id == unit_id)
        for link in session.exec(mine):
            session.delete(link)
    session.flush()


def hand_over_codes(session: Session, unit_id: int, heir: int) -> None:
    """Invitations that nobody used yet lead to the heir."""
    unused = (col(Invitation.unit_id) == unit_id, col(Invitation.used_at).is_(None))
    session.execute(update(Invitation).where(*unused).values(unit_id=heir))


def hand_over_nudges(session: Session, obligation_ids: Collection[int], unit_id: int, heir: int) -> None:
    """What waits to be told is told to the heir."""
    waiting = (
        col(Nudge.obligation_id).in_(list(obligation_ids)),
        col(Nudge.to_unit_id) == unit_id,
        col(Nudge.letter_id).is_(None),
    )
    session.execute(update(Nudge).where(*waiting).values(to_unit_id=heir))


def mean_instead(agency: Agency, unit_id: int, heirs: Sequence[int]) -> None:
    """Where the office said whom “các phòng” means, it means the heirs now."""
    said = agency.settings.get(MEANT, {})
    named = {
        name: list(dict.fromkeys(each for id in ids for each in (heirs if id == unit_id else [id])))
        for name, ids in said.items()
    }
    if named != said:
        agency.settings = {**agency.settings, MEANT: named}


def obligations_on(
    session: Session, occurrence_ids: Collection[int], unit_ids: Collection[int]
) -> list[Obligation]:
    """What these units owe or owed of these occurrences, what was withdrawn too."""
    query = select(Obligation).where(
        col(Obligation.occurrence_id).in_(list(occurrence_ids)), col(Obligation.unit_id).in_(list(unit_ids))
    )
    return list(session.exec(query.order_by(col(Obligation.id))))


def touched_since(session: Session, obligation_ids: Collection[int], since: datetime) -> int:
    """Of how many of these something was said or decided since."""
    touched: set[int] = set()
    for table in (Answer, Decision):
        when = or_(col(table.at) > since, col(table.undone_at) > since)
        mine = col(table.obligation_id).in_(list(obligation_ids))
        touched.update(session.exec(select(table.obligation_id).where(mine, when)))
    return len(touched)
