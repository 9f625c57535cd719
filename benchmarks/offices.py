"""An office with as many open obligations as wanted, put into a database by the thousand."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count, islice
from typing import Any

from sqlalchemy import Engine, insert, text
from sqlmodel import Session, SQLModel

from data.engine import transaction
from data.obligations import Office, short_code
from data.offices import office_of
from data.reckoning import Basis, History, rungs_of
from data.tables import (
    Agency,
    Chat,
    ChatRole,
    ChatUnit,
    Duty,
    DutyUnit,
    Obligation,
    Occurrence,
    Plan,
    PlanState,
    Unit,
)
from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.nudging import Rung, next_rung
from duties.occurrences import PlannedOccurrence, occurrences_of
from duties.plan import DutyKind, Role, UnitKind
from duties.workdays import day_of
from scheduler.materialise import starts_of

DUTIES_OF_A_PLAN, UNITS_OF_A_DUTY, OWED_BY_A_UNIT = 50, 5, 200
AT_ONCE = 20_000
AGENCY = 1
NOTHING_SAID = History({}, {}, {})


@dataclass(frozen=True)
class Load:
    """So many open obligations on the morning of a day, none of whose rungs was told before it.

    Plans have 50 duties, each owed by five units in each quarter; with `all_on` once, all on that day.
    """

    obligations: int
    morning: datetime
    all_on: date | None = None

    @property
    def duties(self) -> int:
        return self.obligations // UNITS_OF_A_DUTY // (1 if self.all_on else 4)

    @property
    def plans(self) -> int:
        return -(-self.duties // DUTIES_OF_A_PLAN)

    @property
    def units(self) -> int:
        return max(UNITS_OF_A_DUTY, self.obligations // OWED_BY_A_UNIT)

    @property
    def year(self) -> int:
        return self.morning.year

    def deadline(self, duty: int) -> Deadline:
        """Each quarter on a day of the duty's own, so that the year's days have their share each."""
        if self.all_on:
            half = Period(date(self.year, 1, 1), date(self.year, 6, 30))
            return _dated([Due(self.all_on, self.all_on, period=half)])
        return _dated([self._due(duty, quarter) for quarter in range(4)])

    def _due(self, duty: int, quarter: int) -> Due:
        start = date(self.year, 3 * quarter + 1, 1)
        end = date(self.year + (quarter == 3), 3 * (quarter + 1) % 12 + 1, 1) - timedelta(days=1)
        day = start + timedelta(days=60 + duty % 30)
        return Due(day, day, period=Period(start, end))

    def owing(self, duty: int) -> list[int]:
        return [(duty * UNITS_OF_A_DUTY + n) % self.units + 1 for n in range(UNITS_OF_A_DUTY)]


def _dated(dues: list[Due]) -> Deadline:
    return Deadline("hằng quý", Reading.DATED, says="", due=tuple(dues))


def furnish(engine: Engine, load: Load) -> None:
    """Fill an empty database; every obligation with its next rung."""
    with transaction(engine) as session:
        agency = Agency(id=AGENCY, name="Sở Thông tin và Truyền thông", code="STTTT", created_at=load.morning)
        agency.codes_given = load.obligations
        session.add(agency)
        session.flush()
        Furnishing(session, load, office_of(session, agency, day_of(load.morning))).put()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


class Furnishing:
    """The rows of an office, kind by kind, each after what it refers to."""

    def __init__(self, session: Session, load: Load, office: Office) -> None:
        self._session, self._load, self._office = session, load, office
        self._is_postgresql = session.get_bind().dialect.name == "postgresql"
        self._next: dict[tuple[date, date], Rung | None] = {}

    def put(self) -> None:
        self._put(Unit, self._units())
        self._put(Chat, self._chats())
        self._put(
            ChatUnit,
            ({"id": n, "chat_id": n, "unit_id": n, "place": 0} for n in range(1, self._load.units + 1)),
        )
        self._put(Plan, self._plans())
        self._put(Duty, self._duties())
        self._put(DutyUnit, self._leads())
        self._put(Occurrence, (row for row, _, _ in self._due()))
        self._put(Obligation, self._obligations())

    def _put(self, kind: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
        table, rest = SQLModel.metadata.tables[str(kind.__tablename__)], iter(rows)
        while some := list(islice(rest, AT_ONCE)):
            if self._is_postgresql:
                self._copy(table.name, some)
            else:
                self._session.connection().execute(insert(table), some)
        if self._is_postgresql:
            last = f"setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), (SELECT max(id) FROM \"{table.name}\"))"
            self._session.connection().execute(text(f"SELECT {last}"))

    def _copy(self, table: str, rows: list[dict[str, Any]]) -> None:
        columns = ", ".join(f'"{name}"' for name in rows[0])
        cursor = self._session.connection().connection.cursor()
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([_plain(value) for value in row.values()])

    def _units(self) -> Iterator[dict[str, Any]]:
        for n in range(1, self._load.units + 1):
            unit = {"name": f"Phòng Chuyên môn số {n}", "name_key": f"phong chuyen mon so {n}"}
            yield {"id": n, "agency_id": AGENCY, **unit, "kind": UnitKind.DEPARTMENT}

    def _chats(self) -> Iterator[dict[str, Any]]:
        chat = {"agency_id": AGENCY, "channel": "web", "bot": "", "topic": "", "title": "", "lost": False}
        for n in range(1, self._load.units + 2):
            role = ChatRole.UNIT if n <= self._load.units else ChatRole.OFFICE
            yield {"id": n, **chat, "address": f"noi-nhan-{n}", "role": role, "linked_at": self._load.morning}

    def _plans(self) -> Iterator[dict[str, Any]]:
        for n in range(1, self._load.plans + 1):
            yield {
                "id": n,
                "agency_id": AGENCY,
                "state": PlanState.CONFIRMED,
                "number": f"{n}/KH-STTTT",
                "title": "Tuyên truyền cải cách hành chính",
                "first_year": self._load.year,
                "last_year": self._load.year,
                "source_name": "ke-hoach.docx",
                "source_hash": str(n),
                "source": b"",
                "notes": {},
                "settings": {},
                "created_at": self._load.morning,
                "confirmed_at": self._load.morning,
            }

    def _duties(self) -> Iterator[dict[str, Any]]:
        for n in range(1, self._load.duties + 1):
            yield {
                "id": n,
                "agency_id": AGENCY,
                "plan_id": (n - 1) // DUTIES_OF_A_PLAN + 1,
                "place": f"1/{n}",
                "position": n,
                "code": f"1.{n}",
                "heading": "",
                "content": "Đăng tin, bài tuyên truyền công tác cải cách hành chính trên Cổng thông tin điện tử",
                "forms": [],
                "deliverables": [],
                "kind": DutyKind.TASK,
                "receiver": "",
                "phrase": "hằng quý",
                "reading": Reading.DATED,
                "says": "",
                "deadline": self._load.deadline(n).as_plain(),
                "notes": "",
                "needs_evidence": False,
                "left_out": False,
                "printed": [],
            }

    def _leads(self) -> Iterator[dict[str, Any]]:
        numbers = count(1)
        for duty in range(1, self._load.duties + 1):
            for unit in self._load.owing(duty):
                named = {"printed": f"Phòng Chuyên môn số {unit}", "unit_id": unit, "bullets": []}
                yield {
                    "id": next(numbers),
                    "agency_id": AGENCY,
                    "duty_id": duty,
                    "role": Role.LEAD,
                    **named,
                }

    def _due(self) -> Iterator[tuple[dict[str, Any], PlannedOccurrence, int]]:
        """Every occurrence as a row, what it was planned from, and its duty."""
        numbers, years = count(1), Years.of(self._load.year)
        for duty in range(1, self._load.duties + 1):
            for planned in occurrences_of(self._load.deadline(duty), years):
                assert planned.period is not None
                row = {
                    "id": next(numbers),
                    "agency_id": AGENCY,
                    "duty_id": duty,
                    "period_key": planned.period_key,
                    "stated": planned.stated,
                    "last_day": planned.last_day,
                    "at": None,
                    "period_start": planned.period.start,
                    "period_end": planned.period.end,
                    "window": planned.window,
                }
                yield row, planned, duty

    def _obligations(self) -> Iterator[dict[str, Any]]:
        numbers = count(1)
        for occurrence, planned, duty in self._due():
            for unit in self._load.owing(duty):
                n = next(numbers)
                yield self._obligation(n, occurrence["id"], planned, unit)

    def _obligation(
        self, n: int, occurrence_id: int, planned: PlannedOccurrence, unit: int
    ) -> dict[str, Any]:
        due, starts = planned.last_day, starts_of(planned, day_of(self._load.morning))
        assert due is not None
        coming = self._coming(due, starts, planned)
        return {
            "id": n,
            "agency_id": AGENCY,
            "occurrence_id": occurrence_id,
            "unit_id": unit,
            "short_code": short_code(n),
            "bullets": [],
            "since": day_of(self._load.morning),
            "starts": starts,
            "held": False,
            "due": due,
            "is_open": True,
            "in_progress": False,
            "obstacle": "",
            "not_applicable": False,
            "next_rung_on": coming.on if coming else None,
            "next_slot": int(coming.slot) if coming else 1,
        }

    def _coming(self, due: date, starts: date, planned: PlannedOccurrence) -> Rung | None:
        if (due, starts) not in self._next:
            assert planned.period is not None
            basis = Basis(
                id=0,
                agency_id=AGENCY,
                unit_id=0,
                duty_id=0,
                plan_id=0,
                since=day_of(self._load.morning),
                starts=starts,
                held=False,
                snoozed_until=None,
                due=due,
                is_open=True,
                is_at_work=False,
                asked_answer_id=None,
                last_day=due,
                stated=due,
                period_start=planned.period.start,
                period_end=planned.period.end,
                window=None,
            )
            self._next[due, starts] = next_rung(rungs_of(basis, NOTHING_SAID, self._office), ())
        return self._next[due, starts]


def _plain(value: object) -> object:
    """As COPY takes it."""
    if isinstance(value, StrEnum):
        return value.value
    return json.dumps(value) if isinstance(value, dict | list) else value
