"""Occurrences and obligations come into being once, for whoever answers."""

from datetime import date

import pytest
from sqlmodel import Session

from data.obligations import Office
from data.tables import Agency
from duties.deadline import Due, Period
from duties.plan import UnitKind
from scheduler.materialise import materialise
from tests.conftest import hanoi
from tests.fakes.offices import ONGOING, SmallOffice, dated, due_on, duty

CONFIRMED = hanoi("2022-02-28 08:00")
TODAY = CONFIRMED.date()


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    made = SmallOffice(session, agency)
    made.unit("Văn phòng Sở")
    made.unit("Phòng Báo chí")
    made.unit("Trung tâm Cổng TTĐT", UnitKind.AFFILIATE)
    return made


def test_every_lead_gets_an_obligation_of_its_own(small: SmallOffice) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 6, 30)), "Văn phòng Sở", "Phòng Báo chí"))
    assert [item.unit.name for item in small.owed()] == ["Văn phòng Sở", "Phòng Báo chí"]


def test_making_twice_makes_nothing_new(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 6, 30)), "Văn phòng Sở"))
    assert materialise(small.session, small.agency, office, TODAY) == 0


def test_a_collective_name_means_every_living_unit_but_the_receiver(small: SmallOffice) -> None:
    report = duty("III.1", due_on(date(2022, 6, 30)), "các phòng, đơn vị thuộc Sở", to="Văn phòng Sở")
    small.confirmed(CONFIRMED, report)
    assert {item.unit.name for item in small.owed()} == {"Phòng Báo chí", "Trung tâm Cổng TTĐT"}


def test_a_unit_that_comes_later_owes_what_is_still_to_come(small: SmallOffice, office: Office) -> None:
    small.confirmed(CONFIRMED, duty("III.1", due_on(date(2022, 6, 30)), "các phòng, đơn vị thuộc Sở"))
    small.unit("Thanh tra Sở")
    materialise(small.session, small.agency, office, TODAY)
    assert "Thanh tra Sở" in {item.unit.name for item in small.owed()}


def test_what_was_due_before_the_confirmation_is_held(small: SmallOffice) -> None:
    small.confirmed(CONFIRMED, duty("1.1", due_on(date(2022, 1, 31)), "Văn phòng Sở"))
    assert [(item.obligation.held, item.obligation.next_rung_on) for item in small.owed()] == [(True, None)]


def test_an_ongoing_duty_is_owed_once_a_report_window(small: SmallOffice) -> None:
    small.confirmed(CONFIRMED, duty("2.1", ONGOING, "Văn phòng Sở"))
    assert [item.occurrence.window for item in small.owed()] == ["2022-Q1", "2022-H1", "2022-Q3", "2022-Y"]


def test_short_codes_are_never_given_twice(small: SmallOffice) -> None:
    small.confirmed(CONFIRMED, duty("2.1", ONGOING, "Văn phòng Sở", "Phòng Báo chí"))
    codes = [item.obligation.short_code for item in small.owed()]
    assert codes == ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"]


def test_a_quarter_runs_as_long_as_a_quarter_though_its_day_is_early(small: SmallOffice) -> None:
    quarter = Period(date(2022, 4, 1), date(2022, 6, 30))
    small.confirmed(
        CONFIRMED,
        duty("1.1", dated(Due(date(2022, 6, 15), date(2022, 6, 14), period=quarter)), "Văn phòng Sở"),
    )
    assert [item.obligation.starts for item in small.owed()] == [date(2022, 3, 16)]


def test_a_lone_date_runs_from_the_duty_s_previous_due(small: SmallOffice) -> None:
    first, second = Due(date(2022, 4, 15), date(2022, 4, 15)), Due(date(2022, 10, 15), date(2022, 10, 15))
    small.confirmed(CONFIRMED, duty("1.1", dated(first, second), "Văn phòng Sở"))
    assert [item.obligation.starts for item in small.owed()] == [TODAY, date(2022, 4, 15)]
