"""Which of the papers that a duty expects a sentence names."""

import pytest

from duties.deliverables import named

PAPERS = ("Báo cáo kết quả tuyên truyền", "Danh sách đại biểu", "Kế hoạch tập huấn", "Kế hoạch kiểm tra")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("đã nộp báo cáo, danh sách", (1, 2)),
        ("da nop bao cao ket qua tuyen truyen", (1,)),
        ("đã gửi kế hoạch kiểm tra", (4,)),
        ("đã gửi kế hoạch", ()),
        ("đã nộp đủ", ()),
        ("danh sach dai bieu va ke hoach tap huan", (2, 3)),
        ("", ()),
    ],
)
def test_papers_are_named_by_words_no_other_has(text: str, numbers: tuple[int, ...]) -> None:
    assert named(text, PAPERS) == numbers


def test_a_paper_of_one_word_is_named_by_it() -> None:
    assert named("đã nộp video rồi", ("Video", "Pano")) == (1,)


def test_nothing_expected_is_nothing_named() -> None:
    assert named("đã nộp báo cáo", ()) == ()
