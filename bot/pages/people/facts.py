"""Who works here, who can be told, and who cannot: what the pages of the units show, read from the database."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from bot.pages.people.chats import ChatSeen, chats_by_role, chats_of_units
from data.access_links import invitations_at, opens_elsewhere
from data.chats import outstanding
from data.collectives import is_one_of, named_by_office
from data.offices import office_of
from data.people import ZALO_NAMES, lives_on
from data.tables import (
    Agency,
    ChatRole,
    Duty,
    DutyUnit,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
    Unit,
    UnitAlias,
)
from data.unit_changes import changes_of
from duties.plan import UnitKind
from duties.spelling import fold
from duties.unit_changes import ChangeKind
from duties.units import is_collective
from duties.workdays import day_of
from scheduler.unit_changes import unit_names


@dataclass(frozen=True)
class CodeOut:
    """An invitation that may still be used."""

    unit_id: int | None
    role: ChatRole
    until: date


@dataclass(frozen=True)
class UnitSeen:
    """A unit on a day; `ended` names the day it ended, `successor` who goes on with its work."""

    id: int
    name: str
    kind: UnitKind
    since: date | None = None
    ended: date | None = None
    successor: str = ""
    aliases: tuple[str, ...] = ()
    chats: tuple[ChatSeen, ...] = ()
    lost: tuple[ChatSeen, ...] = ()
    codes: tuple[date, ...] = ()
    open: int = 0
    overdue: int = 0

    @property
    def is_reached(self) -> bool:
        return bool(self.chats)


@dataclass(frozen=True)
class Meant:
    """A name for several units, and whom it means; `is_named`: the office has said so by name."""

    name: str
    units: tuple[str, ...]
    is_named: bool


@dataclass(frozen=True)
class Changed:
    """A change of units that waits for its day or is done."""

    number: int
    kind: ChangeKind
    on: date
    units: tuple[str, ...]
    names: tuple[str, ...]
    is_done: bool
    unit_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Doors:
    """Where an invited unit may come in; "" or nothing where that way is not open.

    `is_for_all`: the pages open from other machines than our own.
    """

    agency: str = ""
    web: str = ""
    is_for_all: bool = False
    telegram: str = ""
    zalo: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Everybody of an agency on a day; units that nobody reaches come first."""

    units: tuple[UnitSeen, ...]
    ended: tuple[UnitSeen, ...]
    roles: Mapping[ChatRole, tuple[ChatSeen, ...]] = field(default_factory=dict)
    codes: tuple[CodeOut, ...] = ()
    meant: tuple[Meant, ...] = ()
    changes: tuple[Changed, ...] = ()


def roster(session: Session, agency_id: int, today: date, now: datetime) -> Roster:
    """All of it."""
    rows = session.exec(select(Unit).where(Unit.agency_id == agency_id).order_by(col(Unit.id))).all()
    seen = [
        unit for unit in _units(session, agency_id, rows, today, now) if unit.kind is not UnitKind.OUTSIDE
    ]
    living = set(session.exec(select(Unit.id).where(lives_on(agency_id, today))).all())
    here = [unit for unit in seen if unit.id in living]
    return Roster(
        units=tuple(sorted(here, key=lambda unit: unit.is_reached)),
        ended=tuple(unit for unit in seen if unit.id not in living and unit.ended != date.min),
        roles=chats_by_role(session, agency_id),
        codes=_codes(session, agency_id, now),
        meant=_meant(session, agency_id, today),
        changes=changes_seen(session, agency_id),
    )


def unit_seen(session: Session, agency_id: int, unit_id: int, today: date, now: datetime) -> UnitSeen | None:
    """One unit; None where this agency has none of that number."""
    row = session.get(Unit, unit_id)
    if row is None or row.agency_id != agency_id or row.valid_to == date.min:
        return None
    return _units(session, agency_id, [row], today, now)[0]


def names_living(session: Session, agency_id: int, today: date) -> tuple[str, ...]:
    """Of the units that work goes to."""
    return tuple(session.exec(select(Unit.name).where(lives_on(agency_id, today)).order_by(col(Unit.id))))


def doors(session: Session, agency_id: int) -> Doors:
    agency = session.get_one(Agency, agency_id)
    said = agency.settings
    return Doors(
        agency.name,
        invitations_at(agency),
        opens_elsewhere(agency),
        str(said.get("telegram_link", "")),
        tuple(sorted(set(said.get(ZALO_NAMES, {}).values()))),
    )


def _units(
    session: Session, agency_id: int, rows: Sequence[Unit], today: date, now: datetime
) -> list[UnitSeen]:
    ids = [row.id or 0 for row in rows]
    aliases, chats = _aliases(session, ids), chats_of_units(session, agency_id, ids)
    owed, late = _open(session, agency_id, ids), _overdue(session, agency_id, ids, today)
    names = dict(session.exec(select(Unit.id, Unit.name).where(Unit.agency_id == agency_id)).all())
    codes = _codes(session, agency_id, now)
    return [
        UnitSeen(
            id=row.id or 0,
            name=row.name,
            kind=row.kind,
            since=row.valid_from,
            ended=row.valid_to,
            successor=names.get(row.successor_id, ""),
            aliases=tuple(aliases[row.id or 0]),
            chats=tuple(chat for chat in chats[row.id or 0] if chat.lost_on is None),
            lost=tuple(chat for chat in chats[row.id or 0] if chat.lost_on is not None),
            codes=tuple(code.until for code in codes if code.unit_id == row.id),
            open=owed[row.id or 0],
            overdue=late[row.id or 0],
        )
        for row in rows
    ]


def _aliases(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(UnitAlias).where(col(UnitAlias.unit_id).in_(ids)).order_by(col(UnitAlias.id))
    for row in session.exec(query):
        found[row.unit_id].append(row.alias)
    return found


def _open(session: Session, agency_id: int, ids: Sequence[int]) -> Counter[int]:
    query = (
        select(Obligation.unit_id, func.count(col(Obligation.id)))
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*_owed(agency_id, ids))
        .group_by(col(Obligation.unit_id))
    )
    return Counter(dict(session.exec(query).all()))


def _overdue(session: Session, agency_id: int, ids: Sequence[int], today: date) -> Counter[int]:
    """Only what is past its due date is looked at closely: a day off may still be given."""
    query = (
        select(Obligation, Occurrence)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Duty, col(Occurrence.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(*_owed(agency_id, ids), ~col(Obligation.held), col(Obligation.due) < today)
    )
    office = office_of(session, session.get_one(Agency, agency_id), today)
    return Counter(
        owed.unit_id
        for owed, occurrence in session.exec(query)
        if owed.due and office.still_on_time(owed.due, occurrence.last_day, occurrence.stated) < today
    )


def _owed(agency_id: int, ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """What units still have to do of the plans in force."""
    return (
        col(Obligation.agency_id) == agency_id,
        col(Obligation.unit_id).in_(ids),
        col(Obligation.is_open).is_(True),
        col(Obligation.withdrawn_at).is_(None),
        col(Plan.state) == PlanState.CONFIRMED,
    )


def _codes(session: Session, agency_id: int, now: datetime) -> tuple[CodeOut, ...]:
    return tuple(
        CodeOut(code.unit_id, code.role, day_of(code.expires_at))
        for code, _ in outstanding(session, agency_id, now)
    )


def _meant(session: Session, agency_id: int, today: date) -> tuple[Meant, ...]:
    """The collective names that plans in force print, each once, and whom each of them means today."""
    query = (
        select(DutyUnit.printed)
        .join(Duty, col(DutyUnit.duty_id) == Duty.id)
        .join(Plan, col(Duty.plan_id) == Plan.id)
        .where(
            DutyUnit.agency_id == agency_id,
            col(DutyUnit.unit_id).is_(None),
            Plan.state == PlanState.CONFIRMED,
        )
        .group_by(col(DutyUnit.printed))
        .order_by(func.min(Duty.position))
    )
    printed = {fold(name): name for name in session.exec(query) if is_collective(name)}
    agency = session.get_one(Agency, agency_id)
    living = session.exec(select(Unit).where(lives_on(agency_id, today)).order_by(col(Unit.id))).all()
    return tuple(
        Meant(
            name,
            tuple(unit.name for unit in living if is_one_of(agency, name, unit)),
            named_by_office(agency, name) is not None,
        )
        for name in printed.values()
    )


def changes_seen(session: Session, agency_id: int) -> tuple[Changed, ...]:
    """What was confirmed or done, the newest first."""
    return tuple(
        Changed(
            change.id or 0,
            change.kind,
            change.on,
            tuple(unit_names(session, change)),
            tuple(change.names),
            change.done_at is not None,
            tuple(change.unit_ids),
        )
        for change in reversed(changes_of(session, agency_id))
    )
