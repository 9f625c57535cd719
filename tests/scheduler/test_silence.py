"""Who hears nothing: of a plan that was withdrawn, in an agency that paused; and who hears in an absent leader's place."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.chats import unlink
from data.engine import transaction
from data.milestones import set_milestone
from data.obligations import Heard, settle_open
from data.offices import office_of
from data.people import chats_of_role
from data.tables import Agency, ChatRole, Plan, PlanState
from duties.message import Message
from scheduler.channel import Address, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.outlook import outlook
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.channels import FaultyChannel, RecordingChannel
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

CONFIRMED = hanoi("2022-03-31 16:45")
UNIT, OFFICE, LEADER = "Văn phòng Sở", "dieu-phoi", "lanh-dao"
FIRST_RUNG, VERY_LATE = "2022-06-16 08:00", "2022-07-14 08:00"


class Days:
    """A duty of the second quarter, due on Thursday 30/06/2022, lived through at moments of the test's choosing."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.channel = engine, RecordingChannel()
        with transaction(engine) as session:
            small = SmallOffice.founded(session, CONFIRMED)
            small.chat(OFFICE, CONFIRMED, role=ChatRole.OFFICE)
            small.chat(LEADER, CONFIRMED, role=ChatRole.LEADER)
            small.chat(UNIT, CONFIRMED, small.unit(UNIT))
            small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), UNIT))

    def plan(self, moment: str) -> None:
        plan_agency(self.engine, 1, hanoi(moment), is_new_day=True)

    def send(self, moment: str) -> None:
        asyncio.run(deliver(self.engine, {"web": self.channel}, StoppedClock(hanoi(moment))))

    def live(self, moment: str) -> None:
        self.plan(moment)
        self.send(moment)

    def withdraw(self) -> None:
        with transaction(self.engine) as session:
            session.exec(select(Plan)).one().state = PlanState.WITHDRAWN

    def pause(self, moment: str, until: date | None = None) -> None:
        with transaction(self.engine) as session:
            agency = session.exec(select(Agency)).one()
            agency.paused_at, agency.paused_until = hanoi(moment), until

    def leader_goes(self) -> None:
        with transaction(self.engine) as session:
            [chat] = chats_of_role(session, 1, ChatRole.LEADER)
            unlink(session, chat, CONFIRMED)

    def texts(self, who: str) -> list[str]:
        return [message.text for place, message in self.channel.sent if place.address == who]

    @property
    def heard(self) -> list[str]:
        return sorted({place.address for place, _ in self.channel.sent})


class Blocked(RecordingChannel):
    """One address takes nothing any more."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._blocked = address

    async def send(self, address: Address, message: Message) -> str:
        if address.address == self._blocked:
            raise DeliveryError("bị chặn", Failure.PERMANENT)
        return await super().send(address, message)


@pytest.fixture
def days(engine: Engine) -> Days:
    return Days(engine)


def test_the_leader_hears_of_what_is_very_late(days: Days) -> None:
    days.live(VERY_LATE)
    assert days.texts(LEADER)[0].startswith("Kính gửi lãnh đạo, các việc chậm nhiều:")


def test_an_absent_leader_s_news_goes_to_the_office(days: Days) -> None:
    days.live("2022-07-13 08:00")
    days.leader_goes()
    days.channel.sent.clear()
    days.live(VERY_LATE)
    [told] = days.texts(OFFICE)
    assert "Quá hạn, chưa báo cáo" in told


def test_a_leader_who_blocks_us_is_heard_for_by_the_office(days: Days) -> None:
    days.channel = Blocked(LEADER)
    days.live(VERY_LATE)
    days.send("2022-07-14 08:01")
    assert [each for each in days.texts(OFFICE) if "1.1" in each]
    assert LEADER not in days.heard


@pytest.mark.parametrize("moment", [FIRST_RUNG, "2022-06-20 08:00", VERY_LATE])
def test_of_a_withdrawn_plan_nothing_is_planned(days: Days, moment: str) -> None:
    days.withdraw()
    days.live(moment)
    assert days.heard == []


def test_a_letter_that_waited_when_its_plan_was_withdrawn_is_not_sent(days: Days) -> None:
    days.plan(FIRST_RUNG)
    days.withdraw()
    days.send(FIRST_RUNG)
    assert UNIT not in days.heard


def test_a_letter_that_was_tried_before_its_plan_was_withdrawn_is_not_tried_again(days: Days) -> None:
    days.plan("2022-06-23 08:00")
    busy = FaultyChannel(DeliveryError("bận", Failure.RETRY))
    asyncio.run(deliver(days.engine, {"web": busy}, StoppedClock(hanoi("2022-06-23 08:00"))))
    days.withdraw()
    days.send("2022-06-23 09:00")
    assert UNIT not in days.heard


def test_a_milestone_of_a_withdrawn_plan_is_not_asked(days: Days) -> None:
    with transaction(days.engine) as session:
        agency = session.exec(select(Agency)).one()
        [item] = SmallOffice(session, agency).owed()
        set_milestone(session, item.duty, date(2022, 5, 20), "", Heard(CONFIRMED))
        settle_open(session, 1, office_of(session, agency, date(2022, 5, 1)))
    days.withdraw()
    days.live("2022-05-20 08:00")
    assert days.heard == []


def test_a_withdrawn_plan_is_in_no_preview(days: Days) -> None:
    days.withdraw()
    with transaction(days.engine) as session:
        agency, start = session.exec(select(Agency)).one(), date(2022, 6, 14)
        assert outlook(session, agency, office_of(session, agency, start), start, 30) == []


def test_a_paused_agency_plans_and_sends_nothing(days: Days) -> None:
    days.pause("2022-06-15 09:00")
    for moment in (FIRST_RUNG, "2022-06-20 08:00", VERY_LATE):
        days.live(moment)
    assert days.heard == []


def test_a_letter_that_waited_when_the_office_paused_is_not_sent(days: Days) -> None:
    days.plan(FIRST_RUNG)
    days.pause(FIRST_RUNG)
    days.send(FIRST_RUNG)
    assert days.heard == []


def test_after_a_pause_that_is_over_what_was_due_meanwhile_comes_in_one_letter(days: Days) -> None:
    days.pause("2022-06-15 09:00", until=date(2022, 6, 23))
    for n in range(12):
        days.live(f"{date(2022, 6, 15) + timedelta(days=n):%Y-%m-%d} 08:00")
    [told] = days.texts(UNIT)
    assert "Tin này gộp các lần nhắc chưa gửi được từ ngày 16/06/2022." in told
