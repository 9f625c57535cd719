"""What the pages of the units read: who can be told, in which chats, who cannot, what names mean, what happened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import segno
from sqlalchemy import Engine
from sqlmodel import select

from bot.pages.people.facts import Roster, UnitSeen, doors, roster, unit_seen
from bot.pages.people.history import history_of
from bot.pages.people.qr import qr_svg
from bot.pages.people.words import about_chat, day_said, quoted, trouble_of
from data.access_links import LINKS_AT
from data.engine import transaction
from data.letters import put_letter
from data.people import Place, chat_at, invite, redeem
from data.tables import Agency, Chat, ChatRole, Letter, LetterKind, LetterState
from duties.message import Line, Message
from duties.wording.people import Invited, invitations, invited_in
from duties.workdays import day_of
from scheduler.reach import lose
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
TODAY = day_of(NOW)
BARE = "Phòng Chưa Ai Nhận"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """#A1 of the planning unit is overdue since Friday; every department owes #A2 and on by the end of June."""
    made = Conversation(engine, hanoi("2022-03-01 09:00"))
    with made.office() as small:
        small.unit(BARE)
    made.plan(
        duty("1.1", due_on(date(2022, 3, 11)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 6, 30)), "Các phòng", row=2),
    )
    made.now = NOW
    return made


def seen(talk: Conversation) -> Roster:
    with transaction(talk.engine) as session:
        return roster(session, 1, TODAY, talk.now)


def unit(talk: Conversation, name: str) -> UnitSeen:
    return next(each for each in (*seen(talk).units, *seen(talk).ended) if each.name == name)


WEB_PLANS = Place("web", "", PLANS)


def test_units_that_nobody_reaches_come_first(talk: Conversation) -> None:
    assert [(each.name, each.is_reached) for each in seen(talk).units] == [
        (BARE, False),
        (PLANS, True),
        (PRESS, True),
    ]


def test_what_is_open_and_what_is_overdue_is_counted(talk: Conversation) -> None:
    assert [(each.name, each.open, each.overdue) for each in seen(talk).units] == [
        (BARE, 1, 0),
        (PLANS, 2, 1),
        (PRESS, 1, 0),
    ]


def test_a_last_day_on_a_weekend_is_not_overdue_on_the_monday(talk: Conversation) -> None:
    talk.plan(duty("1.3", due_on(date(2022, 3, 13)), PRESS, row=3))
    assert unit(talk, PRESS).overdue == 0


def test_the_first_chat_is_number_one_and_the_second_can_be_put_before_it(talk: Conversation) -> None:
    talk.say("Điện thoại", f"/dangky {talk.code(unit=PLANS)}")
    talk.say(OFFICE, f"kênh 2 của {quoted(PLANS)} nhận trước")
    chats = unit(talk, PLANS).chats
    assert [(chat.number, chat.title) for chat in chats] == [(1, "Điện thoại"), (2, PLANS)]


def test_a_chat_says_when_it_was_last_heard(talk: Conversation) -> None:
    talk.say(PLANS, "/viec")
    [chat] = unit(talk, PLANS).chats
    assert about_chat(chat).startswith("Liên kết 01/03/2022; nhận lời gần nhất 14/03/2022;")


def test_a_chat_that_is_lost_is_shown_with_the_day(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        chat = chat_at(session, WEB_PLANS)
        assert chat is not None
        lose(session, chat, "bị chặn", talk.now)
    found = unit(talk, PLANS)
    assert (found.chats, [trouble_of(each)[:28] for each in found.lost]) == (
        (),
        ["Mất liên lạc từ 14/03/2022: "],
    )


def test_a_chat_whose_letters_come_back_says_since_when(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        chat = chat_at(session, WEB_PLANS)
        assert chat is not None
        put_letter(session, chat, "notice:x", LetterKind.NOTICE, talk.now, Message((Line("x"),)))
        [letter] = session.exec(select(Letter).where(Letter.key == "notice:x"))
        letter.state = LetterState.FAILED
    [shown] = unit(talk, PLANS).chats
    assert trouble_of(shown) == "Không gửi được tin từ 14/03/2022."


def test_codes_that_are_out_are_counted_with_their_last_day(talk: Conversation) -> None:
    talk.say(OFFICE, f"/moi {BARE}")
    assert unit(talk, BARE).codes == (TODAY + timedelta(days=7),)


def test_a_chat_beside_a_chat_is_no_chat_of_its_own(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        code = invite(session, 1, ChatRole.LEADER, None, talk.now)
        leader = redeem(session, code, Place("telegram", "b", "7"), "Anh Hai", talk.now)
        assert leader is not None
        session.flush()
        session.add(
            Chat(
                agency_id=1,
                channel="web",
                address="p",
                role=ChatRole.LEADER,
                linked_at=talk.now,
                companion_of=leader.id,
            )
        )
    [chat] = seen(talk).roles[ChatRole.LEADER]
    assert (chat.name, chat.has_page) == ("Telegram · Anh Hai", True)


def test_a_collective_name_is_shown_with_whom_it_means(talk: Conversation) -> None:
    talk.say(OFFICE, f"“các phòng” gồm: {PLANS}; {PRESS}")
    [meant] = seen(talk).meant
    assert (meant.name.lower(), meant.units, meant.is_named) == ("các phòng", (PLANS, PRESS), True)


def test_a_unit_that_was_merged_stands_apart_with_its_successor(talk: Conversation) -> None:
    talk.say(OFFICE, f"từ 14/3/2022 sáp nhập {quoted(BARE)} vào {quoted(PLANS)}")
    talk.say(OFFICE, "xác nhận thay đổi đơn vị")
    found = seen(talk)
    assert [(each.name, each.successor) for each in found.ended] == [(BARE, PLANS)]
    assert [(each.units, each.is_done) for each in found.changes] == [((BARE,), True)]


def test_a_unit_of_another_agency_is_not_there(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        other = Agency(name="Sở khác", created_at=talk.now)
        session.add(other)
        session.flush()
        assert unit_seen(session, other.id or 0, 1, TODAY, talk.now) is None


def test_the_history_tells_who_did_what_to_a_unit(talk: Conversation) -> None:
    talk.say(OFFICE, f"/moi {PLANS}", person="Chị Văn thư")
    talk.say(OFFICE, f"gọi KHTC là {PLANS}", person="Chị Văn thư")
    shown = unit(talk, PLANS)
    with transaction(talk.engine) as session:
        told = [(each.what, each.by) for each in history_of(session, 1, shown)]
    assert told[:2] == [("Đặt tên gọi cho đơn vị: KHTC", "Chị Văn thư"), ("Cấp mã mời", "Chị Văn thư")]


def test_the_history_of_one_unit_is_not_that_of_another(talk: Conversation) -> None:
    talk.say(OFFICE, f"/moi {PLANS}")
    press = unit(talk, PRESS)
    with transaction(talk.engine) as session:
        assert history_of(session, 1, press) == ()


def test_the_doors_are_those_that_are_open(talk: Conversation) -> None:
    with talk.office() as small:
        small.agency.settings = {"web_url": "https://nhac.vn/", "zalo_names": {"1": "Nhắc việc"}}
        small.session.add(small.agency)
        small.session.flush()
        found = doors(small.session, 1)
    assert (found.web, found.telegram, found.zalo) == ("https://nhac.vn/vao/", "", ("Nhắc việc",))


def test_in_the_demo_one_comes_in_on_the_machine_itself(talk: Conversation) -> None:
    with talk.office() as small:
        small.agency.settings = {LINKS_AT: "http://127.0.0.1:8080"}
        found = doors(small.session, 1)
    assert (found.web, found.is_for_all) == ("http://127.0.0.1:8080/vao/", False)


@pytest.mark.parametrize("link", ["", "https://nhac.vn/vao/ABCD2345 hoặc https://t.me/x?start=ABCD2345"])
def test_an_invitation_is_read_as_it_was_written(link: str) -> None:
    written = [Invited("Phòng Kế hoạch: Tài chính", "ABCD2345", link), Invited("Lãnh đạo", "WXYZ6789", link)]
    read = invited_in(invitations(written, date(2022, 3, 21), ["Nhắc việc"]))
    assert read == [replace(each, link="") for each in written]


def test_a_qr_code_is_the_one_of_its_link_with_a_title_for_the_ear() -> None:
    drawn = qr_svg("https://t.me/x?start=ABCD2345", "Mở <Telegram>")
    other = qr_svg("https://t.me/x?start=ABCD2346", "Mở <Telegram>")
    assert "<title>Mở &lt;Telegram&gt;</title>" in drawn
    assert drawn != other


def test_the_quiet_zone_is_four_modules_wide() -> None:
    size = segno.make("https://nhac.vn", error="m", micro=False).symbol_size(border=4)[0]
    assert f'viewBox="0 0 {size} {size}"' in qr_svg("https://nhac.vn", "x")


def test_a_name_is_said_in_quotes_on_one_line() -> None:
    assert quoted(" Phòng “A”\n và B ") == "“Phòng A và B”"


@pytest.mark.parametrize(("iso", "said"), [("2026-12-01", "01/12/2026"), ("mai", "mai")])
def test_a_day_is_said_as_people_write_it(iso: str, said: str) -> None:
    assert day_said(iso) == said
