"""docs/deadlines.md says what the corpus says."""

from tests.corpus.deadline_cases import cases
from tests.corpus.deadlines_page import PAGE, page


def test_the_page_is_the_one_made_from_the_corpus() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_form_has_a_section_of_its_own() -> None:
    headings = [line.removeprefix("## ") for line in page().splitlines() if line.startswith("## ")]
    assert headings == list(dict.fromkeys(case.form for case in cases()))
