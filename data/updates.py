"""What a platform hands us, stored as it comes before it is acknowledged, then understood once, in order."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from data.once import insert_once
from data.tables import PlatformUpdate

# Telegram starts counting anew, at random, after a quiet week: older numbers must be forgotten by then.
KEPT_FOR = timedelta(days=3)
TRIES = 3


def store_updates(
    session: Session, channel: str, bot: str, updates: Iterable[tuple[str, Mapping[str, Any]]], now: datetime
) -> int:
    """Keep what came, each id once; how many were new. What was handled days ago is forgotten."""
    old = (col(PlatformUpdate.bot) == bot, col(PlatformUpdate.handled_at) < now - KEPT_FOR)
    session.execute(delete(PlatformUpdate).where(col(PlatformUpdate.channel) == channel, *old))
    rows = (
        PlatformUpdate(channel=channel, bot=bot, platform_id=each, body=dict(body), received_at=now)
        for each, body in updates
    )
    return sum(insert_once(session, row) is not None for row in rows)


def next_update(session: Session, channel: str, bot: str) -> PlatformUpdate | None:
    """The oldest update of that bot that nobody has handled yet."""
    waiting = select(PlatformUpdate).where(
        PlatformUpdate.channel == channel, PlatformUpdate.bot == bot, col(PlatformUpdate.handled_at).is_(None)
    )
    return session.exec(waiting.order_by(col(PlatformUpdate.id)).limit(1)).first()


def mark_handled(session: Session, update_id: int, now: datetime) -> None:
    """Only its number is kept, to know it again: what people said among themselves is not ours to keep."""
    update = session.get_one(PlatformUpdate, update_id)
    update.handled_at, update.body = now, {}


def mark_failed(session: Session, update_id: int, now: datetime) -> None:
    """One more try failed; after the last one it no longer holds up those behind it."""
    update = session.get_one(PlatformUpdate, update_id)
    update.tries += 1
    if update.tries >= TRIES:
        update.handled_at = now
