"""A page in the browser beside a chat elsewhere: as long as that chat, for whom that chat speaks, and told nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from data import chats
from data.access_links import LET_IN_WITHIN, Opened, Shut, make_link, open_link, use_up
from data.companions import lives, page_of, together
from data.people import (
    Place,
    chat_at,
    chats_of_role,
    chats_of_unit,
    invite,
    redeem,
    units_of,
    units_without_chat,
)
from data.tables import Agency, Chat, ChatRole, LinkPurpose
from data.web_sessions import find_session, let_in, seats_of
from scheduler.reach import find_again, lose
from tests.conftest import NOW
from tests.fakes.offices import SmallOffice

GROUP = Place("telegram", "bot", "-100777")
PLANS, PRESS = "Phòng Kế hoạch", "Phòng Báo chí"
WEEK = timedelta(days=7)


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    return SmallOffice(session, agency)


def link(small: SmallOffice, unit: str = PLANS, role: ChatRole = ChatRole.UNIT) -> Chat:
    """The group, let in by a fresh code."""
    unit_id = small.unit(unit).id if role is ChatRole.UNIT else None
    chat = redeem(
        small.session, invite(small.session, small.agency_id, role, unit_id, NOW), GROUP, "Nhóm", NOW
    )
    assert chat is not None
    return chat


def names(small: SmallOffice, chat: Chat) -> list[str]:
    return [unit.name for unit in units_of(small.session, chat.id or 0)]


def test_a_chat_has_one_page(small: SmallOffice) -> None:
    group = link(small)
    first = page_of(small.session, group, NOW)
    assert page_of(small.session, group, NOW).id == first.id != group.id


def test_a_chat_in_the_browser_is_its_own(small: SmallOffice) -> None:
    web = small.chat("trang", NOW, small.unit(PLANS))
    assert page_of(small.session, web, NOW).id == web.id


def test_it_serves_the_units_of_its_chat_as_they_change(small: SmallOffice) -> None:
    page = page_of(small.session, link(small), NOW)
    link(small, PRESS)
    assert names(small, page) == [PLANS, PRESS]


def test_nobody_is_told_there(small: SmallOffice) -> None:
    group = link(small)
    page_of(small.session, group, NOW)
    assert [chat.id for chat in chats_of_unit(small.session, small.unit(PLANS).id or 0)] == [group.id]


def test_nor_is_the_office(small: SmallOffice) -> None:
    group = link(small, role=ChatRole.OFFICE)
    page_of(small.session, group, NOW)
    assert [chat.id for chat in chats_of_role(small.session, small.agency_id, ChatRole.OFFICE)] == [group.id]


def test_a_unit_with_a_page_alone_is_reached_by_nobody(small: SmallOffice) -> None:
    group = link(small)
    page_of(small.session, group, NOW)
    lose(small.session, group, "bị chặn", NOW)
    assert [unit.name for unit in units_without_chat(small.session, small.agency_id, NOW.date())] == [PLANS]


def test_it_ends_with_its_chat_and_comes_back_with_it(small: SmallOffice) -> None:
    group = link(small)
    page = page_of(small.session, group, NOW)
    lose(small.session, group, "bị chặn", NOW)
    ended = not lives(small.session, page)
    find_again(small.session, group, NOW)
    assert (ended, lives(small.session, page)) == (True, True)


def test_it_ends_when_the_last_unit_is_taken_from_its_chat(small: SmallOffice) -> None:
    group = link(small)
    page = page_of(small.session, group, NOW)
    chats.drop(small.session, group, small.unit(PLANS).id or 0, NOW)
    assert chat_at(small.session, Place("web", "", page.address)) is None


def test_it_ends_when_its_chat_takes_another_role(small: SmallOffice) -> None:
    page = page_of(small.session, link(small), NOW)
    link(small, role=ChatRole.OFFICE)
    assert not lives(small.session, page)


def test_who_was_let_in_before_is_not_in_when_the_chat_speaks_for_others(small: SmallOffice) -> None:
    group = link(small)
    held, _ = let_in(small.session, None, page_of(small.session, group, NOW), "Hà", "", NOW)
    chats.unlink(small.session, group, NOW)
    page_of(small.session, link(small, PRESS), NOW)
    assert seats_of(small.session, held.id or 0) == []


def test_who_was_let_in_for_one_unit_is_not_in_for_the_one_its_chat_is_moved_to(small: SmallOffice) -> None:
    group = link(small)
    held, _ = let_in(small.session, None, page_of(small.session, group, NOW), "Hà", "", NOW)
    chats.move(small.session, group, small.unit(PLANS).id or 0, small.unit(PRESS).id or 0, NOW)
    assert seats_of(small.session, held.id or 0) == []


def test_nor_does_a_link_open_it_that_was_given_before(small: SmallOffice) -> None:
    group = link(small)
    page = page_of(small.session, group, NOW)
    token = make_link(small.session, page, LinkPurpose.WEB, NOW, LET_IN_WITHIN)
    chats.move(small.session, group, small.unit(PLANS).id or 0, small.unit(PRESS).id or 0, NOW)
    assert use_up(small.session, token, NOW) is Shut.WITHDRAWN


def move_to_press(small: SmallOffice, group: Chat) -> None:
    chats.move(small.session, group, small.unit(PLANS).id or 0, small.unit(PRESS).id or 0, NOW)


def let_go_of_press(small: SmallOffice, group: Chat) -> None:
    link(small, PRESS)
    chats.drop(small.session, group, small.unit(PRESS).id or 0, NOW)


def become_the_office(small: SmallOffice, group: Chat) -> None:
    link(small, role=ChatRole.OFFICE)


def leave_and_come_for_others(small: SmallOffice, group: Chat) -> None:
    chats.unlink(small.session, group, NOW)
    link(small, PRESS)


@pytest.mark.parametrize(
    "change",
    [move_to_press, let_go_of_press, become_the_office, leave_and_come_for_others],
    ids=lambda each: each.__name__,
)
@pytest.mark.parametrize("on_page", [False, True], ids=["in the chat", "on its page"])
def test_a_document_given_for_others_is_not_to_be_had_any_more(
    small: SmallOffice, change: Callable[[SmallOffice, Chat], None], on_page: bool
) -> None:
    group = link(small)
    page = page_of(small.session, group, NOW)
    token = make_link(small.session, page if on_page else group, LinkPurpose.DOWNLOAD, NOW, WEEK)
    change(small, group)
    assert open_link(small.session, token, LinkPurpose.DOWNLOAD, NOW) is Shut.WITHDRAWN


def test_a_calendar_is_lost_with_all_units_and_not_with_one_of_several(small: SmallOffice) -> None:
    group = link(small)
    token = make_link(small.session, group, LinkPurpose.CALENDAR, NOW, None)
    let_go_of_press(small, group)
    assert isinstance(open_link(small.session, token, LinkPurpose.CALENDAR, NOW), Opened)
    move_to_press(small, group)
    assert open_link(small.session, token, LinkPurpose.CALENDAR, NOW) is Shut.WITHDRAWN


def test_no_code_makes_a_page_a_chat_of_its_own(small: SmallOffice) -> None:
    page = page_of(small.session, link(small), NOW)
    code = invite(small.session, small.agency_id, ChatRole.OFFICE, None, NOW)
    assert redeem(small.session, code, Place("web", "", page.address), "", NOW) is None
    assert page.role is ChatRole.UNIT


def test_a_chat_and_its_page_are_found_from_either(small: SmallOffice) -> None:
    group = link(small)
    page = page_of(small.session, group, NOW)
    assert together(small.session, group) == together(small.session, page) == {group.id, page.id}


def test_a_session_on_a_page_outlives_trouble_with_the_platform(small: SmallOffice) -> None:
    group = link(small)
    _, token = let_in(small.session, None, page_of(small.session, group, NOW), "", "", NOW)
    lose(small.session, group, "bị chặn", NOW)
    find_again(small.session, group, NOW)
    assert find_session(small.session, token, NOW + timedelta(hours=1)) is not None
