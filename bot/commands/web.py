"""`/web`, `/phien`: the page in the browser, and the browsers that are let in."""

from collections.abc import Collection

from bot.commands.people import role_called, unit_named
from bot.turn import Turn
from data.access_links import LET_IN_WITHIN, address_of, has_door, make_link, withdraw_links
from data.companions import page_of, together
from data.people import chats_of_role, chats_of_unit
from data.tables import Chat, LinkPurpose
from data.web_sessions import browsers, withdraw
from duties.errors import DutyError, NotAllowed, NotFound
from duties.intents import CloseSessions
from duties.message import Message
from duties.rights import Action
from duties.wording import web as wording
from duties.wording.web import OpenBrowser


def give_link(turn: Turn) -> list[Message]:
    """A link that opens the page of this chat in one browser; one that was given before opens nothing any more."""
    if not has_door(turn.agency):
        raise DutyError(wording.NO_DOOR)
    whom = ", ".join(unit.name for unit in turn.units) or wording.NAMES[turn.chat.role]
    return [wording.link(web_address(turn, turn.chat), whom, turn.now + LET_IN_WITHIN)]


def web_address(turn: Turn, chat: Chat) -> str:
    """The address of a fresh one-time link to that chat's page."""
    page = page_of(turn.session, chat, turn.now)
    withdraw_links(turn.session, page.id or 0, LinkPurpose.WEB, turn.now)
    token = make_link(turn.session, page, LinkPurpose.WEB, turn.now, LET_IN_WITHIN)
    return address_of(turn.agency, LinkPurpose.WEB, token)


def show_sessions(turn: Turn) -> list[Message]:
    """Of the whole agency for whoever manages its units; else of this chat."""
    return [wording.sessions(_within_reach(turn))]


def close_sessions(turn: Turn, said: CloseSessions) -> list[Message]:
    found = _by_number(turn, said.numbers) if said.numbers else _of(turn, _chats_of(turn, said.whom))
    withdraw(turn.session, [each.id for each in found], turn.now)
    turn.note("close_sessions", sessions=[each.id for each in found], whose=said.whom)
    turn.can_undo("sessions", "đóng phiên")
    return [wording.closed(found)]


def _by_number(turn: Turn, numbers: Collection[int]) -> list[OpenBrowser]:
    reached = {each.id: each for each in _within_reach(turn)}
    for number in numbers:
        if number not in reached:
            raise NotFound(wording.no_such_session(number))
    return [reached[number] for number in numbers]


def _within_reach(turn: Turn) -> list[OpenBrowser]:
    return _of(turn, None if turn.may(Action.MANAGE_UNITS) else together(turn.session, turn.chat))


def _of(turn: Turn, chat_ids: Collection[int] | None) -> list[OpenBrowser]:
    return browsers(turn.session, turn.agency_id, turn.now, chat_ids)


def _chats_of(turn: Turn, whom: str) -> set[int]:
    """The chats of that unit or role with their pages; without a name those of this very place."""
    if not whom:
        return together(turn.session, turn.chat)
    if not turn.may(Action.MANAGE_UNITS):
        raise NotAllowed(wording.NOT_OTHERS)
    role = role_called(whom)
    if role is not None:
        chats = chats_of_role(turn.session, turn.agency_id, role)
    else:
        chats = chats_of_unit(turn.session, unit_named(turn, whom).id or 0)
    return {each for chat in chats for each in together(turn.session, chat)}


def must_not_be_beside(turn: Turn) -> None:
    """A page beside a chat elsewhere serves whom that chat serves: that is changed there."""
    if turn.chat.companion_of is not None:
        there = turn.session.get_one(Chat, turn.chat.companion_of)
        raise DutyError(wording.BESIDE.format(wording.channel_name(there.channel)))
