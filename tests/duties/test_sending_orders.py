"""What goes out and when not, as the office says it on Friday 20 March 2026."""

from datetime import date

import pytest

from duties.intents import (
    Announce,
    AskAnnouncement,
    DropAnnouncement,
    Intent,
    NudgeNow,
    Pause,
    SendAnnouncement,
    Unclear,
)
from duties.replies import read_reply

TODAY = date(2026, 3, 20)
JUNE = date(2026, 6, 20)


@pytest.mark.parametrize(
    ("says", "means"),
    [
        ("tạm dừng", Pause()),
        ("tạm dừng đến 20/6", Pause(JUNE)),
        ("Tạm ngừng nhắc việc đến hết ngày 20/06/2026.", Pause(JUNE)),
        ("/tamdung 20/6", Pause(JUNE)),
        ("/tamdung đến 20/6", Pause(JUNE)),
        ("cứ nhắc Phòng Tổ chức", NudgeNow("Phòng Tổ chức", insist=True)),
        ("cứ nhắc tất cả", NudgeNow(insist=True)),
        ("nhắc Phòng Tổ chức", NudgeNow("Phòng Tổ chức")),
        ("nhắc Phòng Tổ chức ngay", NudgeNow("Phòng Tổ chức")),
        ("cứ nhắc Phòng Tổ chức ngay", NudgeNow("Phòng Tổ chức", insist=True)),
        ("nhắc các đơn vị", NudgeNow()),
        ("Nhắc tất cả các phòng ngay!", NudgeNow()),
        ("thông báo: Họp lúc 8 giờ", Announce("Họp lúc 8 giờ")),
        ("gửi thông báo", SendAnnouncement()),
        ("bỏ thông báo", DropAnnouncement()),
        ("thông báo gửi đến đâu rồi?", AskAnnouncement()),
        ("/thongbao", AskAnnouncement()),
    ],
)
def test_it_means_what_the_office_meant(says: str, means: Intent) -> None:
    assert read_reply(says, TODAY).intents == (means,)


def test_a_day_that_is_none_is_asked_back() -> None:
    assert isinstance(read_reply("tạm dừng đến 31/6", TODAY).intents[0], Unclear)
