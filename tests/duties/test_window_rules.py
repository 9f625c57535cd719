"""Report windows as values of an agency."""

from datetime import date

import pytest

from data.office_days import office_calendar
from duties.deadline import Period
from duties.nudging import Policy, asks
from duties.windows import (
    WindowRules,
    following,
    month_window,
    previous,
    quarter_window,
    read_window,
    report_windows,
    window_at,
)

ON_THE_25TH = WindowRules(cut_off_day=25, report_day=28)
EVERY_QUARTER = WindowRules(reports=("Y", "Q1", "Q2", "Q3"))
CALENDAR = office_calendar([2022], [])


def test_data_close_on_the_agency_s_day() -> None:
    assert quarter_window(2022, 1, ON_THE_25TH).cut_off == date(2022, 3, 25)


def test_a_month_without_that_day_closes_with_its_last() -> None:
    assert month_window(2022, 2, WindowRules(30, 31)).cut_off == date(2022, 2, 28)


def test_its_data_begin_after_those_of_the_window_before() -> None:
    assert quarter_window(2022, 1, ON_THE_25TH).data == Period(date(2021, 12, 26), date(2022, 3, 25))


def test_a_report_is_due_on_the_agency_s_day() -> None:
    assert quarter_window(2022, 1, ON_THE_25TH).report_due == date(2022, 3, 28)


def test_the_agency_reports_on_its_own_windows_in_their_order() -> None:
    keys = [window.key for window in report_windows(2022, EVERY_QUARTER)]
    assert keys == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Y"]


def test_the_window_due_next_is_one_of_the_agency_s() -> None:
    assert window_at(date(2022, 5, 20), EVERY_QUARTER).key == "2022-Q2"


@pytest.mark.parametrize("step", [previous, following])
def test_the_windows_beside_it_close_by_the_same_rules(step: object) -> None:
    assert callable(step)
    assert step(quarter_window(2022, 2, ON_THE_25TH)).cut_off.day == 25


def test_words_mean_a_window_of_the_agency() -> None:
    window = read_window("quý 2", date(2022, 5, 20), ON_THE_25TH)
    assert window is not None
    assert window.cut_off == date(2022, 6, 25)


def test_the_question_comes_before_the_agency_s_cut_off() -> None:
    rungs = asks(Period(date(2022, 4, 1), date(2022, 6, 30)), None, Policy(), CALENDAR, EVERY_QUARTER)
    assert [(rung.key, rung.on) for rung in rungs] == [("ask:2022-Q2", date(2022, 6, 7))]


@pytest.mark.parametrize(("cut_off", "report"), [(0, 20), (21, 20), (14, 32)])
def test_days_that_no_month_has_are_refused(cut_off: int, report: int) -> None:
    with pytest.raises(ValueError, match="data close"):
        WindowRules(cut_off, report)


def test_windows_that_nobody_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="no windows"):
        WindowRules(reports=("Q5",))
