"""What a duty's page tells: its wording, and how each unit's part of each kỳ hạn stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.entries import entries_of
from bot.pages.desk import NotThere
from bot.pages.duty.history import Event, dues_of, history_of
from bot.pages.hues import HUES
from bot.pages.paging import Paged, page_of
from bot.pages.places import places_of
from data.obligations import Item, Office, standings_of
from data.offices import office_of
from data.people import chats_of_unit, living_units
from data.plans import units_of_duty
from data.tables import (
    Agency,
    Duty,
    DutyEvent,
    Milestone,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
    Unit,
)
from duties.plan import DutyKind, Role, Source
from duties.progress import Standing, value_on
from duties.windows import window_of_key
from duties.wording.dates import day, period_name
from duties.wording.entries import Entry, shortened, spoken
from duties.wording.letters import channel_name
from duties.wording.phrases import capitalised, uncapitalised
from duties.workdays import day_of


@dataclass(frozen=True)
class Asked:
    """What the page's address asks for: a unit, a kỳ hạn, one piece of work by its code, and the page of the list."""

    unit_id: int = 0
    occurrence_id: int = 0
    code: str = ""
    page: int = 1


@dataclass(frozen=True)
class Named:
    """A name as printed, with the bullets that are its own; `known` is today's name where that differs."""

    printed: str
    known: str
    role: Role
    bullets: tuple[int, ...]


@dataclass(frozen=True)
class Wording:
    """The duty as its plan has it, and as it was understood."""

    duty_id: int
    title: str
    code: str
    content: str
    heading: str
    kind: DutyKind
    receiver: str
    phrase: str
    says: str
    set_to: str
    forms: tuple[str, ...]
    deliverables: tuple[str, ...]
    notes: str
    place: str
    needs_evidence: bool
    left_out: bool
    plan_id: int
    plan: str
    plan_state: PlanState
    units: tuple[Named, ...]
    events: tuple[str, ...]
    milestones: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One unit's part of one kỳ hạn, as it stands today."""

    obligation_id: int
    occurrence_id: int
    unit_id: int
    unit: str
    code: str
    occasion: str
    due: date | None
    first_due: date | None
    done_on: date | None
    state: str
    hue: str
    is_open: bool

    @property
    def order(self) -> tuple[bool, date, int]:
        """What is open and due first comes first."""
        return (not self.is_open, self.due or date.max, self.obligation_id)


@dataclass(frozen=True)
class Chosen:
    """The part that is shown in full; `told_at`: the chats where its unit hears of it. `dues`: every due date it had.

    `others`: the units that it may be given to.
    """

    part: Part
    entry: Entry
    is_accepted: bool
    dues: tuple[str, ...]
    told_at: tuple[str, ...]
    next_on: date | None
    snoozed_until: date | None
    pieces: tuple[str, ...]
    others: tuple[str, ...]
    history: tuple[Event, ...]


@dataclass(frozen=True)
class DutyShown:
    """The page; `parts` are those that the filters leave; `units`, `occasions`: all to choose from."""

    wording: Wording
    parts: Paged[Part]
    units: tuple[tuple[int, str], ...]
    occasions: tuple[tuple[int, str], ...]
    chosen: Chosen | None
    today: date


def duty_shown(
    session: Session,
    agency_id: int,
    duty_id: int,
    asked: Asked,
    now: datetime,
    readers_units: Sequence[int] | None,
) -> DutyShown:
    """`readers_units`: of a unit's reader, who sees its own parts alone. NotThere: no such duty, or none of it is theirs."""
    duty = session.get(Duty, duty_id)
    if duty is None or duty.agency_id != agency_id:
        raise NotThere
    items = _items(session, duty, readers_units)
    if readers_units is not None and not items:
        raise NotThere
    office = office_of(session, session.get_one(Agency, agency_id), day_of(now))
    states = standings_of(session, items)
    every = [_part(each, state, office, day_of(now)) for each, state in zip(items, states, strict=True)]
    kept = [part for part in every if _is_asked_for(part, asked)]
    first = _chosen(kept, every, asked)
    chosen = next((each for each in items if first is not None and each.id == first.obligation_id), None)
    return DutyShown(
        _wording(session, duty),
        page_of(kept, asked.page),
        tuple(sorted({(part.unit_id, part.unit) for part in every}, key=lambda each: each[1])),
        tuple(dict.fromkeys((part.occurrence_id, part.occasion) for part in every)),
        _in_full(session, chosen, first, office, day_of(now), readers_units) if chosen and first else None,
        day_of(now),
    )


def _items(session: Session, duty: Duty, readers_units: Sequence[int] | None) -> list[Item]:
    """What was withdrawn too: its history stays."""
    query = (
        select(Obligation, Occurrence, Unit)
        .join(Occurrence, col(Obligation.occurrence_id) == Occurrence.id)
        .join(Unit, col(Obligation.unit_id) == Unit.id)
        .where(Occurrence.duty_id == duty.id)
    )
    if readers_units is not None:
        query = query.where(col(Obligation.unit_id).in_(readers_units))
    found = [Item(owed, occurrence, duty, unit) for owed, occurrence, unit in session.exec(query)]
    return sorted(found, key=_in_time)


def _in_time(item: Item) -> tuple[str, str, int]:
    occurrence = item.occurrence
    when = occurrence.last_day or occurrence.period_end
    return (when.isoformat() if when else occurrence.period_key, item.unit.name, item.id)


def _is_asked_for(part: Part, asked: Asked) -> bool:
    return asked.unit_id in (0, part.unit_id) and asked.occurrence_id in (0, part.occurrence_id)


def _chosen(kept: Sequence[Part], every: Sequence[Part], asked: Asked) -> Part | None:
    """The one that is asked for by its code; else of those shown the most pressing. NotThere: no such code here."""
    if asked.code:
        found = next((part for part in every if asked.code in (part.code, str(part.obligation_id))), None)
        if found is None:
            raise NotThere
        return found
    return min(kept, key=lambda part: part.order, default=None)


def _part(item: Item, state: Standing, office: Office, today: date) -> Part:
    words, hue = _state(item, state, office, today)
    return Part(
        item.id,
        item.occurrence.id or 0,
        item.unit.id or 0,
        item.unit.name,
        item.obligation.short_code,
        _occasion(item),
        state.due,
        state.first_due,
        state.done_on,
        words,
        hue,
        item.obligation.is_open and item.obligation.withdrawn_at is None,
    )


def _occasion(item: Item) -> str:
    """“quý II”, “kỳ báo cáo 6 tháng …”, else the day it was due first."""
    occurrence, period = item.occurrence, item.period
    if occurrence.window:
        return f"Kỳ báo cáo {uncapitalised(window_of_key(occurrence.window).name)}"
    name = period_name(period) if period else ""
    if name and period:
        return f"{capitalised(name)} năm {period.end.year}"
    return f"Hạn {day(occurrence.last_day)}" if occurrence.last_day else "Chưa có hạn"


def _state(item: Item, state: Standing, office: Office, today: date) -> tuple[str, str]:
    """In words and as a hue, by the rule that every count uses."""
    if item.obligation.withdrawn_at is not None:
        return "đã rút, không phải thực hiện", ""
    if state.moved_to is not None:
        return "đã chuyển đơn vị khác", ""
    if state.not_applicable:
        return "không áp dụng", ""
    if item.obligation.held:
        return "tạm giữ, chờ Văn phòng quyết định", "late"
    value = value_on(
        state,
        today,
        office.calendar,
        stated=item.occurrence.stated,
        lenient=office.lenient,
        at=item.occurrence.at,
    )
    if value is not None:
        return value.label, HUES[value]
    return (
        ("thường xuyên: đã báo cáo", "on-time")
        if state.is_reported
        else ("thường xuyên: chưa báo cáo", "open")
    )


def _in_full(
    session: Session,
    item: Item,
    part: Part,
    office: Office,
    today: date,
    readers_units: Sequence[int] | None,
) -> Chosen:
    [entry], owed = entries_of(session, [item], office), item.obligation
    [state] = standings_of(session, [item])
    forms = item.duty.forms or item.duty.deliverables
    return Chosen(
        part,
        entry,
        state.accepted,
        dues_of(session, item),
        tuple(_told_at(session, item.unit)),
        owed.next_rung_on if owed.is_open and owed.withdrawn_at is None else None,
        owed.snoozed_until,
        tuple(forms[n - 1] for n in owed.bullets if 0 < n <= len(forms)),
        _others(session, item, today) if readers_units is None else (),
        history_of(session, item, readers_units),
    )


def _others(session: Session, item: Item, today: date) -> tuple[str, ...]:
    living = living_units(session, item.obligation.agency_id, today)
    return tuple(sorted(unit.name for unit in living if unit.id != item.unit.id))


def _told_at(session: Session, unit: Unit) -> list[str]:
    chats = chats_of_unit(session, unit.id or 0)
    places = places_of(session, chats)
    return [f"{places[chat.id or 0].name} ({channel_name(chat.channel)})" for chat in chats]


def _wording(session: Session, duty: Duty) -> Wording:
    plan = session.get_one(Plan, duty.plan_id)
    meant = str(duty.deadline.get("phrase", ""))
    return Wording(
        duty.id or 0,
        spoken(duty.code, duty.content, 90, kind=duty.kind, receiver=duty.receiver),
        duty.code,
        duty.content,
        duty.heading,
        duty.kind,
        duty.receiver,
        duty.phrase,
        duty.says,
        "" if meant == duty.phrase else meant,
        tuple(duty.forms),
        tuple(duty.deliverables),
        duty.notes,
        _where(duty.place),
        duty.needs_evidence,
        duty.left_out,
        plan.id or 0,
        f"{plan.number} - {shortened(plan.title, 90)}" if plan.number else shortened(plan.title),
        plan.state,
        tuple(_named(session, duty.id or 0)),
        tuple(_events(session, duty.id or 0)),
        tuple(_milestones(session, duty.id or 0)),
    )


def _named(session: Session, duty_id: int) -> list[Named]:
    named = []
    for row in units_of_duty(session, duty_id):
        unit = session.get(Unit, row.unit_id) if row.unit_id else None
        known = unit.name if unit and unit.name != row.printed else ""
        named.append(Named(row.printed, known, row.role, tuple(row.bullets)))
    return named


def _events(session: Session, duty_id: int) -> list[str]:
    query = select(DutyEvent).where(DutyEvent.duty_id == duty_id, col(DutyEvent.withdrawn_at).is_(None))
    return [day(row.day) for row in session.exec(query.order_by(col(DutyEvent.day)))]


def _milestones(session: Session, duty_id: int) -> list[str]:
    query = select(Milestone).where(Milestone.duty_id == duty_id, col(Milestone.withdrawn_at).is_(None))
    rows = session.exec(query.order_by(col(Milestone.day)))
    return [f"{day(row.day)}{f': {row.about}' if row.about else ''}" for row in rows]


def _where(place: str) -> str:
    """“bảng 1, dòng 12” of the key “sheet/page/table/row#position”."""
    parts = place.partition("#")[0].rsplit("/", 3)
    if len(parts) != 4 or not parts[3].isdigit():
        return ""
    sheet, page, table, row = parts
    return str(Source(int(row), _number(table), _number(page), sheet or None))


def _number(words: str) -> int | None:
    return int(words) if words.isdigit() else None
