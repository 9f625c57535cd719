"""Updates as what they mean for us."""

from typing import Any

import pytest

from bot.channels.telegram.updates import (
    Admitted,
    Joined,
    Me,
    Moved,
    Presence,
    Pressed,
    Renamed,
    Spoke,
    read_update,
)

ME = Me(71, "nhacviec_bot")
LAN = {"id": 5, "is_bot": False, "first_name": "Lan", "last_name": "Trần"}
BOT = {"id": 71, "is_bot": True, "first_name": "Nhắc việc", "username": "nhacviec_bot"}
PRIVATE = {"id": 5, "type": "private", "first_name": "Lan", "last_name": "Trần"}
GROUP = {"id": -100, "type": "supergroup", "title": "Phòng KHTC"}
OURS = {"message_id": 3, "date": 1, "chat": GROUP, "from": BOT, "text": "Kính gửi"}

Shape = dict[str, Any]


def wrote(chat: Shape, text: str = "", **more: object) -> Shape:
    said = {"message_id": 9, "date": 1, "chat": chat, "from": LAN, **({"text": text} if text else {})}
    return {"update_id": 1, "message": {**said, **more}}


def spoke(update: Shape) -> Spoke:
    event = read_update(update, ME)
    assert isinstance(event, Spoke)
    return event


def test_alone_with_the_bot_every_word_is_for_it() -> None:
    said = spoke(wrote(PRIVATE, "xong 2"))
    assert (said.text, said.sender, said.where.address, said.where.title) == (
        "xong 2",
        "Lan Trần",
        "5",
        "Lan Trần",
    )


def test_words_come_in_one_spelling() -> None:
    assert spoke(wrote(PRIVATE, "vie\u0323\u0302c")).text == "việc"


@pytest.mark.parametrize(
    "text", ["/viec", "/viec@nhacviec_bot", "/VIEC@NhacViec_Bot", "@nhacviec_bot xong 2"]
)
def test_in_a_group_commands_and_mentions_are_for_us(text: str) -> None:
    assert "nhacviec_bot" not in spoke(wrote(GROUP, text)).text.lower()


@pytest.mark.parametrize(
    "text", ["xong 2 rồi nhé", "@nhacviec_bot_khac xong 2", "/viec@another_bot", "mail: a@b.vn /viec"]
)
def test_in_a_group_other_talk_is_not_for_us(text: str) -> None:
    assert read_update(wrote(GROUP, text), ME) is None


def test_a_reply_to_us_is_for_us() -> None:
    assert spoke(wrote(GROUP, "xong 2", reply_to_message=OURS)).quoted == 3


def test_a_reply_to_somebody_else_is_not() -> None:
    assert read_update(wrote(GROUP, "xong 2", reply_to_message={**OURS, "from": LAN}), ME) is None


def test_the_message_that_opened_a_topic_is_no_quotation() -> None:
    opening = {**OURS, "text": None, "forum_topic_created": {"name": "KHTC", "icon_color": 1}}
    said = spoke(wrote(GROUP, "/viec", message_thread_id=3, is_topic_message=True, reply_to_message=opening))
    assert (said.quoted, said.where.topic, said.where.title) == (None, "3", "Phòng KHTC · KHTC")


def test_a_thread_of_replies_is_no_topic() -> None:
    assert spoke(wrote(GROUP, "/viec", message_thread_id=3)).where.topic == ""


def test_a_nameless_admin_speaks_as_the_group() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    said = spoke(
        wrote(GROUP, "/viec", **{"from": anonymous}, sender_chat=GROUP, author_signature="Trưởng phòng")
    )
    assert said.sender == "Trưởng phòng"


@pytest.mark.parametrize(
    "more",
    [
        {"from": BOT},
        {"sender_chat": {"id": -7, "type": "channel", "title": "Bản tin"}},
    ],
)
def test_bots_and_channels_are_not_heard(more: Shape) -> None:
    assert read_update(wrote(GROUP, "/viec", **more), ME) is None


def test_a_document_keeps_its_name_and_its_caption_is_what_is_said() -> None:
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "bao-cao.docx", "file_size": 12}
    said = spoke(wrote(PRIVATE, document=document, caption="xong 3"))
    assert said.attachment is not None
    assert (said.text, said.attachment.name, said.attachment.size) == ("xong 3", "bao-cao.docx", 12)


def test_of_a_photo_the_largest_is_taken_and_given_a_name() -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": side, "height": side}
        for name, side in (("s", 90), ("l", 1280))
    ]
    said = spoke(wrote(PRIVATE, photo=sizes))
    assert said.attachment is not None
    assert (said.attachment.file_id, said.attachment.name) == ("l", "anh-9.jpg")


@pytest.mark.parametrize(
    "service", [{"pinned_message": OURS}, {"new_chat_members": [LAN]}, {"left_chat_member": BOT}]
)
def test_what_merely_happens_in_a_chat_is_passed_over(service: Shape) -> None:
    assert read_update(wrote({**GROUP}, **service), ME) is None


def test_a_file_in_a_group_is_for_us_only_when_it_says_so() -> None:
    document = {"file_id": "f", "file_unique_id": "u"}
    assert read_update(wrote(GROUP, document=document, caption="xem giúp"), ME) is None
    assert spoke(wrote(GROUP, document=document, caption="/xong 3")).text == "/xong 3"


def test_a_migration_is_told_by_both_its_messages() -> None:
    old = {"id": -5, "type": "group", "title": "x"}
    farewell, welcome = wrote(old, migrate_to_chat_id=-100), wrote(GROUP, migrate_from_chat_id=-5)
    assert read_update(farewell, ME) == read_update(welcome, ME) == Moved("-5", "-100")


@pytest.mark.parametrize("service", [{"new_chat_members": [LAN, BOT]}, {"group_chat_created": True}])
def test_we_are_seen_to_come_into_a_group(service: Shape) -> None:
    assert isinstance(read_update(wrote(GROUP, **service), ME), Joined)


def test_a_new_title_is_a_new_name() -> None:
    event = read_update(wrote(GROUP, new_chat_title="Tên mới"), ME)
    assert isinstance(event, Renamed)


def press(message: Shape | None) -> Shape:
    query = {"id": "q", "from": LAN, "chat_instance": "1", "data": "x", "message": message}
    return {
        "update_id": 1,
        "callback_query": {name: part for name, part in query.items() if part is not None},
    }


def test_a_press_under_a_message_too_old_has_its_chat_and_number() -> None:
    event = read_update(press({"message_id": 3, "date": 0, "chat": GROUP}), ME)
    assert isinstance(event, Pressed)
    assert (event.where.address, event.message_id) == ("-100", 3)


def test_a_press_under_nothing_is_passed_over() -> None:
    assert read_update(press(None), ME) is None


RIGHTS = dict.fromkeys(
    [
        "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
        "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
        "can_edit_stories", "can_delete_stories",
    ],
    False,
)  # fmt: skip
SPEECH = dict.fromkeys(
    [
        "can_change_info", "can_invite_users", "can_pin_messages", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_manage_topics", "can_send_audios", "can_send_documents", "can_send_photos",
        "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_edit_tag", "can_react_to_messages",
    ],
    False,
)  # fmt: skip


def membership(chat: Shape, status: str, **more: object) -> Shape:
    old = {"status": "left", "user": BOT}
    new = {"status": status, "user": BOT, **more}
    change = {"chat": chat, "from": LAN, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 1, "my_chat_member": change}


@pytest.mark.parametrize(
    ("update", "presence"),
    [
        (membership(GROUP, "member"), Presence.MEMBER),
        (membership(GROUP, "left"), Presence.GONE),
        (membership(PRIVATE, "kicked", until_date=0), Presence.GONE),
        (membership(GROUP, "administrator", **RIGHTS), Presence.ADMIN),
        (
            membership(GROUP, "restricted", is_member=True, can_send_messages=True, until_date=0, **SPEECH),
            Presence.MEMBER,
        ),
        (
            membership(GROUP, "restricted", is_member=True, can_send_messages=False, until_date=0, **SPEECH),
            Presence.MUTED,
        ),
    ],
)
def test_what_we_may_do_in_a_chat_is_known(update: Shape, presence: Presence) -> None:
    event = read_update(update, ME)
    assert isinstance(event, Admitted)
    assert event.presence is presence


def test_a_channel_that_adds_us_is_let_be() -> None:
    assert read_update(membership({**GROUP, "type": "channel"}, "administrator", **RIGHTS), ME) is None
