"""`/nhac`: the office calls to mind by itself, between the letters; in office hours, and nothing twice in a half-day."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, or_, select

from bot.commands.people import unit_named
from bot.targets import find
from bot.turn import Turn
from data.obligations import Item, open_items
from data.pauses import is_paused
from data.people import chats_of_unit, living_units
from data.tables import Letter, LetterState, Unit
from duties.errors import DutyError
from duties.intents import NudgeNow
from duties.message import Message
from duties.nudging import Slot, may_send
from duties.windows import window_of_key
from duties.wording import people
from duties.wording.lists import MOST, office_asks
from duties.wording.people import Nudged
from duties.workdays import HANOI
from scheduler.nudge import slot_key

NEAR = timedelta(days=14)
LOST = (LetterState.FAILED, LetterState.EMPTY)


def nudge_now(turn: Turn, said: NudgeNow) -> list[Message]:
    """At once: what is named by its codes; to a unit that is named all it owes; else to every unit what is late or near."""
    if said.targets:
        return _nudge_about(turn, said)
    units = (
        [unit_named(turn, said.unit)] if said.unit else living_units(turn.session, turn.agency_id, turn.today)
    )
    owed = [(unit, _owed(turn, unit)) for unit in units]
    if said.unit and not owed[0][1]:
        return [people.owes_nothing(units[0].name)]
    if held := _held_back(turn, said, said.unit):
        return [held]
    wanted = [(unit, [each for each in its if said.unit or _is_near(turn, each)]) for unit, its in owed]
    return _tell_each(turn, said, wanted)


def _nudge_about(turn: Turn, said: NudgeNow) -> list[Message]:
    """Each to its own unit."""
    found = find(turn, said.targets, "nhắc {}")
    for each in found:
        if not each.obligation.is_open or each.obligation.held or each.obligation.asked_answer_id:
            raise DutyError(people.not_to_be_nudged(turn.entry(each)))
    codes = " ".join(f"#{each.obligation.short_code}" for each in found)
    if held := _held_back(turn, said, codes):
        return [held]
    units = {each.unit.id: each.unit for each in found}.values()
    wanted = [(unit, [each for each in found if each.unit.id == unit.id]) for unit in units]
    return _tell_each(turn, said, wanted, codes)


def _tell_each(
    turn: Turn, said: NudgeNow, wanted: Sequence[tuple[Unit, list[Item]]], codes: str = ""
) -> list[Message]:
    """Who is told now, who cannot be, and who was told of all of it this half-day."""
    to: list[str] = []
    missing: list[str] = []
    already: list[str] = []
    for unit, owed in wanted:
        told = set() if said.insist else _told_this_half_day(turn, unit)
        fresh = [each for each in owed if each.id not in told]
        if fresh:
            (to if _tell(turn, unit, fresh, said) else missing).append(unit.name)
        elif owed:
            already.append(unit.name)
    turn.note("nudge_now", to=to, insist=said.insist, codes=codes)
    return [people.nudged_now(Nudged(to, missing, already, codes))]


def _held_back(turn: Turn, said: NudgeNow, who: str) -> Message | None:
    """Why nothing is sent at this moment, with what would let it go."""
    if is_paused(turn.agency, turn.now):
        return people.pause_holds()
    policy = turn.office.policy
    if not said.insist and not may_send(turn.now, policy, turn.office.calendar):
        return people.out_of_hours(who, policy.opens, policy.closes)
    return None


def _tell(turn: Turn, unit: Unit, owed: list[Item], said: NudgeNow) -> bool:
    message = office_asks(turn.entries(owed[:MOST]), unit.name, turn.today, len(owed))
    what = f"nudge:{_half_day(turn)}:{turn.inbox.id}:{unit.id}"
    return turn.tell_unit(unit, what, message, at_once=said.insist)


def _half_day(turn: Turn) -> str:
    """The slot of this moment, as the keys of its letters name it."""
    clock = turn.now.astimezone(HANOI).time()
    return slot_key(turn.today, Slot.MORNING if clock < turn.office.policy.afternoon else Slot.AFTERNOON)


def _told_this_half_day(turn: Turn, unit: Unit) -> set[int]:
    """What the unit's chat was told of since this half-day began, by its letter or by the office."""
    chat = next(iter(chats_of_unit(turn.session, unit.id or 0)), None)
    key = _half_day(turn)
    query = select(Letter.listed).where(
        Letter.chat_id == (chat.id if chat else None),
        or_(Letter.key == key, col(Letter.key).startswith(f"notice:nudge:{key}:")),
        col(Letter.state).not_in(LOST),
    )
    return {obligation_id for listed in turn.session.exec(query) for obligation_id in listed}


def _owed(turn: Turn, unit: Unit) -> list[Item]:
    """What a unit can be asked for, the most urgent first; not what waits for the office's own word."""
    still_open = open_items(turn.session, [unit.id or 0])
    return [
        each
        for each in still_open
        if not each.obligation.held and each.obligation.asked_answer_id is None and _has_begun(turn, each)
    ]


def _has_begun(turn: Turn, item: Item) -> bool:
    """The question of a report window that is still to come is not asked before its time."""
    window = item.occurrence.window
    return window is None or window_of_key(window, turn.office.windows).span.start <= turn.today


def _is_near(turn: Turn, item: Item) -> bool:
    return item.obligation.due is not None and item.obligation.due <= turn.today + NEAR
