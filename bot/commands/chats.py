"""Chats of units and the codes that are out: shown, moved, dropped, put first, withdrawn; and a chat that wants no more."""

from collections.abc import Sequence

from sqlmodel import col

from bot.commands.people import role_called, unit_named
from bot.commands.web import must_not_be_beside
from bot.turn import AskBack, Turn
from data import chats
from data.letters import put_letter
from data.obligations import items
from data.people import chats_of_role, chats_of_unit, known_units, units_of
from data.tables import Chat, ChatRole, LetterKind, Obligation, Unit
from data.unreached import mark_unreached
from duties.errors import DutyError, NotFound
from duties.intents import DropChat, MoveChat, PutFirst, ShowUnit, StopHere, WithdrawCodes
from duties.message import Message
from duties.wording import chats as wording
from duties.workdays import day_of


def show_unit(turn: Turn, said: ShowUnit) -> list[Message]:
    unit = unit_named(turn, said.name)
    known = next((each for each in known_units(turn.session, turn.agency_id) if each.id == unit.id), None)
    codes = chats.outstanding(turn.session, turn.agency_id, turn.now)
    still_open = (col(Obligation.unit_id) == unit.id, col(Obligation.is_open).is_(True))
    shown = wording.Shown(
        unit.name,
        chats=tuple(called(chat) for chat in chats_of_unit(turn.session, unit.id or 0)),
        codes_until=tuple(day_of(code.expires_at) for code, _ in codes if code.unit_id == unit.id),
        aliases=known.aliases if known else (),
        people=tuple(chats.who_answered(turn.session, unit.id or 0, turn.now)),
        open=len(items(turn.session, *still_open)),
    )
    return [wording.unit_shown(shown)]


def called(chat: Chat) -> str:
    return f"{chat.channel} {chat.title}".strip()


def withdraw_codes(turn: Turn, said: WithdrawCodes) -> list[Message]:
    """Codes of one unit, of a role, or all of them."""
    if not said.words and not said.everybody:
        raise DutyError(wording.WHOSE_CODES)
    out = chats.outstanding(turn.session, turn.agency_id, turn.now)
    whom = said.words
    if not said.everybody:
        role = role_called(said.words)
        unit = None if role else unit_named(turn, said.words)
        whom = unit.name if unit else said.words
        out = [each for each in out if chats.is_of(each[0], role or ChatRole.UNIT, unit.id if unit else None)]
    if not out:
        raise NotFound(wording.no_codes(whom or "Cơ quan"))
    chats.withdraw(turn.session, [invitation for invitation, _ in out], turn.now)
    names = [name or whom or "vai trò khác" for _, name in out]
    turn.note("withdraw_codes", of=names)
    return [wording.codes_withdrawn(names)]


def move_chat(turn: Turn, said: MoveChat) -> list[Message]:
    unit, to = unit_named(turn, said.unit), unit_named(turn, said.to)
    chat = _the_chat(turn, unit, said.number, f"chuyển kênh {{}} của {unit.name} sang {to.name}")
    if unit.id == to.id:
        raise DutyError(f"Kênh này vốn của {unit.name}.")
    chats.move(turn.session, chat, unit.id or 0, to.id or 0, turn.now)
    place = [each.id for each in chats_of_unit(turn.session, to.id or 0)].index(chat.id) + 1
    turn.can_undo(f"chat:{chat.id}", "chuyển kênh", [f"chuyển kênh {place} của {to.name} sang {unit.name}"])
    turn.note("move_chat", place=called(chat), of=unit.name, to=to.name)
    _tell_chat(turn, chat, units_of(turn.session, chat.id or 0))
    return [wording.chat_moved(called(chat), unit.name, to.name)]


def drop_chat(turn: Turn, said: DropChat) -> list[Message]:
    unit = unit_named(turn, said.unit)
    chat = _the_chat(turn, unit, said.number, f"bỏ kênh {{}} của {unit.name}")
    chats.drop(turn.session, chat, unit.id or 0, turn.now)
    turn.can_undo(f"chat:{chat.id}", f"bỏ kênh của {unit.name}")
    turn.note("drop_chat", place=called(chat), of=unit.name)
    _tell_chat(turn, chat, units_of(turn.session, chat.id or 0))
    is_last = not chats_of_unit(turn.session, unit.id or 0)
    if is_last:
        mark_unreached(turn.session, [unit], turn.now)
    return [wording.chat_dropped(called(chat), unit.name, is_last)]


def put_first(turn: Turn, said: PutFirst) -> list[Message]:
    unit = unit_named(turn, said.unit)
    chat = _the_chat(turn, unit, said.number, f"kênh {{}} của {unit.name} nhận trước")
    first = chats_of_unit(turn.session, unit.id or 0)[0]
    chats.put_first(turn.session, chat, unit.id or 0)
    place = [each.id for each in chats_of_unit(turn.session, unit.id or 0)].index(first.id) + 1
    turn.can_undo(f"first:{unit.id}", "đổi kênh nhận trước", [f"kênh {place} của {unit.name} nhận trước"])
    turn.note("put_first", place=called(chat), of=unit.name)
    return [wording.chat_first(called(chat), unit.name)]


def _the_chat(turn: Turn, unit: Unit, number: int | None, says: str) -> Chat:
    """The unit's chat of that number; its only one needs none."""
    there = chats_of_unit(turn.session, unit.id or 0)
    if not there:
        raise NotFound(wording.no_chat(unit.name))
    if number is None and len(there) > 1:
        raise AskBack(wording.which_chat(unit.name, [called(each) for each in there], says))
    if not 1 <= (number or 1) <= len(there):
        raise NotFound(wording.no_such_chat(unit.name, len(there)))
    return there[(number or 1) - 1]


def _tell_chat(turn: Turn, chat: Chat, serves: Sequence[Unit]) -> None:
    key = f"notice:serves:{turn.inbox.id or turn.now.isoformat()}"
    put_letter(
        turn.session,
        chat,
        key,
        LetterKind.REPLY,
        turn.now,
        wording.now_serves([unit.name for unit in serves]),
    )


def stop_here(turn: Turn, said: StopHere) -> list[Message]:
    """The chat itself wants no more; asked once, for coming back takes a new code."""
    must_not_be_beside(turn)
    names = [unit.name for unit in turn.units]
    offices = chats_of_role(turn.session, turn.agency_id, ChatRole.OFFICE)
    if turn.is_office and len(offices) == 1:
        raise DutyError(wording.last_office())
    if not said.is_sure:
        return [wording.ask_to_stop(names)]
    chats.unlink(turn.session, turn.chat, turn.now)
    mute = [unit for unit in turn.units if not chats_of_unit(turn.session, unit.id or 0)]
    mark_unreached(turn.session, mute, turn.now)
    turn.note("stop_here", of=names)
    if names:
        left = wording.chat_left(names, [unit.name for unit in mute])
        turn.tell_office(f"chat_left:{turn.inbox.id}", left)
    return [wording.stopped(names)]
