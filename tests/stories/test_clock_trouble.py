"""Clocks that jump, days lost and odd days of the calendar: no slot letter twice, none lost, and what is late says so."""

import asyncio
from datetime import date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.world import World
from data.engine import transaction
from data.letters import as_message
from data.tables import Chat, ChatRole, Letter, LetterKind, LetterState, Nudge
from duties.plan import DraftDuty
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.channels import RecordingChannel
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

UNIT = "Văn phòng Sở"


class Days:
    """An office lived through at moments of the test's choosing; each is a tick."""

    def __init__(self, engine: Engine, begin: str, *duties: DraftDuty) -> None:
        self.clock = StoppedClock(hanoi(begin))
        with transaction(engine) as session:
            small = SmallOffice.founded(session, self.clock.now())
            small.chat(UNIT, self.clock.now(), small.unit(UNIT))
            small.chat("dieu-phoi", self.clock.now(), role=ChatRole.OFFICE)
            small.confirmed(self.clock.now(), *duties)
        self.world = World(engine, self.clock, {"web": RecordingChannel()}, 1)

    def live(self, *moments: str) -> None:
        for moment in moments:
            self.clock.set(hanoi(moment))
            asyncio.run(self.world.tick())

    def letters(self) -> list[tuple[str, str]]:
        """When each slot letter went to the unit, and its words."""
        with transaction(self.world.engine) as session:
            query = (
                select(Letter)
                .join(Chat, col(Letter.chat_id) == Chat.id)
                .where(Chat.address == UNIT, Letter.kind == LetterKind.SLOT, Letter.state == LetterState.SENT)
            )
            return [
                (_when(letter.sent_at or letter.put_at), as_message(letter.body).text)
                for letter in session.exec(query.order_by(col(Letter.id)))
            ]

    @property
    def sent(self) -> list[str]:
        return [when for when, _ in self.letters()]

    def rungs(self) -> list[tuple[str, date]]:
        with transaction(self.world.engine) as session:
            return [(nudge.rung, nudge.on) for nudge in session.exec(select(Nudge).order_by(col(Nudge.id)))]


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(hanoi('2022-01-01').tzinfo):%d/%m %H:%M}"


@pytest.fixture
def quarter(engine: Engine) -> Days:
    """A duty of the second quarter, due on Thursday 30/06/2022: told on 16, 23, 28 and 30 June."""
    return Days(engine, "2022-03-31 16:45", duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), UNIT))


def test_an_hour_lived_twice_brings_no_second_letter(quarter: Days) -> None:
    quarter.live("2022-06-16 08:00", "2022-06-16 08:40", "2022-06-16 07:40", "2022-06-16 08:00")
    assert quarter.sent == ["16/06 08:00"]


def test_a_day_lived_twice_brings_no_second_letter_and_loses_none(quarter: Days) -> None:
    quarter.live(
        "2022-06-16 08:00", "2022-06-23 08:00", "2022-06-22 08:00", "2022-06-23 08:00", "2022-06-28 08:00"
    )
    assert quarter.sent == ["16/06 08:00", "23/06 08:00", "28/06 08:00"]


@pytest.mark.parametrize(
    ("moment", "sent"), [("2022-06-28 09:00", "28/06 09:00"), ("2022-07-15 09:00", "15/07 09:00")]
)
def test_a_jump_ahead_folds_into_one_letter_that_says_so(quarter: Days, moment: str, sent: str) -> None:
    quarter.live("2022-06-15 08:00", moment)
    assert quarter.sent == [sent]
    assert "gộp các lần nhắc chưa gửi được từ ngày 16/06/2022" in quarter.letters()[0][1]


def test_back_from_a_month_ahead_nothing_is_told_again(quarter: Days) -> None:
    quarter.live(
        "2022-06-15 08:00", "2022-07-15 09:00", "2022-06-16 08:00", "2022-06-30 08:00", "2022-07-15 10:00"
    )
    assert quarter.sent == ["15/07 09:00"]


def test_a_beat_that_came_over_its_next_one_tells_once(quarter: Days) -> None:
    quarter.clock.set(hanoi("2022-06-16 08:00"))

    async def both() -> None:
        await asyncio.gather(quarter.world.tick(), quarter.world.tick())

    asyncio.run(both())
    assert quarter.sent == ["16/06 08:00"]


def test_an_afternoon_that_was_missed_is_told_the_next_day_as_late(quarter: Days) -> None:
    quarter.live("2022-06-30 08:00", "2022-06-30 16:45", "2022-07-01 08:00")
    assert quarter.sent == ["30/06 08:00", "01/07 08:00"]
    assert "quá 1 ngày làm việc" in quarter.letters()[1][1]


def test_the_machine_off_until_the_afternoon_the_last_day_is_told_once(quarter: Days) -> None:
    quarter.live("2022-06-29 08:00", "2022-06-30 14:05", "2022-06-30 15:00")
    assert quarter.sent == ["29/06 08:00", "30/06 14:05"]


def test_what_is_due_on_29_february_is_told_on_that_day(engine: Engine) -> None:
    leap = Days(engine, "2024-01-31 16:00", duty("1.1", due_on(date(2024, 2, 29)), UNIT))
    leap.live(*(f"2024-02-{day} 08:00" for day in (22, 27, 29)))
    assert leap.rungs()[-1] == ("due", date(2024, 2, 29))
    assert "Hạn cuối hôm nay" in leap.letters()[-1][1]


def test_over_tet_the_rungs_go_round_the_days_off(engine: Engine) -> None:
    # in 2023 the offices were closed from Friday 20 January to Thursday 26 January
    tet = Days(engine, "2022-12-30 16:00", duty("1.1", due_on(date(2023, 1, 31)), UNIT))
    tet.live(*(f"2023-01-{day:02} 08:00" for day in range(3, 32)))
    assert tet.sent == ["17/01 08:00", "27/01 08:00", "31/01 08:00"]


def test_what_is_due_within_tet_is_called_to_mind_before_it(engine: Engine) -> None:
    tet = Days(engine, "2022-12-30 16:00", duty("1.1", due_on(date(2023, 1, 24)), UNIT))
    tet.live(*(f"2023-01-{day:02} 08:00" for day in range(16, 31)))
    assert "tính đến hết ngày 27/01/2023" in dict(tet.letters())["19/01 08:00"]
    assert "quá 1 ngày làm việc" in tet.letters()[-1][1]


def test_the_year_s_end_is_crossed_by_days_that_nobody_has_announced_yet(engine: Engine) -> None:
    crossing = Days(engine, "2026-11-30 16:00", duty("1.1", due_on(date(2027, 1, 8)), UNIT))
    crossing.live("2026-12-31 08:00", "2027-01-04 08:00", "2027-01-06 08:00", "2027-01-08 08:00")
    assert crossing.sent[-2:] == ["06/01 08:00", "08/01 08:00"]
