"""The forms that tables and texts come in: merged cells, ditto marks, headings twice, labels, sentences."""

import pytest

from duties.deadline import Years
from duties.intake import read_plan
from duties.papers import Cell, Document, Grid, Row
from duties.plan import DutyKind
from tests.fakes.papers import HEADER, read_body, read_table, table


def test_it_takes_a_merged_row_for_a_group() -> None:
    draft = read_table(("A. Cải cách thể chế", "", "", "", ""), ("1", "Họp", "Văn phòng", "", "Quý I"))
    assert draft.duties[0].group == "A. Cải cách thể chế"


def test_a_group_within_a_group_names_both() -> None:
    draft = read_table(
        ("I", "THỂ CHẾ", "", "", ""),
        ("1", "Văn bản", "", "", ""),
        ("a", "Rà soát", "Văn phòng", "", "Quý I"),
        ("2", "Theo dõi thi hành", "Thanh tra", "", "Quý II"),
    )
    assert [duty.group for duty in draft.duties] == ["I. THỂ CHẾ / 1. Văn bản", "I. THỂ CHẾ"]


def test_a_row_without_a_number_that_begins_like_a_task_is_a_task() -> None:
    rows = (("1", "Họp giao ban.", "Văn phòng", "", "Quý I"), ("2", "Tập huấn.", "Văn phòng", "", "Quý I"))
    draft = read_table(*rows, ("", "Đẩy mạnh tuyên truyền", "Thanh tra", "", "Quý II"))
    assert [duty.content for duty in draft.duties] == ["Họp giao ban.", "Tập huấn.", "Đẩy mạnh tuyên truyền"]


@pytest.mark.parametrize("ditto", ["nt", "-nt-", "Như trên"])
def test_a_ditto_mark_means_the_cell_above(ditto: str) -> None:
    draft = read_table(("1", "Họp", "Văn phòng", "", "Quý I"), ("2", "Tập huấn", ditto, "", ditto))
    assert (draft.duties[1].leads, draft.duties[1].deadline.phrase) == (("Văn phòng",), "Quý I")


def test_a_total_is_no_task() -> None:
    draft = read_table(("1", "Họp", "Văn phòng", "", "Quý I"), ("", "Tổng cộng: 1 nhiệm vụ", "", "", ""))
    assert [left.why for left in draft.left_out] == ["dòng tổng cộng"]


def test_it_reads_a_table_that_names_the_lead_before_the_task() -> None:
    grid = table(
        ("STT", "Cơ quan thực hiện", "Nội dung công việc", "Thời hạn"),
        ("1", "Thanh tra Sở", "Kiểm tra", "Quý I"),
    )
    found = read_plan(Document("kế hoạch", (grid,)), years=Years.of(2026)).duties[0]
    assert (found.leads, found.content) == (("Thanh tra Sở",), "Kiểm tra")


def test_it_reads_two_heading_rows_as_one() -> None:
    upper = ("TT", "Nhiệm vụ", "Đơn vị thực hiện", "", "Thời hạn")
    grid = table(upper, ("", "", "Chủ trì", "Phối hợp", ""), ("1", "Họp", "Văn phòng", "Thanh tra", "Quý I"))
    found = read_plan(Document("kế hoạch", (grid,)), years=Years.of(2026)).duties[0]
    assert (found.leads, found.partners) == (("Văn phòng",), ("Thanh tra",))


def test_a_lead_merged_over_two_tasks_leads_both() -> None:
    rows = table(HEADER, ("1", "Họp", "Văn phòng", "", "Quý I"), ("2", "Tập huấn", "", "", "Quý II")).rows
    merged = Row((*rows[2].cells[:2], Cell(goes_on=True), *rows[2].cells[3:]), rows[2].source)
    draft = read_plan(Document("phụ lục", (Grid((*rows[:2], merged)),)), years=Years.of(2026))
    assert [duty.leads for duty in draft.duties] == [("Văn phòng",), ("Văn phòng",)]


def test_a_task_merged_over_two_rows_is_one_duty_with_both_leads() -> None:
    rows = table(HEADER, ("1", "Họp", "Văn phòng", "", "Quý I"), ("", "", "Thanh tra", "", "")).rows
    merged = Row((Cell(goes_on=True), Cell(goes_on=True), *rows[2].cells[2:]), rows[2].source)
    draft = read_plan(Document("phụ lục", (Grid((*rows[:2], merged)),)), years=Years.of(2026))
    assert [duty.leads for duty in draft.duties] == [("Văn phòng", "Thanh tra")]


def test_it_goes_on_with_a_table_that_a_page_has_broken() -> None:
    first = table(HEADER, ("1", "Họp", "Văn phòng", "", "Quý I"))
    draft = read_plan(
        Document("kế hoạch", (first, table(("2", "Họp", "Thanh tra", "", "Quý II")))), years=Years.of(2026)
    )
    assert [duty.leads for duty in draft.duties] == [("Văn phòng",), ("Thanh tra",)]


def test_it_reads_a_report_clause_for_every_unit_it_names() -> None:
    found = read_body(
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Kế hoạch, Chi cục Thủy lợi báo cáo Giám đốc Sở trước ngày 20 hằng tháng.",
    ).duties[0]
    assert (found.kind, found.leads, found.to) == (
        DutyKind.REPORT,
        ("Phòng Kế hoạch", "Chi cục Thủy lợi"),
        "Giám đốc Sở",
    )


def test_a_bullet_belongs_to_the_unit_named_above_it() -> None:
    found = read_body(
        "III. PHÂN CÔNG", "1. Thanh tra Sở", "- Kiểm tra công vụ, hoàn thành trong tháng 9."
    ).duties[0]
    assert (found.leads, found.deadline.phrase) == (("Thanh tra Sở",), "hoàn thành trong tháng 9")


def test_a_sentence_may_begin_with_its_time() -> None:
    found = read_body(
        "I. TỔ CHỨC THỰC HIỆN", "1. Hàng quý, các phòng, đơn vị báo cáo kết quả về Văn phòng Sở."
    ).duties[0]
    assert (found.leads, found.deadline.phrase, found.to) == (
        ("các phòng, đơn vị",),
        "Hàng quý",
        "Văn phòng Sở",
    )


def test_a_duty_among_the_contents_is_not_lost() -> None:
    found = read_body("II. NỘI DUNG", "1. Thanh tra Sở tổ chức kiểm tra công vụ trước ngày 30/9.").duties
    assert [duty.leads for duty in found] == [("Thanh tra Sở",)]


def test_a_task_may_have_its_labels_on_its_own_line() -> None:
    line = "b) Khảo sát sự hài lòng. Đơn vị chủ trì: Phòng Văn hóa - Xã hội. Thời gian: Quý III."
    found = read_body("II. NHIỆM VỤ", "2. Cải cách thủ tục hành chính", line).duties
    assert [(duty.content, duty.leads, duty.deadline.phrase) for duty in found] == [
        ("Khảo sát sự hài lòng", ("Phòng Văn hóa - Xã hội",), "Quý III")
    ]


def test_labels_may_be_letters_below_their_task() -> None:
    lines = (
        "a) Nội dung: Rà soát.",
        "b) Đơn vị chủ trì: Văn phòng HĐND và UBND xã.",
        "c) Thời gian hoàn thành: 30/11.",
    )
    found = read_body("II. NHIỆM VỤ", "1. Cải cách thể chế", *lines).duties
    assert [(duty.code, duty.leads) for duty in found] == [("II.1", ("Văn phòng HĐND và UBND xã",))]


def test_a_letter_without_numbers_is_read_too() -> None:
    found = read_body(
        "Kính gửi: các phòng.", "Đề nghị Thanh tra Sở báo cáo Giám đốc Sở trước ngày 20/6."
    ).duties
    assert [(duty.leads, duty.to) for duty in found] == [(("Thanh tra Sở",), "Giám đốc Sở")]


def test_the_signature_is_no_sentence_of_the_plan() -> None:
    draft = read_body("I. TỔ CHỨC THỰC HIỆN", "1. Văn phòng theo dõi.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert [left.text for left in draft.left_out] == ["Văn phòng theo dõi."]


def test_the_date_of_a_cited_paper_is_no_deadline() -> None:
    draft = read_body(
        "I. TỔ CHỨC THỰC HIỆN", "1. Văn phòng Sở triển khai Kế hoạch số 12/KH-UBND ngày 06/02/2026."
    )
    assert draft.duties == ()


def test_money_that_is_spent_regularly_is_no_rhythm() -> None:
    draft = read_body(
        "I. TỔ CHỨC THỰC HIỆN", "1. Phòng Tài chính bố trí kinh phí chi thường xuyên trong dự toán hàng năm."
    )
    assert draft.duties == ()
