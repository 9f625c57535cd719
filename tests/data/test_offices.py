"""An agency's settings as the core's values; its changes kept with who and when; what is open reckoned anew."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from data import obligations
from data.calendar_changes import change_days, changes_in, forget_days
from data.obligations import Heard, settle_open
from data.offices import office_of
from data.tables import Agency
from duties.windows import STANDARD, WindowRules
from tests.conftest import NOW, hanoi
from tests.fakes.offices import SmallOffice, due_on, duty

DAY = date(2022, 3, 24)
TODAY = NOW.date()


def close(session: Session, agency: Agency, note: str = "", *days: date) -> None:
    change_days(session, agency.id or 0, days or (DAY,), Heard(NOW), is_off=True, note=note)


def test_an_agency_reports_as_everybody_does_unless_it_says_otherwise(
    session: Session, agency: Agency
) -> None:
    assert office_of(session, agency, TODAY).windows == STANDARD


def test_its_own_windows_are_read_from_its_settings(session: Session, agency: Agency) -> None:
    agency.settings = {"windows": {"cut_off_day": 25, "report_day": 28, "reports": ["Q1", "Y"]}}
    assert office_of(session, agency, TODAY).windows == WindowRules(25, 28, ("Q1", "Y"))


def test_settings_that_cannot_be_are_refused(session: Session, agency: Agency) -> None:
    agency.settings = {"windows": {"reports": ["Q7"]}}
    with pytest.raises(ValidationError):
        office_of(session, agency, TODAY)


def test_a_change_closes_the_office(session: Session, agency: Agency) -> None:
    close(session, agency, "Đại hội")
    assert office_of(session, agency, TODAY).calendar.why_off(DAY) == "Đại hội"


def test_of_two_changes_of_a_day_the_later_is_kept(session: Session, agency: Agency) -> None:
    close(session, agency, "Đại hội")
    change_days(
        session, agency.id or 0, [DAY], Heard(hanoi("2022-03-01 09:00")), is_off=False, note="Thôi nghỉ"
    )
    assert [(row.note, row.is_off) for row in changes_in(session, agency.id or 0, 2022)] == [
        ("Thôi nghỉ", False)
    ]


def test_only_the_changes_of_that_year_are_listed(session: Session, agency: Agency) -> None:
    close(session, agency, "", date(2021, 12, 31), DAY, date(2023, 1, 3))
    assert [row.day for row in changes_in(session, agency.id or 0, 2022)] == [DAY]


def test_what_was_never_changed_is_not_forgotten(session: Session, agency: Agency) -> None:
    close(session, agency)
    assert forget_days(session, agency.id or 0, [DAY, date(2022, 3, 25)]) == [DAY]


def test_another_agency_keeps_its_own_calendar(session: Session, agency: Agency) -> None:
    other = Agency(name="Sở Xây dựng", created_at=NOW)
    session.add(other)
    session.flush()
    close(session, agency)
    assert office_of(session, other, TODAY).calendar.is_workday(DAY)


def test_everything_open_is_reckoned_anew_slice_by_slice(
    session: Session, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(obligations, "SLICE", 2)
    small = SmallOffice(session, agency)
    small.unit("Văn phòng Sở")
    small.confirmed(
        NOW, *(duty(f"1.{n}", due_on(date(2022, 3, 31)), "Văn phòng Sở", row=n) for n in range(5))
    )
    close(session, agency)
    settled = settle_open(session, agency.id or 0, office_of(session, agency, TODAY))
    assert (settled, {item.obligation.next_rung_on for item in small.owed()}) == (5, {date(2022, 3, 23)})


def test_a_plan_s_own_policy_wins_over_its_agency_s(session: Session, agency: Agency) -> None:
    small = SmallOffice(session, agency)
    plan = small.confirmed(NOW)
    agency.settings = {"policy": {"leader_after": 20, "quarter_rungs": [7, 0]}}
    plan.settings = {"policy": {"quarter_rungs": [15, 3]}}
    session.flush()
    policy = office_of(session, agency, TODAY).policy_for(plan.id or 0)
    assert (policy.quarter_rungs, policy.leader_after) == ((15, 3), 20)


def test_a_plan_without_a_policy_of_its_own_follows_its_agency(session: Session, agency: Agency) -> None:
    plan = SmallOffice(session, agency).confirmed(NOW)
    agency.settings = {"policy": {"leader_after": 20}}
    session.flush()
    assert office_of(session, agency, TODAY).policy_for(plan.id or 0).leader_after == 20


def test_its_obligations_are_reckoned_by_the_plan_s_policy(session: Session, agency: Agency) -> None:
    small = SmallOffice(session, agency)
    small.unit("Văn phòng Sở")
    plan = small.confirmed(NOW, duty("1.1", due_on(date(2022, 3, 31)), "Văn phòng Sở"))
    plan.settings = {"policy": {"month_rungs": [10, 0]}}
    session.flush()
    settle_open(session, agency.id or 0, office_of(session, agency, TODAY))
    assert [item.obligation.next_rung_on for item in small.owed()] == [date(2022, 3, 17)]
