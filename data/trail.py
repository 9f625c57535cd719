"""Who did what, in order; refusals are written down too."""

from datetime import datetime

from sqlmodel import Session

from data.tables import Chat, Trail


def note(
    session: Session,
    now: datetime,
    action: str,
    chat: Chat | None = None,
    *,
    sender: str = "",
    refused: bool = False,
    **detail: object,
) -> None:
    """Write one line of the trail; `detail` holds plain values only."""
    session.add(
        Trail(
            agency_id=chat.agency_id if chat else None,
            chat_id=chat.id if chat else None,
            sender=sender,
            action=action,
            refused=refused,
            detail=detail,
            at=now,
        )
    )
