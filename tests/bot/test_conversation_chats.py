"""Codes withdrawn, chats moved, dropped and put first, names told apart: the office keeps house in its own chat."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.people import add_unit, chats_of_unit, living_units
from data.tables import Chat, ChatRole
from tests.conftest import hanoi
from tests.fakes.conversation import OFFICE, PLANS, PRESS, Conversation
from tests.fakes.offices import due_on, duty

NOW = hanoi("2022-03-14 09:00")
JUNE = date(2022, 6, 30)
PHONE = "Điện thoại phó phòng"


@pytest.fixture
def talk(engine: Engine) -> Conversation:
    """#A1 is the planning unit's, #A2 and #A3 everybody's."""
    made = Conversation(engine, NOW)
    made.plan(
        duty("1.1", due_on(JUNE), PLANS, row=1),
        duty("1.2", due_on(JUNE), "Các phòng", row=2),
    )
    return made


def first_chats(talk: Conversation, name: str) -> list[str]:
    with talk.office() as small:
        return [chat.address for chat in chats_of_unit(small.session, small.unit(name).id or 0)]


def test_a_withdrawn_code_opens_nothing(talk: Conversation) -> None:
    code = talk.code(unit=PLANS)
    told = talk.reply(OFFICE, f"thu hồi mã {PLANS}")
    assert told.startswith(f"Đã thu hồi 1 mã mời chưa dùng của {PLANS}.")
    assert "không đúng" in talk.reply("người lạ", f"/dangky {code}")


def test_all_codes_are_withdrawn_at_once(talk: Conversation) -> None:
    codes = [talk.code(unit=PLANS), talk.code(ChatRole.LEADER)]
    talk.say(OFFICE, "thu hồi mã tất cả")
    assert all("không đúng" in talk.reply("người lạ", f"/dangky {code}") for code in codes)


def test_a_leaders_code_is_withdrawn_by_its_role(talk: Conversation) -> None:
    talk.say(OFFICE, "/moi lãnh đạo")
    assert "của lãnh đạo" in talk.reply(OFFICE, "thu hồi mã lãnh đạo")


def test_where_no_code_is_out_it_says_so(talk: Conversation) -> None:
    assert talk.reply(OFFICE, f"thu hồi mã {PLANS}") == f"{PLANS} không có mã mời nào chưa dùng."


def test_codes_that_are_still_out_are_named_beside_new_ones(talk: Conversation) -> None:
    talk.say(OFFICE, f"/moi {PLANS}")
    assert f"vẫn còn hiệu lực: {PLANS}" in talk.reply(OFFICE, f"/moi {PRESS}")


@pytest.mark.parametrize(
    ("words", "role"),
    [("lãnh đạo", ChatRole.LEADER), ("quản trị", ChatRole.ADMIN), ("Văn phòng điều phối", ChatRole.OFFICE)],
)
def test_each_role_is_invited_by_its_name(talk: Conversation, words: str, role: ChatRole) -> None:
    [codes] = talk.say(OFFICE, f"/moi {words}")
    code = codes.lines[1].text.partition(": ")[2].partition(" ")[0]
    talk.say("nơi mới", code)
    with talk.office() as small:
        assert small.session.exec(select(Chat).where(Chat.address == "nơi mới")).one().role is role


def test_a_unit_is_shown_with_its_chats_its_codes_and_who_answers(talk: Conversation) -> None:
    talk.say(PHONE, f"/dangky {talk.code(unit=PLANS)}")
    talk.code(unit=PLANS)
    talk.say(PLANS, "#A1 đang làm", person="Trần Thị Lan")
    shown = talk.reply(OFFICE, f"/donvi {PLANS}")
    assert f"Kênh 1: web {PLANS} (nhận tin trước)\nKênh 2: web {PHONE}\n" in shown
    assert "Người đã trả lời: Trần Thị Lan." in shown
    assert "1 mã mời chưa dùng, đến 21/03/2022" in shown


def test_the_second_chat_may_be_told_first(talk: Conversation) -> None:
    talk.say(PHONE, f"/dangky {talk.code(unit=PLANS)}")
    talk.say(OFFICE, f"kênh 2 của {PLANS} nhận trước")
    assert first_chats(talk, PLANS) == [PHONE, PLANS]
    talk.say(OFFICE, f"/nhac {PLANS}")
    assert "#A1" in talk.told(PHONE)[-1]


def test_and_taken_back_the_first_is_first_again(talk: Conversation) -> None:
    talk.say(PHONE, f"/dangky {talk.code(unit=PLANS)}")
    talk.say(OFFICE, f"kênh 2 của {PLANS} nhận trước")
    talk.say(OFFICE, "hoàn tác")
    assert first_chats(talk, PLANS) == [PLANS, PHONE]


def test_a_chat_is_moved_to_another_unit_and_hears_whom_it_serves(talk: Conversation) -> None:
    talk.say(OFFICE, f"chuyển kênh của {PLANS} sang {PRESS}")
    assert first_chats(talk, PRESS) == [PLANS, PRESS]
    assert f"nhận nhắc việc của {PRESS}" in talk.letters(PLANS)[-1][1].text
    assert "không thuộc đơn vị này" in talk.reply(PLANS, "xong #A1")


def test_a_move_is_taken_back(talk: Conversation) -> None:
    talk.say(OFFICE, f"chuyển kênh của {PLANS} sang {PRESS}")
    talk.say(OFFICE, "hoàn tác")
    assert (first_chats(talk, PLANS), first_chats(talk, PRESS)) == ([PLANS], [PRESS])


def test_of_several_chats_it_is_asked_which(talk: Conversation) -> None:
    talk.say(PHONE, f"/dangky {talk.code(unit=PLANS)}")
    [asked] = talk.say(OFFICE, f"bỏ kênh của {PLANS}")
    talk.say(OFFICE, asked.choices[1].says)
    assert first_chats(talk, PLANS) == [PLANS]


def test_the_last_chat_dropped_leaves_the_unit_unreached_and_says_so(talk: Conversation) -> None:
    assert "không còn kênh nhận tin" in talk.reply(OFFICE, f"bỏ kênh của {PLANS}")
    assert "chưa liên kết" in talk.reply(PLANS, "việc của tôi")


def test_a_chat_that_wants_no_more_is_asked_once(talk: Conversation) -> None:
    [asked] = talk.say(PLANS, "ngừng nhận tin ở đây")
    assert first_chats(talk, PLANS) == [PLANS]
    told = talk.reply(PLANS, asked.choices[0].says)
    assert told.startswith(f"Đã ngừng nhận tin của {PLANS} ở đây.")
    assert first_chats(talk, PLANS) == []
    assert f"Không còn kênh nhận tin: {PLANS}" in talk.told(OFFICE)[-1]


def test_the_last_chat_of_the_office_stays(talk: Conversation) -> None:
    assert "kênh cuối cùng của Văn phòng" in talk.reply(OFFICE, "ngừng nhận tin ở đây, chắc chắn")


def test_only_the_office_moves_chats(talk: Conversation) -> None:
    assert "do Văn phòng quyết định" in talk.reply(PRESS, f"chuyển kênh của {PLANS} sang {PRESS}")
    assert talk.refusals() == 1


def owing(talk: Conversation, code: str) -> set[str]:
    with talk.office() as small:
        return {each.unit.name for each in small.owed() if each.duty.code == code}


def test_the_office_says_whom_a_collective_name_means(talk: Conversation) -> None:
    told = talk.reply(OFFICE, f"“các phòng” gồm: {PRESS}")
    assert told.startswith(f"Từ nay “các phòng” gồm: {PRESS}.")
    assert owing(talk, "1.2") == {PRESS}


def test_what_was_answered_stays_with_who_is_no_longer_meant(talk: Conversation) -> None:
    talk.say(PLANS, "1.2 đang làm")
    assert "Giữ lại, vì đã có báo cáo" in talk.reply(OFFICE, f"“các phòng” gồm: {PRESS}")
    assert owing(talk, "1.2") == {PLANS, PRESS}


def test_a_collective_name_goes_back_to_what_it_meant(talk: Conversation) -> None:
    talk.say(OFFICE, f"“các phòng” gồm: {PRESS}")
    talk.say(OFFICE, "hoàn tác")
    assert owing(talk, "1.2") == {PLANS, PRESS}


def test_a_unit_added_later_is_not_among_those_that_were_named(talk: Conversation) -> None:
    talk.say(OFFICE, f"“các phòng” gồm: {PRESS}; {PLANS}")
    talk.say(OFFICE, "thêm đơn vị: Phòng Tổ chức")
    assert owing(talk, "1.2") == {PLANS, PRESS}


def test_two_names_that_look_alike_become_two_units(talk: Conversation) -> None:
    with talk.office() as small:
        unit = small.unit("Phòng Văn hóa 1")
        add_unit(small.session, small.agency_id, unit.name, unit.kind, ["Phòng Văn hoá I"])
    talk.plan(duty("9.1", due_on(JUNE), "Phòng Văn hoá I", row=9))
    assert owing(talk, "9.1") == {"Phòng Văn hóa 1"}
    talk.say(OFFICE, "“Phòng Văn hóa 1” và “Phòng Văn hoá I” là hai đơn vị khác nhau")
    assert owing(talk, "9.1") == {"Phòng Văn hoá I"}
    with talk.office() as small:
        names = [each.name for each in living_units(small.session, small.agency_id, NOW.date())]
    assert names[-2:] == ["Phòng Văn hóa 1", "Phòng Văn hoá I"]


def test_another_name_of_a_unit_is_understood_from_then_on(talk: Conversation) -> None:
    said = talk.reply(OFFICE, f"gọi KHTC là {PLANS}")
    assert said.startswith(f"Đã ghi: “KHTC” là tên gọi khác của {PLANS}.")
    assert talk.reply(OFFICE, "/donvi KHTC").startswith(f"{PLANS}: còn")


def test_work_printed_under_the_new_name_is_owed_by_the_unit(talk: Conversation) -> None:
    talk.plan(duty("3.1", due_on(JUNE), "Bộ phận Một cửa", row=3))
    talk.say(OFFICE, f"gọi “Bộ phận Một cửa” là {PRESS}")
    assert "3.1" in talk.reply(PRESS, "/viec")


def test_a_name_given_by_mistake_is_taken_back(talk: Conversation) -> None:
    talk.say(OFFICE, f"gọi KHTC là {PLANS}")
    assert "Đã bỏ tên gọi “KHTC”" in talk.reply(OFFICE, "hoàn tác")
    assert "Không tìm thấy" in talk.reply(OFFICE, "/donvi KHTC")


@pytest.mark.parametrize(
    ("says", "answer"),
    [
        (f"gọi {PRESS} là {PLANS}", "đang là hai đơn vị"),
        (f"gọi Tổ A là {PLANS} Hai", "Không tìm thấy đơn vị"),
        (f"gọi các phòng là {PLANS}", "là tên gọi chung của nhiều đơn vị"),
        ("bỏ tên gọi Phòng Nào Đó", "Không có tên gọi khác nào"),
        (f"bỏ tên gọi {PLANS}", "Không có tên gọi khác nào"),
    ],
)
def test_a_name_that_cannot_be_given_or_taken_is_refused(talk: Conversation, says: str, answer: str) -> None:
    assert answer in talk.reply(OFFICE, says)


def test_what_a_unit_tells_of_a_telephone_call_names_nobody(talk: Conversation) -> None:
    assert "không dành cho" not in talk.reply(PLANS, "gọi điện hỏi thì họ nói là phòng chưa có")
