"""The bot's own affairs: who it is, its webhook, its menus, the chats it is in."""

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.telegram_access import chat_of
from tests.fakes.telegram_params import Params
from tests.fakes.telegram_refusals import bad_request
from tests.fakes.telegram_updates import DEFAULT_KINDS, Webhook, is_here
from tests.fakes.telegram_world import Chat, World, member_shape, stamp

Shape = dict[str, Any]

SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: World, params: Params) -> Shape:
    off = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app")
    more = {"can_join_groups": True, "can_read_all_group_messages": not world.privacy}
    return world.bot.shape() | more | dict.fromkeys(off, False)


def allow_updates(world: World, params: Params) -> None:
    """Asked for by name; left out, the last setting stays; an empty list is the default."""
    kinds = params.listed("allowed_updates")
    if kinds is not None:
        world.updates.allowed = frozenset(str(kind) for kind in kinds) or DEFAULT_KINDS


def set_webhook(world: World, params: Params) -> bool:
    url, secret = params.text("url") or "", params.text("secret_token")
    if not url:
        return delete_webhook(world, params)
    if not url.startswith("https://") and not is_here(url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    allow_updates(world, params)
    world.updates.interrupt("setWebhook request")
    _drop_pending(world, params)
    world.updates.webhook = Webhook(url, secret, params.number("max_connections") or 40)
    world.updates.news.set()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    _drop_pending(world, params)
    world.updates.webhook = None
    return True


def _drop_pending(world: World, params: Params) -> None:
    if params.truth("drop_pending_updates"):
        world.updates.waiting.clear()


def get_webhook_info(world: World, params: Params) -> Shape:
    updates, hook = world.updates, world.updates.webhook
    updates.forget_old()
    said: Shape = {"url": "", "has_custom_certificate": False, "pending_update_count": len(updates.waiting)}
    if updates.allowed != DEFAULT_KINDS:
        said["allowed_updates"] = sorted(updates.allowed)
    if hook:
        said |= {"url": hook.url, "max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook and hook.error:
        said |= {"last_error_date": stamp(hook.error[0]), "last_error_message": hook.error[1]}
    return said


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.listed("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    world.menus[_scope_of(world, params)] = commands
    return True


def _check_command(command: Shape) -> None:
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"].removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def get_my_commands(world: World, params: Params) -> list[Shape]:
    return world.menus.get(_scope_of(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    world.menus.pop(_scope_of(world, params), None)
    return True


def _scope_of(world: World, params: Params) -> tuple[str, int, int, str]:
    scope = params.shape("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat, user = int(scope.get("chat_id", 0)), int(scope.get("user_id", 0))
    if chat:
        chat_of(world, Params({"chat_id": str(chat)}))
    return scope["type"], chat, user, params.text("language_code") or ""


def menu_seen(world: World, chat: Chat, user: int, language: str = "vi") -> list[Shape]:
    """The commands a person is offered: https://core.telegram.org/bots/api#determining-list-of-commands"""
    admin = chat.members.get(user) in ("administrator", "creator")
    everywhere = "all_private_chats" if chat.is_private else "all_group_chats"
    scopes = [("chat_member", chat.id, user), ("chat_administrators", chat.id, 0), ("chat", chat.id, 0)]
    scopes += [("all_chat_administrators", 0, 0), (everywhere, 0, 0), ("default", 0, 0)]
    for scope in scopes:
        if "administrators" in scope[0] and not admin:
            continue
        for spoken in (language, ""):
            if found := world.menus.get((*scope, spoken)):
                return found
    return []


def get_chat(world: World, params: Params) -> Shape:
    chat = chat_of(world, params)
    gifts = dict.fromkeys(GIFTS, False)
    return chat.shape() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(world: World, params: Params) -> Shape:
    chat, user = chat_of(world, params), world.users.get(params.needed("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified")
    return member_shape(user, chat.members.get(user.id, "left"))


def get_chat_administrators(world: World, params: Params) -> list[Shape]:
    chat = chat_of(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    ranked = ((world.users[user], status) for user, status in chat.members.items())
    return [member_shape(user, status) for user, status in ranked if status in ("administrator", "creator")]


def leave_chat(world: World, params: Params) -> bool:
    chat = chat_of(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    old, chat.members[world.bot.id] = chat.members[world.bot.id], "left"
    world.announce_membership(chat, world.bot, world.bot, old, "left")
    return True


METHODS: dict[str, Callable[[World, Params], object]] = {
    "getme": get_me,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "leavechat": leave_chat,
}
