"""What should be told, reckoned from the bare facts each time: no index, no memory, no short cut of the house's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from data.obligations import Office, answers_of, decisions_of
from data.offices import office_of, policy_of
from data.pauses import is_paused
from data.tables import (
    Agency,
    Chat,
    ChatRole,
    ChatUnit,
    Decision,
    Duty,
    Milestone,
    Nudge,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
)
from duties import progress
from duties.deadline import Period
from duties.nudging import (
    Audience,
    Policy,
    Rung,
    Slot,
    asks,
    due_rungs,
    ladder,
    milestones,
    open_rungs,
    request_rung,
    slot_at,
    turn_of,
)
from duties.progress import Standing
from duties.windows import window_of_key
from duties.workdays import day_of, last_moment_day

QUESTIONS = ("ask:", "milestone:")
Key = tuple[int, date, str]


@dataclass(frozen=True)
class Fact:
    """An obligation in force with what was said and decided of it."""

    owed: Obligation
    occurrence: Occurrence
    state: Standing
    last_decided: date | None
    milestones: tuple[date, ...]
    policy: Policy

    @property
    def is_silent(self) -> bool:
        state = self.state
        return self.owed.held or not state.is_open or state.asked is not None

    @property
    def reckoned_from(self) -> date:
        return self.state.due or self.occurrence.period_end or self.owed.starts


def facts(session: Session) -> list[Fact]:
    rows = session.exec(
        select(Obligation, Occurrence, Duty, Plan)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(Plan.state == PlanState.CONFIRMED, col(Obligation.withdrawn_at).is_(None))
    )
    return [_fact(session, *row) for row in rows.all()]


def _fact(session: Session, owed: Obligation, occurrence: Occurrence, duty: Duty, plan: Plan) -> Fact:
    assert owed.id is not None
    state = progress.standing(
        occurrence.last_day, answers_of(session, owed.id), decisions_of(session, owed.id)
    )
    ruled = select(Decision.at).where(Decision.obligation_id == owed.id, col(Decision.undone_at).is_(None))
    days = [day_of(at) for at in session.exec(ruled)]
    marks = select(Milestone).where(Milestone.duty_id == duty.id, col(Milestone.withdrawn_at).is_(None))
    # the plan's own numbers, where it has any, are read beside its agency's each time
    policy = policy_of(session.get_one(Agency, plan.agency_id), plan.settings.get("policy"))
    asked_on = tuple(mark.day for mark in session.exec(marks))
    return Fact(owed, occurrence, state, max(days, default=None), asked_on, policy)


def rungs(fact: Fact, office: Office) -> tuple[Rung, ...]:
    owed, state, policy, calendar = fact.owed, fact.state, fact.policy, office.calendar
    if state.asked is not None:
        return (request_rung(state.asked, policy, calendar),)
    if fact.is_silent:
        return ()
    since = max(owed.since, fact.last_decided or owed.since)
    is_at_work = state.in_progress or bool(state.obstacle)
    return open_rungs(
        _all_rungs(fact, office), since=since, in_progress=is_at_work, snoozed_until=owed.snoozed_until
    )


def _all_rungs(fact: Fact, office: Office) -> Iterator[Rung]:
    owed, due, window = fact.owed, fact.state.due, fact.occurrence.window
    policy, calendar = fact.policy, office.calendar
    own = Period(owed.starts, max(due or owed.starts, owed.starts))
    if due is not None:
        stated = fact.occurrence.stated if due == fact.occurrence.last_day else None
        until = last_moment_day(due, stated, calendar, office.lenient)
        yield from ladder(due, owed.starts, policy, calendar, until=until)
    start, end = fact.occurrence.period_start, fact.occurrence.period_end
    yield from asks(Period(start, end) if start and end else own, due, policy, calendar, office.windows)
    runs = turn_of(window_of_key(window, office.windows)) if window else own
    yield from milestones(fact.milestones, runs, calendar)


def reached(session: Session, agency: Agency, now: datetime, told: set[Key]) -> set[Key]:
    """What is to be told at this moment and was not."""
    office = office_of(session, agency, day_of(now))
    slot = None if is_paused(agency, now) else slot_at(now, office.policy, office.calendar)
    return (
        set()
        if slot is None
        else {key for fact in facts(session) for key in _keys(fact, office, now, slot, told)}
    )


def _keys(fact: Fact, office: Office, now: datetime, slot: Slot, told: set[Key]) -> Iterator[Key]:
    number = fact.owed.id or 0
    mine = {
        rung
        for each, day, rung in told
        if each == number and (day == fact.reckoned_from or rung.startswith(QUESTIONS))
    }
    for rung in due_rungs(rungs(fact, office), mine, day_of(now), slot):
        yield (number, fact.reckoned_from, rung.key)


def rows(session: Session) -> list[Key]:
    """Every rung that was written for an obligation's own unit, its office or its leader."""
    query = select(Nudge).where(Nudge.partner_id == 0)
    return [(nudge.obligation_id, nudge.reckoned_from, nudge.rung) for nudge in session.exec(query)]


def chats_kept_waiting(session: Session) -> set[int]:
    """The chats in which something is to be told that no letter has told yet."""
    waiting = select(Nudge).where(col(Nudge.letter_id).is_(None), col(Nudge.dropped).is_(False))
    chats = (_chat_for(session, nudge) for nudge in session.exec(waiting))
    return {chat for chat in chats if chat is not None}


def _chat_for(session: Session, nudge: Nudge) -> int | None:
    """The first chat linked of who is told; who has none is told by the office, but for who only helps."""
    office = _first_chat(session, Chat.role == ChatRole.OFFICE)
    match nudge.audience:
        case Audience.OFFICE:
            return office
        case Audience.LEADER:
            return _first_chat(session, Chat.role == ChatRole.LEADER) or office
    served = select(ChatUnit.chat_id).where(ChatUnit.unit_id == nudge.to_unit_id)
    own = _first_chat(session, col(Chat.id).in_(served))
    return own if own is not None or nudge.partner_id else office


def _first_chat(session: Session, which: ColumnElement[bool] | bool) -> int | None:
    living = select(Chat.id).where(which, col(Chat.left_at).is_(None))
    return session.exec(living.order_by(col(Chat.linked_at), col(Chat.id)).limit(1)).first()
