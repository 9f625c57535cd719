"""In groups: privacy mode on, topics, and what happens to a group while we work in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram_people import Group, Person
from tests.stories.telegram_office import PLANS, PRESS, TelegramOffice, office_on_telegram

pytestmark = pytest.mark.anyio

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\x02\0\0\0"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[TelegramOffice]:
    async with office_on_telegram(tmp_path) as opened:
        yield opened


@pytest.fixture
def lan(office: TelegramOffice) -> Person:
    return office.telegram.person("Lan")


@pytest.fixture
async def group(office: TelegramOffice, lan: Person) -> Group:
    """The group of a unit, linked by a code that one of its people sent."""
    made = office.telegram.group("Phòng KHTC", lan)
    made.add_bot()
    await office.settled()
    lan.says(made, f"/dangky@nhacviec_thu_bot {office.code(PLANS)}")
    await office.settled()
    return made


@pytest.fixture
async def chief(office: TelegramOffice) -> Person:
    return await office.linked("Chánh Văn phòng")


async def test_a_group_that_adds_the_bot_hears_how_to_link_itself(
    office: TelegramOffice, lan: Person
) -> None:
    group = office.telegram.group("Phòng KHTC", lan)
    group.add_bot()
    await office.settled()
    assert "/dangky@nhacviec_thu_bot" in group.last.text


async def test_a_bot_added_again_and_again_says_so_once_a_day(office: TelegramOffice, lan: Person) -> None:
    group = office.telegram.group("Phòng KHTC", lan)
    for _ in range(3):
        group.add_bot()
        group.remove_bot()
    await office.settled()
    assert len(group.letters) <= 1


async def test_a_linked_group_has_its_title(office: TelegramOffice, group: Group) -> None:
    assert office.chat_of(group).title == "Phòng KHTC"


async def test_an_album_that_answers_a_letter_is_kept_as_a_whole(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    await office.at("2022-02-28 08:00")
    lan.sends_album(group, PNG, PNG + b"2", caption="xong 1", reply_to=group.last)
    await office.settled()
    assert (office.is_done(PLANS), len(office.proof(PLANS))) == (True, 2)


async def test_an_album_whose_words_name_the_bot_is_kept_where_we_hear_all(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    group.promote_bot()
    lan.sends_album(group, PNG, PNG + b"2", caption="@nhacviec_thu_bot xong 1")
    await office.settled()
    assert len(office.proof(PLANS)) == 2


async def test_pictures_that_people_send_each_other_are_left_alone(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    group.promote_bot()
    lan.sends_album(group, PNG, PNG + b"2")
    await office.settled()
    assert office.telegram.calls_of("getFile") == []


async def test_a_group_answers_in_reply_and_is_quoted(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    await office.at("2022-02-28 08:00")
    said = lan.says(group, "xong 1", reply_to=group.last)
    await office.settled()
    assert office.is_done(PLANS)
    assert group.last.reply_to is said


async def test_a_mention_is_heard_without_the_name(office: TelegramOffice, group: Group, lan: Person) -> None:
    lan.says(group, "@nhacviec_thu_bot xong 1")
    await office.settled()
    assert (office.heard()[-1].text, office.is_done(PLANS)) == ("xong 1", True)


async def test_a_command_to_another_bot_is_not_ours(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    lan.says(group, "/xong@another_bot 1")
    await office.settled()
    assert not office.is_done(PLANS)


async def test_people_talk_in_peace_where_the_bot_may_read_all(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    group.promote_bot()
    before = len(group.letters)
    lan.says(group, "xong 1 rồi cả nhà ơi, trưa nay ăn gì?")
    await office.settled()
    assert (len(group.letters), office.is_done(PLANS)) == (before, False)


async def test_two_people_pressing_one_button_are_one_answer(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    mai = office.telegram.person("Mai")
    group.add(mai)
    await office.at("2022-02-28 08:00")
    presses = [person.presses(group.last, "Đã xong") for person in (lan, mai)]
    await office.settled()
    answers = [office.telegram.answer_to(press) or {} for press in presses]
    assert [answer["text"][:22] for answer in answers] == ["Đã nhận.", "Đã nhận lần bấm trước."]


async def test_a_topic_is_a_place_of_its_own(office: TelegramOffice, lan: Person) -> None:
    forum = office.telegram.supergroup("Sở TT&TT", lan, forum=True)
    forum.add_bot()
    plans, press = forum.open_topic("KHTC"), forum.open_topic("Báo chí")
    for topic, unit in ((plans, PLANS), (press, PRESS)):
        lan.says(forum, f"/dangky@nhacviec_thu_bot {office.code(unit)}", thread=topic)
    await office.settled()
    await office.at("2022-02-28 08:00")
    letters = {letter.thread: letter.text for letter in forum.letters}
    assert (PLANS in letters[plans], PRESS in letters[press]) == (True, True)
    assert office.chat_of(forum, str(plans)).title == "Sở TT&TT · KHTC"


async def test_a_press_in_a_topic_answers_for_its_unit(office: TelegramOffice, lan: Person) -> None:
    forum = office.telegram.supergroup("Sở TT&TT", lan, forum=True)
    forum.add_bot()
    topic = forum.open_topic("KHTC")
    lan.says(forum, f"/dangky@nhacviec_thu_bot {office.code(PLANS)}", thread=topic)
    await office.settled()
    await office.at("2022-02-28 08:00")
    lan.presses(forum.last, "Đã xong", too_old=True)
    await office.settled()
    assert office.is_done(PLANS)
    assert forum.last.thread == topic


async def test_a_deleted_topic_is_left_and_the_office_told(
    office: TelegramOffice, lan: Person, chief: Person
) -> None:
    forum = office.telegram.supergroup("Sở TT&TT", lan, forum=True)
    forum.add_bot()
    topic = forum.open_topic("KHTC")
    lan.says(forum, f"/dangky@nhacviec_thu_bot {office.code(PLANS)}", thread=topic)
    await office.settled()
    forum.delete_topic(topic)
    await office.at("2022-02-28 08:00")
    assert any("chủ đề trong nhóm đã bị xóa" in text for text in chief.private.texts)


async def test_a_renamed_group_has_its_new_name(office: TelegramOffice, group: Group) -> None:
    group.rename("Kế hoạch - Tài chính")
    await office.settled()
    assert office.chat_of(group).title == "Kế hoạch - Tài chính"


async def test_a_bot_put_out_of_a_group_tells_the_office_at_once(
    office: TelegramOffice, chief: Person, group: Group
) -> None:
    group.remove_bot()
    await office.settled()
    assert (
        f"Không gửi được tin đến “Phòng KHTC” của {PLANS}: bot đã bị đưa ra khỏi nhóm"
        in chief.private.last.text
    )
    assert f"{PLANS} không còn nơi nhận tin nào" in chief.private.last.text


async def test_a_bot_let_in_again_goes_on(office: TelegramOffice, chief: Person, group: Group) -> None:
    group.remove_bot()
    await office.settled()
    group.add_bot()
    await office.settled()
    await office.at("2022-02-28 08:00")
    assert group.last.text.startswith(f"Kính gửi {PLANS}")
    assert any("Đã gửi lại được tin đến “Phòng KHTC”" in text for text in chief.private.texts)


async def test_a_group_where_only_admins_write_is_reported(
    office: TelegramOffice, chief: Person, group: Group
) -> None:
    group.mute_bot()
    await office.at("2022-02-28 08:00")
    assert any("bot không được quyền gửi tin trong nhóm" in text for text in chief.private.texts)


async def test_a_group_that_becomes_a_supergroup_is_followed(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    await office.at("2022-02-28 08:00")
    new = group.migrate()
    await office.settled()
    lan.says(new, "@nhacviec_thu_bot xong 1")
    await office.settled()
    assert office.is_done(PLANS)
    assert [text[:11] for text in new.texts] == ["Đã ghi nhận"]


async def test_a_migration_that_nobody_told_of_is_found_when_sending(
    office: TelegramOffice, group: Group
) -> None:
    new = group.migrate(quietly=True)
    await office.at("2022-02-28 08:00")
    assert new.last.text.startswith(f"Kính gửi {PLANS}")
    assert office.chat_of(new).title == "Phòng KHTC"


async def test_a_press_handed_over_after_the_migration_still_answers(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    await office.at("2022-02-28 08:00")
    await office.stop()
    lan.presses(group.last, "Đã xong")
    new = group.migrate()
    waiting = office.telegram.world.updates.waiting
    waiting.append(waiting.pop(0))
    await office.start()
    await office.settled()
    assert office.is_done(PLANS)
    assert new.last.text.startswith("Đã ghi nhận")


async def test_where_words_are_needed_the_group_is_asked_to_reply(
    office: TelegramOffice, group: Group, lan: Person
) -> None:
    lan.says(group, "/vuongmac@nhacviec_thu_bot 1")
    await office.settled()
    question = group.last
    lan.says(group, "#A1 vướng: chưa có kinh phí", reply_to=question)
    await office.settled()
    assert question.forces_reply
    assert office.owed_by(PLANS).obligation.obstacle == "chưa có kinh phí"


async def test_a_channel_is_let_be(office: TelegramOffice) -> None:
    channel = office.telegram.channel("Bản tin của Sở")
    channel.add_bot()
    channel.posts("/viec")
    await office.settled()
    assert (channel.letters, office.stored()) == ([], 1)
