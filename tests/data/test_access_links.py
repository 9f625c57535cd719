"""A secret address opens one thing, for whom it was made, while it is good."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from data.access_links import Opened, Shut, make_link, newest_link, open_link, withdraw_links
from data.tables import AccessLink, Agency, Chat, ChatRole, LinkPurpose, Trail
from tests.conftest import NOW
from tests.fakes.offices import SmallOffice

WEEK = timedelta(days=7)


@pytest.fixture
def chat(session: Session, agency: Agency) -> Chat:
    return SmallOffice(session, agency).chat("van-phong", NOW, role=ChatRole.OFFICE)


def test_a_token_opens_what_it_was_made_for(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.UPLOAD, NOW, WEEK)
    opened = open_link(session, token, LinkPurpose.UPLOAD, NOW)
    assert isinstance(opened, Opened)
    assert opened.chat.id == chat.id


def test_only_its_hash_is_kept(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.UPLOAD, NOW, WEEK)
    kept = session.exec(select(AccessLink)).one()
    assert token not in repr(kept.model_dump())
    assert len(token) == 43


def test_an_expired_token_opens_nothing(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.DOWNLOAD, NOW, WEEK)
    assert open_link(session, token, LinkPurpose.DOWNLOAD, NOW + WEEK) is Shut.EXPIRED


def test_a_token_of_another_purpose_is_unknown(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.CALENDAR, NOW, None)
    assert open_link(session, token, LinkPurpose.UPLOAD, NOW) is Shut.UNKNOWN


@pytest.mark.parametrize("forged", ["", "a", "x" * 43, "x" * 10_000, "%00", "\ud800"])
def test_a_forged_token_is_unknown(session: Session, chat: Chat, forged: str) -> None:
    make_link(session, chat, LinkPurpose.UPLOAD, NOW, WEEK)
    assert open_link(session, forged, LinkPurpose.UPLOAD, NOW) is Shut.UNKNOWN


def test_a_withdrawn_token_opens_nothing(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.CALENDAR, NOW, None)
    assert withdraw_links(session, chat.id or 0, LinkPurpose.CALENDAR, NOW) == 1
    assert open_link(session, token, LinkPurpose.CALENDAR, NOW) is Shut.WITHDRAWN


def test_withdrawing_one_purpose_leaves_the_others(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.DOWNLOAD, NOW, WEEK)
    withdraw_links(session, chat.id or 0, LinkPurpose.CALENDAR, NOW)
    assert isinstance(open_link(session, token, LinkPurpose.DOWNLOAD, NOW), Opened)


def test_the_links_of_a_chat_that_left_open_nothing(session: Session, chat: Chat) -> None:
    token = make_link(session, chat, LinkPurpose.DOWNLOAD, NOW, WEEK)
    chat.left_at = NOW
    session.add(chat)
    assert open_link(session, token, LinkPurpose.DOWNLOAD, NOW) is Shut.WITHDRAWN


def test_the_newest_link_that_opens_is_known(session: Session, chat: Chat) -> None:
    assert newest_link(session, chat.id or 0, LinkPurpose.CALENDAR, NOW) is None
    make_link(session, chat, LinkPurpose.CALENDAR, NOW, None)
    assert newest_link(session, chat.id or 0, LinkPurpose.CALENDAR, NOW) is not None


def test_what_is_handed_out_is_noted_and_what_a_page_shows_is_not(session: Session, chat: Chat) -> None:
    make_link(session, chat, LinkPurpose.UPLOAD, NOW, WEEK)
    make_link(session, chat, LinkPurpose.DOWNLOAD, NOW, timedelta(minutes=10), is_handed_out=False)
    assert [each["purpose"] for each in session.exec(select(Trail.detail))] == ["upload"]
