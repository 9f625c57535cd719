"""Alone with the bot: an invitation, a letter, a button, a decision, the summary."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.access_links import Opened, use_up
from data.engine import transaction
from data.people import Place
from data.tables import Agency, ChatRole
from tests.conftest import hanoi
from tests.stories.telegram_office import PLANS, PRESS, TelegramOffice, office_on_telegram

pytestmark = pytest.mark.anyio
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\x02\0\0\0"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[TelegramOffice]:
    async with office_on_telegram(tmp_path) as opened:
        yield opened


async def test_the_link_of_an_invitation_opens_the_unit_s_chat(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    assert lan.private.texts[0].startswith(f"Đã liên kết. Kính chào {PLANS}")
    assert office.chat_of(lan.private).title == "Lan"


async def test_the_office_hands_on_a_link_that_opens_the_bot(office: TelegramOffice) -> None:
    chief = await office.linked("Chánh Văn phòng")
    chief.says(chief.private, f"/moi {PLANS}")
    await office.settled()
    [code] = re.findall(r"https://t\.me/nhacviec_thu_bot\?start=(\w+)", chief.private.last.text)
    lan = office.telegram.person("Lan")
    lan.starts(code)
    await office.settled()
    assert lan.private.texts[0].startswith("Đã liên kết")


async def test_a_code_works_once(office: TelegramOffice) -> None:
    code = office.code(PLANS)
    for name in ("Lan", "Mai"):
        office.telegram.person(name).starts(code)
    await office.settled()
    assert "không đúng, đã dùng hoặc đã hết hạn" in office.telegram.person("Mai").private.last.text


async def test_the_office_sees_its_own_commands_and_a_unit_its_own(office: TelegramOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    assert ("choduyet" in chief.menu(chief.private), "choduyet" in lan.menu(lan.private)) == (True, False)


async def test_a_pressed_button_answers_and_changes_its_letter(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    letter = lan.private.last
    press = lan.presses(letter, "Đã xong")
    await office.settled()
    assert office.is_done(PLANS)
    assert office.telegram.answer_to(press) is not None
    assert "✔ #A1: đã báo hoàn thành (Lan, 08:00 ngày 28/02/2022)" in letter.text
    assert letter.labels == ["Xem danh sách"]


async def test_words_settle_a_letter_as_its_button_would(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    letter = lan.private.last
    lan.says(lan.private, "xong 1, 4 tin", reply_to=letter)
    await office.settled()
    assert "Đã xong" not in letter.labels


async def test_in_progress_leaves_the_way_open_to_done(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    letter = lan.private.last
    lan.presses(letter, "Đang làm")
    await office.settled()
    assert letter.labels == ["Đã xong", "Xem danh sách"]


async def test_an_old_take_back_button_goes_with_the_next_answer(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.says(lan.private, "1 đang làm")
    await office.settled()
    first = lan.private.last
    lan.says(lan.private, "1 vướng: chưa có kinh phí")
    await office.settled()
    assert ("Hoàn tác" in first.labels, "Hoàn tác" in lan.private.last.labels) == (False, True)


async def test_the_office_decides_with_a_button_and_the_unit_hears_of_it(office: TelegramOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    lan.says(lan.private, "1 xin lùi đến 15/3 vì chờ số liệu")
    await office.settled()
    asked = chief.private.last
    chief.presses(asked, "Đồng ý")
    await office.settled()
    assert "15/03/2022" in lan.private.last.text
    assert "✔ #A1: đã lùi hạn (Chánh Văn phòng" in asked.text


async def test_the_summary_counts_what_was_answered(office: TelegramOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    lan.says(lan.private, "xong 1")
    await office.settled()
    chief.says(chief.private, "/tonghop")
    await office.settled()
    assert "hoàn thành đúng hạn 1, chưa hoàn thành còn hạn 1" in chief.private.last.text


async def test_a_plan_sent_as_a_file_is_read(office: TelegramOffice) -> None:
    chief = await office.linked("Chánh Văn phòng")
    plan = Path(__file__).parents[1] / "samples" / "khanh-hoa-stttt-2022.txt"
    chief.sends_document(chief.private, plan.name, plan.read_bytes())
    await office.settled()
    assert any("Xác nhận kế hoạch" in letter.labels for letter in chief.private.letters)


async def test_a_long_letter_comes_in_parts_that_are_whole_together(office: TelegramOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    sentence = "Đề nghị các đơn vị gửi số liệu trước giờ họp. "
    for words in ("/thongbao " + sentence * 86, "gửi thông báo"):
        chief.says(chief.private, words)
        await office.settled()
    first, second = lan.private.texts[-2:]
    assert f"{first} {second}".endswith((sentence * 86).strip())


async def test_a_photo_is_kept_as_evidence_and_its_caption_is_heard(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    sent = lan.sends_photo(lan.private, PNG, "xong 1")
    await office.settled()
    assert office.proof(PLANS) == [(f"anh-{sent.id}.jpg.png", PNG)]
    assert office.is_done(PLANS)


async def test_a_file_too_big_for_a_bot_is_explained_and_its_words_are_heard(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.sends_document(lan.private, "video.mp4", bytes(20_000_001), "xong 1")
    await office.settled()
    assert any(text.startswith("Tệp “video.mp4” lớn hơn 20 MB") for text in lan.private.texts)
    assert (office.is_done(PLANS), office.proof(PLANS)) == (True, [])


async def test_an_album_is_one_report_with_all_its_pictures(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.sends_album(lan.private, PNG, PNG + b"2", PNG + b"3", caption="xong 1")
    await office.settled()
    assert len(office.proof(PLANS)) == 3
    assert [text.count("Đã lưu 3 tệp minh chứng") for text in lan.private.texts][-1] == 1


async def test_evidence_comes_back_as_files(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.sends_document(lan.private, "Báo cáo.pdf", b"%PDF-1.7 x", "xong 1")
    await office.settled()
    lan.says(lan.private, "minh chứng #A1")
    await office.settled()
    assert office.telegram.calls_of("sendDocument")
    assert lan.private.last.text == "1. Báo cáo.pdf"


async def test_the_calendar_comes_as_a_file(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.says(lan.private, "/lich")
    await office.settled()
    assert "Tệp lịch có 1 hạn" in lan.private.last.text
    assert office.telegram.calls_of("sendDocument")


async def test_what_people_write_cannot_be_markup(office: TelegramOffice) -> None:
    lan, chief = await office.linked("Lan", PLANS), await office.linked("Chánh Văn phòng")
    lan.says(lan.private, "1 vướng: thiếu <b>kinh phí</b> & người <script>")
    await office.settled()
    assert "thiếu <b>kinh phí</b> & người <script>" in lan.private.last.text
    assert any("<script>" in text for text in chief.private.texts)


async def test_a_stranger_gets_one_polite_line_a_day(office: TelegramOffice) -> None:
    stranger = office.telegram.person("người lạ")
    for words in ("chào bot", "có ai không", "/viec"):
        stranger.says(stranger.private, words)
    await office.settled()
    assert [text[:9] for text in stranger.private.texts] == ["Kính chào"]


async def test_a_stranger_s_file_is_not_fetched(office: TelegramOffice) -> None:
    stranger = office.telegram.person("người lạ")
    stranger.sends_document(stranger.private, "virus.exe", b"MZ")
    await office.settled()
    assert office.telegram.calls_of("getFile") == []
    assert office.heard()[-1].file is None


async def test_a_chat_may_serve_two_units(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.says(lan.private, f"/dangky {office.code(PRESS)}")
    await office.settled()
    await office.at("2022-02-28 08:00")
    assert PLANS in lan.private.last.text
    assert PRESS in lan.private.last.text


async def test_the_same_chat_is_not_linked_twice_by_two_roles(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.starts(office.office_code())
    await office.settled()
    assert office.chat_of(lan.private).role is ChatRole.OFFICE
    assert "choduyet" in lan.menu(lan.private)


async def test_letters_keep_their_moment(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    await office.at("2022-02-28 08:00")
    slot = next(letter for letter in office.letters() if letter.key == "slot:2022-02-28T08")
    assert slot.sent_at == hanoi("2022-02-28 08:00")
    assert slot.platform_id == f"{lan.id}/{lan.private.last.id}"


async def test_a_message_that_is_changed_is_recorded_anew(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    first = lan.says(lan.private, "#A1 đang làm")
    await office.settled()
    lan.edits(first, "xong #A1")
    await office.settled()
    assert office.is_done(PLANS)
    assert any("Tin đã được sửa" in text for text in lan.private.texts)


async def test_take_back_under_an_older_answer_takes_that_one_back(office: TelegramOffice) -> None:
    lan = await office.linked("Lan", PLANS)
    lan.says(lan.private, "xong #A1")
    await office.settled()
    answer = lan.private.last
    lan.says(lan.private, "#A1: 4 tin")
    await office.settled()
    lan.says(lan.private, "hoàn tác", reply_to=answer)
    await office.settled()
    assert not office.is_done(PLANS)


async def test_a_link_to_the_page_is_given_and_what_is_said_there_stays_there(office: TelegramOffice) -> None:
    with transaction(office.engine) as session:
        session.get_one(Agency, office.agency_id).settings = {"web_url": "https://cchc.example"}
    lan = await office.linked("Lan", PLANS)
    lan.says(lan.private, "/web")
    await office.settled()
    [token] = re.findall(r"https://cchc\.example/web/(\S+)", lan.private.last.text)
    with transaction(office.engine) as session:
        opened = use_up(session, token, office.clock.now())
    assert isinstance(opened, Opened)
    before = len(lan.private.texts)
    said = await office.world.ask(Place("web", "", opened.chat.address), "/viec", sender="Lan")
    await office.settled()
    assert ("#A1" in said[0].text, len(lan.private.texts)) == (True, before)
