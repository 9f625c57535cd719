"""The windows an office reports on, and the words people use for them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.deadline import Period
from duties.windows import (
    CODES,
    Window,
    by_calendar,
    following,
    half_window,
    is_backwards,
    month_window,
    nine_months_window,
    previous,
    quarter_window,
    read_window,
    report_windows,
    span_window,
    window_at,
    window_of_key,
    year_window,
)

TODAY = date(2022, 5, 20)
EVERY_KEY = st.builds(
    lambda year, code: f"{year}-{code}", st.integers(2001, 2090), st.sampled_from(sorted(CODES))
)


@pytest.mark.parametrize(
    ("window", "key", "name", "cut_off"),
    [
        (quarter_window(2022, 1), "2022-Q1", "Quý I năm 2022", date(2022, 3, 14)),
        (half_window(2022, 1), "2022-H1", "6 tháng đầu năm 2022", date(2022, 6, 14)),
        (quarter_window(2022, 3), "2022-Q3", "Quý III năm 2022", date(2022, 9, 14)),
        (year_window(2022), "2022-Y", "Năm 2022", date(2022, 12, 14)),
        (month_window(2022, 5), "2022-M05", "tháng 5 năm 2022", date(2022, 5, 14)),
        (nine_months_window(2022), "2022-9M", "9 tháng đầu năm 2022", date(2022, 9, 14)),
        (
            span_window(date(2022, 3, 15), date(2022, 6, 14)),
            "2022-03-15..2022-06-14",
            "từ 15/03/2022 đến 14/06/2022",
            date(2022, 6, 14),
        ),
    ],
)
def test_a_window_has_a_key_a_name_and_a_cut_off(window: Window, key: str, name: str, cut_off: date) -> None:
    assert (window.key, window.name, window.cut_off) == (key, name, cut_off)


def test_a_quarter_spans_its_calendar_months() -> None:
    assert quarter_window(2022, 2).span == Period(date(2022, 4, 1), date(2022, 6, 30))


def test_february_of_a_leap_year_ends_on_the_29th() -> None:
    assert month_window(2024, 2).span.end == date(2024, 2, 29)


def test_its_data_begin_where_those_of_the_window_before_closed() -> None:
    assert quarter_window(2022, 1).data == Period(date(2021, 12, 15), date(2022, 3, 14))


def test_a_window_from_day_to_day_holds_the_data_of_its_days() -> None:
    assert span_window(date(2022, 1, 1), date(2022, 3, 31)).data == Period(
        date(2022, 1, 1), date(2022, 3, 31)
    )


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2022, 3, 31), False),
        (date(2022, 4, 1), True),
        (date(2022, 6, 30), True),
        (date(2022, 7, 1), False),
    ],
)
def test_it_contains_the_days_of_its_span(day: date, inside: bool) -> None:
    assert quarter_window(2022, 2).contains(day) is inside


def test_the_four_reports_of_a_year_come_in_order() -> None:
    assert [window.key for window in report_windows(2022)] == ["2022-Q1", "2022-H1", "2022-Q3", "2022-Y"]


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2022, 1, 1), "2022-Q1"),
        (date(2022, 3, 14), "2022-Q1"),
        (date(2022, 3, 15), "2022-H1"),
        (date(2022, 9, 14), "2022-Q3"),
        (date(2022, 12, 14), "2022-Y"),
        (date(2022, 12, 15), "2023-Q1"),
    ],
)
def test_the_window_due_next_changes_after_its_cut_off(today: date, key: str) -> None:
    assert window_at(today).key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "2022-H1"),
        ("  ", "2022-H1"),
        ("quý 2", "2022-Q2"),
        ("quy II", "2022-Q2"),
        ("Quý IV", "2022-Q4"),
        ("quý một", "2022-Q1"),
        ("quý III/2021", "2021-Q3"),
        ("quý 2 năm 2023", "2023-Q2"),
        ("Q3", "2022-Q3"),
        ("quý này", "2022-Q2"),
        ("quý trước", "2022-Q1"),
        ("6 tháng", "2022-H1"),
        ("6 tháng đầu năm", "2022-H1"),
        ("6 tháng đầu năm 2021", "2021-H1"),
        ("sáu tháng cuối năm", "2022-H2"),
        ("9 tháng", "2022-9M"),
        ("9 tháng năm 2021", "2021-9M"),
        ("năm", "2022-Y"),
        ("cả năm", "2022-Y"),
        ("nam 2021", "2021-Y"),
        ("2021", "2021-Y"),
        ("năm ngoái", "2021-Y"),
        ("tháng 5", "2022-M05"),
        ("thang 12/2021", "2021-M12"),
        ("tháng này", "2022-M05"),
        ("tháng trước", "2022-M04"),
        ("từ 15/3 đến 14/6", "2022-03-15..2022-06-14"),
        ("tu ngay 15/3/2021 den het ngay 14/6/2021", "2021-03-15..2021-06-14"),
        ("15/3 - 14/6", "2022-03-15..2022-06-14"),
        ("từ 15/12 đến 14/3", "2021-12-15..2022-03-14"),
        ("từ 15/12/2021 đến 14/3", "2021-12-15..2022-03-14"),
        ("từ 15/12 đến 14/3/2023", "2022-12-15..2023-03-14"),
    ],
)
def test_it_reads_what_people_call_a_window(text: str, key: str) -> None:
    window = read_window(text, TODAY)
    assert window is not None
    assert window.key == key


@pytest.mark.parametrize(
    "text",
    [
        "quý 5",
        "tháng 13",
        "phòng tài chính",
        "từ 31/2 đến 14/6",
        "từ 14/6/2022 đến 15/3/2022",
        "ca",
        "5 tháng",
        "20222",
    ],
)
def test_what_it_does_not_understand_is_none(text: str) -> None:
    assert read_window(text, TODAY) is None


@pytest.mark.parametrize(
    ("window", "key"),
    [
        (month_window(2022, 1), "2021-M12"),
        (quarter_window(2022, 1), "2021-Q4"),
        (quarter_window(2022, 3), "2022-Q2"),
        (half_window(2022, 1), "2021-H1"),
        (year_window(2022), "2021-Y"),
        (span_window(date(2022, 3, 11), date(2022, 3, 20)), "2022-03-01..2022-03-10"),
    ],
)
def test_it_is_compared_with_the_one_before_or_a_year_earlier(window: Window, key: str) -> None:
    assert previous(window).key == key


@pytest.mark.parametrize(
    ("window", "key"),
    [
        (month_window(2022, 12), "2023-M01"),
        (quarter_window(2022, 4), "2023-Q1"),
        (half_window(2022, 1), "2022-H2"),
        (half_window(2022, 2), "2023-H1"),
        (nine_months_window(2022), "2022-Q4"),
        (year_window(2022), "2023-Y"),
        (span_window(date(2022, 3, 1), date(2022, 3, 10)), "2022-03-11..2022-03-20"),
    ],
)
def test_what_comes_next_follows_it(window: Window, key: str) -> None:
    assert following(window).key == key


@settings(derandomize=True)
@given(EVERY_KEY)
def test_a_key_leads_back_to_its_window(key: str) -> None:
    assert window_of_key(key).key == key


@settings(derandomize=True)
@given(EVERY_KEY)
def test_what_follows_begins_the_day_after(key: str) -> None:
    window = window_of_key(key)
    assert following(window).span.start == window.span.end + timedelta(days=1)


@settings(derandomize=True)
@given(EVERY_KEY)
def test_its_name_said_back_is_the_same_window(key: str) -> None:
    window = window_of_key(key)
    assert read_window(window.name, TODAY) == window


@settings(derandomize=True)
@given(st.text(max_size=40))
def test_reading_is_total(text: str) -> None:
    window = read_window(text, TODAY)
    assert window is None or window.span.start <= window.span.end


@pytest.mark.parametrize("key", ["2022-Q5", "2022", "quý 2", ""])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="window"):
        window_of_key(key)


# windows that follow the calendar


@pytest.mark.parametrize(
    ("words", "key", "name"),
    [
        ("quý 2 dương lịch", "2026-Q2D", "Quý II năm 2026 (theo dương lịch)"),
        ("6 tháng theo dương lịch", "2026-H1D", "6 tháng đầu năm 2026 (theo dương lịch)"),
        ("tháng 5 (dương lịch)", "2026-M05D", "tháng 5 năm 2026 (theo dương lịch)"),
        ("năm 2025 dương lịch", "2025-YD", "Năm 2025 (theo dương lịch)"),
    ],
)
def test_by_the_calendar_data_run_to_the_last_day(words: str, key: str, name: str) -> None:
    window = read_window(words, date(2026, 6, 1))
    assert window is not None
    assert (window.key, window.name, window.cut_off) == (key, name, window.span.end)
    assert window.data == window.span


def test_by_the_calendar_it_is_compared_with_the_calendar() -> None:
    quarter = by_calendar(quarter_window(2026, 1))
    assert (previous(quarter).key, following(quarter).key) == ("2025-Q4D", "2026-Q2D")


def test_its_key_is_read_back_and_its_name_too() -> None:
    window = by_calendar(quarter_window(2026, 2))
    assert window_of_key(window.key) == window
    assert read_window(window.name, date(2020, 1, 1)) == window


def test_ongoing_work_of_a_calendar_window_is_that_of_the_window() -> None:
    assert by_calendar(half_window(2026, 1)).asked_as == half_window(2026, 1).key


def test_what_has_no_end_but_its_own_stays_as_it_is() -> None:
    lone = span_window(date(2026, 3, 1), date(2026, 4, 5))
    assert by_calendar(lone) is lone


@pytest.mark.parametrize(
    ("words", "is_so"),
    [("từ 14/6/2022 đến 15/3/2022", True), ("từ 15/3 đến 14/6", False), ("từ 14/12 đến 15/3", False), ("từ 31/2/2022 đến 1/1/2022", False), ("quý 2", False)],
)  # fmt: skip
def test_days_that_run_backwards_are_told_from_what_is_not_understood(words: str, is_so: bool) -> None:
    assert is_backwards(words, TODAY) is is_so
