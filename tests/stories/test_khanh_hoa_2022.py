"""Khánh Hòa 2022: nineteen rows, three groups, bullets shared out among six units. All dates are reckoned by hand.

Confirmed on Monday 28/2/2022. Rows 1.1 and 1.2 and the quarterly evaluation fall due on 31/3; most others “Trong năm 2022”.
"""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from data.tables import LetterState
from duties.summary import Counts, counts_of
from duties.thresholds import STANDARD, next_target
from tests.stories.year import Year

PRESS, TECHNOLOGY = "Phòng Thông tin - Báo chí - Xuất bản", "Phòng CNTT - Bưu chính - Viễn thông"
SERVICES = "Trung tâm CNTT và DVHCCTT"
OFFICE, BOARD, PORTAL = "Văn phòng Sở", "Ban Biên tập Trang TTĐT của Sở", "Trung tâm Cổng TTĐT"


async def lived(folder: Path) -> Year:
    year = await Year.of("khanh-hoa", folder)
    await year.wind_to("2022-03-17")
    await year.says(OFFICE, "xong 1, 2")
    await year.wind_to("2022-03-24")
    await year.says(PORTAL, "xong 1 và 2")
    await year.says(BOARD, "việc 1 xin lùi đến 15/4 vì chờ số liệu")
    await year.office_says("/choduyet")
    await year.office_says("duyệt 1")
    await year.wind_to("2022-03-31")
    await year.says(OFFICE, "1 xong rồi")
    await year.wind_to("2022-04-05")
    await year.says(BOARD, "xong 1")
    await year.wind_to("2022-04-14")
    await year.says(BOARD, "xong 1")
    for day in ("2022-06-16", "2022-09-16"):
        await year.wind_to(day)
        await year.says(OFFICE, "xong 1")
    await year.wind_to("2022-12-16")
    await year.says(OFFICE, "xong 1, 2, 3, 4, 5, 6")
    await year.says(BOARD, "xong 1, 2, 3, 4")
    await year.says(PORTAL, "xong 1, 2, 3, 4, 5, 6, 7, 8")
    await year.says(PRESS, "xong 1, 2, 3")
    await year.wind_to("2023-01-03")
    await year.says(TECHNOLOGY, "xong 1, 2, 3")
    await year.wind_to("2023-01-04")
    await year.says(SERVICES, "xong 1, 2, 3, 4, 5")
    await year.wind_to("2023-01-31")
    return year


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return asyncio.run(lived(tmp_path_factory.mktemp("khanh-hoa")))


def test_six_units_owe_thirty_eight_things(year: Year) -> None:
    owed = {unit: len(year.owed(unit)) for unit in {item.unit.name for item in year.owed()}}
    assert owed == {
        OFFICE: 11,
        BOARD: 6,
        PORTAL: 10,
        "Trung tâm CNTT và DVHCCTT": 5,
        "Phòng Thông tin - Báo chí - Xuất bản": 3,
        "Phòng CNTT - Bưu chính - Viễn thông": 3,
    }


def test_the_lead_of_a_bullet_owes_that_bullet(year: Year) -> None:
    bullets = {item.unit.name: item.obligation.bullets for item in year.owed() if item.duty.code == "1.2"}
    assert bullets == {OFFICE: [1, 2], BOARD: [3], PORTAL: [3]}


def test_what_runs_all_year_is_asked_about_once_a_window(year: Year) -> None:
    # the questions of three windows, then the first call of the last day; done at once
    assert year.sent_to(PRESS) == ["07/03 08h", "07/06 08h", "07/09 08h", "16/12 08h"]


def test_the_office_s_own_quarter_is_told_until_it_is_done(year: Year) -> None:
    # 17/3 three things; 24/3, 29/3 and 31/3 the evaluation alone; the later quarters are done at their first call
    assert year.sent_to(OFFICE) == [
        "07/03 08h", "17/03 08h", "24/03 08h", "29/03 08h", "31/03 08h", "07/06 08h",
        "16/06 08h", "07/09 08h", "16/09 08h", "16/12 08h",
    ]  # fmt: skip


def test_an_extension_starts_a_ladder_of_its_own(year: Year) -> None:
    # 1.2 stays due on 31/3. 1.1 was put off to 15/4: ten working days before is 31/3 (11/4 is off), then 7/4 and 13/4
    assert year.sent_to(BOARD) == [
        "07/03 08h", "17/03 08h", "24/03 08h", "29/03 08h", "31/03 08h", "31/03 14h",
        "01/04 08h", "05/04 08h", "07/04 08h", "13/04 08h", "07/06 08h",
        "07/09 08h", "16/12 08h",
    ]  # fmt: skip


def test_half_a_year_at_its_cut_off(year: Year) -> None:
    # 1.1 and 1.2 for three units each, the evaluation of two quarters; one done late, one still open
    summary = year.summary("2022-H1")
    assert summary.obligations == Counts(on_time=6, late=1, open=1, overdue=0)
    assert summary.occurrences == Counts(on_time=2, late=1, open=1, overdue=0)


def test_nothing_was_done_when_the_first_quarter_s_data_closed(year: Year) -> None:
    # 1.1 and 1.2 for three units each, and the evaluation
    summary = year.summary("2022-Q1")
    assert (summary.obligations, summary.occurrences) == (Counts(open=7), Counts(open=3))


def test_all_of_the_first_quarter_came_over_and_was_done(year: Year) -> None:
    summary = year.summary("2022-Q2")
    assert (summary.obligations, summary.occurrences) == (Counts(open=1), Counts(open=1))
    assert counts_of(summary.carried_over) == Counts(on_time=6, late=1)
    assert summary.before is not None
    assert summary.before.occurrences == Counts(open=3)


def test_the_third_quarter_tells_of_the_evaluation_that_came_after_the_cut_off(year: Year) -> None:
    summary = year.summary("2022-Q3")
    assert (summary.obligations, counts_of(summary.carried_over)) == (Counts(open=1), Counts(on_time=1))


def test_of_the_one_extension_both_days_are_known(year: Year) -> None:
    extended = year.summary("2022-H1").extended
    assert [(fact.unit, fact.code, fact.original_last_day, fact.due) for fact in extended] == [
        (BOARD, "1.1", date(2022, 3, 31), date(2022, 4, 15))
    ]


def test_the_groups_of_the_plan_sum_to_the_whole(year: Year) -> None:
    # three groups of the table, and what the body asks for
    summary = year.summary("2022-Y")
    assert len(summary.by_group) == 4
    assert sum(line.occurrences.total for line in summary.by_group) == summary.occurrences.total


def test_an_extended_duty_done_by_its_new_date_is_on_time(year: Year) -> None:
    [fact] = [fact for fact in year.summary("2022-H1").counted if fact.unit == BOARD and fact.code == "1.1"]
    assert (fact.extended, fact.value) == (True, "on_time")


def test_a_blank_deadline_makes_no_date(year: Year) -> None:
    assert "2.5" not in {item.duty.code for item in year.owed()}


def test_every_letter_was_sent_or_had_nothing_to_say(year: Year) -> None:
    assert year.states() <= {LetterState.SENT, LetterState.EMPTY}


def test_a_last_day_on_a_saturday_is_called_to_mind_on_the_friday(year: Year) -> None:
    # 31/12/2022: ten working days before Friday 30/12 is 16/12, five 23/12, two 28/12
    calls = ["16/12 08h", "23/12 08h", "28/12 08h", "30/12 08h", "30/12 14h"]
    assert year.sent_to(TECHNOLOGY) == ["07/03 08h", "07/06 08h", "07/09 08h", *calls]


def test_lateness_begins_after_the_new_year_s_days_off(year: Year) -> None:
    # 1/1 is a Sunday and 2/1 off in lieu: Tuesday 3/1 is still on time, the first late call comes on 4/1
    assert year.sent_to(SERVICES)[-2:] == ["30/12 14h", "04/01 08h"]


def test_the_year_at_its_cut_off(year: Year) -> None:
    # by 14/12: nine done (one late), everything that runs all year still open
    summary = year.summary("2022-Y")
    assert summary.obligations == Counts(on_time=8, late=1, open=29, overdue=0)
    # of fourteen rows and four quarters: 1.1 and three evaluations on time, 1.2 late
    assert summary.occurrences == Counts(on_time=4, late=1, open=13, overdue=0)


def test_the_year_is_eight_duties_short_of_seventy_percent(year: Year) -> None:
    summary = year.summary("2022-Y")
    target = next_target(summary.counted, summary.occurrences, STANDARD)
    assert target is not None
    assert (target.threshold.percent, target.missing, len(target.nearest)) == (70, 8, 8)


def test_the_year_when_everything_has_come_in(year: Year) -> None:
    # the three of 3/1 are on time, the five of 4/1 are late like 1.2 of the editorial board
    summary = year.summary("2022-01-01..2023-01-31")
    assert summary.obligations == Counts(on_time=32, late=6, open=0, overdue=0)
    # late are 1.2 (the board), 1.4, 2.1, 2.3, 2.4 and 3.1 (the services centre): of fourteen rows and four quarters
    assert summary.occurrences == Counts(on_time=12, late=6, open=0, overdue=0)
