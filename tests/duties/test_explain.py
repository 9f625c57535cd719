"""A reading said back in one sentence, which means the same."""

import pytest

from duties.deadline import Deadline, Years
from duties.grammar import read_deadline
from tests.corpus.deadline_cases import Case, cases

Y2026 = Years.of(2026)


def says(phrase: str, years: Years | None = Y2026) -> str:
    return read_deadline(phrase, years).says


def test_quarters_are_said_by_their_ends() -> None:
    assert says("Quý II, IV") == "Hạn cuối quý II và cuối quý IV năm 2026"


def test_one_day_of_several_months_is_said_once() -> None:
    sentence = "Trước ngày 15 các tháng 3, 6, 9, 12 — hạn cuối 14/3, 14/6, 14/9, 14/12"
    assert says("trước ngày 15/3, 15/6, 15/9, 15/12") == sentence


def test_before_a_date_the_last_day_is_named() -> None:
    assert says("trước ngày 15/3") == "Trước ngày 15/3 — hạn cuối 14/3"


def test_a_date_of_another_year_is_said_with_its_year() -> None:
    assert says("trước 31/01 năm sau") == "Trước ngày 31/01/2027 — hạn cuối 30/01/2027"


def test_a_monthly_day_is_a_rhythm_again() -> None:
    sentence = "Trước ngày 25 hằng tháng — hạn cuối từ 24/1 đến 24/12, 12 lần"
    assert says("định kỳ hằng tháng, trước ngày 25") == sentence


def test_a_day_after_the_quarter_is_a_rhythm_again() -> None:
    sentence = "Chậm nhất ngày 10 của tháng đầu quý sau — hạn cuối 10/4, 10/7, 10/10, 10/01/2027"
    assert says("hằng quý (chậm nhất ngày 10 của tháng đầu quý sau)") == sentence


def test_a_weekly_hour_is_said_with_its_day() -> None:
    sentence = "Trước 15h00 thứ Sáu hằng tuần — hạn cuối từ 2/1 đến 25/12, 52 lần"
    assert says("Trước 15:00 ngày thứ Sáu hàng tuần") == sentence


def test_a_rhythm_without_a_day_names_its_last_days() -> None:
    assert says("01 lần/quý") == "Hằng quý — hạn cuối 31/3, 30/6, 30/9, 31/12"


def test_a_half_and_the_year_are_said_apart() -> None:
    assert says("6 tháng, năm") == "Hạn đến hết 6 tháng đầu năm 2026; hạn cuối năm 2026"


def test_a_span_is_said_with_both_ends() -> None:
    assert says("từ 01/3 đến 31/5/2026") == "Từ tháng 3 đến tháng 5/2026"


def test_years_are_a_span_of_years() -> None:
    assert says("2026-2030") == "Hạn cuối giai đoạn 2026-2030"


def test_in_a_plan_of_several_years_a_date_recurs() -> None:
    sentence = "Trước ngày 15/11 hằng năm — hạn cuối 14/11/2026, 14/11/2027"
    assert says("hằng năm (trước ngày 15/11)", Years(2026, 2027)) == sentence


def test_what_else_the_phrase_says_is_said_too() -> None:
    assert says("Quý II và khi có yêu cầu") == "Hạn cuối quý II năm 2026 và khi có yêu cầu"


def test_several_rhythms_with_their_dates_are_one_sentence() -> None:
    phrase = "Định kỳ hàng tháng (trước ngày 16 hàng tháng), tổng kết năm (trước ngày 20/11 hàng năm)"
    sentence = "Trước ngày 16 hằng tháng; trước ngày 20/11 — hạn cuối từ 15/1 đến 15/12, 13 lần"
    assert says(phrase) == sentence


def test_an_offset_is_said_with_its_event() -> None:
    sentence = "Trong 5 ngày làm việc kể từ ngày nhận đủ hồ sơ — hạn được tính khi Văn phòng ghi ngày đó"
    assert says("05 ngày làm việc kể từ ngày nhận đủ hồ sơ") == sentence


def test_ongoing_work_is_asked_about_and_never_late() -> None:
    assert says("Thường xuyên") == "Thường xuyên — không có hạn riêng; mỗi kỳ báo cáo được hỏi một lần"


def test_a_blank_is_asked_about() -> None:
    assert says("…") == "Xin cho biết thời hạn — kế hoạch không ghi"


def test_what_was_not_understood_is_quoted_with_the_reason() -> None:
    assert says("quý V") == "Xin cho biết thời hạn — chưa đọc được “quý V”: không có quý V"


def test_a_twice_yearly_rhythm_is_asked_with_a_suggestion() -> None:
    assert says("2 lần/năm").endswith("chưa rõ những ngày nào; có phải 30/6 và 31/12?")


@pytest.mark.parametrize("years", [None, Y2026, Years(2026, 2028)], ids=str)
def test_every_sentence_up_to_its_dash_means_the_same_dates(years: Years | None) -> None:
    for case, phrase in _phrases():
        read = read_deadline(phrase, years or case.years)
        again = read_deadline(read.says.partition(" — ")[0], years or case.years)
        assert (phrase, _dates(again)) == (phrase, _dates(read))


def _phrases() -> list[tuple[Case, str]]:
    return [(case, phrase) for case in cases() for phrase in case.phrases]


def _dates(read: Deadline) -> list[tuple[object, ...]]:
    return [(due.stated, due.last_day, due.at) for due in read.due]
