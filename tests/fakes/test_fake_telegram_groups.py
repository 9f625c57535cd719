"""People, groups, topics and channels at the fake Telegram, as the real python-telegram-bot meets them."""

import pytest
from telegram import Bot, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Group, Person

pytestmark = pytest.mark.anyio


@pytest.fixture
def unit(telegram: FakeTelegram) -> Person:
    return telegram.person("đầu mối Phòng A")


@pytest.fixture
def group(telegram: FakeTelegram, unit: Person) -> Group:
    """A group that the bot is in, privacy mode on, with nothing waiting."""
    group = telegram.group("Tổ cải cách hành chính", unit)
    group.add_bot()
    telegram.world.updates.waiting.clear()
    return group


@pytest.fixture
def forum(telegram: FakeTelegram, unit: Person) -> Group:
    """A supergroup with topics that the bot is in."""
    forum = telegram.supergroup("Nhóm các đơn vị", unit, forum=True)
    forum.add_bot()
    return forum


# A person


async def test_a_bot_cannot_write_first(bot: Bot, unit: Person) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(unit.id, "Kính gửi Phòng A")


@pytest.mark.parametrize("chat", [1, -1, "@mot_nhom_nao_do"])
async def test_a_chat_that_does_not_exist_is_not_found(bot: Bot, chat: int | str) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat, "Kính gửi Phòng A")


async def test_who_blocks_the_bot_gets_nothing(bot: Bot, unit: Person) -> None:
    unit.starts()
    unit.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(unit.id, "Kính gửi Phòng A")


async def test_a_block_and_its_end_are_told(bot: Bot, unit: Person) -> None:
    unit.starts()
    unit.blocks_bot()
    unit.unblocks_bot()
    _, blocked, back = await bot.get_updates()
    assert _statuses(blocked) == ("member", "kicked")
    assert _statuses(back) == ("kicked", "member")


async def test_who_blocked_the_bot_must_unblock_it_to_write(unit: Person) -> None:
    unit.starts()
    unit.blocks_bot()
    with pytest.raises(ValueError, match="unblock"):
        unit.says(unit.private, "xong 2")


async def test_the_start_button_unblocks_the_bot(bot: Bot, unit: Person) -> None:
    unit.starts()
    unit.blocks_bot()
    unit.starts("MA7")
    assert (await bot.send_message(unit.id, "Kính gửi Phòng A")).text == "Kính gửi Phòng A"


async def test_a_deleted_account_gets_nothing(bot: Bot, unit: Person) -> None:
    unit.starts()
    unit.deletes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(unit.id, "Kính gửi Phòng A")


async def test_an_edit_by_a_person_is_told(bot: Bot, unit: Person) -> None:
    said = unit.says(unit.private, "xong 2")
    unit.edits(said, "xong 3")
    _, update = await bot.get_updates()
    assert update.edited_message is not None
    assert (update.edited_message.text, update.edited_message.message_id) == ("xong 3", said.id)


# The bot in a group


async def test_the_bot_is_told_that_it_was_added(telegram: FakeTelegram, bot: Bot, unit: Person) -> None:
    telegram.group("Tổ cải cách hành chính", unit).add_bot()
    membership, service = await bot.get_updates()
    assert _statuses(membership) == ("left", "member")
    assert [user.id for user in _message(service).new_chat_members] == [bot.id]


async def test_a_group_has_a_negative_id(bot: Bot, group: Group) -> None:
    sent = await bot.send_message(group.id, "Kính gửi các đơn vị")
    assert (sent.chat.type, sent.chat.id < 0) == (ChatType.GROUP, True)


async def test_a_bot_removed_from_a_group_cannot_write(bot: Bot, group: Group) -> None:
    group.remove_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "Kính gửi các đơn vị")


async def test_a_removal_is_told(bot: Bot, group: Group) -> None:
    group.remove_bot()
    membership, service = await bot.get_updates()
    assert _statuses(membership) == ("member", "kicked")
    assert _message(service).left_chat_member == bot.bot


async def test_a_bot_that_left_cannot_write(bot: Bot, group: Group) -> None:
    await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "Kính gửi các đơn vị")


async def test_a_promotion_is_told(bot: Bot, group: Group) -> None:
    group.promote_bot()
    [update] = await bot.get_updates()
    assert _statuses(update) == ("member", "administrator")


async def test_a_muted_bot_cannot_write(bot: Bot, group: Group) -> None:
    group.mute_bot()
    with pytest.raises(BadRequest, match="Not enough rights to send text messages"):
        await bot.send_message(group.id, "Kính gửi các đơn vị")


async def test_a_new_title_is_told(bot: Bot, group: Group) -> None:
    group.rename("Tổ chuyển đổi số")
    assert _message(*await bot.get_updates()).new_chat_title == "Tổ chuyển đổi số"
    assert (await bot.get_chat(group.id)).title == "Tổ chuyển đổi số"


async def test_the_bot_may_ask_who_is_who(bot: Bot, group: Group, unit: Person) -> None:
    assert (await bot.get_chat_member(group.id, unit.id)).status == ChatMemberStatus.MEMBER
    assert (await bot.get_chat_member(group.id, group.owner.id)).status == ChatMemberStatus.OWNER


async def test_administrators_are_listed(bot: Bot, group: Group) -> None:
    assert [each.user.id for each in await bot.get_chat_administrators(group.id)] == [group.owner.id]


async def test_people_come_and_go(telegram: FakeTelegram, bot: Bot, group: Group) -> None:
    newcomer = telegram.person("đầu mối Phòng B")
    group.add(newcomer)
    group.remove(newcomer)
    came, went = [_message(update) for update in await bot.get_updates()]
    assert (came.new_chat_members[0].id, went.left_chat_member) == (newcomer.id, came.new_chat_members[0])


async def test_an_administrator_may_ask_for_the_comings_of_people(
    telegram: FakeTelegram, bot: Bot, group: Group
) -> None:
    await bot.get_updates(allowed_updates=[Update.CHAT_MEMBER])
    group.promote_bot()
    group.add(telegram.person("đầu mối Phòng B"))
    [update] = await bot.get_updates()
    assert isinstance(update.chat_member, ChatMemberUpdated)


# Privacy mode


@pytest.mark.parametrize("text", ["/viec@nhacviec_thu_bot", "/viec", "việc gì đây @nhacviec_thu_bot?"])
async def test_under_privacy_the_bot_hears_what_is_for_it(
    bot: Bot, group: Group, unit: Person, text: str
) -> None:
    unit.says(group, text)
    assert _message(*await bot.get_updates()).text == text


@pytest.mark.parametrize("text", ["chào cả nhà", "/viec@another_bot", "@ai_do xong 2"])
async def test_under_privacy_the_bot_does_not_hear_the_rest(
    bot: Bot, group: Group, unit: Person, text: str
) -> None:
    unit.says(group, text)
    assert await bot.get_updates() == ()


async def test_under_privacy_the_bot_hears_replies_to_it(bot: Bot, group: Group, unit: Person) -> None:
    await bot.send_message(group.id, "Việc 2 đến hạn")
    unit.says(group, "xong rồi", reply_to=group.last)
    assert _message(*await bot.get_updates()).text == "xong rồi"


async def test_a_plain_command_is_for_the_bot_that_spoke_last(bot: Bot, group: Group, unit: Person) -> None:
    group.another_bot_speaks()
    unit.says(group, "/viec")
    assert await bot.get_updates() == ()


async def test_mentions_can_be_turned_off(
    telegram: FakeTelegram, bot: Bot, group: Group, unit: Person
) -> None:
    telegram.world.mentions_are_heard = False
    unit.says(group, "@nhacviec_thu_bot xong 2")
    assert await bot.get_updates() == ()


async def test_an_administrator_hears_everything(bot: Bot, group: Group, unit: Person) -> None:
    group.promote_bot()
    unit.says(group, "chào cả nhà")
    _, update = await bot.get_updates()
    assert _message(update).text == "chào cả nhà"


async def test_privacy_turned_off_counts_from_the_next_joining(
    telegram: FakeTelegram, bot: Bot, group: Group, unit: Person
) -> None:
    telegram.world.privacy = False
    unit.says(group, "một")
    group.remove_bot()
    group.add_bot()
    unit.says(group, "hai")
    assert [update.message.text for update in await bot.get_updates() if update.message][-1] == "hai"
    assert "một" not in str(telegram.updates)


# Migration


async def test_a_migration_is_told_in_both_chats(bot: Bot, group: Group) -> None:
    new = group.migrate()
    joined, farewell, welcome = await bot.get_updates()
    assert _statuses(joined) == ("left", "member")
    assert (_message(farewell).chat_id, _message(farewell).migrate_to_chat_id) == (group.id, new.id)
    assert (_message(welcome).chat_id, _message(welcome).migrate_from_chat_id) == (new.id, group.id)


async def test_the_old_group_answers_with_the_new_address(bot: Bot, group: Group) -> None:
    new = group.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "Kính gửi các đơn vị")
    assert moved.value.new_chat_id == new.id


async def test_the_new_supergroup_takes_letters(bot: Bot, group: Group, unit: Person) -> None:
    new = group.migrate()
    await bot.send_message(new.id, "Kính gửi các đơn vị")
    assert unit.says(new, "đã nhận", reply_to=new.last).heard


# Topics


async def test_a_topic_is_a_thread(bot: Bot, forum: Group) -> None:
    topic = forum.open_topic("Phòng A")
    sent = await bot.send_message(forum.id, "Kính gửi Phòng A", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)


async def test_words_in_a_topic_seem_to_answer_what_opened_it(bot: Bot, forum: Group, unit: Person) -> None:
    topic = forum.open_topic("Phòng A")
    unit.says(forum, "/viec", thread=topic)
    answered = _message((await bot.get_updates())[-1]).reply_to_message
    assert answered is not None
    assert answered.forum_topic_created is not None


async def test_a_reply_stays_in_its_topic(bot: Bot, forum: Group, unit: Person) -> None:
    topic = forum.open_topic("Phòng A")
    await bot.send_message(forum.id, "Kính gửi Phòng A", message_thread_id=topic)
    assert unit.says(forum, "xong", reply_to=forum.last).thread == topic


async def test_a_closed_topic_takes_no_letters_until_it_is_opened_again(bot: Bot, forum: Group) -> None:
    topic = forum.open_topic("Phòng A")
    forum.close_topic(topic)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "Kính gửi Phòng A", message_thread_id=topic)
    forum.reopen_topic(topic)
    assert await bot.send_message(forum.id, "Kính gửi Phòng A", message_thread_id=topic)


async def test_a_deleted_topic_is_not_found(bot: Bot, forum: Group) -> None:
    topic = forum.open_topic("Phòng A")
    forum.delete_topic(topic)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "Kính gửi Phòng A", message_thread_id=topic)


async def test_a_chain_of_replies_is_a_thread_but_no_topic(
    telegram: FakeTelegram, bot: Bot, unit: Person
) -> None:
    plain = telegram.supergroup("Nhóm các đơn vị", unit)
    plain.add_bot()
    await bot.send_message(plain.id, "Việc 2 đến hạn")
    unit.says(plain, "xong", reply_to=plain.last)
    heard = _message((await bot.get_updates())[-1])
    assert (heard.message_thread_id, heard.is_topic_message) == (plain.last.id, None)


# Channels


async def test_a_post_of_a_channel_has_no_sender(telegram: FakeTelegram, bot: Bot) -> None:
    channel = telegram.channel("Thông báo của Sở")
    channel.add_bot()
    channel.posts("Lịch nghỉ lễ")
    _, update = await bot.get_updates()
    assert update.channel_post is not None
    assert (update.channel_post.text, update.channel_post.from_user) == ("Lịch nghỉ lễ", None)


def _message(update: Update) -> Message:
    assert update.message is not None
    return update.message


def _statuses(update: Update) -> tuple[str, str]:
    assert update.my_chat_member is not None
    changed = update.my_chat_member
    return changed.old_chat_member.status, changed.new_chat_member.status
