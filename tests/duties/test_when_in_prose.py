"""The words of a sentence that say when, and those that only look like it."""

import pytest

from duties.when_in_prose import find_firm_when, find_when, without_when


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Văn phòng báo cáo định kỳ hàng quý (trước ngày 15/3, 15/6) về Sở.", "định kỳ hàng quý (trước ngày 15/3, 15/6)"),
        ("Các đơn vị báo cáo trước ngày 25 hàng tháng về Sở.", "trước ngày 25 hàng tháng"),
        ("định kỳ 6 tháng, năm báo cáo lãnh đạo", "định kỳ 6 tháng, năm"),
        ("báo cáo khi có yêu cầu.", "khi có yêu cầu"),
        ("gửi về Văn phòng Sở chậm nhất ngày 20/11/2024 để tổng hợp", "chậm nhất ngày 20/11/2024"),
        ("xây dựng Kế hoạch xong trong tháng 12/2025.", "xong trong tháng 12/2025"),
        ("báo cáo theo định kỳ hoặc theo yêu cầu của cơ quan có thẩm quyền.", "theo định kỳ hoặc theo yêu cầu của cơ quan có thẩm quyền"),
        ("hằng năm (trước ngày 15 tháng 11) hoặc theo đề nghị để tổng hợp", "hằng năm (trước ngày 15 tháng 11) hoặc theo đề nghị"),
        (
            "hằng quý (trước ngày 10 tháng cuối quý), 6 tháng (trước ngày 10/6), năm (trước ngày 10/12) báo cáo",
            "hằng quý (trước ngày 10 tháng cuối quý), 6 tháng (trước ngày 10/6), năm (trước ngày 10/12)",
        ),
        ("tổ chức kiểm tra tại các đơn vị (Quý III/2024).", "Quý III/2024"),
        ("Thường xuyên rà soát, cập nhật", "Thường xuyên"),
        ("Định kỳ báo cáo kết quả", "Định kỳ"),
    ],
)  # fmt: skip
def test_it_finds_the_words_that_say_when(sentence: str, when: str) -> None:
    assert find_when(sentence) == when


@pytest.mark.parametrize(
    "sentence",
    [
        "triển khai Kế hoạch số 12/KH-UBND ngày 06/02/2026 của UBND tỉnh",
        "bố trí kinh phí chi thường xuyên trong dự toán ngân sách nhà nước hàng năm",
        "lồng ghép trong các cuộc họp định kỳ của cơ quan",
        "theo Kế hoạch cải cách hành chính hằng năm",
        "định hướng đến năm 2030",
        "kịp thời tham mưu lãnh đạo Sở",
    ],
)
def test_it_takes_no_other_words_for_a_time(sentence: str) -> None:
    assert find_when(sentence) == ""


def test_of_several_times_the_firmest_wins() -> None:
    assert (
        find_when("Định kỳ báo cáo UBND tỉnh hằng năm (trước ngày 15 tháng 11)")
        == "hằng năm (trước ngày 15 tháng 11)"
    )


def test_only_a_rhythm_or_a_date_is_firm() -> None:
    assert find_firm_when("thường xuyên rà soát khi có yêu cầu") == ""


def test_a_sentence_can_begin_with_its_time() -> None:
    assert without_when("Định kỳ hàng quý, các phòng báo cáo") == "các phòng báo cáo"
