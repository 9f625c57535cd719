"""What the overview and its lists read: the window once, then a handful of questions about what is shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from bot.pages.desk import NotThere
from bot.pages.overview.picks import Known
from bot.pages.overview.view import View
from data.facts import Ledger
from data.obligations import Office
from data.offices import office_of, windows_of
from data.people import living_units
from data.plans import confirmed_plans, headings
from data.questions import held_ids, open_ids, waiting_ids
from data.summaries import reading_of
from data.tables import Agency, Answer, Chat, ChatUnit, Evidence, Obligation, Plan, PlanState, Unit
from duties.facts import Scope
from duties.progress import Said
from duties.windows import WindowRules
from duties.workdays import day_of


@dataclass(frozen=True)
class House:
    """What an overview may be narrowed to: units and plans with their numbers, headings; names for those it is.

    `living` are today's units, which work may be given to; `rules` say which windows there are.
    """

    units: tuple[tuple[int, str], ...]
    plans: tuple[tuple[int, str, str], ...]
    groups: tuple[str, ...]
    living: tuple[str, ...]
    rules: WindowRules

    def unit(self, unit_id: int) -> str:
        return next((name for id, name in self.units if id == unit_id), "")

    def plan(self, plan_id: int) -> str:
        """“Kế hoạch 485/KH-STTTT”, or its title where it has no number."""
        return next((number or title for id, number, title in self.plans if id == plan_id), "")

    def plan_number(self, plan_id: int) -> str:
        return next((number for id, number, _ in self.plans if id == plan_id), "")


@dataclass(frozen=True)
class Read:
    """An agency's window, or a part of it, as it was read at one moment."""

    agency: Agency
    office: Office
    known: Known
    ledger: Ledger


@dataclass(frozen=True)
class Spoken:
    """The newest thing a unit said of an obligation."""

    on: date
    kind: Said
    text: str
    links: int = 0
    wanted_due: date | None = None
    claimed_on: date | None = None
    sender: str = ""
    files: int = 0


def scope_of(view: View) -> Scope:
    return Scope(
        unit_ids=frozenset({view.unit_id}) if view.unit_id else None,
        plan_ids=frozenset({view.plan_id}) if view.plan_id else None,
        group=view.group,
    )


def house_of(session: Session, agency_id: int, today: date) -> House:
    """Units that owe or owed something, plans in force and their headings, in their own order."""
    owing = select(Obligation.unit_id).where(Obligation.agency_id == agency_id).distinct()
    units = columns(col(Unit.id), col(Unit.name)).where(
        col(Unit.agency_id) == agency_id, col(Unit.id).in_(owing)
    )
    return House(
        tuple((id, name) for id, name in session.execute(units.order_by(col(Unit.id)))),
        tuple((plan.id or 0, plan.number or "", plan.title) for plan in confirmed_plans(session, agency_id)),
        tuple(sorted({heading for heading in headings(session, agency_id) if heading})),
        tuple(sorted(unit.name for unit in living_units(session, agency_id, today))),
        windows_of(session.get_one(Agency, agency_id)),
    )


def check_part(house: House, view: View) -> None:
    """NotThere where the address names a unit, a plan or a heading that is not of this agency."""
    if view.unit_id and not house.unit(view.unit_id):
        raise NotThere
    if view.plan_id and view.plan_id not in {id for id, _, _ in house.plans}:
        raise NotThere
    if view.group and view.group not in house.groups:
        raise NotThere


def read(session: Session, agency_id: int, view: View, today: date) -> Read:
    """The window and today, once."""
    agency = session.get_one(Agency, agency_id)
    office = office_of(session, agency, today)
    waiting, held = waiting_ids(session, agency_id), held_ids(session, agency_id)
    wanted = {*waiting, *held, *open_ids(session, agency_id)}
    found = reading_of(session, agency, office, view.window, today, scope_of(view), wanted)
    known = Known(found.summary, found.present, today, waiting, frozenset(held))
    return Read(agency, office, known, found.ledger)


def channels_of(session: Session, agency_id: int) -> dict[int, str]:
    """The channel on which each unit is told first; a unit that is not in it cannot be reached."""
    query = (
        columns(col(ChatUnit.unit_id), col(Chat.channel))
        .join(Chat, col(ChatUnit.chat_id) == Chat.id)
        .where(col(Chat.agency_id) == agency_id, col(Chat.left_at).is_(None))
        .order_by(col(ChatUnit.place).desc(), col(Chat.linked_at).desc(), col(Chat.id).desc())
    )
    return {row[0]: row[1] for row in session.execute(query)}


def last_spoken(session: Session, agency_id: int, ids: Sequence[int]) -> dict[int, Spoken]:
    """The newest thing said of each of these obligations and not taken back."""
    return _spoken(session, agency_id, ids)


def last_done(session: Session, agency_id: int, ids: Sequence[int]) -> dict[int, Spoken]:
    """By what each of these was reported as done."""
    return _spoken(session, agency_id, ids, col(Answer.kind) == Said.DONE)


def asked_of(session: Session, agency_id: int, ids: Sequence[int]) -> dict[int, Spoken]:
    """The request that each of these waits for an answer to."""
    waiting = select(Obligation.asked_answer_id).where(
        Obligation.agency_id == agency_id, col(Obligation.id).in_(list(ids))
    )
    return _spoken(session, agency_id, ids, col(Answer.id).in_(waiting))


def _spoken(
    session: Session, agency_id: int, ids: Sequence[int], *conditions: ColumnElement[bool]
) -> dict[int, Spoken]:
    if not ids:
        return {}
    newest = (
        columns(func.max(col(Answer.id)))
        .where(
            col(Answer.agency_id) == agency_id,
            col(Answer.obligation_id).in_(list(ids)),
            col(Answer.undone_at).is_(None),
            *conditions,
        )
        .group_by(col(Answer.obligation_id))
    )
    rows = session.exec(select(Answer).where(col(Answer.id).in_(newest))).all()
    files = _files(session, ids)
    return {
        row.obligation_id: Spoken(
            day_of(row.at),
            row.kind,
            row.text,
            len(row.links),
            row.wanted_due,
            row.claimed_on,
            row.sender,
            files.get(row.obligation_id, 0),
        )
        for row in rows
    }


def _files(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = (
        columns(col(Evidence.obligation_id), func.count(col(Evidence.id)))
        .where(col(Evidence.obligation_id).in_(list(ids)), col(Evidence.removed_at).is_(None))
        .group_by(col(Evidence.obligation_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


class Begun(Enum):
    """How far an agency is before there is anything to count."""

    NO_PLAN = auto()
    UNCONFIRMED = auto()
    IN_FORCE = auto()


def begun(session: Session, agency_id: int) -> Begun:
    """Whether a plan is in force, or at least was sent."""
    states = set(session.exec(select(Plan.state).where(Plan.agency_id == agency_id).distinct()))
    if PlanState.CONFIRMED in states:
        return Begun.IN_FORCE
    return Begun.UNCONFIRMED if PlanState.DRAFT in states else Begun.NO_PLAN
