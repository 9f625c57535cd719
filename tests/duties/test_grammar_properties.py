"""What holds of every text, found in a plan or not."""

from unicodedata import combining, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.deadline import Deadline, Reading, Years
from duties.grammar import LONGEST, MOST_WORDS, read_counting, read_deadline
from tests.corpus.deadline_cases import Case, cases

Y2026 = Years.of(2026)
MOST_RULES_A_WORD = 60
PIECES = [
    "ngày",
    "tháng",
    "quý",
    "năm",
    "tuần",
    "giờ",
    "hằng",
    "mỗi",
    "từ",
    "đến",
    "trước",
    "sau",
    "đầu",
    "giữa",
    "cuối",
    "chậm_nhất",
    "hoàn_thành",
    "trong",
    "và",
    "hoặc",
    "của",
    "định_kỳ",
    "báo_cáo",
    "6_tháng",
    "9_tháng",
    "thường_xuyên",
    "khi_có_yêu_cầu",
    "theo_kế_hoạch",
    "sau_khi",
    "kể_từ",
    "trong_vòng",
    "làm_việc",
    "đối_với",
    "thứ_Sáu",
    "hằng_tuần",
    "15/3",
    "31/12/2026",
    "30/2",
    "2026",
    "2026-2030",
    "15",
    "1",
    "IV",
    "II",
    ",",
    ";",
    ".",
    ":",
    "(",
    ")",
    "-",
    "/",
    "17h00",
    "lần",
    "kỳ",
    "để",
    "Quyết_định_số_12/QĐ-UBND",
    "giai_đoạn",
    "các_năm_tiếp_theo",
    "tháng_cuối_quý",
    "năm_sau",
]

phrases = st.lists(st.sampled_from(PIECES), max_size=30).map(
    lambda pieces: " ".join(pieces).replace("_", " ")
)
plans = st.sampled_from([None, Y2026, Years(2026, 2030)])
slowly = settings(derandomize=True, max_examples=300, deadline=None)


def meaning(read: Deadline) -> tuple[object, ...]:
    return read.reading, read.also, read.due, read.offset


@slowly
@given(st.text(max_size=200), plans)
def test_any_text_is_read_or_asked_about(text: str, years: Years | None) -> None:
    assert read_deadline(text, years).says


@slowly
@given(phrases, plans)
def test_any_words_of_time_are_read_or_asked_about(phrase: str, years: Years | None) -> None:
    read = read_deadline(phrase, years)
    assert bool(read.why) == (read.reading is Reading.UNREAD)


@slowly
@given(phrases, plans)
def test_dates_are_there_just_where_the_reading_is_dated_and_in_order(
    phrase: str, years: Years | None
) -> None:
    read = read_deadline(phrase, years)
    days = [due.last_day for due in read.due]
    assert (bool(days), days) == (read.reading is Reading.DATED, sorted(days))


@slowly
@given(phrases, plans)
def test_the_last_day_is_the_stated_one_or_the_day_before(phrase: str, years: Years | None) -> None:
    for due in read_deadline(phrase, years).due:
        early = (due.stated - due.last_day).days
        assert early == 0 or (early == 1 and due.at is None)


@slowly
@given(phrases, plans)
def test_the_words_before_the_dash_give_the_same_dates(phrase: str, years: Years | None) -> None:
    read = read_deadline(phrase, years)
    again = read_deadline(read.says.partition(" — ")[0], years)
    assert [(due.stated, due.last_day, due.at) for due in again.due] == [
        (due.stated, due.last_day, due.at) for due in read.due
    ]


@slowly
@given(phrases)
def test_the_work_grows_no_faster_than_the_words(phrase: str) -> None:
    words = len(phrase.split()) * 8 + 1
    assert read_counting(phrase, Y2026)[1] <= MOST_RULES_A_WORD * words


@pytest.mark.parametrize(
    "piece", [*PIECES, "1/", "1,", "((", "trước ", "từ ngày ", "ngày 1, ", "thứ 2, ", "năm "]
)
def test_the_longest_text_is_read_with_bounded_work(piece: str) -> None:
    longest = (piece.replace("_", " ") + " ") * LONGEST
    assert read_counting(longest[:LONGEST], Y2026)[1] <= MOST_RULES_A_WORD * MOST_WORDS


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.phrases[0][:50] or "blank")
def test_the_way_of_typing_changes_nothing(case: Case) -> None:
    for phrase in case.phrases:
        read = meaning(read_deadline(phrase, case.years))
        for typed in _typed_otherwise(phrase):
            assert (typed, meaning(read_deadline(typed, case.years))) == (typed, read)


def _typed_otherwise(phrase: str) -> list[str]:
    return [
        normalize("NFD", phrase),
        phrase.upper(),
        phrase.capitalize(),
        phrase.replace(" ", "  "),
        phrase.replace(" ", "\u00a0"),
        phrase.replace("-", "–"),
        phrase.replace("hằng", "hàng").replace("Hằng", "Hàng"),
    ]


def test_without_accents_a_phrase_never_means_another_date() -> None:
    for case in cases():
        for phrase in case.phrases:
            bare = read_deadline(_without_accents(phrase), case.years)
            marked = read_deadline(phrase, case.years)
            assert (phrase, bare.due) in ((phrase, marked.due), (phrase, ()))


def _without_accents(text: str) -> str:
    letters = normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in letters if not combining(letter))
