"""The summary comes by itself before the report is due, once."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from data.letters import as_message
from data.obligations import Heard, Office, answer
from data.tables import Agency, ChatRole, Letter
from duties.message import Message
from duties.progress import Said
from duties.windows import read_window, window_of_key
from duties.wording.summary import unchanged
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


def words(small: SmallOffice) -> list[str]:
    query = select(Letter).where(col(Letter.key).startswith("digest:")).order_by(col(Letter.id))
    return [as_message(letter.body).text for letter in small.session.exec(query)]


def test_it_says_what_it_is_for(small: SmallOffice, office: Office) -> None:
    put(small, office, "2022-06-16 08:00")
    expected = "Báo cáo 6 tháng đầu năm 2022 cần gửi chậm nhất ngày 20/06/2022, còn 2 ngày làm việc."
    assert words(small)[0].splitlines()[1] == expected


def test_numbers_that_have_not_moved_are_not_sent_twice(small: SmallOffice, office: Office) -> None:
    put(small, office, "2022-06-16 08:00")
    put(small, office, "2022-06-20 08:00")
    assert words(small)[1].splitlines()[1:] == [
        "Báo cáo 6 tháng đầu năm 2022 cần gửi chậm nhất ngày 20/06/2022, hôm nay là ngày cuối.",
        "Số liệu không thay đổi so với tin ngày 16/06/2022.",
    ]


def test_numbers_that_have_moved_are_sent_again(small: SmallOffice, office: Office) -> None:
    put(small, office, "2022-06-16 08:00")
    [item] = small.owed()
    answer(small.session, item, Said.DONE, Heard(hanoi("2022-06-14 09:00")), office)
    put(small, office, "2022-06-20 08:00")
    assert "Số liệu tính đến hết ngày 14/06/2022." in words(small)[1]


def test_the_way_back_to_the_numbers_is_understood() -> None:
    [again] = unchanged(Message(()), "Quý I năm 2023", date(2023, 3, 16)).choices
    assert read_window(again.says.removeprefix("/tonghop "), date(2023, 3, 20)) == window_of_key("2023-Q1")


def test_it_names_what_nobody_can_be_told_of(small: SmallOffice, office: Office) -> None:
    small.confirmed(NOW, duty("3.6", due_on(date(2022, 6, 30), QUARTER_2)))
    put(small, office, "2022-06-16 08:00")
    assert "Chưa có đơn vị: 3.6." in words(small)[0]
