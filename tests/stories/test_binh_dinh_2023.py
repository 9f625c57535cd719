"""Bình Định 2023: one sentence makes every unit report each quarter. All dates below are reckoned by hand.

Eight units owe the report (five phòng, a trung tâm, Công đoàn, Đoàn Thanh niên); the Văn phòng receives it.
It falls due on 14/3, 14/6, 14/9 and 14/12. The plan is confirmed on 1/3, so the rung of 28/2 is never sent.
"""

import asyncio
from pathlib import Path

import pytest

from data.tables import LetterState
from duties.progress import Value
from duties.summary import Counts
from duties.thresholds import STANDARD, next_target
from tests.stories.year import Year

PROMPT = (
    "Phòng Lao động - Việc làm",
    "Phòng Người có công",
    "Phòng Bảo trợ xã hội",
    "Trung tâm Dịch vụ việc làm",
    "Công đoàn cơ sở",
)
LATE = "Phòng Trẻ em và Bình đẳng giới"
REPORTING = ("Phòng Kế hoạch - Tài chính", *PROMPT, LATE, "Đoàn Thanh niên Sở")


async def lived(folder: Path) -> Year:
    year = await Year.of("binh-dinh", folder)
    await year.wind_to("2023-03-07")
    await year.says("Phòng Kế hoạch - Tài chính", "xong 1")
    await year.wind_to("2023-03-13")
    for unit in PROMPT:
        await year.says(unit, "xong 1")
    await year.wind_to("2023-03-15")
    await year.office_says("chốt số liệu quý 1")
    await year.wind_to("2023-03-16")
    await year.says(LATE, "da xong viec 1")
    for day in ("2023-06-07", "2023-08-29", "2023-11-30"):
        await year.wind_to(day)
        for unit in REPORTING:
            await year.says(unit, "xong 1")
    await year.wind_to("2024-01-02")
    await year.says("Văn phòng Sở", "xong 1")
    await year.wind_to("2024-01-31")
    return year


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return asyncio.run(lived(tmp_path_factory.mktemp("binh-dinh")))


def test_eight_units_owe_four_reports_each(year: Year) -> None:
    reports = [item for item in year.owed() if item.duty.code == "IV.4"]
    assert {item.unit.name for item in reports} == set(REPORTING)
    assert len(reports) == 8 * 4


def test_a_unit_that_answers_at_once_hears_no_more_of_it(year: Year) -> None:
    # 7/3 report and question; 31/5, 7/6, 29/8, 30/11 reports; 7/9 and 7/12 the question alone
    assert year.sent_to("Phòng Kế hoạch - Tài chính") == [
        "07/03 08h", "31/05 08h", "07/06 08h", "29/08 08h", "07/09 08h", "30/11 08h", "07/12 08h",
    ]  # fmt: skip


def test_a_union_is_not_asked_what_only_the_departments_owe(year: Year) -> None:
    assert year.sent_to("Công đoàn cơ sở") == [
        "07/03 08h", "10/03 08h", "31/05 08h", "07/06 08h", "29/08 08h", "30/11 08h",
    ]  # fmt: skip


def test_a_silent_unit_is_told_until_the_thirtieth_working_day(year: Year) -> None:
    before, due, after = (
        ["07/03 08h", "10/03 08h"],
        ["14/03 08h", "14/03 14h"],
        ["15/03 08h", "17/03 08h", "21/03 08h"],
    )
    mondays = ["27/03 08h", "03/04 08h", "10/04 08h", "17/04 08h", "24/04 08h"]
    assert year.sent_to("Đoàn Thanh niên Sở")[:12] == [*before, *due, *after, *mondays]
    assert year.sent_to("Đoàn Thanh niên Sở")[12:] == ["31/05 08h", "07/06 08h", "29/08 08h", "30/11 08h"]


def test_a_late_answer_ends_the_reminders(year: Year) -> None:
    assert year.sent_to(LATE)[:5] == [
        "07/03 08h",
        "10/03 08h",
        "14/03 08h",
        "14/03 14h",
        "15/03 08h",
    ]
    assert year.sent_to(LATE)[5] == "31/05 08h"


def test_the_office_learns_of_the_silent_unit_three_times(year: Year) -> None:
    told = [letter.when for letter in year.sent_to_office() if letter.key.startswith("slot:")]
    assert told == ["17/03 08h", "28/03 08h", "25/04 08h"]


def test_the_summary_comes_by_itself_before_each_report(year: Year) -> None:
    digests = [letter.when for letter in year.sent_to_office() if letter.key.startswith("digest:")]
    # the reports are due on 20/3, 20/6, 20/9 and 20/12
    assert digests == [
        "16/03 08h", "20/03 08h", "16/06 08h", "20/06 08h", "18/09 08h", "20/09 08h", "18/12 08h", "20/12 08h",
    ]  # fmt: skip


def test_the_first_quarter_counts_eight_reports_at_its_cut_off(year: Year) -> None:
    # by 14/3 six were done; Phòng Trẻ em and Đoàn Thanh niên still had until the end of that day
    summary = year.summary("2023-Q1")
    assert summary.obligations == Counts(on_time=6, late=0, open=2, overdue=0)
    assert summary.occurrences == Counts(on_time=0, late=0, open=1, overdue=0)


def test_closed_on_15_march_the_first_quarter_never_moves(year: Year) -> None:
    # Phòng Trẻ em reported on 16/3, two days late; Đoàn Thanh niên never did
    frozen = year.summary("2023-Q1").frozen
    assert frozen is not None
    changed = {change.about.unit: change.value for change in frozen.changes}
    assert changed == {LATE: Value.LATE, "Đoàn Thanh niên Sở": Value.OVERDUE}


def test_the_second_quarter_is_compared_with_the_closed_first(year: Year) -> None:
    summary = year.summary("2023-Q2")
    assert summary.obligations == Counts(on_time=8)
    assert summary.occurrences == Counts(on_time=1)
    assert summary.before is not None
    assert summary.before.obligations == Counts(on_time=6, open=2)
    assert summary.before.occurrences == Counts(open=1)


def test_what_came_over_into_the_second_quarter(year: Year) -> None:
    # done on 16/3, after the first quarter's data had closed; never done
    carried = {fact.unit: fact.value for fact in year.summary("2023-Q2").carried_over}
    assert carried == {LATE: Value.LATE, "Đoàn Thanh niên Sở": Value.OVERDUE}


def test_only_what_nobody_did_comes_over_further(year: Year) -> None:
    carried = {window: year.summary(window).carried_over for window in ("2023-Q3", "2023-Q4")}
    assert {window: [fact.unit for fact in facts] for window, facts in carried.items()} == {
        "2023-Q3": ["Đoàn Thanh niên Sở"],
        "2023-Q4": ["Đoàn Thanh niên Sở"],
    }


def test_the_last_quarter_holds_the_yearly_review(year: Year) -> None:
    summary = year.summary("2023-Q4")
    assert (summary.obligations, summary.occurrences) == (
        Counts(on_time=8, open=1),
        Counts(on_time=1, open=1),
    )


def test_march_is_its_quarter_s_last_month(year: Year) -> None:
    assert year.summary("2023-M03").obligations == Counts(on_time=6, open=2)
    assert year.summary("2023-M02").obligations.total == 0


def test_by_the_calendar_the_first_quarter_knows_who_was_late(year: Year) -> None:
    assert year.summary("2023-Q1D").obligations == Counts(on_time=6, late=1, overdue=1)


def test_half_a_year_holds_two_quarters_and_knows_who_was_late(year: Year) -> None:
    summary = year.summary("2023-H1")
    assert summary.obligations == Counts(on_time=14, late=1, open=0, overdue=1)
    assert [fact.unit for fact in summary.overdue] == ["Đoàn Thanh niên Sở"]
    # the report of quý I is as late as its latest unit
    assert summary.occurrences == Counts(on_time=1, overdue=1)
    assert (summary.carried_over, summary.before) == ((), None)


def test_the_year_counts_the_yearly_duty_too(year: Year) -> None:
    # at the cut-off of 14/12: 32 reports, and the yearly review that may still be done by its last day
    summary = year.summary("2023-Y")
    assert summary.obligations == Counts(on_time=30, late=1, open=1, overdue=1)
    assert summary.occurrences == Counts(on_time=3, open=1, overdue=1)


def test_the_year_is_one_report_short_of_seventy_percent(year: Year) -> None:
    # 3 of 5; the two that are left are held by one unit each, and the older one is named first
    summary = year.summary("2023-Y")
    target = next_target(summary.counted, summary.occurrences, STANDARD)
    assert target is not None
    assert (target.threshold.percent, target.missing) == (70, 1)
    assert [[fact.unit for fact in held] for held in target.nearest] == [["Đoàn Thanh niên Sở"]]


def test_the_yearly_review_is_called_to_mind_on_working_days_only(year: Year) -> None:
    # 31/12/2023 is a Sunday: the last call is on Friday 29/12; before that each window without a date in it asks once
    assert year.sent_to("Văn phòng Sở") == [
        "07/03 08h", "07/06 08h", "07/09 08h",
        "15/12 08h", "22/12 08h", "27/12 08h", "29/12 08h", "29/12 14h",
    ]  # fmt: skip


def test_the_next_working_day_is_still_on_time(year: Year) -> None:
    # 31/12 Sunday, 1/1 the New Year: 2/1/2024 is the last moment
    [review] = [item for item in year.owed("Văn phòng Sở") if item.duty.code == "IV.1"]
    assert review.obligation.done_at is not None
    assert not [when for when in year.sent_to("Văn phòng Sở") if when.endswith("/01 08h")]


def test_the_demo_s_header_counts_what_came_over(year: Year) -> None:
    # Đoàn Thanh niên never gave its report of quý I/2023
    so_far = asyncio.run(year.world.window_so_far())
    assert (so_far.name, so_far.carried_over) == ("Quý I năm 2024", 1)


def test_a_letter_says_what_to_report_to_whom_for_which_quarter(year: Year) -> None:
    [late, *_] = [letter.words for letter in year.sent_to_office() if letter.when == "17/03 08h"]
    assert "IV.4 Báo cáo kết quả công tác thông tin, tuyên truyền gửi Sở (qua Văn phòng Sở), quý I" in late
    assert "quá 3 ngày làm việc" in late


def test_no_chat_ever_had_two_letters_of_one_key(year: Year) -> None:
    keys = year.keys()
    assert len(keys) == len(set(keys))


def test_every_letter_was_sent_or_had_nothing_to_say(year: Year) -> None:
    assert year.states() <= {LetterState.SENT, LetterState.EMPTY}
