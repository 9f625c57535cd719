"""What one message recorded of any kind, and which message of a person that was: all that “hoàn tác” goes by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, update
from sqlmodel import Session, col, func, or_, select

from data.obligations import Item, items
from data.tables import Answer, Change, Decision, Evidence, Inbox, Letter, Obligation
from duties.progress import Ruling

REPLY = "reply:"


def remember(
    session: Session,
    agency_id: int,
    inbox_id: int,
    about: str,
    what: str,
    undo_by: Sequence[str],
    now: datetime,
) -> None:
    """Keep the words that take a change back; of two changes of one thing in one message the first knows how it was."""
    mine = select(Change.id).where(Change.inbox_id == inbox_id, Change.about == about)
    if session.exec(mine).first() is None:
        words = list(undo_by)
        session.add(
            Change(agency_id=agency_id, inbox_id=inbox_id, about=about, what=what, undo_by=words, at=now)
        )
        session.flush()


@dataclass(frozen=True)
class Recorded:
    """All that one message recorded and nobody took back. `freed`: the past dates that it settled."""

    answers: Sequence[Answer]
    decisions: Sequence[Decision]
    freed: Sequence[Item]
    changes: Sequence[Change]

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.decisions or self.freed or self.changes)


def recorded_by(session: Session, inbox_id: int) -> Recorded:
    """What a message recorded, each kind in its order."""
    answers = select(Answer).where(Answer.inbox_id == inbox_id, col(Answer.undone_at).is_(None))
    # what was moved goes back by the words of its change
    decisions = select(Decision).where(
        Decision.inbox_id == inbox_id, Decision.kind != Ruling.MOVE, col(Decision.undone_at).is_(None)
    )
    changes = select(Change).where(Change.inbox_id == inbox_id, col(Change.undone_at).is_(None))
    return Recorded(
        session.exec(answers.order_by(col(Answer.id))).all(),
        session.exec(decisions.order_by(col(Decision.id))).all(),
        items(session, col(Obligation.freed_by_inbox_id) == inbox_id),
        session.exec(changes.order_by(col(Change.id).desc())).all(),
    )


def newest_recording(session: Session, inbox: Inbox, since: datetime) -> Inbox | None:
    """The newest message of the same person in the same place that recorded something still in force."""
    something = (
        exists().where(col(Answer.inbox_id) == Inbox.id, col(Answer.undone_at).is_(None)),
        exists().where(
            col(Decision.inbox_id) == Inbox.id,
            col(Decision.kind) != Ruling.MOVE,
            col(Decision.undone_at).is_(None),
        ),
        exists().where(col(Obligation.freed_by_inbox_id) == Inbox.id),
        exists().where(col(Change.inbox_id) == Inbox.id, col(Change.undone_at).is_(None)),
    )
    query = select(Inbox).where(*_of_the_same(inbox), Inbox.received_at >= since, or_(*something))
    return session.exec(query.order_by(col(Inbox.id).desc()).limit(1)).first()


def _of_the_same(inbox: Inbox) -> tuple[bool, ...]:
    return (
        Inbox.channel == inbox.channel,
        Inbox.bot == inbox.bot,
        Inbox.address == inbox.address,
        Inbox.topic == inbox.topic,
        Inbox.sender_id == inbox.sender_id,
    )


def answered_by(session: Session, letter: Letter) -> Inbox | None:
    """The message that a letter of ours answers; None for a letter that came by itself."""
    kind, _, rest = letter.key.partition(":")
    number = rest.partition(":")[0]
    return session.get(Inbox, int(number)) if f"{kind}:" == REPLY and number.isdigit() else None


def changed_since(session: Session, change: Change) -> bool:
    """Whether the same thing was changed again afterwards."""
    later = select(func.count()).where(
        Change.agency_id == change.agency_id,
        Change.about == change.about,
        col(Change.id) > change.id,
        col(Change.undone_at).is_(None),
    )
    return session.exec(later).one() > 0


def take_evidence_back(session: Session, answer: Answer, now: datetime) -> None:
    """The files that came with an answer go with it."""
    mine = (col(Evidence.answer_id) == answer.id, col(Evidence.removed_at).is_(None))
    session.execute(update(Evidence).where(*mine).values(removed_at=now))
