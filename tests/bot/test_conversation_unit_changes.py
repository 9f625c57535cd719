"""Units that are renamed, merged, split or closed from a day on: shown, confirmed, done on that day, taken back."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.engine import transaction
from data.obligations import Item, items
from data.offices import office_of
from data.people import living_units
from data.summaries import summary_of
from data.tables import Nudge, Obligation
from duties.plan import Part, Role
from duties.windows import quarter_window
from scheduler.planning import plan_agency
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

MERGED = "Phòng Kế hoạch và Truyền thông"
MERGE = f"từ 1/5 {PLANS} và {PRESS} hợp nhất thành {MERGED}"
CONFIRM = "xác nhận thay đổi đơn vị"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """Phòng Kế hoạch leads 1.1 and with Phòng Thông tin 1.2; Phòng Thông tin leads 1.3, with Phòng Kế hoạch to help."""
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    talk.plan(
        duty("1.1", due_on(date(2022, 3, 31)), PLANS, row=1),
        duty("1.2", due_on(date(2022, 6, 30)), PLANS, PRESS, row=2),
        duty("1.3", due_on(date(2022, 9, 30)), PRESS, partners=(PLANS,), row=3),
        duty("1.4", due_on(date(2022, 10, 31)), "Các phòng", row=4),
    )
    return talk


def owed(talk: Conversation, *, still_open: bool = True) -> dict[str, str]:
    """Short code and unit of what is open, or of everything."""
    with transaction(talk.engine) as session:
        found = items(session)
    return {
        each.obligation.short_code: each.unit.name
        for each in found
        if each.obligation.is_open or not still_open
    }


def item_of(talk: Conversation, code: str) -> Item:
    return talk.owed(code)


def living(talk: Conversation, on: date) -> list[str]:
    with talk.office() as small:
        return [unit.name for unit in living_units(small.session, small.agency_id, on)]


def wind(talk: Conversation, moment: str) -> None:
    talk.now = hanoi(moment)
    with talk.office() as small:
        agency_id = small.agency_id
    plan_agency(talk.engine, agency_id, talk.now, is_new_day=True)


def test_it_is_shown_first_and_nothing_is_done(talk: Conversation) -> None:
    before = owed(talk)
    said = talk.reply(OFFICE, MERGE)
    assert f"Từ 01/05/2022: {PLANS} và {PRESS} hợp nhất thành {MERGED}" in said
    assert "6 phần việc chưa xong" in said
    assert owed(talk) == before


def test_confirmed_before_its_day_it_waits_for_it(talk: Conversation) -> None:
    before = owed(talk)
    talk.say(OFFICE, MERGE)
    assert "Đến ngày đó sẽ tự thực hiện" in talk.reply(OFFICE, "xác nhận")
    wind(talk, "2022-04-30 08:00")
    assert owed(talk) == before


def test_on_its_day_everything_open_goes_to_the_heir_once(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    assert owed(talk) == {"A2": MERGED, "A4": MERGED, "A5": MERGED}
    assert living(talk, date(2022, 5, 1)) == [MERGED]


def test_what_was_done_stays_with_the_unit_that_did_it(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    assert item_of(talk, "A1").unit.name == PLANS


def test_who_had_done_its_part_is_not_asked_for_it_again(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A2")
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    assert item_of(talk, "A2").unit.name == PLANS
    assert item_of(talk, "A3").unit.name == MERGED


def test_done_on_both_sides_it_is_owed_no_more(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A2")
    talk.say(PRESS, "xong #A3")
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    with transaction(talk.engine) as session:
        second = [each for each in items(session) if each.duty.code == "1.2"]
    assert [each.unit.name for each in second] == [PLANS, PRESS]


def test_running_it_twice_changes_nothing_more(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    once = owed(talk, still_open=False)
    wind(talk, "2022-05-02 08:00")
    assert owed(talk, still_open=False) == once


def test_the_chats_serve_the_heir_and_are_told_so_once(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    for chat in (PLANS, PRESS):
        told = [text for text in talk.told(chat) if "kênh này nhận tin cho" in text]
        assert told == [f"Từ 01/05/2022, kênh này nhận tin cho {MERGED}. Gõ /viec để xem việc."]
    assert "Đã ghi" in talk.reply(PRESS, "xong #A4")


def test_the_office_is_told_when_it_was_done_by_itself(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-05-01 08:00")
    assert any("đã thực hiện theo xác nhận của Văn phòng" in text for text in talk.told(OFFICE))


def test_numbers_of_before_keep_the_units_of_their_day(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    wind(talk, "2022-07-04 08:00")
    with talk.office() as small:
        office = office_of(small.session, small.agency, date(2022, 7, 4))
        first, second = (
            summary_of(small.session, small.agency, office, quarter_window(2022, n), date(2022, 7, 4))
            for n in (1, 2)
        )
    assert [row.unit for row in first.by_unit if row.counts.total] == [PLANS]
    assert [row.unit for row in second.by_unit if row.counts.total] == [MERGED]


def test_a_day_gone_by_is_done_at_once(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE.replace("1/5", "1/3"))
    assert "Đã thực hiện" in talk.reply(OFFICE, "xác nhận")
    assert set(owed(talk).values()) == {MERGED}


def test_a_merger_is_taken_back_while_nobody_has_answered(talk: Conversation) -> None:
    before = owed(talk)
    talk.say(OFFICE, MERGE.replace("1/5", "1/3"))
    talk.say(OFFICE, "xác nhận")
    assert "Mọi việc như trước" in talk.reply(OFFICE, "hoàn tác")
    assert owed(talk) == before
    assert "Đã ghi" in talk.reply(PRESS, "xong #A4")


def test_taken_back_it_may_be_done_again(talk: Conversation) -> None:
    for said in (
        MERGE.replace("1/5", "1/3"),
        "xác nhận",
        "hoàn tác",
        MERGE.replace("1/5", "1/3"),
        "xác nhận",
    ):
        talk.say(OFFICE, said)
    assert set(owed(talk).values()) == {MERGED}
    assert len(owed(talk)) == 4


def test_after_an_answer_it_is_not_taken_back(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE.replace("1/5", "1/3"))
    talk.say(OFFICE, "xác nhận")
    talk.now = hanoi("2022-03-14 09:30")
    talk.say(PRESS, "xong #A4")
    assert "không bỏ được" in talk.reply(OFFICE, "bỏ thay đổi đơn vị 1")
    assert set(owed(talk).values()) == {MERGED}


def test_a_unit_goes_into_one_that_lives_and_brings_no_second_obligation(talk: Conversation) -> None:
    talk.say(OFFICE, f"sáp nhập {PRESS} vào {PLANS}")
    talk.say(OFFICE, "xác nhận")
    assert owed(talk) == {"A1": PLANS, "A2": PLANS, "A4": PLANS, "A5": PLANS}


def test_what_the_heir_had_done_is_open_again_for_the_part_that_comes_to_it(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A2")
    talk.now = hanoi("2022-03-14 10:00")
    talk.say(OFFICE, f"sáp nhập {PRESS} vào {PLANS}")
    assert "Mở lại #A2" in talk.reply(OFFICE, "xác nhận")
    assert owed(talk)["A2"] == PLANS


def test_the_bullets_of_both_are_one_s(engine: Engine) -> None:
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    both = duty("1.1", due_on(date(2022, 6, 30)), PLANS, PRESS, row=1)
    parts = (Part(PLANS, Role.LEAD, (1,)), Part(PRESS, Role.LEAD, (2, 3)))
    talk.plan(type(both)(**{**vars(both), "parts": parts}))
    talk.say(OFFICE, MERGE.replace("1/5", "1/3"))
    talk.say(OFFICE, "xác nhận")
    assert item_of(talk, "A1").obligation.bullets == [1, 2, 3]


def test_a_split_shares_its_duties_as_the_office_says(talk: Conversation) -> None:
    said = talk.reply(OFFICE, f"{PLANS} tách thành Phòng Kế hoạch và Phòng Tài chính từ 1/3")
    assert "1. 1.1" in said
    assert "(1 phần việc) — Phòng Tài chính" in said
    assert "— Phòng Kế hoạch" in talk.reply(OFFICE, "1, 3 cho Phòng Kế hoạch")
    talk.say(OFFICE, "xác nhận")
    assert owed(talk)["A1"] == "Phòng Kế hoạch"
    assert owed(talk)["A2"] == "Phòng Tài chính"


def test_both_parts_of_a_split_owe_what_every_unit_owes(talk: Conversation) -> None:
    talk.say(OFFICE, f"{PLANS} tách thành Phòng Kế hoạch và Phòng Tài chính từ 1/3")
    talk.say(OFFICE, "xác nhận")
    with transaction(talk.engine) as session:
        of_all = {
            each.unit.name for each in items(session) if each.duty.code == "1.4" and each.obligation.is_open
        }
    assert of_all == {"Phòng Kế hoạch", "Phòng Tài chính", PRESS}


def test_a_number_that_is_not_in_the_list_is_told(talk: Conversation) -> None:
    talk.say(OFFICE, f"{PLANS} tách thành Phòng Kế hoạch và Phòng Tài chính từ 1/3")
    assert "không có số 9" in talk.reply(OFFICE, "9 cho Phòng Kế hoạch")
    assert "không phải đơn vị được tách ra" in talk.reply(OFFICE, f"1 cho {PRESS}")


def test_a_unit_that_still_owes_is_closed_only_with_an_heir(talk: Conversation) -> None:
    assert "còn 3 phần việc chưa xong" in talk.reply(OFFICE, f"giải thể {PLANS} từ 1/3")
    talk.say(OFFICE, f"giải thể {PLANS} từ 1/3, giao việc cho {PRESS}")
    talk.say(OFFICE, "xác nhận")
    assert set(owed(talk).values()) == {PRESS}


def test_a_rename_from_a_day_on_keeps_the_old_name_before_it(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, f"từ 1/5 {PLANS} đổi tên thành Phòng Tổng hợp")
    talk.say(OFFICE, "xác nhận")
    wind(talk, "2022-07-04 08:00")
    with talk.office() as small:
        office = office_of(small.session, small.agency, date(2022, 7, 4))
        first, second = (
            summary_of(small.session, small.agency, office, quarter_window(2022, n), date(2022, 7, 4))
            for n in (1, 2)
        )
    assert [row.unit for row in first.by_unit if row.counts.total] == [PLANS]
    assert "Phòng Tổng hợp" in [row.unit for row in second.by_unit if row.counts.total]


def test_a_dated_rename_is_taken_back(talk: Conversation) -> None:
    talk.say(OFFICE, f"từ 1/3 {PLANS} đổi tên thành Phòng Tổng hợp")
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "hoàn tác")
    assert living(talk, date(2022, 3, 14)) == [PLANS, PRESS]


def test_what_waits_for_its_day_is_listed_and_dropped(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE)
    talk.say(OFFICE, CONFIRM)
    assert "chờ đến ngày" in talk.reply(OFFICE, "xem thay đổi đơn vị")
    talk.say(OFFICE, "bỏ thay đổi đơn vị 1")
    wind(talk, "2022-05-01 08:00")
    assert MERGED not in set(owed(talk).values())


def test_a_unit_may_not_change_units(talk: Conversation) -> None:
    talk.say(PLANS, MERGE.replace("1/5", "1/3"))
    talk.say(PLANS, "xác nhận")
    assert set(owed(talk).values()) == {PLANS, PRESS}


def test_a_helper_that_became_the_lead_is_no_helper(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE.replace("1/5", "1/3"))
    talk.say(OFFICE, "xác nhận")
    wind(talk, "2022-09-16 08:00")
    with transaction(talk.engine) as session:
        third = session.exec(select(Obligation).where(col(Obligation.short_code) == "A4")).one()
        assert third.next_rung_on is not None
    with talk.office() as small:
        told = small.session.exec(select(Nudge).where(Nudge.obligation_id == third.id)).all()
    assert told
    assert all(nudge.partner_id == 0 for nudge in told)


def test_renamed_twice_from_one_day_on_the_first_name_was_before_it(talk: Conversation) -> None:
    for name, other in ((PLANS, "Phòng Tổng hợp"), ("Phòng Tổng hợp", "Phòng Kế hoạch")):
        talk.say(OFFICE, f"từ 1/3 {name} đổi tên thành {other}")
        talk.say(OFFICE, "xác nhận")
    assert living(talk, date(2022, 3, 14)) == ["Phòng Kế hoạch", PRESS]


def test_two_changes_one_after_the_other_reach_the_last_heir(talk: Conversation) -> None:
    for said in (f"sáp nhập {PRESS} vào {PLANS}", f"{PLANS} tách thành Phòng Một và Phòng Hai"):
        talk.say(OFFICE, said)
        talk.say(OFFICE, "xác nhận")
    assert {owed(talk)[code] for code in ("A1", "A2", "A4")} == {"Phòng Hai"}


def test_only_the_last_change_is_taken_back_first(talk: Conversation) -> None:
    for said in (f"sáp nhập {PRESS} vào {PLANS}", f"{PLANS} tách thành Phòng Một và Phòng Hai"):
        talk.say(OFFICE, said)
        talk.say(OFFICE, "xác nhận")
    assert "xin bỏ thay đổi sau trước" in talk.reply(OFFICE, "bỏ thay đổi đơn vị 1")


def test_a_split_is_taken_back(talk: Conversation) -> None:
    before = owed(talk)
    talk.say(OFFICE, f"{PLANS} tách thành Phòng Một và Phòng Hai")
    talk.say(OFFICE, "1 cho Phòng Một")
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "hoàn tác")
    assert owed(talk) == before
    assert living(talk, talk.now.date()) == [PLANS, PRESS]


def test_a_merger_into_a_living_unit_is_taken_back(talk: Conversation) -> None:
    before = owed(talk)
    talk.say(OFFICE, f"sáp nhập {PRESS} vào {PLANS}")
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "hoàn tác")
    assert owed(talk) == before


def test_a_part_may_keep_the_name(talk: Conversation) -> None:
    talk.say(OFFICE, f"{PLANS} tách thành {PLANS} và Phòng Hai")
    talk.say(OFFICE, "2 cho Phòng Hai")
    talk.say(OFFICE, "xác nhận")
    assert (owed(talk)["A1"], owed(talk)["A2"]) == (PLANS, "Phòng Hai")
    assert living(talk, talk.now.date()) == [PLANS, PRESS, "Phòng Hai"]


def test_units_nobody_knows_are_told(talk: Conversation) -> None:
    before = owed(talk)
    talk.reply(OFFICE, "sáp nhập Phòng Không Có vào Phòng Nào")
    talk.say(OFFICE, "xác nhận")
    assert owed(talk) == before


def test_a_code_that_was_joined_means_what_it_was_joined_with(talk: Conversation) -> None:
    talk.say(OFFICE, MERGE.replace("1/5", "1/3"))
    talk.say(OFFICE, "xác nhận")
    assert "#A2" in talk.reply(PRESS, "xong #A3")
    assert item_of(talk, "A2").obligation.done_at == talk.now
