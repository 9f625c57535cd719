"""A duty's page: what it tells of each unit's part, and everything that happened to it, in order."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.pages.desk import NotThere
from bot.pages.duty.facts import Asked, Chosen, DutyShown, duty_shown
from bot.pages.duty.history import Event, Sort
from bot.pages.paging import AT_ONCE
from data.engine import transaction
from data.facts import facts_on, ledger_of
from data.files import FilesFolder
from data.offices import office_of
from data.people import units_of
from data.tables import Chat, ChatUnit, Duty, LetterState, Unit
from duties.workdays import day_of
from scheduler.channel import Channel, DeliveryError, Failure
from scheduler.clock import StoppedClock
from scheduler.delivery import deliver
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.channels import FaultyChannel, RecordingChannel
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import ONGOING, due_on, duty

NOW = hanoi("2022-03-14 09:00")
DUE = date(2022, 3, 16)
ALL = Asked()
JPEG = b"\xff\xd8\xff\xe0 anh"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Conversation:
    """#A1 and #A2 are two units' parts of one duty, due the day after tomorrow; #A3 is the press unit's alone."""
    talk = Conversation(engine, NOW - timedelta(days=30), FilesFolder(tmp_path / "files"))
    talk.plan(duty("1.1", due_on(DUE), PLANS, PRESS, row=4), duty("1.2", due_on(DUE), PRESS, row=5))
    talk.now = NOW
    return talk


def page(office: Conversation, asked: Asked = ALL, who: str = OFFICE, code: str = "1.1") -> DutyShown:
    """What that reader sees of the duty."""
    with transaction(office.engine) as session:
        duty_id = session.exec(select(Duty.id).where(Duty.code == code)).one()
        chat = session.exec(select(Chat).where(Chat.address == who)).one()
        units = None if who == OFFICE else [unit.id or 0 for unit in units_of(session, chat.id or 0)]
        return duty_shown(session, chat.agency_id, duty_id or 0, asked, office.now, units)


def chosen(office: Conversation, who: str = OFFICE) -> Chosen:
    """The planning unit's part, in full."""
    found = page(office, Asked(code="A1"), who).chosen
    assert found is not None
    return found


def history(office: Conversation, who: str = OFFICE) -> Sequence[Event]:
    return chosen(office, who).history


def titles(office: Conversation, who: str = OFFICE) -> list[str]:
    return [event.title for event in history(office, who)]


def told(office: Conversation, channel: Channel) -> None:
    """The slot is planned, and its letters go out."""
    plan_agency(office.engine, 1, office.now, is_new_day=True)
    asyncio.run(deliver(office.engine, {"web": channel}, StoppedClock(office.now)))


def test_letter_answer_and_decision_stand_in_the_order_of_time(office: Conversation) -> None:
    told(office, RecordingChannel())
    for hours, who, words in ((1, PLANS, "xong #A1, 4 tin"), (2, OFFICE, "trả lại #A1 vì thiếu số liệu")):
        office.now = NOW + timedelta(hours=hours)
        office.say(who, words)
    assert titles(office) == [
        "Nhắc trước hạn 2 ngày làm việc",
        "Báo đã hoàn thành",
        "Trả lại",
        "Báo đơn vị quyết định của Văn phòng",
    ]


def test_an_answer_is_shown_in_the_unit_s_own_words_with_what_it_counts(office: Conversation) -> None:
    office.say(PLANS, "xong #A1 ngày 12/3, 4 tin, báo cáo số 12/BC-VP https://so.gov.vn/tin")
    [event] = history(office)
    assert (event.sort, event.who, event.links) == (Sort.UNIT, PLANS, ("https://so.gov.vn/tin",))
    assert event.details == (
        "Đơn vị nêu đã xong từ ngày 12/03/2022",
        "Kết quả: 4 tin",
        "Văn bản: báo cáo số 12/BC-VP",
    )


def test_an_extension_shows_both_dates_and_every_due_date_there_was(office: Conversation) -> None:
    office.say(PLANS, "#A1 xin lùi đến 25/3 vì chờ số liệu")
    office.now = NOW + timedelta(hours=1)
    office.say(OFFICE, "duyệt #A1")
    assert "Đồng ý lùi hạn: hạn từ 16/03/2022 thành 25/03/2022" in titles(office)
    assert chosen(office).dues == ("16/03/2022", "25/03/2022")


def test_what_was_taken_back_is_shown_as_taken_back(office: Conversation) -> None:
    office.say(PLANS, "xong #A1")
    office.now = NOW + timedelta(minutes=5)
    office.say(PLANS, "hoàn tác")
    said, undone = history(office)
    assert (said.is_taken_back, undone.title) == (True, "Hoàn tác: báo đã hoàn thành")


def test_a_file_stands_with_the_answer_it_came_with(office: Conversation) -> None:
    office.say(PLANS, "xong #A1", file_name="buoi-hop.jpg", file=JPEG)
    [file] = [file for event in history(office) for file in event.files]
    assert (file.name, file.size, file.is_picture, file.is_removed) == (
        "buoi-hop.jpg",
        len(JPEG),
        True,
        False,
    )


def test_a_letter_that_did_not_arrive_says_why_and_where_it_went_instead(office: Conversation) -> None:
    told(office, FaultyChannel(DeliveryError("bot đã bị chặn", Failure.PERMANENT)))
    [lost, _again] = [event.letter for event in history(office) if event.letter and event.letter.rung]
    assert lost is not None
    assert (lost.state, lost.failure) == (LetterState.FAILED, "bot đã bị chặn")
    assert lost.instead == f"Nội dung này đã gửi lại đến “{OFFICE}”."


def test_the_office_s_new_words_for_the_deadline_are_part_of_it(office: Conversation) -> None:
    office.say(OFFICE, "1.1 hạn 30/3/2022")
    event = next(event for event in history(office) if event.title.startswith("Ghi lại thời hạn"))
    assert event.words == "30/3/2022"


def test_putting_off_a_reminder_is_part_of_it(office: Conversation) -> None:
    office.say(PLANS, "#A1 nhắc lại ngày 15/3")
    assert "Hẹn nhắc lại từ ngày 15/03/2022" in titles(office)


def test_work_given_to_another_unit_says_to_which(office: Conversation) -> None:
    office.say(OFFICE, f"không tính #A2 vì một đơn vị là đủ; chuyển #A1 sang {PRESS}")
    assert f"Chuyển sang {PRESS}" in titles(office)
    assert chosen(office).part.state == "đã chuyển đơn vị khác"


def test_the_states_are_those_of_every_count(office: Conversation) -> None:
    office.say(PRESS, "xong #A2")
    office.now = NOW + timedelta(days=4)
    with office.office() as small:
        rules = office_of(small.session, small.agency, day_of(office.now))
        facts = facts_on(ledger_of(small.session, small.agency_id), rules, day_of(office.now))
    counted = {fact.short_code: fact.value.label for fact in facts if fact.value and fact.code == "1.1"}
    assert {part.code: part.state for part in page(office).parts.rows} == counted


def test_the_most_pressing_part_is_shown_first(office: Conversation) -> None:
    office.say(PLANS, "xong #A1")
    shown = page(office)
    assert shown.chosen is not None
    assert shown.chosen.part.code == "A2"


def test_the_list_is_filtered_by_unit_and_a_part_found_by_its_number(office: Conversation) -> None:
    [first, second] = page(office).parts.rows
    assert [part.code for part in page(office, Asked(unit_id=second.unit_id)).parts.rows] == [second.code]
    found = page(office, Asked(code=str(first.obligation_id))).chosen
    assert found is not None
    assert found.part == first


def test_a_long_list_is_cut_into_pages(office: Conversation) -> None:
    with office.office() as small:
        names = [f"Phòng số {number}" for number in range(AT_ONCE + 3)]
        for name in names:
            small.unit(name)
        small.confirmed(NOW, duty("9", due_on(DUE), *names))
    shown = page(office, Asked(page=2), code="9").parts
    assert (len(shown.rows), shown.count, shown.number) == (3, AT_ONCE + 3, 2)


def test_a_unit_sees_its_own_part_alone(office: Conversation) -> None:
    office.say(PRESS, "xong #A2, kết quả riêng")
    shown = page(office, who=PLANS)
    assert [part.unit for part in shown.parts.rows] == [PLANS]
    assert [name for _, name in shown.units] == [PLANS]


@pytest.mark.parametrize(("code", "asked"), [("1.2", ALL), ("1.1", Asked(code="A2"))])
def test_another_unit_s_work_is_not_there(office: Conversation, code: str, asked: Asked) -> None:
    with pytest.raises(NotThere):
        page(office, asked, PLANS, code)


def test_another_agency_s_duty_is_not_there(office: Conversation) -> None:
    with transaction(office.engine) as session, pytest.raises(NotThere):
        duty_shown(session, 2, 1, ALL, NOW, None)


def test_a_unit_sees_no_letters_to_the_office(office: Conversation) -> None:
    office.say(PLANS, "#A1 xin lùi đến 25/3 vì chờ số liệu")
    assert "Báo Văn phòng: đơn vị xin lùi hạn" in titles(office)
    assert titles(office, PLANS) == ["Xin lùi hạn đến 25/03/2022"]


def test_a_letter_that_speaks_of_other_units_too_is_not_opened_to_one(office: Conversation) -> None:
    told(office, RecordingChannel())
    alone = history(office, PLANS)[0].letter
    with transaction(office.engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == PLANS)).one()
        press = session.exec(select(Unit).where(Unit.name == PRESS)).one()
        session.add(ChatUnit(chat_id=chat.id or 0, unit_id=press.id or 0))
    with transaction(office.engine) as session:
        plans = session.exec(select(Unit.id).where(Unit.name == PLANS)).one()
        shown = duty_shown(session, 1, 1, Asked(code="A1"), NOW, [plans or 0])
    assert alone is not None
    assert alone.lines
    assert shown.chosen is not None
    assert [event.letter.lines for event in shown.chosen.history if event.letter] == [()]


def test_the_wording_is_the_plan_s_own(office: Conversation) -> None:
    wording = page(office).wording
    assert [(each.printed, each.role.value) for each in wording.units] == [(PLANS, "lead"), (PRESS, "lead")]
    assert (wording.place, wording.plan) == ("dòng 4", "485/KH-STTTT - Tuyên truyền")


def test_ongoing_work_says_whether_it_was_reported(office: Conversation) -> None:
    with office.office() as small:
        small.confirmed(NOW, duty("7", ONGOING, PLANS))
    office.say(PLANS, f"{page(office, code='7').parts.rows[0].code} đang làm")
    states = {part.state for part in page(office, code="7").parts.rows}
    assert states == {"thường xuyên: đã báo cáo", "thường xuyên: chưa báo cáo"}
