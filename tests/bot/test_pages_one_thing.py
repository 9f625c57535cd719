"""What is typed into a form speaks of one piece of work, or is not said at all."""

from datetime import date

import pytest

from bot.pages.one_thing import speaks_of_one

TODAY = date(2022, 3, 14)


@pytest.mark.parametrize(
    "words",
    [
        "trả lại #A1 vì thiếu số liệu quý II, hạn mới 20/03/2022",
        "xong #A1: 4 tin, 2 bài; báo cáo số 12/BC-VP",
        "xong #A1",
        "việc #A1 xin lùi đến 25/03/2022 vì chờ số liệu của các phòng",
        "#A1 vướng: chưa có kinh phí, đang trình lãnh đạo",
        "#A1 không phải việc của đơn vị tôi vì thuộc Phòng Nội vụ",
        "chuyển #A1 sang Phòng Kế hoạch - Tài chính",
        "gia hạn #A1 đến 25/03/2022",
        "từ chối #A1 vì không có lý do chính đáng",
        "không tính #A1 vì nhiệm vụ đã bỏ",
        "#A1 hạn trước ngày 15 tháng cuối quý",
    ],
)
def test_what_the_buttons_say_is_about_one_thing(words: str) -> None:
    assert speaks_of_one(words, "A1", TODAY)


@pytest.mark.parametrize(
    "words",
    ["trả lại #A1 vì chưa xong phần 2, 3 đang làm", "xong #A1: đã gửi; xong #A2", "xong #A1: 4 tin, xong 2"],
)
def test_an_order_about_another_thing_is_noticed(words: str) -> None:
    assert not speaks_of_one(words, "A1", TODAY)
