"""What the office says of its calendar, its windows and events, on Friday 20 March 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duties.intents import (
    ChangeDays,
    Doubtful,
    DutyCode,
    ForgetDays,
    ForgetEvent,
    Intent,
    Position,
    RecordEvent,
    RenameUnit,
    SetCultureDay,
    SetLeniency,
    SetWindows,
    ShortCode,
    ShowDaysOff,
    Unclear,
    YearAnnounced,
)
from duties.mentions import typed
from duties.office_orders import day_meant, read_office_order
from duties.replies import read_reply
from duties.spelling import fold

TODAY = date(2026, 3, 20)
DUTY = (DutyCode("2.3"),)
EVENT = RecordEvent(DUTY, date(2026, 3, 12))


def row(first: date, n: int) -> tuple[date, ...]:
    return tuple(first + timedelta(k) for k in range(n))


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("nghỉ 30/4", ChangeDays((date(2026, 4, 30),), True)),
        ("Nghỉ ngày 30/4/2026.", ChangeDays((date(2026, 4, 30),), True)),
        ("cơ quan nghỉ 18/3: Đại hội Công đoàn", ChangeDays((date(2026, 3, 18),), True, "Đại hội Công đoàn")),
        (
            "nghi 30/4 va 1/5 vi nghi le",
            ChangeDays((date(2026, 4, 30), date(2026, 5, 1)), True, "vi nghi le"),
        ),
        ("nghỉ từ 1/2 đến 5/2: nghỉ Tết bù", ChangeDays(row(date(2026, 2, 1), 5), True, "nghỉ Tết bù")),
        ("nghỉ 28/12 - 2/1", ChangeDays(row(date(2026, 12, 28), 6), True)),
        ("làm bù thứ Bảy 10/1", ChangeDays((date(2026, 1, 10),), False)),
        ("làm việc 10/1/2026", ChangeDays((date(2026, 1, 10),), False)),
        ("làm bù thứ Bảy, ngày 22 tháng 8 năm 2026", ChangeDays((date(2026, 8, 22),), False)),
        ("bỏ ngày nghỉ 30/4", ForgetDays((date(2026, 4, 30),))),
        ("bỏ làm bù 10/1/2026", ForgetDays((date(2026, 1, 10),))),
        ("bỏ ngày làm việc 10/01/2026", ForgetDays((date(2026, 1, 10),))),
        ("/lichnghi", ShowDaysOff()),
        ("/lichnghi 2027", ShowDaysOff(2027)),
        ("lịch nghỉ năm sau", ShowDaysOff(2027)),
        ("các ngày nghỉ năm 2026", ShowDaysOff(2026)),
        ("hạn rơi ngày nghỉ", SetLeniency()),
        ("hạn rơi vào ngày nghỉ thì lùi sang ngày làm việc tiếp theo", SetLeniency(True)),
        ("hạn rơi ngày nghỉ: không lùi", SetLeniency(False)),
        ("ngày Văn hóa 24/11: làm việc", SetCultureDay(False)),
        ("24/11 hằng năm: nghỉ", SetCultureDay(True)),
        ("đã có thông báo nghỉ năm 2027", YearAnnounced(2027)),
        ("chưa có thông báo nghỉ 2027", YearAnnounced(2027, False)),
        ("chốt số liệu ngày 15, gửi báo cáo ngày 20", SetWindows(15, 20)),
        ("kỳ báo cáo: quý I, 6 tháng, 9 tháng và năm", SetWindows(reports=("Q1", "H1", "9M", "Y"))),
        ("2.3 sự kiện ngày 12/3", EVENT),
        ("nhiệm vụ 2.3: sự kiện 12/3/2026", EVENT),
        ("ngày nhận được hồ sơ của 2.3 là 12/3", EVENT),
        ("sự kiện của 2.3 là ngày 12/3", EVENT),
        ("2.3 su kien ngay 12 thang 3", EVENT),
        ("#A12 sự kiện ngày 12/3", RecordEvent((ShortCode("A12"),), date(2026, 3, 12))),
        ("3 sự kiện ngày 12/3", RecordEvent((Position(3),), date(2026, 3, 12))),
        ("2.3 sự kiện ngày 12/3, hạn 20/4", RecordEvent(DUTY, date(2026, 3, 12), due=date(2026, 4, 20))),
        (
            "2.3 sự kiện ngày 13/3, không phải 12/3",
            RecordEvent(DUTY, date(2026, 3, 13), instead_of=date(2026, 3, 12)),
        ),
        ("bỏ sự kiện 12/3 của 2.3", ForgetEvent(DUTY, date(2026, 3, 12))),
        ("đổi tên Phòng A thành Phòng B", RenameUnit("Phòng A", "Phòng B")),
    ],
)
def test_it_means_what_the_office_meant(says: str, means: Intent) -> None:
    assert read_reply(says, TODAY).intents == (means,)


@pytest.mark.parametrize(
    "says",
    ["nghỉ 31/2", "làm bù thứ Hai 10/1/2026", "nghỉ từ 1/1/2026 đến 30/6/2026", "2.3 sự kiện ngày 31/4"],
)
def test_a_day_that_cannot_be_is_asked_about(says: str) -> None:
    read = read_reply(says, TODAY).intents[0]
    assert isinstance(read, Unclear)
    assert read.why is Doubtful.WHICH_DAY


@pytest.mark.parametrize(
    "says", ["ngày hoàn thành của 2.3 là 12/3", "2.3 hạn 12/4", "nghỉ ốm 3 ngày", "làm việc với Sở ngày 12/4"]
)
def test_other_words_are_no_order_about_days(says: str) -> None:
    assert read_office_order(typed(says), TODAY) is None


def test_days_off_are_planned_ahead() -> None:
    assert day_meant("2/9", date(2026, 1, 5), timedelta(60)) == date(2026, 9, 2)


def test_a_day_off_just_gone_is_not_next_year_s() -> None:
    assert day_meant("30/4", date(2026, 5, 4), timedelta(60)) == date(2026, 4, 30)


def test_events_are_told_afterwards() -> None:
    assert day_meant("12/4", date(2026, 11, 20), timedelta(300)) == date(2026, 4, 12)


def test_a_weekday_decides_the_year() -> None:
    assert day_meant(fold("thứ Bảy 10/1"), date(2026, 12, 20), timedelta(60)) == date(2026, 1, 10)


@given(st.text("nghilambu30/4,:-–. đến của sự kiện2.3#A1", max_size=200))
@settings(max_examples=300, deadline=None)
def test_every_text_is_read_or_let_be(text: str) -> None:
    order = read_office_order(typed(text), TODAY)
    assert order is None or isinstance(order, Intent)
