"""A morning on which 10,000 units are each sent a letter: planned and sent in one beat, none lost, none twice."""

import asyncio
import tempfile
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from sqlmodel import Session, SQLModel

from bot.world import World
from data.engine import open_engine, transaction
from data.offices import office_of
from data.plans import SourceFile, confirm, put_draft
from data.tables import Agency, Chat, ChatRole, ChatUnit, Unit
from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.message import Message
from duties.plan import DraftDuty, DraftPlan, PlanHead, Source, UnitKind
from duties.workdays import HANOI, day_of
from scheduler.channel import Address, Capabilities
from scheduler.clock import StoppedClock
from scheduler.materialise import materialise

LETTERS = 10_000
CONFIRMED = datetime(2026, 3, 31, 16, 45, tzinfo=HANOI)
# ten working days before the last day of the second quarter
MORNING = datetime(2026, 6, 16, 8, tzinfo=HANOI)
DUE = Due(date(2026, 6, 30), date(2026, 6, 30), period=Period(date(2026, 4, 1), date(2026, 6, 30)))
DUTY = DraftDuty(
    "1.1",
    "Tuyên truyền cải cách hành chính",
    Source(0),
    Deadline("Quý II", Reading.DATED, says="", due=(DUE,)),
    leads=("Các phòng",),
)


class Counting:
    """Takes every letter at once and counts them by address."""

    capabilities = Capabilities(documents_out=True)

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    async def send(self, address: Address, _message: Message) -> str:
        self.sent[address.address] += 1
        return str(self.sent.total())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'flood.db'}")
        SQLModel.metadata.create_all(engine)
        with transaction(engine) as session:
            _furnish(session)
        channel = Counting()
        world = World(engine, StoppedClock(MORNING), {"web": channel}, 1)
        began = time.perf_counter()
        asyncio.run(world.tick())
        took = time.perf_counter() - began
        engine.dispose()
    twice = sum(1 for count in channel.sent.values() if count > 1)
    Console().print(
        f"{LETTERS:,} letters: {len(channel.sent):,} chats reached, {twice} twice, in {took:.0f} s "
        f"({LETTERS / took:.0f} a second)"
    )


def _furnish(session: Session) -> None:
    """So many units, each with a chat, that owe one duty of all of them."""
    agency = Agency(name="Sở Thông tin và Truyền thông", created_at=CONFIRMED)
    session.add(agency)
    session.flush()
    assert agency.id is not None
    numbers, kind = range(1, LETTERS + 1), UnitKind.DEPARTMENT
    session.add_all(
        Unit(id=n, agency_id=agency.id, name=f"Phòng {n}", name_key=f"phong {n}", kind=kind) for n in numbers
    )
    session.add_all(
        Chat(
            id=n,
            agency_id=agency.id,
            channel="web",
            address=f"{n}",
            title="",
            role=ChatRole.UNIT,
            linked_at=CONFIRMED,
        )
        for n in numbers
    )
    session.flush()
    session.add_all(ChatUnit(chat_id=n, unit_id=n) for n in numbers)
    head = PlanHead("485/KH-STTTT", "Tuyên truyền", agency.name, None)
    draft, source = DraftPlan(head, (DUTY,)), SourceFile("ke-hoach.txt", b"1.1")
    confirm(session, put_draft(session, agency.id, draft, Years.of(2026), source, CONFIRMED), CONFIRMED)
    materialise(session, agency, office_of(session, agency, day_of(CONFIRMED)), day_of(CONFIRMED))
