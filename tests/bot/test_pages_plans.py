"""The plans' pages: what they read of a plan, in one go and only of the reader's own agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.pages.desk import NotThere
from bot.pages.invitations import Room
from bot.pages.passes import Seat
from bot.pages.plans.comparing import beside
from bot.pages.plans.confirming import Foretold, foretold
from bot.pages.plans.history import history
from bot.pages.plans.rows import rows_html
from bot.pages.plans.sheet import Sheet, SheetRow, sheet
from bot.pages.plans.shelf import Shelf, shelf
from bot.pages.plans.unmatched import NEW, sayings
from bot.pages.reader import Reader
from bot.world import World
from data.engine import transaction
from data.plans import where_of
from data.tables import Agency, Chat, ChatRole, Letter, Obligation, Plan, PlanState
from scheduler.clock import StoppedClock
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import SmallOffice

T = TypeVar("T")
AGENCY, NOON = 1, hanoi("2022-03-14 09:00")
TODAY = NOON.date()
PLAN = """KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2022

I. CÔNG TÁC THÔNG TIN

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1.1 | Xây dựng chuyên mục | Phòng Kế hoạch - Tài chính | Sớm |
| 1.2 | Khảo sát sự hài lòng | | Quý II |
| 1.3 | Thi tìm hiểu | Phòng Thông tin - Báo chi | Quý I, III |
| 1.4 | Họp báo | Phòng Thông tin - Báo chí | 28/02/2022 |

Nơi nhận:
"""
CHANGED = PLAN.replace("Tuyên truyền", "Điều chỉnh Kế hoạch tuyên truyền").replace("Quý II |", "Quý IV |")


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    talk = Conversation(engine, NOON)
    talk.say(OFFICE, file_name="ke-hoach.txt", file=PLAN.encode())
    return talk


def asked(talk: Conversation, question: Callable[[Session], T]) -> T:
    with transaction(talk.engine) as session:
        return question(session)


def the_sheet(talk: Conversation, plan_id: int = 1) -> Sheet:
    return asked(talk, lambda session: sheet(session, AGENCY, plan_id, TODAY))


def the_shelf(talk: Conversation) -> Shelf:
    return asked(talk, lambda session: shelf(session, AGENCY, TODAY))


def row(talk: Conversation, code: str) -> SheetRow:
    return next(each for each in the_sheet(talk).rows if each.code == code)


def reader(talk: Conversation, office: str = OFFICE) -> Reader:
    """The office, at its page."""
    with transaction(talk.engine) as session:
        chat = session.exec(select(Chat).where(Chat.address == office)).one()
        room = Room(Seat(chat.id or 0, chat.address), chat.agency_id, "Sở", ChatRole.OFFICE, office)
    world = World(talk.engine, StoppedClock(NOON), {}, AGENCY, files=talk.files)
    return Reader(world, room, (room,), ())


def what_would_be(talk: Conversation, plan_id: int = 1) -> Foretold:
    who = reader(talk)
    return asked(talk, lambda session: foretold(session, who, plan_id))


def test_a_draft_stands_on_the_shelf_with_what_it_still_asks(talk: Conversation) -> None:
    [card] = the_shelf(talk).drafts
    assert (card.duties, card.dateless, card.unitless, card.asked >= 3) == (4, 1, 1, True)


def test_a_plan_in_force_is_counted_by_its_work(talk: Conversation) -> None:
    talk.say(OFFICE, "xác nhận")
    [card] = the_shelf(talk).in_force
    assert (card.owed, card.still_open, card.held) == (3, 3, 1)


def test_a_withdrawn_plan_stays_on_the_shelf(talk: Conversation) -> None:
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "rút kế hoạch 1, xác nhận")
    assert [card.state for card in the_shelf(talk).withdrawn] == [PlanState.WITHDRAWN]


def test_another_agency_has_no_such_plan(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        session.add(Agency(name="Sở Nội vụ", code="SNV", created_at=NOON))
    with pytest.raises(NotThere):
        asked(talk, lambda session: sheet(session, AGENCY + 1, 1, TODAY))


def test_another_agencys_shelf_is_empty(talk: Conversation) -> None:
    assert asked(talk, lambda session: shelf(session, AGENCY + 1, TODAY)).is_empty


def test_a_row_stands_beside_the_words_of_the_file(talk: Conversation) -> None:
    found = row(talk, "1.4")
    assert (found.where, found.cells) == (
        "bảng 1, dòng 5",
        ("Họp báo", "Phòng Thông tin - Báo chí", "28/02/2022"),
    )


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("//1/4#3", "bảng 1, dòng 4"),
        ("Phụ lục I/II//2/7#1", "trang tính “Phụ lục I/II”, bảng 2, dòng 7"),
        ("/3//12#9", "trang 3, dòng 12"),
        # brought by an edition, whose number stands before it
        ("12://1/4#7", "bảng 1, dòng 4"),
        ("12:Biểu 1///4#7", "trang tính “Biểu 1”, dòng 4"),
    ],
)
def test_a_place_is_said_as_a_person_would(place: str, where: str) -> None:
    assert where_of(place) == where


def test_what_lacks_a_date_or_a_unit_is_asked(talk: Conversation) -> None:
    assert [each.code for each in the_sheet(talk).rows if each.is_asked] == ["1.1", "1.2", "1.3", "1.4"]


def test_a_doubt_names_its_row(talk: Conversation) -> None:
    assert [each.places for each in the_sheet(talk).questions if each.about == "1.2"] == [(2,)]


def test_a_doubt_about_a_code_that_repeats_is_about_the_row_where_it_arose(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    twice = PLAN.replace("| 1.2 |", "| 1.4 |").replace("| 28/02/2022 |", "| Càng sớm |")
    talk.say(OFFICE, file_name="hai-lan.txt", file=twice.encode())
    found = the_sheet(talk)
    doubt = next(each for each in found.doubts if "“Càng sớm”" in each.text)
    assert doubt.places == (4,)
    assert [doubt.number in each.asked for each in found.rows] == [False, False, False, True]


def test_what_is_asked_of_a_row_stays_when_another_of_its_code_is_left_out(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    twice = PLAN.replace("| 1.2 |", "| 1.4 |").replace("| 28/02/2022 |", "| Càng sớm |")
    talk.say(OFFICE, file_name="hai-lan.txt", file=twice.encode())
    talk.say(OFFICE, "bỏ @2")
    assert any("“Càng sớm”" in each.text for each in the_sheet(talk).open_questions)


def test_a_settled_doubt_keeps_its_place(talk: Conversation) -> None:
    before = the_sheet(talk)
    talk.say(OFFICE, "KH1: @1 hạn 30/6")
    after = the_sheet(talk)
    assert [each.number for each in after.questions] == [each.number for each in before.questions]
    assert len(after.open_questions) == len(before.open_questions) - 1


def test_the_offices_words_for_a_deadline_stand_beside_the_plans(talk: Conversation) -> None:
    talk.say(OFFICE, "KH1: @1 hạn 30/6")
    found = row(talk, "1.1")
    assert (found.phrase, found.meant, found.days) == ("Sớm", "30/6", (date(2022, 6, 30),))


def test_what_a_plan_says_is_never_markup(talk: Conversation) -> None:
    found = the_sheet(talk)
    evil = "<img src=x onerror=alert(1)>"
    bad = replace(
        found.rows[0], code=evil, heading=evil, content=evil, leads=(evil,), partners=(evil,), phrase=evil,
        says=evil, where=evil, printed=(evil,), meant=evil, event=evil,
    )  # fmt: skip
    assert "<img" not in rows_html(found, [bad], may_edit=True)


def test_who_may_not_change_a_plan_gets_no_button(talk: Conversation) -> None:
    found = the_sheet(talk)
    assert "data-row" not in rows_html(found, found.rows, may_edit=False)


def test_a_duty_in_force_tells_what_each_unit_owes_of_it(talk: Conversation) -> None:
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "kỳ đã qua: đã xong")
    [share] = row(talk, "1.4").shares
    assert (share.unit, share.done, share.open) == (PRESS, 1, 0)


def test_a_duty_links_to_its_own_page(talk: Conversation) -> None:
    talk.say(OFFICE, "xác nhận")
    found = the_sheet(talk)
    assert f'href="/nhiem-vu/{found.rows[0].id}"' in rows_html(found, found.rows, may_edit=True)


def test_who_sees_no_work_sees_the_plan_alone(talk: Conversation) -> None:
    talk.say(OFFICE, "xác nhận")
    found = asked(talk, lambda session: sheet(session, AGENCY, 1, TODAY, with_work=False))
    html = rows_html(found, found.rows, may_edit=False, opens_duties=False)
    assert (found.held, "/nhiem-vu/" in html, "state" in html) == (0, False, False)


def test_what_confirming_will_do_is_told_before(talk: Conversation) -> None:
    told = what_would_be(talk)
    assert (told.duties, told.owed, told.units, told.past) == (4, 3, 1, 1)
    assert (told.dateless, told.unitless, told.without_chat) == (1, 1, ())


def test_telling_it_leaves_everything_as_it_was(talk: Conversation) -> None:
    letters = asked(talk, lambda session: len(session.exec(select(Letter)).all()))
    what_would_be(talk)
    with transaction(talk.engine) as session:
        assert session.get_one(Plan, 1).state is PlanState.DRAFT
        assert session.exec(select(Obligation)).all() == []
        assert len(session.exec(select(Letter)).all()) == letters


def test_confirming_does_what_was_told(talk: Conversation) -> None:
    told = what_would_be(talk)
    talk.say(OFFICE, "xác nhận")
    [card] = the_shelf(talk).in_force
    assert (card.owed, card.held) == (told.owed, told.past)


def test_units_that_confirming_makes_are_named_before(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    with transaction(engine) as session:
        SmallOffice.founded(session, NOON, name="Sở Nội vụ", code="SNV").chat(
            "Văn phòng mới", NOON, role=ChatRole.OFFICE
        )
    read = talk.say("Văn phòng mới", file_name="ke-hoach.txt", file=PLAN.encode())
    assert "Cơ quan chưa có đơn vị nào: xác nhận thì lập" in " ".join(message.text for message in read)
    who = reader(talk, "Văn phòng mới")
    told = asked(talk, lambda session: foretold(session, who, 1))
    assert (PLANS in told.new_units, told.owed) == (True, 3)


def test_a_row_that_is_left_out_makes_no_unit(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    with transaction(engine) as session:
        SmallOffice.founded(session, NOON, code="SNV").chat("Văn phòng mới", NOON, role=ChatRole.OFFICE)
    talk.say("Văn phòng mới", file_name="ke-hoach.txt", file=PLAN.encode())
    who = reader(talk, "Văn phòng mới")
    before = asked(talk, lambda session: foretold(session, who, 1)).new_units
    talk.say("Văn phòng mới", "bỏ 1.1")
    assert set(before) - set(asked(talk, lambda session: foretold(session, who, 1)).new_units) == {PLANS}


def test_an_edition_stands_beside_the_plan_it_changes(talk: Conversation) -> None:
    talk.say(OFFICE, "KH1: số 12/KH-STTTT")
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, file_name="dieu-chinh.txt", file=CHANGED.encode())
    talk.say(OFFICE, "KH2: đây là bản điều chỉnh của kế hoạch 12")
    edition = asked(talk, lambda session: beside(session, 2)).edition
    assert edition is not None
    assert [change.after for pair in edition.found.changed for change in pair.changed] == ["Quý IV"]


def test_the_history_tells_who_did_what(talk: Conversation) -> None:
    talk.say(OFFICE, "KH1: @1 hạn 30/6", person="Hà")
    talk.say(OFFICE, "xác nhận", person="Lan")
    steps = asked(talk, lambda session: history(session, AGENCY, 1))
    assert [(step.who, step.what) for step in steps] == [
        ("Lan", "xác nhận kế hoạch"),
        ("Hà", "sửa hạn 1.1 thành “30/6”"),
        (OFFICE, "nạp tệp ke-hoach.txt"),
    ]


def test_the_history_tells_when_a_deadline_is_as_printed_again(talk: Conversation) -> None:
    talk.say(OFFICE, "KH1: @1 hạn 30/6")
    talk.say(OFFICE, "KH1: @1 hạn như kế hoạch ghi")
    steps = asked(talk, lambda session: history(session, AGENCY, 1))
    assert steps[0].what == "sửa hạn 1.1 về như kế hoạch ghi"


def test_the_history_tells_what_was_left_out_from_what_was_taken_back(talk: Conversation) -> None:
    talk.say(OFFICE, "KH1: bỏ @1")
    talk.say(OFFICE, "KH1: lấy lại @1")
    steps = asked(talk, lambda session: history(session, AGENCY, 1))
    assert [step.what for step in steps[:2]] == ["lấy lại nhiệm vụ 1.1", "bỏ nhiệm vụ 1.1"]


def test_a_body_without_duties_and_its_appendix_sent_together_are_one_plan(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    body = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2022\n\nNhiệm vụ ghi tại phụ lục.\n"
    table = PLAN.partition("I. CÔNG TÁC")[2]
    talk.say(OFFICE, "năm 2022", file_name="than.txt", file=body.encode(), album="a")
    talk.say(OFFICE, "phụ lục", file_name="phu-luc.txt", file=table.encode(), album="a")
    assert [card.files for card in the_shelf(talk).drafts] == [("than.txt", "phu-luc.txt")]


def test_a_plan_of_140_duties_is_read_whole(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    file = Path(__file__).parent.parent / "samples" / "nq03-phu-luc-2.docx"
    talk.say(OFFICE, "năm 2025-2030", file_name=file.name, file=file.read_bytes())
    found = the_sheet(talk)
    assert (len(found.rows), len(found.kept)) == (140, 140)


def test_two_readings_of_one_plan_are_equal_so_that_nothing_is_drawn_anew(talk: Conversation) -> None:
    assert the_sheet(talk) == the_sheet(talk)


def test_a_row_put_into_another_says_where_it_went_and_cannot_be_edited(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 1.2 và 1.3")
    kept, gone = row(talk, "1.2"), row(talk, "1.3")
    html = rows_html(the_sheet(talk), [gone], may_edit=True)
    assert (kept.holds, gone.went_into) == (("1.3",), "1.2")
    assert ("Đã gộp vào 1.2" in html, "data-row" in html) == (True, False)


def test_a_question_of_a_row_is_asked_of_the_duty_that_it_went_into(talk: Conversation) -> None:
    talk.say(OFFICE, "gộp 1.2 và 1.3")
    assert [each.places for each in the_sheet(talk).open_questions if each.about == "1.3"] == [(2,)]


def test_a_row_taken_in_leaves_the_list_of_those_that_are_no_duty(engine: Engine) -> None:
    talk = Conversation(engine, NOON)
    with_total = PLAN.replace("\nNơi nhận:", "| Tổng cộng | 4 việc | | |\n\nNơi nhận:")
    talk.say(OFFICE, file_name="ke-hoach.txt", file=with_total.encode())
    assert [each.number for each in the_sheet(talk).left_out] == [1]
    talk.say(OFFICE, "KH1: lấy lại dòng không tính 1")
    assert (the_sheet(talk).left_out, the_sheet(talk).rows[-1].is_asked) == ((), True)


STRANGERS = PLAN.replace("Phòng Kế hoạch - Tài chính", "P. TTBC").replace(
    "| 1.2 | Khảo sát sự hài lòng | |", "| 1.2 | Khảo sát | Công đoàn |"
)


@pytest.fixture
def strangers(engine: Engine) -> Conversation:
    """A plan that names a unit by its initials, and one that the house does not have."""
    talk = Conversation(engine, NOON)
    talk.say(OFFICE, file_name="ke-hoach.txt", file=STRANGERS.encode())
    return talk


def test_a_name_that_is_no_units_stands_with_the_units_it_may_mean(strangers: Conversation) -> None:
    assert [(each.name, each.near) for each in the_sheet(strangers).unmatched] == [
        ("P. TTBC", (PRESS,)),
        ("Công đoàn", ()),
    ]


def test_of_each_name_only_what_was_chosen_is_said(strangers: Conversation) -> None:
    unknown = the_sheet(strangers).unmatched
    assert list(sayings(unknown, {"ten-0": "", "ten-1": ""})) == []
    assert list(sayings(unknown, {"ten-0": PRESS, "ten-1": NEW})) == [
        f"gọi “P. TTBC” là “{PRESS}”",
        "thêm đơn vị: Công đoàn",
    ]


def test_what_was_chosen_matches_the_names_of_the_plan(strangers: Conversation) -> None:
    for words in sayings(the_sheet(strangers).unmatched, {"ten-0": PRESS, "ten-1": NEW}):
        strangers.say(OFFICE, words)
    assert the_sheet(strangers).unmatched == ()
    assert (row(strangers, "1.1").has_unit, row(strangers, "1.2").has_unit) == (True, True)


def test_no_unit_is_made_of_a_name_that_nobody_chose(strangers: Conversation) -> None:
    before = the_sheet(strangers).units
    strangers.say(OFFICE, "xác nhận")
    assert the_sheet(strangers).units == before
