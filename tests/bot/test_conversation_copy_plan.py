"""Last year's plan for this year: a draft with the years moved, asked about, confirmed like any other."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.engine import transaction
from data.obligations import items
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

PLAN = f"""Số: 485/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1 | Xây dựng chuyên mục năm 2022 | {PLANS} | 20/6/2022 |
| 2 | Tổ chức hội nghị theo Quyết định số 76/QĐ-UBND ngày 15 tháng 7 năm 2021 | {PRESS} | Trong năm 2022 |
| 3 | Trả lời kiến nghị | {PRESS} | 05 ngày làm việc kể từ ngày nhận được văn bản |
"""
COPY = "sao chép kế hoạch 485 sang năm 2023"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.say(OFFICE, "", file_name="ke-hoach.md", file=PLAN.encode())
    talk.say(OFFICE, "xác nhận")
    talk.now = hanoi("2022-12-20 09:00")
    return talk


def dues(talk: Conversation) -> dict[str, date | None]:
    with transaction(talk.engine) as session:
        return {each.obligation.short_code: each.obligation.due for each in items(session)}


def test_days_and_events_are_asked_about_and_years_told_once(talk: Conversation) -> None:
    said = talk.reply(OFFICE, COPY)
    assert "“20/6/2023”, kế hoạch cũ ghi “20/6/2022”, nay tính là 20/06/2023" in said
    assert "tính từ một sự kiện; năm 2023 còn như vậy không?" in said
    assert "Đã chuyển năm ở 1 thời hạn, ví dụ “Trong năm 2022” thành “Trong năm 2023”" in said
    assert "Chưa ghi số và ngày ban hành" in said


def test_only_the_plan_s_own_year_moves_in_its_words(talk: Conversation) -> None:
    said = talk.reply(OFFICE, COPY)
    assert "Tuyên truyền cải cách hành chính năm 2023" in said
    assert "Xây dựng chuyên mục năm 2023" in said
    assert "ngày 15 tháng 7 năm 2021" in said


def test_nothing_is_owed_before_it_is_confirmed(talk: Conversation) -> None:
    before = dues(talk)
    talk.say(OFFICE, COPY)
    assert dues(talk) == before


def test_confirmed_it_is_a_plan_of_its_own(talk: Conversation) -> None:
    before = dues(talk)
    talk.say(OFFICE, COPY)
    talk.say(OFFICE, "xác nhận")
    new = {code: due for code, due in dues(talk).items() if code not in before}
    assert sorted(filter(None, new.values())) == [date(2023, 6, 20), date(2023, 12, 31)]


def test_a_unit_that_was_merged_is_called_by_its_heir(talk: Conversation) -> None:
    talk.say(OFFICE, f"{PLANS} và {PRESS} hợp nhất thành Phòng Tổng hợp")
    talk.say(OFFICE, "xác nhận")
    assert "Đơn vị chủ trì: Phòng Tổng hợp (3)" in talk.reply(OFFICE, COPY)


def test_another_year_copies_it_again_for_that_one(talk: Conversation) -> None:
    talk.say(OFFICE, COPY)
    assert "“20/6/2024”" in talk.reply(OFFICE, "năm 2024")


def test_the_same_year_is_refused(talk: Conversation) -> None:
    assert "xin ghi năm khác" in talk.reply(OFFICE, COPY.replace("2023", "2022"))
