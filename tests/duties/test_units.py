"""Names of units: which is which, which are nobody in particular, and which belong to another house."""

from datetime import date

import pytest

from duties.deadline import Deadline, Reading
from duties.plan import DraftDuty, DraftPlan, PlanHead, Source, UnitKind
from duties.unit_names import begins_unit, split_units
from duties.units import (
    How,
    KnownUnit,
    collective_kinds,
    is_collective,
    is_meant,
    is_outside,
    kind_of,
    match_unit,
    near_units,
    printed_names,
    spellings,
)

KNOWN = (
    KnownUnit(1, "Văn phòng Sở", ("Văn phòng",)),
    KnownUnit(2, "Phòng CNTT - Bưu chính - Viễn thông"),
    KnownUnit(3, "Trung tâm Cổng TTĐT", kind=UnitKind.AFFILIATE),
    KnownUnit(4, "Trung tâm CNTT và DVHCCTT", kind=UnitKind.AFFILIATE),
    KnownUnit(5, "Phòng Nghiệp vụ 1"),
    KnownUnit(6, "Ban Biên tập Trang TTĐT của Sở", valid_from=date(2020, 1, 1), kind=UnitKind.BOARD),
)
PROVINCE = "Ủy ban nhân dân tỉnh Bắc Ninh"


def draft(*leads: tuple[str, ...], agency: str = "Sở Thông tin và Truyền thông") -> DraftPlan:
    unread = Deadline("", Reading.UNREAD, "")
    duties = tuple(
        DraftDuty(str(row), "Họp", Source(row=row), unread, leads=names) for row, names in enumerate(leads, 1)
    )
    return DraftPlan(PlanHead(None, "", agency, None), duties)


@pytest.mark.parametrize(
    ("printed", "unit", "how"),
    [
        ("Văn phòng Sở", 1, How.EXACT),
        ("VĂN PHÒNG  SỞ", 1, How.EXACT),
        ("Văn phòng", 1, How.ALIAS),
        ("VP Sở", 1, How.GUESS),
        ("Phòng CNTT – Bưu chính – Viễn thông", 2, How.EXACT),
        ("Phòng CNTT - Bureau chính - Viễn thông", 2, How.GUESS),
        ("P. Công nghệ thông tin - Bưu chính - Viễn thông", 2, How.GUESS),
        ("Trung tâm Công TTĐT", 3, How.GUESS),
        ("Trung tâm Cổng thông tin điện tử", 3, How.GUESS),
        ("Ban Biên tập Trang TTĐT", 6, How.GUESS),
    ],
)
def test_it_finds_the_unit_and_says_how(printed: str, unit: int, how: How) -> None:
    found = match_unit(printed, KNOWN)
    assert (found.unit.id if found.unit else None, found.how) == (unit, how)


@pytest.mark.parametrize(
    "printed", ["Phòng Nghiệp vụ 2", "Thanh tra Sở", "Phòng Nghiệp vụ", "các phòng, đơn vị", "Sở Nội vụ"]
)
def test_it_guesses_no_unit_for_a_name_that_is_not_near(printed: str) -> None:
    assert match_unit(printed, KNOWN).unit is None


def test_it_guesses_none_of_two_units_that_are_equally_near() -> None:
    twins = (KnownUnit(1, "Phòng Quản lý đất đai A"), KnownUnit(2, "Phòng Quản lý đất đai B"))
    assert match_unit("Phòng Quản lý đất đai", twins).how is How.NONE


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("các phòng, đơn vị", {UnitKind.DEPARTMENT, UnitKind.AFFILIATE}),
        ("Các phòng chuyên môn, nghiệp vụ", {UnitKind.DEPARTMENT}),
        ("các đơn vị trực thuộc Sở", {UnitKind.AFFILIATE}),
        ("Các phòng, đơn vị trực thuộc", {UnitKind.DEPARTMENT, UnitKind.AFFILIATE}),
        ("các phòng, đơn vị thuộc Sở", {UnitKind.DEPARTMENT, UnitKind.AFFILIATE}),
        ("các đơn vị thuộc Sở", {UnitKind.DEPARTMENT, UnitKind.AFFILIATE}),
        ("Ban Chấp hành các đoàn thể", {UnitKind.UNION}),
        ("các cơ quan, đơn vị liên quan", set()),
        ("các Phòng, đơn vị liên quan", set()),
        ("các bộ phận liên quan", set()),
        ("Các sở, ban, ngành", set()),
        ("UBND cấp xã", set()),
        ("các bộ, ngành, địa phương", set()),
    ],
)
def test_a_collective_name_stands_for_kinds_of_units(name: str, kinds: set[UnitKind]) -> None:
    assert is_collective(name)
    assert collective_kinds(name) == kinds


@pytest.mark.parametrize("name", ["Văn phòng Sở", "Thanh tra Sở", "Thanh tra"])
def test_the_office_and_the_inspectors_are_no_specialist_departments(name: str) -> None:
    assert not is_meant("Các phòng chuyên môn, nghiệp vụ", name, UnitKind.DEPARTMENT)
    assert is_meant("các phòng, đơn vị", name, UnitKind.DEPARTMENT)


def test_a_department_is_one_of_the_specialist_departments() -> None:
    assert is_meant("các phòng chuyên môn", "Phòng Người có công", UnitKind.DEPARTMENT)


@pytest.mark.parametrize(
    "name", ["Văn phòng Sở", "Phòng Quản lý các dự án", "Thanh tra", "Trung tâm CNTT và DVHCCTT"]
)
def test_the_name_of_one_unit_is_not_collective(name: str) -> None:
    assert not is_collective(name)
    assert collective_kinds(name) == frozenset()


@pytest.mark.parametrize(
    "name",
    ["Sở Nội vụ", "UBND các huyện, thị xã, thành phố", "cơ quan báo chí của tỉnh", "Bộ Tài chính", "Công an tỉnh",
     "Văn phòng UBND tỉnh", "các sở, ban, ngành", "Báo Hà Tĩnh", "Phòng Văn hóa và Thông tin các huyện"],
)  # fmt: skip
def test_it_knows_who_is_not_of_the_house(name: str) -> None:
    assert is_outside(name, "Sở Thông tin và Truyền thông")


@pytest.mark.parametrize(
    "name",
    [
        "Văn phòng Sở",
        "Sở",
        "các phòng, đơn vị",
        "Sở Thông tin và Truyền thông",
        "Bộ phận Một cửa",
        "Ban Biên tập",
    ],
)
def test_it_knows_who_is_of_the_house(name: str) -> None:
    assert not is_outside(name, "Sở Thông tin và Truyền thông tỉnh Khánh Hòa")


def test_the_departments_of_a_province_are_of_its_house() -> None:
    assert not is_outside("Sở Tư pháp", PROVINCE)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Phòng Tổ chức", UnitKind.DEPARTMENT),
        ("Văn phòng Sở", UnitKind.DEPARTMENT),
        ("Thanh tra", UnitKind.DEPARTMENT),
        ("Chi cục Thủy lợi", UnitKind.AFFILIATE),
        ("Ban Quản lý dự án", UnitKind.AFFILIATE),
        ("Công đoàn cơ sở", UnitKind.UNION),
        ("Đoàn Thanh niên Sở", UnitKind.UNION),
        ("Ban Biên tập Trang TTĐT", UnitKind.BOARD),
        ("Sở Nội vụ", UnitKind.OUTSIDE),
    ],
)
def test_a_name_tells_the_kind_of_unit(name: str, kind: UnitKind) -> None:
    assert kind_of(name, "Sở Tài chính") is kind


def test_it_proposes_each_real_unit_once_under_its_likeliest_name() -> None:
    plan = draft(("Trung tâm Cổng TTĐT",), ("Trung tâm Công TTĐT",), ("Trung tâm Cổng TTĐT", "Văn phòng Sở"))
    found = spellings(printed_names(plan))
    assert found == [("Trung tâm Cổng TTĐT", "Trung tâm Công TTĐT"), ("Văn phòng Sở",)]


def test_it_proposes_neither_collectives_nor_other_houses() -> None:
    outsiders = draft(("các phòng, đơn vị", "Sở Nội vụ", "UBND các xã"))
    assert spellings(printed_names(outsiders), outsiders.head.agency) == []


@pytest.mark.parametrize(
    "words", ["Tổ chức thực hiện", "Báo cáo kết quả", "Phòng, chống tham nhũng", "Hội nghị", "Bộ máy"]
)
def test_a_word_that_only_looks_like_a_head_begins_no_unit(words: str) -> None:
    assert not begins_unit(words)


def test_it_divides_a_list_only_where_a_unit_begins() -> None:
    printed = "Văn phòng, các Phòng, đơn vị trực thuộc và Ban Chấp hành các đoàn thể"
    assert split_units(printed) == ("Văn phòng", "các Phòng, đơn vị trực thuộc", "Ban Chấp hành các đoàn thể")


NEAR_HOUSE = [
    KnownUnit(1, "Phòng Thông tin - Báo chí - Xuất bản"),
    KnownUnit(2, "Phòng Kế hoạch - Tài chính"),
    KnownUnit(3, "Trung tâm Công nghệ thông tin"),
    KnownUnit(4, "Văn phòng"),
]


@pytest.mark.parametrize(
    ("printed", "near"),
    [
        ("Phòng Báo chí", "Phòng Thông tin - Báo chí - Xuất bản"),
        ("P. TTBCXB", "Phòng Thông tin - Báo chí - Xuất bản"),
        ("Phòng KHTC", "Phòng Kế hoạch - Tài chính"),
        ("TT CNTT và Truyền thông", "Trung tâm Công nghệ thông tin"),
    ],
)
def test_a_name_of_no_unit_is_near_the_one_it_may_mean(printed: str, near: str) -> None:
    assert near_units(printed, NEAR_HOUSE)[:1] == [near]


@pytest.mark.parametrize(
    "printed",
    ["Phòng Bưu chính - Viễn thông", "Phòng CNTT - Bưu chính", "Thanh tra", "Trung tâm Lưu trữ", "Công đoàn"],
)
def test_a_name_of_its_own_is_near_none(printed: str) -> None:
    assert near_units(printed, NEAR_HOUSE) == []
