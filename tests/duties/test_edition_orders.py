"""What the office says of a new edition, of units that change, and of a plan to be copied."""

from datetime import date

import pytest

from duties.edition_orders import (
    EditionOf,
    EditionOrder,
    IsNew,
    IsOld,
    OwnPlan,
    ShowChanges,
    Unnamed,
    read_edition_order,
)
from duties.intents import (
    CloseUnit,
    CopyPlan,
    DropUnits,
    Intent,
    MergeUnits,
    RenameFrom,
    RenameUnit,
    SplitUnit,
    WithdrawEdition,
)
from duties.replies import read_reply

TODAY = date(2026, 6, 1)
MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("xem thay đổi", ShowChanges()),
        ("Các thay đổi", ShowChanges()),
        ("5 là nhiệm vụ mới", IsNew((5,))),
        ("5, 7 là mới", IsNew((5, 7))),
        ("5 là 2.3 cũ", IsOld(5, "2.3")),
        ("nhiệm vụ 5 chính là nhiệm vụ 2.3", IsOld(5, "2.3")),
        ("đây là bản điều chỉnh của kế hoạch 485", EditionOf("485")),
        ("là bản điều chỉnh, bổ sung kế hoạch số 485/KH-STTTT", EditionOf("485/KH-STTTT")),
        ("đây là bản điều chỉnh", EditionOf()),
        ("kế hoạch riêng", OwnPlan()),
        ("không phải bản điều chỉnh", OwnPlan()),
        ("giữ nhiệm vụ không nêu", Unnamed(drops=False)),
        ("bản này chỉ bổ sung", Unnamed(drops=False)),
        ("bỏ các nhiệm vụ không nêu", Unnamed(drops=True)),
        ("bỏ 2.5", None),
        ("5 xong", None),
        ("1 đúng", None),
        ("xác nhận", None),
    ],
)
def test_what_is_said_of_an_edition(said: str, order: EditionOrder | None) -> None:
    assert read_edition_order(said) == order


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("từ 1/7/2025 Phòng X đổi tên thành Phòng Y", RenameFrom("Phòng X", "Phòng Y", date(2025, 7, 1))),
        ("đổi tên Phòng X thành Phòng Y từ ngày 1/3", RenameFrom("Phòng X", "Phòng Y", MARCH)),
        ("đổi tên Phòng X thành Phòng Y", RenameUnit("Phòng X", "Phòng Y")),
        (
            "từ 1/3 Phòng A và Phòng B hợp nhất thành Phòng C",
            MergeUnits(("Phòng A", "Phòng B"), "Phòng C", MARCH),
        ),
        ("hợp nhất Phòng A với Phòng B thành Phòng C", MergeUnits(("Phòng A", "Phòng B"), "Phòng C")),
        ("phong a va phong b hop nhat thanh phong c", MergeUnits(("phong a", "phong b"), "phong c")),
        (
            "gộp phòng a, phòng b và văn phòng thành Phòng C",
            MergeUnits(("phòng a", "phòng b", "văn phòng"), "Phòng C"),
        ),
        ("sáp nhập Phòng A vào Phòng B", MergeUnits(("Phòng A",), "Phòng B")),
        ("Phòng A tách thành Phòng B và Phòng C từ 1/3", SplitUnit("Phòng A", ("Phòng B", "Phòng C"), MARCH)),
        ("giải thể Phòng A từ 1/3, giao việc cho Phòng B", CloseUnit("Phòng A", "Phòng B", MARCH)),
        ("giải thể Phòng A", CloseUnit("Phòng A")),
        ("bỏ thay đổi đơn vị 3", DropUnits(3)),
        ("rút bản điều chỉnh", WithdrawEdition()),
        ("sao chép kế hoạch 485 sang năm 2027", CopyPlan("485", 2027)),
    ],
)
def test_what_is_said_of_units_and_plans(said: str, intent: Intent) -> None:
    assert read_reply(said, TODAY).intents == (intent,)
