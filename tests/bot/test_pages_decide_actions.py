"""What the office's buttons say is read back as the decision it was about, and as nothing else."""

from datetime import date

import pytest

from bot.pages.decide_actions import dismissed, extended, moved, refused, returned, says_no_other_day
from duties.intents import AskExtension, GiveTo, Intent, NotApplicable, Refuse, SendBack, ShortCode
from duties.replies import read_reply

TODAY = date(2022, 6, 1)
A4 = (ShortCode("A4"),)


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        (returned("#A4", "thiếu số liệu quý II"), SendBack(A4, "thiếu số liệu quý II")),
        (
            returned("#A4", "thiếu\nsố liệu", "2022-06-20"),
            SendBack(A4, "thiếu số liệu", date(2022, 6, 20)),
        ),
        (refused("#A4", "đã có số liệu từ tháng 5"), Refuse(A4, "đã có số liệu từ tháng 5")),
        (refused("#A4", ""), Refuse(A4)),
        (extended("#A4", "2022-12-20"), AskExtension(A4, date(2022, 12, 20))),
        (dismissed("#A4", "nhiệm vụ đã bỏ"), NotApplicable(A4, "nhiệm vụ đã bỏ")),
        (moved("#A4", "Phòng Kế hoạch - Tài chính"), GiveTo(A4, "Phòng Kế hoạch - Tài chính")),
    ],
)
def test_a_decision_said_in_words_is_read_as_that_decision(words: str, decision: Intent) -> None:
    assert read_reply(words, TODAY).intents == (decision,)


@pytest.mark.parametrize(
    ("why", "until", "is_clear"),
    [
        ("thiếu số liệu quý II", "", True),
        ("thiếu số liệu ngày 15/7", "", False),
        ("thiếu số liệu ngày 15/5", "2022-06-20", True),
        ("chưa có báo cáo ngày 15/7", "2022-06-20", True),
    ],
)
def test_a_day_within_a_reason_is_never_taken_for_the_new_date(
    why: str, until: str, *, is_clear: bool
) -> None:
    assert says_no_other_day(returned("#A4", why, until), until, TODAY) is is_clear
