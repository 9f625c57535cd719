"""Browsers that were let in: for how long, and until when they are used."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from data.tables import Agency, Chat, ChatRole, WebSession
from data.web_sessions import (
    OFFICE_REST,
    SEEN_EVERY,
    UNIT_REST,
    find_session,
    is_open,
    let_in,
    open_sessions,
    seats_of,
    withdraw,
)
from tests.conftest import NOW
from tests.fakes.offices import SmallOffice

MONTH, HALF_A_YEAR, MINUTE = timedelta(days=30), timedelta(days=180), timedelta(minutes=1)


@pytest.fixture
def small(session: Session, agency: Agency) -> SmallOffice:
    return SmallOffice(session, agency)


@pytest.fixture
def unit(small: SmallOffice) -> Chat:
    return small.chat("đơn vị", NOW, small.unit("Phòng Báo chí"))


@pytest.fixture
def office(small: SmallOffice) -> Chat:
    return small.chat("văn phòng", NOW, role=ChatRole.OFFICE)


def test_nothing_kept_opens_it(session: Session, unit: Chat) -> None:
    held, token = let_in(session, None, unit, "Hà", "Chrome", NOW)
    assert token not in (held.token_hash, held.name, held.browser)
    assert find_session(session, held.token_hash, NOW) is None


@pytest.mark.parametrize("token", ["", "khong-co", "x" * 65, "a\x00b", "ễ"])
def test_a_wrong_token_opens_nothing(session: Session, unit: Chat, token: str) -> None:
    let_in(session, None, unit, "", "", NOW)
    assert find_session(session, token, NOW) is None


def test_a_unit_rests_for_a_quarter(session: Session, unit: Chat) -> None:
    _, token = let_in(session, None, unit, "", "", NOW)
    assert find_session(session, token, NOW + UNIT_REST) is None


def test_an_office_that_rests_a_fortnight_asks_anew(session: Session, office: Chat) -> None:
    _, token = let_in(session, None, office, "", "", NOW)
    assert find_session(session, token, NOW + OFFICE_REST) is None


@pytest.mark.parametrize(("whose", "most"), [("unit", HALF_A_YEAR), ("office", MONTH)])
def test_even_who_comes_every_day_is_let_in_anew_in_the_end(
    session: Session, request: pytest.FixtureRequest, whose: str, most: timedelta
) -> None:
    _, token = let_in(session, None, request.getfixturevalue(whose), "", "", NOW)
    days = range(most.days + 2)
    open_days = [day for day in days if find_session(session, token, NOW + timedelta(days=day)) is not None]
    assert open_days == list(range(most.days))


def test_the_agency_may_set_shorter_lives(session: Session, agency: Agency, unit: Chat) -> None:
    agency.settings = {**agency.settings, "session_days": 2}
    _, token = let_in(session, None, unit, "", "", NOW)
    assert find_session(session, token, NOW + timedelta(days=2)) is None


def test_one_chat_of_the_office_makes_the_whole_browser_stricter(
    session: Session, unit: Chat, office: Chat
) -> None:
    held, _ = let_in(session, None, unit, "", "", NOW)
    again, _ = let_in(session, held, office, "", "", NOW)
    assert (again.id, again.expires_at) == (held.id, NOW + MONTH)


def test_being_there_is_written_down_every_few_minutes_only(session: Session, unit: Chat) -> None:
    held, token = let_in(session, None, unit, "", "", NOW)
    seen = []
    for minutes in range(12):
        find_session(session, token, NOW + minutes * MINUTE)
        seen.append(held.seen_at)
    assert sorted(set(seen)) == [NOW, NOW + SEEN_EVERY, NOW + 2 * SEEN_EVERY]


def test_looking_does_not_count_as_being_there(session: Session, office: Chat) -> None:
    held, _ = let_in(session, None, office, "", "", NOW)
    looks = [is_open(session, held.id or 0, NOW + timedelta(days=day)) for day in (13, 14)]
    assert looks == [True, False]


def test_coming_in_anew_makes_the_old_token_worthless(session: Session, unit: Chat, office: Chat) -> None:
    held, old = let_in(session, None, unit, "", "", NOW)
    let_in(session, held, office, "", "", NOW)
    assert find_session(session, old, NOW) is None


def test_the_newest_chat_comes_first_and_none_comes_twice(session: Session, unit: Chat, office: Chat) -> None:
    held, _ = let_in(session, None, unit, "", "", NOW)
    for chat in (office, unit):
        let_in(session, held, chat, "", "", NOW)
    assert [chat.id for chat in seats_of(session, held.id or 0)] == [unit.id, office.id]


def test_a_name_is_kept_until_another_is_given(session: Session, unit: Chat) -> None:
    held, _ = let_in(session, None, unit, "Hà", "", NOW)
    names = [let_in(session, held, unit, name, "", NOW)[0].name for name in ("", "Lan")]
    assert names == ["Hà", "Lan"]


def test_a_browser_belongs_to_one_agency(session: Session, unit: Chat) -> None:
    other = Agency(name="Sở Y tế", created_at=NOW)
    session.add(other)
    session.flush()
    theirs = SmallOffice(session, other).chat("sở khác", NOW, role=ChatRole.OFFICE)
    held, _ = let_in(session, None, unit, "", "", NOW)
    again, _ = let_in(session, held, theirs, "", "", NOW)
    assert (again.id != held.id, is_open(session, held.id or 0, NOW)) == (True, False)


def test_who_is_shut_out_is_listed_no_more(session: Session, agency: Agency, unit: Chat) -> None:
    held, token = let_in(session, None, unit, "", "", NOW)
    withdraw(session, [held.id or 0], NOW)
    assert open_sessions(session, agency.id or 0, NOW) == []
    assert find_session(session, token, NOW) is None


def test_being_shut_out_twice_keeps_the_first_moment(session: Session, unit: Chat) -> None:
    held, _ = let_in(session, None, unit, "", "", NOW)
    for moment in (NOW, NOW + MINUTE):
        withdraw(session, [held.id or 0], moment)
    assert session.exec(select(WebSession.withdrawn_at)).one() == NOW
