"""The shelf: every plan of an agency as its page lists it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.commands.copy_plan import COPIED
from data.doubts import open_doubts
from data.editions import base_of
from data.plan_files import files_of
from data.plans import years_of
from data.tables import Duty, Obligation, Occurrence, Plan, PlanState
from data.unwatched import unwatched_of
from duties.plan import DoubtKind
from duties.wording.entries import shortened
from duties.workdays import day_of


@dataclass(frozen=True)
class Named:
    """Another plan, by what a link to it says."""

    id: int
    called: str


@dataclass(frozen=True)
class Card:
    """A plan in a line: what it holds, what it waits for, where it comes from.

    `changes`: the plan in force that a draft changes. `editions`: what has changed this one. `asked`: doubts that wait.
    """

    id: int
    state: PlanState
    number: str
    title: str
    years: str
    duties: int
    owed: int
    still_open: int
    held: int
    asked: int
    dateless: int
    unitless: int
    put_on: date
    confirmed_on: date | None
    files: tuple[str, ...]
    changes: Named | None = None
    editions: tuple[Named, ...] = ()
    copied_from: Named | None = None


@dataclass(frozen=True)
class Shelf:
    drafts: tuple[Card, ...]
    in_force: tuple[Card, ...]
    withdrawn: tuple[Card, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.in_force or self.withdrawn)


def shelf(session: Session, agency_id: int, today: date) -> Shelf:
    """Drafts the newest first, then what is in force and what was withdrawn."""
    plans = session.exec(select(Plan).where(Plan.agency_id == agency_id).order_by(col(Plan.id).desc())).all()
    counts = _Counts(session, agency_id)
    cards = {
        plan.id: _card(session, plan, plans, counts, today)
        for plan in plans
        if plan.state is not PlanState.MERGED
    }

    def of(state: PlanState) -> tuple[Card, ...]:
        return tuple(card for card in cards.values() if card.state is state)

    return Shelf(of(PlanState.DRAFT), of(PlanState.CONFIRMED), of(PlanState.WITHDRAWN))


class _Counts:
    """How many duties and obligations each plan has, asked once for all of them."""

    def __init__(self, session: Session, agency_id: int) -> None:
        duties = select(Duty.plan_id, func.count()).where(
            Duty.agency_id == agency_id, col(Duty.left_out).is_(False)
        )
        self.duties = Counter(dict(session.exec(duties.group_by(col(Duty.plan_id))).all()))
        owed = (
            select(Duty.plan_id, Obligation.is_open, Obligation.held, func.count())
            .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
            .join(Duty, col(Occurrence.duty_id) == Duty.id)
            .where(Obligation.agency_id == agency_id, col(Obligation.withdrawn_at).is_(None))
            .group_by(col(Duty.plan_id), col(Obligation.is_open), col(Obligation.held))
        )
        self.owed: Counter[int] = Counter()
        self.open: Counter[int] = Counter()
        self.held: Counter[int] = Counter()
        for plan_id, is_open, is_held, count in session.exec(owed):
            self.owed[plan_id] += count
            self.open[plan_id] += count if is_open else 0
            self.held[plan_id] += count if is_held else 0


def _card(session: Session, plan: Plan, plans: Iterable[Plan], counts: _Counts, today: date) -> Card:
    plan_id, is_draft = plan.id or 0, plan.state is PlanState.DRAFT
    lacking = unwatched_of(session, plan, today) if plan.state is not PlanState.WITHDRAWN else []
    base = base_of(session, plan) if is_draft else None
    return Card(
        id=plan_id,
        state=plan.state,
        number=plan.number or "",
        title=plan.title,
        years=str(years_of(plan)),
        duties=counts.duties[plan_id],
        owed=counts.owed[plan_id],
        still_open=counts.open[plan_id],
        held=counts.held[plan_id],
        asked=len(asked_of(session, plan)) if is_draft else 0,
        dateless=sum(not each.has_date for each in lacking),
        unitless=sum(not each.has_unit for each in lacking),
        put_on=day_of(plan.created_at),
        confirmed_on=day_of(plan.confirmed_at) if plan.confirmed_at else None,
        files=tuple(file.name for file in files_of(session, plan)),
        changes=named(base) if base else None,
        editions=tuple(
            named(each) for each in plans if each.edition_of_id == plan.id and each.state is PlanState.MERGED
        ),
        copied_from=_by_id(plans, plan.notes.get(COPIED)),
    )


def asked_of(session: Session, plan: Plan) -> Sequence[int]:
    """The numbers of the doubts of a draft that wait for an answer; what is only to be known does not."""
    return [each.number for each in open_doubts(session, plan) if each.kind is not DoubtKind.NOTE]


def named(plan: Plan) -> Named:
    return Named(plan.id or 0, plan.number or shortened(plan.title or plan.source_name, 60))


def _by_id(plans: Iterable[Plan], plan_id: int | None) -> Named | None:
    return next((named(plan) for plan in plans if plan.id == plan_id), None)
