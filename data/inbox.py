"""What came in: stored before it is acknowledged, unique by the platform's id, handled once in effect."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from data.once import insert_once
from data.people import Place
from data.tables import Inbox

NUL = "\x00"


def receive(
    session: Session,
    place: Place,
    platform_id: str,
    now: datetime,
    *,
    text: str = "",
    sender: str = "",
    file_name: str = "",
    file: bytes | None = None,
    quoted_letter_id: int | None = None,
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
            sender=sender.replace(NUL, ""),
            file_name=file_name.replace(NUL, ""),
            file=file,
            quoted_letter_id=quoted_letter_id,
            received_at=now,
        ),
    )


def unhandled(session: Session, limit: int = 100) -> Sequence[int]:
    """Ids of what waits to be handled, oldest first."""
    query = select(Inbox.id).where(col(Inbox.handled_at).is_(None)).order_by(col(Inbox.id)).limit(limit)
    return [inbox_id for inbox_id in session.exec(query) if inbox_id is not None]
