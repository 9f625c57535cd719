"""The letters' page: what went out and how it went, what waits and why, what is to come, and the bots."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.pages.letters.coming_facts import fortnight
from bot.pages.letters.post_facts import bots, pause_of, sending
from bot.pages.letters.sent_facts import AT_ONCE, Kind, Row, State, Wanted, sent, words_of
from bot.pages.letters.waiting_facts import queue
from data.engine import transaction
from data.letters import put_letter
from data.tables import Chat, Letter, LetterKind, LetterState, MonthlyCount, Unit
from duties.message import Line, Message
from scheduler.channel import Channel, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.channels import PLAIN, FaultyChannel, RecordingChannel
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
DUE = date(2022, 3, 16)
EVERYTHING = Wanted(date(2022, 1, 1), date(2022, 12, 31))


@pytest.fixture
def office(engine: Engine) -> Conversation:
    """Each unit owes one thing, due the day after tomorrow."""
    talk = Conversation(engine, NOW - timedelta(days=30))
    talk.plan(duty("1.1", due_on(DUE), PLANS), duty("1.2", due_on(DUE), PRESS, row=1))
    talk.now = NOW
    return talk


class Counted(RecordingChannel):
    """Its platform counts the messages of a month."""

    capabilities = replace(PLAIN, monthly_cap=3000)


def told(office: Conversation, channel: Channel) -> None:
    """The slot is planned, and its letters go out."""
    plan_agency(office.engine, 1, office.now, is_new_day=True)
    post(office, channel)


def post(office: Conversation, channel: Channel) -> None:
    asyncio.run(deliver(office.engine, {"web": channel}, StoppedClock(office.now)))


def rows(office: Conversation, wanted: Wanted = EVERYTHING, agency_id: int = 1) -> list[Row]:
    with transaction(office.engine) as session:
        return list(sent(session, agency_id, wanted).rows)


def refused(kind: Failure, why: str) -> FaultyChannel:
    return FaultyChannel(DeliveryError(why, kind))


def test_what_went_out_says_to_whom_on_what_and_about_what(office: Conversation) -> None:
    told(office, RecordingChannel())
    assert {(row.to, row.channel, row.topic, row.about) for row in rows(office)} == {
        (PLANS, "trang web", "Tin nhắc đầu giờ sáng", "1 việc: 1.1 #A1"),
        (PRESS, "trang web", "Tin nhắc đầu giờ sáng", "1 việc: 1.2 #A2"),
    }


def test_a_chat_that_is_gone_says_why_where_it_went_and_whom_to_invite(office: Conversation) -> None:
    told(office, refused(Failure.PERMANENT, "bot đã bị chặn"))
    [row] = rows(office, replace(EVERYTHING, state=State.FAILED))
    assert (row.failure, row.instead) == ("bot đã bị chặn", f"Nội dung này đã gửi lại đến “{OFFICE}”.")
    assert "mời lại" in row.advice


def test_what_may_have_arrived_is_told_again_with_the_next(office: Conversation) -> None:
    told(office, refused(Failure.UNKNOWN, "không rõ Zalo đã nhận chưa"))
    [row] = rows(office, replace(EVERYTHING, state=State.UNKNOWN))
    assert row.advice == "Việc nào còn mở sẽ nằm trong tin nhắc kế tiếp; không cần làm gì."


def test_one_letter_that_a_platform_did_not_take_leaves_its_chat_in_peace(office: Conversation) -> None:
    told(office, refused(Failure.REFUSED, "message is too long"))
    [row] = rows(office, replace(EVERYTHING, state=State.FAILED))
    assert row.failure == "trang web không nhận tin này và báo “message is too long”"


def test_a_letter_that_may_have_come_twice_is_found(office: Conversation) -> None:
    told(office, RecordingChannel())
    with transaction(office.engine) as session:
        session.exec(select(Letter).where(Letter.id == 1)).one().maybe_twice = True
    assert [row.maybe_twice for row in rows(office, replace(EVERYTHING, state=State.TWICE))] == [True]


def test_answers_are_shown_only_when_they_are_asked_for(office: Conversation) -> None:
    office.say(PLANS, "/viec")
    post(office, RecordingChannel())
    assert rows(office) == []
    assert [row.topic for row in rows(office, replace(EVERYTHING, kind=Kind.ANSWERS))] == [
        "Trả lời người nhắn"
    ]


def test_the_list_is_of_one_unit(office: Conversation) -> None:
    told(office, RecordingChannel())
    with transaction(office.engine) as session:
        press = session.exec(select(Unit.id).where(Unit.name == PRESS)).one()
    assert [row.to for row in rows(office, replace(EVERYTHING, unit_id=press or 0))] == [PRESS]


def test_a_letter_is_found_by_a_code_or_by_its_words(office: Conversation) -> None:
    told(office, RecordingChannel())
    ways = ("#A2", "a2", "Báo chí", "1.2 Tuyên truyền")
    found = {words: tuple(row.to for row in rows(office, replace(EVERYTHING, words=words))) for words in ways}
    assert set(found.values()) == {(PRESS,)}


def test_words_that_no_letter_has_find_none(office: Conversation) -> None:
    told(office, RecordingChannel())
    ways = ("#Z99", "không có lời này", "100%", "\\")
    assert [rows(office, replace(EVERYTHING, words=words)) for words in ways] == [[]] * len(ways)


def test_days_outside_are_left_out(office: Conversation) -> None:
    told(office, RecordingChannel())
    day = NOW.date()
    assert rows(office, Wanted(day - timedelta(days=9), day - timedelta(days=1))) == []
    assert len(rows(office, Wanted(day, day))) == 2


def test_a_long_list_goes_on_after_its_last_letter(office: Conversation) -> None:
    with transaction(office.engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == PLANS)).one()
        for number in range(AT_ONCE + 3):
            put_letter(
                session, chat, f"notice:{number}", LetterKind.NOTICE, NOW, Message((Line(str(number)),))
            )
    post(office, RecordingChannel())
    with transaction(office.engine) as session:
        first = sent(session, 1, EVERYTHING)
        rest = sent(session, 1, replace(EVERYTHING, before=first.older))
    assert [row.about for row in rest.rows] == ["2", "1", "0"]
    assert rest.older == 0


def test_another_agency_s_letters_are_not_there(office: Conversation) -> None:
    told(office, RecordingChannel())
    [newest, _] = rows(office)
    assert rows(office, agency_id=2) == []
    with transaction(office.engine) as session:
        assert words_of(session, 2, newest.id) == ()
        assert words_of(session, 1, newest.id)[0].text.startswith("Kính gửi")


def test_a_letter_that_was_not_taken_yet_says_when_it_goes_again(office: Conversation) -> None:
    told(office, refused(Failure.RETRY, "chưa kết nối được Zalo"))
    with transaction(office.engine) as session:
        waits = queue(session, 1, NOW - timedelta(minutes=1)).rows
    assert any("chưa kết nối được Zalo" in each.why and "gửi lại lúc" in each.why for each in waits)


def test_what_waits_for_the_end_of_a_pause_says_so(office: Conversation) -> None:
    office.say(PLANS, "#A1 vướng: chưa có kinh phí")
    office.say(OFFICE, "tạm dừng")
    with transaction(office.engine) as session:
        found = queue(session, 1, NOW)
        [notice] = [each for each in found.rows if each.topic == "Báo Văn phòng: đơn vị vướng mắc"]
        assert notice.why == "chờ hết tạm dừng"
        assert pause_of(session, 1, NOW).is_on


def test_what_is_to_come_is_named_by_its_duties(office: Conversation) -> None:
    with transaction(office.engine) as session:
        found = fortnight(session, 1, NOW - timedelta(hours=3))
    on, letters = found.days[0]
    assert (on, {letter.to for letter in letters}) == (NOW.date(), {PLANS, PRESS})
    assert [each.code for each in letters[0].told] == ["A1"]


def test_who_cannot_be_told_is_named_among_what_is_to_come(office: Conversation) -> None:
    with transaction(office.engine) as session:
        session.exec(select(Chat).where(Chat.address == PRESS)).one().left_at = NOW
    with transaction(office.engine) as session:
        assert PRESS in fortnight(session, 1, NOW).mute


def test_an_announcement_is_seen_with_whoever_gets_it_before_it_goes(office: Conversation) -> None:
    office.say(OFFICE, "/thongbao Họp lúc 8 giờ")
    with transaction(office.engine) as session:
        chat_id = session.exec(select(Chat.id).where(Chat.address == OFFICE)).one()
        found = sending(session, 1, chat_id or 0, NOW)
    assert (found.draft, found.last) == ("Họp lúc 8 giờ", None)
    assert {(each.unit, each.place) for each in found.reached} == {(PLANS, PLANS), (PRESS, PRESS)}
    assert found.held == ""


def test_during_a_pause_it_is_seen_why_an_announcement_cannot_go_and_what_became_of_the_last(
    office: Conversation,
) -> None:
    for words in ("/thongbao Họp lúc 8 giờ", "gửi thông báo", "tạm dừng đến 18/3/2022"):
        office.say(OFFICE, words)
    with transaction(office.engine) as session:
        chat_id = session.exec(select(Chat.id).where(Chat.address == OFFICE)).one()
        found = sending(session, 1, chat_id or 0, NOW)
    assert found.held == "Đang tạm dừng gửi tin đến hết ngày 18/03/2022 nên chưa gửi thông báo được."
    assert found.last is not None
    assert {became for _, _, became, _ in found.last.reached} == {"chờ hết tạm dừng"}


def test_how_far_an_announcement_got_is_told_place_by_place(office: Conversation) -> None:
    for words in ("/thongbao Họp lúc 8 giờ", "gửi thông báo"):
        office.say(OFFICE, words)
    no = DeliveryError("không nhận", Failure.REFUSED)
    post(office, FaultyChannel(no, no))  # an answer to the office goes first, then one of the announcement
    with transaction(office.engine) as session:
        last = sending(session, 1, 1, NOW).last
    assert last is not None
    assert (last.arrived, last.total) == (1, 2)
    assert [is_lost for _, _, _, is_lost in last.reached] == [True, False]


def test_a_bot_says_what_it_sent_and_how_much_of_its_month_is_left(office: Conversation) -> None:
    told(office, RecordingChannel())
    with transaction(office.engine) as session:
        session.add(MonthlyCount(channel="web", bot="", month="2022-03", sent=120))
        [bot] = bots(session, 1, {"web": Counted()}, NOW)
    assert (bot.chats, bot.today, bot.lost, bot.month, bot.cap) == (3, 2, 0, 120, 3000)


def test_a_bot_s_losses_of_the_week_are_counted(office: Conversation) -> None:
    told(office, refused(Failure.REFUSED, "không nhận"))
    with transaction(office.engine) as session:
        [bot] = bots(session, 1, {}, NOW)
    assert (bot.today, bot.lost) == (1, 1)


def test_letters_that_are_still_on_their_way_are_not_among_those_sent(office: Conversation) -> None:
    told(office, refused(Failure.RETRY, "chưa kết nối được"))
    assert LetterState.WAITING not in {row.state for row in rows(office)}
