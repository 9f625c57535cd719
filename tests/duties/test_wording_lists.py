"""Lists and details read as a clerk would write them."""

from dataclasses import replace
from datetime import date

import pytest

from duties.deadline import Period
from duties.intents import Which
from duties.wording.dates import days_left, period_name
from duties.wording.entries import line, named, shortened
from duties.wording.lists import Span, my_duties, no_such_number, one_item, which_one
from tests.fakes.entries import ENTRY

TODAY = date(2022, 3, 14)
OTHER = replace(ENTRY, id=8, short_code="A13", unit="Thanh tra")


def test_a_line_has_number_words_deadline_and_code() -> None:
    expected = "1. 1.1 Tuyên truyền về cải cách hành chính — hạn 31/03/2022, còn 17 ngày (#A12)"
    assert line(1, ENTRY, TODAY) == expected


def test_an_extended_deadline_shows_both_days() -> None:
    extended = replace(ENTRY, due=date(2022, 4, 15))
    assert "hạn 15/04/2022 (hạn ban đầu 31/03/2022), còn 32 ngày" in line(1, extended, TODAY)


def test_what_waits_for_the_office_says_so() -> None:
    asked = replace(ENTRY, is_asked=True, asked_due=date(2022, 6, 20))
    assert line(1, asked, TODAY).endswith("; đã xin lùi đến 20/06/2022, chờ Văn phòng")


def test_an_obstacle_is_quoted_in_short() -> None:
    assert line(1, replace(ENTRY, obstacle="chưa có kinh phí"), TODAY).endswith(
        "; vướng mắc: chưa có kinh phí"
    )


def test_what_is_ongoing_names_its_window() -> None:
    ongoing = replace(ENTRY, due=None, window="Quý II năm 2022")
    assert "làm thường xuyên, báo cáo kỳ Quý II năm 2022" in line(1, ongoing, TODAY)


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (date(2022, 3, 19), "còn 5 ngày"),
        (date(2022, 3, 15), "hạn cuối ngày mai"),
        (TODAY, "hạn cuối hôm nay"),
        (date(2022, 3, 11), "quá hạn 3 ngày"),
    ],
)
def test_how_far_a_deadline_is(due: date, says: str) -> None:
    assert days_left(due, TODAY) == says


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2022, 5, 1), date(2022, 5, 31), "tháng 5"),
        (date(2022, 4, 1), date(2022, 6, 30), "quý II"),
        (date(2022, 1, 1), date(2022, 6, 30), "6 tháng đầu năm"),
        (date(2022, 1, 1), date(2022, 12, 31), ""),
        (date(2022, 3, 5), date(2022, 4, 4), ""),
    ],
)
def test_a_period_is_named_as_people_name_it(start: date, end: date, name: str) -> None:
    assert period_name(Period(start, end)) == name


def test_long_words_are_cut_at_a_word() -> None:
    assert shortened("Tuyên truyền về cải cách hành chính", 20) == "Tuyên truyền về…"


def test_an_obligation_is_named_by_code_and_words() -> None:
    assert named(ENTRY) == "việc #A12 (1.1 Tuyên truyền về cải cách hành chính)"


def test_numbers_stand_for_obligations_in_their_order() -> None:
    shown = my_duties([ENTRY, OTHER], 2, ["Thanh tra", "Phòng Tổ chức"], TODAY)
    assert next(each.text for each in shown.lines if "#A1" in each.text).startswith("1. ")
    assert shown.listed == (8, 7)


def test_a_list_of_several_units_is_grouped() -> None:
    shown = my_duties([ENTRY, OTHER], 2, ["Phòng Tổ chức", "Thanh tra"], TODAY)
    assert shown.lines[0].text == "2 việc chưa hoàn thành của các đơn vị:"
    assert [each.text for each in shown.lines if each.text in ("Phòng Tổ chức", "Thanh tra")] == [
        "Phòng Tổ chức",
        "Thanh tra",
    ]


def test_what_does_not_fit_is_counted() -> None:
    assert "Và 5 việc khác" in my_duties([ENTRY], 6, ["Phòng Tổ chức"], TODAY).text


def test_an_empty_list_thanks() -> None:
    nothing = my_duties([], 0, ["Phòng Tổ chức"], TODAY)
    assert nothing.text == "Hiện không còn việc nào chưa hoàn thành. Cảm ơn đơn vị."


def test_an_office_is_not_thanked_as_a_unit() -> None:
    assert my_duties([], 0, [], TODAY).text == "Hiện không còn việc nào chưa hoàn thành."


def test_what_belongs_to_later_windows_is_counted() -> None:
    shown = my_duties([ENTRY], 1, ["Phòng Tổ chức"], TODAY, Span(later=12))
    assert shown.lines[0].text == "1 việc chưa hoàn thành trong kỳ này của Phòng Tổ chức:"
    assert "Và 12 việc của các kỳ sau: gõ /viec tatca" in shown.text


def test_nothing_overdue_is_said_as_such() -> None:
    assert "Không có việc nào quá hạn" in my_duties([], 0, ["Phòng Tổ chức"], TODAY, Span(Which.OVERDUE)).text


def test_one_thing_in_full_shows_the_plans_own_words() -> None:
    shown = one_item(replace(ENTRY, phrase="Quý I/2022"), TODAY, ["Họp giao ban"], ["Thanh tra"])
    assert "Thời hạn: 31/03/2022, còn 17 ngày (kế hoạch ghi: “Quý I/2022”)." in shown.text
    assert "- Họp giao ban" in shown.text
    assert "Phối hợp: Thanh tra." in shown.text


def test_asking_which_offers_the_words_for_each() -> None:
    asked = which_one([ENTRY, OTHER], TODAY, "xong {}", "Việc nào:")
    assert [choice.says for choice in asked.choices] == ["xong #A12", "xong #A13"]


def test_a_number_without_any_list_asks_for_the_list() -> None:
    assert no_such_number(2, 0) == "Chưa rõ số 2 là việc nào. Gõ /viec để xem danh sách rồi trả lời theo số."
