"""What is asked of the office about its plan: whatever was not plain, each thing once, and always with a question."""

import pytest

from documents.reading import read_file
from duties.deadline import Reading, Years
from duties.errors import UnreadablePlan
from duties.intake import read_plan
from duties.papers import Document
from duties.units import KnownUnit
from tests.fakes.papers import EXPECTED, HEADER, SAMPLES, read_body, read_table, sample, table


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
