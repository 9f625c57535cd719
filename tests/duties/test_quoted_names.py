"""What stands between quotes is a name: no word in it is read as part of an order. Nor is “Thanh tra” a “thành”."""

from datetime import date

import pytest

from duties.intents import CloseUnit, Intent, MergeUnits, RenameFrom, RenameUnit, SplitUnit
from duties.replies import read_reply

TODAY, DECEMBER = date(2026, 11, 22), date(2026, 12, 1)
FROM = "từ 1/12/2026"
INSPECTION, LAW = "Phòng Thanh tra - Pháp chế", "Phòng Pháp chế"
CITY = "Phòng Quản lý đô thị thành phố"


@pytest.mark.parametrize(
    ("says", "meant"),
    [
        (f"đổi tên “{CITY}” thành “{LAW}”", RenameUnit(CITY, LAW)),
        (f"đổi tên “{LAW}” thành “{CITY}”", RenameUnit(LAW, CITY)),
        (f"{FROM} “{CITY}” đổi tên thành “{LAW}”", RenameFrom(CITY, LAW, DECEMBER)),
        (f"{FROM} “{LAW}”; “{CITY}” hợp nhất thành “Phòng A và B”", MergeUnits((LAW, CITY), "Phòng A và B", DECEMBER)),
        (f"{FROM} sáp nhập “{LAW}” vào “{CITY}”", MergeUnits((LAW,), CITY, DECEMBER)),
        (f"{FROM} “{CITY}” tách thành “{LAW}”; “{INSPECTION}”", SplitUnit(CITY, (LAW, INSPECTION), DECEMBER)),
        (f"{FROM} giải thể “{LAW}”, giao việc cho “{CITY}”", CloseUnit(LAW, CITY, DECEMBER)),
        (f"{FROM} giải thể “Quỹ Bảo vệ môi trường”", CloseUnit("Quỹ Bảo vệ môi trường", "", DECEMBER)),
    ],
)  # fmt: skip
def test_a_quoted_name_is_a_name(says: str, meant: Intent) -> None:
    assert read_reply(says, TODAY).intents == (meant,)


@pytest.mark.parametrize(
    ("says", "meant"),
    [
        (f"đổi tên {INSPECTION} thành {LAW}", RenameUnit(INSPECTION, LAW)),
        (f"đổi tên Phòng Pháp chế thành {INSPECTION}", RenameUnit(LAW, INSPECTION)),
        (f"{FROM} Đoàn Thanh niên đổi tên thành Chi đoàn Sở", RenameFrom("Đoàn Thanh niên", "Chi đoàn Sở", DECEMBER)),
        (f"{FROM} {INSPECTION} tách thành Thanh tra Sở và {LAW}", SplitUnit(INSPECTION, ("Thanh tra Sở", LAW), DECEMBER)),
    ],
)  # fmt: skip
def test_an_inspectorate_and_the_youth_are_not_cut_in_two(says: str, meant: Intent) -> None:
    assert read_reply(says, TODAY).intents == (meant,)
