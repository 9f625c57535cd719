"""A summary fits one message and says the four values twice."""

from dataclasses import replace
from datetime import date

from duties.facts import Counted, Fact, Numbers
from duties.plan import DutyKind
from duties.progress import Value
from duties.summary import summarise
from duties.windows import quarter_window
from duties.wording.summary import LONGEST, Told, summary

AS_OF = date(2022, 6, 14)
QUARTER = quarter_window(2022, 2)
FACT = Fact(
    obligation_id=1,
    occurrence_id=1,
    duty_id=1,
    unit_id=1,
    unit="Phòng Tổ chức",
    code="1.1",
    content="Tuyên truyền về cải cách hành chính",
    due=date(2022, 5, 31),
    original_last_day=date(2022, 5, 31),
    value=Value.OVERDUE,
)
DONE = replace(
    FACT, obligation_id=2, unit_id=2, unit="Thanh tra", value=Value.ON_TIME, done_on=date(2022, 5, 30)
)


def words(*facts: Fact, for_unit: bool = False) -> str:
    found = summarise(QUARTER, Numbers(AS_OF, facts))
    return summary(Told(found, "Sở Nội vụ", for_unit=for_unit)).text


def test_it_says_which_window_and_until_when() -> None:
    assert words(FACT).startswith(
        "Tổng hợp quý II năm 2022 — Sở Nội vụ\nSố liệu tính đến hết ngày 14/06/2022."
    )


def test_both_denominators_are_printed() -> None:
    said = words(FACT, DONE)
    assert "1 nhiệm vụ đến hạn trong kỳ: chưa hoàn thành quá hạn 1 (" in said
    assert "2 phần việc của các đơn vị: hoàn thành đúng hạn 1, chưa hoàn thành quá hạn 1 (" in said


def test_a_unit_s_line_names_what_it_counts_and_leaves_zeros_out() -> None:
    said = words(replace(FACT, value=Value.OPEN), DONE)
    assert "- Phòng Tổ chức: 1 việc, còn hạn 1\n- Thanh tra: 1 việc, xong đúng hạn 1" in said


def test_a_unit_s_own_summary_does_not_repeat_its_name() -> None:
    working = replace(FACT, in_progress=True, obstacle="chưa có kinh phí")
    said = words(working, for_unit=True)
    assert "hành chính, hạn 31/05/2022 (đang làm)\n" in said
    assert "hành chính: “chưa có kinh phí”" in said


def test_what_is_late_is_one_word_of_a_unit_s_line() -> None:
    assert "- Phòng Tổ chức: 1 việc, quá hạn chưa xong 1\n" in words(FACT, DONE)


def test_of_what_was_extended_both_days_are_shown() -> None:
    extended = replace(FACT, due=date(2022, 6, 10), extended=True)
    assert "hạn 10/06/2022 (hạn ban đầu 31/05/2022)" in words(extended)


def test_a_report_clause_is_told_from_the_act_on() -> None:
    clause = "Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở tổng hợp"
    report = replace(
        FACT, content=clause, kind=DutyKind.REPORT, receiver="Văn phòng Sở", period_name="quý II"
    )
    assert "- 1.1 Báo cáo kết quả gửi Văn phòng Sở, quý II, hạn 31/05/2022: Phòng Tổ chức" in words(report)


def test_one_that_comes_by_itself_says_why() -> None:
    shown = summary(
        Told(summarise(QUARTER, Numbers(AS_OF, (FACT,))), "Sở Nội vụ", occasion="Hôm nay là hạn gửi.")
    )
    assert shown.lines[1].text == "Hôm nay là hạn gửi."


def test_a_rate_is_written_the_vietnamese_way() -> None:
    third = replace(FACT, obligation_id=3, unit_id=3, unit="Văn phòng")
    assert "hoàn thành 1/3, 33,3%" in words(FACT, DONE, third)


def test_what_is_overdue_names_who_holds_it() -> None:
    late = "- 1.1 Tuyên truyền về cải cách hành chính, hạn 31/05/2022: Phòng Tổ chức"
    assert f"Quá hạn (1):\n{late}" in words(FACT)


def test_an_obstacle_is_quoted() -> None:
    assert "“chưa có kinh phí”" in words(replace(FACT, obstacle="chưa có kinh phí"))


def test_ongoing_work_is_counted_apart() -> None:
    ongoing = replace(FACT, ongoing=True, window=QUARTER.key, value=None, reported=True, due=None)
    assert "Thường xuyên: đã báo cáo 1/1." in words(ongoing)


def test_what_came_over_is_outside_the_rates() -> None:
    before = replace(FACT, original_last_day=date(2022, 3, 31), due=date(2022, 3, 31))
    assert "Kỳ trước chuyển sang: 1 phần việc (không tính vào tỷ lệ)." in words(DONE, before)


def test_what_units_counted_is_one_line() -> None:
    told = (Counted(AS_OF, {"lượt người": 1145, "tin": 12}), Counted(AS_OF, {"bài": 8}))
    said = summary(Told(summarise(QUARTER, Numbers(AS_OF, (FACT,), told)), "Sở Nội vụ")).text
    assert "Số liệu các đơn vị báo: 12 tin, 8 bài, 1.145 lượt người." in said


def test_of_very_many_kinds_the_rest_is_counted() -> None:
    told = (Counted(AS_OF, {f"thứ {n:02}": 1 for n in range(30)}),)
    assert (
        "và 18 loại khác."
        in summary(Told(summarise(QUARTER, Numbers(AS_OF, (FACT,), told)), "Sở Nội vụ")).text
    )


def test_an_empty_window_says_so() -> None:
    assert "Không có phần việc nào đến hạn trong kỳ." in words()


def test_a_unit_has_one_denominator() -> None:
    said = words(FACT, for_unit=True)
    assert "1 phần việc đến hạn trong kỳ" in said
    assert "nhiệm vụ đến hạn" not in said


def test_hundreds_of_late_things_still_fit_one_message() -> None:
    many = [
        replace(
            FACT,
            obligation_id=n,
            occurrence_id=n,
            unit_id=n % 30,
            unit=f"Phòng Quản lý chuyên ngành số {n % 30}",
            obstacle="vướng " * 30,
        )
        for n in range(300)
    ]
    said = words(*many)
    assert len(said) <= LONGEST
    assert "Quá hạn (300):" in said
