"""docs/rights.md says what the table of rights says."""

from typing import get_args

from duties.intents import Intent
from duties.rights import Action
from tests.corpus.rights_page import LABELS, PAGE, SAID, page


def test_the_page_is_the_one_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_action_has_its_words() -> None:
    assert set(LABELS) == set(Action)


def test_every_intent_has_an_example() -> None:
    assert set(SAID) == set(get_args(Intent))
