"""Orders about files and the calendar, in the way people type them."""

from datetime import date

import pytest

from duties.intents import (
    CalendarWanted,
    DemandEvidence,
    DocumentWanted,
    Done,
    DropEvidence,
    DutyCode,
    Intent,
    LeaveOut,
    NewCalendarAddress,
    Position,
    SendEvidence,
    ShortCode,
    ShowDaysOff,
    ShowEvidence,
    TickDeliverables,
    WithdrawCalendar,
)
from duties.replies import read_reply

THREE, A3, D23 = (Position(3),), (ShortCode("A3"),), (DutyCode("2.3"),)
TYPED: dict[str, Intent] = {
    "minh chứng 3": ShowEvidence(THREE),
    "xem minh chung 3": ShowEvidence(THREE),
    "cho xin các tệp của #A3": ShowEvidence(A3),
    "gửi lại tệp 3": ShowEvidence(THREE),
    "/minhchung 3": ShowEvidence(THREE),
    "minh chứng": ShowEvidence(),
    "/minhchung": ShowEvidence(),
    "minh chứng 6": ShowEvidence((Position(6),)),
    "gửi minh chứng": SendEvidence(),
    "gui minh chung 3": SendEvidence(THREE),
    "nộp 3": SendEvidence(THREE),
    "/nop": SendEvidence(),
    "/nop #A3": SendEvidence(A3),
    "bổ sung tệp cho #A3": SendEvidence(A3),
    "lưu tệp vào #A3 nhé": SendEvidence(A3),
    "bỏ tệp 2 của #A3": DropEvidence(A3, (2,)),
    "xoa anh 1, 2 cua #A3": DropEvidence(A3, (1, 2)),
    "bỏ tệp": DropEvidence(),
    "bỏ tệp 2": DropEvidence((), (2,)),
    "bắt buộc minh chứng 2.3": DemandEvidence(D23),
    "2.3 bắt buộc có minh chứng": DemandEvidence(D23),
    "không bắt buộc minh chứng 2.3": DemandEvidence(D23, is_needed=False),
    "thôi bắt buộc minh chứng cho 2.3": DemandEvidence(D23, is_needed=False),
    "đã nộp sản phẩm 1, 2 của #A3": TickDeliverables(A3, (1, 2)),
    "sản phẩm 1 của #A3 đã nộp": TickDeliverables(A3, (1,)),
    "chưa nộp sản phẩm 1 của #A3": TickDeliverables(A3, (1,), handed_in=False),
    "/lich": CalendarWanted(),
    "cho em xin lịch": CalendarWanted(),
    "lịch của phòng": CalendarWanted(),
    "đổi địa chỉ lịch": NewCalendarAddress(),
    "thu hồi lịch": WithdrawCalendar(),
}  # fmt: skip


@pytest.mark.parametrize("words", TYPED)
def test_an_order_is_read(words: str) -> None:
    assert read_reply(words, date(2022, 3, 1)).intents == (TYPED[words],)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("bộ minh chứng quý 2", DocumentWanted),
        ("minh chứng 6 tháng", DocumentWanted),
        ("đã nộp 3", Done),
        ("bỏ 2.5", LeaveOut),
        ("lịch nghỉ", ShowDaysOff),
    ],
)
def test_what_only_looks_alike_means_what_it_did(words: str, kind: type[Intent]) -> None:
    [intent] = read_reply(words, date(2022, 3, 1)).intents
    assert isinstance(intent, kind)
