"""Questions of the conversation: what waits for the office, what may be taken back, who is meant by a name."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from data.in_force import IN_FORCE
from data.obligations import Item, Office, items, settle, short_code
from data.people import living_units
from data.tables import (
    Agency,
    Answer,
    Decision,
    Duty,
    DutyUnit,
    Inbox,
    Letter,
    Nudge,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
    Unit,
)
from duties.plan import Role
from duties.progress import Ruling, Said
from duties.spelling import fold
from duties.units import KnownUnit, match_unit


def waiting_requests(session: Session, agency_id: int) -> list[Item]:
    """Obligations with a request that the office has not answered, the oldest request first."""
    found = items(
        session, col(Obligation.agency_id) == agency_id, col(Obligation.asked_answer_id).is_not(None)
    )
    return sorted(found, key=lambda each: each.obligation.asked_answer_id or 0)


def unaccepted(session: Session, agency_id: int) -> list[Item]:
    """What units report as done and the office has not looked at, the oldest report first."""
    found = items(session, col(Obligation.agency_id) == agency_id, *_is_unaccepted())
    return sorted(found, key=lambda each: (str(each.obligation.done_at), each.id))


def _is_unaccepted() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    looked_at = exists().where(
        col(Decision.obligation_id) == Obligation.id,
        col(Decision.kind) == Ruling.ACCEPT,
        col(Decision.undone_at).is_(None),
        col(Decision.at) >= Obligation.done_at,
    )
    return col(Obligation.done_at).is_not(None), ~looked_at


def waiting_ids(session: Session, agency_id: int) -> list[int]:
    """All that waits for the office's decision, as `/choduyet` lists it, by number alone: there may be thousands."""
    asked, done_at = col(Obligation.asked_answer_id), col(Obligation.done_at)
    requests = session.scalars(_owed_in(agency_id, asked.is_not(None)).order_by(asked))
    reports = session.scalars(_owed_in(agency_id, *_is_unaccepted()).order_by(done_at, col(Obligation.id)))
    return list(dict.fromkeys((*requests, *reports)))


def open_ids(session: Session, agency_id: int) -> list[int]:
    """What is not done, by number alone."""
    return list(session.scalars(_owed_in(agency_id, col(Obligation.is_open).is_(True))))


def held_ids(session: Session, agency_id: int) -> list[int]:
    """What had passed when its plan was confirmed and waits for the office's word, by number alone."""
    return list(session.scalars(_owed_in(agency_id, col(Obligation.held).is_(True))))


def _owed_in(agency_id: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The numbers of an agency's obligations in force that meet the conditions."""
    return (
        columns(col(Obligation.id))
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(col(Obligation.agency_id) == agency_id, *IN_FORCE, *conditions)
    )


def newest_answer(session: Session, obligation_id: int, kind: Said) -> Answer | None:
    """The last thing of that kind that was said of an obligation and not taken back."""
    return newest_answers(session, [obligation_id], kind).get(obligation_id)


def newest_answers(session: Session, obligation_ids: Sequence[int], kind: Said) -> dict[int, Answer]:
    """The same of each of these of which it was said, by its number."""
    query = select(Answer).where(
        col(Answer.obligation_id).in_(obligation_ids), Answer.kind == kind, col(Answer.undone_at).is_(None)
    )
    return {row.obligation_id: row for row in session.exec(query.order_by(col(Answer.id)))}


def unanswered_questions(session: Session, chat_id: int, obligation_ids: Sequence[int]) -> list[int]:
    """Those of these obligations that a letter to this chat asked about, and of which nothing was said since."""
    answered = exists().where(
        col(Answer.obligation_id) == Nudge.obligation_id,
        col(Answer.at) >= Letter.put_at,
        col(Answer.undone_at).is_(None),
    )
    asked = (
        select(Nudge.obligation_id)
        .join(Letter, col(Nudge.letter_id) == Letter.id)
        .join(Obligation, col(Nudge.obligation_id) == Obligation.id)
        .where(
            Letter.chat_id == chat_id,
            col(Nudge.obligation_id).in_(list(obligation_ids)),
            or_(col(Nudge.rung).startswith("ask:"), col(Nudge.rung).startswith("milestone:")),
            Nudge.partner_id == 0,
            col(Obligation.is_open).is_(True),
            ~answered,
        )
        .distinct()
    )
    return list(session.exec(asked))


def told_of(session: Session, obligation_id: int) -> Sequence[Answer]:
    """All that was said of an obligation and not taken back, oldest first."""
    query = select(Answer).where(Answer.obligation_id == obligation_id, col(Answer.undone_at).is_(None))
    return session.exec(query.order_by(col(Answer.id))).all()


def answered_since(session: Session, decisions: Sequence[Decision]) -> bool:
    """Whether a unit spoke again after the office decided, of any of these."""
    query = (
        select(Answer.id)
        .join(Decision, col(Answer.obligation_id) == Decision.obligation_id)
        .where(
            col(Decision.id).in_([row.id for row in decisions]),
            col(Answer.at) > col(Decision.at),
            col(Answer.undone_at).is_(None),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def held_items(session: Session, agency_id: int, plan_id: int | None = None) -> list[Item]:
    """What had passed when its plan was confirmed and waits for the office's word, of one plan or of all."""
    wanted = [col(Obligation.agency_id) == agency_id, col(Obligation.held).is_(True)]
    if plan_id is not None:
        wanted.append(col(Plan.id) == plan_id)
    return items(session, *wanted)


def owed_of_plan(session: Session, plan_id: int) -> list[Item]:
    return items(session, col(Plan.id) == plan_id)


def draft_duties(session: Session, plan_id: int, code: str) -> Sequence[Duty]:
    """The duties of a plan that carry this printed code, left out or not."""
    return session.exec(
        select(Duty).where(Duty.plan_id == plan_id, Duty.code == code).order_by(col(Duty.position))
    ).all()


def duty_at(session: Session, plan_id: int, position: int) -> Duty | None:
    """The duty at that place in the plan's order."""
    return session.exec(select(Duty).where(Duty.plan_id == plan_id, Duty.position == position)).one_or_none()


def duties_in_force(session: Session, agency_id: int, code: str) -> Sequence[Duty]:
    """The duties of plans in force that carry this printed code."""
    return session.exec(
        select(Duty)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(
            Plan.agency_id == agency_id,
            Plan.state == PlanState.CONFIRMED,
            Duty.code == code,
            col(Duty.left_out).is_(False),
        )
        .order_by(col(Duty.id))
    ).all()


def printed_names(session: Session, plan_id: int, *, left_out: bool = False) -> list[str]:
    """Every name the plan prints, each time it does, in its order; of rows that were left out only when asked for."""
    query = (
        select(DutyUnit.printed)
        .join(Duty, col(DutyUnit.duty_id) == Duty.id)
        .where(Duty.plan_id == plan_id)
        .order_by(col(Duty.position), col(DutyUnit.id))
    )
    return list(session.exec(query if left_out else query.where(col(Duty.left_out).is_(False))))


def places_led(session: Session, plan_id: int) -> set[int]:
    """The places of a plan's duties that a unit of the house leads."""
    led = select(Duty.position).join(DutyUnit, col(DutyUnit.duty_id) == Duty.id)
    mine = (Duty.plan_id == plan_id, DutyUnit.role == Role.LEAD, col(DutyUnit.unit_id).is_not(None))
    return set(session.exec(led.where(*mine)))


def unit_called(
    session: Session, agency_id: int, words: str, known: Sequence[KnownUnit], today: date
) -> Unit | None:
    """The living unit that is meant by a name, a near spelling, or a part of one name only."""
    living = {unit.id: unit for unit in living_units(session, agency_id, today)}
    candidates = [unit for unit in known if unit.id in living]
    match = match_unit(words, candidates)
    if match.unit is not None:
        return living[match.unit.id]
    wanted = fold(words)
    exact = {unit.id for unit in candidates for name in (unit.name, *unit.aliases) if fold(name) == wanted}
    part = {
        unit.id for unit in candidates for name in (unit.name, *unit.aliases) if _is_part(wanted, fold(name))
    }
    sure = exact or (part if len(wanted) > 2 else set())
    return living[sure.pop()] if len(sure) == 1 else None


def _is_part(wanted: str, name: str) -> bool:
    """“Phòng Báo chí” is part of “Phòng Thông tin - Báo chí”: all its words stand there, in their order."""
    rest = iter(re.findall(r"\w+", name))
    return wanted in name or all(word in rest for word in re.findall(r"\w+", wanted))


def give_to(
    session: Session, given: Item, unit: Unit, agency: Agency, office: Office, now: datetime, today: date
) -> Item:
    """The same occurrence as the obligation of another unit; one that had been taken from that unit comes back to it."""
    found = session.exec(
        select(Obligation).where(
            Obligation.occurrence_id == given.obligation.occurrence_id, Obligation.unit_id == unit.id
        )
    ).one_or_none()
    owed = found or _owe(session, given, unit, agency, today)
    moved = Item(owed, given.occurrence, given.duty, unit)
    if found is not None:
        _bring_back(session, moved, now)
    settle(session, moved, office)
    return moved


def _owe(session: Session, given: Item, unit: Unit, agency: Agency, today: date) -> Obligation:
    assert unit.id is not None
    agency.codes_given += 1
    owed = Obligation(
        agency_id=given.obligation.agency_id,
        occurrence_id=given.obligation.occurrence_id,
        unit_id=unit.id,
        short_code=short_code(agency.codes_given),
        bullets=list(given.obligation.bullets),
        since=today,
        starts=max(given.obligation.starts, today),
        due=given.occurrence.last_day,
    )
    session.add_all([agency, owed])
    session.flush()
    return owed


def _bring_back(session: Session, moved: Item, now: datetime) -> None:
    away = select(Decision).where(
        Decision.obligation_id == moved.id,
        or_(Decision.kind == Ruling.MOVE, Decision.kind == Ruling.NOT_APPLICABLE),
        col(Decision.undone_at).is_(None),
    )
    for decision in session.exec(away):
        decision.undone_at = now
        session.add(decision)


def spoke_before(session: Session, incoming: Inbox, since: datetime) -> bool:
    """Whether this place wrote something earlier, since that moment."""
    query = select(Inbox.id).where(
        Inbox.channel == incoming.channel,
        Inbox.bot == incoming.bot,
        Inbox.address == incoming.address,
        Inbox.topic == incoming.topic,
        Inbox.received_at >= since,
        col(Inbox.id) < incoming.id,
    )
    return session.exec(query).first() is not None


def count_open(session: Session, plan_id: int) -> int:
    """How many obligations of a plan are still open."""
    return len(items(session, col(Plan.id) == plan_id, col(Obligation.is_open).is_(True)))
