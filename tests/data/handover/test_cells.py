"""What people read in a table is Vietnamese, and is never reckoned by a spreadsheet."""

import csv
import io
from datetime import date, time
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.handover.cells import WORDS, csv_of, harmless, readable
from data.tables import ChangeState, ChatRole, LetterKind, LetterState, PlanState
from duties.deadline import Reading
from duties.nudging import Audience
from duties.plan import DutyKind, Role, UnitKind
from duties.progress import Ruling, Said
from duties.unit_changes import ChangeKind
from tests.conftest import hanoi

CHOICES = (
    *(ChatRole, ChangeKind, ChangeState, LetterKind, LetterState, PlanState, Reading),
    *(Audience, DutyKind, Role, UnitKind, Ruling, Said),
)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(2022, 6, 30), "30/06/2022"),
        (hanoi("2022-06-30 23:30"), "30/06/2022 23:30"),
        (True, "có"),
        (None, ""),
        ({"tin": 4, "bài": 2}, "4 tin; 2 bài"),
        (["a", "b"], "a; b"),
        (-3, "-3"),
        (Said.DONE, "hoàn thành"),
        (ChangeState.DONE, "đã thực hiện"),
        (time(14, 5), "14:05"),
    ],
)
def test_a_value_is_read_as_people_write_it(value: object, read: str) -> None:
    assert readable(value) == read


@pytest.mark.parametrize("choice", [member for kind in CHOICES for member in kind])
def test_every_choice_has_words(choice: StrEnum) -> None:
    assert WORDS[type(choice)][choice]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1", "\x00=1"])
def test_what_would_be_reckoned_is_marked(text: str) -> None:
    assert harmless(text).startswith("'")


def test_a_list_whose_first_word_is_a_formula_is_marked() -> None:
    assert readable(["=cmd|'/c calc'!A1", "b"]).startswith("'")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_cell_comes_back_as_it_was(text: str) -> None:
    written = b"".join(csv_of(["Lời"], [[text]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1:] == [[harmless(text)]]
