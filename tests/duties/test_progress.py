"""What answers, decisions and extensions make of an obligation, and what may be undone."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.progress import UNSAID, Answer, Decision, Ruling, Said, Standing, may_undo, standing
from tests.fakes.histories import DUE, done, july, june


def test_nothing_said_is_nothing_done() -> None:
    assert standing(DUE, [], []) == Standing(due=DUE, first_due=DUE)


def test_the_moment_of_the_done_statement_counts() -> None:
    assert standing(DUE, [done(june(20))], []).done_at == june(20)


def test_the_newest_statement_wins() -> None:
    state = standing(DUE, [done(june(20)), Answer(2, Said.IN_PROGRESS, june(21))], [])
    assert (state.is_done, state.in_progress) == (False, True)


def test_done_again_stays_done_since_the_first_time() -> None:
    assert standing(DUE, [done(june(20)), done(july(5), id=2)], []).done_on == date(2022, 6, 20)


def test_what_was_undone_is_forgotten() -> None:
    undone = Answer(1, Said.DONE, june(20), undone_at=june(20, hour=10))
    assert not standing(DUE, [undone], []).is_done


def test_before_it_was_undone_it_stood() -> None:
    undone = Answer(1, Said.DONE, june(20), undone_at=june(22))
    assert standing(DUE, [undone], [], as_of=june(21)).is_done


def test_what_came_later_is_not_known_yet() -> None:
    assert not standing(DUE, [done(june(20))], [], as_of=june(19)).is_done


@pytest.mark.parametrize("kind", [Said.NOTE, Said.OBSTACLE])
def test_an_addition_changes_no_state(kind: Said) -> None:
    state = standing(DUE, [done(june(20)), Answer(2, kind, june(21), "chưa có kinh phí")], [])
    assert state.done_at == june(20)


def test_an_obstacle_is_kept_in_the_units_own_words() -> None:
    answers = [Answer(1, Said.OBSTACLE, june(10), "chưa có kinh phí"), Answer(2, Said.IN_PROGRESS, june(11))]
    assert standing(DUE, answers, []).obstacle == "chưa có kinh phí"


def test_an_obstacle_without_words_is_still_one() -> None:
    assert standing(DUE, [Answer(1, Said.OBSTACLE, june(10))], []).obstacle == UNSAID


def test_done_overcomes_the_obstacle() -> None:
    answers = [Answer(1, Said.OBSTACLE, june(10), "chưa có kinh phí"), done(june(12), id=2)]
    assert standing(DUE, answers, []).obstacle == ""


ASKED = Answer(1, Said.EXTENSION, june(20), "chờ số liệu", wanted_due=date(2022, 7, 15))


def test_a_request_waits_for_the_office() -> None:
    assert standing(DUE, [ASKED], []).asked == ASKED


def test_a_request_alone_moves_no_date() -> None:
    assert standing(DUE, [ASKED], []).due == DUE


def test_granted_as_asked_the_wanted_date_is_due() -> None:
    state = standing(DUE, [ASKED], [Decision(1, Ruling.EXTEND, june(21), answer_id=1)])
    assert (state.due, state.first_due, state.extended, state.asked) == (date(2022, 7, 15), DUE, True, None)


def test_granted_otherwise_the_offices_date_is_due() -> None:
    decision = Decision(1, Ruling.EXTEND, june(21), answer_id=1, due=date(2022, 7, 8))
    assert standing(DUE, [ASKED], [decision]).due == date(2022, 7, 8)


def test_refused_the_date_stays() -> None:
    state = standing(DUE, [ASKED], [Decision(1, Ruling.REFUSE, june(21), answer_id=1)])
    assert (state.due, state.asked, state.extended) == (DUE, None, False)


def test_a_decision_about_an_older_request_leaves_the_newer_waiting() -> None:
    newer = Answer(2, Said.NOT_OURS, june(21))
    state = standing(DUE, [ASKED, newer], [Decision(1, Ruling.REFUSE, june(22), answer_id=1)])
    assert state.asked == newer


def test_done_needs_no_extension_any_more() -> None:
    assert standing(DUE, [ASKED, done(june(22), id=2)], []).asked is None


def test_what_is_done_cannot_be_extended() -> None:
    decision = Decision(1, Ruling.EXTEND, july(6), due=date(2022, 7, 15))
    assert standing(DUE, [done(july(5))], [decision]).due == DUE


def test_returned_is_not_done() -> None:
    state = standing(
        DUE, [done(june(20))], [Decision(1, Ruling.RETURN, june(21), answer_id=1, reason="thiếu ảnh")]
    )
    assert (state.is_done, state.returned, state.due) == (False, True, DUE)


def test_returned_with_a_date_that_date_is_due() -> None:
    decision = Decision(1, Ruling.RETURN, june(21), answer_id=1, due=date(2022, 7, 8))
    assert standing(DUE, [done(june(20))], [decision]).due == date(2022, 7, 8)


def test_done_once_more_after_a_return_counts_from_then() -> None:
    returned = Decision(1, Ruling.RETURN, june(21), answer_id=1)
    state = standing(DUE, [done(june(20)), done(june(24), id=2)], [returned])
    assert (state.done_at, state.returned) == (june(24), False)


def test_what_the_office_accepted_the_unit_cannot_reopen() -> None:
    answers = [done(june(20)), Answer(2, Said.IN_PROGRESS, june(23))]
    assert standing(DUE, answers, [Decision(1, Ruling.ACCEPT, june(21), answer_id=1)]).is_done


def test_accepting_no_answer_the_office_itself_says_done() -> None:
    assert standing(DUE, [], [Decision(1, Ruling.ACCEPT, june(21))]).done_at == june(21)


def test_accepting_an_answer_that_no_longer_stands_changes_nothing() -> None:
    answers = [done(june(20)), Answer(2, Said.IN_PROGRESS, june(21))]
    assert not standing(DUE, answers, [Decision(1, Ruling.ACCEPT, june(22), answer_id=1)]).is_done


CLAIMED = Answer(1, Said.DONE, july(5), claimed_on=date(2022, 6, 28))


def test_an_earlier_day_that_is_only_claimed_does_not_count() -> None:
    assert standing(DUE, [CLAIMED], []).done_on == date(2022, 7, 5)


def test_an_earlier_day_counts_once_the_office_accepts_it() -> None:
    state = standing(DUE, [CLAIMED], [Decision(1, Ruling.ACCEPT, july(6), answer_id=1)])
    assert state.done_on == date(2022, 6, 28)


def test_a_later_day_claimed_never_makes_it_later() -> None:
    early = Answer(1, Said.DONE, june(20), claimed_on=date(2022, 7, 20))
    state = standing(DUE, [early], [Decision(1, Ruling.ACCEPT, june(21), answer_id=1)])
    assert state.done_on == date(2022, 6, 20)


def test_not_ours_may_end_with_another_unit() -> None:
    not_ours = Answer(1, Said.NOT_OURS, june(10))
    state = standing(DUE, [not_ours], [Decision(1, Ruling.MOVE, june(11), answer_id=1, to_unit=7)])
    assert (state.moved_to, state.asked, state.counts) == (7, None, False)


def test_a_decision_that_was_undone_is_forgotten() -> None:
    undone = Decision(1, Ruling.NOT_APPLICABLE, june(11), undone_at=june(12))
    assert standing(DUE, [], [undone]).counts


def test_an_undated_obligation_can_be_done() -> None:
    assert standing(None, [done(june(10))], []).is_done


MOMENTS = st.integers(1, 28).map(june)
ANSWERS = st.lists(st.builds(Answer, st.just(0), st.sampled_from(Said), MOMENTS), max_size=6)
DECISIONS = st.lists(st.builds(Decision, st.just(0), st.sampled_from(Ruling), MOMENTS), max_size=4)


@settings(derandomize=True)
@given(ANSWERS, DECISIONS, st.integers(0, 1000))
def test_the_order_in_which_history_is_read_does_not_matter(
    said: list[Answer], ruled: list[Decision], seed: int
) -> None:
    answers = [Answer(n, answer.kind, answer.at, str(n), DUE) for n, answer in enumerate(said, start=1)]
    decisions = [Decision(n, each.kind, each.at, n, to_unit=n) for n, each in enumerate(ruled, start=1)]
    shuffled = Random(seed)
    mixed_answers = shuffled.sample(answers, len(answers))
    mixed_decisions = shuffled.sample(decisions, len(decisions))
    assert standing(DUE, mixed_answers, mixed_decisions) == standing(DUE, answers, decisions)


@settings(derandomize=True)
@given(ANSWERS, MOMENTS)
def test_as_of_a_moment_is_as_if_the_rest_were_never_said(said: list[Answer], now: datetime) -> None:
    answers = [Answer(n, answer.kind, answer.at) for n, answer in enumerate(said, start=1)]
    known = [answer for answer in answers if answer.at <= now]
    assert standing(DUE, answers, [], as_of=now) == standing(DUE, known, [])


def test_what_is_added_reports_but_changes_no_state() -> None:
    state = standing(DUE, [Answer(1, Said.NOTE, june(1))], [])
    assert (state.noted, state.is_reported, state.is_done, state.in_progress) == (True, True, False, False)


def test_an_addition_taken_back_reports_nothing() -> None:
    assert not standing(DUE, [Answer(1, Said.NOTE, june(1), undone_at=june(2))], []).is_reported


def test_what_the_office_returns_is_not_reported() -> None:
    history = [Answer(1, Said.NOTE, june(1))], [Decision(1, Ruling.RETURN, june(2))]
    assert not standing(DUE, *history).is_reported


OWED = Standing(due=DUE, first_due=DUE)


@pytest.mark.parametrize(
    "settled",
    [
        replace(OWED, done_at=june(20)),
        replace(OWED, not_applicable=True),
        replace(OWED, moved_to=7),
    ],
)
def test_what_is_done_or_no_longer_the_unit_s_is_not_open(settled: Standing) -> None:
    assert not settled.is_open


@pytest.mark.parametrize(
    "state",
    [
        OWED,
        replace(OWED, in_progress=True),
        replace(OWED, obstacle="thiếu kinh phí"),
        replace(OWED, returned=True),
        replace(OWED, asked=Answer(4, Said.EXTENSION, june(20))),
    ],
)
def test_what_is_still_awaited_of_the_unit_is_open(state: Standing) -> None:
    assert state.is_open


# --- undoing


@pytest.mark.parametrize(
    ("after", "may"), [(timedelta(hours=24), True), (timedelta(hours=24, minutes=1), False)]
)
def test_an_answer_can_be_undone_for_a_day(after: timedelta, may: bool) -> None:
    assert may_undo(done(june(20)), [], june(20) + after) is may


def test_it_cannot_be_undone_twice() -> None:
    undone = Answer(1, Said.DONE, june(20), undone_at=june(20, hour=10))
    assert not may_undo(undone, [], june(20, hour=11))


@pytest.mark.parametrize("answer_id", [1, None])
def test_it_cannot_be_undone_once_a_decision_rests_on_it(answer_id: int | None) -> None:
    decision = Decision(1, Ruling.ACCEPT, june(20, hour=10), answer_id=answer_id)
    assert not may_undo(done(june(20)), [decision], june(20, hour=11))


def test_a_decision_about_another_answer_leaves_it_free() -> None:
    decision = Decision(1, Ruling.REFUSE, june(20, hour=10), answer_id=9)
    assert may_undo(done(june(20)), [decision], june(20, hour=11))


def test_a_decision_that_was_undone_leaves_it_free() -> None:
    decision = Decision(1, Ruling.ACCEPT, june(20, hour=10), answer_id=1, undone_at=june(20, hour=11))
    assert may_undo(done(june(20)), [decision], june(20, hour=12))


def test_it_cannot_be_undone_once_the_data_were_frozen() -> None:
    assert not may_undo(done(june(14)), [], june(14, hour=18), frozen_at=june(14, hour=17))
