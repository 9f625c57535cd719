"""`/thongbao`: the same words to every unit, looked at before they go out, sent once, and asked after."""

from datetime import timedelta

from bot.turn import AskBack, Turn
from data.announcements import DRAFTED, DROPPED, SENT, drafted, last_sent, reach_of
from data.pauses import is_paused
from data.people import chats_of_unit, living_units
from data.tables import Chat, Trail
from duties.errors import NotFound
from duties.intents import Announce
from duties.message import Message
from duties.wording import announcements as wording

WAITS = timedelta(hours=2)


def look_at(turn: Turn, said: Announce) -> list[Message]:
    """The words as they will be read, and how many will read them."""
    chats, missing = _addressees(turn)
    turn.note(DRAFTED, text=said.text)
    held = wording.held_by_pause(turn.agency.paused_until) if is_paused(turn.agency, turn.now) else ""
    return [wording.looked_at(turn.agency.name, said.text, len(chats), missing, held)]


def _addressees(turn: Turn) -> tuple[dict[int | None, Chat], list[str]]:
    """The chats that will be told, each once though it serves several units; and the units that nobody can reach."""
    chats: dict[int | None, Chat] = {}
    missing = []
    for unit in living_units(turn.session, turn.agency_id, turn.today):
        first = next(iter(chats_of_unit(turn.session, unit.id or 0)), None)
        if first is None:
            missing.append(unit.name)
        else:
            chats[first.id] = first
    return chats, missing


def send(turn: Turn) -> list[Message]:
    """What was looked at goes out; said twice it is sent once."""
    draft = _drafted(turn)
    if is_paused(turn.agency, turn.now):
        raise AskBack(wording.pause_holds(turn.agency.paused_until))
    message = wording.announcement(turn.agency.name, str(draft.words["text"]))
    chats, missing = _addressees(turn)
    turn.can_undo(f"announce:{draft.id}", "gửi thông báo")
    goes_on = turn.tell(chats.values(), f"announce:{draft.id}", message)
    turn.note(SENT, draft=draft.id, text=draft.words["text"])
    return [wording.sent(len(chats), missing, goes_on if goes_on > turn.now else None)]


def still_drafted(turn: Turn) -> list[Message]:
    """After a pause: the words that waited for its end, to be sent now or dropped."""
    draft = drafted(turn.session, turn.chat.id or 0, turn.now - WAITS)
    return [wording.still_drafted(str(draft.words["text"]))] if draft and "text" in draft.words else []


def drop(turn: Turn) -> list[Message]:
    _drafted(turn)
    turn.note(DROPPED)
    return [wording.dropped()]


def _drafted(turn: Turn) -> Trail:
    found = drafted(turn.session, turn.chat.id or 0, turn.now - WAITS)
    # words that a person asked to have forgotten are gone, and with them what was to be announced
    if found is None or "text" not in found.words:
        raise NotFound(wording.nothing_drafted())
    return found


def progress(turn: Turn) -> list[Message]:
    """How far the last announcement has got."""
    last = last_sent(turn.session, turn.agency_id)
    if last is None:
        raise NotFound(wording.nothing_sent())
    reach = reach_of(turn.session, turn.agency_id, f"notice:announce:{last.detail['draft']}")
    _, missing = _addressees(turn)
    return [
        wording.progress(
            str(last.words.get("text", "")), last.at, reach.arrived, reach.total, reach.failed, missing
        )
    ]
