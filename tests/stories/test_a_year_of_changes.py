"""A plan half answered, an edition, a merger in the middle of the year: the year's numbers are reckoned by hand.

Phòng Kế hoạch and Phòng Thông tin each owe a report every quarter (A1…A8 by quarters), Phòng Thông tin a meeting (A9)
and leaflets (A10), Phòng Kế hoạch a column (A11). The edition of 15/6 moves the meeting from 30/6 to 31/8, drops the
leaflets and adds a contest of Phòng Kế hoạch by 30/11 (A12). On 1/7 both become Phòng Tổng hợp.

| by        | on time     | late     | open |
| Kế hoạch  | A1, A11, A3 |          |      |
| Thông tin |             | A2       |      |
| Tổng hợp  | A9, A5      | A4, A12  | A7   |

A6 and A8 were joined in A5 and A7; A10 is not counted.
"""

from datetime import date

import pytest
from sqlalchemy import Engine

from data.offices import office_of
from data.summaries import summary_of
from duties.summary import Summary
from duties.windows import Window, quarter_window, year_window
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

HEAD = """Số: {number}/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
{title}

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
"""
TITLE = "Tuyên truyền cải cách hành chính năm 2022"
CHANGES = "Điều chỉnh, bổ sung Kế hoạch số 485/KH-STTTT về tuyên truyền cải cách hành chính năm 2022"
REPORT = f"| 1 | Báo cáo kết quả tuyên truyền | {PLANS}, {PRESS} | Quý I, II, III, IV |\n"
MEETING = "| 2 | Tổ chức hội nghị quán triệt kế hoạch | {lead} | {by} |\n"
LEAFLETS = f"| 3 | In và phát tờ rơi giới thiệu dịch vụ công trực tuyến | {PRESS} | 15/7 |\n"
COLUMN = f"| 4 | Xây dựng chuyên mục trên trang thông tin điện tử | {PLANS} | 31/5 |\n"
CONTEST = f"| 5 | Phát động cuộc thi tìm hiểu chuyển đổi số | {PLANS} | 30/11 |\n"
FIRST = (
    HEAD.format(number=485, title=TITLE) + REPORT + MEETING.format(lead=PRESS, by="30/6") + LEAFLETS + COLUMN
)
SECOND = (
    HEAD.format(number=600, title=CHANGES) + REPORT + MEETING.format(lead=PRESS, by="31/8") + COLUMN + CONTEST
)
MERGED = "Phòng Tổng hợp"


@pytest.fixture
def year(engine: Engine) -> Conversation:
    talk = Conversation(engine, hanoi("2022-03-01 09:00"))
    talk.say(OFFICE, "", file_name="ke-hoach.md", file=FIRST.encode())
    talk.say(OFFICE, "xác nhận")
    says(talk, "2022-03-30 09:00", PLANS, "xong #A1")
    says(talk, "2022-04-05 09:00", PRESS, "xong #A2")
    says(talk, "2022-05-20 09:00", PLANS, "xong #A11")
    says(talk, "2022-06-01 09:00", OFFICE, f"từ 1/7 {PLANS} và {PRESS} hợp nhất thành {MERGED}")
    says(talk, "2022-06-01 09:01", OFFICE, "xác nhận")
    says(talk, "2022-06-10 09:00", PLANS, "xong #A3")
    talk.now = hanoi("2022-06-15 09:00")
    talk.say(OFFICE, "", file_name="dieu-chinh.md", file=SECOND.encode())
    talk.say(OFFICE, "xác nhận")
    wind(talk, "2022-07-01 08:00")
    says(talk, "2022-07-05 09:00", PRESS, "xong #A4")
    says(talk, "2022-08-30 09:00", PRESS, "xong #A9")
    says(talk, "2022-09-29 09:00", PLANS, "xong #A5")
    says(talk, "2022-12-05 09:00", PLANS, "xong #A12")
    wind(talk, "2023-01-10 08:00")
    return talk


def says(talk: Conversation, moment: str, who: str, words: str) -> None:
    talk.now = hanoi(moment)
    said = talk.reply(who, words)
    assert "Đã ghi" in said or said.startswith("Từ "), said


def wind(talk: Conversation, moment: str) -> None:
    talk.now = hanoi(moment)
    with talk.office() as small:
        agency_id = small.agency_id
    plan_agency(talk.engine, agency_id, talk.now, is_new_day=True)


def summary(talk: Conversation, window: Window) -> Summary:
    today = talk.now.date()
    with talk.office() as small:
        office = office_of(small.session, small.agency, today)
        return summary_of(small.session, small.agency, office, window, today)


def by_unit(found: Summary) -> dict[str, tuple[int, int, int, int]]:
    """On time, late, open, overdue."""
    return {row.unit: row.counts.four for row in found.by_unit if row.counts.total}


def test_the_year_counts_each_piece_of_work_once_under_the_unit_of_its_day(year: Conversation) -> None:
    found = summary(year, year_window(2022))
    assert by_unit(found) == {PLANS: (3, 0, 0, 0), PRESS: (0, 1, 0, 0), MERGED: (2, 2, 1, 0)}
    assert found.occurrences.four == (3, 3, 1, 0)


def test_each_quarter_reads_as_it_did_on_its_day(year: Conversation) -> None:
    second, last = (by_unit(summary(year, quarter_window(2022, n))) for n in (2, 4))
    assert second == {PLANS: (2, 0, 0, 0), PRESS: (0, 0, 1, 0)}
    assert last == {MERGED: (0, 1, 1, 0)}


def test_nothing_is_owed_but_the_last_report(year: Conversation) -> None:
    with year.office() as small:
        still_open = [each for each in small.owed() if each.obligation.is_open]
        found = [(each.obligation.short_code, each.unit.name, each.obligation.due) for each in still_open]
    assert found == [("A7", MERGED, date(2022, 12, 31))]
