"""Wrong codes and wrong addresses are counted by the place they come from, so that guessing is slowed for all processes."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from data.tables import WrongCode

ALLOWED = 5
# A whole office may share one network address: the limit is far above what its people mistype, and far below
# what guessing one of 32^8 codes takes.
ALLOWED_FROM_ONE_ADDRESS = 30
WITHIN = timedelta(minutes=15)


def hold_against(session: Session, place: tuple[str, ...], now: datetime) -> None:
    """Count a wrong guess of a code or a secret address; of one that was right once, nothing is held against anybody."""
    session.add(WrongCode(place=":".join(place), at=now))


def again_at(
    session: Session, place: tuple[str, ...], now: datetime, allowed: int = ALLOWED
) -> datetime | None:
    """When a place that guessed wrong too often may try again; None when it may now."""
    counted = (
        select(WrongCode.at).where(WrongCode.place == ":".join(place)).order_by(col(WrongCode.at).desc())
    )
    last_allowed = session.exec(counted.offset(allowed - 1).limit(1)).one_or_none()
    until = last_allowed + WITHIN if last_allowed is not None else now
    return until if until > now else None
