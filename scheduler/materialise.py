"""Make the occurrences and obligations of the plans in force exist. Run twice, it gives the same rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session, col, select

from data.events import happened
from data.obligations import Item, Office, has_history, settle, settle_all, short_code
from data.once import slices
from data.plans import confirmed_plans, deadline_of, duties_of, years_of
from data.tables import Agency, Duty, Obligation, Occurrence, Plan, Unit
from duties.events import after_events, waits_for_event
from duties.occurrences import PlannedOccurrence, occurrences_of
from duties.windows import window_of_key
from duties.workdays import day_of
from scheduler.made import Held, Made, Owed, OwedBy, columns, made_of

HORIZON = timedelta(days=400)
DUTIES_AT_ONCE = 500


def materialise(session: Session, agency: Agency, office: Office, today: date) -> int:
    """Make what falls due from now until about a year ahead; how many obligations are new.

    What a plan of several years owes later is made when its time comes, for the units living then.
    """
    plans = confirmed_plans(session, agency.id or 0)
    return sum(materialise_plan(session, agency, office, plan, today) for plan in plans)


def materialise_plan(session: Session, agency: Agency, office: Office, plan: Plan, today: date) -> int:
    """The same for one plan."""
    # two makers at once (a confirmation and the tick, two processes) take turns: short codes are given once
    session.refresh(agency, with_for_update=True)
    making = Making(session, agency, office, plan, today, since=confirmed_on(plan, today))
    for some in slices(duties_of(session, plan.id or 0), DUTIES_AT_ONCE):
        making.make(some)
    return len(making.changes.made)


def confirmed_on(plan: Plan, today: date) -> date:
    return day_of(plan.confirmed_at) if plan.confirmed_at else today


def planned_of(session: Session, duty: Duty, plan: Plan, office: Office) -> tuple[PlannedOccurrence, ...]:
    """All that a duty means: by its words, and by the events recorded for it."""
    deadline = deadline_of(duty)
    by_words = occurrences_of(deadline, years_of(plan), office.windows)
    events = happened(session, duty.id or 0) if waits_for_event(deadline) else ()
    return (*by_words, *after_events(deadline, events, office.calendar))


@dataclass
class Changes:
    """What became of obligations: made, come back, or given another date."""

    made: list[Item] = field(default_factory=list)
    moved: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Making:
    """The making of one plan's occurrences and obligations.

    From before `since` no rung is sent, and what was due before it is held until the office says what to do.
    `newcomers` came to lead it on that day: what fell due before is whoever's it was.
    """

    session: Session
    agency: Agency
    office: Office
    plan: Plan
    today: date
    since: date
    changes: Changes = field(default_factory=Changes)
    newcomers: Mapping[int, date] = field(default_factory=dict)

    def make(self, duties: Sequence[Duty]) -> None:
        """Whatever of these duties is not there yet; what is there keeps up with what they mean."""
        there = made_of(self.session, duties)
        owed_by = OwedBy(self.session, self.agency.id or 0, duties, self.today)
        due = [
            (duty, occurrence, begins, owed)
            for duty in duties
            for occurrence, begins in self._occurrences(duty, there)
            for owed in owed_by.units(duty)
            if self._is_theirs(owed, occurrence.last_day)
        ]
        self.session.flush()
        new = [
            self._owe(duty, occurrence.id or 0, begins, owed, there)
            for duty, occurrence, begins, owed in due
            if not there.is_taken(occurrence.id or 0, owed)
        ]
        self.session.flush()
        settle_all(self.session, new, self.office)
        self.changes.made.extend(new)

    def _is_theirs(self, owed: Owed, last_day: date | None) -> bool:
        begins = self.newcomers.get(owed.unit_id, owed.begins)
        return begins is None or last_day is None or last_day >= begins

    def _occurrences(self, duty: Duty, there: Made) -> Iterator[tuple[Occurrence | Held, date]]:
        """Every coming one, as planned now, with the day on which the time for it begins."""
        starts = self.since
        for planned in planned_of(self.session, duty, self.plan, self.office):
            if self.is_coming(planned):
                held = there.occurrence(duty, planned.period_key)
                if held is not None and not held.is_as(planned):
                    self.move(duty, self.session.get_one(Occurrence, held.id), planned, starts)
                yield held or self._new_occurrence(duty, planned), starts_of(planned, starts)
            starts = max(starts, planned.last_day or starts)

    def is_coming(self, planned: PlannedOccurrence) -> bool:
        """A dated one up to the horizon, past ones too (the office is asked about those); a question only while it is one."""
        if planned.window is not None:
            window = window_of_key(planned.window, self.office.windows)
            return self.today <= window.cut_off and window.span.start <= self.today + HORIZON
        return planned.last_day is not None and planned.last_day <= self.today + HORIZON

    def _owe(self, duty: Duty, occurrence_id: int, starts: date, owed: Owed, there: Made) -> Item:
        """An obligation that was not there, or was withdrawn and is meant again; not settled yet."""
        occurrence = self.session.get_one(Occurrence, occurrence_id)
        unit = self.session.get_one(Unit, owed.unit_id)
        if not there.had(occurrence_id, owed.unit_id):
            return Item(self._new_obligation(occurrence, owed, starts), occurrence, duty, unit)
        query = select(Obligation).where(
            Obligation.occurrence_id == occurrence_id, Obligation.unit_id == owed.unit_id
        )
        item = Item(self.session.exec(query).one(), occurrence, duty, unit)
        item.obligation.withdrawn_at = None
        self._date_anew(item, starts)
        return item

    def move(
        self, duty: Duty, occurrence: Occurrence, planned: PlannedOccurrence, after: date | None = None
    ) -> None:
        """Give an occurrence other dates; its obligations keep their codes and all that was said of them."""
        starts = starts_of(planned, after or self.since)
        for name, value in columns(planned).items():
            setattr(occurrence, name, value)
        self.session.add(occurrence)
        rows = select(Obligation, Unit).join(Unit, col(Obligation.unit_id) == Unit.id)
        living = rows.where(Obligation.occurrence_id == occurrence.id, col(Obligation.withdrawn_at).is_(None))
        for obligation, unit in self.session.exec(living.order_by(col(Obligation.id))).all():
            item = Item(obligation, occurrence, duty, unit)
            self._date_anew(item, starts)
            settle(self.session, item, self.office)
            self.changes.moved.append(item)

    def _date_anew(self, item: Item, starts: date) -> None:
        """Rungs of the new date that lie before today are not made up for; what has passed waits for the office."""
        owed, last_day = item.obligation, item.occurrence.last_day
        owed.starts, owed.since = starts, max(owed.since, self.today)
        owed.held = last_day is not None and last_day < self.today and not has_history(self.session, item)

    def _new_occurrence(self, duty: Duty, planned: PlannedOccurrence) -> Occurrence:
        assert duty.id is not None
        occurrence = Occurrence(agency_id=duty.agency_id, duty_id=duty.id, **columns(planned))
        self.session.add(occurrence)
        return occurrence

    def _new_obligation(self, occurrence: Occurrence, owed: Owed, starts: date) -> Obligation:
        assert occurrence.id is not None
        self.agency.codes_given += 1
        row = Obligation(
            agency_id=occurrence.agency_id,
            occurrence_id=occurrence.id,
            unit_id=owed.unit_id,
            short_code=short_code(self.agency.codes_given),
            bullets=list(owed.bullets),
            since=self.since,
            starts=starts,
            held=occurrence.last_day is not None and occurrence.last_day < self.since,
            due=occurrence.last_day,
        )
        self.session.add_all([self.agency, row])
        return row


def starts_of(planned: PlannedOccurrence, after: date) -> date:
    """The day the time for it begins, for the choice of rungs.

    A rhythm whose day lies inside its period (each quarter, before the 15th of its last month) runs as long as
    the period does, from due date to due date; a lone date from the confirmation or the duty's previous due.
    """
    if planned.period is None or planned.last_day is None:
        return planned.period.start if planned.period else after
    return min(planned.period.start, planned.last_day - timedelta(days=planned.period.days - 1))
