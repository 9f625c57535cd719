"""Where the bot may write and what it may attach: the checks before a message is taken."""

from typing import Any

from tests.fakes.telegram_params import Params
from tests.fakes.telegram_refusals import bad_request, forbidden
from tests.fakes.telegram_world import Chat, Message, World

Shape = dict[str, Any]

ACTIONS = {"callback_data", "url", "web_app", "login_url", "copy_text", "pay", "callback_game"}


def chat_of(world: World, params: Params) -> Chat:
    """The chat named by chat_id, if the bot has access to it."""
    named = params.text("chat_id") or ""
    chat = None if named.startswith("@") else world.chats.get(params.needed("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to:
        why = "group chat was upgraded to a supergroup chat"
        raise bad_request(why, migrate_to_chat_id=chat.migrated_to)
    if not chat.is_private:
        _check_membership(world, chat)
    return chat


def writable_chat_of(world: World, params: Params) -> Chat:
    chat = chat_of(world, params)
    if chat.is_private:
        _check_person(world, chat)
    elif chat.kind == "channel" and not world.is_admin(chat):
        raise bad_request("need administrator rights in the channel chat")
    elif chat.muted and not world.is_admin(chat):
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def _check_membership(world: World, chat: Chat) -> None:
    match chat.members.get(world.bot.id):
        case None:
            raise bad_request("chat not found")
        case "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        case "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")


def _check_person(world: World, chat: Chat) -> None:
    if world.users[chat.id].deactivated:
        raise forbidden("user is deactivated")
    match chat.members.get(world.bot.id):
        case None:
            raise forbidden("bot can't initiate conversation with a user")
        case "kicked":
            raise forbidden("bot was blocked by the user")


def thread_of(world: World, chat: Chat, params: Params, answered: Message | None) -> int | None:
    """The topic a message goes to: the one named, else that of the message it answers."""
    named = params.number("message_thread_id")
    thread = named or (answered.thread if answered and chat.forum else None)
    topic = chat.topics.get(thread) if thread else None
    if named and (topic is None or topic.deleted):
        raise bad_request("message thread not found")
    if topic and topic.closed and not world.is_admin(chat):
        raise bad_request("TOPIC_CLOSED")
    return thread


def answered_by(chat: Chat, params: Params) -> Message | None:
    reply = params.shape("reply_parameters") or {"message_id": params.number("reply_to_message_id")}
    if reply.get("message_id") is None:
        return None
    answered = chat.messages.get(int(reply["message_id"]))
    if answered and not answered.deleted:
        return answered
    if reply.get("allow_sending_without_reply") or params.truth("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def markup_of(chat: Chat, params: Params) -> Shape | None:
    """The keyboard, if it is one that Telegram would show."""
    markup = params.shape("reply_markup")
    if not markup:
        return None
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(chat, button)
    if "inline_keyboard" in markup and not any(markup["inline_keyboard"]):
        return None
    return dict(markup)


def _check_button(chat: Chat, button: Shape) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = {name for name in ACTIONS & button.keys() if button[name]}
    if len(actions) != 1:
        why = "Text buttons are unallowed in the inline keyboard"
        raise bad_request(f"can't parse inline keyboard button: {why}")
    if len(button.get("callback_data", "").encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "web_app" in actions and not chat.is_private:
        raise bad_request("BUTTON_TYPE_INVALID")
    if "url" in actions and not button["url"].startswith(("http://", "https://", "tg://")):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Unsupported URL protocol"
        )
