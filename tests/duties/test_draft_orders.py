"""What the office says of a draft that waits."""

from datetime import date

import pytest

from duties.deadline import Years
from duties.draft_orders import (
    DraftOrder,
    IssuedOn,
    NumberIs,
    ShowDuties,
    Understood,
    YearsAre,
    read_draft_order,
)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("đúng", Understood()),
        ("1 đúng", Understood((1,))),
        ("dung 1, 2", Understood((1, 2))),
        ("câu 3 đúng", Understood((3,))),
        ("Câu 3: đúng.", Understood((3,))),
        ("số 15/KH-STNMT", NumberIs("15/KH-STNMT")),
        ("Kế hoạch số: 15/kh-stnmt.", NumberIs("15/KH-STNMT")),
        ("số 7/KH-SLĐTBXH", NumberIs("7/KH-SLĐTBXH")),
        ("ngày ban hành 05/3/2023", IssuedOn(date(2023, 3, 5))),
        ("ban hành ngày 5 tháng 3 năm 2023", IssuedOn(date(2023, 3, 5))),
        ("năm 2024", YearsAre(Years(2024, 2024))),
        ("giai đoạn 2021-2030", YearsAre(Years(2021, 2030))),
        ("danh sách nhiệm vụ", ShowDuties()),
        ("xem chi tiết kế hoạch", ShowDuties()),
    ],
)
def test_what_is_said_of_a_draft_is_understood(text: str, means: DraftOrder) -> None:
    assert read_draft_order(text) == means


@pytest.mark.parametrize(
    "text",
    [
        "đúng rồi",
        "1 xong",
        "xác nhận",
        "số 15",
        "ngày ban hành 31/02/2023",
        "giai đoạn 2030-2021",
        "tổng hợp năm 2024",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert read_draft_order(text) is None
