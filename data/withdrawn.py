"""What was withdrawn: its duty means another date now; its code still answers, but nothing is owed."""

from sqlmodel import Session, col, select

from data.tables import Obligation


def is_withdrawn(session: Session, agency_id: int, short_code: str) -> bool:
    """Whether a printed short code belongs to an obligation that was withdrawn."""
    query = select(Obligation.id).where(
        Obligation.agency_id == agency_id,
        Obligation.short_code == short_code.upper().lstrip("#"),
        col(Obligation.withdrawn_at).is_not(None),
    )
    return session.exec(query).first() is not None
