"""What an address says amiss counts as not said."""

from datetime import date

import pytest

from bot.pages.query import day_said, number_said


@pytest.mark.parametrize("said", ["", "-1", "1.5", "²", "١", " 7", "9" * 19, "x"])
def test_what_is_no_number_of_a_row_is_none(said: str) -> None:
    assert number_said(said) == 0


def test_a_number_is_read() -> None:
    assert number_said("900719925474099312") == 900719925474099312


@pytest.mark.parametrize("said", ["", "31/3/2026", "2026-02-30", "hôm nay"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert day_said(said) is None


def test_a_day_is_read_as_browsers_write_it() -> None:
    assert day_said("2026-03-31") == date(2026, 3, 31)
