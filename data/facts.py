"""Facts: every obligation of an agency as it stood on a day, read by columns in a handful of questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from data.lineage import NamesOfTheDay, OwnersOfTheDay
from data.obligations import Office
from data.tables import Answer, Decision, Duty, Obligation, Occurrence, Plan, PlanState, Unit
from duties import progress
from duties.deadline import Period
from duties.facts import Counted, Fact
from duties.plan import DutyKind
from duties.progress import Standing, standing, value_on
from duties.wording.dates import period_name
from duties.workdays import day_of, end_of

FEW = 500  # so many ids still fit well into one question


class Owed(NamedTuple):
    """An obligation with its occurrence, as columns: entities of thousands of them would cost more than the reckoning."""

    id: int
    unit_id: int
    short_code: str
    occurrence_id: int
    duty_id: int
    last_day: date | None
    stated: date | None
    at: time | None
    period_start: date | None
    period_end: date | None
    window: str | None

    @property
    def period(self) -> Period | None:
        return Period(self.period_start, self.period_end) if self.period_start and self.period_end else None

    @property
    def belongs_on(self) -> date | None:
        return self.period_end if self.period_start else self.last_day


class Asked(NamedTuple):
    """A duty as a fact names it."""

    id: int
    code: str
    content: str
    kind: DutyKind
    receiver: str
    heading: str
    plan_id: int
    plan: str
    recurs: bool
    order: int


@dataclass(frozen=True)
class Ledger:
    """What an agency owes, with everything that was said and decided of it."""

    owed: Sequence[Owed]
    duties: dict[int, Asked]
    units: dict[int, str]
    answers: dict[int, list[progress.Answer]]
    decisions: dict[int, list[progress.Decision]]
    quantities: dict[int, dict[str, int]]
    names: NamesOfTheDay
    owners: OwnersOfTheDay

    def unit_on(self, day: date, owed: Owed) -> tuple[int, str]:
        """Who answered for an obligation on a day, by the name of that day."""
        unit_id = self.owners.on(day, owed.id, owed.unit_id)
        return unit_id, self.names.on(day, unit_id, self.units[unit_id])

    def standing(self, owed: Owed, as_of: datetime) -> Standing:
        """How an obligation stood at that moment."""
        answers, decisions = self.answers.get(owed.id), self.decisions.get(owed.id)
        if answers is None and decisions is None:
            return Standing(due=owed.last_day, first_due=owed.last_day)
        return standing(owed.last_day, answers or (), decisions or (), as_of=as_of)

    def counted(self, obligation_id: int, as_of: datetime) -> list[Counted]:
        """What the answers that were in force at that moment count."""
        return [
            Counted(day_of(answer.at), self.quantities[answer.id], obligation_id)
            for answer in self.answers.get(obligation_id, ())
            if answer.id in self.quantities
            and answer.at <= as_of
            and (answer.undone_at is None or answer.undone_at > as_of)
        ]


def ledger_of(session: Session, agency_id: int, only: Collection[int] | None = None) -> Ledger:
    """Everything an agency owes by its confirmed plans, or only these obligations, in the order of the plans."""
    duties = _duties(session, agency_id)
    found = _owed(session, agency_id, only)
    found.sort(key=lambda owed: (duties[owed.duty_id].order, owed.id))
    answers, quantities = _answers(session, agency_id, only)
    return Ledger(
        found,
        duties,
        _units(session, agency_id),
        answers,
        _decisions(session, agency_id, only),
        quantities,
        NamesOfTheDay(session, agency_id),
        OwnersOfTheDay(session, agency_id),
    )


def facts_on(ledger: Ledger, office: Office, as_of: date, owed: Iterable[Owed] | None = None) -> list[Fact]:
    """Every fact, or those of some obligations, as it stood at the end of a day; what was moved away is left out."""
    moment = end_of(as_of)
    states = ((each, ledger.standing(each, moment)) for each in (ledger.owed if owed is None else owed))
    return [_fact(ledger, each, state, office, as_of) for each, state in states if state.moved_to is None]


def _fact(ledger: Ledger, owed: Owed, state: Standing, office: Office, as_of: date) -> Fact:
    duty, period = ledger.duties[owed.duty_id], owed.period
    unit_id, unit = ledger.unit_on(as_of, owed)
    return Fact(
        obligation_id=owed.id,
        occurrence_id=owed.occurrence_id,
        duty_id=duty.id,
        unit_id=unit_id,
        unit=unit,
        code=duty.code,
        content=duty.content,
        short_code=owed.short_code,
        group=duty.heading,
        plan_id=duty.plan_id,
        plan=duty.plan,
        due=state.due,
        original_last_day=owed.last_day,
        stated=owed.stated,
        period=period,
        value=value_on(state, as_of, office.calendar, stated=owed.stated, lenient=office.lenient, at=owed.at),
        done_on=state.done_on,
        in_progress=state.in_progress,
        obstacle=state.obstacle,
        extended=state.extended,
        returned=state.returned,
        waiting=state.asked is not None,
        ongoing=owed.window is not None,
        window=owed.window,
        reported=state.is_reported,
        not_applicable=state.not_applicable,
        on_behalf=state.on_behalf,
        kind=duty.kind,
        receiver=duty.receiver,
        period_name=period_name(period) if period and duty.recurs else "",
    )


def _owed(session: Session, agency_id: int, only: Collection[int] | None) -> list[Owed]:
    """Obligations and occurrences by themselves: joined, PostgreSQL reads every agency's occurrences."""
    occurrences = _occurrences(session, agency_id)
    query = select(
        col(Obligation.id),
        col(Obligation.unit_id),
        col(Obligation.short_code),
        col(Obligation.occurrence_id),
    ).where(
        col(Obligation.agency_id) == agency_id,
        col(Obligation.withdrawn_at).is_(None),
        *among(col(Obligation.id), only),
    )
    return [
        Owed._make((*row, *occurrences[row[3]]))
        for row in session.execute(query)
        if row[3] in occurrences and (only is None or row[0] in only)
    ]


def _occurrences(session: Session, agency_id: int) -> dict[int, tuple[Any, ...]]:
    """The occurrences of confirmed plans, as the last columns of what is owed."""
    query = (
        select(
            col(Occurrence.id),
            col(Occurrence.duty_id),
            col(Occurrence.last_day),
            col(Occurrence.stated),
            col(Occurrence.at),
            col(Occurrence.period_start),
            col(Occurrence.period_end),
            col(Occurrence.window),
        )
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(col(Plan.agency_id) == agency_id, col(Plan.state) == PlanState.CONFIRMED)
    )
    return {row[0]: tuple(row[1:]) for row in session.execute(query)}


def _duties(session: Session, agency_id: int) -> dict[int, Asked]:
    """The duties of confirmed plans."""
    columns = (
        col(Duty.id),
        col(Duty.code),
        col(Duty.content),
        col(Duty.kind),
        col(Duty.receiver),
        col(Duty.heading),
        col(Duty.plan_id),
        col(Plan.number),
        col(Plan.title),
        col(Duty.deadline),
    )
    query = (
        select(*columns)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(col(Plan.agency_id) == agency_id, col(Plan.state) == PlanState.CONFIRMED)
        .order_by(col(Duty.plan_id), col(Duty.position))
    )
    found = session.execute(query).all()
    return {row[0]: _asked(row, order) for order, row in enumerate(found)}


def _asked(row: Sequence[Any], order: int) -> Asked:
    id, code, content, kind, receiver, heading, plan_id, number, title, deadline = row
    recurs = len(deadline.get("due", ())) > 1
    return Asked(id, code, content, kind, receiver, heading, plan_id, number or title, recurs, order)


def _units(session: Session, agency_id: int) -> dict[int, str]:
    query = select(col(Unit.id), col(Unit.name)).where(col(Unit.agency_id) == agency_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _answers(
    session: Session, agency_id: int, only: Collection[int] | None
) -> tuple[dict[int, list[progress.Answer]], dict[int, dict[str, int]]]:
    """What was said by obligation, and what was counted by answer."""
    columns = (
        col(Answer.id),
        col(Answer.kind),
        col(Answer.at),
        col(Answer.text),
        col(Answer.wanted_due),
        col(Answer.claimed_on),
        col(Answer.undone_at),
        col(Answer.on_behalf),
        col(Answer.obligation_id),
        col(Answer.quantities),
    )
    query = select(*columns).where(
        col(Answer.agency_id) == agency_id, *among(col(Answer.obligation_id), only)
    )
    said: dict[int, list[progress.Answer]] = defaultdict(list)
    quantities: dict[int, dict[str, int]] = {}
    for row in session.execute(query):
        said[row[8]].append(progress.Answer(*row[:8]))
        if row[9]:
            quantities[row[0]] = row[9]
    return said, quantities


def _decisions(
    session: Session, agency_id: int, only: Collection[int] | None
) -> dict[int, list[progress.Decision]]:
    columns = (
        col(Decision.id),
        col(Decision.kind),
        col(Decision.at),
        col(Decision.answer_id),
        col(Decision.reason),
        col(Decision.due),
        col(Decision.to_unit_id),
        col(Decision.undone_at),
        col(Decision.obligation_id),
    )
    query = select(*columns).where(
        col(Decision.agency_id) == agency_id, *among(col(Decision.obligation_id), only)
    )
    ruled: dict[int, list[progress.Decision]] = defaultdict(list)
    for row in session.execute(query):
        ruled[row[8]].append(progress.Decision(*row[:8]))
    return ruled


def among(column: Mapped[int] | Mapped[int | None], ids: Collection[int] | None) -> list[ColumnElement[bool]]:
    """The condition for those ids where they are few; of many the whole agency is read and sifted afterwards."""
    return [column.in_(list(ids))] if ids is not None and len(ids) <= FEW else []
