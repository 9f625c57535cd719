"""Rows that are one duty: whose deadline counts, who does what of it."""

from duties.deadline import Years
from duties.grammar import read_deadline
from duties.one_row import Named, RowSaid, deadline_together, other_deadlines, units_together, words_together
from duties.plan import Role

YEAR = Years(2022, 2022)


def row(called: str, phrase: str, *units: Named, forms: tuple[str, ...] = ()) -> RowSaid:
    return RowSaid(called, called, phrase, read_deadline(phrase, YEAR), units, forms)


def lead(name: str, *bullets: int) -> Named:
    return Named(name, Role.LEAD, bullets)


def test_the_first_deadline_that_is_understood_counts() -> None:
    rows = [row("1", "Sớm"), row("2", "Quý II"), row("3", "30/9")]
    assert deadline_together(rows).called == "2"


def test_where_none_is_understood_the_first_that_says_anything_counts() -> None:
    assert deadline_together([row("1", ""), row("2", "Sớm"), row("3", "Muộn")]).called == "2"


def test_only_rows_that_say_another_time_are_asked_about() -> None:
    rows = [row("1", "Quý II"), row("2", ""), row("3", "quý ii"), row("4", "30/9")]
    assert [each.called for each in other_deadlines(rows, rows[0])] == ["4"]


def test_whoever_leads_one_of_the_rows_leads() -> None:
    rows = [row("1", "", lead("A"), Named("B", Role.PARTNER)), row("2", "", lead("B"))]
    assert units_together(rows) == [lead("A"), lead("B")]


def test_each_keeps_the_bullets_of_its_own_row() -> None:
    rows = [row("1", "", lead("A"), forms=("Tin", "Bài")), row("2", "", lead("B"), forms=("Hội nghị",))]
    assert units_together(rows) == [lead("A", 1, 2), lead("B", 3)]


def test_who_leads_every_row_answers_for_all_of_it() -> None:
    rows = [row("1", "", lead("A"), forms=("Tin",)), row("2", "", lead("A"), forms=("Bài",))]
    assert units_together(rows) == [lead("A")]


def test_bullets_that_cannot_be_told_apart_are_everybodys() -> None:
    rows = [row("1", "", lead("A", 1), forms=("Tin", "Bài")), row("2", "", lead("B"))]
    assert units_together(rows) == [lead("A"), lead("B")]


def test_words_that_both_rows_say_are_said_once() -> None:
    assert words_together(["Viết bài", " viết bài ", "", "Đăng tin"]) == "Viết bài\nĐăng tin"
