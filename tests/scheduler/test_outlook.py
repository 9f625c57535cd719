"""What will be sent to whom in the coming days."""

from datetime import date

import pytest
from sqlmodel import Session

from data.milestones import set_milestone
from data.obligations import Heard, Office, answer, settle_open
from data.offices import office_of
from data.tables import Agency, ChatRole
from duties.progress import Said
from scheduler.digest import put_digests
from scheduler.outlook import Coming, outlook
from tests.conftest import hanoi
from tests.fakes.offices import QUARTER_2, SmallOffice, due_on, duty

CONFIRMED = hanoi("2022-03-31 16:45")
LAST_DAY = date(2022, 6, 30)
START = date(2022, 6, 16)


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    """One quarterly duty of the Văn phòng, due on Thursday 30/06/2022; unit and office are linked."""
    made = SmallOffice(session, agency)
    made.chat("van-phong", CONFIRMED, made.unit("Văn phòng Sở"))
    made.chat("dieu-phoi", CONFIRMED, role=ChatRole.OFFICE)
    made.confirmed(CONFIRMED, duty("1.1", due_on(LAST_DAY, QUARTER_2), "Văn phòng Sở"))
    return made


def seen(small: SmallOffice, office: Office, start: date = START, days: int = 14) -> list[Coming]:
    return outlook(small.session, small.agency, office, start, days)


def test_each_letter_has_its_day_its_reader_and_its_duties(small: SmallOffice, office: Office) -> None:
    told = [(each.on.day, each.to, each.what) for each in seen(small, office) if not each.is_summary]
    assert told == [(day, "Văn phòng Sở", ("1.1 #A1",)) for day in (16, 23, 28, 30)]


def test_what_was_missed_comes_with_the_first_letter(small: SmallOffice, office: Office) -> None:
    coming = seen(small, office, date(2022, 6, 25), 2)
    assert [each.on for each in coming if not each.is_summary] == [date(2022, 6, 27)]


def test_the_summaries_are_among_it(small: SmallOffice, office: Office) -> None:
    coming = [(each.on, each.to, each.what) for each in seen(small, office) if each.is_summary]
    assert (date(2022, 6, 20), "Văn phòng", ("6 tháng đầu năm 2022",)) in coming


def test_a_summary_for_a_leader_without_a_chat_is_marked(small: SmallOffice, office: Office) -> None:
    assert [each.to for each in seen(small, office) if not each.reachable] == ["Lãnh đạo"]


def test_a_milestone_is_among_it(small: SmallOffice) -> None:
    item = small.owed()[0]
    set_milestone(small.session, item.duty, date(2022, 5, 20), "", Heard(CONFIRMED))
    marked = office_of(small.session, small.agency, CONFIRMED.date())
    settle_open(small.session, small.agency_id, marked)
    assert [each.on for each in seen(small, marked, date(2022, 5, 16))] == [date(2022, 5, 20)]


def test_what_is_answered_is_not(small: SmallOffice, office: Office) -> None:
    answer(small.session, small.owed()[0], Said.DONE, Heard(hanoi("2022-06-10 10:00")), office)
    assert not [each for each in seen(small, office) if not each.is_summary]


def test_late_things_are_told_to_office_and_leader(small: SmallOffice, office: Office) -> None:
    to = {each.to for each in seen(small, office, date(2022, 7, 1)) if not each.is_summary}
    assert to == {"Văn phòng Sở", "Văn phòng", "Lãnh đạo"}


def test_late_things_for_a_leader_without_a_chat_are_marked(small: SmallOffice, office: Office) -> None:
    coming = [each for each in seen(small, office, date(2022, 7, 1)) if not each.is_summary]
    assert {each.to for each in coming if not each.reachable} == {"Lãnh đạo"}


def summaries(small: SmallOffice, office: Office, start: date, days: int) -> list[tuple[int, str, str]]:
    coming = seen(small, office, start, days)
    return [(each.on.day, each.to, each.what[0]) for each in coming if each.is_summary]


def test_a_window_in_which_nothing_falls_is_not_promised(small: SmallOffice, office: Office) -> None:
    assert summaries(small, office, date(2022, 3, 14), 14) == []


def test_a_summary_that_went_out_today_is_not_promised_again(small: SmallOffice, office: Office) -> None:
    put_digests(small.session, small.agency, office, hanoi("2022-06-16 08:00"))
    coming = summaries(small, office, date(2022, 6, 16), 1)
    assert coming == []


def test_a_summary_that_was_missed_comes_with_the_first_letters(small: SmallOffice, office: Office) -> None:
    assert summaries(small, office, date(2022, 6, 22), 1) == [
        (22, "Lãnh đạo", "6 tháng đầu năm 2022"),
        (22, "Văn phòng", "6 tháng đầu năm 2022"),
    ]
