"""The page in the browser, asked for and shut in the chat."""

import re
from collections.abc import Sequence

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.access_links import Opened, Shut, use_up
from data.companions import lives, page_of
from data.engine import transaction
from data.people import Place, chat_at, role_invited
from data.tables import Agency, Chat, ChatRole
from data.web_sessions import find_session, let_in
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

NOW = hanoi("2022-03-16 09:00")
GROUP = "-1001234567"
BOSS = "lanh-dao"
ADMIN = "quan-tri"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Phòng Thông tin - Báo chí writes on Telegram too; our pages can be opened from elsewhere."""
    made = Conversation(engine, NOW)
    made.places[GROUP] = Place("telegram", "bot", GROUP)
    made.say(GROUP, f"/dangky {made.code(unit=PRESS)}")
    with made.office() as small:
        small.agency.settings = {**small.agency.settings, "web_url": "https://nhacviec.example.vn"}
        small.chat(BOSS, NOW, role=ChatRole.LEADER)
        small.chat(ADMIN, NOW, role=ChatRole.ADMIN)
    return made


def token_in(said: str) -> str:
    found = re.search(r"https://nhacviec\.example\.vn/web/(\S+)", said)
    assert found is not None, said
    return found[1]


def follow(talk: Conversation, token: str) -> Opened | Shut:
    with transaction(talk.engine) as session:
        return use_up(session, token, talk.now)


def enter(talk: Conversation, who: str, name: str = "") -> tuple[int, str]:
    """A browser is let into the page of that chat: its session's number and token."""
    with transaction(talk.engine) as session:
        chat = chat_at(session, talk.places.get(who, Place("web", "", who)))
        assert chat is not None
        held, token = let_in(session, None, page_of(session, chat, NOW), name, "Chrome, Windows", NOW)
        return held.id or 0, token


def are_in(talk: Conversation, tokens: Sequence[str]) -> list[bool]:
    with transaction(talk.engine) as session:
        return [find_session(session, token, talk.now) is not None for token in tokens]


def test_a_group_gets_a_link_that_the_first_one_opens(talk: Conversation) -> None:
    said = talk.reply(GROUP, "cho xin link trang")
    assert "Ai mở trước thì vào được" in said
    assert isinstance(follow(talk, token_in(said)), Opened)


def test_a_newer_link_shuts_the_one_before(talk: Conversation) -> None:
    old = token_in(talk.reply(GROUP, "/web"))
    talk.say(GROUP, "/web")
    assert follow(talk, old) is Shut.WITHDRAWN


def test_every_link_of_a_chat_leads_to_one_page(talk: Conversation) -> None:
    for _ in range(3):
        talk.say(GROUP, "/web")
    with transaction(talk.engine) as session:
        assert len(session.exec(select(Chat).where(col(Chat.companion_of).is_not(None))).all()) == 1


def test_on_a_page_it_opens_the_same_chat_on_another_machine(talk: Conversation) -> None:
    opened = follow(talk, token_in(talk.reply(PLANS, "/web")))
    assert isinstance(opened, Opened)
    assert opened.chat.address == PLANS


def test_without_pages_it_is_said_in_one_line(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        session.exec(select(Agency)).one().settings = {}
    assert talk.reply(GROUP, "/web").startswith("Trang web chưa mở được từ máy khác")


def test_nobody_is_told_by_the_page_beside_a_chat(talk: Conversation) -> None:
    talk.say(OFFICE, "thông báo: họp lúc 8 giờ")
    enter(talk, GROUP)
    talk.say(OFFICE, "gửi thông báo")
    with transaction(talk.engine) as session:
        page = session.exec(select(Chat).where(col(Chat.companion_of).is_not(None))).one()
    assert talk.letters(page.address) == []


def test_a_unit_sees_its_own_browsers_only(talk: Conversation) -> None:
    enter(talk, GROUP, "Hà")
    enter(talk, PLANS, "Lan")
    said = talk.reply(GROUP, "/phien")
    assert ("Hà, Chrome, Windows" in said, "Lan" in said) == (True, False)


@pytest.mark.parametrize("who", [OFFICE, ADMIN])
def test_the_office_and_the_admin_see_all(talk: Conversation, who: str) -> None:
    enter(talk, GROUP, "Hà")
    enter(talk, PLANS, "Lan")
    said = talk.reply(who, "/phien")
    assert ("Hà" in said, "Lan" in said, "(từ Telegram)" in said) == (True, True, True)


def test_a_unit_shuts_its_own_browser(talk: Conversation) -> None:
    number, token = enter(talk, GROUP)
    assert "Đã đóng phiên" in talk.reply(GROUP, f"đóng phiên {number}")
    assert are_in(talk, [token]) == [False]


@pytest.mark.parametrize("who", [PLANS, BOSS])
def test_nobody_else_shuts_it(talk: Conversation, who: str) -> None:
    number, token = enter(talk, GROUP)
    assert f"Không có phiên {number}" in talk.reply(who, f"đóng phiên {number}")
    talk.say(who, f"đóng mọi phiên của {PRESS}")
    assert are_in(talk, [token]) == [True]


def test_the_office_shuts_all_browsers_of_a_unit(talk: Conversation) -> None:
    tokens = [enter(talk, who)[1] for who in (GROUP, PRESS, PLANS)]
    talk.say(OFFICE, f"đóng mọi phiên của {PRESS}")
    assert are_in(talk, tokens) == [False, False, True]


def test_shutting_cannot_be_taken_back(talk: Conversation) -> None:
    number, token = enter(talk, GROUP)
    talk.say(GROUP, f"đóng phiên {number}")
    talk.say(GROUP, "hoàn tác")
    assert are_in(talk, [token]) == [False]


def test_a_page_ends_when_the_office_drops_its_chat(talk: Conversation) -> None:
    enter(talk, GROUP)
    talk.say(OFFICE, f"bỏ kênh 2 của {PRESS}")
    with transaction(talk.engine) as session:
        page = session.exec(select(Chat).where(col(Chat.companion_of).is_not(None))).one()
        assert not lives(session, page)


@pytest.mark.parametrize("words", ["ngừng nhận tin ở đây", "/dangky ABCD2345"])
def test_whom_a_page_serves_is_changed_where_it_belongs(talk: Conversation, words: str) -> None:
    enter(talk, GROUP)
    with transaction(talk.engine) as session:
        page = session.exec(select(Chat).where(col(Chat.companion_of).is_not(None))).one()
    talk.places["page"] = Place("web", "", page.address)
    talk.say("page", words)
    assert "Trang này đi theo nơi trò chuyện ở Telegram" in talk.letters(page.address)[-1][1].text


def test_a_code_for_another_role_opens_no_more_to_browsers_that_are_in(talk: Conversation) -> None:
    enter(talk, PLANS, "Lan")
    code = talk.code(ChatRole.OFFICE)
    assert f"https://nhacviec.example.vn/vao/{code}" in talk.reply(PLANS, f"/dangky {code}")
    with transaction(talk.engine) as session:
        chat = chat_at(session, Place("web", "", PLANS))
        assert chat is not None
        assert (chat.role, role_invited(session, code, talk.now)) == (ChatRole.UNIT, ChatRole.OFFICE)


def test_a_code_for_another_unit_is_taken_there(talk: Conversation) -> None:
    enter(talk, PLANS, "Lan")
    assert PRESS in talk.reply(PLANS, f"/dangky {talk.code(unit=PRESS)}")
