"""The nudge policy in words, and in the handbook."""

from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path

import pytest

from duties.nudging import Policy
from duties.wording.policy import (
    SETTINGS,
    Setting,
    effect,
    milestone_set,
    orders,
    policy_set,
    policy_shown,
    shown,
)

USUAL = Policy()
HANDBOOK = Path(__file__).parents[2] / "docs" / "operations.md"


def test_every_number_of_the_policy_is_a_setting() -> None:
    assert {setting.name for setting in SETTINGS} == {field.name for field in fields(Policy)}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_stands_in_the_handbook_with_its_words(setting: Setting) -> None:
    [said] = orders([setting.name], USUAL)
    row = f"| `{setting.name}` | {setting.what} | {shown(getattr(USUAL, setting.name))} | “{said}” |"
    assert row in HANDBOOK.read_text("utf-8").splitlines()


def test_what_is_not_as_usual_is_marked() -> None:
    said = policy_shown(replace(USUAL, leader_after=15), USUAL, ()).text
    assert "Báo lãnh đạo khi quá hạn: 15 (mặc định: 10)" in said


def test_a_plan_that_differs_is_named() -> None:
    said = policy_shown(USUAL, USUAL, [("485/KH-STTTT", replace(USUAL, month_rungs=(3, 0)))]).text
    assert "Kế hoạch 485/KH-STTTT nhắc riêng: nhắc tháng trước 3, 0 ngày" in said


def test_a_change_is_one_line_with_its_effect_and_the_way_back() -> None:
    after = replace(USUAL, morning=time(8, 30))
    said = policy_set(["morning", "afternoon"], USUAL, after, 3, 40).text
    assert said == (
        "Đã đặt: giờ gửi 08:30 và 14:00. Lần nhắc tới thay đổi ở 3/40 phần việc đang mở. "
        "Muốn như cũ, gõ “giờ gửi 08:00 và 14:00”."
    )


def test_nothing_open_is_said_plainly() -> None:
    assert effect(0, 0) == "Chưa có phần việc nào đang mở."


def test_a_milestone_on_a_day_off_says_when_it_is_asked() -> None:
    said = milestone_set("2.3", date(2026, 5, 1), "", date(2026, 5, 4), ["Phòng A"]).text
    assert "Ngày làm việc tiếp theo, 04/05/2026, sẽ hỏi tiến độ: Phòng A." in said
