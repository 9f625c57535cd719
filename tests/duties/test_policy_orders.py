"""What the office says of the way it nudges, on Friday 20 March 2026."""

from datetime import date, time

import pytest

from duties.intents import (
    DropMilestone,
    DutyCode,
    Intent,
    NudgeNow,
    ResetPolicy,
    SetMilestone,
    SetPolicy,
    ShortCode,
    ShowMilestones,
    ShowPolicy,
    Unclear,
)
from duties.mentions import typed
from duties.nudging import Policy
from duties.policy_orders import read_policy_order
from duties.replies import read_reply
from duties.wording.policy import SETTINGS, Setting, orders

TODAY = date(2026, 3, 20)
JUNE = date(2026, 6, 30)


def put(name: str, value: int | tuple[int, ...], plan: str = "") -> SetPolicy:
    return SetPolicy(((name, value),), plan)


@pytest.mark.parametrize(
    ("says", "means"),
    [
        (
            "giờ gửi 8h và 2h chiều",
            SetPolicy((("morning", time(8)), ("afternoon", time(14)))),
        ),
        ("/lichnhac", ShowPolicy()),
        ("lịch nhắc", ShowPolicy()),
        ("kế hoạch 485: lịch nhắc", ShowPolicy("485")),
        ("/lichnhac 485", ShowPolicy("485")),
        ("nhắc quý trước 10, 5, 2, 0 ngày", put("quarter_rungs", (10, 5, 2, 0))),
        ("nhac quy truoc han 0 5 10", put("quarter_rungs", (10, 5, 0))),
        ("Nhắc tháng trước 7 và 3 ngày làm việc.", put("month_rungs", (7, 3))),
        ("nhắc tuần trước 1 ngày", put("week_rungs", (1,))),
        ("nhắc quý trước -5 ngày", put("quarter_rungs", (-5,))),
        ("nhắc sau hạn 1, 2, 4 ngày", put("after", (1, 2, 4))),
        ("nhắc lãnh đạo sau 10 ngày", put("leader_after", 10)),
        ("báo lãnh đạo sau hạn 15 ngày làm việc", put("leader_after", 15)),
        ("nhắc văn phòng sau 3 ngày", put("office_after", 3)),
        ("thôi nhắc sau 20 ngày", put("mondays_until", 20)),
        ("hỏi kết quả trước 7 ngày", put("ask_before", 7)),
        ("nhắc chờ duyệt sau 1 ngày", put("request_after", 1)),
        ("kế hoạch 485: nhắc quý trước 15, 5 ngày", put("quarter_rungs", (15, 5), "485")),
        ("kế hoạch số 485/KH-STTTT nhắc lãnh đạo sau 5 ngày", put("leader_after", 5, "485/KH-STTTT")),
        ("giờ gửi 8:00 và 14:00", SetPolicy((("morning", time(8)), ("afternoon", time(14))))),
        ("gio gui 8h30, 15h", SetPolicy((("morning", time(8, 30)), ("afternoon", time(15))))),
        ("chỉ gửi trong giờ 7h đến 17h30", SetPolicy((("opens", time(7)), ("closes", time(17, 30))))),
        ("gửi bù đến 16:00", SetPolicy((("late_until", time(16)),))),
        ("nhắc như mặc định", ResetPolicy()),
        ("kế hoạch 485: nhắc như cơ quan", ResetPolicy("485")),
        ("mốc 2.3 ngày 30/6: xong dự thảo", SetMilestone((DutyCode("2.3"),), JUNE, "xong dự thảo")),
        ("mốc #A12 30/6", SetMilestone((ShortCode("A12"),), JUNE)),
        ("2.3 mốc 30/6, trình lãnh đạo", SetMilestone((DutyCode("2.3"),), JUNE, "trình lãnh đạo")),
        ("bỏ mốc 2.3 ngày 30/6", DropMilestone((DutyCode("2.3"),), JUNE)),
        ("bỏ mốc 30/6/2026 của 2.3", DropMilestone((DutyCode("2.3"),), JUNE)),
        ("các mốc", ShowMilestones()),
        ("mốc 2.3", ShowMilestones((DutyCode("2.3"),))),
        ("nhắc văn phòng sở", NudgeNow("văn phòng sở")),
    ],
)
def test_it_means_what_the_office_meant(says: str, means: Intent) -> None:
    assert read_reply(says, TODAY).intents == (means,)


@pytest.mark.parametrize("says", ["giờ gửi 25:00 và 14:00", "mốc 2.3 ngày 31/2: họp"])
def test_an_hour_or_a_day_that_is_none_is_asked_back(says: str) -> None:
    [intent] = read_reply(says, TODAY).intents
    assert isinstance(intent, Unclear)


@pytest.mark.parametrize(
    "says", ["2 nhắc lại sau 3 ngày", "nhắc Phòng Tổ chức", "xong 2", "tháng trước xong 2"]
)
def test_what_is_something_else_is_left_alone(says: str) -> None:
    assert read_policy_order(typed(says), TODAY) is None


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_can_be_set_in_the_words_that_show_it(setting: Setting) -> None:
    usual = Policy()
    [said] = orders([setting.name], usual)
    [intent] = read_reply(said, TODAY).intents
    assert isinstance(intent, SetPolicy)
    assert dict(intent.changes)[setting.name] == getattr(usual, setting.name)
