"""The sheet: one plan as its page shows it, read at once: its head, every row beside its source words, every doubt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from bot.commands.load_plan import unknown_names
from bot.pages.desk import NotThere
from bot.pages.plans.shelf import Named, named
from data.doubts import KeptDoubt, doubts_of
from data.editions import base_of, maybe_bases
from data.facts import facts_on, ledger_of
from data.merged_rows import goes_on_in
from data.milestones import milestones_by_duty
from data.offices import office_of
from data.people import living_units, units_without_chat
from data.plan_files import files_of
from data.plans import deadline_of, duties_of, names_of, where_of, years_of
from data.questions import held_items
from data.rows_left_out import RowOut, rows_left_out
from data.tables import Agency, Duty, DutyEvent, DutyUnit, Obligation, Occurrence, Plan, PlanState
from data.unwatched import unwatched_of
from duties.deadline import Deadline, Years
from duties.events import waits_for_event
from duties.facts import Fact
from duties.plan import DoubtKind, DutyKind, Role
from duties.progress import Value
from duties.units import Unknown
from duties.workdays import day_of


@dataclass(frozen=True)
class Share:
    """What one unit owes of a duty in force, counted."""

    unit: str
    done: int
    late: int
    open: int
    overdue: int
    reported: int = 0


@dataclass(frozen=True)
class SheetRow:
    """A duty: what was read, what stands in the file, and what it still lacks.

    `place`: its number on the page (“@17”). `where`: table and row of the file. `meant`: the office's words for its
    deadline where they are not the plan's. `went_into`: the duty that the row was put into; `holds`: those put into it.
    """

    id: int
    place: int
    code: str
    heading: str
    content: str
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    phrase: str
    says: str
    where: str
    printed: tuple[str, ...]
    kind: DutyKind
    meant: str = ""
    event: str = ""
    waits_for_event: bool = False
    days: tuple[date, ...] = ()
    events: tuple[date, ...] = ()
    milestones: tuple[tuple[date, str], ...] = ()
    has_date: bool = True
    has_unit: bool = True
    needs_evidence: bool = False
    left_out: bool = False
    went_into: str = ""
    holds: tuple[str, ...] = ()
    asked: tuple[int, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def called(self) -> str:
        return self.code or f"@{self.place}"

    @property
    def cells(self) -> tuple[str, ...]:
        """The words of the file worth showing: the code stands beside them, blank cells say nothing."""
        said = tuple(cell for cell in self.printed if cell and cell.strip(" .") != self.code)
        return said or (self.content,)

    @property
    def is_asked(self) -> bool:
        """Whether the office still has to say something of it."""
        return not self.left_out and bool(self.asked or not self.has_date or not self.has_unit)


@dataclass(frozen=True)
class DoubtShown:
    """A doubt with the rows it is about."""

    number: int
    kind: DoubtKind
    about: str
    text: str
    is_settled: bool
    places: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """`units` may be given duties, `printed_names` are those of the plan; `silent` units owe something and have no chat.
    `unmatched` names of a draft are no unit's.

    `changes`: the plan in force that a draft changes, `may_change`: those it may; `editions` have changed this one.
    """

    id: int
    state: PlanState
    number: str
    title: str
    years: Years
    issued: date | None
    signer: str
    put_on: date
    confirmed_on: date | None
    files: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    doubts: tuple[DoubtShown, ...]
    left_out: tuple[RowOut, ...]
    units: tuple[str, ...]
    printed_names: tuple[str, ...]
    held: int = 0
    changes: Named | None = None
    may_change: tuple[Named, ...] = ()
    editions: tuple[Named, ...] = ()
    silent: tuple[str, ...] = ()
    unmatched: tuple[Unknown, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.state is PlanState.DRAFT

    @property
    def kept(self) -> tuple[SheetRow, ...]:
        """The duties that count."""
        return tuple(row for row in self.rows if not row.left_out)

    @property
    def questions(self) -> tuple[DoubtShown, ...]:
        return tuple(each for each in self.doubts if each.kind is not DoubtKind.NOTE)

    @property
    def open_questions(self) -> tuple[DoubtShown, ...]:
        return tuple(each for each in self.questions if not each.is_settled)

    def row(self, place: int) -> SheetRow | None:
        return next((row for row in self.rows if row.place == place), None)


def plan_of(session: Session, agency_id: int, plan_id: int) -> Plan:
    """The agency's plan. NotThere: it has none of that number."""
    plan = session.get(Plan, plan_id)
    if plan is None or plan.agency_id != agency_id:
        raise NotThere
    return plan


def sheet(session: Session, agency_id: int, plan_id: int, today: date, *, with_work: bool = True) -> Sheet:
    """The whole plan, with what is owed and done of it where wanted. NotThere: the agency has none of that number."""
    plan = plan_of(session, agency_id, plan_id)
    is_worked_on = plan.state is PlanState.CONFIRMED and with_work
    duties = duties_of(session, plan_id, left_out=True)
    doubts = tuple(doubts_of(plan, duties)) if plan.state is PlanState.DRAFT else ()
    rows = _rows(session, plan, duties, doubts, today, with_work=is_worked_on)
    base = base_of(session, plan)
    return Sheet(
        id=plan_id,
        state=plan.state,
        number=plan.number or "",
        title=plan.title,
        years=years_of(plan),
        issued=plan.issued,
        signer=plan.signer or "",
        put_on=day_of(plan.created_at),
        confirmed_on=day_of(plan.confirmed_at) if plan.confirmed_at else None,
        files=tuple(file.name for file in files_of(session, plan)),
        rows=rows,
        doubts=_doubts(doubts),
        left_out=tuple(row for row in rows_left_out(plan) if not row.taken),
        units=tuple(unit.name for unit in living_units(session, agency_id, today)),
        printed_names=tuple(dict.fromkeys(name for row in rows for name in (*row.leads, *row.partners))),
        held=len(held_items(session, agency_id, plan_id)) if is_worked_on else 0,
        changes=named(base) if base and plan.state is PlanState.DRAFT else None,
        may_change=tuple(named(each) for each in maybe_bases(session, plan))
        if plan.state is PlanState.DRAFT
        else (),
        editions=tuple(
            named(each)
            for each in session.exec(
                select(Plan).where(Plan.edition_of_id == plan.id, Plan.state == PlanState.MERGED)
            )
        ),
        silent=_silent(session, plan, rows, today),
        unmatched=tuple(unknown_names(session, plan, session.get_one(Agency, agency_id), today))
        if plan.state is PlanState.DRAFT
        else (),
    )


def _silent(session: Session, plan: Plan, rows: Sequence[SheetRow], today: date) -> tuple[str, ...]:
    owing = {share.unit for row in rows for share in row.shares}
    return tuple(
        unit.name for unit in units_without_chat(session, plan.agency_id, today) if unit.name in owing
    )


def _rows(
    session: Session,
    plan: Plan,
    duties: Sequence[Duty],
    doubts: Sequence[KeptDoubt],
    today: date,
    *,
    with_work: bool,
) -> tuple[SheetRow, ...]:
    named_units = _named(session, plan)
    lacking = {each.duty.id: each for each in unwatched_of(session, plan, today)}
    events = _events(session, plan)
    milestones = milestones_by_duty(session, plan.agency_id)
    shares = _shares(session, plan, today) if with_work else {}
    asked = [each for each in doubts if each.is_open and each.kind is not DoubtKind.NOTE]
    has_units = bool(living_units(session, plan.agency_id, today))
    names, into = names_of(duties), goes_on_in(plan)
    found = []
    for duty in duties:
        duty_id, deadline = duty.id or 0, deadline_of(duty)
        lacks, units = lacking.get(duty_id), named_units.get(duty_id, ())
        found.append(
            SheetRow(
                id=duty_id,
                place=duty.position,
                code=duty.code,
                heading=duty.heading,
                content=duty.content,
                leads=tuple(each.printed for each in units if each.role is Role.LEAD),
                partners=tuple(each.printed for each in units if each.role is Role.PARTNER),
                phrase=duty.phrase,
                says=duty.says,
                where=where_of(duty.place),
                printed=tuple(duty.printed),
                kind=duty.kind,
                meant=_meant(duty, deadline),
                event=deadline.event,
                waits_for_event=waits_for_event(deadline),
                days=tuple(due.last_day for due in deadline.due),
                events=tuple(events.get(duty_id, ())),
                milestones=tuple(milestones.get(duty_id, {}).items()),
                has_date=lacks is None or lacks.has_date,
                has_unit=lacks is None or lacks.has_unit or (not has_units and bool(units)),
                needs_evidence=duty.needs_evidence,
                left_out=duty.left_out,
                went_into=names.get(into.get(duty.position, 0), ""),
                holds=tuple(names[place] for place, end in into.items() if end == duty.position),
                asked=tuple(each.number for each in asked if duty.position in each.rows),
                shares=tuple(shares.get(duty_id, ())),
            )
        )
    return tuple(found)


def _meant(duty: Duty, deadline: Deadline) -> str:
    return "" if deadline.phrase == duty.phrase else deadline.phrase


def _named(session: Session, plan: Plan) -> Mapping[int, Sequence[DutyUnit]]:
    found: dict[int, list[DutyUnit]] = {}
    query = select(DutyUnit).join(Duty, col(DutyUnit.duty_id) == Duty.id).where(Duty.plan_id == plan.id)
    for each in session.exec(query.order_by(col(DutyUnit.id))):
        found.setdefault(each.duty_id, []).append(each)
    return found


def _events(session: Session, plan: Plan) -> Mapping[int, Sequence[date]]:
    found: dict[int, list[date]] = {}
    query = select(DutyEvent).join(Duty, col(DutyEvent.duty_id) == Duty.id)
    query = query.where(Duty.plan_id == plan.id, col(DutyEvent.withdrawn_at).is_(None))
    for each in session.exec(query.order_by(col(DutyEvent.day))):
        found.setdefault(each.duty_id, []).append(each.day)
    return found


def _doubts(doubts: Iterable[KeptDoubt]) -> tuple[DoubtShown, ...]:
    return tuple(
        DoubtShown(each.number, each.kind, each.about, each.text, each.is_settled, each.rows)
        for each in doubts
        if not each.is_gone
    )


def _shares(session: Session, plan: Plan, today: date) -> Mapping[int, Sequence[Share]]:
    """What each unit owes of each duty, as it stands today."""
    office = office_of(session, session.get_one(Agency, plan.agency_id), today)
    ids = set(
        session.exec(
            select(Obligation.id)
            .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
            .join(Duty, col(Occurrence.duty_id) == Duty.id)
            .where(Duty.plan_id == plan.id, col(Obligation.withdrawn_at).is_(None))
        )
    )
    facts: dict[tuple[int, str], list[Fact]] = {}
    ledger = ledger_of(session, plan.agency_id, {each for each in ids if each is not None})
    for fact in facts_on(ledger, office, today):
        facts.setdefault((fact.duty_id, fact.unit), []).append(fact)
    found: dict[int, list[Share]] = {}
    for (duty_id, unit), mine in facts.items():
        found.setdefault(duty_id, []).append(_share(unit, mine))
    return found


def _share(unit: str, facts: Sequence[Fact]) -> Share:
    values = [fact.value for fact in facts if not fact.not_applicable and not fact.ongoing]
    return Share(
        unit,
        done=values.count(Value.ON_TIME),
        late=values.count(Value.LATE),
        open=values.count(Value.OPEN),
        overdue=values.count(Value.OVERDUE),
        reported=sum(fact.ongoing and fact.reported for fact in facts),
    )
