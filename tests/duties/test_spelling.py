"""One way of spelling for every grammar."""

from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from duties.spelling import clean, fold, syllable


def test_clean_keeps_the_marks_and_composes_them() -> None:
    assert clean(normalize("NFD", "Trước ngày 15/3")) == "Trước ngày 15/3"


def test_clean_makes_every_dash_the_same() -> None:
    assert clean("2021–2025 — 2026‐2030") == "2021-2025 - 2026-2030"


def test_clean_makes_line_breaks_and_hard_spaces_one_space() -> None:
    assert clean("  Quý II,\n\u00a0 IV\t") == "Quý II, IV"


def test_clean_drops_letters_that_cannot_be_seen() -> None:
    assert clean("Qu\u200bý II\ufeff") == "Quý II"


def test_fold_forgets_accents_and_capitals() -> None:
    assert fold("Phòng Bưu chính – VIỄN THÔNG Đắk Lắk") == "phong buu chinh - vien thong dak lak"


def test_fold_knows_the_eth_of_old_fonts() -> None:
    assert fold("Ðoàn Thanh niên") == fold("Đoàn Thanh niên")


def test_fold_knows_cyrillic_look_alikes_and_full_width_figures() -> None:
    assert fold("Ѕở Тài chính １２") == "so tai chinh 12"


def test_a_syllable_is_the_same_wherever_its_tone_was_typed() -> None:
    assert syllable("qúy") == syllable("Quý")


def test_different_tones_stay_different_syllables() -> None:
    assert syllable("tháng") != syllable("thắng")


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(derandomize=True, max_examples=200)
@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
