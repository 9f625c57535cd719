"""How far the work is from a threshold of the index, and who holds what is nearest."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duties.progress import Value
from duties.summary import Counts, occurrences_of
from duties.thresholds import STANDARD, Threshold, next_target
from tests.fakes.facts import FACT


@pytest.mark.parametrize(
    ("threshold", "counts", "missing"),
    [
        (Threshold(90, above=True), Counts(on_time=6, open=4), 4),
        (Threshold(90, above=True), Counts(on_time=9, open=1), 1),
        (Threshold(90, above=True), Counts(on_time=10), 0),
        (Threshold(70), Counts(on_time=7, open=3), 0),
        (Threshold(70), Counts(on_time=6, open=4), 1),
        (Threshold(70), Counts(on_time=2, open=1), 1),
        (Threshold(100), Counts(on_time=2, open=1), 1),
        (Threshold(90, above=True), Counts(), 0),
    ],
)
def test_it_says_how_many_are_missing(threshold: Threshold, counts: Counts, missing: int) -> None:
    assert threshold.missing(counts) == missing


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([*STANDARD, Threshold(1), Threshold(100)]))
def test_with_what_was_missing_it_is_passed_and_with_one_less_it_is_not(
    done: int, still_open: int, threshold: Threshold
) -> None:
    missing = threshold.missing(Counts(on_time=done, open=still_open))
    assert missing <= still_open
    reached = Counts(on_time=done + missing, open=still_open - missing)
    assert threshold.missing(reached) == 0
    if missing:
        assert threshold.missing(Counts(on_time=done + missing - 1, open=still_open - missing + 1)) == 1


@pytest.mark.parametrize("percent", [0, 101])
def test_a_share_that_nothing_can_pass_is_no_threshold(percent: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        Threshold(percent)


def test_the_lowest_threshold_that_is_not_passed_comes_first() -> None:
    facts = [FACT, replace(FACT, obligation_id=2, occurrence_id=2, value=Value.ON_TIME)]
    target = next_target(facts, occurrences_of(facts), STANDARD)
    assert target is not None
    assert (target.threshold, target.missing) == (Threshold(70), 1)


def test_what_waits_for_the_fewest_units_is_nearest() -> None:
    shared = [replace(FACT, obligation_id=n, occurrence_id=9, unit_id=n) for n in (2, 3)]
    late = replace(FACT, obligation_id=4, occurrence_id=4, due=date(2022, 5, 31))
    target = next_target([*shared, FACT, late], occurrences_of([*shared, FACT, late]), [Threshold(60)])
    assert target is not None
    assert [[fact.obligation_id for fact in held] for held in target.nearest] == [[4], [1]]


def test_when_all_are_passed_there_is_no_target() -> None:
    done = [replace(FACT, value=Value.LATE)]
    assert next_target(done, occurrences_of(done), STANDARD) is None
