"""`/dangky MÃ`: a one-time code links a place to a unit, or to the office."""

from datetime import datetime

from sqlmodel import Session

from bot.commands.my_duties import show_list
from bot.commands.web import must_not_be_beside
from bot.turn import Turn
from data import trail
from data.access_links import invitations_at
from data.files import FilesFolder, folder_of
from data.guesses import again_at
from data.letters import put_letter
from data.obligations import open_items
from data.offices import office_of
from data.people import Place, place_of, redeem, role_invited, units_of
from data.tables import Agency, Chat, ChatRole, Inbox, LetterKind
from data.web_sessions import open_sessions
from duties.errors import DutyError
from duties.intents import Link, ShowMine
from duties.message import Message
from duties.wording import people
from duties.wording.help import one_line
from duties.workdays import day_of


def link(
    session: Session, inbox: Inbox, place: Place, code: str, now: datetime
) -> tuple[Chat | None, list[Message]]:
    """The chat that the place has become and its welcome; no chat and one line when the code is not good."""
    if until := again_at(session, place, now):
        return None, [one_line(people.slow_down(until))]
    chat = redeem(session, code, place, inbox.sender, now)
    if chat is None:
        trail.note(session, now, "link", sender=inbox.sender, refused=True, place=":".join(place))
        return None, [one_line(people.WRONG_CODE)]
    trail.note(session, now, "link", chat, sender=inbox.sender)
    return chat, _welcome(turn_of(session, chat, inbox, now))


def link_again(turn: Turn, said: Link) -> list[Message]:
    """A place that is linked already sends another code."""
    must_not_be_beside(turn)
    _must_stay_who_it_is(turn, said.code)
    return link(turn.session, turn.inbox, turn.place, said.code, turn.now)[1]


def _must_stay_who_it_is(turn: Turn, code: str) -> None:
    """Browsers were let into this chat for its role, and for as long as is good for that one: another begins at the door."""
    if again_at(turn.session, turn.place, turn.now):
        return
    role = role_invited(turn.session, code, turn.now)
    if role in (None, turn.chat.role):
        return
    if open_sessions(turn.session, turn.agency_id, turn.now, [turn.chat.id or 0]):
        raise DutyError(people.at_the_door(f"{invitations_at(turn.agency)}{code.upper()}"))


def greet(session: Session, chat: Chat, now: datetime) -> None:
    """Put the welcome of a chat that came in without a message of its own, by a link in the browser."""
    for n, message in enumerate(_welcome(silent_turn(session, chat, now)), start=1):
        put_letter(session, chat, f"welcome:{now.isoformat()}:{n}", LetterKind.REPLY, now, message)


def silent_turn(session: Session, chat: Chat, now: datetime) -> Turn:
    """A turn of a linked chat in which nothing was written, or not yet."""
    unsaid = Inbox(**place_of(chat)._asdict(), platform_id="", received_at=now)
    return turn_of(session, chat, unsaid, now)


def turn_of(
    session: Session, chat: Chat, inbox: Inbox, now: datetime, files: FilesFolder | None = None
) -> Turn:
    """The turn of a linked chat; without `files`, the folder beside the database."""
    assert chat.id is not None
    agency = session.get_one(Agency, chat.agency_id)
    return Turn(
        session=session,
        agency=agency,
        office=office_of(session, agency, day_of(now)),
        chat=chat,
        units=units_of(session, chat.id),
        inbox=inbox,
        now=now,
        files=files or folder_of(session),
    )


def _welcome(turn: Turn) -> list[Message]:
    if turn.chat.role is not ChatRole.UNIT:
        return [people.linked_role(turn.chat.role.value, turn.agency.name)]
    names = [unit.name for unit in turn.units]
    welcome = people.linked_unit(names, turn.agency.name)
    return [welcome, *show_list(turn, ShowMine())] if open_items(turn.session, turn.unit_ids) else [welcome]
