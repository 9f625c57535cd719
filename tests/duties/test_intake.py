"""Whole plans, as offices sent them, against what a careful clerk found in them."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.program.read import as_values
from documents.reading import read_file
from duties.deadline import Reading, Years
from duties.errors import UnreadablePlan
from duties.intake import read_plan
from duties.papers import Cell, Document, Grid, Paragraph, Row
from duties.plan import DraftDuty, DraftPlan, DutyKind, Source
from duties.units import KnownUnit

SAMPLES = Path(__file__).parent.parent / "samples"
EXPECTED = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((SAMPLES / "expected").glob("*.json"))
]
EXACT = ("code", "leads", "partners", "phrase", "group", "reading", "also", "kind", "to", "parts")


@cache
def sample(name: str) -> DraftPlan:
    return read_plan(read_file(SAMPLES / name))


def expected_duties() -> list[Any]:
    return [
        pytest.param(plan["source"], place, wanted, id=f"{plan['source']}-{place + 1}-{wanted['code']}")
        for plan in EXPECTED
        for place, wanted in enumerate(plan["duties"])
    ]


def plain(value: object) -> object:
    """The expected files differ from the paper in the capital of “Các” after a colon."""
    return (
        [name.casefold() for name in value if isinstance(name, str)] or value
        if isinstance(value, list)
        else value
    )


def duty(plan: str, code: str) -> DraftDuty:
    return next(duty for duty in sample(plan).duties if duty.code == code)


def alike(duty: DraftDuty) -> tuple[object, ...]:
    """All of a duty but its place and the line breaks in it."""
    content = " ".join(duty.content.split())
    return (
        duty.code,
        duty.group,
        content,
        duty.leads,
        duty.partners,
        duty.parts,
        duty.deadline,
        duty.kind,
        duty.to,
    )


def table(*rows: tuple[str, ...]) -> Grid:
    numbered = enumerate(rows, 1)
    return Grid(tuple(Row(tuple(map(Cell, cells)), Source(row=row, table=1)) for row, cells in numbered))


def body(*lines: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, Source(row=row)) for row, line in enumerate(lines, 1))


HEADER = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành")


def read_table(*rows: tuple[str, ...]) -> DraftPlan:
    return read_plan(Document("phụ lục", (table(HEADER, *rows),)), years=Years.of(2026))


def read_body(*lines: str) -> DraftPlan:
    return read_plan(Document("kế hoạch", body(*lines)), years=Years.of(2026))


# --- real plans


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda plan: plan["source"])
def test_it_reads_the_head_as_a_clerk_does(wanted: dict[str, Any]) -> None:
    head = as_values(sample(wanted["source"]))["plan"]
    assert {"year": None, "period": None, **wanted["plan"]} == head


@pytest.mark.parametrize("wanted", EXPECTED, ids=lambda plan: plan["source"])
def test_it_finds_every_duty_and_invents_none(wanted: dict[str, Any]) -> None:
    assert len(sample(wanted["source"]).duties) == wanted["count"] == len(wanted["duties"])


@pytest.mark.parametrize(("plan", "place", "wanted"), expected_duties())
def test_it_reads_the_duty_as_a_clerk_does(plan: str, place: int, wanted: dict[str, Any]) -> None:
    found = as_values(sample(plan))["duties"][place]
    firm = [field for field in EXACT if field in wanted and field not in wanted.get("loose", ())]
    assert {field: plain(found[field]) for field in firm} == {field: plain(wanted[field]) for field in firm}


@pytest.mark.parametrize(("plan", "place", "wanted"), expected_duties())
def test_it_begins_the_content_where_a_clerk_does(plan: str, place: int, wanted: dict[str, Any]) -> None:
    content = " ".join(sample(plan).duties[place].content.split())
    assert content.startswith(wanted["content_start"]) or "content_start" in wanted["loose"]


@pytest.mark.parametrize(("plan", "place", "wanted"), expected_duties())
def test_it_dates_the_duty_as_a_clerk_does(plan: str, place: int, wanted: dict[str, Any]) -> None:
    found = as_values(sample(plan))["duties"][place]["due"]
    assert [(due["stated"], due["last_day"]) for due in found] == [
        (due["stated"], due["last_day"]) for due in wanted.get("due", ())
    ]


def test_it_finds_all_140_tasks_of_the_annex_in_order() -> None:
    codes = [duty.code for duty in sample("nq03-phu-luc-2.md").duties]
    assert codes == [str(number) for number in range(1, 141)]


def test_it_puts_the_annex_in_its_seven_groups() -> None:
    groups = dict.fromkeys(duty.group.split(".")[0] for duty in sample("nq03-phu-luc-2.md").duties)
    assert list(groups) == ["I", "II", "III", "IV", "V", "VI", "VII"]


def test_it_parts_two_leads_with_nothing_between_them() -> None:
    leads = duty("nq03-phu-luc-2.md", "8").leads
    assert leads == ("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ")


def letters(names: Iterable[str]) -> str:
    """The words of names without what divides them."""
    return "".join(re.findall(r"\w", re.sub(r"\bvà\b", "", " ".join(names))))


def test_it_loses_no_word_of_a_cell_that_only_names_units() -> None:
    grid = read_file(SAMPLES / "nq03-phu-luc-2.md").grids[0]
    printed = [row for row in grid.rows[1:] if row.cells[0].flat[:1].isdigit()]
    read = sample("nq03-phu-luc-2.md").duties
    lost = [
        duty.code
        for row, duty in zip(printed, read, strict=True)
        if (letters([row.cells[2].flat]), letters([row.cells[3].flat]))
        != (letters(duty.leads), letters(duty.partners))
    ]
    assert lost == []


def test_it_joins_a_row_that_goes_on_over_the_page() -> None:
    broken = duty("nq03-phu-luc-2.md", "110")
    assert "Giấy hẹn khám lại; Kết quả xét nghiệm" in " ".join(broken.content.split())


def test_it_mends_a_name_that_the_page_broke() -> None:
    assert "Bộ Nông nghiệp và Phát triển nông thôn" in duty("nq03-phu-luc-2.md", "108").leads


def test_it_tells_of_words_left_over_in_a_group_row() -> None:
    assert [left.text for left in sample("nq03-phu-luc-2.md").left_out] == ["năm tiếp theo"]


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.docx"))])
def test_a_word_file_gives_the_same_duties_as_its_text(name: str) -> None:
    text = next(path.name for path in SAMPLES.glob(f"{Path(name).stem}.*") if path.suffix in {".txt", ".md"})
    assert [alike(duty) for duty in sample(name).duties] == [alike(duty) for duty in sample(text).duties]


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.pdf"))])
def test_a_printed_file_gives_the_same_duties_as_the_word_file(name: str) -> None:
    word = Path(name.split(".")[0]).with_suffix(".docx").name
    assert [alike(duty) for duty in sample(name).duties] == [alike(duty) for duty in sample(word).duties]


def test_a_page_of_a_portal_gives_the_same_duties_as_its_text() -> None:
    page, text = sample("kon-tum-bqlkkt-2020.html"), sample("kon-tum-bqlkkt-2020.txt")
    assert [alike(duty) for duty in page.duties] == [alike(duty) for duty in text.duties]


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.xlsx"))])
def test_an_excel_annex_gives_the_same_tasks_as_the_word_file(name: str) -> None:
    annex = [alike(duty) for duty in sample(name).duties]
    whole = [alike(duty) for duty in sample(name.replace(".xlsx", ".docx")).duties]
    assert annex == whole[: len(annex)]
    assert all(
        duty.kind is DutyKind.REPORT for duty in sample(name.replace(".xlsx", ".docx")).duties[len(annex) :]
    )


# --- doubts


def doubts(plan: str, about: str) -> str:
    return " ".join(doubt.text for doubt in sample(plan).doubts if doubt.about == about)


def test_it_says_that_the_title_names_another_year() -> None:
    assert "Tiêu đề ghi năm 2023" in doubts("ha-tinh-stnmt-2024.txt", "plan")


def test_it_asks_for_the_number_and_day_that_are_blank() -> None:
    assert "Chưa ghi số và ngày ban hành" in doubts("binh-dinh-sldtbxh-2023.txt", "plan")


def test_it_asks_whether_a_slip_is_the_same_unit() -> None:
    asked = doubts("khanh-hoa-stttt-2022.txt", "1.1, 1.2, 1.8")
    assert "“Trung tâm Công TTĐT” có lẽ là “Trung tâm Cổng TTĐT”" in asked


def test_it_asks_for_a_deadline_left_blank() -> None:
    assert doubts("khanh-hoa-stttt-2022.txt", "2.5") == "Không ghi thời hạn; hạn hoàn thành là ngày nào?"


def test_it_asks_about_a_rhythm_beside_the_deadline_column() -> None:
    assert "“định kỳ 06 tháng và năm”" in doubts("khanh-hoa-stttt-2022.txt", "1.5")


@pytest.mark.parametrize("code", ["3.2", "3.4", "3.6"])
def test_it_asks_about_a_duty_whose_lead_is_outside(code: str) -> None:
    assert "Không có đơn vị chủ trì trong cơ quan" in doubts("khanh-hoa-stttt-2022.txt", code)


def test_it_asks_who_does_which_bullet_where_the_cell_does_not_say() -> None:
    assert "không ghi đơn vị nào làm phần nào" in doubts("khanh-hoa-stttt-2022.txt", "1.3")


def test_it_asks_about_names_that_it_parted_itself() -> None:
    assert "viết liền nhau" in doubts("nq03-phu-luc-2.md", "8")


def test_it_asks_about_words_that_the_page_cut_off() -> None:
    assert "Nội dung có vẻ bị cắt" in doubts("nq03-phu-luc-2.md", "12")
    assert "Tên đơn vị “Bộ” có vẻ bị cắt" in doubts("nq03-phu-luc-2.md", "3")


def test_it_asks_what_a_collective_name_means() -> None:
    asked = [doubt.text for doubt in sample("binh-dinh-sldtbxh-2023.txt").doubts]
    assert any(text.startswith("“Các phòng chuyên môn, nghiệp vụ” là tên chung") for text in asked)


@pytest.mark.parametrize("plan", [plan["source"] for plan in EXPECTED])
def test_every_doubt_ends_with_what_is_asked(plan: str) -> None:
    assert all(doubt.text.endswith(("?", "xin bổ sung khi có.")) for doubt in sample(plan).doubts)


# --- nothing silent


def test_it_leaves_out_an_assignment_without_a_time_with_that_reason() -> None:
    left = {left.text[:27]: left.why for left in sample("binh-dinh-sldtbxh-2023.txt").left_out}
    assert left["Công đoàn cơ sở, Đoàn Thanh"] == "nêu việc của đơn vị nhưng không nêu thời hạn"


def test_it_leaves_out_the_aims_in_one_line() -> None:
    left = [left.text for left in sample("binh-dinh-sldtbxh-2023.txt").left_out]
    assert left.count("I. MỤC ĐÍCH, YÊU CẦU") == 1


def test_it_leaves_out_a_table_without_work_row_by_row() -> None:
    prices = table(("Mặt hàng", "Đơn giá"), ("Giấy A4", "70.000"))
    draft = read_plan(Document("bảng giá", (prices,)), years=Years.of(2026))
    assert [left.source.row for left in draft.left_out] == [1, 2]


def test_it_keeps_a_row_whose_other_cells_are_blank() -> None:
    draft = read_table(
        ("1", "Rà soát thủ tục hành chính", "", "", ""), ("2", "Họp giao ban", "Văn phòng", "", "Hằng quý")
    )
    assert [duty.code for duty in draft.duties] == ["1", "2"]


def test_it_says_that_the_header_was_printed_again() -> None:
    draft = read_table(
        ("1", "Họp", "Văn phòng", "", "Quý I"), HEADER, ("2", "Họp", "Văn phòng", "", "Quý II")
    )
    assert [left.why for left in draft.left_out] == ["dòng tiêu đề của bảng in lặp lại"]


def test_it_says_that_the_columns_were_numbered() -> None:
    draft = read_table(("(1)", "(2)", "(3)", "(4)", "(5)"), ("1", "Họp", "Văn phòng", "", "Quý I"))
    assert [left.why for left in draft.left_out] == ["dòng đánh số cột"]


CELLS = st.sampled_from(
    ["", "-", "nt", "Văn phòng", "- Thanh tra;\n- Văn phòng.", "Quý I", "(5) và các việc khác", "Tổng cộng"]
)
CODES = st.sampled_from(["", "I", "1", "1.", "1.1", "a", "-", "A.", "2", "A. Nhóm việc"])


@given(st.lists(st.tuples(CODES, st.booleans(), CELLS, CELLS, CELLS), max_size=8))
def test_no_row_is_dropped_in_silence(rows: list[tuple[str, bool, str, str, str]]) -> None:
    told = [
        (code, f"Việc số {place}." if has else "", *rest) for place, (code, has, *rest) in enumerate(rows)
    ]
    draft = read_table(*told)
    kept = " ".join(
        [f"{duty.group} {duty.content}" for duty in draft.duties] + [left.text for left in draft.left_out]
    )
    assert all(row[1] in kept for row in told)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_it_reads_any_text_without_an_error(lines: list[str]) -> None:
    assert read_body(*lines).head.years == Years.of(2026)


# --- forms of tables and text


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


# --- years, marks, known units


def test_the_year_of_the_office_wins_and_is_asked_about() -> None:
    draft = read_plan(read_file(SAMPLES / "ha-tinh-stnmt-2024.txt"), years=Years.of(2023))
    assert draft.head.years == Years.of(2023)
    assert any("Văn phòng chọn 2023" in doubt.text for doubt in draft.doubts)


def test_without_a_year_the_office_is_asked() -> None:
    draft = read_plan(Document("kế hoạch", (table(HEADER, ("1", "Họp", "Văn phòng", "", "Quý I")),)))
    assert draft.doubts[0].text == "Không thấy năm của kế hoạch; kế hoạch này của năm nào?"


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "Độ mật: TUYỆT MẬT"])
def test_a_secret_paper_is_refused(mark: str) -> None:
    with pytest.raises(UnreadablePlan, match="đóng dấu mật"):
        read_body("UBND TỈNH", mark, "KẾ HOẠCH", "Cải cách hành chính năm 2026")


def test_a_known_unit_of_another_spelling_is_told_and_asked() -> None:
    known = [KnownUnit(1, "Trung tâm Cổng thông tin điện tử")]
    draft = read_plan(read_file(SAMPLES / "khanh-hoa-stttt-2022.txt"), known=known)
    assert draft.duties[0].matched == {"Trung tâm Công TTĐT": "Trung tâm Cổng thông tin điện tử"}


def test_an_unread_deadline_is_kept_and_asked() -> None:
    draft = read_table(("1", "Họp", "Văn phòng", "", "khi nào tiện"))
    assert draft.duties[0].deadline.reading is Reading.UNREAD
    assert "Chưa hiểu thời hạn “khi nào tiện”" in draft.doubts[-1].text


def test_a_deadline_without_more_to_say_of_it_is_named_once() -> None:
    draft = read_table(("1", "Họp", "Văn phòng", "", "Sớm"))
    assert draft.doubts[-1].text == "Chưa hiểu thời hạn “Sớm”; hạn cụ thể là ngày nào?"


def test_a_deadline_whose_reason_asks_is_asked_once() -> None:
    draft = read_table(("1", "Họp", "Văn phòng", "", "Từ 01/7/2026"))
    assert draft.doubts[-1].text == "Chưa hiểu thời hạn “Từ 01/7/2026”: chỉ có ngày bắt đầu; hạn là ngày nào?"
