"""The numbers of a window: what belongs to it, what counts, and what stands beside."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.facts import Counted, Fact, Numbers
from duties.progress import Value
from duties.summary import (
    Counts,
    Summary,
    UnitLine,
    added_up,
    cut_day,
    summarise,
    value_of_occurrence,
)
from duties.windows import half_window, month_window, quarter_window, year_window
from tests.fakes.facts import FACT

QUARTER_II = quarter_window(2022, 2)
AS_OF = QUARTER_II.cut_off
DONE = replace(FACT, value=Value.ON_TIME, done_on=date(2022, 6, 10))
ONGOING = replace(
    FACT,
    due=None,
    original_last_day=None,
    period=year_window(2022).span,
    value=None,
    ongoing=True,
    window="2022-Y",
)
FROM_QUARTER_I = replace(
    FACT,
    due=date(2022, 3, 31),
    original_last_day=date(2022, 3, 31),
    period=quarter_window(2022, 1).span,
    value=Value.OVERDUE,
)


def summed(*facts: Fact) -> Summary:
    """Each fact as an obligation and an occurrence of its own, unless it says otherwise."""
    numbered = [
        replace(fact, obligation_id=n, occurrence_id=fact.occurrence_id * 100 + n)
        for n, fact in enumerate(facts)
    ]
    return summarise(QUARTER_II, Numbers(AS_OF, tuple(numbered)))


# what belongs to a window


def test_it_belongs_where_its_period_ends() -> None:
    assert summed(FACT).obligations == Counts(open=1)


def test_a_year_ends_in_its_last_quarter() -> None:
    assert summed(replace(FACT, period=year_window(2022).span)).obligations.total == 0


def test_a_lone_date_belongs_where_its_first_last_day_lies() -> None:
    lone = replace(FACT, period=None, original_last_day=date(2022, 4, 14), due=date(2022, 4, 14))
    assert summed(lone).obligations.total == 1


def test_an_extension_never_moves_it() -> None:
    extended = replace(FACT, due=date(2022, 8, 15), extended=True)
    assert summed(extended).obligations == Counts(open=1)


def test_six_months_count_both_quarters() -> None:
    facts = [FROM_QUARTER_I, replace(FACT, obligation_id=2, occurrence_id=2)]
    assert summarise(half_window(2022, 1), Numbers(AS_OF, tuple(facts))).obligations == Counts(
        open=1, overdue=1
    )


def test_what_does_not_apply_leaves_the_denominator() -> None:
    summary = summed(DONE, replace(FACT, value=None, not_applicable=True))
    assert (summary.obligations.total, len(summary.not_applicable)) == (1, 1)


def test_what_was_moved_away_is_nowhere() -> None:
    summary = summed(replace(FACT, value=None))
    assert (summary.counted, summary.not_applicable, summary.by_unit) == ((), (), ())


# what is carried over


def test_what_was_open_before_is_listed_apart() -> None:
    summary = summed(FROM_QUARTER_I, FACT)
    assert (summary.obligations.total, len(summary.carried_over)) == (1, 1)


@pytest.mark.parametrize(("done_on", "carried"), [(date(2022, 3, 14), 0), (date(2022, 3, 15), 1)])
def test_what_was_done_before_the_data_closed_is_not_carried_over(done_on: date, carried: int) -> None:
    done = replace(FROM_QUARTER_I, value=Value.ON_TIME, done_on=done_on)
    assert len(summed(done).carried_over) == carried


def test_what_lies_ahead_is_not_carried_over() -> None:
    ahead = replace(FACT, period=quarter_window(2022, 3).span, due=date(2022, 9, 30))
    assert summed(ahead).carried_over == ()


# what stands out


def test_the_longest_overdue_comes_first() -> None:
    may, april = (
        replace(FACT, code=code, period=None, original_last_day=day, due=day, value=Value.OVERDUE)
        for code, day in (("2", date(2022, 5, 31)), ("1", date(2022, 4, 30)))
    )
    assert [fact.code for fact in summed(may, april).overdue] == ["1", "2"]


def test_an_obstacle_that_stands_is_told() -> None:
    assert len(summed(replace(FACT, obstacle="chưa có kinh phí")).obstacles) == 1


def test_an_obstacle_overcome_is_not_told() -> None:
    assert summed(replace(DONE, obstacle="chưa có kinh phí")).obstacles == ()


def test_an_obstacle_carried_over_still_stands() -> None:
    assert len(summed(replace(FROM_QUARTER_I, obstacle="chưa có kinh phí")).obstacles) == 1


@pytest.mark.parametrize(
    ("due", "comes"), [(AS_OF, 0), (date(2022, 6, 15), 1), (date(2022, 7, 1), 1), (date(2022, 12, 31), 1)]
)
def test_all_that_is_open_and_due_later_is_coming(due: date, comes: int) -> None:
    ahead = replace(FACT, period=None, original_last_day=due, due=due)
    assert len(summed(ahead).coming) == comes


def test_what_comes_first_is_named_first() -> None:
    later, sooner = (
        replace(FACT, code=code, due=day, original_last_day=day, period=None)
        for code, day in (("2", date(2022, 9, 30)), ("1", date(2022, 6, 30)))
    )
    assert [fact.code for fact in summed(later, sooner).coming] == ["1", "2"]


def test_an_extended_date_comes_when_it_falls_due() -> None:
    assert len(summed(replace(FACT, due=date(2022, 8, 15), extended=True)).coming) == 1


def test_what_is_done_already_is_not_coming() -> None:
    early = replace(DONE, period=None, original_last_day=date(2022, 8, 15), due=date(2022, 8, 15))
    assert summed(early).coming == ()


# ongoing work


def test_ongoing_work_is_counted_apart() -> None:
    reported = replace(ONGOING, obligation_id=2, reported=True)
    summary = summarise(year_window(2022), Numbers(date(2022, 12, 14), (ONGOING, reported)))
    assert (summary.ongoing_reported, summary.ongoing_total, summary.obligations.total) == (1, 2, 0)


def test_ongoing_work_belongs_to_its_own_window_only() -> None:
    assert summed(ONGOING).ongoing_total == 0


# units and occurrences


def test_each_unit_has_a_line_in_the_order_of_the_plan() -> None:
    other = replace(FACT, unit_id=2, unit="Phòng Công nghệ thông tin", value=Value.OVERDUE)
    assert summed(DONE, other, FACT).by_unit == (
        UnitLine(1, "Văn phòng Sở", Counts(on_time=1, open=1), 0, 0, 0),
        UnitLine(2, "Phòng Công nghệ thông tin", Counts(overdue=1), 0, 0, 0),
    )


def test_a_unit_with_nothing_but_old_work_has_a_line_too() -> None:
    (line,) = summed(FROM_QUARTER_I).by_unit
    assert (line.carried_over, line.counts.total) == (1, 0)


def test_an_occurrence_of_two_units_counts_once() -> None:
    both = [DONE, replace(DONE, obligation_id=2, unit_id=2)]
    summary = summarise(QUARTER_II, Numbers(AS_OF, tuple(both)))
    assert (summary.obligations.total, summary.occurrences.total) == (2, 1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([Value.ON_TIME, Value.ON_TIME], Value.ON_TIME),
        ([Value.ON_TIME, Value.LATE], Value.LATE),
        ([Value.ON_TIME, Value.OPEN], Value.OPEN),
        ([Value.LATE, Value.OPEN], Value.OPEN),
        ([Value.OPEN, Value.OVERDUE], Value.OVERDUE),
        ([Value.ON_TIME, Value.OVERDUE], Value.OVERDUE),
    ],
)
def test_an_occurrence_is_as_good_as_its_last_unit(values: list[Value], expected: Value) -> None:
    assert value_of_occurrence(values) is expected


# numbers


def test_the_rate_is_the_share_done_on_time_or_late() -> None:
    assert Counts(on_time=2, late=1, open=1).rate == 0.75


def test_nothing_to_do_has_no_rate() -> None:
    assert Counts().rate is None


@pytest.mark.parametrize(
    ("today", "day"), [(date(2022, 5, 20), date(2022, 5, 20)), (date(2022, 7, 1), date(2022, 6, 14))]
)
def test_the_values_are_those_of_the_cut_off_or_of_today_before_it(today: date, day: date) -> None:
    assert cut_day(QUARTER_II, today) == day


FACTS = st.lists(
    st.builds(
        replace,
        st.just(FACT),
        occurrence_id=st.integers(1, 5),
        unit_id=st.integers(1, 3),
        value=st.none() | st.sampled_from(Value),
        period=st.sampled_from(
            [FACT.period, month_window(2022, 5).span, QUARTER_II.span, FROM_QUARTER_I.period]
        ),
        not_applicable=st.booleans(),
        ongoing=st.booleans(),
        window=st.sampled_from(["2022-Q2", "2022-H1"]),
    ),
    max_size=20,
)


# what units counted


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2022, 3, 14), ()),
        (date(2022, 3, 15), (("tin", 4),)),
        (AS_OF, (("tin", 4),)),
        (date(2022, 6, 15), ()),
    ],
)
def test_only_the_days_of_the_windows_data_count(on: date, counts: tuple[tuple[str, int], ...]) -> None:
    assert summarise(QUARTER_II, Numbers(AS_OF, told=(Counted(on, {"tin": 4}),))).quantities == counts


def test_each_kind_is_added_up_once_in_the_order_of_reports() -> None:
    told = ({"người": 45, "bài viết": 2}, {"bài": 1, "tin": 4, "hội nghị": 0})
    assert added_up(told) == (("tin", 4), ("bài", 3), ("người", 45))


@settings(derandomize=True)
@given(FACTS)
def test_the_four_values_sum_to_the_denominator(facts: list[Fact]) -> None:
    summary = summarise(QUARTER_II, Numbers(AS_OF, tuple(facts)))
    counts = summary.obligations
    assert counts.on_time + counts.late + counts.open + counts.overdue == len(summary.counted)


@settings(derandomize=True)
@given(FACTS)
def test_the_lines_of_the_units_sum_to_the_whole(facts: list[Fact]) -> None:
    summary = summarise(QUARTER_II, Numbers(AS_OF, tuple(facts)))
    by_unit = [(line.counts.total, line.carried_over, line.ongoing_total) for line in summary.by_unit]
    whole = (summary.obligations.total, len(summary.carried_over), summary.ongoing_total)
    assert tuple(sum(column) for column in zip((0, 0, 0), *by_unit, strict=True)) == whole


@settings(derandomize=True)
@given(FACTS)
def test_no_more_occurrences_are_done_than_obligations(facts: list[Fact]) -> None:
    summary = summarise(QUARTER_II, Numbers(AS_OF, tuple(facts)))
    assert summary.occurrences.done <= summary.obligations.done
    assert summary.occurrences.total == len({fact.occurrence_id for fact in summary.counted})
