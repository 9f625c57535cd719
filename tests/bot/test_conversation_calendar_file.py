"""`/lich`: what a unit owes as a calendar, and a private address that can be changed and withdrawn."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from icalendar import Calendar, Component
from sqlalchemy import Engine

from data.access_links import Opened, Shut, open_link
from data.engine import transaction
from data.files import FilesFolder
from data.tables import LinkPurpose, StoredFile
from duties.deadline import Due
from duties.message import Message
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, dated, due_on, duty

NOW = hanoi("2022-03-01 09:00")
MARCH = date(2022, 3, 31)


@pytest.fixture
def talk(engine: Engine, tmp_path: Path) -> Conversation:
    """The planning unit owes #A1 in March and #A2 without a date; the press unit #A3 by four o'clock."""
    made = Conversation(engine, NOW, FilesFolder(tmp_path / "files"))
    made.plan(
        duty("1.1", due_on(MARCH), PLANS, row=1),
        duty("1.2", ONGOING, PLANS, row=2),
        duty("1.3", dated(Due(MARCH, MARCH, at=time(16))), PRESS, row=3),
    )
    return made


def with_pages(talk: Conversation) -> None:
    with talk.office() as small:
        small.agency.settings = {"web_url": "https://cchc.example"}


def events(talk: Conversation, who: str = PLANS) -> list[Component]:
    [message] = talk.say(who, "/lich")
    return Calendar.from_ical(content(talk, message)).walk("VEVENT")


def content(talk: Conversation, message: Message) -> bytes:
    assert message.file is not None
    assert talk.files is not None
    with transaction(talk.engine) as session:
        return talk.files.read(session.get_one(StoredFile, message.file.file_id).sha256)


def token(words: str) -> str:
    found = re.search(r"https://cchc\.example/lich/([\w-]{43})\.ics", words)
    assert found
    return found[1]


def opens(talk: Conversation, secret: str) -> bool:
    with transaction(talk.engine) as session:
        return isinstance(open_link(session, secret, LinkPurpose.CALENDAR, talk.now), Opened)


def test_a_unit_gets_its_own_due_dates(talk: Conversation) -> None:
    [event] = events(talk)
    assert event.decoded("dtstart") == MARCH
    assert event["summary"] == "Hạn: 1.1 Tuyên truyền cải cách hành chính, nội dung 1.1 (#A1)"


def test_the_office_gets_everybody_s(talk: Conversation) -> None:
    assert len(events(talk, OFFICE)) == 2


def test_it_tells_who_what_and_how_to_answer(talk: Conversation) -> None:
    about = str(events(talk)[0]["description"])
    assert f"Đơn vị: {PLANS}" in about
    assert "Thời hạn: 31/03/2022" in about
    assert "“xong #A1”" in about


def test_an_hour_is_kept(talk: Conversation) -> None:
    assert events(talk, PRESS)[0].decoded("dtstart").hour == 9  # 16:00 in Hanoi


def test_the_name_of_an_event_stays_when_its_date_moves(talk: Conversation) -> None:
    [before] = events(talk)
    talk.say(OFFICE, "gia hạn #A1 đến 15/4")
    [after] = events(talk)
    assert before.decoded("uid") == after.decoded("uid")
    assert before.decoded("sequence") < after.decoded("sequence")
    assert after.decoded("dtstart") == date(2022, 4, 15)
    assert "15/04/2022 (hạn ban đầu 31/03/2022)" in str(after["description"])


def test_what_is_done_says_so_and_rings_no_more(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    [event] = events(talk)
    assert str(event["summary"]).startswith("Đã xong: ")
    assert event.walk("VALARM") == []


def test_what_does_not_apply_is_cancelled(talk: Conversation) -> None:
    talk.say(OFFICE, "không tính #A1")
    assert events(talk)[0]["status"] == "CANCELLED"


def test_nothing_owed_is_an_empty_calendar(talk: Conversation) -> None:
    talk.say(OFFICE, "chuyển #A1 sang Phòng Thông tin - Báo chí")
    talk.now = hanoi("2022-06-01 09:00")
    [message] = talk.say(PLANS, "/lich")
    assert message.text.startswith("Hiện chưa có hạn nào")


def test_the_address_is_told_once(talk: Conversation) -> None:
    with_pages(talk)
    first, again = talk.reply(PLANS, "/lich"), talk.reply(PLANS, "/lich")
    assert opens(talk, token(first))
    assert "https://" not in again
    assert "đã cấp ngày 01/03/2022" in again


def test_a_new_address_shuts_the_old_one(talk: Conversation) -> None:
    with_pages(talk)
    old = token(talk.reply(PLANS, "/lich"))
    new = token(talk.reply(PLANS, "đổi địa chỉ lịch"))
    assert (opens(talk, old), opens(talk, new)) == (False, True)


def test_a_withdrawn_address_opens_nothing(talk: Conversation) -> None:
    with_pages(talk)
    old = token(talk.reply(PLANS, "/lich"))
    assert "Đã thu hồi địa chỉ lịch" in talk.reply(PLANS, "thu hồi lịch")
    with transaction(talk.engine) as session:
        assert open_link(session, old, LinkPurpose.CALENDAR, talk.now) is Shut.WITHDRAWN


def test_one_chat_does_not_withdraw_another_s(talk: Conversation) -> None:
    with_pages(talk)
    mine = token(talk.reply(PLANS, "/lich"))
    talk.say(PRESS, "thu hồi lịch")
    assert opens(talk, mine)


def test_without_pages_there_is_the_file_alone(talk: Conversation) -> None:
    assert "https://" not in talk.reply(PLANS, "/lich")
    assert "xin dùng tệp lịch" in talk.reply(PLANS, "đổi địa chỉ lịch")
