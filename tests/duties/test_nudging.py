"""The rungs of a ladder, the questions asked once a window, and the slots in which letters go out."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.deadline import Period
from duties.nudging import (
    Audience,
    Firmness,
    Policy,
    Rung,
    Slot,
    asks,
    due_rungs,
    in_order,
    ladder,
    may_send,
    milestones,
    next_rung,
    open_rungs,
    request_rung,
    slot_at,
    turn_of,
)
from duties.progress import Answer, Said
from duties.windows import Window, month_window, quarter_window, report_windows, year_window
from duties.workdays import HANOI, WorkCalendar

POLICY = Policy()
HOLIDAYS = (
    *(date(2022, 1, 31) + timedelta(days=n) for n in range(5)),
    date(2022, 4, 11),
    date(2022, 5, 2),
    date(2022, 5, 3),
    date(2022, 9, 1),
    date(2022, 9, 2),
    date(2023, 1, 2),
)
CALENDAR = WorkCalendar(dict.fromkeys(HOLIDAYS, "nghỉ"), worked={}, announced=frozenset({2022}))
QUARTER_I = quarter_window(2022, 1).span
DUE = QUARTER_I.end
LADDER = ladder(DUE, QUARTER_I.start, POLICY, CALENDAR)


def days(rungs: tuple[Rung, ...], audience: Audience = Audience.UNIT) -> dict[str, date]:
    return {rung.key: rung.on for rung in rungs if rung.audience is audience}


def before(rungs: tuple[Rung, ...]) -> list[str]:
    return [rung.key for rung in rungs if rung.firmness <= Firmness.DUE]


def hanoi(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HANOI)


# the ladder


def test_a_quarters_ladder_climbs_on_working_days() -> None:
    assert days(LADDER) == {
        "before:10": date(2022, 3, 17),
        "before:5": date(2022, 3, 24),
        "before:2": date(2022, 3, 29),
        "due": date(2022, 3, 31),
        "due:14h": date(2022, 3, 31),
        "after:1": date(2022, 4, 1),
        "after:3": date(2022, 4, 5),
        "after:5": date(2022, 4, 7),
        "monday:2022-04-11": date(2022, 4, 12),
        "monday:2022-04-18": date(2022, 4, 18),
        "monday:2022-04-25": date(2022, 4, 25),
        "monday:2022-05-02": date(2022, 5, 4),
        "monday:2022-05-09": date(2022, 5, 9),
        "monday:2022-05-16": date(2022, 5, 16),
    }


def test_the_office_is_told_after_three_days_and_when_it_is_left_to_it() -> None:
    assert days(LADDER, Audience.OFFICE) == {"office:3": date(2022, 4, 5), "left": date(2022, 5, 17)}


def test_the_leader_is_told_after_ten_days() -> None:
    assert days(LADDER, Audience.LEADER) == {"leader:10": date(2022, 4, 15)}


def test_only_the_last_call_of_the_day_goes_out_in_the_afternoon() -> None:
    assert [rung.key for rung in LADDER if rung.slot is Slot.AFTERNOON] == ["due:14h"]


def test_firmness_never_falls_for_the_unit() -> None:
    firmness = [rung.firmness for rung in LADDER if rung.audience is Audience.UNIT]
    assert firmness == sorted(firmness)


@pytest.mark.parametrize(
    ("period", "keys"),
    [
        (month_window(2022, 6).span, ["before:5", "before:2", "due", "due:14h"]),
        (Period(date(2022, 6, 13), date(2022, 6, 17)), ["before:1", "due", "due:14h"]),
        (Period(date(2022, 6, 16), date(2022, 6, 17)), ["before:1", "due", "due:14h"]),
        (Period(date(2022, 6, 17), date(2022, 6, 17)), ["due", "due:14h"]),
        (Period(date(2022, 6, 13), date(2022, 6, 26)), ["before:5", "before:2", "due", "due:14h"]),
    ],
)
def test_the_length_of_the_period_decides_the_rungs(period: Period, keys: list[str]) -> None:
    assert before(ladder(period.end, period.start, POLICY, CALENDAR)) == keys


def test_a_rung_longer_than_half_the_period_is_dropped() -> None:
    tet_fortnight = ladder(date(2022, 2, 10), date(2022, 1, 28), POLICY, CALENDAR)
    assert before(tet_fortnight) == ["before:2", "due", "due:14h"]


def test_confirmed_after_the_due_date_only_lateness_is_left_to_tell() -> None:
    late = ladder(date(2022, 3, 31), date(2022, 4, 20), POLICY, CALENDAR)
    assert before(late) == ["due", "due:14h"]


def test_a_saturday_is_called_to_mind_counting_back_from_friday() -> None:
    year_end = ladder(date(2022, 12, 31), date(2022, 10, 1), POLICY, CALENDAR)
    assert days(year_end)["before:2"] == date(2022, 12, 28)
    assert days(year_end)["due"] == date(2022, 12, 30)


def test_lateness_counts_from_the_day_that_was_still_on_time() -> None:
    lenient = ladder(date(2022, 12, 31), date(2022, 10, 1), POLICY, CALENDAR, until=date(2023, 1, 3))
    assert days(lenient)["after:1"] == date(2023, 1, 4)


def test_two_mondays_in_one_long_closure_are_told_once() -> None:
    closed = {date(2022, 4, 8) + timedelta(days=n): "nghỉ" for n in range(14)}
    rungs = ladder(DUE, QUARTER_I.start, POLICY, replace(CALENDAR, days_off=closed))
    assert [rung.key for rung in rungs if rung.on == date(2022, 4, 22)] == ["monday:2022-04-18"]


def test_of_two_rungs_at_one_time_the_firmer_stays() -> None:
    early = Rung("before:5", DUE, Audience.UNIT, Slot.MORNING, Firmness.EARLY)
    firm = Rung("due", DUE, Audience.UNIT, Slot.MORNING, Firmness.DUE)
    assert in_order([firm, early]) == (firm,)


STARTS = st.dates(date(2022, 1, 1), date(2022, 12, 1))


@settings(derandomize=True)
@given(STARTS, st.integers(0, 200))
def test_rungs_are_ordered_on_working_days_and_have_keys_of_their_own(starts: date, length: int) -> None:
    rungs = ladder(starts + timedelta(days=length), starts, POLICY, CALENDAR)
    assert list(rungs) == sorted(rungs, key=lambda rung: (rung.on, rung.slot))
    assert all(CALENDAR.is_workday(rung.on) for rung in rungs)
    assert len({rung.key for rung in rungs}) == len(rungs)


@settings(derandomize=True)
@given(STARTS, st.integers(0, 200))
def test_nothing_is_left_to_the_office_before_everything_was_said(starts: date, length: int) -> None:
    *earlier, last = ladder(starts + timedelta(days=length), starts, POLICY, CALENDAR)
    assert last.key == "left"
    assert all(rung.on < last.on for rung in earlier)


# the questions


def test_what_is_due_at_the_end_of_the_year_is_asked_about_in_every_other_window() -> None:
    rungs = asks(year_window(2022).span, date(2022, 12, 31), POLICY, CALENDAR)
    assert days(rungs) == {
        "ask:2022-Q1": date(2022, 3, 7),
        "ask:2022-H1": date(2022, 6, 7),
        "ask:2022-Q3": date(2022, 9, 7),
    }


def test_what_is_due_in_years_is_asked_about_every_year() -> None:
    rungs = asks(Period(date(2022, 1, 1), date(2023, 12, 31)), date(2023, 12, 31), POLICY, CALENDAR)
    assert "ask:2022-Y" in days(rungs)


def test_what_is_due_within_the_window_needs_no_question() -> None:
    assert asks(quarter_window(2022, 2).span, date(2022, 6, 30), POLICY, CALENDAR) == ()


def test_no_question_lies_before_the_period() -> None:
    rungs = asks(Period(date(2022, 3, 9), date(2022, 12, 31)), date(2022, 12, 31), POLICY, CALENDAR)
    assert "ask:2022-Q1" not in days(rungs)


@pytest.mark.parametrize("window", report_windows(2022))
def test_an_ongoing_occurrence_is_asked_about_its_own_window(window: Window) -> None:
    assert list(days(asks(window.span, None, POLICY, CALENDAR))) == [f"ask:{window.key}"]


def test_an_undated_span_is_asked_about_in_every_window_it_touches() -> None:
    rungs = asks(Period(date(2022, 2, 1), date(2022, 8, 31)), None, POLICY, CALENDAR)
    assert list(days(rungs)) == ["ask:2022-Q1", "ask:2022-H1", "ask:2022-Q3", "ask:2022-Y"]


def test_a_question_is_asked_kindly() -> None:
    (rung,) = asks(QUARTER_I, None, POLICY, CALENDAR)
    assert rung.firmness is Firmness.ASK


# what is open, due and next


def opened(
    *,
    since: date = date(2022, 1, 1),
    in_progress: bool = False,
    snoozed_until: date | None = None,
) -> dict[str, date]:
    rungs = open_rungs(LADDER, since=since, in_progress=in_progress, snoozed_until=snoozed_until)
    return {rung.key: rung.on for rung in rungs}


def test_rungs_before_the_confirmation_are_never_sent() -> None:
    assert next(iter(opened(since=date(2022, 3, 25)))) == "before:2"


def test_a_rung_on_the_day_of_the_confirmation_is_sent() -> None:
    assert next(iter(opened(since=date(2022, 3, 24)))) == "before:5"


def test_a_unit_at_work_hears_no_early_rung() -> None:
    assert list(opened(in_progress=True))[:3] == ["before:2", "due", "due:14h"]


def test_asked_to_wait_the_next_rung_comes_on_that_day() -> None:
    assert opened(snoozed_until=date(2022, 3, 28))["before:5"] == date(2022, 3, 28)


def test_asked_to_wait_too_long_the_due_date_is_still_told() -> None:
    still_open = opened(since=date(2022, 3, 25), snoozed_until=date(2022, 4, 20))
    assert next(iter(still_open.items())) == ("due", date(2022, 3, 31))


def test_asked_to_wait_the_office_still_hears_in_time() -> None:
    assert opened(snoozed_until=date(2022, 4, 20))["office:3"] == date(2022, 4, 5)


def test_a_question_can_wait_too() -> None:
    questions = asks(QUARTER_I, None, POLICY, CALENDAR)
    wait_until = date(2022, 3, 10)
    rungs = open_rungs(questions, since=QUARTER_I.start, in_progress=False, snoozed_until=wait_until)
    assert days(rungs) == {"ask:2022-Q1": wait_until}


def test_the_rung_of_today_is_due() -> None:
    reached = due_rungs(LADDER, {"before:10"}, date(2022, 3, 24), Slot.MORNING)
    assert [rung.key for rung in reached] == ["before:5"]


def test_what_was_told_is_not_due() -> None:
    assert due_rungs(LADDER, {"before:10", "before:5"}, date(2022, 3, 24), Slot.MORNING) == ()


def test_after_days_of_silence_they_come_together_oldest_first() -> None:
    reached = due_rungs(LADDER, {"before:10"}, date(2022, 3, 31), Slot.MORNING)
    assert [rung.key for rung in reached] == ["before:5", "before:2", "due"]


def test_the_last_call_waits_for_the_afternoon() -> None:
    told = {"before:10", "before:5", "before:2", "due"}
    assert [rung.key for rung in due_rungs(LADDER, told, DUE, Slot.AFTERNOON)] == ["due:14h"]


def test_the_next_rung_is_the_earliest_not_told() -> None:
    coming = next_rung(LADDER, {"before:10", "before:5"})
    assert coming is not None
    assert coming.key == "before:2"


def test_when_all_is_told_nothing_is_next() -> None:
    assert next_rung(LADDER, {rung.key for rung in LADDER}) is None


ASKED = Answer(4, Said.EXTENSION, hanoi(date(2022, 3, 25), 9))


def test_a_request_that_waits_two_working_days_is_called_to_the_offices_mind() -> None:
    rung = request_rung(ASKED, POLICY, CALENDAR)
    assert (rung.key, rung.on, rung.audience) == ("request:4", date(2022, 3, 29), Audience.OFFICE)


# slots

THURSDAY = date(2022, 3, 31)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (hanoi(THURSDAY, 7, 59), None),
        (hanoi(THURSDAY, 8), Slot.MORNING),
        (hanoi(THURSDAY, 13, 59), Slot.MORNING),
        (hanoi(THURSDAY, 14), Slot.AFTERNOON),
        (hanoi(THURSDAY, 16, 30), Slot.AFTERNOON),
        (hanoi(THURSDAY, 16, 31), None),
        (hanoi(date(2022, 4, 11), 8), None),
        (datetime(2022, 3, 31, 1, 30, tzinfo=UTC), Slot.MORNING),
    ],
)
def test_a_slot_that_was_missed_goes_out_until_half_past_four(now: datetime, slot: Slot | None) -> None:
    assert slot_at(now, POLICY, CALENDAR) == slot


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (hanoi(THURSDAY, 7, 29), False),
        (hanoi(THURSDAY, 7, 30), True),
        (hanoi(THURSDAY, 17), True),
        (hanoi(THURSDAY, 17, 1), False),
        (hanoi(date(2022, 5, 2), 9), False),
    ],
)
def test_nothing_is_sent_outside_office_hours(now: datetime, may: bool) -> None:
    assert may_send(now, POLICY, CALENDAR) is may


@pytest.mark.parametrize(
    "wrong",
    [
        {"morning": time(7)},
        {"opens": time(17), "closes": time(7, 30)},
        {"afternoon": time(16, 45)},
        {"quarter_rungs": (10, -5)},
        {"after": (0,)},
        {"leader_after": 1000},
        {"month_days": 90},
    ],
)
def test_a_policy_that_cannot_be_kept_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^(Số ngày|Các giờ|Kỳ nhắc)"):
        replace(POLICY, **wrong)


def test_a_milestone_is_asked_on_its_day_within_the_period_only() -> None:
    days = [date(2022, 1, 15), date(2022, 5, 10), date(2022, 9, 1)]
    rungs = milestones(days, Period(date(2022, 4, 1), date(2022, 6, 30)), CALENDAR)
    assert [(rung.key, rung.on, rung.firmness) for rung in rungs] == [
        ("milestone:2022-05-10", date(2022, 5, 10), Firmness.ASK)
    ]


def test_a_milestone_on_a_day_off_is_asked_on_the_next_working_day() -> None:
    [rung] = milestones([date(2022, 5, 1)], Period(date(2022, 4, 1), date(2022, 6, 30)), CALENDAR)
    assert (rung.key, rung.on) == ("milestone:2022-05-01", date(2022, 5, 4))


def test_every_day_of_a_year_is_the_turn_of_one_report_window() -> None:
    turns = [turn_of(window) for window in report_windows(2022)]
    days = [turn.start + timedelta(n) for turn in turns for n in range(turn.days)]
    assert days == [date(2022, 1, 1) + timedelta(n) for n in range(365)]
