"""The office decides, sees and manages; the units hear what concerns them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.tables import ChatRole, Unit
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
MARCH, JUNE = date(2022, 3, 31), date(2022, 6, 30)


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """#A1 is owed by the planning unit in March, #A2 by the press unit in June."""
    made = Conversation(engine, NOW)
    made.plan(duty("1.1", due_on(MARCH), PLANS, row=1), duty("2.1", due_on(JUNE), PRESS, row=2))
    return made


def test_a_request_reaches_the_office_with_both_its_answers(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xin lùi đến 20/6 vì chờ số liệu")
    [(_, notice)] = [each for each in talk.letters(OFFICE) if each[0].startswith("notice")]
    assert f"{PLANS} xin lùi hạn từ 31/03/2022 đến 20/06/2022" in notice.text
    assert [choice.says for choice in notice.choices] == ["duyệt #A1", "từ chối #A1"]


def test_an_extension_granted_moves_the_date_and_shows_both(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xin lùi đến 20/6")
    talk.say(OFFICE, "duyệt #A1")
    assert talk.owed("A1").obligation.due == date(2022, 6, 20)
    assert "đến 20/06/2022 (hạn ban đầu 31/03/2022)" in talk.told(PLANS)[-1]


def test_the_office_may_grant_another_day(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xin lùi đến 20/6")
    talk.say(OFFICE, "gia hạn #A1 đến 15/4")
    assert talk.owed("A1").obligation.due == date(2022, 4, 15)


def test_an_extension_refused_leaves_the_date(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 xin lùi đến 20/6")
    talk.say(OFFICE, "từ chối #A1 vì đã quá muộn")
    assert talk.owed("A1").obligation.due == MARCH
    assert "Lý do: “đã quá muộn”" in talk.told(PLANS)[-1]


def test_what_waits_is_listed_requests_first(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PRESS, "#A2 xin lùi đến 20/7")
    [shown] = talk.say(OFFICE, "/choduyet")
    assert shown.listed == (talk.owed("A2").id, talk.owed("A1").id)


def test_many_are_decided_at_once(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PRESS, "xong #A2")
    talk.say(OFFICE, "/choduyet")
    talk.say(OFFICE, "duyệt 1 2")
    assert talk.reply(OFFICE, "/choduyet") == "Không có gì chờ Văn phòng quyết định."


def test_all_that_waits_is_asked_back_by_name_before_it_is_decided(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(PRESS, "#A2 xin lùi đến 20/7")
    [asked] = talk.say(OFFICE, "duyệt tất cả")
    assert asked.text.startswith("Văn phòng quyết định cho cả 2 việc này?")
    assert asked.choices[0].says == "duyệt #A2 #A1"


def test_one_thing_that_waits_is_not_called_all_of_one(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    [asked] = talk.say(OFFICE, "duyệt tất cả")
    assert asked.text.startswith("Văn phòng quyết định cho việc này?")
    assert asked.choices[0].label == "Đúng, việc này"


def test_nothing_waits_for_all_to_be_approved(talk: Conversation) -> None:
    assert "Gõ /choduyet hoặc /viec" in talk.reply(OFFICE, "duyệt tất cả")


def test_sent_back_is_not_done_and_the_unit_hears_why(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, "trả lại #A1 thiếu số liệu")
    assert talk.owed("A1").obligation.is_open
    assert "lý do: “thiếu số liệu”" in talk.told(PLANS)[-1]


def test_sending_back_needs_a_reason(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    assert "Xin ghi lý do trả lại" in talk.reply(OFFICE, "trả lại #A1")
    assert talk.owed("A1").obligation.done_at is not None


def test_what_is_not_done_is_not_sent_back(talk: Conversation) -> None:
    assert "chưa báo hoàn thành" in talk.reply(OFFICE, "trả lại #A1 thiếu số liệu")


def test_what_does_not_apply_is_owed_no_more(talk: Conversation) -> None:
    talk.say(OFFICE, "không tính #A1")
    assert not talk.owed("A1").obligation.is_open


def test_what_is_not_a_units_is_given_to_another(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 không phải việc của phòng tôi")
    talk.say(OFFICE, f"chuyển #A1 sang {PRESS}")
    assert not talk.owed("A1").obligation.is_open
    assert (talk.owed("A3").unit.name, talk.owed("A3").obligation.due) == (PRESS, MARCH)


def test_given_back_it_is_the_first_units_again(talk: Conversation) -> None:
    talk.say(OFFICE, f"chuyển #A1 sang {PRESS}")
    talk.say(OFFICE, f"chuyển #A3 sang {PLANS}")
    assert talk.owed("A1").obligation.is_open
    assert not talk.owed("A3").obligation.is_open


def test_the_office_takes_its_decision_back_and_the_unit_hears_it(talk: Conversation) -> None:
    talk.say(OFFICE, "gia hạn #A1 đến 15/4")
    talk.say(OFFICE, "hoàn tác")
    assert talk.owed("A1").obligation.due == MARCH
    assert "rút lại quyết định" in talk.told(PLANS)[-1]


def test_a_decision_the_unit_has_answered_stands(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    talk.say(OFFICE, "trả lại #A1 thiếu số liệu")
    talk.now = NOW + timedelta(hours=1)
    talk.say(PLANS, "xong #A1")
    assert "Đơn vị đã báo cáo lại" in talk.reply(OFFICE, "hoàn tác")


def test_the_office_reports_for_a_unit_and_it_says_so(talk: Conversation) -> None:
    assert "Văn phòng ghi thay đơn vị" in talk.reply(OFFICE, "xong #A1")


def test_the_leader_sees_and_decides_nothing(talk: Conversation) -> None:
    talk.say("Lãnh đạo", f"/dangky {talk.code(ChatRole.LEADER)}")
    assert "Tổng hợp" in talk.reply("Lãnh đạo", "tổng hợp năm")
    assert "không ghi nhận" in talk.reply("Lãnh đạo", "không tính #A1")


def test_a_summary_gives_both_denominators_and_each_unit(talk: Conversation) -> None:
    talk.say(PLANS, "xong #A1")
    counted = talk.reply(OFFICE, "tổng hợp năm")
    assert "2 nhiệm vụ đến hạn trong kỳ: hoàn thành đúng hạn 1" in counted
    assert "2 phần việc của các đơn vị: hoàn thành đúng hạn 1" in counted
    assert f"- {PLANS}: 1 việc, xong đúng hạn 1\n" in counted


def test_a_window_and_a_unit_are_understood_together(talk: Conversation) -> None:
    assert f"Tổng hợp quý II năm 2022 — {PRESS}" in talk.reply(OFFICE, f"tổng hợp quý 2 {PRESS}")


def test_a_window_that_is_not_understood_is_one_clear_line(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "tổng hợp quý V").startswith("Chưa hiểu “quý V”.")


def test_units_are_shown_with_who_reaches_them(talk: Conversation) -> None:
    with talk.office() as small:
        small.unit("Phòng Tổ chức")
    shown = talk.reply(OFFICE, "/donvi")
    assert "3 đơn vị, 1 đơn vị chưa có kênh nhận tin" in shown
    assert "– Phòng Tổ chức: chưa có kênh; còn 0 việc" in shown


def test_when_every_unit_is_reached_it_says_so(talk: Conversation) -> None:
    assert "2 đơn vị, đều đã có kênh nhận tin:" in talk.reply(OFFICE, "/donvi")


def test_an_office_without_units_is_told_how_to_add_them(engine: Engine) -> None:
    talk = Conversation(engine, NOW)
    with talk.office() as small:
        for unit in small.session.exec(select(Unit)):
            unit.valid_to = date(2021, 12, 31)
    assert "thêm đơn vị: Phòng …" in talk.reply(OFFICE, "/moi")


def test_invitations_are_made_for_those_nobody_can_reach(talk: Conversation) -> None:
    with talk.office() as small:
        small.unit("Phòng Tổ chức")
        small.agency.settings = {"web_url": "https://cchc.example.vn/"}
    [codes] = talk.say(OFFICE, "/moi")
    name, _, rest = codes.lines[1].text.partition(": ")
    code, _, link = rest.partition(" — ")
    assert (name, link) == ("Phòng Tổ chức", f"https://cchc.example.vn/vao/{code}")
    assert codes.lines[-1].text == "Đề nghị đơn vị bấm liên kết, hoặc gõ /dangky kèm mã của mình."


def test_an_invitation_links_the_unit_and_says_whom_it_serves(talk: Conversation) -> None:
    [welcome, owed] = talk.say("điện thoại", f"/dangky {talk.code(unit=PLANS)}")
    assert PLANS in welcome.text
    assert "#A1" in owed.text


def test_a_bare_code_in_small_letters_is_enough(talk: Conversation) -> None:
    assert PLANS in talk.say("điện thoại", talk.code(unit=PLANS).lower())[0].text


def test_a_second_code_adds_a_unit_to_the_chat(talk: Conversation) -> None:
    talk.say(PLANS, f"/dangky {talk.code(unit=PRESS)}")
    assert "2 việc chưa hoàn thành của các đơn vị" in talk.reply(PLANS, "/viec")


def test_a_wrong_code_is_one_clear_line(talk: Conversation) -> None:
    assert "Mã mời không đúng" in talk.reply("người lạ", "/dangky SAISAI22")


def test_guessing_codes_is_slowed(talk: Conversation) -> None:
    for _ in range(5):
        talk.say("người lạ", "/dangky SAISAI22")
    assert "thử lại sau 09:16" in talk.reply("người lạ", f"/dangky {talk.code()}")


def test_a_stranger_is_greeted_once_a_day(talk: Conversation) -> None:
    first, second = talk.say("người lạ", "xin chào"), talk.say("người lạ", "alo")
    talk.now = NOW + timedelta(days=1)
    assert [len(first), len(second), len(talk.say("người lạ", "alo"))] == [1, 0, 1]


def test_a_stranger_can_do_nothing_but_link(talk: Conversation) -> None:
    talk.say("người lạ", "xong #A1")
    assert talk.owed("A1").obligation.done_at is None


def test_a_nudge_now_tells_only_what_is_near(talk: Conversation) -> None:
    talk.now = hanoi("2022-03-25 09:00")
    assert talk.reply(OFFICE, "/nhac") == f"Đã gửi lời nhắc tới {PLANS}."
    assert "#A1" in talk.told(PLANS)[-1]


def test_a_nudge_to_one_unit_tells_it_all_it_owes(talk: Conversation) -> None:
    assert talk.reply(OFFICE, f"/nhac {PRESS}") == f"Đã gửi lời nhắc tới {PRESS}."
    assert "#A2" in talk.told(PRESS)[-1]


def test_a_nudge_to_a_unit_that_owes_nothing_says_so(talk: Conversation) -> None:
    talk.say(PRESS, "xong #A2")
    assert "không có việc nào đang chờ thực hiện" in talk.reply(OFFICE, f"/nhac {PRESS}")


def test_when_nothing_is_near_nobody_is_nudged(talk: Conversation) -> None:
    assert talk.reply(OFFICE, "/nhac") == "Không có việc nào quá hạn hoặc đến hạn trong 14 ngày tới."


def test_what_is_not_a_units_and_is_refused_stays_with_it(talk: Conversation) -> None:
    talk.say(PLANS, "#A1 không phải việc của phòng tôi")
    assert "việc vẫn do đơn vị thực hiện" in talk.reply(OFFICE, "từ chối #A1")


def test_an_office_without_a_plan_is_told_how_to_begin(engine: Engine) -> None:
    assert "Gửi tệp kế hoạch vào đây để bắt đầu" in Conversation(engine, NOW).reply(OFFICE, "/viec")


def test_an_office_without_a_name_yet_is_greeted_without_a_gap(talk: Conversation) -> None:
    with talk.office() as small:
        small.agency.name = ""
    welcome = talk.reply("nơi mới", f"/dangky {talk.code(ChatRole.OFFICE)}")
    assert welcome.startswith("Đã liên kết Văn phòng (điều phối).")
    assert talk.reply(OFFICE, "/tonghop năm").startswith("Tổng hợp năm 2022\n")


def test_a_pause_is_kept_until_it_is_lifted(talk: Conversation) -> None:
    talk.say(OFFICE, "tạm dừng")
    with talk.office() as small:
        assert small.agency.paused_at is not None
    talk.say(OFFICE, "tiếp tục")
    with talk.office() as small:
        assert small.agency.paused_at is None


def test_the_preview_says_what_goes_out_to_whom(talk: Conversation) -> None:
    assert f"{PLANS} (1 việc)" in talk.reply(OFFICE, "/sapgui")
