"""The value of an obligation on a day, as leaders read it: done or not, on time or late."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.progress import Answer, Decision, Ruling, Said, Standing, Value, standing, value_on
from duties.workdays import WorkCalendar, end_of
from tests.fakes.histories import DUE, done, july, june, moment

WEEKENDS_ONLY = WorkCalendar({}, {}, frozenset())


def value(
    state: Standing,
    day: date,
    *,
    stated: date | None = None,
    lenient: bool = True,
    at: time | None = None,
) -> Value | None:
    return value_on(state, day, WEEKENDS_ONLY, stated=stated, lenient=lenient, at=at)


def test_done_on_the_last_evening_is_on_time() -> None:
    assert value(standing(DUE, [done(end_of(DUE))], []), date(2022, 7, 9)) is Value.ON_TIME


def test_done_the_next_morning_is_late() -> None:
    assert value(standing(DUE, [done(july(1))], []), date(2022, 7, 9)) is Value.LATE


def test_the_day_is_the_one_in_hanoi() -> None:
    late_by_an_hour = datetime(2022, 6, 30, 18, tzinfo=UTC)
    assert value(standing(DUE, [done(late_by_an_hour)], []), date(2022, 7, 9)) is Value.LATE


@pytest.mark.parametrize(("day", "expected"), [(DUE, Value.OPEN), (date(2022, 7, 1), Value.OVERDUE)])
def test_what_is_not_done_is_overdue_the_day_after(day: date, expected: Value) -> None:
    assert value(standing(DUE, [], []), day) is expected


def test_what_is_done_later_was_still_open_on_the_day() -> None:
    assert value(standing(DUE, [done(june(25))], []), date(2022, 6, 20)) is Value.OPEN


SATURDAY = date(2022, 12, 31)


@pytest.mark.parametrize(("lenient", "expected"), [(True, Value.ON_TIME), (False, Value.LATE)])
def test_a_saturday_lasts_till_monday_where_the_office_is_lenient(lenient: bool, expected: Value) -> None:
    on_monday = standing(SATURDAY, [done(moment(date(2023, 1, 2)))], [])
    assert value(on_monday, date(2023, 1, 3), stated=SATURDAY, lenient=lenient) is expected


def test_before_a_sunday_does_not_last_till_monday() -> None:
    sunday = date(2023, 1, 1)
    assert value(standing(SATURDAY, [], []), date(2023, 1, 2), stated=sunday) is Value.OVERDUE


def test_before_an_hour_ends_with_that_hour() -> None:
    state = standing(DUE, [done(june(30, hour=18))], [])
    assert value(state, DUE, at=time(17)) is Value.LATE


def test_an_extended_date_runs_to_the_end_of_its_day() -> None:
    extension = Decision(1, Ruling.EXTEND, june(21), due=date(2022, 7, 5))
    state = standing(DUE, [done(end_of(date(2022, 7, 5)))], [extension])
    assert value(state, date(2022, 7, 9), stated=DUE, at=time(17)) is Value.ON_TIME


def test_an_accepted_earlier_day_is_on_time_whatever_the_hour() -> None:
    claimed = Answer(1, Said.DONE, moment(date(2022, 7, 5), hour=20), claimed_on=DUE)
    state = standing(DUE, [claimed], [Decision(1, Ruling.ACCEPT, july(6), answer_id=1)])
    assert value(state, date(2022, 7, 9), at=time(17)) is Value.ON_TIME


@pytest.mark.parametrize("kind", [Ruling.NOT_APPLICABLE, Ruling.MOVE])
def test_what_the_unit_does_not_answer_for_has_no_value(kind: Ruling) -> None:
    state = standing(DUE, [], [Decision(1, kind, june(11), to_unit=7)])
    assert value(state, DUE) is None


def test_without_a_date_there_is_nothing_to_be_late_with() -> None:
    assert value(standing(None, [done(june(10))], []), DUE) is None


@settings(derandomize=True)
@given(st.dates(date(2022, 6, 1), date(2022, 7, 31)), st.dates(date(2022, 6, 1), date(2022, 7, 31)))
def test_done_late_never_becomes_on_time(done_on: date, day: date) -> None:
    extension = Decision(1, Ruling.EXTEND, end_of(done_on), due=date(2022, 8, 30))
    state = standing(DUE, [done(moment(done_on))], [extension])
    assert value(state, max(day, done_on)) is (Value.ON_TIME if done_on <= DUE else Value.LATE)


def test_each_value_is_said_in_vietnamese() -> None:
    assert [each.label for each in Value] == [
        "hoàn thành đúng hạn",
        "hoàn thành quá hạn",
        "chưa hoàn thành, còn hạn",
        "chưa hoàn thành, quá hạn",
    ]
