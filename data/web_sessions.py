"""Browsers that were let in: by a token whose hash alone is kept, until they leave, are shut out, or rest too long."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from data.companions import lives
from data.people import units_of
from data.tables import Agency, Chat, ChatRole, WebSeat, WebSession
from duties.wording.web import OpenBrowser, Speaks

TOKEN_BYTES = 32
LONGEST_TOKEN = 64
# A unit may have nothing to do for a whole quarter; whoever sees everything is looked after more closely, and comes
# back from the New Year's holidays without asking.
UNIT_REST, OFFICE_REST = timedelta(days=100), timedelta(days=14)
UNIT_DAYS, OFFICE_DAYS = "session_days", "office_session_days"
STANDARD_UNIT_DAYS, STANDARD_OFFICE_DAYS = 180, 30
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Life:
    """How long a browser is let in at most, and how long it may rest meanwhile."""

    most: timedelta
    rest: timedelta


def life_of(agency: Agency, roles: Collection[ChatRole]) -> Life:
    """For a browser in which chats of these roles are opened: the strictest of them."""
    if set(roles) <= {ChatRole.UNIT}:
        return Life(timedelta(days=int(agency.settings.get(UNIT_DAYS, STANDARD_UNIT_DAYS))), UNIT_REST)
    return Life(timedelta(days=int(agency.settings.get(OFFICE_DAYS, STANDARD_OFFICE_DAYS))), OFFICE_REST)


def find_session(session: Session, token: str, now: datetime) -> WebSession | None:
    """The open session of a token, which is thereby used; None for a wrong, old, withdrawn or forgotten one."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    found = session.exec(select(WebSession).where(WebSession.token_hash == _hashed(token))).one_or_none()
    if found is None or not _is_open(found, now):
        return None
    use(session, found, now)
    return found


def _is_open(found: WebSession, now: datetime) -> bool:
    return found.withdrawn_at is None and now < min(found.expires_at, found.rests_until)


def is_open(session: Session, session_id: int, now: datetime) -> bool:
    """Whether that browser may go on; looking does not count as using it."""
    found = session.get(WebSession, session_id)
    return found is not None and _is_open(found, now)


def use(session: Session, found: WebSession, now: datetime) -> None:
    """Somebody is there; written down every few minutes only."""
    if now - found.seen_at < SEEN_EVERY:
        return
    found.seen_at, found.rests_until = now, now + _life(session, found).rest
    session.add(found)


def let_in(
    session: Session, held: WebSession | None, chat: Chat, name: str, browser: str, now: datetime
) -> tuple[WebSession, str]:
    """Let a browser into a chat, beside those it has already; its session, and the token that is good from now on.

    A browser of another agency leaves that one: a session belongs to one agency.
    """
    if held is not None and held.agency_id != chat.agency_id:
        withdraw(session, [held.id or 0], now)
        held = None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    found = held or WebSession(
        agency_id=chat.agency_id, token_hash="", made_at=now, seen_at=now, expires_at=now, rests_until=now
    )
    found.token_hash, found.browser, found.name = _hashed(token), browser, name or found.name
    session.add(found)
    session.flush()
    _seat(session, found.id or 0, chat.id or 0)
    life = _life(session, found)
    found.seen_at, found.expires_at, found.rests_until = now, now + life.most, now + life.rest
    return found, token


def _seat(session: Session, session_id: int, chat_id: int) -> None:
    """The newest seat is the one a browser opens first."""
    old = (col(WebSeat.session_id) == session_id, col(WebSeat.chat_id) == chat_id)
    session.execute(delete(WebSeat).where(*old))
    session.add(WebSeat(session_id=session_id, chat_id=chat_id))
    session.flush()


def _life(session: Session, found: WebSession) -> Life:
    roles = {chat.role for chat in seats_of(session, found.id or 0)}
    return life_of(session.get_one(Agency, found.agency_id), roles)


def seats_of(session: Session, session_id: int) -> Sequence[Chat]:
    """The chats that a browser was let into, the newest first; not all of them need live."""
    seats = select(Chat).join(WebSeat, col(WebSeat.chat_id) == Chat.id)
    return session.exec(seats.where(WebSeat.session_id == session_id).order_by(col(WebSeat.id).desc())).all()


def withdraw(session: Session, ids: Collection[int], now: datetime) -> None:
    """Those browsers are let in no more."""
    chosen = (col(WebSession.id).in_(ids), col(WebSession.withdrawn_at).is_(None))
    session.execute(update(WebSession).where(*chosen).values(withdrawn_at=now))


def open_sessions(
    session: Session, agency_id: int, now: datetime, chat_ids: Collection[int] | None = None
) -> Sequence[WebSession]:
    """The browsers that are let in now, the last used first; `chat_ids`: into one of these chats."""
    query = select(WebSession).where(
        WebSession.agency_id == agency_id,
        col(WebSession.withdrawn_at).is_(None),
        WebSession.expires_at > now,
        WebSession.rests_until > now,
    )
    if chat_ids is not None:
        seated = select(WebSeat.session_id).where(col(WebSeat.chat_id).in_(chat_ids))
        query = query.where(col(WebSession.id).in_(seated))
    return session.exec(query.order_by(col(WebSession.seen_at).desc(), col(WebSession.id))).all()


def browsers(
    session: Session, agency_id: int, now: datetime, chat_ids: Collection[int] | None = None
) -> list[OpenBrowser]:
    """Those open sessions as people see them."""
    return [_seen(session, each) for each in open_sessions(session, agency_id, now, chat_ids)]


def _seen(session: Session, found: WebSession) -> OpenBrowser:
    speaks = tuple(
        Speaks(chat.role, tuple(unit.name for unit in units_of(session, chat.id or 0)), _from(session, chat))
        for chat in seats_of(session, found.id or 0)
        if lives(session, chat)
    )
    ends_at = min(found.expires_at, found.rests_until)
    return OpenBrowser(
        found.id or 0, found.name, found.browser, speaks, found.made_at, found.seen_at, ends_at
    )


def _from(session: Session, chat: Chat) -> str:
    return session.get_one(Chat, chat.companion_of).channel if chat.companion_of else chat.channel


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
