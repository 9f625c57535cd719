"""The calendar of a year, the report windows, how reminders go out, and milestones: read from the database as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlmodel import Session, col, select

from bot.commands.office_calendar import special_days
from data.milestones import milestones_by_duty
from data.offices import calendar_of, policy_of, windows_of
from data.pauses import is_paused
from data.plans import confirmed_plans
from data.tables import Agency, Duty, Plan, PlanState
from duties.nudging import Policy
from duties.windows import Window, WindowRules, report_windows
from duties.wording.calendar import SpecialDay

SWAPPED = ("hoán đổi", "thay cho", "làm bù")


class Origin(Enum):
    """Where it comes from that a day is not what its weekday says."""

    LAW = "theo luật"
    ANNOUNCED = "theo thông báo hoán đổi"
    OFFICE = "Văn phòng ghi"


@dataclass(frozen=True)
class Year:
    """The days of a year that are not ordinary, and how days off count."""

    number: int
    days: tuple[SpecialDay, ...]
    is_announced: bool
    lenient: bool
    culture_day_off: bool


@dataclass(frozen=True)
class Reports:
    """The report windows of a year under the rules in force."""

    rules: WindowRules
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class PlanNamed:
    """A plan in force; `number` is what it is called by in words, "" for one that has none."""

    id: int
    number: str
    title: str
    differs: bool


@dataclass(frozen=True)
class Reminding:
    """How reminders go out for the office, or for `plan`; `usual` is what holds where nothing else was set."""

    policy: Policy
    usual: Policy
    plan: PlanNamed | None
    plans: tuple[PlanNamed, ...]
    paused_until: date | None = None
    is_paused: bool = False


@dataclass(frozen=True)
class MilestoneSet:
    """A day on which a duty’s units are asked how it goes."""

    duty_id: int
    code: str
    content: str
    day: date
    about: str


def origin_of(special: SpecialDay) -> Origin:
    """The office's own word, the State's announcement of swaps, or the law (Bộ luật Lao động 2019, Điều 112)."""
    if special.at is not None:
        return Origin.OFFICE
    is_swap = not special.is_off or any(word in special.name.lower() for word in SWAPPED)
    return Origin.ANNOUNCED if is_swap else Origin.LAW


def year_of(session: Session, agency_id: int, number: int) -> Year:
    agency = session.get_one(Agency, agency_id)
    return Year(
        number,
        tuple(special_days(session, agency, number)),
        calendar_of(session, agency, [number]).is_announced(number),
        agency.lenient,
        bool(agency.settings.get("culture_day_off", True)),
    )


def reports_of(session: Session, agency_id: int, year: int) -> Reports:
    rules = windows_of(session.get_one(Agency, agency_id))
    return Reports(rules, report_windows(year, rules))


def reminding(session: Session, agency_id: int, number: str, now: datetime) -> Reminding:
    """Of the plan of that number, if it is one in force; else of the whole office."""
    agency = session.get_one(Agency, agency_id)
    rows = confirmed_plans(session, agency_id)
    plans = tuple(_named(row) for row in rows)
    plan = next((each for each in plans if number and each.number == number), None)
    own = next((row.settings.get("policy") for row in rows if plan and row.id == plan.id), None)
    paused = is_paused(agency, now)
    return Reminding(
        policy_of(agency, own),
        policy_of(agency) if plan else Policy(),
        plan,
        plans,
        agency.paused_until if paused else None,
        paused,
    )


def _named(plan: Plan) -> PlanNamed:
    return PlanNamed(plan.id or 0, plan.number or "", plan.title, bool(plan.settings.get("policy")))


def milestones_of(session: Session, agency_id: int) -> tuple[MilestoneSet, ...]:
    """Those of the plans in force, by their day."""
    set_days = milestones_by_duty(session, agency_id)
    query = (
        select(Duty)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(col(Duty.id).in_(list(set_days)), Plan.state == PlanState.CONFIRMED)
    )
    found = [
        MilestoneSet(duty.id or 0, duty.code, duty.content, day, about)
        for duty in session.exec(query)
        for day, about in set_days[duty.id or 0].items()
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.duty_id)))
