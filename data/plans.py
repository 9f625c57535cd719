"""Plans and their duties: put as a draft, found again, corrected, confirmed, withdrawn."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select

from data.people import known_units
from data.tables import Chat, Duty, DutyEvent, DutyUnit, Plan, PlanFile, PlanState
from duties.deadline import Deadline, Years
from duties.plan import Doubt, DoubtKind, DraftDuty, DraftPlan, LeftOut, Role, Source
from duties.units import KnownUnit, match_unit
from duties.verbs import is_one_target


@dataclass(frozen=True)
class SourceFile:
    """The file a plan was read from, as it came."""

    name: str
    content: bytes

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def plan_with_source(session: Session, agency_id: int, source_hash: str) -> Plan | None:
    """The plan that this very file gave before, alone or with others."""
    further = select(PlanFile.plan_id).where(
        PlanFile.agency_id == agency_id, PlanFile.source_hash == source_hash
    )
    return session.exec(
        select(Plan)
        .where(
            Plan.agency_id == agency_id,
            or_(col(Plan.source_hash) == source_hash, col(Plan.id).in_(further)),
        )
        .order_by(col(Plan.id).desc())
    ).first()


def put_draft(
    session: Session,
    agency_id: int,
    draft: DraftPlan,
    years: Years,
    source: SourceFile,
    now: datetime,
    chat: Chat | None = None,
    *,
    number: int | None = None,
) -> Plan:
    """Keep what was read as a draft: every duty with its units, every doubt, every row left out.

    `number`: that of the draft in whose place it comes, so that its address stays.
    """
    plan = Plan(
        id=number,
        agency_id=agency_id,
        state=PlanState.DRAFT,
        number=draft.head.number,
        title=draft.head.title,
        first_year=years.first,
        last_year=years.last,
        issued=draft.head.issued,
        signer=draft.head.signer,
        source_name=source.name,
        source_hash=source.hash,
        source=source.content,
        notes={
            "doubts": [
                plain_doubt(doubt, _rows_of(doubt, draft.duties))
                for doubt in sorted(draft.doubts, key=_seriousness)
            ],
            "left_out": [
                _plain_left_out(left, draft.printed.get(left.source, ())) for left in draft.left_out
            ],
        },
        put_by_chat_id=chat.id if chat else None,
        created_at=now,
    )
    session.add(plan)
    session.flush()
    rows = [
        _duty_of(plan, position, each, draft.printed.get(each.source, ()))
        for position, each in enumerate(draft.duties, start=1)
    ]
    session.add_all(rows)
    session.flush()
    known = known_units(session, agency_id)
    for duty, each in zip(rows, draft.duties, strict=True):
        _put_units(session, duty, each, known)
    session.flush()
    return plan


def _seriousness(doubt: Doubt) -> int:
    return list(DoubtKind).index(doubt.kind)


def _rows_of(doubt: Doubt, duties: Sequence[DraftDuty]) -> Sequence[int]:
    """The places of the duties that a doubt is about: as it says, else those of the row where it arose."""
    if doubt.rows or doubt.source is None:
        return doubt.rows
    named = (doubt.about, str(doubt.source))
    return [
        place
        for place, duty in enumerate(duties, start=1)
        if duty.source == doubt.source and (duty.code or named[1]) in named
    ]


def plain_doubt(doubt: Doubt, rows: Sequence[int]) -> dict[str, Any]:
    """A doubt as it is kept, with the places of the duties that it is about."""
    where = str(doubt.source) if doubt.source else ""
    plain = {"about": doubt.about, "text": doubt.text, "where": where, "kind": doubt.kind.value}
    return {**plain, "rows": list(rows)}


def _plain_left_out(left: LeftOut, printed: Sequence[str]) -> dict[str, Any]:
    plain = {"text": left.text, "why": left.why, "where": str(left.source)}
    return {**plain, "place": _place(left.source), "printed": list(printed)}


def _place(source: Source) -> str:
    return "/".join(str(part or "") for part in (source.sheet, source.page, source.table, source.row))


def where_of(place: str) -> str:
    """“bảng 1, dòng 4” of a duty's place in its file."""
    source = source_at(place)
    return str(source) if source.row else ""


def source_at(place: str) -> Source:
    """Where in its file a duty's place is."""
    sheet, page, table, row = place.rpartition("#")[0].rsplit("/", 3)
    # of what an edition brought, “12:” stands before it; no sheet has a colon in its name
    return Source(int(row or 0), _number(table), _number(page), sheet.rpartition(":")[2] or None)


def _number(words: str) -> int | None:
    return int(words) if words else None


def _duty_of(plan: Plan, position: int, draft: DraftDuty, printed: Sequence[str]) -> Duty:
    assert plan.id is not None
    return Duty(
        agency_id=plan.agency_id,
        plan_id=plan.id,
        # several sentences of one paragraph may be duties: the position tells them apart
        place=f"{_place(draft.source)}#{position}",
        position=position,
        printed=list(printed),
        code=draft.code,
        heading=draft.group,
        content=draft.content,
        forms=list(draft.forms),
        deliverables=list(draft.deliverables),
        kind=draft.kind,
        receiver=draft.to,
        phrase=draft.deadline.phrase,
        reading=draft.deadline.reading,
        says=draft.deadline.says,
        deadline=draft.deadline.as_plain(),
        notes=draft.notes,
    )


def _put_units(session: Session, duty: Duty, draft: DraftDuty, known: Sequence[KnownUnit]) -> None:
    bullets = {(part.unit, part.role): list(part.bullets) for part in draft.parts}
    named = [(name, Role.LEAD) for name in draft.leads] + [(name, Role.PARTNER) for name in draft.partners]
    for name, role in dict.fromkeys(named):
        _put_duty_unit(session, duty, name, role, bullets.get((name, role), []), known)


def _put_duty_unit(
    session: Session, duty: Duty, name: str, role: Role, bullets: list[int], known: Sequence[KnownUnit]
) -> None:
    assert duty.id is not None
    match = match_unit(name, known)
    session.add(
        DutyUnit(
            agency_id=duty.agency_id,
            duty_id=duty.id,
            printed=name,
            role=role,
            unit_id=match.unit.id if match.unit else None,
            bullets=bullets,
        )
    )


def duties_of(session: Session, plan_id: int, *, left_out: bool = False) -> Sequence[Duty]:
    """The duties of a plan in the file's order; those the office left out only when asked for."""
    query = select(Duty).where(Duty.plan_id == plan_id).order_by(col(Duty.position))
    return session.exec(query if left_out else query.where(col(Duty.left_out).is_(False))).all()


def names_of(duties: Sequence[Duty]) -> dict[int, str]:
    """By what words each place of a plan can be named: its code, or “@17” where it has none of its own."""
    count = Counter(duty.code for duty in duties)
    return {
        duty.position: duty.code
        if count[duty.code] == 1 and is_one_target(duty.code)
        else f"@{duty.position}"
        for duty in duties
    }


def units_of_duty(session: Session, duty_id: int) -> Sequence[DutyUnit]:
    """The printed names of a duty, in their order."""
    return session.exec(select(DutyUnit).where(DutyUnit.duty_id == duty_id).order_by(col(DutyUnit.id))).all()


def units_of_plan(session: Session, plan_id: int) -> Mapping[int, Sequence[DutyUnit]]:
    """The same for each duty of a plan that names any, by its number."""
    query = select(DutyUnit).join(Duty, col(DutyUnit.duty_id) == Duty.id).where(Duty.plan_id == plan_id)
    found = defaultdict[int, list[DutyUnit]](list)
    for named in session.exec(query.order_by(col(DutyUnit.id))):
        found[named.duty_id].append(named)
    return found


def deadline_of(duty: Duty) -> Deadline:
    """What the duty's phrase was understood to mean."""
    return Deadline.from_plain(duty.deadline)


def years_of(plan: Plan) -> Years:
    return Years(plan.first_year, plan.last_year)


def confirmed_plans(session: Session, agency_id: int) -> Sequence[Plan]:
    """The agency's plans in force, oldest first."""
    return session.exec(
        select(Plan)
        .where(Plan.agency_id == agency_id, Plan.state == PlanState.CONFIRMED)
        .order_by(col(Plan.id))
    ).all()


def withdrawn_plans(session: Session, agency_id: int) -> Sequence[Plan]:
    """The plans that were in force and are withdrawn, oldest first."""
    return session.exec(
        select(Plan)
        .where(Plan.agency_id == agency_id, Plan.state == PlanState.WITHDRAWN)
        .order_by(col(Plan.id))
    ).all()


def headings(session: Session, agency_id: int) -> Sequence[str]:
    """The group headings of the plans in force."""
    in_force = (Duty.agency_id == agency_id, Plan.state == PlanState.CONFIRMED)
    query = select(Duty.heading).join(Plan, col(Duty.plan_id) == Plan.id).where(*in_force).distinct()
    return session.exec(query).all()


def drafts(session: Session, agency_id: int) -> Sequence[Plan]:
    """Plans read and not yet confirmed, the newest first."""
    return session.exec(
        select(Plan)
        .where(Plan.agency_id == agency_id, Plan.state == PlanState.DRAFT)
        .order_by(col(Plan.id).desc())
    ).all()


def rematch(session: Session, plan: Plan) -> None:
    """Match the plan's printed names again, after units or aliases were added."""
    assert plan.id is not None
    known = known_units(session, plan.agency_id)
    for each in units_of_plan(session, plan.id).values():
        for named in each:
            match = match_unit(named.printed, known)
            named.unit_id = match.unit.id if match.unit else None
            session.add(named)
    session.flush()


def set_deadline(session: Session, duty: Duty, deadline: Deadline) -> None:
    """The office says what a phrase means; the phrase of the plan stays as printed."""
    duty.reading, duty.says, duty.deadline = deadline.reading, deadline.says, deadline.as_plain()
    session.add(duty)
    session.flush()


def confirm(session: Session, plan: Plan, now: datetime) -> None:
    """Put a draft in force; its occurrences are made by `scheduler.materialise`."""
    plan.state, plan.confirmed_at = PlanState.CONFIRMED, now
    session.add(plan)
    session.flush()


def withdraw(session: Session, plan: Plan) -> None:
    """Take a plan out of force: what was said of it stays, and nothing of it is told or counted any more."""
    plan.state = PlanState.WITHDRAWN
    session.add(plan)
    session.flush()


def restore(session: Session, plan: Plan) -> None:
    """Put a withdrawn plan in force again, since the day it was first confirmed."""
    plan.state = PlanState.CONFIRMED
    session.add(plan)
    session.flush()


def throw_away(session: Session, plan: Plan) -> None:
    """Forget a draft wholly, so that its file may be sent again."""
    own = select(Duty.id).where(Duty.plan_id == plan.id)
    session.execute(delete(DutyEvent).where(col(DutyEvent.duty_id).in_(own)))
    session.execute(delete(DutyUnit).where(col(DutyUnit.duty_id).in_(own)))
    session.execute(delete(Duty).where(col(Duty.plan_id) == plan.id))
    session.execute(delete(PlanFile).where(col(PlanFile.plan_id) == plan.id))
    session.delete(plan)
    session.flush()


def unmatched_names(session: Session, plan_id: int) -> list[str]:
    """Printed leads of what is not left out that no unit of the house was found for, each once, in the plan's order."""
    rows: Iterable[str] = session.exec(
        select(DutyUnit.printed)
        .join(Duty, col(DutyUnit.duty_id) == Duty.id)
        .where(Duty.plan_id == plan_id, col(Duty.left_out).is_(False))
        .where(col(DutyUnit.unit_id).is_(None), DutyUnit.role == Role.LEAD)
        .order_by(col(Duty.position), col(DutyUnit.id))
    )
    return list(dict.fromkeys(rows))
