"""The summary comes by itself before the report is due, once."""

from datetime import date

import pytest
from sqlmodel import Session

from data.obligations import Office
from data.tables import Agency, ChatRole
from duties.windows import window_of_key
from scheduler.digest import put_digests, steps
from tests.conftest import NOW, hanoi
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    made = SmallOffice(session, agency)
    made.chat("van-phong", NOW, made.unit("Văn phòng Sở"))
    made.chat("dieu-phoi", NOW, role=ChatRole.OFFICE)
    made.confirmed(NOW, duty("1.1", due_on(date(2022, 6, 30), QUARTER_2), "Văn phòng Sở"))
    return made


def put(small: SmallOffice, office: Office, when: str) -> int:
    return put_digests(small.session, small.agency, office, hanoi(when))


def test_the_office_is_told_two_working_days_before_and_on_the_day(office: Office) -> None:
    days = [(step.on, step.role) for step in steps(window_of_key("2022-H1"), office.calendar)]
    assert days == [
        (date(2022, 6, 16), ChatRole.OFFICE),
        (date(2022, 6, 20), ChatRole.OFFICE),
        (date(2022, 6, 20), ChatRole.LEADER),
    ]


def test_a_summary_comes_once(small: SmallOffice, office: Office) -> None:
    assert [put(small, office, "2022-06-16 08:00"), put(small, office, "2022-06-16 08:01")] == [1, 0]


def test_of_two_missed_only_the_later_comes(small: SmallOffice, office: Office) -> None:
    assert put(small, office, "2022-06-20 08:00") == 1


def test_the_leader_gets_it_on_the_day(small: SmallOffice, office: Office) -> None:
    small.chat("lanh-dao", NOW, role=ChatRole.LEADER)
    assert [put(small, office, "2022-06-16 08:00"), put(small, office, "2022-06-20 08:00")] == [1, 2]


def test_a_window_in_which_nothing_falls_is_not_spoken_of(small: SmallOffice, office: Office) -> None:
    assert put(small, office, "2022-03-18 08:00") == 0
