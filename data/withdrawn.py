"""What was withdrawn, alone or with its plan: its code still answers, but nothing is owed."""

from sqlmodel import Session, col, or_, select

from data.tables import Duty, Obligation, Occurrence, Plan, PlanState


def is_withdrawn(session: Session, agency_id: int, short_code: str) -> bool:
    """Whether a printed short code belongs to an obligation that was withdrawn, or whose plan was."""
    query = (
        select(Obligation.id)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(
            Obligation.agency_id == agency_id,
            Obligation.short_code == short_code.upper().lstrip("#"),
            or_(col(Obligation.withdrawn_at).is_not(None), col(Plan.state) == PlanState.WITHDRAWN),
        )
    )
    return session.exec(query).first() is not None
