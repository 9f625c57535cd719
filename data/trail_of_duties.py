"""What the trail tells of one duty: its meaning changed, a reminder put off, a file taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from data.tables import Trail
from data.tables.trail import IS_OF_A_DUTY


@dataclass(frozen=True)
class Noted:
    """An entry of the trail about a duty, or about one obligation of it."""

    at: datetime
    action: str
    sender: str
    detail: dict[str, Any]


def trail_of_duty(
    session: Session, agency_id: int, duty_id: int, obligation_ids: Collection[int]
) -> list[Noted]:
    """The entries about the duty and about these of its obligations, oldest first; refusals are left out."""
    rows = session.exec(
        select(Trail)
        .where(Trail.agency_id == agency_id, text(IS_OF_A_DUTY), col(Trail.refused).is_(False))
        .order_by(col(Trail.id))
    )
    return [
        Noted(row.at, row.action, row.sender, {**row.detail, **row.words})
        for row in rows
        if row.detail.get("duty") == duty_id or row.detail.get("obligation") in obligation_ids
    ]
