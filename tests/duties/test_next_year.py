"""A plan for another year: which years move, and what is asked."""

import pytest

from duties.deadline import Reading, Years
from duties.next_year import doubts_of, move_to
from duties.plan import DoubtKind

MOVE = move_to(Years.of(2022), 2027)


@pytest.mark.parametrize(
    ("printed", "moved"),
    [
        ("20/6/2022", "20/6/2027"),
        ("Trước ngày 15/01/2023", "Trước ngày 15/01/2028"),
        ("Quý II, IV", "Quý II, IV"),
        ("Theo Kế hoạch 12/KH ngày 05/3/2019", "Theo Kế hoạch 12/KH ngày 05/3/2019"),
    ],
)
def test_the_years_of_the_plan_move_in_a_deadline(printed: str, moved: str) -> None:
    assert MOVE.phrase(printed) == moved


def test_papers_that_a_content_cites_keep_their_dates() -> None:
    text = "Thực hiện năm 2022 Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021, giai đoạn 2021 - 2030"
    assert MOVE.text(text) == text.replace("hiện năm 2022", "hiện năm 2027")


def test_a_plan_of_five_years_is_copied_with_five() -> None:
    assert move_to(Years(2021, 2025), 2026).to == Years(2026, 2030)


def test_a_day_that_is_not_in_that_year_is_asked_about() -> None:
    assert move_to(Years.of(2024), 2027).read("29/02/2024").reading is Reading.UNREAD


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("20/6/2022", [DoubtKind.TIMES]),
        ("05 ngày làm việc kể từ ngày nhận được văn bản", [DoubtKind.TIMES]),
        ("29/2/2022", [DoubtKind.DEADLINE]),
        ("Hằng quý", []),
        ("Thường xuyên", []),
    ],
)
def test_days_and_events_are_asked_about_and_rhythms_are_not(phrase: str, kinds: list[DoubtKind]) -> None:
    asked = doubts_of("1.1", phrase, MOVE.read(phrase), MOVE.to)
    assert [doubt.kind for doubt in asked] == kinds
