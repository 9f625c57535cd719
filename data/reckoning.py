"""What an obligation's next rungs are reckoned from, read for one obligation or for a thousand at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlmodel import Session, col, or_

from data.in_force import IN_FORCE
from data.tables import Answer, Decision, Duty, Nudge, Obligation, Occurrence, Plan
from duties import progress
from duties.deadline import Period
from duties.nudging import (
    Policy,
    Rung,
    Slot,
    asks,
    ladder,
    milestones,
    open_rungs,
    request_rung,
    turn_of,
)
from duties.windows import STANDARD, WindowRules, window_of_key
from duties.workdays import WorkCalendar, day_of, last_moment_day

QUESTIONS = ("ask:", "milestone:")


class Basis(NamedTuple):
    """An obligation as its columns and its occurrence have it: all that its rungs depend on but its history."""

    id: int
    agency_id: int
    unit_id: int
    duty_id: int
    plan_id: int
    since: date
    starts: date
    held: bool
    snoozed_until: date | None
    due: date | None
    is_open: bool
    is_at_work: bool
    asked_answer_id: int | None
    last_day: date | None
    stated: date | None
    period_start: date | None
    period_end: date | None
    window: str | None

    @property
    def reckoned_from(self) -> date:
        """The due date a nudge is reckoned from; an undated obligation's are reckoned from the end of its period."""
        return self.due or self.period_end or self.starts

    @property
    def span(self) -> Period:
        return Period(self.starts, max(self.due or self.starts, self.starts))


def basis_of(owed: Obligation, occurrence: Occurrence, duty: Duty) -> Basis:
    """The same of rows at hand."""
    assert owed.id is not None
    return Basis(
        owed.id,
        owed.agency_id,
        owed.unit_id,
        occurrence.duty_id,
        duty.plan_id,
        owed.since,
        owed.starts,
        owed.held,
        owed.snoozed_until,
        owed.due,
        owed.is_open and owed.withdrawn_at is None,
        owed.in_progress or bool(owed.obstacle),
        owed.asked_answer_id,
        occurrence.last_day,
        occurrence.stated,
        occurrence.period_start,
        occurrence.period_end,
        occurrence.window,
    )


def bases(session: Session, *conditions: ColumnElement[bool]) -> list[Basis]:
    """Of the obligations in force that meet the conditions."""
    return [Basis(*row) for row in session.execute(_in_force().where(*conditions))]


def _in_force() -> Select[Any]:
    return (
        select(*COLUMNS)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*IN_FORCE)
    )


COLUMNS: tuple[Any, ...] = (
    Obligation.id,
    Obligation.agency_id,
    Obligation.unit_id,
    Occurrence.duty_id,
    Duty.plan_id,
    Obligation.since,
    Obligation.starts,
    Obligation.held,
    Obligation.snoozed_until,
    Obligation.due,
    Obligation.is_open,
    or_(col(Obligation.in_progress), col(Obligation.obstacle) != ""),
    Obligation.asked_answer_id,
    Occurrence.last_day,
    Occurrence.stated,
    Occurrence.period_start,
    Occurrence.period_end,
    Occurrence.window,
)
TURN: tuple[Any, ...] = (col(Obligation.next_rung_on), col(Obligation.next_slot))


def reached(session: Session, agency_id: int, today: date, slot: Slot, limit: int) -> list[Basis]:
    """The next obligations of which a rung is reached; whoever tells it moves them on, so that the next call gets others.

    On PostgreSQL those that somebody is answering at this moment are passed over: the next beat looks at them.
    """
    query = (
        _in_force()
        .where(
            col(Obligation.agency_id) == agency_id,
            # so SQLite knows that the index has all of them
            col(Obligation.next_rung_on).is_not(None),
            tuple_(*TURN) <= tuple_(today, int(slot)),
        )
        .order_by(*TURN)
        .limit(limit)
        .with_for_update(of=Obligation, skip_locked=True)
    )
    return [Basis(*row) for row in session.execute(query)]


class Course(NamedTuple):
    """What thousands of obligations share, so that their rungs are reckoned once."""

    differing_plan: int
    duty_with_milestones: int
    starts: date
    due: date | None
    until: date | None
    period: Period | None
    window: str | None
    since: date
    is_at_work: bool
    snoozed_until: date | None


@dataclass(frozen=True)
class Office:
    """What reckoning needs of an agency: its calendar, its nudge policy, whether a day off is lenient, its windows.

    `plans`: the policies of plans that differ, by plan; `milestones`: what is asked on which day, by duty.
    """

    calendar: WorkCalendar
    policy: Policy
    lenient: bool
    windows: WindowRules = STANDARD
    plans: Mapping[int, Policy] = field(default_factory=dict)
    milestones: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    # an obligation's rungs are those of its course, which it shares with many
    courses: dict[Course, tuple[Rung, ...]] = field(default_factory=dict, repr=False, compare=False)

    def policy_for(self, plan_id: int) -> Policy:
        return self.plans.get(plan_id, self.policy)

    def milestones_of(self, duty: Duty) -> Mapping[date, str]:
        return self.milestones.get(duty.id or 0, {})

    def still_on_time(self, due: date, last_day: date | None, stated: date | None) -> date:
        """The last day on which an answer is on time; the date the plan states caps only the plan's own day."""
        return last_moment_day(due, stated if due == last_day else None, self.calendar, self.lenient)


@dataclass(frozen=True)
class History:
    """What the rungs of some obligations depend on besides their columns: requests, decisions, and what was told."""

    asked: Mapping[int, progress.Answer]
    decided_at: Mapping[int, datetime]
    told: Mapping[int, Collection[tuple[date, str]]]

    def told_of(self, basis: Basis) -> frozenset[str]:
        """The rungs already written: those of its present due date, and the questions, which no due date moves."""
        present = basis.reckoned_from
        return frozenset(
            rung
            for reckoned_from, rung in self.told.get(basis.id, ())
            if reckoned_from == present or rung.startswith(QUESTIONS)
        )

    def since(self, basis: Basis) -> date:
        """No rung from before the plan was confirmed, nor from before the office last decided about the obligation."""
        decided = self.decided_at.get(basis.id)
        return max(basis.since, day_of(decided)) if decided else basis.since


def history_of(session: Session, bases: Sequence[Basis]) -> History:
    """The history of a slice of obligations, in three queries."""
    ids = [basis.id for basis in bases]
    asked = [basis.asked_answer_id for basis in bases if basis.asked_answer_id is not None]
    return History(_asked(session, asked), _decided(session, ids), _told(session, ids))


def _asked(session: Session, answer_ids: Sequence[int]) -> dict[int, progress.Answer]:
    if not answer_ids:
        return {}
    rows = session.scalars(select(Answer).where(col(Answer.id).in_(answer_ids)))
    return {row.id or 0: as_answer(row) for row in rows}


def _decided(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    rows = session.execute(
        select(col(Decision.obligation_id), func.max(col(Decision.at)))
        .where(col(Decision.obligation_id).in_(ids), col(Decision.undone_at).is_(None))
        .group_by(col(Decision.obligation_id))
    )
    return {row[0]: row[1] for row in rows}


def _told(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = {}
    rows = session.execute(
        select(col(Nudge.obligation_id), col(Nudge.reckoned_from), col(Nudge.rung)).where(
            col(Nudge.obligation_id).in_(ids)
        )
    )
    for obligation_id, reckoned_from, rung in rows:
        found.setdefault(obligation_id, []).append((reckoned_from, rung))
    return found


def as_answer(row: Answer) -> progress.Answer:
    """A row as the core's value."""
    return progress.Answer(
        id=row.id or 0,
        kind=row.kind,
        at=row.at,
        text=row.text,
        wanted_due=row.wanted_due,
        claimed_on=row.claimed_on,
        undone_at=row.undone_at,
        on_behalf=row.on_behalf,
    )


def rungs_of(basis: Basis, history: History, office: Office) -> tuple[Rung, ...]:
    """Every rung that may be told for an obligation as it stands: its ladder and its questions, or a waiting request."""
    if not basis.is_open and basis.asked_answer_id is None:
        return ()
    if basis.asked_answer_id is not None:
        asked, policy = history.asked[basis.asked_answer_id], office.policy_for(basis.plan_id)
        return (request_rung(asked, policy, office.calendar),)
    if basis.held:
        return ()
    course = _course(basis, history.since(basis), office)
    rungs = office.courses.get(course)
    if rungs is None:
        rungs = office.courses[course] = _rungs(course, basis, office)
    return rungs


def _course(basis: Basis, since: date, office: Office) -> Course:
    due, start, end = basis.due, basis.period_start, basis.period_end
    return Course(
        basis.plan_id if basis.plan_id in office.plans else 0,
        basis.duty_id if basis.duty_id in office.milestones else 0,
        basis.starts,
        due,
        office.still_on_time(due, basis.last_day, basis.stated) if due else None,
        Period(start, end) if start and end else None,
        basis.window,
        since,
        basis.is_at_work,
        basis.snoozed_until,
    )


def _rungs(course: Course, basis: Basis, office: Office) -> tuple[Rung, ...]:
    policy, calendar, due = office.policy_for(basis.plan_id), office.calendar, course.due
    dated = ladder(due, course.starts, policy, calendar, until=course.until) if due else ()
    # an undated one's milestones are asked while its report window is the next
    runs = turn_of(window_of_key(course.window, office.windows)) if course.window else basis.span
    return open_rungs(
        (
            *dated,
            *asks(course.period or basis.span, due, policy, calendar, office.windows),
            *milestones(office.milestones.get(basis.duty_id, ()), runs, calendar),
        ),
        since=course.since,
        in_progress=course.is_at_work,
        snoozed_until=course.snoozed_until,
    )
