"""What becomes of what units owe when they are merged or split."""

from datetime import date

from duties.unit_changes import Lineage, Owing, Passed, pass_on, united

A, B, C = 1, 2, 3


def test_an_obligation_changes_hands() -> None:
    assert pass_on([Owing(10, 100, A)], C) == [Passed(10)]


def test_of_two_of_one_occurrence_the_one_due_first_stays() -> None:
    both = [Owing(10, 100, A, due=date(2022, 6, 30)), Owing(11, 100, B, due=date(2022, 6, 20))]
    assert pass_on(both, C) == [Passed(11, ends=(10,), due=date(2022, 6, 20))]


def test_the_heir_s_own_stays_its_own() -> None:
    assert pass_on([Owing(10, 100, A), Owing(12, 100, C)], C) == [Passed(12, ends=(10,), is_own=True)]


def test_what_is_done_stays_with_who_did_it() -> None:
    assert pass_on([Owing(10, 100, A, is_open=False)], C) == []


def test_a_heir_that_was_done_is_open_again_for_the_other_part() -> None:
    found = pass_on([Owing(10, 100, A, (2,)), Owing(12, 100, C, (1,), is_open=False)], C)
    assert found == [Passed(12, ends=(10,), bullets=(2,), is_own=True)]


def test_bullets_are_united_and_all_of_them_is_all() -> None:
    assert united([(1, 3), (2,)]) == (1, 2, 3)
    assert united([(1, 3), ()]) == ()


def test_the_heir_is_found_through_several_changes() -> None:
    lineage = Lineage(frozenset({C}), {A: B, B: C}, {})
    assert lineage.heir(A, duty=7) == C
    assert lineage.came_before(C, duty=7) == (A, B)


def test_a_duty_shared_out_has_an_heir_of_its_own() -> None:
    lineage = Lineage(frozenset({B, C}), {A: C}, {(A, 7): B})
    assert (lineage.heir(A, duty=7), lineage.heir(A, duty=8)) == (B, C)


def test_a_unit_that_goes_on_may_have_given_a_duty_away() -> None:
    lineage = Lineage(frozenset({A, B}), {}, {(A, 7): B})
    assert (lineage.heir(A, duty=7), lineage.heir(A, duty=8)) == (B, A)
    assert lineage.came_before(B, duty=7) == (A,)


def test_a_circle_of_successors_has_no_heir() -> None:
    assert Lineage(frozenset(), {A: B, B: A}, {}).heir(A, duty=7) is None
