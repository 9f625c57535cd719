"""A plan that came in several files: its first is kept with the plan, the further ones beside it, in their order."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from data.inbox import in_album
from data.people import place_of
from data.plans import SourceFile
from data.tables import Inbox, Plan, PlanFile


def files_of(session: Session, plan: Plan) -> list[SourceFile]:
    """Every file of a plan, the body first."""
    further = (SourceFile(row.source_name, row.source) for row in _further(session, plan))
    return [SourceFile(plan.source_name, plan.source), *further]


def add_files(session: Session, plan: Plan, files: Sequence[SourceFile], now: datetime) -> None:
    """Keep further files with a plan."""
    assert plan.id is not None
    session.add_all(
        PlanFile(
            agency_id=plan.agency_id,
            plan_id=plan.id,
            source_name=file.name,
            source_hash=file.hash,
            source=file.content,
            at=now,
        )
        for file in files
    )
    session.flush()


def _further(session: Session, plan: Plan) -> Sequence[PlanFile]:
    return session.exec(select(PlanFile).where(PlanFile.plan_id == plan.id).order_by(col(PlanFile.id))).all()


def unread_of_album(session: Session, incoming: Inbox) -> Sequence[Inbox]:
    """The files of the same album that came earlier and became no plan, in their order."""
    if not incoming.album:
        return ()
    earlier = (*in_album(place_of(incoming), incoming.album), col(Inbox.id) < incoming.id)
    query = select(Inbox).where(*earlier, col(Inbox.file).is_not(None))
    return session.exec(query.order_by(col(Inbox.id))).all()
