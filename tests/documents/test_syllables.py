"""What can be one word of Vietnamese."""

import pytest

from documents.syllables import is_syllable


@pytest.mark.parametrize("word", ["nghị", "Hoạt", "truyền", "XÃ", "quyết", "giữa", "yên", "khuyến"])
def test_a_word_is_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("letters", ["loaxã", "cóý", "ngh", "vănphòng", "12", ""])
def test_two_words_or_a_piece_are_none(letters: str) -> None:
    assert not is_syllable(letters)
