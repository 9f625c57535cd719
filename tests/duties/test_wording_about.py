"""What a thing is about is said from the act on, never cut before it."""

import pytest

from duties.plan import DutyKind
from duties.wording.entries import spoken

EVERYBODY = (
    "Các phòng chuyên môn, nghiệp vụ, các đơn vị trực thuộc, Công đoàn cơ sở, Đoàn Thanh niên Sở phối hợp "
    "tổng hợp báo cáo kết quả công tác thông tin, tuyên truyền định kỳ hàng quý (trước ngày 15/3, 15/6, 15/9, "
    "15/12) về Sở (qua Văn phòng Sở) để tổng hợp báo cáo UBND tỉnh."
)

CLAUSES = [
    (
        EVERYBODY,
        "Sở (qua Văn phòng Sở)",
        "Báo cáo kết quả công tác thông tin, tuyên truyền gửi Sở (qua Văn phòng Sở)",
    ),
    (
        "Các phòng, đơn vị trực thuộc triển khai thực hiện nghiêm túc Kế hoạch này; Định kỳ báo cáo kết quả theo "
        "lĩnh vực được giao phụ trách gửi Văn phòng Sở để tổng hợp, báo cáo theo quy định.",
        "Văn phòng Sở",
        "Báo cáo kết quả theo lĩnh vực được giao phụ trách gửi Văn phòng Sở",
    ),
    (
        "Các phòng, đơn vị thuộc Sở có trách nhiệm tổ chức thực hiện và báo cáo kết quả về Văn phòng Sở tổng hợp "
        "theo định kỳ hoặc theo yêu cầu của cơ quan có thẩm quyền.",
        "Văn phòng Sở",
        "Báo cáo kết quả gửi Văn phòng Sở",
    ),
    (
        "Theo dõi, tổng hợp, đánh giá kết quả hàng quý và báo cáo cụ thể tiến độ, kết quả triển khai trong Báo cáo "
        "CCHC định kỳ (mục công tác chỉ đạo, điều hành) gửi về UBND tỉnh (thông qua Sở Nội vụ) theo quy định.",
        "UBND tỉnh (thông qua Sở Nội vụ)",
        "Báo cáo cụ thể tiến độ, kết quả triển khai trong Báo cáo CCHC gửi UBND tỉnh (thông qua Sở Nội vụ)",
    ),
    (
        "Định kỳ báo cáo UBND tỉnh (qua Sở Tư pháp) kết quả thực hiện Kế hoạch hằng năm (trước ngày 15 tháng 11) "
        "hoặc theo đề nghị để tổng hợp, báo cáo theo quy định.",
        "UBND tỉnh (qua Sở Tư pháp)",
        "Báo cáo kết quả thực hiện Kế hoạch gửi UBND tỉnh (qua Sở Tư pháp)",
    ),
    (
        "Chế độ báo cáo: Các cơ quan, đơn vị báo cáo kết quả tuyên truyền về Sở Thông tin và Truyền thông (qua "
        "Phòng Thông tin) để tổng hợp khi có yêu cầu./.",
        "Sở Thông tin và Truyền thông (qua Phòng Thông tin)",
        "Báo cáo kết quả tuyên truyền gửi Sở Thông tin và Truyền thông (qua Phòng Thông tin)",
    ),
    (
        "Văn phòng tổ chức triển khai Kế hoạch; định kỳ 6 tháng, năm báo cáo lãnh đạo Ban Quản lý Khu kinh tế tỉnh "
        "về kết quả thực hiện.",
        "lãnh đạo Ban Quản lý Khu kinh tế tỉnh",
        "Báo cáo kết quả thực hiện gửi lãnh đạo Ban Quản lý Khu kinh tế tỉnh",
    ),
    ("Sở Tư pháp theo dõi và định kỳ báo cáo UBND tỉnh theo quy định./.", "UBND tỉnh", "Báo cáo gửi UBND tỉnh"),
    ("Phòng Báo chí tổng hợp báo cáo kết quả thực hiện khi có yêu cầu.", "", "Báo cáo kết quả thực hiện"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "receiver", "says"), CLAUSES)
def test_a_report_clause_says_what_is_reported_to_whom(sentence: str, receiver: str, says: str) -> None:
    assert spoken("", sentence, kind=DutyKind.REPORT, receiver=receiver) == says


def test_a_report_names_its_quarter() -> None:
    said = spoken(
        "IV.4", EVERYBODY, 40, kind=DutyKind.REPORT, receiver="Sở (qua Văn phòng Sở)", period="quý I"
    )
    assert said == "IV.4 Báo cáo kết quả công tác… gửi Sở (qua Văn phòng Sở), quý I"


def test_other_work_keeps_the_plan_s_words() -> None:
    assert (
        spoken("1.1", "Tuyên truyền về  cải cách.", period="quý II") == "1.1 Tuyên truyền về cải cách, quý II"
    )


def test_a_bare_number_of_the_plan_stands_behind() -> None:
    assert spoken("2", "Tổ chức tuyên truyền") == "Tổ chức tuyên truyền (mục 2)"
