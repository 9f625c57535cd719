"""A town in a database: a Sở whose units answer, and many more units that are only written to, all on one bot."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from data.engine import migrate, open_engine, transaction
from data.offices import office_of
from data.people import Place
from data.plans import SourceFile, confirm, put_draft
from data.tables import Agency, Chat, ChatRole, ChatUnit, Obligation, Unit
from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.plan import DraftDuty, DraftPlan, PlanHead, Source, UnitKind
from duties.workdays import HANOI, day_of
from scheduler.materialise import materialise

# ten working days before the last day of the second quarter: the day's first letters tell of it
MORNING = datetime(2026, 6, 16, 8, tzinfo=HANOI)
CONFIRMED = datetime(2026, 3, 31, 16, 45, tzinfo=HANOI)
QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))
TOLD_TODAY = 3
ALL_UNITS = "Các phòng"


@dataclass(frozen=True)
class Addresses:
    """Telegram's numbers of whoever has a chat here."""

    units: Sequence[str]
    offices: Sequence[str]
    neighbours: Sequence[str]
    neighbours_office: str


@dataclass(frozen=True)
class Size:
    """How much every unit of the Sở owes; of it some falls due at the end of the quarter, the rest later."""

    duties: int


def build(url: str, bot: str, addresses: Addresses, size: Size) -> dict[str, list[str]]:
    """Fill an empty database; the short codes of what each unit owes, by its address."""
    engine = open_engine(url)
    migrate(engine)
    with transaction(engine) as session:
        ours = _agency(session, "Sở Thông tin và Truyền thông", "STTTT")
        _people(session, ours, bot, addresses.units, addresses.offices)
        _plan(session, ours, [_due(n) for n in range(size.duties)])
        owed = _codes(session, ours)
        theirs = _agency(session, "Sở Giáo dục và Đào tạo", "SGDĐT")
        _people(session, theirs, bot, addresses.neighbours, [addresses.neighbours_office])
        _plan(session, theirs, [_due(0)])
    engine.dispose()
    return owed


def _due(number: int) -> Deadline:
    if number < TOLD_TODAY:
        return _once(QUARTER.end, QUARTER)
    return _once(QUARTER.end + timedelta(days=20 + number), None)


def _once(day: date, period: Period | None) -> Deadline:
    return Deadline(f"{day:%d/%m/%Y}", Reading.DATED, says="", due=(Due(day, day, period=period),))


def _agency(session: Session, name: str, code: str) -> Agency:
    agency = Agency(name=name, code=code, created_at=CONFIRMED)
    session.add(agency)
    session.flush()
    return agency


def _people(session: Session, agency: Agency, bot: str, units: Sequence[str], offices: Sequence[str]) -> None:
    """A unit for each address, with its chat; and the office's chats."""
    own = agency.id or 0
    names = [f"Phòng Chuyên môn số {n}" for n in range(1, len(units) + 1)]
    rows = [Unit(agency_id=own, name=name, name_key=name.lower(), kind=UnitKind.DEPARTMENT) for name in names]
    chats = [_chat(own, bot, address, ChatRole.UNIT) for address in units]
    session.add_all([*rows, *chats, *(_chat(own, bot, address, ChatRole.OFFICE) for address in offices)])
    session.flush()
    session.add_all(
        ChatUnit(chat_id=chat.id or 0, unit_id=unit.id or 0) for chat, unit in zip(chats, rows, strict=True)
    )


def _chat(agency_id: int, bot: str, address: str, role: ChatRole) -> Chat:
    place = Place("telegram", bot, address)
    return Chat(**place._asdict(), agency_id=agency_id, role=role, linked_at=CONFIRMED)


def _plan(session: Session, agency: Agency, deadlines: Sequence[Deadline]) -> None:
    """One plan in force that asks so many things of every unit."""
    duties = tuple(
        DraftDuty(f"{n}", f"Tuyên truyền, nội dung {n}", Source(n), deadline, leads=(ALL_UNITS,))
        for n, deadline in enumerate(deadlines, start=1)
    )
    head = PlanHead(f"485/KH-{agency.code}", "Tuyên truyền cải cách hành chính", agency.name, None)
    source = SourceFile("ke-hoach.txt", agency.name.encode())
    draft = put_draft(
        session, agency.id or 0, DraftPlan(head, duties), Years.of(MORNING.year), source, CONFIRMED
    )
    confirm(session, draft, CONFIRMED)
    materialise(session, agency, office_of(session, agency, day_of(CONFIRMED)), day_of(CONFIRMED))


def _codes(session: Session, agency: Agency) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    query = (
        select(Obligation.short_code, Chat.address)
        .join(ChatUnit, col(ChatUnit.unit_id) == Obligation.unit_id)
        .join(Chat, col(Chat.id) == ChatUnit.chat_id)
        .where(Obligation.agency_id == agency.id)
        .order_by(col(Obligation.id))
    )
    for code, address in session.exec(query):
        found[address].append(code)
    return found
