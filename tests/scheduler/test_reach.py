"""A chat is lost, found again, or moves; the office learns who cannot be reached."""

import pytest
from sqlmodel import Session, col, select

from data.people import Place
from data.tables import Agency, Chat, ChatRole, Letter
from scheduler.reach import find_again, follow, lose
from tests.conftest import NOW
from tests.fakes.offices import SmallOffice


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    made = SmallOffice(session, agency)
    made.chat("dieu-phoi", NOW, role=ChatRole.OFFICE)
    return made


@pytest.fixture
def chat(small: SmallOffice) -> Chat:
    return small.chat("phong-tc", NOW, small.unit("Phòng Tài chính"))


def told(session: Session) -> list[str]:
    letters = session.exec(select(Letter).order_by(col(Letter.id)))
    return [str(letter.body["lines"][-1][0]) for letter in letters]


def test_the_office_is_told_which_unit_nobody_can_reach(session: Session, chat: Chat) -> None:
    lose(session, chat, "bot đã bị chặn", NOW)
    assert told(session) == ["Phòng Tài chính không còn nơi nhận tin nào; đề nghị liên hệ và mời lại."]


def test_a_unit_with_another_chat_is_still_reached(session: Session, small: SmallOffice, chat: Chat) -> None:
    small.chat("phong-tc-2", NOW, small.unit("Phòng Tài chính"))
    lose(session, chat, "bot đã bị chặn", NOW)
    assert told(session) == ["Tin của đơn vị được gửi qua nơi nhận khác đã liên kết."]


def test_a_chat_is_lost_once(session: Session, chat: Chat) -> None:
    lose(session, chat, "bot đã bị chặn", NOW)
    lose(session, chat, "bot đã bị chặn", NOW)
    assert len(told(session)) == 1


def test_a_chat_that_lets_us_in_again_is_told_again(session: Session, chat: Chat) -> None:
    lose(session, chat, "bot đã bị chặn", NOW)
    find_again(session, chat, NOW)
    assert (chat.left_at, told(session)[-1]) == (
        None,
        "Đã gửi lại được tin đến “phong-tc” của Phòng Tài chính.",
    )


def test_what_the_office_unlinked_itself_stays_so(session: Session, chat: Chat) -> None:
    chat.left_at = NOW
    find_again(session, chat, NOW)
    assert chat.left_at == NOW


def test_a_chat_is_followed_to_its_new_address(session: Session, chat: Chat) -> None:
    follow(session, chat, Place("web", "", "moi"), NOW)
    assert (chat.address, chat.left_at) == ("moi", None)


def test_where_the_new_address_is_linked_already_the_old_one_ends(
    session: Session, small: SmallOffice, chat: Chat
) -> None:
    small.chat("moi", NOW, small.unit("Phòng Tài chính"))
    follow(session, chat, Place("web", "", "moi"), NOW)
    assert (chat.address, chat.left_at) == ("phong-tc", NOW)
