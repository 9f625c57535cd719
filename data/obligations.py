"""Occurrences and obligations: what is owed, what was answered and decided, and what that makes of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from data.tables import (
    Answer,
    Chat,
    Decision,
    Duty,
    Inbox,
    Nudge,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
    Unit,
)
from duties import progress
from duties.deadline import Period
from duties.nudging import (
    Policy,
    Rung,
    asks,
    is_silent,
    ladder,
    milestones,
    next_rung,
    open_rungs,
    request_rung,
    turn_of,
)
from duties.progress import Ruling, Said, Standing
from duties.windows import STANDARD, WindowRules, window_of_key
from duties.workdays import WorkCalendar, day_of, last_moment_day

SLICE = 1000


@dataclass(frozen=True)
class Item:
    """An obligation with what it is about: the rows belong to the session that read them."""

    obligation: Obligation
    occurrence: Occurrence
    duty: Duty
    unit: Unit

    @property
    def id(self) -> int:
        assert self.obligation.id is not None
        return self.obligation.id

    @property
    def period(self) -> Period | None:
        start, end = self.occurrence.period_start, self.occurrence.period_end
        return Period(start, end) if start and end else None

    @property
    def recurs(self) -> bool:
        """Several kỳ hạn of one duty look alike unless each is named."""
        return len(self.duty.deadline.get("due", ())) > 1


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

    def policy_for(self, plan_id: int) -> Policy:
        return self.plans.get(plan_id, self.policy)

    def milestones_of(self, duty: Duty) -> Mapping[date, str]:
        return self.milestones.get(duty.id or 0, {})


def items(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None, after: int = 0
) -> list[Item]:
    """The obligations of confirmed plans that meet the conditions, by id; `after` and `limit` cut long work in slices.

    What was withdrawn is left out.
    """
    query = (
        select(Obligation, Occurrence, Duty, Unit)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(
            Plan.state == PlanState.CONFIRMED,
            col(Obligation.withdrawn_at).is_(None),
            col(Obligation.id) > after,
            *conditions,
        )
        .order_by(col(Obligation.id))
        .limit(limit)
    )
    return [Item(*row) for row in session.exec(query)]


def item(session: Session, obligation_id: int) -> Item | None:
    """One obligation, if its plan is confirmed."""
    return next(iter(items(session, col(Obligation.id) == obligation_id)), None)


def open_items(session: Session, unit_ids: Iterable[int]) -> list[Item]:
    """What those units still owe, the most urgent first; what has no date comes last."""
    found = items(session, col(Obligation.unit_id).in_(list(unit_ids)), col(Obligation.is_open).is_(True))
    return sorted(found, key=by_urgency)


def by_urgency(item: Item) -> tuple[date, int, int]:
    """Earliest due first; then in the order of the plan."""
    return (item.obligation.due or date.max, item.duty.position, item.id)


def item_by_code(session: Session, agency_id: int, short_code: str) -> Item | None:
    """The obligation of a printed short code such as “A12” (any case, with or without #)."""
    code = short_code.upper().lstrip("#")
    found = items(session, col(Obligation.agency_id) == agency_id, col(Obligation.short_code) == code)
    return next(iter(found), None)


def short_code(n: int) -> str:
    """The n-th short code of an agency, from 1: A1 … A99, B1 … Z99, AA1 …; a letter and two digits stay easy to type."""
    block, number = divmod(n - 1, 99)
    letters = ""
    while True:
        block, letter = divmod(block, 26)
        letters = chr(ord("A") + letter) + letters
        if block == 0:
            return f"{letters}{number + 1}"
        block -= 1


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
    )


def as_decision(row: Decision) -> progress.Decision:
    """A row as the core's value."""
    return progress.Decision(
        id=row.id or 0,
        kind=row.kind,
        at=row.at,
        answer_id=row.answer_id,
        reason=row.reason,
        due=row.due,
        to_unit=row.to_unit_id,
        undone_at=row.undone_at,
    )


def answers_of(session: Session, obligation_id: int) -> list[progress.Answer]:
    """Everything the unit said of it, as the core's values."""
    rows = session.exec(select(Answer).where(Answer.obligation_id == obligation_id).order_by(col(Answer.id)))
    return [as_answer(row) for row in rows]


def decisions_of(session: Session, obligation_id: int) -> list[progress.Decision]:
    """Everything the office decided about it, as the core's values."""
    rows = session.exec(
        select(Decision).where(Decision.obligation_id == obligation_id).order_by(col(Decision.id))
    )
    return [as_decision(row) for row in rows]


def standing_of(session: Session, item: Item, as_of: datetime | None = None) -> Standing:
    """Where an obligation stands, now or as it stood at a moment."""
    return progress.standing(
        item.occurrence.last_day, answers_of(session, item.id), decisions_of(session, item.id), as_of
    )


def has_history(session: Session, item: Item) -> bool:
    """Whether anything was ever said or decided of it, though it may have been taken back."""
    said = select(Answer.id).where(Answer.obligation_id == item.id)
    ruled = select(Decision.id).where(Decision.obligation_id == item.id)
    return session.exec(said).first() is not None or session.exec(ruled).first() is not None


@dataclass(frozen=True)
class Heard:
    """Where an answer or a decision came from: the chat and the incoming message, if it came by one."""

    at: datetime
    chat: Chat | None = None
    inbox: Inbox | None = None

    @property
    def sender(self) -> str:
        return self.inbox.sender if self.inbox else ""


def answer(
    session: Session,
    item: Item,
    kind: Said,
    heard: Heard,
    office: Office,
    *,
    text: str = "",
    wanted_due: date | None = None,
    claimed_on: date | None = None,
    links: Sequence[str] = (),
    documents: Sequence[str] = (),
    quantities: dict[str, int] | None = None,
) -> Answer:
    """Record what a unit said and settle the obligation."""
    row = Answer(
        agency_id=item.obligation.agency_id,
        obligation_id=item.id,
        chat_id=heard.chat.id if heard.chat else None,
        inbox_id=heard.inbox.id if heard.inbox else None,
        sender=heard.sender,
        kind=kind,
        text=text,
        wanted_due=wanted_due,
        claimed_on=claimed_on,
        links=list(links),
        documents=list(documents),
        quantities=quantities or {},
        at=heard.at,
    )
    session.add(row)
    settle(session, item, office)
    return row


def decide(
    session: Session,
    item: Item,
    kind: Ruling,
    heard: Heard,
    office: Office,
    *,
    answer_id: int | None = None,
    reason: str = "",
    due: date | None = None,
    to_unit_id: int | None = None,
) -> Decision:
    """Record what the office decided and settle the obligation."""
    row = Decision(
        agency_id=item.obligation.agency_id,
        obligation_id=item.id,
        answer_id=answer_id,
        chat_id=heard.chat.id if heard.chat else None,
        inbox_id=heard.inbox.id if heard.inbox else None,
        sender=heard.sender,
        kind=kind,
        reason=reason,
        due=due,
        to_unit_id=to_unit_id,
        at=heard.at,
    )
    session.add(row)
    settle(session, item, office)
    return row


def settle_open(session: Session, agency_id: int, office: Office) -> int:
    """Reckon the next rung of everything open anew, in slices: after the calendar or a setting changed. How many."""
    settled, after = 0, 0
    while True:
        still_open = items(
            session,
            col(Obligation.agency_id) == agency_id,
            col(Obligation.is_open).is_(True),
            after=after,
            limit=SLICE,
        )
        for each in still_open:
            settle(session, each, office)
        settled += len(still_open)
        if len(still_open) < SLICE:
            return settled
        after = still_open[-1].id


def settle(session: Session, item: Item, office: Office) -> Standing:
    """Bring an obligation's columns and its next rung in line with its history; the one place that writes them."""
    session.flush()
    state = standing_of(session, item)
    owed = item.obligation
    owed.due = state.due
    owed.done_at = state.done_at
    owed.in_progress = state.in_progress
    owed.obstacle = state.obstacle
    owed.asked_answer_id = state.asked.id if state.asked else None
    owed.not_applicable = state.not_applicable
    owed.is_open = not state.is_done and state.counts
    coming = next_rung(rungs_of(session, item, state, office), told(session, item))
    owed.next_rung_on = coming.on if coming else None
    session.add(owed)
    session.flush()
    return state


def rungs_of(session: Session, item: Item, state: Standing, office: Office) -> tuple[Rung, ...]:
    """Every rung that may be told for an obligation as it stands: its ladder and its questions, or a waiting request."""
    owed, policy = item.obligation, office.policy_for(item.duty.plan_id)
    if state.asked is not None:
        return (request_rung(state.asked, policy, office.calendar),)
    if owed.held or is_silent(state):
        return ()
    period = item.period or Period(owed.starts, max(owed.due or owed.starts, owed.starts))
    return open_rungs(
        (
            *_ladder(item, state, office),
            *asks(period, owed.due, policy, office.calendar, office.windows),
            *milestones(office.milestones_of(item.duty), _runs(item, office), office.calendar),
        ),
        since=_since(session, item),
        in_progress=state.in_progress or bool(state.obstacle),
        snoozed_until=owed.snoozed_until,
    )


def _ladder(item: Item, state: Standing, office: Office) -> tuple[Rung, ...]:
    if state.due is None:
        return ()
    until = still_on_time(item, state.due, office)
    policy = office.policy_for(item.duty.plan_id)
    return ladder(state.due, item.obligation.starts, policy, office.calendar, until=until)


def _runs(item: Item, office: Office) -> Period:
    """The days whose milestones are this obligation's: up to its due date, or while its report window is the next."""
    if item.occurrence.window is not None:
        return turn_of(window_of_key(item.occurrence.window, office.windows))
    owed = item.obligation
    return Period(owed.starts, max(owed.due or owed.starts, owed.starts))


def still_on_time(item: Item, due: date, office: Office) -> date:
    """The last day on which an answer is on time; the date the plan states caps only the plan's own day."""
    stated = item.occurrence.stated if due == item.occurrence.last_day else None
    return last_moment_day(due, stated, office.calendar, office.lenient)


def _since(session: Session, item: Item) -> date:
    """No rung from before the plan was confirmed, nor from before the office last decided about the obligation."""
    last = select(func.max(Decision.at)).where(
        Decision.obligation_id == item.id, col(Decision.undone_at).is_(None)
    )
    decided = session.exec(last).one()
    return max(item.obligation.since, day_of(decided)) if decided else item.obligation.since


def reckoned_from(item: Item) -> date:
    """The due date a nudge is reckoned from; an undated obligation's are reckoned from the end of its period."""
    return item.obligation.due or item.occurrence.period_end or item.obligation.starts


def told(session: Session, item: Item) -> frozenset[str]:
    """The rungs already written: those of its present due date, and the questions, which no due date moves."""
    is_question = or_(col(Nudge.rung).startswith("ask:"), col(Nudge.rung).startswith("milestone:"))
    rows = session.exec(
        select(Nudge.rung).where(
            Nudge.obligation_id == item.id, or_(Nudge.reckoned_from == reckoned_from(item), is_question)
        )
    )
    return frozenset(rows)
