"""Numbers that were closed never move, whatever is answered after; what changed is told beside them."""

from dataclasses import replace
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from data.freezes import NUMBERS
from duties.deadline import Period
from duties.facts import Counted, Fact, Numbers, Scope
from duties.freeze import Frozen, changes_since
from duties.progress import Value
from duties.summary import Summary, summarise, worth_keeping
from duties.windows import quarter_window
from duties.workdays import HANOI
from tests.fakes.facts import FACT

QUARTER = quarter_window(2022, 2)
AS_OF = QUARTER.cut_off
FROZEN = Frozen(datetime(2022, 6, 15, 9, tzinfo=HANOI))
PERIODS = [QUARTER.span, quarter_window(2022, 1).span, Period(date(2022, 7, 1), date(2022, 9, 30)), None]
A_FACT = st.builds(
    replace,
    st.just(FACT),
    occurrence_id=st.integers(1, 6),
    unit_id=st.integers(1, 3),
    group=st.sampled_from(["", "I. Chung", "II. Riêng"]),
    value=st.none() | st.sampled_from(Value),
    period=st.sampled_from(PERIODS),
    done_on=st.none() | st.dates(date(2022, 1, 1), AS_OF),
    not_applicable=st.booleans(),
    ongoing=st.booleans(),
    window=st.sampled_from([None, QUARTER.key]),
    obstacle=st.sampled_from(["", "chưa có kinh phí"]),
)


def numbered(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple(replace(fact, obligation_id=n) for n, fact in enumerate(facts, start=1))


FACTS = st.lists(A_FACT, max_size=15).map(numbered)
TOLD = st.lists(st.builds(Counted, st.dates(date(2022, 1, 1), AS_OF), st.just({"tin": 2})), max_size=5).map(
    tuple
)
NUMBERS_OF = st.builds(Numbers, st.just(AS_OF), FACTS, TOLD, FACTS)


def told(numbers: Numbers) -> Summary:
    return summarise(QUARTER, numbers, FROZEN)


@settings(derandomize=True)
@given(NUMBERS_OF)
def test_what_is_kept_and_read_again_gives_the_same_summary(numbers: Numbers) -> None:
    kept = NUMBERS.dump_python(worth_keeping(numbers, QUARTER), mode="json", exclude_defaults=True)
    assert told(NUMBERS.validate_python(kept)) == told(numbers)


@settings(derandomize=True)
@given(NUMBERS_OF, st.integers(1, 3))
def test_of_a_part_it_gives_what_that_part_gave(numbers: Numbers, unit_id: int) -> None:
    scope = Scope(unit_ids=frozenset({unit_id}))
    kept = worth_keeping(numbers, QUARTER)
    assert told(kept.of(scope)).obligations == told(numbers.of(scope)).obligations


@settings(derandomize=True)
@given(NUMBERS_OF)
def test_each_table_sums_to_its_denominator(numbers: Numbers) -> None:
    summary = told(numbers)
    by_unit = [sum(line.counts.four) for line in summary.by_unit]
    by_group = [sum(line.occurrences.four) for line in summary.by_group]
    assert sum(by_unit) == sum(summary.obligations.four) == summary.obligations.total == len(summary.counted)
    assert sum(summary.occurrences.four) == summary.occurrences.total
    # one duty stands under one heading: here an occurrence may be drawn under two
    assert sum(by_group) >= summary.occurrences.total


def test_what_stands_as_it_stood_is_no_change() -> None:
    assert changes_since([FACT], [replace(FACT, obstacle="mới")]) == ()


def test_what_was_done_since_is_a_change() -> None:
    [change] = changes_since([FACT], [replace(FACT, value=Value.LATE)])
    assert change.value is Value.LATE


def test_what_is_owed_no_longer_is_a_change() -> None:
    [change] = changes_since([FACT], [])
    assert (change.about, change.value) == (FACT, None)


def test_what_does_not_apply_any_more_is_a_change() -> None:
    [change] = changes_since([FACT], [replace(FACT, value=None, not_applicable=True)])
    assert change.value is None


def test_what_was_added_since_is_a_change() -> None:
    [change] = changes_since([], [FACT])
    assert (change.then, change.value) == (None, Value.OPEN)
