"""Secret addresses: 256 bits of chance that open one thing; only their hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import update
from sqlmodel import Session, col, select

from data import trail
from data.companions import lives, speaks_as
from data.tables import AccessLink, Agency, Chat, ChatRole, ChatUnit, LinkPurpose, Obligation
from duties.message import Attached

TOKEN_BYTES = 32
LONGEST_TOKEN = 64
DAYS = "link_days"
LINKS_AT = "links_at"
STANDARD_DAYS = 7
# long enough to go to another machine, too short to be found later in what was written
LET_IN_WITHIN = timedelta(minutes=15)
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
PATHS = {
    LinkPurpose.DOWNLOAD: "tep",
    LinkPurpose.UPLOAD: "nop",
    LinkPurpose.CALENDAR: "lich",
    LinkPurpose.WEB: "web",
}


class Shut(StrEnum):
    """Why an address opens nothing. `UNKNOWN` is also what a forged one and another purpose's hear.

    `USED`: it opened a browser already, and it opens one only.
    """

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Opened:
    """What an address opens: its row, and the chat it was given to."""

    link: AccessLink
    chat: Chat


def link_life(agency: Agency) -> timedelta:
    """How long the agency's links to files are good."""
    return timedelta(days=int(agency.settings.get(DAYS, STANDARD_DAYS)))


def _pages_at(agency: Agency) -> str:
    # into the demo nobody has to come by a link of one's own: it sets the second alone
    return str(agency.settings.get("web_url") or agency.settings.get(LINKS_AT, "")).rstrip("/")


def has_pages(agency: Agency) -> bool:
    """Whether there is a page to lead to from a telephone; the reader of the demo sits at this very machine."""
    return opens_elsewhere(agency) if agency.settings.get("web_url") else bool(_pages_at(agency))


def has_door(agency: Agency) -> bool:
    """Whether people come in from elsewhere by a link; into the demo nobody has to."""
    return bool(agency.settings.get("web_url")) and has_pages(agency)


def invitations_at(agency: Agency) -> str:
    """The address that an invitation's code is written behind; "" without pages."""
    at = _pages_at(agency)
    return f"{at}/vao/" if at else ""


def opens_elsewhere(agency: Agency) -> bool:
    """Whether the pages open from other machines than the one they are served by."""
    at = _pages_at(agency)
    return bool(at) and (urlsplit(at).hostname or "") not in THIS_MACHINE


def address_of(agency: Agency, purpose: LinkPurpose, token: str) -> str:
    """The whole address of a token; what it leads to is on our own pages."""
    ending = ".ics" if purpose is LinkPurpose.CALENDAR else ""
    return f"{_pages_at(agency)}/{PATHS[purpose]}/{token}{ending}"


def make_link(
    session: Session,
    chat: Chat,
    purpose: LinkPurpose,
    now: datetime,
    life: timedelta | None,
    *,
    obligation_id: int | None = None,
    file: Attached | None = None,
    is_handed_out: bool = True,
) -> str:
    """A new token for that chat; it is told once and cannot be looked up again. No `life`: until withdrawn.

    What a page makes for itself, to show a file to who looks at it, is not handed out and not noted.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        AccessLink(
            agency_id=chat.agency_id,
            purpose=purpose,
            token_hash=_hashed(token),
            chat_id=chat.id or 0,
            obligation_id=obligation_id,
            file_id=file.file_id if file else None,
            file_name=file.name if file else "",
            made_at=now,
            expires_at=now + life if life is not None else None,
        )
    )
    session.flush()
    if is_handed_out:
        trail.note(session, now, "make_link", chat, purpose=purpose.value, obligation=obligation_id)
    return token


def open_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> Opened | Shut:
    """What a token opens now, which is remembered."""
    found = look_at_link(session, token, purpose, now)
    if isinstance(found, Opened):
        found.link.used_at = found.link.used_at or now
        session.add(found.link)
    return found


def use_up(session: Session, token: str, now: datetime) -> Opened | Shut:
    """What a token that lets one browser in opens, this once: of two that come together one is late."""
    found = look_at_link(session, token, LinkPurpose.WEB, now)
    if isinstance(found, Shut):
        return found
    fresh = (col(AccessLink.id) == found.link.id, col(AccessLink.used_at).is_(None))
    taken = session.execute(
        update(AccessLink).where(*fresh).values(used_at=now).returning(col(AccessLink.id))
    )
    return found if taken.first() is not None else Shut.USED


def look_at_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> Opened | Shut:
    """What a token would open. It is found by its hash, so that the time this takes says nothing about other tokens."""
    if not token or len(token) > LONGEST_TOKEN:
        return Shut.UNKNOWN
    hashed = _hashed(token)
    link = session.exec(select(AccessLink).where(AccessLink.token_hash == hashed)).one_or_none()
    if link is None or link.purpose is not purpose or not secrets.compare_digest(link.token_hash, hashed):
        return Shut.UNKNOWN
    chat = session.get(Chat, link.chat_id)
    if purpose is LinkPurpose.WEB and link.used_at is not None:
        return Shut.USED
    if chat is None or not lives(session, chat) or link.withdrawn_at is not None:
        return Shut.WITHDRAWN
    if link.expires_at is not None and link.expires_at <= now:
        return Shut.EXPIRED
    return Opened(link, chat) if _speaks_for(session, chat, link.obligation_id) else Shut.WITHDRAWN


def _speaks_for(session: Session, chat: Chat, obligation_id: int | None) -> bool:
    """Whether what a unit's link is about is still that chat's to report; the office reports for everybody."""
    if chat.role is not ChatRole.UNIT or obligation_id is None:
        return True
    served = select(ChatUnit.id).join(Obligation, col(Obligation.unit_id) == ChatUnit.unit_id)
    theirs = (Obligation.id == obligation_id, ChatUnit.chat_id == speaks_as(chat.id or 0))
    return session.exec(served.where(*theirs)).first() is not None


def withdraw_links(session: Session, chat_id: int, purpose: LinkPurpose, now: datetime) -> int:
    """Shut every open address of that purpose that the chat was given; how many."""
    still_open = update(AccessLink).where(
        col(AccessLink.chat_id) == chat_id,
        col(AccessLink.purpose) == purpose,
        col(AccessLink.withdrawn_at).is_(None),
    )
    shut = session.execute(still_open.values(withdrawn_at=now).returning(col(AccessLink.id)))
    return len(shut.all())


def newest_link(session: Session, chat_id: int, purpose: LinkPurpose, now: datetime) -> AccessLink | None:
    """The newest address of that purpose that still opens."""
    query = select(AccessLink).where(
        AccessLink.chat_id == chat_id,
        AccessLink.purpose == purpose,
        col(AccessLink.withdrawn_at).is_(None),
    )
    newest = session.exec(query.order_by(col(AccessLink.id).desc())).first()
    is_open = newest is not None and (newest.expires_at is None or newest.expires_at > now)
    return newest if is_open else None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
