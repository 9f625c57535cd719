"""Dates move along the days an office works."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.workdays import WorkCalendar, day_of, end_of, last_moment_day

# 30/4 and 1/5/2022 were a Saturday and a Sunday: the two days after were off instead.
CALENDAR = WorkCalendar(
    days_off={
        date(2022, 4, 30): "Ngày Chiến thắng",
        date(2022, 5, 2): "Ngày Chiến thắng (nghỉ bù)",
        date(2022, 5, 3): "Ngày Quốc tế Lao động (nghỉ bù)",
    },
    worked={date(2022, 5, 7): "Làm bù"},
    announced=frozenset({2022}),
)
DAYS = st.dates(date(2022, 3, 1), date(2022, 7, 31))


def test_a_weekday_that_is_no_holiday_is_worked() -> None:
    assert CALENDAR.is_workday(date(2022, 4, 29))


def test_a_holiday_on_a_weekday_is_off() -> None:
    assert not CALENDAR.is_workday(date(2022, 5, 2))


def test_an_ordinary_saturday_is_off() -> None:
    assert not CALENDAR.is_workday(date(2022, 5, 14))


def test_a_saturday_worked_instead_is_a_working_day() -> None:
    assert CALENDAR.is_workday(date(2022, 5, 7))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2022, 4, 30), "Ngày Chiến thắng"),
        (date(2022, 5, 14), "Thứ Bảy"),
        (date(2022, 5, 15), "Chủ nhật"),
        (date(2022, 5, 7), ""),
    ],
)
def test_it_says_why_a_day_is_off(day: date, why: str) -> None:
    assert CALENDAR.why_off(day) == why


def test_the_working_day_on_or_after_the_long_weekend_is_wednesday() -> None:
    assert CALENDAR.on_or_after(date(2022, 4, 30)) == date(2022, 5, 4)


def test_the_working_day_on_or_before_the_long_weekend_is_friday() -> None:
    assert CALENDAR.on_or_before(date(2022, 5, 3)) == date(2022, 4, 29)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, date(2022, 5, 4)), (4, date(2022, 5, 7)), (-1, date(2022, 4, 28)), (0, date(2022, 4, 29))],
)
def test_it_counts_working_days_both_ways(n: int, expected: date) -> None:
    assert CALENDAR.shift(date(2022, 4, 29), n) == expected


def test_no_working_days_from_a_day_off_is_the_working_day_before() -> None:
    assert CALENDAR.shift(date(2022, 5, 2), 0) == date(2022, 4, 29)


def test_working_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert CALENDAR.between(date(2022, 4, 29), date(2022, 5, 7)) == 4


def test_there_is_nothing_between_a_day_and_one_before_it() -> None:
    assert CALENDAR.between(date(2022, 5, 7), date(2022, 4, 29)) == 0


def test_a_year_nobody_announced_says_so() -> None:
    assert not CALENDAR.is_announced(2023)


@settings(derandomize=True)
@given(DAYS.filter(CALENDAR.is_workday), st.integers(-30, 30))
def test_moving_there_and_back_ends_where_it_began(day: date, n: int) -> None:
    assert CALENDAR.shift(CALENDAR.shift(day, n), -n) == day


@settings(derandomize=True)
@given(DAYS, st.integers(1, 30))
def test_the_nth_working_day_after_is_n_working_days_away(day: date, n: int) -> None:
    assert CALENDAR.between(day, CALENDAR.shift(day, n)) == n


def test_a_last_day_off_is_on_time_until_the_next_working_day() -> None:
    assert last_moment_day(date(2022, 4, 30), date(2022, 4, 30), CALENDAR, lenient=True) == date(2022, 5, 4)


def test_a_strict_office_gives_no_day_more() -> None:
    assert last_moment_day(date(2022, 4, 30), date(2022, 4, 30), CALENDAR, lenient=False) == date(2022, 4, 30)


def test_a_last_day_that_is_worked_stays() -> None:
    assert last_moment_day(date(2022, 4, 29), date(2022, 4, 30), CALENDAR, lenient=True) == date(2022, 4, 29)


def test_before_the_16th_never_reaches_past_the_16th() -> None:
    saturday, stated = date(2022, 5, 14), date(2022, 5, 15)
    assert last_moment_day(saturday, stated, CALENDAR, lenient=True) == stated


def test_before_a_monday_reaches_that_monday_when_sunday_is_the_last_day() -> None:
    sunday, stated = date(2022, 5, 15), date(2022, 5, 16)
    assert last_moment_day(sunday, stated, CALENDAR, lenient=True) == stated


def test_the_day_of_a_moment_is_the_one_on_the_wall_in_hanoi() -> None:
    assert day_of(datetime(2022, 6, 30, 17, 30, tzinfo=UTC)) == date(2022, 7, 1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        day_of(datetime(2022, 6, 30, 17, 30, tzinfo=UTC).replace(tzinfo=None))


def test_the_end_of_a_day_still_belongs_to_it() -> None:
    assert day_of(end_of(date(2022, 6, 30))) == date(2022, 6, 30)
