"""What came in: stored before it is acknowledged, unique by the platform's id, handled once in effect."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from data.once import insert_once
from data.people import Place
from data.tables import Inbox

NUL = "\x00"
EDITED = ":e"


class Along(TypedDict, total=False):
    """What may come with the words of a message."""

    sender: str
    sender_id: str
    file_name: str
    file: bytes | None
    album: str
    quoted_letter_id: int | None
    edits_id: int | None


def receive(
    session: Session, place: Place, platform_id: str, now: datetime, text: str = "", **along: Unpack[Along]
) -> int | None:
    """Store one incoming message; its id, or None when this platform id came before.

    NUL, which PostgreSQL's text cannot hold and nobody types, is left out.
    """
    return insert_once(
        session,
        Inbox(
            **place._asdict(),
            platform_id=platform_id,
            text=text.replace(NUL, ""),
            sender=along.get("sender", "").replace(NUL, ""),
            sender_id=along.get("sender_id", ""),
            file_name=along.get("file_name", "").replace(NUL, ""),
            file=along.get("file"),
            album=along.get("album", ""),
            quoted_letter_id=along.get("quoted_letter_id"),
            edits_id=along.get("edits_id"),
            received_at=now,
        ),
    )


def newest_wording(session: Session, place: Place, platform_id: str) -> int | None:
    """The message of that platform id as it was last changed, whose changes carry the id with “:e…” behind it."""
    mine = (Inbox.channel == place.channel, Inbox.bot == place.bot)
    is_it = or_(
        col(Inbox.platform_id) == platform_id,
        col(Inbox.platform_id).startswith(f"{platform_id}{EDITED}", autoescape=True),
    )
    return session.exec(select(func.max(Inbox.id)).where(*mine, is_it)).one()


def unhandled(session: Session, until: datetime, limit: int = 100) -> Sequence[int]:
    """Ids of what was received until then and waits to be handled, oldest first."""
    waits = (col(Inbox.handled_at).is_(None), col(Inbox.received_at) <= until)
    query = select(Inbox.id).where(*waits).order_by(col(Inbox.id)).limit(limit)
    return [inbox_id for inbox_id in session.exec(query) if inbox_id is not None]


def is_album_known(session: Session, place: Place, album: str) -> bool:
    """Whether something of that album was heard in that place."""
    query = select(Inbox.id).where(*in_album(place, album))
    return bool(album) and session.exec(query.limit(1)).first() is not None


def in_album(place: Place, album: str) -> tuple[ColumnElement[bool], ...]:
    """What is true of the messages of an album in that place; platforms number albums by the chat."""
    return (
        col(Inbox.channel) == place.channel,
        col(Inbox.bot) == place.bot,
        col(Inbox.address) == place.address,
        col(Inbox.topic) == place.topic,
        col(Inbox.album) == album,
    )
