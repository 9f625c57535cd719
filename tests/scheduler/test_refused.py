"""A slot letter that was not taken, or perhaps not: the next one tells it again, and the office hears of a refusal."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.letters import as_message
from data.people import Place
from data.tables import ChatRole, Letter, LetterState
from duties.message import Message
from scheduler.audit import Auditor
from scheduler.channel import Address, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

CONFIRMED = hanoi("2022-03-31 16:45")
MORNING, HALF_PAST, NEXT_MORNING = "2022-06-16 08:00", "2022-06-16 08:30", "2022-06-17 08:00"
UNIT = Place("web", "", "van-phong")
NOT_TAKEN = [Failure.REFUSED, Failure.UNKNOWN]


@pytest.fixture(autouse=True)
def _office(engine: Engine) -> None:
    """One quarterly duty, ten working days before its date."""
    with transaction(engine) as session:
        small = SmallOffice.founded(session, CONFIRMED)
        small.chat("van-phong", CONFIRMED, small.unit("Văn phòng Sở"))
        small.chat("dieu-phoi", CONFIRMED, role=ChatRole.OFFICE)
        small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), "Văn phòng Sở"))


class TurningAway(RecordingChannel):
    """Takes nothing to the unit's chat."""

    def __init__(self, kind: Failure) -> None:
        super().__init__()
        self._kind = kind

    async def send(self, address: Address, message: Message) -> str:
        if address == UNIT:
            raise DeliveryError("Zalo từ chối tin này (403)", self._kind)
        return await super().send(address, message)


def beat(engine: Engine, moment: str, failure: Failure | None = None) -> list[str]:
    """What the unit is told at that moment."""
    now = hanoi(moment)
    channel = TurningAway(failure) if failure else RecordingChannel()
    plan_agency(engine, 1, now, is_new_day=True)
    asyncio.run(deliver(engine, {"web": channel}, StoppedClock(now)))
    return channel.to(UNIT)


def look(engine: Engine, moment: str) -> list[str]:
    """What the office has been told after the auditor's round at that moment."""
    Auditor(engine, StoppedClock(hanoi(moment)), ["web"]).look()
    with transaction(engine) as session:
        query = select(Letter).where(col(Letter.key).startswith("notice:alarm")).order_by(col(Letter.id))
        return [as_message(letter.body).text for letter in session.exec(query)]


@pytest.mark.parametrize("kind", NOT_TAKEN)
def test_the_next_slot_s_letter_tells_what_this_one_did_not(engine: Engine, kind: Failure) -> None:
    beat(engine, MORNING, kind)
    [told] = beat(engine, NEXT_MORNING)
    assert "#A1" in told


@pytest.mark.parametrize("kind", NOT_TAKEN)
def test_within_its_slot_it_is_not_sent_again(engine: Engine, kind: Failure) -> None:
    beat(engine, MORNING, kind)
    assert beat(engine, HALF_PAST) == []


def test_a_chat_that_refuses_day_after_day_gets_one_try_a_day(engine: Engine) -> None:
    for moment in (MORNING, HALF_PAST, "2022-06-16 14:00", NEXT_MORNING, "2022-06-17 14:00"):
        beat(engine, moment, Failure.REFUSED)
    with transaction(engine) as session:
        tries = session.exec(select(Letter.state).where(col(Letter.key).startswith("slot:"))).all()
    assert tries == [LetterState.FAILED] * 2


def test_what_was_taken_is_not_told_again(engine: Engine) -> None:
    assert [len(beat(engine, moment)) for moment in (MORNING, NEXT_MORNING)] == [1, 0]


def test_the_office_hears_once_which_chat_refuses(engine: Engine) -> None:
    beat(engine, MORNING, Failure.REFUSED)
    [told] = [look(engine, moment) for moment in (HALF_PAST, "2022-06-16 08:40")][-1]
    assert "kênh web không nhận tin gửi đến 1 nơi (van-phong)" in told


def test_it_hears_when_the_next_letter_was_taken(engine: Engine) -> None:
    beat(engine, MORNING, Failure.REFUSED)
    look(engine, HALF_PAST)
    beat(engine, NEXT_MORNING)
    assert look(engine, "2022-06-17 08:10")[1:] == [
        "Đã hoạt động lại bình thường: kênh web không còn từ chối tin nào."
    ]
