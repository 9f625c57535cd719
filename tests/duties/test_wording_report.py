"""The words of the signed report: drafted from the records, nothing invented, nothing that is empty left unsaid."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from duties.deadline import Period
from duties.freeze import Frozen
from duties.message import Line, Look
from duties.progress import Value
from duties.report import PlanRef, Quote, Report
from duties.summary import Compared, Counts
from duties.windows import quarter_window
from duties.wording.counting import how_counted
from duties.wording.report import (
    MOST_LINES,
    amounts,
    closing,
    coming,
    guidance,
    letter,
    numbers,
    opening,
    quoted,
    results,
    shortcomings,
    tidy_group,
    title,
)
from tests.fakes import reports
from tests.fakes.reports import PLAN, carried_over, fact, report_of

YEAR = Period(date(2022, 1, 1), date(2022, 12, 31))
NAMED = "1.1 Tuyên truyền mục tiêu, nội dung trọng tâm Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021…"


def said(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def of_plan(*titles: str) -> Report:
    return replace(report_of([]), plans=tuple(PlanRef(1, "1/KH-SNV", title) for title in titles))


@pytest.mark.parametrize(
    ("plan", "what"),
    [
        (PLAN.title, "tuyên truyền cải cách hành chính"),
        ("Kế hoạch triển khai công tác CCHC năm 2026", "công tác CCHC"),
        ("CCHC giai đoạn 2021-2030", "CCHC"),
        ("", "thực hiện nhiệm vụ"),
    ],
)
def test_the_title_names_what_the_plan_is_about_and_the_window(plan: str, what: str) -> None:
    assert title(of_plan(plan)) == f"Kết quả {what} quý II năm 2022"


def test_plans_about_different_things_are_named_together() -> None:
    assert (
        title(of_plan("Chuyển đổi số", "CCHC"))
        == "Kết quả thực hiện các kế hoạch, nhiệm vụ được giao quý II năm 2022"
    )


def test_a_part_of_the_agency_is_named_in_the_title() -> None:
    assert title(replace(of_plan("CCHC"), of="Văn phòng Sở")).endswith("quý II năm 2022 (Văn phòng Sở)")


def test_it_opens_with_the_plan_it_carries_out() -> None:
    assert said(opening(report_of([]))) == [
        "Thực hiện Kế hoạch số 485/KH-STTTT ngày 25/02/2022 về tuyên truyền cải cách hành chính của Sở Thông tin và "
        "Truyền thông tỉnh Khánh Hòa năm 2022, Sở Thông tin và Truyền thông báo cáo kết quả quý II năm 2022 như sau:"
    ]


def test_of_many_plans_only_the_numbers_are_told() -> None:
    (line,) = said(opening(of_plan("CCHC", "Chuyển đổi số", "Phòng, chống tham nhũng", "Cải cách thể chế")))
    assert line.startswith("Thực hiện Kế hoạch số 1/KH-SNV; Kế hoạch số 1/KH-SNV; ")


def test_without_a_plan_it_opens_with_the_agency() -> None:
    assert said(opening(of_plan())) == [
        "Sở Thông tin và Truyền thông báo cáo kết quả quý II năm 2022 như sau:"
    ]


def test_guidance_tells_who_has_what_and_how_often_they_were_reminded() -> None:
    assert said(guidance(report_of([fact(1), fact(2, unit=1)]))) == [
        "- 2 phần việc đến hạn trong kỳ giao cho 2 đơn vị: Văn phòng Sở; Phòng Thông tin - Báo chí - Xuất bản.",
        "- Văn bản các đơn vị nêu trong báo cáo: 12/BC-VP.",
        "- Trong kỳ số liệu đã nhắc các đơn vị về thời hạn 14 lượt phần việc.",
    ]


def test_nobody_was_reminded_is_not_said() -> None:
    assert len(guidance(replace(report_of([fact(1)]), reminders=0, documents=()))) == 1


def test_the_numbers_are_told_with_both_denominators() -> None:
    shared = [fact(1), fact(2, unit=1, value=Value.LATE), fact(3, duty=1, value=Value.OVERDUE)]
    assert said(numbers(report_of(shared)))[:2] == [
        "Trong kỳ (số liệu đến hết ngày 14/06/2022) có 2 nhiệm vụ đến hạn; hoàn thành 1 (đạt 50%; đúng hạn 0, quá hạn 1); "
        "chưa hoàn thành 1 (còn hạn 0, quá hạn 1).",
        "Tính theo phần việc của từng đơn vị: 3 phần việc; hoàn thành 2 (đạt 66,7%; đúng hạn 1, quá hạn 1); "
        "chưa hoàn thành 1 (còn hạn 0, quá hạn 1).",
    ]


def test_what_came_from_before_stands_outside_the_share() -> None:
    known = said(numbers(report_of([fact(1)], carried=[carried_over(2)])))
    assert "Kỳ trước chuyển sang 1 phần việc, đã hoàn thành 0 (không tính vào tỷ lệ)." in known


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (Counts(on_time=1, overdue=1), "(1/2, 50%), tỷ lệ hoàn thành tăng 50 điểm phần trăm."),
        (Counts(on_time=3), "(3/3, 100%), tỷ lệ hoàn thành không đổi."),
    ],
)
def test_the_window_before_is_compared_in_points(before: Counts, words: str) -> None:
    of = report_of([fact(1)])
    compared = Compared(quarter_window(2022, 1), before, before)
    known = said(numbers(replace(of, summary=replace(of.summary, before=compared))))
    assert f"So với quý I năm 2022 {words}" in known


def test_what_the_numbers_leave_out_is_named() -> None:
    of = replace(report_of([fact(1)]), lacking="Chưa có hạn: 2.5; chưa có đơn vị: 3.2.")
    assert "Nhiệm vụ chưa đưa vào số liệu (chưa có hạn: 2.5; chưa có đơn vị: 3.2)." in said(numbers(of))


def test_a_result_quotes_the_unit_with_its_day() -> None:
    assert said(results(report_of([fact(1)]))) == [
        "a) Tuyên truyền cho cán bộ, công chức, viên chức",
        f"- Văn phòng Sở ({NAMED}, quý II): hoàn thành đúng hạn ngày 29/05/2022; đơn vị báo cáo: “Đã phổ biến tại giao ban, "
        "đăng Trang TTĐT” (29/05/2022); số liệu: 4 tin, 2 bài; văn bản: 12/BC-VP.",
    ]


def test_amounts_that_the_quoted_words_say_are_not_said_twice() -> None:
    of = report_of([fact(1)])
    [row] = of.rows
    counted = replace(row, quotes=(Quote(date(2022, 5, 29), "đã đăng 4 tin, 2 bài"),))
    assert "số liệu" not in said(results(replace(of, rows=(counted,))))[1]


def test_words_that_the_office_wrote_for_a_unit_say_so() -> None:
    assert (
        quoted([Quote(date(2022, 6, 1), "Đã họp", by_office=True)])
        == "“Đã họp” (01/06/2022, Văn phòng ghi thay)"
    )


def test_who_has_told_nothing_is_counted() -> None:
    known = said(results(report_of([fact(1), fact(2, unit=1, value=Value.OPEN)])))
    assert known[-1] == "- 1 phần việc chưa có báo cáo của đơn vị (Phụ lục I)."


def test_a_long_group_ends_with_how_many_more_there_are() -> None:
    many = [fact(number, unit=number) for number in range(1, MOST_LINES + 4)]
    assert said(results(report_of(many)))[-1] == "- 3 phần việc khác đã có báo cáo, chi tiết tại Phụ lục I."


def test_a_group_is_a_title_that_stays_with_its_text() -> None:
    assert results(report_of([fact(1)]))[0].look is Look.TITLE


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("2. Tuyên truyền cho người dân", "Tuyên truyền cho người dân"),
        ("III. TỔ CHỨC THỰC HIỆN", "Tổ chức thực hiện"),
        ("IV. TỔ CHỨC THỰC HIỆN / 1. Văn phòng Sở", "Tổ chức thực hiện - Văn phòng Sở"),
        ("Cải cách thể chế", "Cải cách thể chế"),
        ("", ""),
    ],
)
def test_a_group_loses_its_own_number(printed: str, told: str) -> None:
    assert tidy_group(printed) == told


def test_letters_count_as_in_vietnamese_papers() -> None:
    assert [letter(place) for place in (0, 3, 4, 5, 22, 23)] == ["a", "d", "đ", "e", "y", "aa"]


def test_amounts_are_listed_each_on_a_line() -> None:
    assert said(amounts(report_of([fact(1)]))) == [
        "Cộng số liệu các đơn vị đã báo cáo trong kỳ:",
        "- 4 tin;",
        "- 2 bài.",
    ]


def test_what_is_overdue_names_its_unit_its_day_and_the_obstacle_in_its_words() -> None:
    assert said(shortcomings(report_of([fact(1, value=Value.OVERDUE)]))) == [
        "Nhiệm vụ chưa hoàn thành, quá hạn:",
        f"- Văn phòng Sở ({NAMED}, quý II): hạn 31/05/2022; nguyên nhân, vướng mắc đơn vị nêu: “Chưa được cấp kinh phí”.",
    ]


def test_an_obstacle_of_what_is_not_late_is_told_too() -> None:
    hindered = replace(fact(1, value=Value.OPEN), obstacle="Thiếu người")
    assert said(shortcomings(report_of([hindered]))) == [
        "Không có nhiệm vụ quá hạn.",
        "Nhiệm vụ còn hạn, đơn vị nêu khó khăn, vướng mắc:",
        f"- Văn phòng Sở ({NAMED}, quý II); nguyên nhân, vướng mắc đơn vị nêu: “Thiếu người”.",
    ]


def test_an_obstacle_of_what_is_due_after_the_window_is_told_too() -> None:
    of_the_year = replace(fact(2), value=Value.OPEN, period=YEAR, period_name="", obstacle="Chưa có kinh phí")
    told = said(shortcomings(report_of([fact(1), of_the_year])))
    assert told[-1].endswith("; nguyên nhân, vướng mắc đơn vị nêu: “Chưa có kinh phí”.")


def test_many_duties_are_written_with_a_point() -> None:
    of = report_of([fact(1)])
    many = replace(of.summary, occurrences=Counts(on_time=1_200, open=34))
    assert "có 1.234 nhiệm vụ đến hạn; hoàn thành 1.200 " in said(numbers(replace(of, summary=many)))[0]


def test_nothing_wrong_is_said_too() -> None:
    assert said(shortcomings(report_of([fact(1)]))) == [
        "Không có nhiệm vụ quá hạn; các đơn vị không nêu khó khăn, vướng mắc."
    ]


def test_an_extended_day_stands_beside_the_first() -> None:
    late = replace(fact(1, value=Value.OVERDUE), extended=True, due=date(2022, 6, 10), obstacle="")
    assert "hạn 10/06/2022 (hạn ban đầu 31/05/2022)." in said(shortcomings(report_of([late])))[1]


def test_what_comes_is_told_once_for_all_its_units() -> None:
    one = reports.coming(1)
    other = replace(one, obligation_id=2, unit="Thanh tra Sở")
    assert said(coming(report_of([one, other]))) == [
        "Từ nay đến hết ngày 30/09/2022 tập trung hoàn thành 1 nhiệm vụ đến hạn:",
        "- Hạn 30/09/2022: 2.1 Thông tin về các mô hình, cơ chế đang được triển khai thí điểm, các điển hình tốt, cán bộ, "
        "công chức tiêu biểu, quý III (Văn phòng Sở; Thanh tra Sở).",
    ]


def test_nothing_to_come_is_said_too() -> None:
    assert said(coming(report_of([]))) == [
        "Đến hết ngày 30/09/2022 chưa có nhiệm vụ nào đến hạn trong các kế hoạch đang theo dõi."
    ]


def test_the_day_of_a_freeze_is_hanoi_s() -> None:
    of = report_of([fact(1)])
    early = replace(of.summary, frozen=Frozen(datetime(2022, 6, 15, 23, 30, tzinfo=UTC)))
    assert how_counted(replace(of, summary=early))[1].startswith("Số liệu đã chốt ngày 16/06/2022;")


def test_it_closes_with_its_sign() -> None:
    assert said(closing(report_of([]))) == [
        "Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính quý II năm 2022 của Sở Thông tin và Truyền thông./."
    ]
