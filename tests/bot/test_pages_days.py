"""Days in words, and the months of the demo's timeline."""

from datetime import date

import pytest

from bot.pages.days import day_in_words, months_between

STARTS, ENDS = date(2022, 2, 28), date(2023, 1, 31)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 3, 14), "Thứ Hai, 14/03/2022"),
        (date(2022, 3, 19), "Thứ Bảy, 19/03/2022"),
        (date(2022, 3, 20), "Chủ Nhật, 20/03/2022"),
    ],
)
def test_a_day_is_said_with_its_weekday(day: date, words: str) -> None:
    assert day_in_words(day) == words


def test_the_timeline_runs_from_the_first_day_through_the_month_of_the_last() -> None:
    months = months_between(STARTS, ENDS, STARTS)
    assert [month.first for month in months[:2]] == [STARTS, date(2022, 3, 1)]
    assert months[-1].first == date(2023, 1, 1)


def test_each_month_is_labelled_by_its_number() -> None:
    assert [month.label for month in months_between(STARTS, ENDS, STARTS)][:3] == ["Th2", "Th3", "Th4"]


def test_months_before_today_are_gone_and_later_ones_are_not() -> None:
    months = months_between(STARTS, ENDS, date(2022, 4, 1))
    assert [month.gone for month in months[:4]] == [1.0, 1.0, 0.0, 0.0]


def test_the_present_month_is_gone_by_its_share() -> None:
    april = months_between(STARTS, ENDS, date(2022, 4, 16))[2]
    assert (april.gone, april.is_current) == (0.5, True)


def test_only_one_month_is_the_present_one() -> None:
    assert sum(month.is_current for month in months_between(STARTS, ENDS, date(2022, 12, 31))) == 1
