"""Alone with the Zalo bot: a code, a letter, words and numbers instead of buttons, a decision, the summary."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.engine import transaction
from data.tables import Agency
from tests.stories.chat_office import PLANS, PRESS
from tests.stories.zalo_office import ZaloOffice, office_on_zalo

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[ZaloOffice]:
    async with office_on_zalo(tmp_path) as opened:
        yield opened


async def test_a_code_links_whoever_writes_it(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    assert lan.private.texts[0].startswith(f"Đã liên kết. Kính chào {PLANS}")
    assert office.chat_at(lan.id).title == "Lan"


async def test_a_letter_is_answered_in_words(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    assert "#A1" in lan.private.last.text
    lan.says("xong 1")
    await office.settled()
    assert office.is_done(PLANS)


async def test_a_letter_says_how_to_answer_it_in_words(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    assert lan.private.last.text.splitlines()[-1].startswith("Trả lời, ví dụ: “xong 1”")


async def test_a_number_is_the_press_of_a_choice(office: ZaloOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    lan.says("1 xin lùi đến 15/3 vì chờ số liệu")
    await office.settled()
    number = re.search(r"(\d)\. Đồng ý", chief.private.last.text)
    assert number is not None
    chief.says(number[1])
    await office.settled()
    assert "15/03/2022" in lan.private.last.text


async def test_a_number_of_a_list_stays_a_place_in_it(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.says("/viec")
    await office.settled()
    lan.says("1")
    await office.settled()
    assert (office.is_done(PLANS), "#A1" in lan.private.last.text) == (False, True)


async def test_a_number_that_was_asked_for_presses_nothing_older(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    for words in ("xong 1", "báo cáo #A1", "bỏ qua", "1"):
        lan.says(words)
        await office.settled()
    assert office.is_done(PLANS), lan.private.texts


async def test_an_invitation_says_under_which_name_the_bot_is_found(office: ZaloOffice) -> None:
    chief = await office.linked("Chánh Văn phòng")
    chief.says(f"/moi {PLANS}")
    await office.settled()
    assert "Trên Zalo: tìm “Bot Nhắc Việc” rồi gửi mã vào đó." in chief.private.last.text


async def test_the_office_sees_how_many_messages_are_gone_this_month(office: ZaloOffice) -> None:
    chief = await office.linked("Chánh Văn phòng")  # the welcome is the first
    chief.says("/sapgui")
    await office.settled()
    assert "Tháng này một bot Zalo đã gửi 1 tin." in chief.private.last.text


async def test_the_summary_comes_within_one_message(office: ZaloOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    lan.says("xong 1")
    await office.settled()
    chief.says("/tonghop")
    await office.settled()
    assert "hoàn thành đúng hạn 1" in chief.private.last.text


async def test_a_picture_is_kept_as_evidence(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.shows(office.zalo.picture("bien-ban.jpg"), "xong 1")
    await office.settled()
    assert office.is_done(PLANS)
    assert [name.endswith(".jpg") for name, _ in office.proof(PLANS)] == [True]


async def test_a_document_that_never_comes_is_asked_for_by_a_link(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.sends_document()
    await office.settled()
    assert "Zalo không chuyển tệp" in lan.private.last.text
    lan.says("1")
    await office.settled()
    assert re.search(r"https://cchc\.example/nop/\S+", lan.private.last.text)


async def test_without_pages_that_a_telephone_can_open_a_photo_is_asked_for(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    with transaction(office.engine) as session:
        agency = session.get_one(Agency, office.agency_id)
        agency.settings = {**agency.settings, "web_url": "http://127.0.0.1:8080"}
    lan.sends_document()
    await office.settled()
    assert "Xin chụp từng trang" in lan.private.last.text
    lan.says("nộp 1")
    await office.settled()
    assert "/nop/" not in lan.private.last.text


async def test_a_sticker_says_nothing(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    so_far = len(lan.private.sent)
    lan.sends_sticker()
    await office.settled()
    assert len(lan.private.sent) == so_far


async def test_a_stranger_is_told_how_to_come_in_once_a_day(office: ZaloOffice) -> None:
    somebody = office.zalo.person("Khách")
    for words in ("xin chào", "có ai không"):
        somebody.says(words)
        await office.settled()
    assert len(somebody.private.sent) == 1


async def test_in_a_group_the_bot_s_name_is_taken_out_wherever_it_stands(office: ZaloOffice) -> None:
    group, lan = office.zalo.group("Phòng Báo chí"), office.zalo.person("Lan")
    lan.says(office.code(PRESS), to=group)
    await office.settled()
    lan.says("xong 1", to=group, mentioned="BotNhắcViệc")
    await office.settled()
    assert office.is_done(PRESS)


async def test_in_a_group_people_are_told_how_to_be_heard(office: ZaloOffice) -> None:
    group, lan = office.zalo.group("Phòng Báo chí"), office.zalo.person("Lan")
    lan.says(office.code(PRESS), to=group)
    await office.settled()
    await office.at("2022-02-28 08:00")
    assert "gắn thẻ bot" in group.last.text


async def test_the_same_message_given_twice_is_heard_once(office: ZaloOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    for _ in range(2):
        lan.says("xong 1", number="ab12")
        await office.settled()
    assert [each.text for each in office.heard()].count("xong 1") == 1


async def test_the_report_in_word_comes_as_a_link(office: ZaloOffice) -> None:
    chief = await office.linked("Chánh Văn phòng")
    chief.says("/tonghop")
    await office.settled()
    chief.says("word")
    await office.settled()
    assert re.search(r"https://cchc\.example/tep/\S+", "".join(chief.private.texts))
