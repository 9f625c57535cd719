"""A new edition of a plan in force: compared, asked about, confirmed; what was reported stays with its duty."""

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from data.editions import compared
from data.engine import transaction
from data.obligations import Item, items
from data.offices import office_of
from data.plans import duties_of
from data.tables import Nudge, Plan, PlanState
from scheduler.editions import Merging
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation

HEAD = """Số: {number}/KH-STTTT

Khánh Hòa, ngày 25 tháng 02 năm 2022

KẾ HOẠCH
{title}

| TT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
"""
TITLE = "Tuyên truyền cải cách hành chính năm 2022"
CHANGES = "Điều chỉnh, bổ sung Kế hoạch số 485/KH-STTTT về tuyên truyền cải cách hành chính năm 2022"
COLUMN = "| 1 | Xây dựng chuyên mục cải cách hành chính trên trang thông tin điện tử | {lead} | {by} |\n"
MEETING = "| 2 | Tổ chức hội nghị quán triệt kế hoạch | Phòng Thông tin - Báo chí | 30/6 |\n"
LEAFLET = "| 3 | In và phát tờ rơi giới thiệu dịch vụ công trực tuyến | Phòng Thông tin - Báo chí | 15/7 |\n"
CONTEST = "| 4 | Phát động cuộc thi tìm hiểu chuyển đổi số | Phòng Kế hoạch - Tài chính | 30/9 |\n"
FIRST = HEAD.format(number=485, title=TITLE) + COLUMN.format(lead=PLANS, by="30/6") + MEETING + LEAFLET
SECOND = HEAD.format(number=600, title=CHANGES) + COLUMN.format(lead=PLANS, by="20/7") + MEETING + CONTEST
ADDS = HEAD.format(number=601, title=CHANGES.replace("Điều chỉnh, bổ sung", "Bổ sung")) + CONTEST


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """An office whose plan 485 is in force."""
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    send(talk, FIRST, "ke-hoach.md")
    assert "3 phần việc" in talk.reply(OFFICE, "xác nhận")
    return talk


def send(talk: Conversation, content: str, name: str, said: str = "") -> str:
    return " / ".join(m.text for m in talk.say(OFFICE, said, file_name=name, file=content.encode()))


def owed(talk: Conversation) -> dict[str, Item]:
    """The obligations in force by their short codes."""
    with transaction(talk.engine) as session:
        return {item.obligation.short_code: item for item in items(session)}


def dates(talk: Conversation) -> dict[str, str]:
    return {
        code: f"{item.obligation.due:%d/%m}" for code, item in owed(talk).items() if item.obligation.is_open
    }


def test_a_title_that_changes_a_plan_is_compared_with_it(talk: Conversation) -> None:
    said = send(talk, SECOND, "dieu-chinh.md")
    assert "bản điều chỉnh của kế hoạch số 485/KH-STTTT" in said
    assert "Giữ nguyên 1 · thay đổi 1 · mới 1 · sẽ thôi theo dõi 1 · cần hỏi 0" in said


def test_every_change_is_listed_with_what_it_was(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    said = talk.reply(OFFICE, "xem thay đổi")
    assert "1. 1 “Xây dựng chuyên mục cải cách hành chính" in said
    assert "thời hạn “30/6” → “20/7”" in said
    assert "6. 3 “In và phát tờ rơi" in said


def test_nothing_changes_before_it_is_confirmed(talk: Conversation) -> None:
    before = dates(talk)
    send(talk, SECOND, "dieu-chinh.md")
    assert dates(talk) == before == {"A1": "30/06", "A2": "30/06", "A3": "15/07"}


def test_dates_move_new_duties_are_made_and_gone_ones_end(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    said = talk.reply(OFFICE, "xác nhận")
    assert "sửa 1, thêm 1, bỏ 1" in said
    assert dates(talk) == {"A1": "20/07", "A2": "30/06", "A4": "30/09"}
    assert owed(talk)["A3"].obligation.not_applicable


def test_what_was_reported_stays_with_its_duty(talk: Conversation) -> None:
    talk.say(PRESS, "xong #A2")
    talk.say(PLANS, "#A1 đang làm")
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    assert owed(talk)["A2"].obligation.done_at == talk.now
    assert owed(talk)["A1"].obligation.in_progress


def test_what_was_done_of_a_duty_that_is_gone_stays_done(talk: Conversation) -> None:
    talk.say(PRESS, "xong #A3")
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    assert owed(talk)["A3"].obligation.done_at == talk.now
    assert not owed(talk)["A3"].obligation.not_applicable


def test_each_unit_hears_once_what_is_new_for_it(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    told = [text for text in talk.told(PLANS) if "điều chỉnh" in text]
    assert len(told) == 1
    assert "hạn 20/07/2022" in told[0]
    assert "hạn 30/09/2022" in told[0]


def test_another_lead_owes_what_is_coming_and_the_old_one_is_freed(talk: Conversation) -> None:
    text = SECOND.replace(COLUMN.format(lead=PLANS, by="20/7"), COLUMN.format(lead=PRESS, by="30/6"))
    send(talk, text, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    units = {code: item.unit.name for code, item in owed(talk).items() if item.obligation.is_open}
    assert units == {"A2": PRESS, "A4": PRESS, "A5": PLANS}


def test_an_old_lead_that_answered_is_shown_to_the_office(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 đang làm")
    text = SECOND.replace(COLUMN.format(lead=PLANS, by="20/7"), COLUMN.format(lead=PRESS, by="30/6"))
    send(talk, text, "dieu-chinh.md")
    assert "Giữ lại, vì đã có báo cáo hoặc quyết định" in talk.reply(OFFICE, "xác nhận")
    assert "A1" in dates(talk)


def test_an_edition_that_only_adds_drops_nothing(talk: Conversation) -> None:
    said = send(talk, ADDS, "bo-sung.md")
    assert "không nêu, giữ nguyên 3" in said
    talk.say(OFFICE, "xác nhận")
    assert dates(talk) == {"A1": "30/06", "A2": "30/06", "A3": "15/07", "A4": "30/09"}


def test_an_edition_that_names_few_duties_is_asked_about(talk: Conversation) -> None:
    text = HEAD.format(number=602, title=CHANGES) + COLUMN.format(lead=PLANS, by="20/7")
    assert "Bản này không nêu 2 nhiệm vụ" in send(talk, text, "dieu-chinh.md")
    assert "Bản này không nêu 2 nhiệm vụ" in talk.reply(OFFICE, "xác nhận")
    talk.say(OFFICE, "giữ nhiệm vụ không nêu")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk) == {"A1": "20/07", "A2": "30/06", "A3": "15/07"}


LIKE = "| 3 | In tờ rơi, áp phích giới thiệu cải cách hành chính và dịch vụ công | Phòng Thông tin - Báo chí | 15/8 |\n"
LEAFLET_OR = HEAD.format(number=603, title=CHANGES) + COLUMN.format(lead=PLANS, by="30/6") + MEETING
UNSURE = LEAFLET_OR + LIKE.replace("| 3 |", "| 5 |")


def test_a_duty_that_is_only_somewhat_like_is_asked_about(talk: Conversation) -> None:
    said = send(talk, UNSURE, "dieu-chinh.md")
    assert "gõ “3 là 3 cũ” hoặc “3 là nhiệm vụ mới”" in said
    assert "Xin Văn phòng cho biết" in talk.reply(OFFICE, "xác nhận")
    assert dates(talk)["A3"] == "15/07"


def test_the_office_says_that_it_is_the_old_one(talk: Conversation) -> None:
    send(talk, UNSURE, "dieu-chinh.md")
    assert "thay đổi 1 · mới 0 · sẽ thôi theo dõi 0" in talk.reply(OFFICE, "3 là 3 cũ")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk) == {"A1": "30/06", "A2": "30/06", "A3": "15/08"}


def test_the_office_says_that_it_is_new(talk: Conversation) -> None:
    send(talk, UNSURE, "dieu-chinh.md")
    assert "mới 1 · sẽ thôi theo dõi 1" in talk.reply(OFFICE, "3 là nhiệm vụ mới")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk) == {"A1": "30/06", "A2": "30/06", "A4": "15/08"}


def test_the_same_number_again_is_asked_about(talk: Conversation) -> None:
    again = FIRST.replace("15/7", "16/7")
    assert "bản điều chỉnh hay một kế hoạch riêng?" in send(talk, again, "lan-2.md")
    assert "bản điều chỉnh hay một kế hoạch riêng?" in talk.reply(OFFICE, "xác nhận")
    assert "thay đổi 1" in talk.reply(OFFICE, "đây là bản điều chỉnh của kế hoạch 485")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk)["A3"] == "16/07"


def test_a_plan_of_its_own_changes_no_other(talk: Conversation) -> None:
    send(talk, FIRST.replace("15/7", "16/7"), "lan-2.md")
    talk.say(OFFICE, "kế hoạch riêng")
    assert "3 phần việc" in talk.reply(OFFICE, "xác nhận")
    assert len(dates(talk)) == 6


def test_the_file_of_an_edition_in_force_is_recognised(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    assert "Tệp này đã gửi trước đó và đang thực hiện" in send(talk, SECOND, "dieu-chinh.md")


def test_the_same_draft_sent_twice_is_one_draft(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    assert "Tệp này đã gửi trước đó; đây là bản đang chờ xác nhận" in send(talk, SECOND, "dieu-chinh.md")
    with transaction(talk.engine) as session:
        waiting = session.exec(select(Plan).where(col(Plan.state) == PlanState.DRAFT)).all()
    assert len(waiting) == 1


def test_it_is_taken_back_while_nobody_has_answered(talk: Conversation) -> None:
    before = dates(talk)
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    assert "trở lại như trước" in talk.reply(OFFICE, "hoàn tác")
    assert dates(talk) == before
    assert "thay đổi 1 · mới 1" in talk.reply(OFFICE, "/kehoach")


def test_taken_back_and_confirmed_again_it_is_as_before(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    after = dates(talk)
    talk.say(OFFICE, "rút bản điều chỉnh")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk) == after


def test_what_was_answered_since_is_not_taken_back(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    talk.now = hanoi("2022-03-14 10:00")
    talk.say(PLANS, "xong #A4")
    assert "Đã có báo cáo hoặc quyết định về 1 phần việc" in talk.reply(OFFICE, "rút bản điều chỉnh")
    assert owed(talk)["A4"].obligation.done_at == talk.now


def test_what_was_nudged_is_not_told_again_for_the_same_date(talk: Conversation) -> None:
    with transaction(talk.engine) as session:
        before = len(session.exec(select(Nudge)).all())
    coming = owed(talk)["A2"].obligation.next_rung_on
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    assert owed(talk)["A2"].obligation.next_rung_on == coming
    with transaction(talk.engine) as session:
        assert len(session.exec(select(Nudge)).all()) == before


def test_a_unit_may_not_speak_of_editions(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(PLANS, "bỏ nhiệm vụ không nêu")
    talk.say(PLANS, "xác nhận")
    assert dates(talk)["A3"] == "15/07"


def test_a_second_edition_may_name_the_first(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    third = HEAD.format(number=700, title=CHANGES.replace("485/", "600/"))
    third += COLUMN.format(lead=PLANS, by="25/7") + MEETING + CONTEST
    assert "bản điều chỉnh của kế hoạch số 485/KH-STTTT" in send(talk, third, "lan-3.md")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk) == {"A1": "25/07", "A2": "30/06", "A4": "30/09"}


def test_editions_are_taken_back_one_after_the_other(talk: Conversation) -> None:
    before = dates(talk)
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    third = SECOND.replace("Số: 600", "Số: 700").replace("20/7", "25/7")
    send(talk, third, "lan-3.md")
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "rút bản điều chỉnh")
    assert dates(talk)["A1"] == "20/07"
    talk.say(OFFICE, "rút bản điều chỉnh")
    assert dates(talk) == before


def test_the_edition_of_the_plan_spoken_of_is_taken_back_not_the_newest_of_all(talk: Conversation) -> None:
    before = dates(talk)
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    other = FIRST.replace("Số: 485", "Số: 90").replace("cải cách hành chính", "an toàn giao thông")
    send(talk, other.replace("| 30/6 |", "| 31/8 |"), "khac.md")
    talk.say(OFFICE, "kế hoạch riêng")
    talk.say(OFFICE, "xác nhận")
    send(talk, other.replace("Số: 90", "Số: 91").replace("| 30/6 |", "| 30/9 |"), "khac-2.md")
    talk.say(OFFICE, "đây là bản điều chỉnh của kế hoạch số 90/KH-STTTT")
    talk.say(OFFICE, "xác nhận")
    assert "kế hoạch số 485/KH-STTTT trở lại như trước" in talk.reply(OFFICE, "KH1: rút bản điều chỉnh")
    assert dates(talk).items() >= before.items()


def merge_and_die(talk: Conversation) -> None:
    with talk.office() as small:
        edition = small.session.exec(select(Plan).where(col(Plan.state) == PlanState.DRAFT)).one()
        base = small.session.get_one(Plan, edition.edition_of_id)
        office = office_of(small.session, small.agency, talk.now.date())
        merging = Merging(small.session, small.agency, office, edition, base, talk.now)
        merging.put_in_force(compared(small.session, edition, base), drops=True)
        raise KeyboardInterrupt


def test_broken_off_in_the_middle_it_leaves_everything_as_it_was(talk: Conversation) -> None:
    before = dates(talk)
    send(talk, SECOND, "dieu-chinh.md")
    with pytest.raises(KeyboardInterrupt):
        merge_and_die(talk)
    assert dates(talk) == before
    assert "sửa 1, thêm 1, bỏ 1" in talk.reply(OFFICE, "xác nhận")


def test_what_the_office_said_a_phrase_means_holds_while_the_phrase_stays(talk: Conversation) -> None:
    talk.say(OFFICE, "2 hạn 15/6")
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk)["A2"] == "15/06"


def test_an_edition_corrected_as_a_draft_is_taken_as_corrected(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "1 hạn 22/7")
    talk.say(OFFICE, "xác nhận")
    assert dates(talk)["A1"] == "22/07"


def test_a_new_date_gone_by_is_held_and_asked_about(talk: Conversation) -> None:
    send(talk, SECOND.replace("20/7", "10/3"), "dieu-chinh.md")
    assert "1 phần việc có hạn đã qua, đang tạm giữ" in talk.reply(OFFICE, "xác nhận")
    assert owed(talk)["A1"].obligation.held


def test_what_is_withdrawn_from_its_old_lead_is_not_said_to_have_another_date(talk: Conversation) -> None:
    send(talk, SECOND.replace(PLANS + " | 20/7", PRESS + " | 20/7"), "dieu-chinh.md")
    told = talk.reply(OFFICE, "xác nhận")
    assert f"Rút lại, vì không còn theo thời hạn này (1): #A1 {PLANS}." in told
    assert "Đổi hạn" not in told


def test_what_an_edition_adds_has_a_place_of_its_own_in_the_plan(talk: Conversation) -> None:
    send(talk, ADDS, "bo-sung.md")
    talk.say(OFFICE, "xác nhận")
    with transaction(talk.engine) as session:
        places = [duty.position for duty in duties_of(session, 1)]
    assert places == [1, 2, 3, 4]
    assert "Nhiệm vụ 1:" in talk.reply(OFFICE, "KH1: @1 hạn 15/7")


def test_an_edition_taken_back_has_its_own_places_again(talk: Conversation) -> None:
    send(talk, ADDS, "bo-sung.md")
    talk.say(OFFICE, "xác nhận")
    talk.say(OFFICE, "rút bản điều chỉnh")
    with transaction(talk.engine) as session:
        assert [duty.position for duty in duties_of(session, 2)] == [1]


def test_what_an_edition_drops_gives_its_place_to_what_stands_there_now(talk: Conversation) -> None:
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "bỏ nhiệm vụ không nêu")
    talk.say(OFFICE, "xác nhận")
    with transaction(talk.engine) as session:
        places = [duty.position for duty in duties_of(session, 1, left_out=True)]
    assert places == [1, 2, 3, 4]
    assert "Nhiệm vụ 4:" in talk.reply(OFFICE, "KH1: @3 hạn 15/10")


def rows_put_together(engine: Engine) -> Conversation:
    """Plan 485 in force, its third row put to its second."""
    talk = Conversation(engine, hanoi("2022-03-14 09:00"))
    send(talk, FIRST, "ke-hoach.md")
    talk.say(OFFICE, "gộp 3 vào 2")
    talk.say(OFFICE, "xác nhận")
    return talk


def merged_in(talk: Conversation) -> object:
    with transaction(talk.engine) as session:
        return session.get_one(Plan, 1).notes["one_row"]


def test_a_new_duty_is_not_taken_for_the_row_that_stood_at_its_place(engine: Engine) -> None:
    talk = rows_put_together(engine)
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "2 là 2 cũ")
    talk.say(OFFICE, "xác nhận")
    assert "Chậm nhất ngày 31/10" in talk.reply(OFFICE, "4 hạn 31/10")


def test_rows_put_together_are_known_again_when_the_edition_is_taken_back(engine: Engine) -> None:
    talk = rows_put_together(engine)
    before = merged_in(talk)
    send(talk, SECOND, "dieu-chinh.md")
    talk.say(OFFICE, "2 là 2 cũ")
    talk.say(OFFICE, "xác nhận")
    assert merged_in(talk) != before
    talk.say(OFFICE, "hoàn tác")
    assert merged_in(talk) == before
