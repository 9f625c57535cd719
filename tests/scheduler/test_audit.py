"""The auditor finds what has no next step, mends it once, tells the office once, and says when it is well again."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from data.alarms import all_is_well
from data.engine import transaction
from data.inbox import receive
from data.letters import as_message, put_letter
from data.people import Place
from data.tables import (
    Agency,
    Alarm,
    Allowance,
    Chat,
    ChatRole,
    Inbox,
    Letter,
    LetterKind,
    LetterState,
    Nudge,
    Obligation,
)
from duties.message import Line, Message
from scheduler.audit import Auditor
from scheduler.clock import StoppedClock
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

CONFIRMED = hanoi("2022-03-31 16:45")
NOW = hanoi("2022-06-16 10:00")
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOW)


@pytest.fixture
def auditor(engine: Engine, clock: StoppedClock) -> Auditor:
    """Of an office with one quarterly duty whose first reminder went out two hours ago."""
    with transaction(engine) as session:
        small = SmallOffice.founded(session, CONFIRMED)
        small.chat("van-phong", CONFIRMED, small.unit("Văn phòng Sở"))
        small.chat("dieu-phoi", CONFIRMED, role=ChatRole.OFFICE)
        small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), "Văn phòng Sở"))
    plan_agency(engine, 1, hanoi("2022-06-16 08:00"), is_new_day=True)
    with transaction(engine) as session:
        _sent(session, hanoi("2022-06-16 08:00"))
    return Auditor(engine, clock, ["web"])


def _sent(session: Session, at: datetime) -> None:
    session.execute(update(Letter).values(state=LetterState.SENT, sent_at=at))


def troubles(auditor: Auditor) -> list[tuple[str, int, int]]:
    return [(each.about, each.count, each.repaired) for each in auditor.look()]


def told(engine: Engine) -> list[str]:
    """What the office was told by the auditor."""
    with transaction(engine) as session:
        query = select(Letter).where(col(Letter.key).startswith("notice:alarm")).order_by(col(Letter.id))
        return [as_message(letter.body).text for letter in session.exec(query)]


def spoil(engine: Engine, **columns: object) -> None:
    with transaction(engine) as session:
        session.execute(update(Obligation).values(**columns))


def letter(engine: Engine, to: str, at: datetime, **columns: object) -> None:
    """A notice put at a moment and not sent."""
    with transaction(engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == to)).one()
        number = put_letter(session, chat, f"notice:{at}", LetterKind.NOTICE, at, Message((Line("Tin"),)))
        session.execute(update(Letter).where(col(Letter.id) == number).values(**{"put_at": at, **columns}))


def test_where_all_is_well_nothing_is_said(engine: Engine, auditor: Auditor) -> None:
    assert (troubles(auditor), told(engine)) == ([], [])


@pytest.mark.parametrize("next_rung_on", [None, date(2022, 6, 25)])
def test_an_open_obligation_gets_its_next_rung_back(
    engine: Engine, auditor: Auditor, next_rung_on: date | None
) -> None:
    spoil(engine, next_rung_on=next_rung_on)
    assert troubles(auditor) == [("rungless", 1, 1)]
    with transaction(engine) as session:
        assert session.exec(select(Obligation)).one().next_rung_on == date(2022, 6, 23)


def test_what_was_mended_is_told_once_and_is_over(engine: Engine, auditor: Auditor) -> None:
    spoil(engine, next_rung_on=None)
    auditor.look()
    assert (troubles(auditor), len(told(engine))) == ([], 1)
    assert told(engine)[0].endswith("Hệ thống đã tự sửa; Văn phòng không phải làm gì thêm.")
    with transaction(engine) as session:
        assert all_is_well(session)


def test_trouble_that_comes_and_goes_is_told_once_a_day(
    engine: Engine, auditor: Auditor, clock: StoppedClock
) -> None:
    for _ in range(3):
        spoil(engine, next_rung_on=None)
        auditor.look()
        clock.set(clock.now() + timedelta(minutes=10))
        auditor.look()
    with transaction(engine) as session:
        counted = len(session.exec(select(Alarm)).all())
    assert (counted, len(told(engine))) == (3, 1)


def test_it_looks_at_every_obligation_in_turn(
    engine: Engine, auditor: Auditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLICE", "SLICES_A_ROUND"):
        monkeypatch.setattr(f"scheduler.rung_check.{name}", 1)
    with transaction(engine) as session:
        small = SmallOffice(session, session.exec(select(Agency)).one())
        small.confirmed(NOW, *(duty(f"2.{n}", due_on(date(2022, 12, 30)), "Văn phòng Sở") for n in range(3)))
        session.execute(
            update(Obligation).where(col(Obligation.id) == 4).values(next_rung_on=date(2022, 8, 1))
        )
    assert [bool(troubles(auditor)) for _ in range(4)] == [False, False, False, True]


def test_a_planner_that_did_not_look_is_stood_in_for(
    engine: Engine, auditor: Auditor, clock: StoppedClock
) -> None:
    clock.set(hanoi("2022-06-23 10:00"))
    assert troubles(auditor) == [("unplanned", 1, 1)]
    with transaction(engine) as session:
        assert [nudge.rung for nudge in session.exec(select(Nudge))] == ["before:10", "before:5"]


def test_a_planner_that_is_about_to_look_is_not_hurried(auditor: Auditor, clock: StoppedClock) -> None:
    clock.set(hanoi("2022-06-23 08:10"))
    assert troubles(auditor) == []


def test_a_pause_is_no_trouble(engine: Engine, auditor: Auditor, clock: StoppedClock) -> None:
    letter(engine, "van-phong", NOW)
    with transaction(engine) as session:
        session.exec(select(Agency)).one().paused_at = NOW
    clock.set(hanoi("2022-06-23 10:00"))
    assert troubles(auditor) == []


def test_a_letter_that_does_not_get_away_while_others_do_is_stuck(engine: Engine, auditor: Auditor) -> None:
    letter(engine, "van-phong", NOW - 2 * HOUR)
    letter(engine, "dieu-phoi", NOW - 2 * HOUR, state=LetterState.SENT, sent_at=NOW)
    assert troubles(auditor) == [("stuck", 1, 0)]
    assert "1 tin chờ gửi quá lâu. Không có tin nào bị mất; đề nghị báo quản trị" in told(engine)[0]


def test_a_letter_whose_sender_died_and_nobody_took_up_is_stuck(engine: Engine, auditor: Auditor) -> None:
    letter(engine, "van-phong", NOW - 2 * HOUR, state=LetterState.SENDING, lease_until=NOW - 2 * HOUR)
    letter(engine, "dieu-phoi", NOW - 2 * HOUR, state=LetterState.SENT, sent_at=NOW)
    assert troubles(auditor) == [("stuck", 1, 0)]


def test_a_channel_that_neither_sends_nor_hears_is_silent(engine: Engine, auditor: Auditor) -> None:
    letter(engine, "van-phong", NOW - 2 * HOUR)
    assert troubles(auditor) == [("silent:web", 1, 0)]
    assert "kênh web không gửi và không nhận được tin nào, 1 tin đang chờ" in told(engine)[0]


def test_when_it_speaks_again_the_office_is_told(engine: Engine, auditor: Auditor) -> None:
    letter(engine, "van-phong", NOW - 2 * HOUR)
    auditor.look()
    with transaction(engine) as session:
        _sent(session, NOW)
    assert (troubles(auditor), told(engine)[1:]) == (
        [],
        ["Đã hoạt động lại bình thường: kênh web đã gửi và nhận được tin."],
    )


def test_a_slot_letter_of_friday_evening_is_not_late_on_monday_morning(
    engine: Engine, auditor: Auditor, clock: StoppedClock
) -> None:
    letter(engine, "van-phong", hanoi("2022-06-17 16:29"), kind=LetterKind.SLOT)
    clock.set(hanoi("2022-06-20 08:05"))
    assert troubles(auditor) == []


def test_what_a_clock_that_ran_ahead_put_off_waits_no_longer(engine: Engine, auditor: Auditor) -> None:
    letter(engine, "van-phong", NOW, next_try_at=hanoi("2022-07-16 10:00"))
    with transaction(engine) as session:
        session.add(Allowance(name="telegram:1", next_allowed_at=hanoi("2022-07-16 10:00")))
    assert troubles(auditor) == [("held_back", 2, 2)]
    with transaction(engine) as session:
        assert session.exec(select(Allowance.next_allowed_at)).one() == NOW


def test_what_was_written_and_not_handled_is_told(engine: Engine, auditor: Auditor) -> None:
    with transaction(engine) as session:
        receive(session, Place("web", "", "van-phong"), "m1", NOW - HOUR, "xong 1")
    assert troubles(auditor) == [("unheard", 1, 0)]
    with transaction(engine) as session:
        session.exec(select(Inbox)).one().handled_at = NOW
    assert troubles(auditor) == []


def test_at_night_the_office_is_told_in_the_morning(
    engine: Engine, auditor: Auditor, clock: StoppedClock
) -> None:
    clock.set(hanoi("2022-06-16 22:00"))
    spoil(engine, next_rung_on=None)
    auditor.look()
    with transaction(engine) as session:
        query = select(Letter.next_try_at).where(col(Letter.key).startswith("notice:alarm"))
        assert session.exec(query).one() == hanoi("2022-06-17 07:30")
