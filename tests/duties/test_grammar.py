"""The corpus is the specification: every phrase means what its case says."""

import sys
from datetime import date

import pytest

from duties.deadline import Period, Reading, Years
from duties.grammar import LONGEST, read_deadline
from tests.corpus.deadline_cases import Case, cases

Y2026 = Years.of(2026)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.phrases[0][:50] or "blank")
def test_every_phrase_means_what_its_case_says(case: Case) -> None:
    for phrase in case.phrases:
        read = read_deadline(phrase, case.years)
        assert (phrase, case.found(read)) == (phrase, case.wanted)
        assert case.plain.get("why", "") in read.why
        assert read.says == case.plain.get("says", read.says) or phrase != case.phrases[0]


def test_at_least_97_in_100_of_the_real_deadlines_are_read_and_none_wrongly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = [(case, phrase) for case in cases() if case.is_real for phrase in case.phrases]
    asked = [phrase for case, phrase in real if case.reading == Reading.UNREAD]
    wrong = [phrase for case, phrase in real if case.found(read_deadline(phrase, case.years)) != case.wanted]
    deadlines = [phrase for case, phrase in real if case.reading != Reading.UNREAD or case.is_missed]
    share = sum(case.reading != Reading.UNREAD for case, _ in real) / len(deadlines)
    with capsys.disabled():
        sys.stdout.write(
            f"\n  {len(real)} real phrases: {len(deadlines)} are deadlines, {share:.1%} of them read, "
            f"{len(asked)} phrases asked about, {len(wrong)} read wrongly\n"
        )
    assert (share >= 0.97, wrong) == (True, [])


def test_a_reading_keeps_the_phrase_as_it_was_written() -> None:
    assert read_deadline("  Quý  II,\n IV ", Y2026).phrase == "  Quý  II,\n IV "


def test_a_rhythm_names_the_period_of_each_date() -> None:
    due = read_deadline("trước ngày 20 hằng tháng", Y2026).due[1]
    assert due.period == Period(date(2026, 2, 1), date(2026, 2, 28))


def test_a_lone_date_has_no_period() -> None:
    assert read_deadline("trước ngày 15/3", Y2026).due[0].period is None


def test_dates_after_a_rhythm_are_of_its_periods() -> None:
    due = read_deadline("định kỳ hằng quý (trước ngày 15/3, 15/6, 15/9, 15/12)", Y2026).due
    assert [one.period.end.month for one in due if one.period] == [3, 6, 9, 12]


def test_a_date_in_the_first_month_of_a_half_reports_on_the_half_before() -> None:
    due = read_deadline("6 tháng (trước ngày 10/7)", Y2026).due[0]
    assert due.period == Period(date(2026, 1, 1), date(2026, 6, 30))


def test_a_report_window_is_the_period_of_the_date_beside_it() -> None:
    due = read_deadline("số liệu từ ngày 15/12 năm trước đến ngày 14/6, gửi trước ngày 20/6", Y2026).due[0]
    assert due.period == Period(date(2025, 12, 15), date(2026, 6, 14))


def test_a_window_over_two_years_counts_in_the_year_of_its_end() -> None:
    due = read_deadline("từ ngày 15 tháng cuối quý trước đến ngày 14 tháng cuối quý báo cáo", Y2026).due[0]
    assert due.period == Period(date(2025, 12, 15), date(2026, 3, 14))


def test_the_report_of_next_year_s_january_is_of_this_year() -> None:
    due = read_deadline("trước ngày 25/01 năm sau (đối với báo cáo năm)", Y2026).due[0]
    assert due.period == Period(date(2026, 1, 1), date(2026, 12, 31))


def test_a_date_that_two_rhythms_share_is_due_once_for_the_longer_period() -> None:
    last = read_deadline("hằng quý, 6 tháng, năm", Y2026).due[-1]
    assert last.period == Period(date(2026, 1, 1), date(2026, 12, 31))


def test_a_text_longer_than_any_deadline_is_asked_about() -> None:
    read = read_deadline("Quý II, " * 400, Y2026)
    assert (read.reading, read.why) == (Reading.UNREAD, f"dài quá {LONGEST} ký tự")


@pytest.mark.parametrize("years", [Years(1, 9999), Years.of(0), Years.of(9999)])
def test_years_outside_any_plan_are_asked_about(years: Years) -> None:
    assert read_deadline("hằng tuần", years).why == "năm của kế hoạch không hợp lệ"
