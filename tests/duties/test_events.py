"""A length of time after an event: the first day is not counted."""

from datetime import date

import pytest

from data.office_days import office_calendar
from duties.deadline import Deadline, Offset, OffsetUnit, Period, Reading
from duties.events import Happening, after_events, day_after

CALENDAR = office_calendar([2022], [])
FIVE_WORKING_DAYS = Offset(5, OffsetUnit.WORKING_DAY)


def after_event(offset: Offset | None) -> Deadline:
    return Deadline("…", Reading.AFTER_EVENT, says="", event="nhận được văn bản", offset=offset)


@pytest.mark.parametrize(
    ("begins", "offset", "ends"),
    [
        (date(2022, 4, 12), Offset(15, OffsetUnit.DAY), date(2022, 4, 27)),
        (date(2022, 3, 11), FIVE_WORKING_DAYS, date(2022, 3, 18)),
        (date(2022, 4, 29), Offset(1, OffsetUnit.WORKING_DAY), date(2022, 5, 4)),  # over 30/4 and 1/5
        (date(2022, 3, 12), Offset(1, OffsetUnit.WORKING_DAY), date(2022, 3, 14)),  # an event on a Saturday
        (date(2022, 1, 31), Offset(1, OffsetUnit.MONTH), date(2022, 2, 28)),
        (date(2022, 11, 30), Offset(3, OffsetUnit.MONTH), date(2023, 2, 28)),
        (date(2022, 4, 1), Offset(0.5, OffsetUnit.MONTH), date(2022, 4, 16)),
        (date(2022, 4, 1), Offset(0.5, OffsetUnit.WORKING_DAY), date(2022, 4, 4)),
    ],
)
def test_the_day_it_begins_on_is_not_counted(begins: date, offset: Offset, ends: date) -> None:
    assert day_after(begins, offset, CALENDAR) == ends


def test_each_time_the_event_happens_is_an_occurrence() -> None:
    happened = [Happening(date(2022, 4, 12)), Happening(date(2022, 3, 11))]
    planned = after_events(after_event(FIVE_WORKING_DAYS), happened, CALENDAR)
    assert [each.last_day for each in planned] == [date(2022, 3, 18), date(2022, 4, 19)]


def test_its_period_runs_from_the_event_to_the_due_date() -> None:
    planned = after_events(after_event(FIVE_WORKING_DAYS), [Happening(date(2022, 3, 11))], CALENDAR)
    assert planned[0].period == Period(date(2022, 3, 11), date(2022, 3, 18))


def test_where_the_plan_counts_no_days_nothing_is_due_by_itself() -> None:
    assert after_events(after_event(None), [Happening(date(2022, 3, 11))], CALENDAR) == ()


def test_the_office_s_due_date_wins() -> None:
    happened = [Happening(date(2022, 3, 11), due=date(2022, 3, 31))]
    planned = after_events(after_event(FIVE_WORKING_DAYS), happened, CALENDAR)
    assert planned[0].last_day == date(2022, 3, 31)


def test_a_duty_that_waits_for_no_event_is_not_dated_by_one() -> None:
    ongoing = Deadline("Thường xuyên", Reading.ONGOING, says="")
    assert after_events(ongoing, [Happening(date(2022, 3, 11))], CALENDAR) == ()
