"""What stands around the tables of duties: letterheads in tables, sections and money below them on a sheet."""

from duties.intake import read_plan
from duties.papers import Block, Cell, Document, Grid, Paragraph, Row
from duties.plan import DraftPlan, Source


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(Row(tuple(map(Cell, row)), Source(row=at, table=1)) for at, row in enumerate(rows, 1)))


def read(*blocks: Block) -> DraftPlan:
    return read_plan(Document("kh.xlsx", blocks))


HEADER = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn")
DUTY = ("1", "Ban hành kế hoạch", "Văn phòng Sở", "30/01/2026")


def test_a_letterhead_of_the_party_in_a_table_is_the_head() -> None:
    letterhead = grid(("ĐẢNG ỦY PHƯỜNG\nSố 45-KH/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM"))
    assert (
        read(letterhead, Paragraph("KẾ HOẠCH", Source(row=1)), grid(HEADER, DUTY)).head.number == "45-KH/ĐU"
    )


def test_sections_below_the_table_of_a_sheet_are_running_text() -> None:
    plan = read(
        grid(
            HEADER,
            DUTY,
            ("III. TỔ CHỨC THỰC HIỆN", "", "", ""),
            ("1. Thanh tra Sở kiểm tra trước ngày 15/3/2026.",),
        )
    )
    assert [duty.leads for duty in plan.duties] == [("Văn phòng Sở",), ("Thanh tra Sở",)]


def test_a_table_of_money_below_the_duties_is_left_out_and_asked_about() -> None:
    money = (
        ("PHỤ LỤC II",),
        ("TT", "Nội dung chi", "Số lượng", "Thành tiền"),
        ("1", "Thuê máy", "2", "5.000.000"),
    )
    plan = read(grid(HEADER, DUTY, *money))
    assert len(plan.duties) == 1
    assert any("Thuê máy" in left.text for left in plan.left_out)


def test_a_blank_form_holds_no_duties() -> None:
    form = grid(("STT", "Nhiệm vụ", "Đơn vị", "Thời gian"), ("1", "", "", ""), ("2", "", "", ""))
    assert read(form).duties == ()


def test_units_that_are_groups_answer_for_what_stands_below_them() -> None:
    rows = (
        ("I", "Văn phòng Sở", ""),
        ("1", "Ban hành kế hoạch", "Quý I"),
        ("II", "Thanh tra Sở", ""),
        ("1", "Kiểm tra", "Quý II"),
    )
    plan = read(grid(("TT", "Nhiệm vụ", "Thời hạn"), *rows))
    assert [duty.leads for duty in plan.duties] == [("Văn phòng Sở",), ("Thanh tra Sở",)]
