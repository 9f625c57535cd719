"""The State's days off, its swaps, and what the office changes."""

from datetime import date

import pytest

from data.office_days import DayChange, office_calendar

PLAIN = office_calendar([2022, 2026], [])


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 1, 3),  # New Year's Day was a Saturday
        date(2022, 1, 31),  # the last day of the lunar year
        date(2022, 4, 11),  # Giỗ Tổ was a Sunday
        date(2022, 5, 2),
        date(2022, 5, 3),
        date(2022, 9, 1),
        date(2026, 2, 17),  # the first day of the lunar year
        date(2026, 8, 31),
        date(2026, 11, 24),
    ],
)
def test_public_holidays_are_off(day: date) -> None:
    assert not PLAIN.is_workday(day)


@pytest.mark.parametrize("day", [date(2022, 2, 7), date(2022, 5, 4), date(2026, 8, 22)])
def test_the_days_around_them_are_worked(day: date) -> None:
    assert PLAIN.is_workday(day)


def test_the_swap_of_january_2026_gives_the_second_off() -> None:
    assert PLAIN.why_off(date(2026, 1, 2)) == "Nghỉ hoán đổi (làm bù Thứ Bảy 10/01/2026)"


def test_the_swap_of_january_2026_works_a_saturday() -> None:
    assert PLAIN.is_workday(date(2026, 1, 10))


def test_a_name_is_said_in_vietnamese() -> None:
    assert PLAIN.why_off(date(2022, 4, 11)) == "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"


def test_the_days_around_new_year_are_known_too() -> None:
    assert PLAIN.why_off(date(2023, 1, 2)) == "Tết Dương lịch (nghỉ bù)"


def test_the_office_may_work_on_a_public_holiday() -> None:
    culture_day = date(2026, 11, 24)
    calendar = office_calendar([2026], [DayChange(culture_day, False, "Chưa có quy định nghỉ")])
    assert calendar.is_workday(culture_day)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2029, 11, 26)])  # in 2029 it falls on a Saturday
def test_the_culture_day_and_its_day_in_lieu_can_be_switched_off(day: date) -> None:
    assert office_calendar([day.year], [], culture_day_off=False).is_workday(day)


def test_a_change_of_one_year_wins_over_the_switch() -> None:
    culture_day = date(2026, 11, 24)
    changes = [DayChange(culture_day, True, "Nghỉ")]
    assert not office_calendar([2026], changes, culture_day_off=False).is_workday(culture_day)


def test_the_office_may_close_on_a_working_day() -> None:
    calendar = office_calendar([2022], [DayChange(date(2022, 6, 15), True, "Đại hội Công đoàn")])
    assert calendar.why_off(date(2022, 6, 15)) == "Đại hội Công đoàn"


def test_the_office_wins_over_the_shipped_swap() -> None:
    calendar = office_calendar([2026], [DayChange(date(2026, 1, 10), True, "Không làm bù")])
    assert not calendar.is_workday(date(2026, 1, 10))


def test_of_two_changes_of_a_day_the_later_one_holds() -> None:
    day = date(2022, 6, 15)
    calendar = office_calendar(
        [2022], [DayChange(day, True, "Nghỉ"), DayChange(day, False, "Thôi không nghỉ")]
    )
    assert calendar.is_workday(day)


def test_one_office_leaves_the_calendar_of_another_alone() -> None:
    office_calendar([2022], [DayChange(date(2022, 6, 15), True, "Đại hội Công đoàn")])
    assert office_calendar([2022], []).is_workday(date(2022, 6, 15))


def test_a_year_without_an_announcement_says_so() -> None:
    assert not office_calendar([2026, 2027], []).is_announced(2027)


def test_a_year_with_an_announcement_says_so() -> None:
    assert office_calendar([2026, 2027], []).is_announced(2026)


def test_the_office_can_enter_an_announcement_itself() -> None:
    assert office_calendar([2027], [], announced=[2027]).is_announced(2027)


def test_no_years_know_weekends_only() -> None:
    assert office_calendar([], []).why_off(date(2022, 9, 3)) == "Thứ Bảy"
