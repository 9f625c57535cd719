"""An announcement of the office: its words wait until they are confirmed, and go out once; who has got it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.tables import Chat, Letter, LetterState, Trail

DRAFTED, SENT, DROPPED = "announcement_drafted", "announcement_sent", "announcement_dropped"


def drafted(session: Session, chat_id: int, since: datetime) -> Trail | None:
    """What this chat wrote last to be announced, if it was neither sent nor dropped since then."""
    newest = _newest(session, Trail.chat_id == chat_id)
    return newest if newest is not None and newest.action == DRAFTED and newest.at >= since else None


def last_sent(session: Session, agency_id: int) -> Trail | None:
    """The announcement that went out last."""
    return _newest(session, Trail.agency_id == agency_id, SENT)


def _newest(session: Session, whose: bool, *actions: str) -> Trail | None:
    query = select(Trail).where(whose, col(Trail.action).in_(actions or (DRAFTED, SENT, DROPPED)))
    return session.exec(query.order_by(col(Trail.id).desc()).limit(1)).first()


@dataclass(frozen=True)
class Reach:
    """How far an announcement has got: chats it reached, is on its way to, and did not reach."""

    arrived: int
    waiting: int
    failed: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.arrived + self.waiting + len(self.failed)


def reach_of(session: Session, agency_id: int, key: str) -> Reach:
    """Counted by the letters that carry it."""
    query = select(Letter.state, Chat.title).join(Chat, col(Letter.chat_id) == Chat.id)
    rows = session.exec(query.where(Letter.agency_id == agency_id, Letter.key == key)).all()
    states = Counter(state for state, _ in rows)
    lost = (LetterState.FAILED, LetterState.UNKNOWN)
    return Reach(
        arrived=states[LetterState.SENT],
        waiting=states[LetterState.WAITING] + states[LetterState.SENDING],
        failed=tuple(sorted(title for state, title in rows if state in lost)),
    )
