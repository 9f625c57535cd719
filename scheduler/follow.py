"""What a duty means changed, or its event happened: its occurrences follow, and nothing that was answered is lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.obligations import Item, Office, has_history, items, settle
from data.plans import confirmed_plans, deadline_of, duties_of
from data.tables import Agency, Duty, Obligation, Occurrence, Plan, PlanState, Unit
from duties.deadline import Deadline, Reading
from duties.occurrences import PlannedOccurrence
from duties.workdays import day_of
from scheduler.made import OwedBy
from scheduler.materialise import Making, confirmed_on, planned_of


@dataclass
class Followed:
    """What became of a duty's obligations; `kept` are no longer meant, but open and answered: the office decides."""

    made: list[Item] = field(default_factory=list)
    moved: list[Item] = field(default_factory=list)
    withdrawn: list[Item] = field(default_factory=list)
    kept: list[Item] = field(default_factory=list)

    @property
    def past(self) -> list[Item]:
        """Those whose new date has passed: held until the office says what to do."""
        return [item for item in (*self.made, *self.moved) if item.obligation.held]

    def add(self, other: "Followed") -> None:
        self.made += other.made
        self.moved += other.moved
        self.withdrawn += other.withdrawn
        self.kept += other.kept


def follow(
    session: Session,
    agency: Agency,
    office: Office,
    duty: Duty,
    now: datetime,
    newcomers: Collection[int] = (),
) -> Followed:
    """Bring the occurrences of a duty in force in line with what it means now; `newcomers` lead it from today on."""
    plan = session.get_one(Plan, duty.plan_id)
    if plan.state is not PlanState.CONFIRMED:
        return Followed()
    session.refresh(agency, with_for_update=True)
    today = day_of(now)
    since, begin = max(confirmed_on(plan, today), today), dict.fromkeys(newcomers, today)
    making = Making(session, agency, office, plan, today, since, newcomers=begin)
    meant = planned_of(session, duty, plan, office)
    gone = _left_over(session, duty, meant)
    for occurrence, planned in _pairs(gone, _new(session, making, duty, meant)):
        making.move(duty, occurrence, planned)
        gone.remove(occurrence)
    followed = Followed()
    for occurrence in gone:
        _take_back(session, office, duty, occurrence, followed, now)
    if not duty.left_out:
        making.make([duty])
    followed.made, followed.moved = making.changes.made, making.changes.moved
    return followed


def follow_all(session: Session, agency: Agency, office: Office, now: datetime) -> Followed:
    """Every duty in force whose dates may shift when the calendar or the report windows change."""
    whole = Followed()
    for plan in confirmed_plans(session, agency.id or 0):
        for duty in duties_of(session, plan.id or 0):
            if _may_shift(deadline_of(duty)):
                whole.add(follow(session, agency, office, duty, now))
    return whole


def follow_units(
    session: Session, agency: Agency, office: Office, gone: Collection[int], now: datetime
) -> Followed:
    """After names came to mean other units: who answers now owes it, and who of `gone` does not any more is freed."""
    followed = Followed()
    for plan in confirmed_plans(session, agency.id or 0):
        duties = duties_of(session, plan.id or 0)
        owed_by = OwedBy(session, agency.id or 0, duties, day_of(now))
        for duty in duties:
            followed.add(follow(session, agency, office, duty, now))
            still = {owed.unit_id for owed in owed_by.units(duty)}
            for item in _owed_by(session, duty, set(gone) - still):
                _free(session, office, item, followed, now)
    return followed


def follow_leads(
    session: Session,
    agency: Agency,
    office: Office,
    duty: Duty,
    before: Collection[int],
    now: datetime,
) -> Followed:
    """After others lead a duty than the units `before`: the new ones owe what is coming, the old ones what had passed."""
    leads = leads_of(session, agency, duty, day_of(now))
    followed = follow(session, agency, office, duty, now, leads - set(before))
    for item in _owed_by(session, duty, set(before) - leads):
        if item.occurrence.last_day is None or item.occurrence.last_day >= day_of(now):
            _free(session, office, item, followed, now)
        elif item.obligation.is_open:
            followed.kept.append(item)
    # that its date moved first is no news of what nobody owes any more
    gone = {item.id for item in followed.withdrawn}
    followed.moved = [item for item in followed.moved if item.id not in gone]
    return followed


def leads_of(session: Session, agency: Agency, duty: Duty, today: date) -> set[int]:
    """The units that answer for a duty."""
    return {owed.unit_id for owed in OwedBy(session, agency.id or 0, [duty], today).units(duty)}


def _owed_by(session: Session, duty: Duty, units: Collection[int | None]) -> list[Item]:
    return items(session, col(Occurrence.duty_id) == duty.id, col(Obligation.unit_id).in_(units))


def _may_shift(deadline: Deadline) -> bool:
    """Dates that are written stay; windows and days counted from an event do not."""
    return not {Reading.ONGOING, Reading.AFTER_EVENT}.isdisjoint((deadline.reading, *deadline.also))


def _left_over(session: Session, duty: Duty, meant: Sequence[PlannedOccurrence]) -> list[Occurrence]:
    """Occurrences that somebody owes and that the duty no longer means, in the order of their dates."""
    keys = {planned.period_key for planned in meant}
    owed = select(Obligation.occurrence_id).where(col(Obligation.withdrawn_at).is_(None))
    rows = session.exec(
        select(Occurrence).where(Occurrence.duty_id == duty.id, col(Occurrence.id).in_(owed))
    ).all()
    left = [row for row in rows if row.period_key not in keys]
    return sorted(left, key=lambda row: (row.last_day or date.max, row.id or 0))


def _new(
    session: Session, making: Making, duty: Duty, meant: Sequence[PlannedOccurrence]
) -> list[PlannedOccurrence]:
    known = set(session.exec(select(Occurrence.period_key).where(Occurrence.duty_id == duty.id)))
    return [planned for planned in meant if planned.period_key not in known and making.is_coming(planned)]


def _pairs(
    gone: Sequence[Occurrence], new: Sequence[PlannedOccurrence]
) -> list[tuple[Occurrence, PlannedOccurrence]]:
    """What falls due on the same day under another name is the same; so, in order, are as many other dates as before."""
    by_day = {row.last_day: row for row in gone if row.last_day}
    same = [(by_day.pop(planned.last_day), planned) for planned in new if planned.last_day in by_day]
    rows = [row for row in gone if row not in [one for one, _ in same]]
    others = [planned for planned in new if planned not in [one for _, one in same]]
    all_dated = all(row.last_day for row in rows) and all(planned.last_day for planned in others)
    in_order = zip(rows, others, strict=True) if len(rows) == len(others) and all_dated else ()
    return [*same, *in_order]


def _take_back(
    session: Session, office: Office, duty: Duty, occurrence: Occurrence, followed: Followed, now: datetime
) -> None:
    """Withdraw what nobody answered; what was answered stays, and if it is open the office is told."""
    rows = select(Obligation, Unit).join(Unit, col(Obligation.unit_id) == Unit.id)
    mine = rows.where(Obligation.occurrence_id == occurrence.id, col(Obligation.withdrawn_at).is_(None))
    for obligation, unit in session.exec(mine.order_by(col(Obligation.id))).all():
        _free(session, office, Item(obligation, occurrence, duty, unit), followed, now)
    session.flush()


def _free(session: Session, office: Office, item: Item, followed: Followed, now: datetime) -> None:
    if not has_history(session, item):
        item.obligation.withdrawn_at = now
        settle(session, item, office)
        followed.withdrawn.append(item)
    elif item.obligation.is_open:
        followed.kept.append(item)
