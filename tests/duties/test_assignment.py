"""Who does which bullet, read from the words of a cell; `tests/corpus/assignments.toml` is the specification."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from duties.assignment import read_assignment, read_bullets
from duties.papers import Cell
from duties.plan import Role

CORPUS = Path(__file__).parent.parent / "corpus" / "assignments.toml"
CASES = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["case"]


def name(case: dict[str, Any]) -> str:
    return str(case["cell"][:40]) or "blank"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_it_names_the_leads_and_partners(case: dict[str, Any]) -> None:
    found = read_assignment(Cell(case["cell"].strip()), Role(case.get("role", "lead")))
    assert (list(found.leads), list(found.partners)) == (case["leads"], case["partners"])


@pytest.mark.parametrize("case", CASES, ids=name)
def test_it_ties_units_to_bullets_only_where_the_text_does(case: dict[str, Any]) -> None:
    found = read_assignment(Cell(case["cell"].strip()))
    assert {part.unit: list(part.bullets) for part in found.parts} == case.get("parts", {})


@pytest.mark.parametrize(
    ("text", "bullets"),
    [
        ("nội dung tại gạch đầu dòng số 1", (1,)),
        ("gạch đầu dòng thứ 1, 2 và 4", (1, 2, 4)),
        ("gạch đầu dòng số 2 đến 5", (2, 3, 4, 5)),
        ("nội dung số 3", (3,)),
        ("Quyết định số 12", ()),
    ],
)
def test_it_reads_the_numbers_of_bullets(text: str, bullets: tuple[int, ...]) -> None:
    assert read_bullets(text) == bullets


def test_a_unit_of_two_bullets_has_one_part() -> None:
    found = read_assignment(
        Cell("- Văn phòng thực hiện gạch đầu dòng số 1\n- Văn phòng thực hiện gạch đầu dòng số 3")
    )
    assert [part.bullets for part in found.parts] == [(1, 3)]


def test_it_remembers_that_a_unit_only_helps_another_house() -> None:
    assert read_assignment(Cell("Thanh tra phối hợp theo đề nghị của Sở Nội vụ")).helps_outside
