"""The office hears at once of units that owe something and that nobody can be told in."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from data.chats import unlink
from data.letters import as_message
from data.obligations import Heard, Office, answer
from data.tables import Agency, Chat, ChatRole, Letter
from duties.progress import Said
from scheduler.reach import lose
from scheduler.unreached import tell_of_unreached
from tests.conftest import NOW, hanoi
from tests.fakes.offices import SmallOffice, due_on, duty

LATER = hanoi("2022-03-02 09:00")
PRESS, INSPECTORS = "Phòng Báo chí", "Thanh tra Sở"


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    """Phòng Báo chí owes two things and Thanh tra Sở one; neither has a chat yet."""
    made = SmallOffice(session, agency)
    for name in (PRESS, INSPECTORS, "Phòng rỗi việc"):
        made.unit(name)
    return made


@pytest.fixture
def office_chat(small: SmallOffice) -> Chat:
    return small.chat("dieu-phoi", NOW, role=ChatRole.OFFICE)


def in_force(small: SmallOffice) -> None:
    june = due_on(date(2022, 6, 30))
    small.confirmed(NOW, duty("1", june, PRESS), duty("2", june, PRESS, INSPECTORS, row=1))


def look(small: SmallOffice, office: Office, now: datetime = LATER) -> list[str]:
    """What the office has been told of it after one more look."""
    tell_of_unreached(small.session, small.agency_id, office, now)
    letters = select(Letter).where(col(Letter.key).startswith("notice:unreached:")).order_by(col(Letter.id))
    return [as_message(letter.body).text for letter in small.session.exec(letters)]


def test_one_notice_names_them_all_with_how_much_they_owe(
    small: SmallOffice, office: Office, office_chat: Chat
) -> None:
    in_force(small)
    assert [each.splitlines()[:3] for each in look(small, office)] == [
        [
            "Chưa nhắc được đơn vị về 3 phần việc vì chưa có kênh nhận tin:",
            f"- {PRESS}: 2 việc",
            f"- {INSPECTORS}: 1 việc",
        ]
    ]


def test_the_office_is_not_told_again(small: SmallOffice, office: Office, office_chat: Chat) -> None:
    in_force(small)
    assert [len(look(small, office)) for _ in range(3)] == [1, 1, 1]


def test_work_that_comes_later_to_a_unit_of_whom_it_knows_is_no_news(
    small: SmallOffice, office: Office, office_chat: Chat
) -> None:
    in_force(small)
    look(small, office)
    small.confirmed(NOW, duty("3", due_on(date(2022, 7, 31)), PRESS))
    assert len(look(small, office)) == 1


def test_a_unit_that_had_a_chat_and_lost_it_is_told_by_that_notice_alone(
    small: SmallOffice, office: Office, office_chat: Chat
) -> None:
    chats = [small.chat(name, NOW, small.unit(name)) for name in (PRESS, INSPECTORS)]
    in_force(small)
    lose(small.session, chats[0], "bị chặn", LATER)
    assert look(small, office) == []


def test_one_that_is_linked_and_unlinked_again_is_news(
    small: SmallOffice, office: Office, office_chat: Chat
) -> None:
    in_force(small)
    look(small, office)
    linked = small.chat(PRESS, NOW, small.unit(PRESS))
    look(small, office)
    unlink(small.session, linked, LATER)
    assert look(small, office, LATER + timedelta(hours=1))[1].startswith(
        "Chưa nhắc được đơn vị về 2 phần việc"
    )


def test_what_is_done_needs_nobody_to_be_told(small: SmallOffice, office: Office, office_chat: Chat) -> None:
    small.confirmed(NOW, duty("1", due_on(date(2022, 6, 30)), PRESS))
    answer(small.session, small.owed()[0], Said.DONE, Heard(LATER), office)
    assert look(small, office) == []


def test_an_office_that_is_linked_later_is_told_then(small: SmallOffice, office: Office) -> None:
    in_force(small)
    before = look(small, office)
    small.chat("dieu-phoi", NOW, role=ChatRole.OFFICE)
    assert (len(before), len(look(small, office))) == (0, 1)
