"""What is typed as a deadline on a plan's page is read at once."""

from datetime import date

from bot.pages.plans.reading import in_short, read_now
from duties.deadline import Years


def test_what_is_typed_is_read_at_once() -> None:
    read = read_now("Quý II, IV", Years.of(2026))
    assert (read.is_understood, read.days) == (True, "30/6, 31/12/2026")


def test_what_is_not_understood_says_why() -> None:
    read = read_now("sớm nhất có thể", Years.of(2026))
    assert (read.is_understood, bool(read.says), read.days) == (False, True, "")


def test_what_may_mean_several_days_gives_them_to_choose() -> None:
    assert "ngày 10 tháng cuối hằng quý" in read_now("hằng quý, ngày 10", Years.of(2026)).choices


def test_many_days_are_told_shortly() -> None:
    days = [date(2026, 1, day) for day in range(1, 32)]
    assert in_short(days).endswith("12/1/2026… (31 lần)")


def test_days_of_two_years_name_each_year_once() -> None:
    assert in_short([date(2026, 3, 1), date(2026, 4, 1), date(2027, 3, 1)]) == "1/3, 1/4/2026; 1/3/2027"
