"""Every answer is confirmed in one line that says what was recorded and how to undo it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from duties.message import Message
from duties.wording import answers, decisions
from duties.wording.decisions import Waiting
from tests.fakes.entries import ENTRY

TODAY = date(2022, 3, 14)
EXTENDED = replace(ENTRY, due=date(2022, 4, 15))
NAMED = "việc #A12 (1.1 Tuyên truyền về cải cách hành chính)"

RECORDED: list[tuple[Callable[[], Message], str]] = [
    (
        lambda: answers.done([ENTRY], TODAY),
        f"Đã ghi nhận: {NAMED} hoàn thành ngày 14/03/2022. Cảm ơn đơn vị. Gõ “hoàn tác” nếu nhầm.",
    ),
    (
        lambda: answers.done([ENTRY, replace(ENTRY, short_code="B3")], TODAY, "4 tin"),
        "Đã ghi nhận: các việc #A12, #B3 hoàn thành ngày 14/03/2022. Cảm ơn đơn vị. Đã lưu kèm: 4 tin. Gõ “hoàn tác” nếu nhầm.",
    ),
    (lambda: answers.in_progress([ENTRY]), f"Đã ghi nhận: {NAMED} đang làm. Gõ “hoàn tác” nếu nhầm."),
    (
        lambda: answers.obstacle([ENTRY], "chưa có kinh phí"),
        f"Đã ghi vướng mắc của {NAMED}: “chưa có kinh phí” và chuyển Văn phòng biết. Gõ “hoàn tác” nếu nhầm.",
    ),
    (
        lambda: answers.not_ours([ENTRY]),
        f"Đã chuyển Văn phòng xem xét: {NAMED} không thuộc đơn vị. Gõ “hoàn tác” nếu nhầm.",
    ),
    (lambda: decisions.accepted([ENTRY]), f"Đã duyệt kết quả {NAMED}. Gõ “hoàn tác” nếu nhầm."),
    (
        lambda: decisions.sent_back([ENTRY], "thiếu số liệu", date(2022, 4, 5)),
        f"Đã trả lại {NAMED}, hạn mới 05/04/2022, lý do: “thiếu số liệu”. Gõ “hoàn tác” nếu nhầm.",
    ),
    (
        lambda: decisions.refused([ENTRY], ["Phòng Tổ chức"]),
        f"Đã từ chối đề nghị về {NAMED}; hạn cũ giữ nguyên. Chưa báo được cho Phòng Tổ chức vì chưa có kênh nhận tin. "
        "Gõ “hoàn tác” nếu nhầm.",
    ),
]


@pytest.mark.parametrize(("say", "says"), RECORDED, ids=[says[:40] for _, says in RECORDED])
def test_it_says_what_was_recorded_and_how_to_undo_it(say: Callable[[], Message], says: str) -> None:
    message = say()
    assert message.text == says
    assert "hoàn tác" in [choice.says for choice in message.choices]


def test_a_request_shows_both_dates() -> None:
    said = answers.extension_asked([ENTRY], [date(2022, 6, 20)]).text
    assert "từ 31/03/2022 đến 20/06/2022. Hạn cũ vẫn giữ đến khi Văn phòng đồng ý." in said


def test_the_unit_hears_both_dates_of_an_extension() -> None:
    assert decisions.to_unit_extended(EXTENDED).text == (
        f"Kính gửi Phòng Tổ chức: Văn phòng đồng ý lùi hạn {NAMED} đến 15/04/2022 (hạn ban đầu 31/03/2022)."
    )


def test_the_office_sees_a_report_that_came_late_as_such() -> None:
    late = replace(ENTRY, done_on=date(2022, 4, 2))
    assert "báo hoàn thành ngày 02/04/2022 (quá hạn)" in decisions.pending([Waiting(late)], 1).text


def test_the_office_can_approve_all_reports_it_sees_with_one_press() -> None:
    reports = [
        Waiting(replace(ENTRY, done_on=TODAY)),
        Waiting(replace(ENTRY, id=8, short_code="B3", done_on=TODAY)),
    ]
    shown = decisions.pending(reports, 2)
    assert shown.choices[0].says == "duyệt #A12 #B3"
    assert shown.listed == (7, 8)


def test_a_request_that_the_unit_disowns_offers_no_approval() -> None:
    notice = decisions.request_notice(Waiting(replace(ENTRY, is_asked=True, disowned=True), "của Văn phòng"))
    assert [choice.says for choice in notice.choices] == ["từ chối #A12"]
    assert "Lý do: “của Văn phòng”" in notice.text
