"""A deadline over the years becomes the occurrences that must exist."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.deadline import Deadline, Due, Period, Reading, Years
from duties.occurrences import occurrences_of, period_key

QUARTER_II = Due(
    date(2026, 6, 30), date(2026, 6, 30), period=Period(start=date(2026, 4, 1), end=date(2026, 6, 30))
)
ONE_YEAR = Years.of(2026)
BEFORE_15_MARCH = Due(date(2026, 3, 15), date(2026, 3, 14))


def dated(*due: Due) -> Deadline:
    return Deadline("", Reading.DATED, says="", due=due)


def keys(deadline: Deadline, years: Years = ONE_YEAR) -> list[str]:
    return [occurrence.period_key for occurrence in occurrences_of(deadline, years)]


def over(start: date, end: date) -> Due:
    return Due(end, end, period=Period(start, end))


@pytest.mark.parametrize(
    ("due", "key"),
    [
        (over(date(2026, 6, 1), date(2026, 6, 30)), "2026-06"),
        (QUARTER_II, "2026-Q2"),
        (over(date(2026, 1, 1), date(2026, 6, 30)), "2026-H1"),
        (over(date(2026, 7, 1), date(2026, 12, 31)), "2026-H2"),
        (over(date(2026, 1, 1), date(2026, 12, 31)), "2026"),
        (over(date(2026, 4, 1), date(2026, 9, 30)), "2026-09-30"),
        (over(date(2025, 12, 15), date(2026, 3, 14)), "2026-03-14"),
        (over(date(2026, 1, 1), date(2030, 12, 31)), "2030-12-31"),
        (BEFORE_15_MARCH, "2026-03-15"),
    ],
)
def test_a_calendar_period_names_its_occurrence_and_a_date_any_other(due: Due, key: str) -> None:
    assert period_key(due) == key


def test_each_date_due_is_one_occurrence() -> None:
    assert keys(dated(BEFORE_15_MARCH, QUARTER_II)) == ["2026-03-15", "2026-Q2"]


def test_an_occurrence_keeps_what_the_text_said() -> None:
    due = Due(date(2026, 3, 15), date(2026, 3, 14), time(17), Period(date(2025, 12, 15), date(2026, 3, 14)))
    (occurrence,) = occurrences_of(dated(due), ONE_YEAR)
    assert (occurrence.stated, occurrence.last_day, occurrence.at, occurrence.period) == (
        due.stated,
        due.last_day,
        due.at,
        due.period,
    )


def test_two_dates_in_one_quarter_are_keyed_by_their_dates() -> None:
    mid_quarter = Due(date(2026, 5, 15), date(2026, 5, 15), period=QUARTER_II.period)
    assert keys(dated(mid_quarter, QUARTER_II)) == ["2026-05-15", "2026-06-30"]


def test_by_and_before_the_same_date_are_keyed_by_their_last_days() -> None:
    before, by = Due(date(2026, 6, 30), date(2026, 6, 29)), Due(date(2026, 6, 30), date(2026, 6, 30))
    assert keys(dated(before, by)) == ["2026-06-29", "2026-06-30"]


def test_a_date_given_twice_is_one_occurrence() -> None:
    assert keys(dated(BEFORE_15_MARCH, BEFORE_15_MARCH)) == ["2026-03-15"]


def test_an_ongoing_duty_has_one_for_each_report_window() -> None:
    ongoing = Deadline("Thường xuyên", Reading.ONGOING, says="")
    assert keys(ongoing) == ["2026-Q1", "2026-H1", "2026-Q3", "2026-Y"]


def test_an_ongoing_occurrence_has_a_window_and_no_date() -> None:
    first, *_ = occurrences_of(Deadline("Thường xuyên", Reading.ONGOING, says=""), ONE_YEAR)
    assert (first.window, first.stated, first.last_day) == ("2026-Q1", None, None)


def test_an_ongoing_duty_of_several_years_has_them_each_year() -> None:
    ongoing = Deadline("Thường xuyên", Reading.ONGOING, says="")
    assert keys(ongoing, Years(2026, 2027))[3:5] == ["2026-Y", "2027-Q1"]


def test_ongoing_beside_a_request_counts_as_ongoing() -> None:
    deadline = Deadline("", Reading.ON_REQUEST, says="", also=(Reading.ONGOING,))
    assert len(occurrences_of(deadline, ONE_YEAR)) == 4


def test_dates_win_over_ongoing() -> None:
    deadline = Deadline("", Reading.DATED, says="", also=(Reading.ONGOING,), due=(QUARTER_II,))
    assert keys(deadline) == ["2026-Q2"]


@pytest.mark.parametrize(
    "reading", [Reading.ON_REQUEST, Reading.AFTER_EVENT, Reading.OTHER_PLAN, Reading.UNREAD]
)
def test_what_has_no_date_yet_has_no_occurrence(reading: Reading) -> None:
    assert occurrences_of(Deadline("", reading, says=""), ONE_YEAR) == ()


NEAR = st.dates(date(2026, 6, 25), date(2026, 7, 5))
DUES = st.builds(
    lambda stated, before, period: Due(stated, stated - timedelta(days=before), period=period),
    NEAR,
    st.integers(0, 2),
    st.sampled_from([None, QUARTER_II.period]),
)


@settings(derandomize=True)
@given(st.lists(DUES, max_size=8))
def test_no_two_occurrences_share_a_key(dues: list[Due]) -> None:
    found = keys(dated(*dues))
    assert len(found) == len(set(found)) == len({(due.stated, due.last_day) for due in dues})
