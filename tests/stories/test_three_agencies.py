"""Three agencies in one database, each with hours, units and chats of its own: none hears of another, none waits for another."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.world import World
from data.engine import transaction
from data.people import Place
from data.tables import Agency, ChatRole, Letter, LetterState
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

CONFIRMED, RUNG_DAY = hanoi("2022-03-31 16:45"), "2022-06-16"
LATE_RISERS = {"policy": {"opens": "09:00:00", "morning": "10:00:00"}}
EARLY, LATE, PAUSED = "sở dậy sớm", "sở dậy muộn", "sở tạm dừng"


@pytest.fixture
def world(engine: Engine) -> World:
    """Each has one unit of the same name, which owes a duty of the second quarter due on 30/06/2022."""
    with transaction(engine) as session:
        _found(session, EARLY)
        _found(session, LATE, settings=LATE_RISERS)
        _found(session, PAUSED, paused_at=CONFIRMED)
    return World(engine, StoppedClock(CONFIRMED), {"web": RecordingChannel()}, 1)


def _found(session: Session, name: str, **otherwise: object) -> None:
    agency = Agency.model_validate({"name": name, "created_at": CONFIRMED, **otherwise})
    session.add(agency)
    session.flush()
    small = SmallOffice(session, agency)
    small.chat(f"văn phòng {name}", CONFIRMED, role=ChatRole.OFFICE)
    small.chat(f"đơn vị {name}", CONFIRMED, small.unit("Phòng Tổng hợp"))
    small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), "Phòng Tổng hợp"))


def tick(world: World, moment: str) -> list[str]:
    """Who hears something by itself at that moment."""
    channel = world.channels["web"]
    assert isinstance(channel, RecordingChannel)
    channel.sent.clear()
    assert isinstance(world.clock, StoppedClock)
    world.clock.set(hanoi(moment))
    asyncio.run(world.tick())
    return sorted(place.address for place, _ in channel.sent)


def test_each_is_told_in_its_own_hours(world: World) -> None:
    heard = [tick(world, f"{RUNG_DAY} {hour}") for hour in ("08:00", "09:30", "10:00")]
    assert [[who for who in each if who.startswith("đơn vị")] for each in heard] == [
        [f"đơn vị {EARLY}"],
        [],
        [f"đơn vị {LATE}"],
    ]


def test_one_that_paused_keeps_no_other_waiting(world: World) -> None:
    assert not [who for who in tick(world, f"{RUNG_DAY} 10:00") if PAUSED in who]
    with transaction(world.engine) as session:
        assert not session.exec(select(Letter).where(Letter.state == LetterState.WAITING)).all()


def test_a_code_of_one_means_nothing_in_another(world: World) -> None:
    tick(world, f"{RUNG_DAY} 08:00")
    asyncio.run(world.hear(Place("web", "", f"đơn vị {EARLY}"), "xong #A1"))
    assert [who for who in tick(world, "2022-06-23 10:00") if who.startswith("đơn vị")] == [f"đơn vị {LATE}"]


def test_an_announcement_stays_in_its_agency(world: World) -> None:
    tick(world, f"{RUNG_DAY} 10:00")
    for words in ("/thongbao Sáng mai họp lúc 8 giờ", "gửi thông báo"):
        asyncio.run(world.hear(Place("web", "", f"văn phòng {EARLY}"), words))
    with transaction(world.engine) as session:
        announced = session.exec(select(Letter).where(col(Letter.key).startswith("notice:announce")))
        assert [letter.agency_id for letter in announced] == [1]
