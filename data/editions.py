"""Editions in the database: which plan in force a draft changes, the office's word on it, and the texts side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from data.plans import confirmed_plans, duties_of
from data.tables import Duty, DutyUnit, Plan, PlanState
from duties.editions import Comparison, Named, Version, announced, compare, is_like_titled, is_number
from duties.plan import Role
from duties.spelling import fold

NOTES = "edition"


def recognise(session: Session, plan: Plan) -> None:
    """Whether a draft changes a plan in force: so it says, or it looks like one and the office is asked."""
    others = [each for each in confirmed_plans(session, plan.agency_id) if _overlap(each, plan)]
    says = announced(plan.title)
    meant = called(session, plan.agency_id, says.number) if says and says.number else []
    if len(meant) == 1:
        set_base(session, plan, meant[0])
        return
    alike = meant or [each for each in others if _is_alike(each, plan)] or (others if says else [])
    if alike:
        note(session, plan, asked=[each.id for each in alike])


def called(session: Session, agency_id: int, number: str) -> list[Plan]:
    """The plans in force of that number, or changed by an edition of that number."""
    in_force = confirmed_plans(session, agency_id)
    named = [each for each in in_force if is_number(number, each.number or "")]
    if named:
        return named
    changed = {
        edition.edition_of_id
        for edition in session.exec(
            select(Plan).where(Plan.agency_id == agency_id, Plan.state == PlanState.MERGED)
        )
        if is_number(number, edition.number or "")
    }
    return [each for each in in_force if each.id in changed]


def _overlap(one: Plan, other: Plan) -> bool:
    return one.first_year <= other.last_year and other.first_year <= one.last_year


def _is_alike(one: Plan, other: Plan) -> bool:
    same_number = bool(one.number and other.number) and fold(one.number or "") == fold(other.number or "")
    return same_number or is_like_titled(one.title, other.title)


def set_base(session: Session, plan: Plan, base: Plan | None) -> None:
    """The draft changes that plan; None: it is a plan of its own."""
    plan.edition_of_id = base.id if base else None
    says = announced(plan.title)
    keeps = {"rest": "keep"} if base and says and says.adds_only else {}
    plan.notes = {**plan.notes, NOTES: keeps}
    session.add(plan)
    session.flush()


def note(session: Session, plan: Plan, **said: object) -> None:
    """Keep the office's word, or what it is asked."""
    plan.notes = {**plan.notes, NOTES: {**noted(plan), **said}}
    session.add(plan)
    session.flush()


def noted(plan: Plan) -> Mapping[str, Any]:
    found: Mapping[str, Any] = plan.notes.get(NOTES, {})
    return found


def maybe_bases(session: Session, plan: Plan) -> list[Plan]:
    """The plans in force that this draft may be an edition of, while the office has not said."""
    asked = noted(plan).get("asked", [])
    return [each for each in confirmed_plans(session, plan.agency_id) if each.id in asked]


def base_of(session: Session, plan: Plan) -> Plan | None:
    """The plan in force that this draft changes."""
    base = session.get(Plan, plan.edition_of_id) if plan.edition_of_id else None
    return base if base and base.state is PlanState.CONFIRMED else None


def compared(session: Session, plan: Plan, base: Plan) -> Comparison:
    """The draft beside the plan in force, with what the office said of who is who."""
    said = {int(new): old for new, old in noted(plan).get("said", {}).items()}
    return compare(versions_of(session, base), versions_of(session, plan), said)


def versions_of(session: Session, plan: Plan) -> list[Version]:
    """The duties of a plan as texts to be compared."""
    duties = duties_of(session, plan.id or 0)
    named: dict[int, list[DutyUnit]] = {}
    theirs = col(DutyUnit.duty_id).in_([duty.id for duty in duties])
    for each in session.exec(select(DutyUnit).where(theirs).order_by(col(DutyUnit.id))):
        named.setdefault(each.duty_id, []).append(each)
    return [version_of(duty, named.get(duty.id or 0, ())) for duty in duties]


def version_of(duty: Duty, named: Sequence[DutyUnit]) -> Version:
    return Version(
        id=duty.id or 0,
        code=duty.code,
        content=duty.content,
        forms=tuple(duty.forms),
        deliverables=tuple(duty.deliverables),
        leads=tuple(_named(each) for each in named if each.role is Role.LEAD),
        partners=tuple(_named(each) for each in named if each.role is Role.PARTNER),
        phrase=duty.phrase,
        heading=duty.heading,
        receiver=duty.receiver,
        notes=duty.notes,
    )


def _named(each: DutyUnit) -> Named:
    key = f"#{each.unit_id}" if each.unit_id else fold(each.printed)
    return Named(each.printed, key, tuple(each.bullets))


def newest_edition(session: Session, agency_id: int, of: int | None = None) -> Plan | None:
    """The edition that was put in force last; of that plan alone where one is named."""
    query = select(Plan).where(Plan.agency_id == agency_id, Plan.state == PlanState.MERGED)
    if of is not None:
        query = query.where(or_(col(Plan.edition_of_id) == of, col(Plan.id) == of))
    return session.exec(query.order_by(col(Plan.confirmed_at).desc(), col(Plan.id).desc())).first()
