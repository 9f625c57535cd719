"""A small office in a database: units with chats, and plans made of what a test needs."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from data.obligations import Item, items
from data.offices import office_of
from data.people import Place, add_unit, invite, redeem
from data.plans import SourceFile, confirm, put_draft
from data.tables import Agency, Chat, ChatRole, Plan, Unit
from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.plan import DraftDuty, DraftPlan, PlanHead, Source, UnitKind
from duties.workdays import day_of
from scheduler.materialise import materialise


def dated(*dues: Due) -> Deadline:
    return Deadline("", Reading.DATED, says="", due=dues)


def due_on(day: date, period: Period | None = None) -> Deadline:
    return dated(Due(day, day, period=period))


ONGOING = Deadline("Thường xuyên", Reading.ONGOING, says="")
QUARTER_2 = Period(date(2022, 4, 1), date(2022, 6, 30))


def duty(
    code: str, deadline: Deadline, *leads: str, partners: tuple[str, ...] = (), to: str = "", row: int = 0
) -> DraftDuty:
    content = f"Tuyên truyền cải cách hành chính, nội dung {code}"
    return DraftDuty(code, content, Source(row), deadline, leads=leads, partners=partners, to=to)


@dataclass
class SmallOffice:
    """An agency with a session to work in; every chat is a web chat named after its unit."""

    session: Session
    agency: Agency

    @classmethod
    def founded(
        cls, session: Session, at: datetime, *, name: str = "Sở Thông tin và Truyền thông", code: str = ""
    ) -> "SmallOffice":
        """A new agency, with nothing in it."""
        agency = Agency(name=name, code=code, created_at=at)
        session.add(agency)
        session.flush()
        return cls(session, agency)

    @property
    def agency_id(self) -> int:
        assert self.agency.id is not None
        return self.agency.id

    def unit(self, name: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
        return add_unit(self.session, self.agency_id, name, kind)

    def chat(
        self, name: str, now: datetime, unit: Unit | None = None, role: ChatRole = ChatRole.UNIT
    ) -> Chat:
        code = invite(self.session, self.agency_id, role, unit.id if unit else None, now)
        linked = redeem(self.session, code, Place("web", "", name), name, now)
        assert linked is not None
        return linked

    def confirmed(self, now: datetime, *duties: DraftDuty, years: Years | None = None) -> Plan:
        """A plan in force with those duties, its obligations made."""
        draft = DraftPlan(PlanHead("485/KH-STTTT", "Tuyên truyền", "Sở TT&TT", years), duties)
        source = SourceFile("ke-hoach.txt", repr(duties).encode())
        plan = put_draft(self.session, self.agency_id, draft, years or Years.of(now.year), source, now)
        confirm(self.session, plan, now)
        materialise(self.session, self.agency, office_of(self.session, self.agency, day_of(now)), day_of(now))
        return plan

    def owed(self) -> list[Item]:
        return items(self.session)
